"""Files that requests write: how they are written, and briefs, which are printed."""
