"""Requests: what a caller typed, read, checked and played."""
