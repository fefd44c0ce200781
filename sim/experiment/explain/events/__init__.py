"""Events to be explained: questions about them, and what runs tell of each."""
