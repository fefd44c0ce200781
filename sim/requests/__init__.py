"""Requests of callers: parsed and checked once, then run."""
