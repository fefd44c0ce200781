"""Tidy rows of the tariff calculator: effects at the end, by month and by quarter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sim.experiment.outcomes.readings import quarter_end
from sim.experiment.tariffs.impact import Impact
from sim.report.exports.tidy import MONTH, QUARTER_END, QUARTER_MEAN, TidyRow, located
from sim.report.pages.tariffs.impact_json import line_json
from sim.report.words.impact import points_text
from sim.scenario.baseline import sector_labels

EFFECTS: Final = "effects"
BY_MONTH: Final = "effects_by_month"
BY_QUARTER: Final = "effects_by_quarter"

BAND: Final = {
    "estimate": "estimate",
    "central": "central",
    "p05": "low",
    "p25": "p25",
    "p50": "median",
    "p75": "p75",
    "p95": "high",
}
"""Statistic -> key of JSON."""


def impact_rows(found: Impact) -> Iterator[TidyRow]:
    """Yields the rows of a calculation."""
    labels, last = sector_labels(), date.fromordinal(found.days[-1])
    names = [points_text(duties) for duties in found.duties]
    for place, line in enumerate(found.lines):
        told = line_json(found, place)
        row = TidyRow(
            table=EFFECTS,
            scenario=names[0],
            unit=line.unit,
            n=found.n,
            of=found.n,
            assumptions=len(told["assumed"]),
        )
        row = located(row, line.name, last, labels)
        each = [replace(row, scenario=name) for name in names]
        for mine, values in zip(each, told["values"], strict=True):
            yield mine.told("before", told["before"])
            yield from _band(mine, values)
        if "difference" in told:
            yield from _difference(replace(row, versus=names[1]), told["difference"])
        for month in told.get("by_month", ()):
            day = date.fromisoformat(month["date"])
            for mine, values in zip(each, month["values"], strict=True):
                yield from _band(replace(mine, table=BY_MONTH, day=day, reading=MONTH), values)
        for quarter in told.get("by_quarter", ()):
            for mine, values in zip(each, quarter["values"], strict=True):
                yield from _quarter(mine, quarter["quarter"], values)


def _band(row: TidyRow, values: Mapping[str, Any]) -> Iterator[TidyRow]:
    for statistic, key in BAND.items():
        yield row.told(statistic, values[key])


def _difference(row: TidyRow, told: Mapping[str, Any]) -> Iterator[TidyRow]:
    yield row.told("difference", told["estimate"])
    yield row.told("difference_low", told["low"])
    yield row.told("difference_high", told["high"])
    yield row.told("share_higher", told["share_higher"], "share")


def _quarter(row: TidyRow, quarter: str, values: Mapping[str, Any]) -> Iterator[TidyRow]:
    row = replace(row, table=BY_QUARTER, quarter=quarter, day=quarter_end(quarter))
    yield from _band(replace(row, reading=QUARTER_END), values["end"])
    yield from _band(replace(row, reading=QUARTER_MEAN), values["mean"])
