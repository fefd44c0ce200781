"""Replay of 2025: the trade model under the duties and announcements on record, month by month.

It begins in December 2024, under the duties of that month, and is compared with what customs and
the Treasury counted. Duties on Chinese goods are the model's. Those on other goods are the points
in law on what was imported, times the share that is paid, `trade.us.collect_rest`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sim.economy.accounts import month_usd_bn
from sim.economy.block import apply_trade_month
from sim.economy.constants import MONTHS_PER_YEAR, PERCENT
from sim.economy.sectors import END_GOOD, FIRST_GOOD
from sim.economy.tariffs import afloat_share
from sim.experiment.tariffs.bench import WORLD, Bench
from sim.experiment.tariffs.schedule import set_duties
from sim.model.tables.codes import CN, US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.duty_schedule import duties_of_2025
from sim.scenario.load import resolve
from sim.scenario.trade_record import TradeMonth, trade_by_month

SERIES: Final = ("us_imports", "cn_imports", "deficit", "us_duties")
"""Series compared: US imports from China, Chinese imports from the US, the difference, and US
duties on all goods."""

FRONT_LOADING: Final = "trade.front_loading"
ESTIMATED_ON: Final = (1, 2, 3, 4)
"""Months of 2025 on which front-loading is estimated: those in which it was announced duties, not
those in force, that moved trade most."""
COLLECTED_ON: Final = (4, 5, 6)
"""Months of 2025 on which the share paid on other countries' goods is estimated."""

_BASE_YEAR: Final = 2024
_YEAR: Final = 2025
_BEFORE: Final = date(2024, 12, 1)
"""First month of the replay: the first duty of 2025 was announced in the last days of November."""


@dataclass(frozen=True, slots=True)
class ReplayMonth:
    """A month of the replay beside the record, USD bn.

    Attributes:
        first: First day of the month.
        model: The model's value of each series.
        record: The value on record; None if it was not published by the cutoff.
        china_duties: The part of the model's duties that is on Chinese goods.
    """

    first: date
    model: Mapping[str, float]
    record: Mapping[str, float | None]
    china_duties: float


@dataclass(frozen=True, slots=True)
class Quarter:
    """Sum over three months in a row.

    Attributes:
        last: First day of the last of the months.
        model: The model's sum, USD bn.
        record: The sum on record, USD bn.
    """

    last: date
    model: float
    record: float

    @property
    def error_pct(self) -> float:
        """Error of the model, in % of the record."""
        return PERCENT * (self.model / self.record - 1.0)


@dataclass(frozen=True, slots=True)
class LineFit:
    """Least-squares estimate of a parameter, and its standard error."""

    value: float
    error: float


def central_replay() -> list[ReplayMonth]:
    """Returns the months of 2025 at central values."""
    return replay(Bench(resolve(WORLD)))


def replay(bench: Bench, changes: Mapping[str, float] | None = None) -> list[ReplayMonth]:
    """Returns the months of 2025 up to the last on record, as the trade model has them.

    Args:
        bench: The world before any duty was added.
        changes: More parameters to change from their central values.
    """
    state, params = bench.world(changes)
    # The step to come is that of the month after.
    state.trade_month = _BEFORE.month - 2
    record = [month for month in trade_by_month() if month.first >= _BEFORE]
    elsewhere_pct = _elsewhere_base_pct(params)
    found = []
    before_pp = 0.0
    for month in record:
        set_duties(state, params, duties_of_2025(), month.first)
        apply_trade_month(state, params)
        added_pp = params.trade_rest_added_pp[US]
        if month.first.year == _YEAR:
            risen = afloat_share(params) * max(0.0, added_pp - before_pp)
            paid_pct = elsewhere_pct + params.trade_collect_rest * (added_pp - risen)
            found.append(_month(state, params, month, paid_pct))
        before_pp = added_pp
    return found


