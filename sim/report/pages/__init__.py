"""Pages of text, as the command line prints them."""
