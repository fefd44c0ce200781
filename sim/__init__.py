"""détente: a scenario simulator for the US-China trade negotiation."""

__version__ = "0.1.0"
