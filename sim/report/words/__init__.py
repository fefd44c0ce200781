"""Wording of numbers, events, sides, signs and differences."""
