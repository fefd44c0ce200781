"""Span of a backtest by default; this module imports nothing, so the command line may show it."""

from __future__ import annotations

from typing import Final

FIRST: Final = "2018-03"
"""First month of the pilot study: the record before it is too short to learn from."""

LAST: Final = "2025-09"
HORIZONS: Final = (30, 90, 180, 365)
EACH: Final = 2000
"""Runs of each origin: a share of them is known to a point or two."""

PARTICLES: Final = 1000
"""Draws of a posterior: enough for headlines to agree between seeds within two points."""

MOST_RUNS: Final = 20_000
"""Runs of an origin or a window, at most."""

WINDOW_RUNS: Final = 1000
"""Runs of each window of `detente validate behaviour`: the ends of a band are then known to a point
of probability."""

PHASE_ONE: Final = "ended"
"""Coding of the end of Phase One that the replay has; see `sim.backtest.phase_one`."""
