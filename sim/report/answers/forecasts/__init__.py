"""Answers about forecasts: what was asked, frozen and scored."""
