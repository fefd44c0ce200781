"""The trade block by itself: impact of given tariffs, checks against published figures."""
