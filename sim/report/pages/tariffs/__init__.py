"""Pages of the trade model: tariff impact and validation."""
