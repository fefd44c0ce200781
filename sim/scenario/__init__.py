"""Scenario files: strict loading, composition, evidence and provenance."""
