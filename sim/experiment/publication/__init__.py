"""Published tables: headline figures of the shipped scenarios, and what moved since the last."""
