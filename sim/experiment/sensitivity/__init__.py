"""Sensitivity analysis: Morris screening, Sobol indices."""
