"""Pages about one scenario: a batch of runs, a single run, the scenario itself."""
