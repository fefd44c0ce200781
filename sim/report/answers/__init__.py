"""Answers returned by the API, each with its page, JSON and charts."""
