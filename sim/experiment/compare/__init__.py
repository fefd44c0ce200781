"""Comparisons of batches: differences, verdicts, partings of pairs, forks."""
