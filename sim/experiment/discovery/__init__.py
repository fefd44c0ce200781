"""Scenario discovery: early signs and assumptions associated with an outcome."""
