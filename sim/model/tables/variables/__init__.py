"""Rows of the state table, by subject."""
