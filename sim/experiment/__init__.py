"""Batches of runs: executors, the store, statistics, comparison, sweeps."""
