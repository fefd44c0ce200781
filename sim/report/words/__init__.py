"""Words: how numbers, events, sides and signs read."""
