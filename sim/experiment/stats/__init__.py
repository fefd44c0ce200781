"""Statistics: intervals, paired differences, subsets, distributions, screening."""
