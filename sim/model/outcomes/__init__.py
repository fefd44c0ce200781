"""Outcomes that can be read from a run."""
