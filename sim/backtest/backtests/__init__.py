"""Backtests: forecasts from past days, written down before they are scored."""
