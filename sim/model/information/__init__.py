"""Rules of information: beliefs, channels, the opening bid, and words in public."""
