"""Scenario discovery: early signs and assumptions an outcome goes with."""
