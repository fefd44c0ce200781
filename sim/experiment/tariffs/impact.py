"""Tariff calculator: the effect of a pair of add-ons on trade, revenue, prices and incomes.

Only the trade model is played, starting from January 2025 and without any negotiation: the add-ons
take effect on a given day and stay. For the bands, the parameters of the trade model are drawn from
their priors, with the same draws as in batches with drawn parameters and the same seed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from inspect import get_annotations
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.economy.block import apply_trade_month
from sim.economy.records import FENTANYL, FULL_REPLY, RECIPROCAL, TradeParams
from sim.economy.sectors import GOODS
from sim.economy.welfare_grid import rest_paid_pp, trade_elasticity
from sim.engine.clocks import next_month
from sim.engine.draws import check_key
from sim.engine.world import opening
from sim.errors import UsageError
from sim.experiment.inputs.priors import parameter_vector
from sim.experiment.tariffs.lines import LINES, Line, find_sector, sector_lines
from sim.model.duties.layers import apply_averages
from sim.model.tables.codes import CN, US
from sim.model.tables.fields import copy_record, slot_index
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.equilibrium_table import equilibrium_table
from sim.scenario.resolved_scenario import Resolved

Floats = npt.NDArray[np.float64]
Progress = Callable[[int, int], None]

BASELINE: Final = date(2025, 1, 20)
"""Day from which add-ons are counted."""
LAST_DAY: Final = date(2199, 12, 31)
MOST_MONTHS: Final = 120
MOST_DRAWS: Final = 10_000
HIGHEST_PP: Final = 1000.0
BAND: Final = (0.05, 0.95)

READ_BY_LINES: Final = frozenset({"growth_per_real_income", "macro_employment_million"})
"""Parameter fields that lines use in addition to those of the trade model."""
LEFT_OUT: Final = frozenset(
    {
        # Move trade whatever the two duties are, so they stay at their central values.
        "trade.us.trend_pct_per_year",
        "trade.cn.trend_pct_per_year",
        # Not used by any line: nothing is announced, frozen, pledged, licensed or charged at ports.
        "trade.front_loading",
        "trade.us.collect_rest",
        "trade.us.port_fee_usd_bn",
        "trade.cn.port_fee_usd_bn",
        "trade.cn.freeze_share",
        "trade.purchase_additional",
        "trade.cn.purchase_premium",
        "trade.us.inputs_exposed_usd_bn",
        "trade.cn.inputs_exposed_usd_bn",
        "trade.us.value_added",
        "trade.cn.value_added",
        "trade.us.resold_share",
    }
)
_LEFT_OUT_BEGINNINGS: Final = ("cn.minerals_", "us.minerals_", "us.chips_", "cn.chips_", "clause.")
_LEFT_OUT_ENDING: Final = ".cover_partial"


@dataclass(frozen=True, slots=True)
class Pair:
    """Points of duty added since 20 January 2025 on all goods of the other side."""

    us_pp: float
    cn_pp: float

    def __str__(self) -> str:
        return f"{self.us_pp:g}/{self.cn_pp:g}"


class Triple(NamedTuple):
    """Estimate and band of a number.

    Attributes:
        value: Its value at the central parameters; the median of the draws if that lies outside the
            band.
        low: Lower end of the band.
        high: Upper end of the band.
        is_median: Whether the value is the median.
    """

    value: float
    low: float
    high: float
    is_median: bool


@dataclass(frozen=True, slots=True, eq=False)
class Impact:
    """Effects of one or two pairs of add-ons.

    Attributes:
        resolved: The scenario it starts from.
        pairs: The pairs, in the order requested.
        start: Ordinal day on which the add-ons take effect.
        days: Ordinal days on which the trade model is played, one per month.
        seed: Seed of the draws.
        drawn: Names of the drawn parameters.
        sector: Name of the sector shown separately, or None.
        lines: The lines; those of the sector come last.
        before: Values without add-ons at central parameters, shape (lines,).
        central: Values at the end at central parameters, shape (pairs, lines).
        draws: Values at the end by draw, shape (n, pairs, lines).
        central_path: Monthly values of the monthly lines at central parameters, shape (pairs,
            months, monthly lines).
        draws_path: Monthly values of the monthly lines by draw, shape (n, pairs, months, monthly
            lines).
        beyond_table: Whether a pair adds more points than the table of equilibria covers.
        draws_beyond: Number of draws with a trade elasticity that it does not cover.
    """

    resolved: Resolved
    pairs: tuple[Pair, ...]
    start: int
    days: tuple[int, ...]
    seed: int
    drawn: tuple[str, ...]
    sector: str | None
    lines: tuple[Line, ...]
    before: Floats
    central: Floats
    draws: Floats
    central_path: Floats
    draws_path: Floats
    beyond_table: bool
    draws_beyond: int

    @property
    def n(self) -> int:
        """Number of draws of the parameters."""
        return len(self.draws)

    @property
    def monthly(self) -> tuple[Line, ...]:
        """Lines with monthly values, in the order of the paths."""
        return tuple(line for line in self.lines if line.monthly)

    def place(self, name: str) -> int:
        """Returns the index of a line."""
        return next(i for i, line in enumerate(self.lines) if line.name == name)

    def estimate(self, pair: int, line: int) -> Triple:
        """Returns the estimate of a line at the end, and the middle 90% of the draws."""
        return estimate(float(self.central[pair, line]), self.draws[:, pair, line])

    def difference(self, line: int) -> Triple:
        """Returns the estimate of the first pair minus the second at the end, and the middle 90% of
        the differences draw by draw."""
        central = float(self.central[0, line] - self.central[1, line])
        return estimate(central, self.draws[:, 0, line] - self.draws[:, 1, line])

    def share_higher(self, line: int) -> float:
        """Returns the share of draws in which the first pair has the higher value."""
        return float(np.mean(self.draws[:, 0, line] > self.draws[:, 1, line]))


def estimate(central: float, draws: Floats) -> Triple:
    """Returns the estimate of a number and its band, which contains it.

    Args:
        central: Its value at the central parameters.
        draws: Its values by draw.
    """
    low, high = ends(draws)
    # Sums of the same numbers in another order differ in the last digits.
    slack = 1.0e-9 * max(abs(low), abs(high), abs(central))
    if low - slack <= central <= high + slack:
        return Triple(central, min(low, central), max(high, central), is_median=False)
    return Triple(float(np.median(draws)), low, high, is_median=True)


def ends(values: Floats) -> tuple[float, float]:
    """Returns the 5% and 95% quantiles of draws."""
    low, high = np.quantile(values, BAND)
    return float(low), float(high)


def impact(
    resolved: Resolved,
    pairs: Sequence[Pair],
    *,
    start: date = BASELINE,
    months: int = 12,
    n: int = 200,
    seed: int = 0,
    sector: str | None = None,
    progress: Progress | None = None,
) -> Impact:
    """Returns the effects of pairs of add-ons; a pure function of its arguments.

    Args:
        resolved: The scenario before any add-on.
        pairs: One pair, or two to compare with the same draws.
        start: Day on which the add-ons take effect.
        months: Number of months to play: the trade model runs on the first day of each.
        n: Number of draws of the parameters.
        seed: Seed of the draws, 0 to 2**32 - 1.
        sector: Name of a sector to show separately.
        progress: Called with (done, total) draws.

    Raises:
        NotFoundError: There is no such sector.
        UsageError: A number or a day is out of range.
    """
    check(pairs, start, months, n, seed)
    good = None if sector is None else find_sector(sector)
    lines = LINES if good is None else (*LINES, *sector_lines(good))
    days = [next_month(start.toordinal())]
    while len(days) < months:
        days.append(next_month(days[-1]))
    names = drawn_names(resolved)
    # Draws are keyed by name, so omitting parameters does not change the draws of the others.
    thin = replace(resolved, parameters={name: resolved.parameters[name] for name in names})
    params, state = opening(resolved, None)
    central = play(params, state, pairs, months, lines)
    rows = []
    thetas = equilibrium_table().thetas
    outside = 0
    for vector in range(n):
        world = opening(resolved, parameter_vector(thin, seed, vector))
        outside += not thetas[0] <= trade_elasticity(world[0]) <= thetas[-1]
        rows.append(play(*world, pairs, months, lines))
        if progress is not None:
            progress(vector + 1, n)
    return Impact(
        resolved,
        tuple(pairs),
        start.toordinal(),
        tuple(days),
        seed,
        names,
        None if good is None else GOODS[good],
        lines,
        np.array([line.read(state, params) for line in lines]),
        np.array(central[0]),
        np.array([row[0] for row in rows]),
        np.array(central[1]),
        np.array([row[1] for row in rows]),
        beyond_table(params, state, pairs),
        outside,
    )


def play(
    params: Params, opened: State, pairs: Sequence[Pair], months: int, lines: Sequence[Line]
) -> tuple[list[list[float]], list[list[list[float]]]]:
    """Returns the values of each pair at the end, and the monthly values of its monthly lines."""
    monthly = [line for line in lines if line.monthly]
    final = []
    paths = []
    for pair in pairs:
        state = copy_record(opened)
        apply_pair(state, params, pair)
        path = []
        for _ in range(months):
            apply_trade_month(state, params)
            path.append([line.read(state, params) for line in monthly])
        final.append([line.read(state, params) for line in lines])
        paths.append(path)
    return final, paths


def apply_pair(state: State, params: Params, pair: Pair) -> None:
    """Puts a pair of add-ons in force as legal layers.

    US points go to the fentanyl layer up to its cap, and the rest to the reciprocal layer, which
    exempts phones and computers. Chinese points go to the full reply.
    """
    fentanyl = min(pair.us_pp, params.fentanyl_cap_pp)
    state.duty_pp[US][FENTANYL] = fentanyl
    state.duty_pp[US][RECIPROCAL] = pair.us_pp - fentanyl
    state.duty_pp[CN][FULL_REPLY] = pair.cn_pp
    apply_averages(state, params)


def beyond_table(params: Params, opened: State, pairs: Sequence[Pair]) -> bool:
    """Returns whether a pair adds more points on average than the table of equilibria covers, or
    the US more points on all other countries."""
    if rest_paid_pp(params) > equilibrium_table().rest_pp[-1]:
        return True
    for pair in pairs:
        state = copy_record(opened)
        apply_pair(state, params, pair)
        apply_trade_month(state, params)
        if state.paid_avg_pp[US] > params.ge_us_pp[-1]:
            return True
        if state.paid_avg_pp[CN] > params.ge_cn_pp[-1]:
            return True
    return False


def drawn_names(resolved: Resolved) -> tuple[str, ...]:
    """Returns the names of the uncertain parameters on which the lines depend, in order."""
    read = READ_BY_LINES.union(get_annotations(TradeParams))
    slots = slot_index(Params)
    return tuple(
        name
        for name, parameter in resolved.parameters.items()
        if parameter.prior is not None
        and slots[name].attr in read
        and name not in LEFT_OUT
        and not name.startswith(_LEFT_OUT_BEGINNINGS)
        and not name.endswith(_LEFT_OUT_ENDING)
    )


def read_pair(text: str, option: str = "--versus") -> Pair:
    """Parses a pair such as `145/125`: US points, then Chinese points.

    Raises:
        UsageError: The text has a different form.
    """
    try:
        us, cn = (float(word) for word in text.split("/"))
    except ValueError as error:
        raise UsageError(
            f"{option} {text[:40]}: expected US points/Chinese points, e.g. {option} 145/125"
        ) from error
    return Pair(us, cn)


def check(pairs: Sequence[Pair], start: date, months: Any, n: Any, seed: int) -> None:
    """Checks the arguments of `impact`.

    Raises:
        UsageError: A number or a day is out of range.
    """
    check_key(seed)
    for place, pair in enumerate(pairs):
        for name, points in (("--us", pair.us_pp), ("--cn", pair.cn_pp)):
            if not (math.isfinite(points) and 0.0 <= points <= HIGHEST_PP):
                option = f"{name} {points:g}" if place == 0 else f"--versus {pair}"
                raise UsageError(f"{option}: expected points of duty from 0 to {HIGHEST_PP:g}")
    if not BASELINE <= start <= LAST_DAY:
        raise UsageError(
            f"--start {start}: add-ons are counted from {BASELINE}; choose a day from then to "
            f"{LAST_DAY}"
        )
    _whole("--months", months, MOST_MONTHS)
    _whole("-n", n, MOST_DRAWS)


def _whole(option: str, found: Any, most: int) -> None:
    if isinstance(found, bool) or not isinstance(found, int) or not 1 <= found <= most:
        raise UsageError(f"{option} {found}: expected a whole number from 1 to {most}")
