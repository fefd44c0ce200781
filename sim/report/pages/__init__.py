"""Pages of text printed by the command line."""
