"""Data frames, probabilities and a grid of charts of a run, for notebooks."""
