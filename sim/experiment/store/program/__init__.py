"""Digest of a program: a hash of what its code does, from syntax, modules and resolved names."""
