"""Rules of what nobody decides: incidents, and the bookkeeping of a day."""
