"""The dated record of the real negotiation: data, read as it stands in `scenarios/history`."""
