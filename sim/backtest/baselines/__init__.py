"""Forecasts that a model has to beat, each from what was known at its origin."""
