"""Comparison of simulated runs with the dated record of the real negotiation."""
