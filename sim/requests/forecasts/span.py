"""Span of a backtest by default; this module imports nothing, so the command line may show it."""

from __future__ import annotations

from typing import Final

FIRST: Final = "2018-03"
"""First month of the pilot study: the record before it is too short to learn from."""

LAST: Final = "2025-09"
HORIZONS: Final = (30, 90, 180)
EACH: Final = 2000
"""Runs of each origin: a share of them is known to a point or two."""

PARTICLES: Final = 1000
"""Draws of a posterior: enough for headlines to agree between seeds within two points."""
