"""Rules of governments: their acts, their choice among acts, and domestic pressure."""
