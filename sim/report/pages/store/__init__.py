"""Pages of the results folder: stored results, results of SQL queries."""
