"""Charts of duties and trade by sector."""
