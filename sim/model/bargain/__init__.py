"""Rules of bargaining: what can be signed, what it is worth, who signs."""
