"""Sweeps over grids and samples of inputs, and their response curves."""
