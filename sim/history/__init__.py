"""The dated record of the real negotiation, read from the data in `scenarios/history`."""
