"""Cover of an export: question, scenario, seed, command, and what columns and words mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from sim.model.outcomes.politics import outcome_index
from sim.report.exports.batches import (
    AT_END,
    BY_DATE,
    DIFFERENCES,
    FORECASTS,
    POINTS,
    SECTORS,
)
from sim.report.exports.effects import BY_MONTH, BY_QUARTER, EFFECTS
from sim.report.exports.tidy import READINGS, STATISTICS, TidyColumn, TidyRow
from sim.report.words.conditions import given_words
from sim.report.words.numbers import day_text
from sim.scenario.evidence import sources
from sim.scenario.explain import assumed_counts
from sim.units import UNITS
from sim.version import __version__

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.experiment.sweep.points import Sweep
    from sim.experiment.tariffs.impact import Impact
    from sim.scenario.resolved_scenario import Resolved

ABOUT: Final = "about"
SOURCES: Final = "source"

TABLES: Final[dict[str, str]] = {
    AT_END: "outcomes at the end of the run",
    BY_DATE: "outcomes on the dates of the calendar",
    SECTORS: "duty and trade of each sector, at the ends of quarters and of the run",
    DIFFERENCES: "scenario minus versus, on the same random draws; the note is the verdict",
    POINTS: "outcomes at each point of a sweep",
    FORECASTS: "answers to dated questions; probabilities are mixed with a base rate",
    EFFECTS: "effects of the duties at the end; bands are over the drawn parameters",
    BY_MONTH: "the same on the first day of each month",
    BY_QUARTER: "the same in the last month of each quarter, and the mean of its months",
}
"""Kind of table -> what it holds."""

MODES: Final = {
    "fixed": "at their central values; bands and intervals reflect luck alone",
    "prior": "drawn from their ranges",
}


class CoverLine(NamedTuple):
    """Line of a cover.

    Attributes:
        section: `about`, or that whose words the line explains: column, table, statistic, ...
        item: What it is about.
        text: What it says; a number stays one.
    """

    section: str
    item: str
    text: str | int


def batch_lines(batch: Batch, name: str = "") -> Iterator[CoverLine]:
    """Yields what a batch is, its items ending in the name of the scenario if there are several."""
    tail = f" of {name}" if name else ""
    yield from world_lines(batch.resolved, tail, drawn=bool(batch.per_vector))
    yield _about(f"seed{tail}", batch.seed)
    yield _about(f"runs{tail}", batch.n)
    if batch.given:
        yield _about(f"condition{tail}", given_words(batch))
        yield _about(f"runs that meet it{tail}", int(batch.counted.sum()))
    yield _about(f"failed runs{tail}", len(batch.failures))
    mode = MODES.get(batch.parameters, f"drawn from a posterior ({batch.parameters})")
    yield _about(f"parameters{tail}", mode)
    yield _about(f"model version{tail}", batch.model_version)


def sweep_lines(sweep: Sweep, base: Resolved) -> Iterator[CoverLine]:
    """Yields what a sweep is."""
    yield from world_lines(base, "", drawn=sweep.parameters != "fixed")
    yield _about("seed", sweep.seed)
    yield _about("inputs", ", ".join(axis.name for axis in sweep.axes))
    yield _about("points", len(sweep.points))
    yield _about("runs at each point", sweep.points[0].n)
    yield _about("method", sweep.method)


def impact_lines(found: Impact) -> Iterator[CoverLine]:
    """Yields what a calculation is."""
    yield _about("question", "What do these duties do to trade, prices and incomes?")
    yield _about("world", found.resolved.name)
    yield _about("scenario hash", found.resolved.hash)
    yield _about("duties from", date.fromordinal(found.start).isoformat())
    yield _about("until", date.fromordinal(found.days[-1]).isoformat())
    yield _about("seed", found.seed)
    yield _about("draws of the parameters", found.n)
    yield from _assumed(found.resolved, "")


def world_lines(resolved: Resolved, tail: str, *, drawn: bool) -> Iterator[CoverLine]:
    """Yields what a scenario is.

    Args:
        resolved: The scenario.
        tail: End of each item.
        drawn: Whether parameters are drawn, which the hash then covers.
    """
    yield _about(f"question{tail}", resolved.question)
    yield _about(f"scenario{tail}", resolved.name)
    yield _about(f"scenario hash{tail}", resolved.prior_hash if drawn else resolved.hash)
    yield _about(f"first day{tail}", date.fromordinal(resolved.start).isoformat())
    yield _about(f"last day{tail}", date.fromordinal(resolved.until).isoformat())
    yield from _assumed(resolved, tail)


def _assumed(resolved: Resolved, tail: str) -> Iterator[CoverLine]:
    assumed, numbers = assumed_counts(resolved)
    yield _about(f"assumed numbers{tail}", assumed)
    yield _about(f"numbers in all{tail}", numbers)


def source_lines(keys: Iterable[str]) -> Iterator[CoverLine]:
    """Yields the sources of numbers, each once."""
    known = sources()
    for key in sorted({*keys} & known.keys()):
        yield CoverLine(SOURCES, key, f"{known[key].text} ({day_text(known[key].published)})")


def word_lines(rows: Sequence[TidyRow], columns: Iterable[TidyColumn]) -> Iterator[CoverLine]:
    """Yields what the columns and the words in rows mean; only those that occur."""
    yield from (CoverLine("column", column.name, column.meaning) for column in columns)
    for section, words, found in (
        ("table", TABLES, {row.table for row in rows}),
        ("reading", READINGS, {row.reading for row in rows}),
        ("statistic", STATISTICS, {row.statistic for row in rows}),
        ("unit", UNITS, {row.unit for row in rows}),
    ):
        yield from (CoverLine(section, word, words[word]) for word in words if word in found)
    meanings = {name.partition("[")[0]: row.meaning for name, row in outcome_index().items()}
    meanings |= {name: row.meaning for name, row in outcome_index().items()}
    for name in dict.fromkeys(row.outcome for row in rows):
        if name in meanings:
            yield CoverLine("outcome", name, meanings[name])


def closing_lines(command: str) -> Iterator[CoverLine]:
    """Yields the command and the program.

    Args:
        command: The command that wrote the file; empty if it was written in Python.
    """
    yield _about("command", command or "none: written in Python")
    yield _about("program", f"detente {__version__}")


def _about(item: str, text: str | int) -> CoverLine:
    return CoverLine(ABOUT, item, text)
