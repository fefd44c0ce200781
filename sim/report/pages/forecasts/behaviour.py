"""Page of the checks of behaviour: the record beside the middle 90% of runs, by regime."""

from __future__ import annotations

import math
from typing import Any, Final

from sim.backtest.behaviour.checks import TARGET, BehaviourChecks, StatisticCheck
from sim.backtest.behaviour.statistics import INSIDE, OUTSIDE, WHERE
from sim.backtest.regimes import REGIMES, Regime
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.words.numbers import number_text, sentence_case

COLUMNS: Final = (
    worded("what"),
    numeric("record"),
    numeric("runs"),
    numeric("5%"),
    numeric("95%"),
    numeric("below"),
    TableColumn(""),
)

HEADINGS: Final = {
    WHERE[OUTSIDE]: "Acts outside a pause",
    WHERE[INSIDE]: "Acts inside a pause",
    "": "Sizes, lengths and waits",
}


def behaviour_page(found: BehaviourChecks) -> Page:
    """Returns a table for each regime, and the share of counts in their bands."""
    page = Page()
    page.title("Behaviour of the model beside the record")
    page.say(
        f"{found.n:,} runs from each anniversary of an administration's first day to the next, "
        f"seed {found.seed}; each begins from the record replayed up to its day. Counts are added "
        "up over an administration."
    )
    page.say(_tally(found))
    for regime in REGIMES:
        _say_regime(page, found, regime)
    page.gap()
    page.say(
        "Runs: their median, and the ends of their middle 90%, which belong to it. Below: share of "
        "the runs below the record, and half of those equal to it, in %; starred if the record "
        "lies outside. Days with an act of a type are counted. A pause that an act breaks was in "
        "force when it was done. "
        "Points: by which the average duty rises, for Chinese replies on some goods not known."
    )
    return page


def _tally(found: BehaviourChecks, regime: Regime | None = None) -> str:
    inside, all_ = found.tally(regime)
    busy, acted = found.tally(regime, idle=False)
    target = f"; asked are {100 * TARGET:.0f}%" if regime is None else ""
    return (
        f"{inside} of {all_} counts lie in their 90% bands ({_percent(inside, all_)}%){target}. "
        f"Without those at which nothing was done: {busy} of {acted} ({_percent(busy, acted)}%)."
    )


def _percent(part: int, whole: int) -> str:
    return number_text(100.0 * part / whole, 0) if whole else number_text(math.nan)


def _say_regime(page: Page, found: BehaviourChecks, regime: Regime) -> None:
    checks = [each for each in found.checks if each.regime == regime]
    if not checks:
        return
    page.heading(f"{regime.title} ({number_text(regime.years, 1)} years)")
    page.say(_tally(found, regime))
    for where, heading in HEADINGS.items():
        rows = [_row(each) for each in checks if _where(each) == where]
        if rows:
            page.gap()
            page.say(heading)
            page.table(COLUMNS, rows, labels=1)


def _where(check: StatisticCheck) -> str:
    return check.statistic.name.partition(".")[2] if check.statistic.is_count else ""


def _row(check: StatisticCheck) -> list[str]:
    unit = {"count": "", "days": " (days)", "pp": " (points)"}[check.statistic.unit]
    return [
        f"{sentence_case(check.statistic.title)}{unit}",
        *(_value(each) for each in (check.recorded, check.middle, check.low, check.high)),
        number_text(100.0 * check.place, 0),
        "" if check.in_band else "*",
    ]


def _value(value: float) -> str:
    return "never" if math.isinf(value) else number_text(value, 1)


def behaviour_json(found: BehaviourChecks) -> dict[str, Any]:
    """Returns the checks as JSON holds them; a wait that does not end is null."""
    inside, all_ = found.tally()
    busy, acted = found.tally(idle=False)
    return {
        "schema": 1,
        "n": found.n,
        "seed": found.seed,
        "counts": all_,
        "counts_in_band": inside,
        "counts_not_idle": acted,
        "counts_not_idle_in_band": busy,
        "target_share": TARGET,
        "regimes": [
            {
                "regime": regime.name,
                "years": regime.years,
                "checks": [_json(each) for each in found.checks if each.regime == regime],
            }
            for regime in REGIMES
            if any(each.regime == regime for each in found.checks)
        ],
    }


def _json(check: StatisticCheck) -> dict[str, Any]:
    return {
        "statistic": check.statistic.name,
        "unit": check.statistic.unit,
        "recorded": check.recorded,
        "median": check.middle,
        "band": [check.low, check.high],
        "in_band": check.in_band,
        "below": check.place,
        "runs": check.runs,
    }
