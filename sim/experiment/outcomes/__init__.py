"""Outcomes of the runs that count: summaries, weekly values, conditions, events, targets."""
