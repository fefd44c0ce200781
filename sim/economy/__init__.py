"""The trade block: what tariffs do to trade, prices and revenue."""
