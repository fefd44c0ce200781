"""Pages that compare: batches, where pairs part, forks."""
