"""Page on this machine on which a reader changes a scenario and sees the answer change."""
