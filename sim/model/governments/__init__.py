"""Rules of what a government does on its own account, and the pressure it is under."""
