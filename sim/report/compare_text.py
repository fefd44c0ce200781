"""What `compare` prints: what was changed, and what differs, by what differs most."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sim.report.glossary import class_words, outcome_words
from sim.report.numbers import clean
from sim.report.scenario_text import intervention_words
from sim.report.terminal import Column, Page, numeric, render, worded
from sim.report.words import (
    NOTHING,
    count_text,
    day_text,
    number_text,
    of_runs,
    signed,
    unit_mark,
)

if TYPE_CHECKING:
    from sim.experiment.compare import Comparison, Difference
    from sim.scenario.resolved import Resolved

SHOWN: Final = 20
NAMED: Final = 3
DIFFERENT: Final = ("higher", "lower")


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two scenarios side by side, played with the same luck.

    Attributes:
        comparison: What differs.
        everything: Whether the page shows every outcome.
    """

    comparison: Comparison
    everything: bool = False

    def __str__(self) -> str:
        return render(self.page())

    def page(self) -> Page:
        """Returns the comparison as text."""
        return compare_page(self.comparison, everything=self.everything)

    def to_json(self) -> dict[str, Any]:
        """Returns the comparison as one JSON object."""
        return {"schema": 1, **clean(self.comparison.to_json())}


def compare_page(comparison: Comparison, *, everything: bool) -> Page:
    """Returns a comparison as text."""
    page = Page()
    a, b = comparison.a.resolved.name, comparison.b.resolved.name
    page.title(f"A: {a}")
    page.title(f"B: {b}")
    page.say(
        f"{count_text(comparison.pairs, 'pair')} of runs with the same luck, seed "
        f"{comparison.a.seed}"
    )
    page.gap()
    page.say(f"In short: {in_short(comparison)}")
    _changed(page, comparison)
    _differences(page, comparison, everything=everything)
    return page


def in_short(comparison: Comparison) -> str:
    """Returns what a reader should remember, from the headline outcomes that differ."""
    if all(d.identical for d in comparison.differences):
        return "nothing differs; every outcome is the same in A and B, run by run."
    telling = [d for d in comparison.differences if d.headline and d.verdict in DIFFERENT]
    if not telling:
        return (
            "no headline outcome can be told apart at the end with this many runs; the table "
            "shows what else differs."
        )
    return "; ".join(_sentence(d) for d in _one_each(telling)[:NAMED]) + "."


def _one_each(differences: Iterable[Difference]) -> list[Difference]:
    """Keeps, of each outcome, the date and the class that differ most, in the order given."""
    best: dict[str, Difference] = {}
    for d in differences:
        name = d.outcome.partition("@")[0]
        known = best.get(name)
        if known is None or _size(d) > _size(known):
            best[name] = d
    return list(best.values())


def _size(d: Difference) -> float:
    return 0.0 if math.isnan(d.effect) else abs(d.effect)


def _sentence(d: Difference) -> str:
    if d.kind == "number":
        unit = unit_mark(d.unit)
        return f"{_label(d)}{unit}: {_value(d, d.a)} in A, {_value(d, d.b)} in B"
    words = outcome_words(d.outcome)
    if d.kind == "class":
        # The first words of a class name it; what follows the colon explains it.
        words = class_words(d.outcome, d.label).partition(":")[0]
    return f"{words} in {of_runs(d.a)} of A and {of_runs(d.b)} of B"


def _changed(page: Page, comparison: Comparison) -> None:
    page.heading("What was changed")
    if not comparison.changed:
        page.say("nothing", indent=2)
        return
    a, b = comparison.a.resolved, comparison.b.resolved
    rows = [
        [key, _input(section, key, of_a, a), _input(section, key, of_b, b)]
        for section, key, of_a, of_b in comparison.changed
    ]
    page.table([worded("input"), worded("A"), worded("B")], rows)


def _input(section: str, key: str, value: str, world: Resolved) -> str:
    """Returns an input of one side in words."""
    if section == "interventions":
        return next((intervention_words(r) for r in world.interventions if r.key == key), NOTHING)
    if section == "state" and value == "None":
        return "never"
    return NOTHING if value == "none" and section == "calendar" else value


def _differences(page: Page, comparison: Comparison, *, everything: bool) -> None:
    different = [d for d in comparison.differences if not d.identical]
    # Eighty sectors that move with one duty would push all else off the page.
    telling = [d for d in different if "[" not in d.outcome]
    shown = list(comparison.differences) if everything else _one_each(telling)[:SHOWN]
    if not shown:
        return
    page.heading("What differs most (shares in 100 runs; 95 % interval in brackets)")
    columns = [
        worded("outcome"),
        numeric("A"),
        numeric("B"),
        numeric("A minus B"),
        Column("A is"),
    ]
    page.table(columns, [_row(d) for d in shown], indent=0)
    if not everything:
        same = len(comparison.differences) - len(different)
        page.say(
            "Each outcome once, at the date and for the class that differ most. --all shows all "
            f"{count_text(len(comparison.differences), 'row')}, {same:,} of them the same in both."
        )
    if any(d.verdict == "cannot tell" for d in shown):
        page.say(_how_many(shown))


def _how_many(shown: Iterable[Difference]) -> str:
    needed = [d.runs_needed for d in shown if d.runs_needed]
    text = "cannot tell: the difference may be chance"
    return f"{text}; -n {max(needed)} would settle these rows." if needed else f"{text}."


def _row(d: Difference) -> list[str]:
    return [
        f"{_label(d)}{unit_mark(d.unit)}",
        _value(d, d.a),
        _value(d, d.b),
        _difference(d),
        d.verdict,
    ]


def _label(d: Difference) -> str:
    return outcome_words(d.outcome, d.label if d.kind == "class" else "")


def _value(d: Difference, value: float) -> str:
    if d.unit == "date":
        # Without the year, which the span of a run makes clear.
        return NOTHING if math.isnan(value) else day_text(value).rpartition(" ")[0]
    if d.kind == "number":
        return number_text(value)
    return number_text(100.0 * value, 1)


def _difference(d: Difference) -> str:
    scale, places = (1.0, None) if d.kind == "number" else (100.0, 1)
    e = d.difference
    if d.identical or math.isnan(e.value):
        return "0" if d.identical else NOTHING
    middle = signed(scale * e.value, places)
    if not (math.isfinite(e.low) and math.isfinite(e.high)):
        return middle
    low, high = (number_text(scale * limit, places) for limit in (e.low, e.high))
    return f"{middle} ({low} to {high})"
