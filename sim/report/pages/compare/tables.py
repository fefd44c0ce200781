"""Tables of a comparison: changed inputs, outcomes with their verdicts, distributions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sim.experiment.compare.verdicts import TELLING
from sim.experiment.stats.distributions import QUANTILES, RESAMPLES
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.pages.run.scenario import intervention_words
from sim.report.words.differences import (
    difference_text,
    letters,
    name_words,
    precision,
    row_words,
    two_stories_of,
    value_text,
    verdict_words,
)
from sim.report.words.numbers import NOTHING, count_text, in_100, number_text, signed

if TYPE_CHECKING:
    from sim.experiment.compare.comparison import Comparison, Row
    from sim.experiment.compare.difference import Difference
    from sim.experiment.stats.distributions import Distance
    from sim.experiment.stats.intervals import Estimate
    from sim.scenario.resolved_scenario import Resolved

MOST_CHANGES: Final = 20
"""Maximum number of changed inputs shown unless everything is shown."""

MOST_SHAPES: Final = 8
"""Maximum number of outcomes whose distributions are compared unless everything is shown."""

MARKS: Final = {
    "identical": "=",
    "equivalent": "~",
    # A verdict describes the reference; a mark describes the other scenario.
    "higher": "<",
    "lower": ">",
    "cannot tell": "?",
}
LEGEND: Final = (
    "Marks compare each figure with A: > higher, < lower, ~ equivalent (within the margin), "
    "= identical, ? inconclusive."
)


def changed_table(page: Page, comparisons: Sequence[Comparison], *, full: bool) -> None:
    """Adds the inputs in which the other scenarios differ from the reference."""
    page.heading("Changed inputs")
    reference = comparisons[0].a.resolved
    cells: dict[tuple[str, str], list[str]] = {}
    for place, comparison in enumerate(comparisons):
        for section, key, of_a, of_b in comparison.changed:
            row = cells.setdefault(
                (section, key),
                [key, _input(section, key, of_a, reference), *["as A"] * len(comparisons)],
            )
            row[2 + place] = _input(section, key, of_b, comparison.b.resolved)
    if not cells:
        page.say("none", indent=2)
        return
    rows = list(cells.values())
    shown = rows if full else rows[:MOST_CHANGES]
    page.table([worded("input"), *map(worded, letters(comparisons))], shown)
    if len(shown) < len(rows):
        page.say(
            f"and {count_text(len(rows) - len(shown), 'more input')} (shown with --full)", indent=2
        )


def two_sided_table(page: Page, rows: Sequence[Difference]) -> None:
    """Adds the differences from one other scenario, each with its interval and verdict."""
    columns = [
        worded("outcome"),
        numeric("A"),
        numeric("B"),
        numeric("A minus B"),
        TableColumn("A vs B"),
    ]
    cells = [
        [
            row_words([("B", d)]),
            value_text(d, d.a),
            value_text(d, d.b),
            difference_text(d),
            verdict_words(d.verdict),
        ]
        for d in rows
    ]
    page.table(columns, cells, indent=0)
    for text in filter(None, map(two_stories_of, rows)):
        page.say(text)


def many_sided_table(page: Page, comparisons: Sequence[Comparison], rows: Sequence[Row]) -> None:
    """Adds one column per scenario, each figure marked by its comparison with the reference."""
    sides = letters(comparisons)[1:]
    columns = [worded("outcome"), numeric("A"), *(numeric(f"{side}  ") for side in sides)]
    cells = []
    for row in rows:
        found = [comparison.of(row) for comparison in comparisons]
        known = next((d for d in found if d), None)
        if known:
            marked = (f"{value_text(d, d.b)} {MARKS[d.verdict]}" if d else NOTHING for d in found)
            words = row_words([(side, d) for side, d in zip(sides, found, strict=True) if d])
            cells.append([words, value_text(known, known.a), *marked])
    page.table(columns, cells, indent=0, labels=2)
    for side, comparison in zip(sides, comparisons, strict=True):
        for text in (two_stories_of(d) for row in rows if (d := comparison.of(row))):
            if text:
                page.say(f"{side}: {text}")


def shape_tables(page: Page, rows: Sequence[Difference], *, paired: bool) -> None:
    """Adds the shifts of distributions and the distances between them."""
    known = [(d, d.shape) for d in rows if d.shape]
    if not known:
        return
    page.heading("Shift of the distribution: quantile of A minus quantile of B (95% interval)")
    columns = [worded("outcome"), *map(numeric, ("5th percentile", "median", "95th percentile"))]
    cells = [
        [name_words(d), *(_shift_text(shape.shifts[name], precision(d)[1]) for name in QUANTILES)]
        for d, shape in known
    ]
    page.table(columns, cells, indent=0)
    page.heading("Distance between the distributions")
    columns = [
        worded("\noutcome"),
        *map(numeric, ("\nKS", "\np", "energy\ndistance", "\np")),
        numeric("A above B, %\npaired runs"),
        numeric("A above B, %\nunpaired runs"),
    ]
    cells = [
        [
            name_words(d),
            *_distance_cells(shape.ks),
            *_distance_cells(shape.energy),
            in_100(d.p_gt_same_luck),
            in_100(d.p_gt_independent),
        ]
        for d, shape in known
    ]
    page.table(columns if paired else [*columns[:5], columns[6]], cells, indent=0)
    looked_at = {shape.pairs for _, shape in known}
    text = (
        "KS: largest gap between the two cumulative distributions. Energy distance: how "
        "far apart the two distributions are as a whole; 0 if they are the same. p: chance of a "
        "value this large or larger if the two distributions were the same, from "
        f"{RESAMPLES} random swaps of A and B within pairs (so at least 0.001). A above B: % of "
        "pairs in which A is higher, counting ties as half; paired: the two runs use the same "
        "random numbers; unpaired: any run of A against any run of B."
    )
    if looked_at and max(looked_at) < max(d.pairs for d, _ in known):
        text += f" Based on the first {max(looked_at):,} pairs."
    page.say(text)


def settle_text(rows: Sequence[Difference]) -> str:
    """Returns a note on inconclusive rows and the runs they need; empty if there are none."""
    if all(d.verdict != "cannot tell" for d in rows):
        return ""
    needed = [d.runs_needed for d in rows if d.runs_needed]
    text = "inconclusive: with this many rows, the difference may be chance"
    if not needed:
        return f"{text}."
    return f"{text}. -n {max(needed)} would be enough to decide, with 80% probability."


def is_telling(d: Difference) -> bool:
    """Returns whether the verdict on a difference is higher or lower."""
    return d.verdict in TELLING


def _shift_text(shift: Estimate, step: float | None) -> str:
    middle = signed(shift.value, step=step)
    if shift.low == shift.high == shift.value or not math.isfinite(shift.low):
        return f"{middle}\n"
    low, high = (number_text(end, step=step) for end in (shift.low, shift.high))
    return f"{middle}\n({low} to {high})"


def _distance_cells(distance: Distance) -> tuple[str, str]:
    return number_text(distance.value), number_text(distance.p_value, 3)


def _input(section: str, key: str, value: str, world: Resolved) -> str:
    """Returns the value of an input on one side, as text."""
    if section == "interventions":
        return next((intervention_words(r) for r in world.interventions if r.key == key), NOTHING)
    if section == "state" and value == "None":
        return "never"
    return NOTHING if value == "none" and section == "calendar" else value
