"""Causes of what happens in a batch, from recorded decisions, and runs in which each is removed."""
