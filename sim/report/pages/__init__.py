"""Pages of text: what the command line prints."""
