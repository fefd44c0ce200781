"""What each side says and learns: words in public, and beliefs about the other."""
