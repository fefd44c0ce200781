"""Rows of the parameter table, by subject."""