def _month(state: State, params: Params, month: TradeMonth, elsewhere_pct: float) -> ReplayMonth:
    imports, exports = (month_usd_bn(state, params, side) for side in (US, CN))
    season = params.trade_season[US][state.trade_month]
    china = season * state.revenue_usd_bn_per_year[US] / MONTHS_PER_YEAR
    elsewhere = _imported_elsewhere(month) * elsewhere_pct / PERCENT
    deficit = None
    if month.us_imports is not None and month.cn_imports is not None:
        deficit = month.us_imports - month.cn_imports
    return ReplayMonth(
        month.first,
        {
            "us_imports": imports,
            "cn_imports": exports,
            "deficit": imports - exports,
            "us_duties": china + elsewhere,
        },
        {
            "us_imports": month.us_imports,
            "cn_imports": month.cn_imports,
            "deficit": deficit,
            "us_duties": month.us_duties,
        },
        china,
    )


def _imported_elsewhere(month: TradeMonth) -> float:
    """Returns US imports from other countries in a month, USD bn; for a month not yet published,
    the mean of the last three that were."""
    known = [
        row.all_us_imports - row.us_imports
        for row in trade_by_month()
        if row.first <= month.first
        and row.all_us_imports is not None
        and row.us_imports is not None
    ]
    if month.us_imports is not None and month.all_us_imports is not None:
        return known[-1]
    last = known[-3:]
    return sum(last) / len(last)


def _elsewhere_base_pct(params: Params) -> float:
    """Returns the duty collected in the base year on goods of other countries, in %."""
    year = [month for month in trade_by_month() if month.first.year == _BASE_YEAR]
    goods = range(FIRST_GOOD[US], END_GOOD[US])
    listed = sum(params.good_value_usd_bn[good] for good in goods)
    scale = params.trade_base_usd_bn[US] / listed
    china = scale * sum(
        params.good_value_usd_bn[good] * params.good_duty_pct[good] / PERCENT for good in goods
    )
    duties = sum(month.us_duties or 0.0 for month in year)
    return PERCENT * (duties - china) / sum(map(_imported_elsewhere, year))


def quarters(months: Sequence[ReplayMonth], series: str) -> list[Quarter]:
    """Returns all sums of a series over three months in a row that are on record."""
    found = []
    for last in range(2, len(months)):
        three = months[last - 2 : last + 1]
        record = [month.record[series] for month in three]
        known = [value for value in record if value is not None]
        if len(known) == len(three):
            model = sum(month.model[series] for month in three)
            found.append(Quarter(three[-1].first, model, sum(known)))
    return found


def estimated_front_loading(bench: Bench) -> LineFit:
    """Returns front-loading as estimated from US imports of January to April 2025.

    Log imports are linear in it, so one replay without it and one with it at 1 give the line.
    """
    without, full = (replay(bench, {FRONT_LOADING: value}) for value in (0.0, 1.0))
    slopes, gaps = [], []
    for low, high in zip(without, full, strict=True):
        actual = low.record["us_imports"]
        if low.first.month in ESTIMATED_ON and actual is not None:
            slopes.append(math.log(high.model["us_imports"] / low.model["us_imports"]))
            gaps.append(math.log(actual / low.model["us_imports"]))
    squares = sum(slope * slope for slope in slopes)
    value = sum(slope * gap for slope, gap in zip(slopes, gaps, strict=True)) / squares
    left = [gap - value * slope for slope, gap in zip(slopes, gaps, strict=True)]
    spread = sum(gap * gap for gap in left) / (len(left) - 1)
    return LineFit(value, math.sqrt(spread / squares))


def estimated_collection(bench: Bench) -> float:
    """Returns the share paid of the points added on other countries' goods with which duties of
    April to June 2025 are those of the Treasury. Duties are linear in it."""
    name = "trade.us.collect_rest"
    sums = []
    for value in (0.0, 1.0):
        months = [m for m in replay(bench, {name: value}) if m.first.month in COLLECTED_ON]
        sums.append(sum(month.model["us_duties"] for month in months))
    actual = sum(month.record["us_duties"] or 0.0 for month in months)
    return (actual - sums[0]) / (sums[1] - sums[0])
