"""Pages about one scenario: a batch, a history, the scenario itself."""
