"""Pages of comparisons: batches, pairs of runs, forks."""
