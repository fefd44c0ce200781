"""Requests for the tariff calculator: options with their defaults; imports nothing heavy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypedDict

from sim.experiment.runs.defaults import SEED
from sim.requests.options import Day, Progress, Sets, day, resolve

if TYPE_CHECKING:
    from sim.experiment.tariffs.impact import Impact

WORLD: Final = "base/year-2025"
"""Base scenario of January 2025, before any add-on."""
FIRST_DAY: Final = "2025-01-20"
MONTHS: Final = 12
DRAWS: Final = 200
DEFAULTS: Final[Mapping[str, object]] = {
    "start": FIRST_DAY,
    "months": MONTHS,
    "n": DRAWS,
    "seed": SEED,
    "sets": (),
}
"""Values of options that are not set; None for all others."""


class ImpactOptions(TypedDict, total=False):
    """Options of the tariff calculator.

    Attributes:
        start: Day on which the add-ons take effect (default 2025-01-20).
        months: Months to simulate, 1 to 120 (default 12).
        sector: Sector to show as well, e.g. `toys`, `cn.soybeans`.
        versus: Second pair to compare with, as `145/125` or (145, 125).
        n: Draws of the parameters (default 200).
        seed: Seed of the draws, 0 to 2**32 - 1 (default 20251023).
        sets: Numbers to change, e.g. `{"trade.us.sigma_12m": 4}`.
        progress: Progress callback; receives (done, total).
    """

    start: Day
    months: int
    sector: str | None
    versus: str | tuple[float, float] | None
    n: int
    seed: int
    sets: Sets
    progress: Progress | None


def work_out(us: float, cn: float, options: ImpactOptions) -> Impact:
    """Calculates the effects of a pair of tariff add-ons, and of a second pair if requested.

    Raises:
        NotFoundError: There is no such sector.
        ScenarioError: A change to a number is wrong.
        UsageError: A number, a day or the second pair cannot be used.
    """
    from sim.experiment.tariffs.impact import Pair, impact, read_pair

    pairs = [Pair(us, cn)]
    versus = options.get("versus")
    if versus is not None:
        pairs.append(read_pair(versus) if isinstance(versus, str) else Pair(*versus))
    return impact(
        resolve(WORLD, {"sets": options.get("sets", ())}),
        pairs,
        start=day("--start", options.get("start", FIRST_DAY)),
        months=options.get("months", MONTHS),
        n=options.get("n", DRAWS),
        seed=options.get("seed", SEED),
        sector=options.get("sector"),
        progress=options.get("progress"),
    )
