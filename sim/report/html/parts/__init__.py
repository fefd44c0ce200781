"""Parts that pages of HTML are put together from."""
