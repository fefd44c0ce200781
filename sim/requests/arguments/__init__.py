"""Arguments of the API: their kinds, and the signatures that `help` shows."""
