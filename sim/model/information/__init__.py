"""What each side knows of the other: beliefs, channels, the opening bid."""
