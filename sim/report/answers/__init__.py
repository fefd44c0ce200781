"""Answers: what a call of the API returns."""
