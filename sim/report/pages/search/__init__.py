"""Pages of sweeps, sensitivity, discovery and games."""
