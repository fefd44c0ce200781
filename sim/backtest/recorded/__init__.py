"""Answers of the record: how often a thing came that is asked for, and what came of it."""
