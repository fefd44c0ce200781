"""Answers that calls of the API return, each with its page, JSON and pictures."""
