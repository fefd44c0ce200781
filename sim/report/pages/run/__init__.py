"""Pages about one scenario: a batch, a trace, the scenario itself."""
