"""Pages of a single run: its chronicle, and the same run as newspapers would tell it."""
