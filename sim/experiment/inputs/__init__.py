"""Inputs of experiments: axes, factors, priors, changes to a base scenario."""
