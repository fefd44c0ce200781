"""Parts of what requests write: briefs, which are printed, and the inputs to move in a report."""
