"""Behaviour: what the two governments do in runs from past days, beside what they did."""
