"""Exports: the numbers of answers as long tables, in files that other programs open."""
