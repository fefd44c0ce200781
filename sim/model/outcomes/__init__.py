"""Outcomes: what can be read off a run."""
