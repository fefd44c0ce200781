"""Tidy rows of what was simulated: runs, comparisons, sweeps and forecasts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sim.experiment.outcomes.forecasts import DatedForecast
from sim.experiment.outcomes.questions import UnansweredQuestion
from sim.experiment.outcomes.summary import QUANTILES
from sim.report.exports.tidy import NUMBER, TEXT, TidyColumn, TidyRow, located
from sim.scenario.baseline import sector_labels
from sim.scenario.explain import assumed_counts

if TYPE_CHECKING:
    from sim.experiment.compare.comparison import Comparison
    from sim.experiment.sweep.points import Sweep
    from sim.scenario.resolved_scenario import Resolved

AT_END: Final = "outcomes_at_end"
BY_DATE: Final = "outcomes_by_date"
SECTORS: Final = "sectors"
DIFFERENCES: Final = "differences"
POINTS: Final = "points"
FORECASTS: Final = "forecasts"

SHARE: Final = "probability"
"""Unit of shares of runs."""

Described = Mapping[str, Mapping[str, Any]]


def run_rows(name: str, resolved: Resolved, described: Described) -> Iterator[TidyRow]:
    """Yields the rows of a batch.

    Args:
        name: Name of the scenario among those in the file.
        resolved: The scenario.
        described: Column name -> summary, as `--json` has it under `outcomes`.
    """
    labels, last = sector_labels(), date.fromordinal(resolved.until)
    assumed, _ = assumed_counts(resolved)
    for column, about in described.items():
        row = located(
            TidyRow(
                table=BY_DATE if "@" in column else AT_END,
                scenario=name,
                unit=about["unit"],
                n=about["n_valid"],
                of=about["of"],
                assumptions=assumed,
            ),
            column,
            last,
            labels,
        )
        row = replace(row, table=SECTORS) if row.sector else row
        if about["kind"] == "number":
            yield from _number(row, about)
            continue
        for label, share in about["probabilities"].items():
            if about["kind"] == "class" or label == "true":
                yield from _share(replace(row, label=label, unit=SHARE), share)


def _number(row: TidyRow, about: Mapping[str, Any]) -> Iterator[TidyRow]:
    for name in QUANTILES:
        yield row.told(name, about["quantiles"][name])
    yield row.told("mean", about["mean"])
    yield from _ends(row, about["mean_ci"])
    yield from _ends(row, about["median_ci"], "median_")
    yield from _spread(row, about)


def _share(row: TidyRow, share: Mapping[str, Any]) -> Iterator[TidyRow]:
    yield row.told("probability", share["p"])
    yield from _ends(row, share["ci"])
    yield from _spread(row, share)


def _ends(row: TidyRow, ends: Sequence[float | str | None], stem: str = "") -> Iterator[TidyRow]:
    for name, end in zip(("low", "high"), ends, strict=True):
        yield row.told(stem + name, end)


def _spread(row: TidyRow, about: Mapping[str, Any]) -> Iterator[TidyRow]:
    """Yields what is known of a mean over drawn parameters, if they were drawn."""
    if "spread" in about:
        yield from _ends(row, about["spread"]["moves_between"], "moves_")
        yield row.told("ignorance_share", about["spread"]["ignorance_share"], "share")


def difference_rows(comparison: Comparison, scenario: str, versus: str) -> Iterator[TidyRow]:
    """Yields the rows of a comparison: the first scenario, the other, and their difference.

    Args:
        comparison: The comparison.
        scenario: Name of the first scenario.
        versus: Name of the other.
    """
    sides = comparison.a.resolved, comparison.b.resolved
    labels, last = sector_labels(), date.fromordinal(min(each.until for each in sides))
    assumed = max(assumed_counts(each)[0] for each in sides)
    for difference in comparison.differences:
        told = difference.to_json()
        row = located(
            TidyRow(
                table=DIFFERENCES,
                scenario=scenario,
                versus=versus,
                label=told["class"],
                unit=told["unit"],
                n=told["pairs"],
                of=comparison.pairs,
                assumptions=assumed,
                note=told["verdict"],
            ),
            told["outcome"],
            last,
            labels,
        )
        unit = "date" if difference.unit == "date" else row.unit
        runs, of = told["runs"], told["of"]
        yield replace(row, n=runs[0], of=of[0]).told("a", told["a"], unit)
        yield replace(row, n=runs[1], of=of[1]).told("b", told["b"], unit)
        yield row.told("difference", told["difference"])
        yield from _ends(row, told["ci"], "difference_")


def sweep_rows(sweep: Sweep, base: Resolved) -> Iterator[TidyRow]:
    """Yields the rows of a sweep.

    Args:
        sweep: The points and their runs.
        base: The scenario before any input is varied.
    """
    labels, last = sector_labels(), date.fromordinal(base.until)
    assumed, _ = assumed_counts(base)
    inputs = input_columns(sweep)
    for told in sweep.rows():
        row = located(
            TidyRow(
                table=POINTS,
                scenario=sweep.scenario,
                point=told["point"],
                inputs=tuple(_input(column, told[column.name]) for column in inputs),
                label=told["class"],
                unit=told["unit"],
                n=told["n_valid"],
                of=told["of"],
                assumptions=assumed,
            ),
            told["outcome"],
            last,
            labels,
        )
        is_number = told["kind"] == "number"
        for name in QUANTILES if is_number else ():
            yield row.told(name, told[name])
        yield row.told("mean" if is_number else "probability", told["estimate"])
        yield from _ends(row, (told["low"], told["high"]))
        if told["point"] and sweep.method == "grid":
            gap = replace(row, versus="point 0", unit="days" if row.unit == "date" else row.unit)
            yield gap.told("difference", told["difference"])
            yield from _ends(gap, (told["difference_low"], told["difference_high"]), "difference_")


def _input(column: TidyColumn, value: Any) -> float | str | None:
    if value is None:
        return None
    return float(value) if column.kind == NUMBER else str(value)


def input_columns(sweep: Sweep) -> tuple[TidyColumn, ...]:
    """Returns a column for each input of a sweep: numbers, or text if any value is none."""
    columns = []
    for axis in sweep.axes:
        values = [point.typed()[axis.name] for point in sweep.points]
        numbers = all(isinstance(value, (int, float)) for value in values)
        columns.append(TidyColumn(axis.name, NUMBER if numbers else TEXT, "input of the sweep"))
    return tuple(columns)


def forecast_rows(found: Iterable[DatedForecast | UnansweredQuestion]) -> Iterator[TidyRow]:
    """Yields the rows of answers to questions, and one for each question without an answer."""
    for each in found:
        if isinstance(each, UnansweredQuestion):
            yield TidyRow(
                table=FORECASTS,
                scenario="",
                outcome=each.text,
                statistic="unanswered",
                note=each.told,
            )
            continue
        yield from _answer(each)


def _answer(found: DatedForecast) -> Iterator[TidyRow]:
    told, resolved = found.to_json(), found.batch.resolved
    row = TidyRow(
        table=FORECASTS,
        scenario=resolved.name,
        as_of=found.origin,
        outcome=told["question"],
        day=found.question.last_day or date.fromordinal(resolved.until),
        unit=told.get("unit", SHARE),
        n=told["n"],
        of=told["of"],
        assumptions=assumed_counts(resolved)[0],
    )
    if "quantiles" in told:
        for name, value in told["quantiles"].items():
            yield row.told(name, value)
        return
    yield row.told("probability", told["probability"])
    yield from _ends(row, told["interval"])
    if "moves_between" in told:
        yield from _ends(row, told["moves_between"], "moves_")
    if "raw" in told:
        yield row.told("raw", told["raw"])
        yield from _ends(row, told["raw_interval"], "raw_")
        yield replace(row, note=told["weight_note"] or None).told("weight", told["weight"], "share")
        reason = told["base_rate_reason"] or None
        yield replace(row, note=reason).told("base_rate", told["base_rate"])
