"""The trade model: effects of tariffs on trade, prices, revenue and incomes."""
