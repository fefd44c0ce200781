"""Bench of studies: stored results side by side, and played again by this version."""
