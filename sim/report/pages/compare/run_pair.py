"""Page of one pair of runs with the same luck: where they part, what follows, how they end."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, Any, Final

from sim.report.json_values import clean
from sim.report.page import Page, TableColumn, worded
from sim.report.pages.single_run.trace import WAIT, trace_json
from sim.report.words.glossary import outcome_words
from sim.report.words.numbers import NOTHING, count_text, day_text, iso_day, quantity, spaced

if TYPE_CHECKING:
    from sim.engine.blocks import Column as Outcome
    from sim.engine.chronicle import Event
    from sim.experiment.runs.replay import Replay

SAME: Final = "same"
"""Text shown in place of an event that the other run has too."""


@dataclass(frozen=True, slots=True)
class RunPair:
    """Pair of runs with the same luck.

    Attributes:
        a: Run on side A.
        b: Run on side B.
        titles: Titles of the two; the names of the scenarios if empty.
        preface: Sentences to print first.
    """

    a: Replay
    b: Replay
    titles: tuple[str, ...] = ()
    preface: tuple[str, ...] = ()

    @property
    def span(self) -> tuple[int, int]:
        """First and last ordinal day covered by both runs."""
        worlds = self.a.resolved, self.b.resolved
        return max(world.start for world in worlds), min(world.until for world in worlds)

    @property
    def stories(self) -> tuple[list[Event], list[Event]]:
        """Events of each run on the days covered by both."""
        first, last = self.span
        ours, theirs = (
            [event for event in events_of(replay) if first <= event.day <= last]
            for replay in (self.a, self.b)
        )
        return ours, theirs

    @property
    def common(self) -> int:
        """Number of events in common before the parting."""
        pairs = zip(*self.stories, strict=False)
        return sum(1 for _ in takewhile(lambda pair: same(*pair), pairs))

    @property
    def day(self) -> int | None:
        """Ordinal day of the parting; None if the events are the same."""
        left = [event.day for story in self.stories for event in story[self.common :][:1]]
        return min(left, default=None)

    @property
    def differing(self) -> int:
        """Number of shared outcomes that differ."""
        names = self.a.values.keys() & self.b.values.keys()
        return sum(not _equal(self.a.values[name][0], self.b.values[name][0]) for name in names)


def pair_page(pair: RunPair) -> Page:
    """Returns the page of a pair of runs."""
    page, worlds = Page(), (pair.a.resolved, pair.b.resolved)
    titles = pair.titles or tuple(world.name for world in worlds)
    for side, title in zip("AB", titles, strict=True):
        page.title(f"{side}: {title}")
    chronicle = pair.a.chronicle
    page.say(f"run {chronicle.replicate} of seed {chronicle.seed}, with the same luck in both")
    if any((world.start, world.until) != pair.span for world in worlds):
        first, last = map(day_text, pair.span)
        page.say(
            f"events from {first} to {last}, the days covered by both; outcomes at the end of each"
        )
    for text in pair.preface:
        page.say(text)
    _story(page, pair)
    _endings(page, pair)
    return page


def pair_json(pair: RunPair) -> dict[str, Any]:
    """Returns a pair of runs as one JSON object."""
    return {
        "schema": 1,
        "seed": pair.a.chronicle.seed,
        "replicate": pair.a.chronicle.replicate,
        "common_events": pair.common,
        "parting_day": iso_day(pair.day or 0),
        "notes": list(pair.preface),
        "a": _side_json(pair.a),
        "b": _side_json(pair.b),
    }


def events_of(replay: Replay) -> list[Event]:
    """Returns the events of a run, without decisions to do nothing."""
    return [event for event in replay.chronicle.events if event.act != WAIT]


def same(ours: Event, theirs: Event) -> bool:
    """Returns whether two events have the same day, side, act, text and details."""
    return _key(ours) == _key(theirs)


def value_words(column: Outcome, value: float) -> str:
    """Returns the value of an outcome in one run, as text."""
    outcome = column.outcome
    if outcome.kind == "flag":
        return "yes" if value else "no"
    if outcome.kind == "class":
        return NOTHING if value < 0 else spaced(outcome.classes[int(value)])
    return NOTHING if math.isnan(value) else quantity(value, outcome.unit, step=outcome.step)


def _key(event: Event) -> tuple[int, str | None, str, str, tuple[str, ...]]:
    return event.day, event.side, event.act, event.text, event.details


def _told(event: Event) -> str:
    return "; ".join((event.text, *event.details))


def _story(page: Page, pair: RunPair) -> None:
    common, day = pair.common, pair.day
    events = count_text(common, "event")
    if day is None:
        page.say(f"The same events happen in both: {events}.")
        return
    before = f"Until then, they have {events} in common. " if common else ""
    page.heading(f"They part on {day_text(day)}")
    page.say(f'{before}"{SAME}" in the last column marks an event of both runs.')
    # The day of the parting is shown in full, to show what led up to it.
    rows = [row for row in _rows(*pair.stories) if row[0] >= day]
    shown = ""
    cells = []
    for when, ours, theirs in rows:
        text = day_text(when)
        cells.append([text if text != shown else "", ours, theirs])
        shown = text
    page.table([TableColumn("date"), worded("A"), worded("B")], cells, indent=0)


def _rows(ours: Sequence[Event], theirs: Sequence[Event]) -> Iterator[tuple[int, str, str]]:
    """Yields the events of both runs day by day, with shared events in one row."""
    by_day = [
        {day: list(events) for day, events in groupby(story, key=lambda event: event.day)}
        for story in (ours, theirs)
    ]
    for day in sorted({*by_day[0], *by_day[1]}):
        of_a, of_b = (days.get(day, []) for days in by_day)
        matcher = SequenceMatcher(None, [_key(e) for e in of_a], [_key(e) for e in of_b], False)
        for what, a_from, a_to, b_from, b_to in matcher.get_opcodes():
            if what == "equal":
                yield from ((day, event.text, SAME) for event in of_a[a_from:a_to])
                continue
            yield from ((day, _told(event), "") for event in of_a[a_from:a_to])
            yield from ((day, "", _told(event)) for event in of_b[b_from:b_to])


def _headlines(pair: RunPair) -> list[tuple[Outcome, float, float]]:
    return [
        (column, pair.a.values[column.name][0], pair.b.values[column.name][0])
        for column in pair.a.columns
        if column.outcome.headline and column.day is None and column.name in pair.b.values
    ]


def _endings(page: Page, pair: RunPair) -> None:
    page.heading("Outcomes")
    rows = [
        [outcome_words(column.name), value_words(column, ours), value_words(column, theirs)]
        for column, ours, theirs in _headlines(pair)
    ]
    marked = [[*row, "" if row[1] == row[2] else "differs"] for row in rows]
    page.table([worded("outcome"), worded("A"), worded("B"), TableColumn("")], marked, indent=0)
    everything = len(pair.a.values.keys() & pair.b.values.keys())
    page.say(
        f"{pair.differing:,} of all {everything:,} outcomes differ. Use --json to see them all."
    )


def _equal(x: Any, y: Any) -> bool:
    return bool(x == y) or (math.isnan(x) and math.isnan(y))


def _side_json(replay: Replay) -> dict[str, Any]:
    outcomes = {}
    for column in replay.columns:
        value = replay.values[column.name][0]
        if column.outcome.kind == "class":
            outcomes[column.name] = column.outcome.classes[int(value)] if value >= 0 else None
        elif column.outcome.unit == "date":
            known = not math.isnan(value)
            outcomes[column.name] = date.fromordinal(int(value)).isoformat() if known else None
        else:
            outcomes[column.name] = clean(value)
    return {
        "scenario_hash": replay.resolved.hash,
        **{key: part for key, part in trace_json(replay.chronicle).items() if key != "schema"},
        "outcomes": outcomes,
    }
