"""Tariff calculator: the effect of duties on trade, revenue, prices and incomes.

Only the trade model is played, starting from January 2025 and without any negotiation. A pair of
add-ons takes effect on a given day and stays; a schedule is played month by month. For the bands,
the parameters of the trade model are drawn from their priors, with the same draws as in batches
with drawn parameters and the same seed.
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
from sim.economy.records import N_SIDES, TradeParams
from sim.economy.sectors import GOODS
from sim.economy.tariffs import apply_good_duties
from sim.economy.welfare_grid import rest_paid_pp, trade_elasticity
from sim.engine.clocks import next_month
from sim.engine.draws import check_key
from sim.engine.world import Opener
from sim.errors import UsageError
from sim.experiment.inputs.priors import parameter_vector
from sim.experiment.tariffs.duties import Duties, Pair, steps_of
from sim.experiment.tariffs.lines import LINES, Line, find_sector, sector_lines
from sim.experiment.tariffs.schedule import DutiesOfDay, apply_duties, by_month
from sim.history.user_table import LAST_DATE
from sim.model.tables.codes import CN, US
from sim.model.tables.fields import copy_record, slot_index
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.duty_schedule import BASELINE, HIGHEST_PP, DutyStep
from sim.scenario.duty_targets import EVERYONE_ELSE, PARTIAL_REPLY
from sim.scenario.equilibrium_table import equilibrium_table
from sim.scenario.resolved_scenario import Resolved

Floats = npt.NDArray[np.float64]
Progress = Callable[[int, int], None]

MOST_MONTHS: Final = 120
MOST_DRAWS: Final = 10_000
BAND: Final = (0.05, 0.95)

READ_BY_LINES: Final = frozenset({"growth_per_real_income", "macro_employment_million"})
"""Parameter fields that lines use in addition to those of the trade model."""
LEFT_OUT: Final = frozenset(
    {
        # Move trade whatever the two duties are, so they stay at their central values.
        "trade.us.trend_pct_per_year",
        "trade.cn.trend_pct_per_year",
        # Not used by any line: nothing is frozen, pledged, licensed or charged at ports.
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
_OF_ANNOUNCEMENTS: Final = "trade.front_loading"
_OF_DUTIES_ON_OTHERS: Final = "trade.us.collect_rest"
_OF_PARTIAL_REPLIES: Final = ".cover_partial"
"""Names, and ending of names, of parameters that are used only if there are such duties."""


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
    """Effects of duties, or of two sets of duties.

    Attributes:
        resolved: The scenario it starts from.
        duties: The duties, in the order requested.
        played: What each says of the first day of each month.
        start: Ordinal day on which pairs take effect, and after which months are played.
        days: Ordinal days on which the trade model is played, one per month.
        seed: Seed of the draws.
        drawn: Names of the drawn parameters.
        sector: Name of the sector shown separately, or None.
        sectors: Whether all sectors are shown.
        lines: The lines; those of sectors come last.
        before: Values without add-ons at central parameters, shape (lines,).
        central: Values at the end at central parameters, shape (duties, lines).
        draws: Values at the end by draw, shape (n, duties, lines).
        central_path: Monthly values of the monthly lines at central parameters, shape (duties,
            months, monthly lines).
        draws_path: Monthly values of the monthly lines by draw, shape (n, duties, months, monthly
            lines).
        beyond_table: Whether duties at the end are beyond the table of equilibria.
        draws_beyond: Number of draws with a trade elasticity that it does not cover.
    """

    resolved: Resolved
    duties: tuple[Duties, ...]
    played: tuple[tuple[DutiesOfDay, ...], ...]
    start: int
    days: tuple[int, ...]
    seed: int
    drawn: tuple[str, ...]
    sector: str | None
    sectors: bool
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

    @property
    def quarters(self) -> dict[str, list[int]]:
        """Quarters in order, each with the numbers of its months that are played."""
        found: dict[str, list[int]] = {}
        for month, day in enumerate(map(date.fromordinal, self.days)):
            found.setdefault(f"{day.year}Q{(day.month + 2) // 3}", []).append(month)
        return found

    @property
    def rest_pp(self) -> tuple[float, ...]:
        """Points the US adds on all other countries at the end, under each of the duties."""
        usual = self.resolved.parameters["trade.us.rest_added_pp"].value
        ends = (months[-1].rest_pp for months in self.played)
        return tuple(usual if points is None else points for points in ends)

    def place(self, name: str) -> int:
        """Returns the index of a line."""
        return next(i for i, line in enumerate(self.lines) if line.name == name)

    def estimate(self, which: int, line: int) -> Triple:
        """Returns the estimate of a line at the end under one of the duties, and the middle 90% of
        the draws."""
        return estimate(float(self.central[which, line]), self.draws[:, which, line])

    def difference(self, line: int) -> Triple:
        """Returns the estimate of the first duties minus the second at the end, and the middle 90%
        of the differences draw by draw."""
        central = float(self.central[0, line] - self.central[1, line])
        return estimate(central, self.draws[:, 0, line] - self.draws[:, 1, line])

    def share_higher(self, line: int) -> float:
        """Returns the share of draws in which the first duties have the higher value."""
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
    duties: Sequence[Duties],
    *,
    start: date = BASELINE,
    months: int = 12,
    n: int = 200,
    seed: int = 0,
    sector: str | None = None,
    sectors: bool = False,
    progress: Progress | None = None,
) -> Impact:
    """Returns the effects of duties; a pure function of its arguments.

    Args:
        resolved: The scenario before any add-on.
        duties: A pair or a schedule, or two of them to compare with the same draws.
        start: Day on which pairs take effect; the first month played is the next.
        months: Number of months to play: the trade model runs on the first day of each.
        n: Number of draws of the parameters.
        seed: Seed of the draws, 0 to 2**32 - 1.
        sector: Name of a sector to show separately.
        sectors: Whether to add lines for every sector.
        progress: Called with (done, total) draws.

    Raises:
        NotFoundError: There is no such sector.
        UsageError: A number or a day is out of range.
    """
    check(duties, start, months, n, seed)
    good = None if sector is None else find_sector(sector)
    goods = range(len(GOODS)) if sectors else () if good is None else (good,)
    lines = (*LINES, *(line for each in goods for line in sector_lines(each)))
    days = [next_month(start.toordinal())]
    while len(days) < months:
        days.append(next_month(days[-1]))
    cap_pp = resolved.parameters["us.fentanyl.cap_pp"].value
    steps = [steps_of(each, start.toordinal(), cap_pp) for each in duties]
    played = tuple(by_month(each, days) for each in steps)
    names = drawn_names(resolved, [step for each in steps for step in each])
    # Draws are keyed by name, so omitting parameters does not change the draws of the others.
    thin = replace(resolved, parameters={name: resolved.parameters[name] for name in names})
    opener = Opener(resolved)
    params, state = opener.open(None)
    central = play(params, state, played, lines)
    rows = []
    thetas = equilibrium_table().thetas
    outside = 0
    for vector in range(n):
        world = opener.open(parameter_vector(thin, seed, vector))
        outside += not thetas[0] <= trade_elasticity(world[0]) <= thetas[-1]
        rows.append(play(*world, played, lines))
        if progress is not None:
            progress(vector + 1, n)
    return Impact(
        resolved,
        tuple(duties),
        played,
        start.toordinal(),
        tuple(days),
        seed,
        names,
        None if good is None else GOODS[good],
        sectors,
        lines,
        np.array([line.read(state, params) for line in lines]),
        np.array(central[0]),
        np.array([row[0] for row in rows]),
        np.array(central[1]),
        np.array([row[1] for row in rows]),
        any(beyond_table(params, state, each[-1]) for each in played),
        outside,
    )


def play(
    params: Params,
    opened: State,
    played: Sequence[Sequence[DutiesOfDay]],
    lines: Sequence[Line],
) -> tuple[list[list[float]], list[list[list[float]]]]:
    """Returns the values at the end, and the monthly values of the monthly lines, for each of the
    duties played."""
    monthly = [line for line in lines if line.monthly]
    final = []
    paths = []
    for months in played:
        # Duties on other countries are a parameter, which no others may inherit.
        state, own = copy_record(opened), copy_record(params)
        path = []
        for today in months:
            apply_duties(state, own, today)
            apply_trade_month(state, own)
            path.append([line.read(state, own) for line in monthly])
        final.append([line.read(state, own) for line in lines])
        paths.append(path)
    return final, paths


def beyond_table(params: Params, opened: State, duties: DutiesOfDay) -> bool:
    """Returns whether duties lie beyond the table of equilibria: the average points added by either
    side, or those of the US on all other countries."""
    state, own = copy_record(opened), copy_record(params)
    apply_duties(state, own, duties)
    for side in range(N_SIDES):
        apply_good_duties(state, own, side)
    return any(
        not nodes[0] <= points <= nodes[-1]
        for nodes, points in (
            (equilibrium_table().rest_pp, rest_paid_pp(own)),
            (own.ge_us_pp, state.paid_avg_pp[US]),
            (own.ge_cn_pp, state.paid_avg_pp[CN]),
        )
    )


def drawn_names(resolved: Resolved, steps: Sequence[DutyStep] = ()) -> tuple[str, ...]:
    """Returns the names of the uncertain parameters on which the lines depend, in order.

    Args:
        resolved: The scenario.
        steps: All steps of the duties played.
    """
    announced = any(step.announced < step.day and step.on != EVERYONE_ELSE for step in steps)
    others = resolved.parameters["trade.us.rest_added_pp"].value != 0.0
    others = others or any(step.on == EVERYONE_ELSE for step in steps)
    partial = any(step.on == PARTIAL_REPLY for step in steps)
    read = READ_BY_LINES.union(get_annotations(TradeParams))
    slots = slot_index(Params)
    return tuple(
        name
        for name, parameter in resolved.parameters.items()
        if parameter.prior is not None
        and slots[name].attr in read
        and name not in LEFT_OUT
        and not name.startswith(_LEFT_OUT_BEGINNINGS)
        and (announced or name != _OF_ANNOUNCEMENTS)
        and (others or name != _OF_DUTIES_ON_OTHERS)
        and (partial or not name.endswith(_OF_PARTIAL_REPLIES))
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


def check(duties: Sequence[Duties], start: date, months: Any, n: Any, seed: int) -> None:
    """Checks the arguments of `impact`.

    Raises:
        UsageError: A number or a day is out of range.
    """
    check_key(seed)
    for place, each in enumerate(duties):
        if isinstance(each, Pair):
            _check_pair(each, place)
    if not BASELINE <= start <= LAST_DATE:
        raise UsageError(
            f"--start {start}: add-ons are counted from {BASELINE}; choose a day from then to "
            f"{LAST_DATE}"
        )
    _whole("--months", months, MOST_MONTHS)
    _whole("-n", n, MOST_DRAWS)


def _check_pair(pair: Pair, place: int) -> None:
    for name, points in (("--us", pair.us_pp), ("--cn", pair.cn_pp)):
        if not (math.isfinite(points) and 0.0 <= points <= HIGHEST_PP):
            option = f"{name} {points:g}" if place == 0 else f"--versus {pair}"
            raise UsageError(f"{option}: expected points of duty from 0 to {HIGHEST_PP:g}")


def _whole(option: str, found: Any, most: int) -> None:
    if isinstance(found, bool) or not isinstance(found, int) or not 1 <= found <= most:
        raise UsageError(f"{option} {found}: expected a whole number from 1 to {most}")
