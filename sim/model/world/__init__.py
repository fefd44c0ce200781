"""Rules of events that no side decides: incidents, and the bookkeeping of a day."""
