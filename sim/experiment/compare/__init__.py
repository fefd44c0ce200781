"""Comparisons of batches: differences, verdicts, where pairs part, forks."""
