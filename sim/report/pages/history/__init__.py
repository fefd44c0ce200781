"""Pages of the dated record: acts of both sides, and files laid over it."""
