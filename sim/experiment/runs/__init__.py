"""Batches of runs: playing, designs, precision, companions, replay."""
