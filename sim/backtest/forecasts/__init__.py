"""Frozen forecasts: files that cannot be changed unnoticed, and their scores."""
