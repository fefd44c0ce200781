"""What the tariff calculator takes unless told otherwise; loads nothing heavy."""

from __future__ import annotations

from typing import Final, TypedDict

from sim.requests.options import Day, Progress, Sets

WORLD: Final = "base/year-2025"
"""The world before any add-on, of January 2025."""
FIRST_DAY: Final = "2025-01-20"
MONTHS: Final = 12
DRAWS: Final = 200


class ImpactOptions(TypedDict, total=False):
    """How add-ons are reckoned with.

    Attributes:
        start: The day they take force (default 2025-01-20, from which add-ons are counted).
        months: Months to play, 1 to 120 (default 12).
        sector: A sector to show by itself, e.g. `toys`, `cn.soybeans`.
        versus: Another pair to set beside, as `145/125` or (145, 125).
        n: Draws of the parameters (default 200).
        seed: Seed of the draws, 0 to 2**32 - 1 (default 20251023).
        sets: Numbers to change, e.g. `{"trade.us.sigma_12m": 4}`.
        progress: Told (done, total).
    """

    start: Day
    months: int
    sector: str | None
    versus: str | tuple[float, float] | None
    n: int
    seed: int
    sets: Sets
    progress: Progress | None
