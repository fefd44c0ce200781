"""Rules of tariffs: layers of duty, hikes and replies, threats."""
