"""Pages of the results folder: stored results, answers to questions in SQL."""
