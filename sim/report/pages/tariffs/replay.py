"""Section of the validation page: the trade model month by month beside the record of 2025."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sim.experiment.tariffs.replay import SERIES, ReplayMonth, quarters
from sim.report.page import Page, numeric, worded

SERIES_WORDS: Final = {
    "us_imports": "imports",
    "cn_imports": "exports",
    "deficit": "deficit",
    "us_duties": "duties",
}
"""Words of the series, as the US counts them: its exports are what China imports from it."""

ALLOWED_PCT: Final = 10.0
"""Error of a sum over three months beyond which it is named as a miss."""
JUDGED: Final = ("us_imports", "us_duties")
"""Series whose sums are held to that."""


def put_replay(page: Page, months: Sequence[ReplayMonth]) -> None:
    """Adds the months and the errors of sums over three months."""
    page.heading("2025, month by month")
    page.say(
        "The model under the duties and announcements on record, each beside what customs and the "
        "Treasury counted, USD bn. Imports and exports are those of the US with China; duties are "
        "those on all goods: on goods of other countries the points in law on what was imported, "
        "times the share paid."
    )
    page.gap()
    columns = [worded("month")]
    for name in SERIES_WORDS.values():
        columns += [numeric(name), numeric("record")]
    page.table(columns, [month_cells(month) for month in months], indent=0)
    page.gap()
    page.say("Error of the model's sums over three months, in % of the record:")
    page.gap()
    page.table(
        [worded("sum"), *(numeric(name) for name in SERIES_WORDS.values())],
        error_rows(months),
        indent=0,
    )
    page.gap()
    page.say(misses(months))


def replay_json(months: Sequence[ReplayMonth]) -> dict[str, Any]:
    """Returns the months and the sums over three months, USD bn."""
    return {
        "unit": "usd_bn",
        "months": [
            {
                "month": f"{month.first:%Y-%m}",
                "model": dict(month.model),
                "record": dict(month.record),
                "china_duties": month.china_duties,
            }
            for month in months
        ],
        "sums_of_three_months": [
            {
                "series": series,
                "to": f"{q.last:%Y-%m}",
                "model": q.model,
                "record": q.record,
                "error_pct": q.error_pct,
            }
            for series in SERIES
            for q in quarters(months, series)
        ],
    }


def month_cells(month: ReplayMonth) -> list[str]:
    """Returns a month's row: model and record of each series, empty if not on record."""
    cells = [f"{month.first:%b %Y}"]
    for series in SERIES:
        record = month.record[series]
        cells += [f"{month.model[series]:.1f}", "" if record is None else f"{record:.1f}"]
    return cells


def error_rows(months: Sequence[ReplayMonth]) -> list[list[str]]:
    """Returns, for each sum over three months, the error of each series in % of the record."""
    errors = {series: {q.last: q.error_pct for q in quarters(months, series)} for series in SERIES}
    return [
        [
            f"to {month.first:%b %Y}",
            *(_error(errors[series].get(month.first)) for series in SERIES),
        ]
        for month in months[2:]
    ]


def _error(error_pct: float | None) -> str:
    if error_pct is None:
        return ""
    whole = round(error_pct)
    return f"{whole:+d}" if whole else "0"


def misses(months: Sequence[ReplayMonth]) -> str:
    """Returns which sums of imports and duties are off by more than is allowed."""
    judged = [(series, q) for series in JUDGED for q in quarters(months, series)]
    missed = [(series, q) for series, q in judged if abs(q.error_pct) > ALLOWED_PCT]
    text = (
        f"{len(judged) - len(missed)} of {len(judged)} sums of imports and duties are within "
        f"{ALLOWED_PCT:g} %"
    )
    if not missed:
        return f"{text}."
    named = ", ".join(
        f"US {SERIES_WORDS[series]} to {q.last:%b %Y} ({q.error_pct:+.0f} %)"
        for series, q in missed
    )
    return (
        f"{text}; not {named}: trade moves on the first of each month, so that a duty counts from "
        "the month after it came into force."
    )
