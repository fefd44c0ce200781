"""Batches of runs: playing, precision, conditions, summaries, replay."""
