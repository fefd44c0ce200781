"""Pages of forecasts and of their scores."""
