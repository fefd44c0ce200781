"""The trade block: effects of tariffs on trade, prices, revenue and incomes."""
