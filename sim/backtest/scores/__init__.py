"""Scores of probabilistic forecasts, and how far their averages can be trusted."""
