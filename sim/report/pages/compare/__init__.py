"""Pages that compare: batches, pairs of histories, forks."""
