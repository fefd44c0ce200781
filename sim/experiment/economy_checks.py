"""Published results the trade block is held to: `detente validate economy`.

`economics/checks.csv` gives each published figure with the tolerance it was printed with, whether
it helped to choose a parameter, and whether it became public after the cutoff: then it checks the
block and nothing else. What the block makes of each is worked out here, at the central values
that scenarios use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from sim.economy.accounts import household_cost_usd_per_year as _unused  # noqa: F401
