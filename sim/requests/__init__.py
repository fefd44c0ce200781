"""Requests of callers: read and checked once, then played."""
