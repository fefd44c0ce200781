"""Pages of the trade block: impact and checks."""
