"""Tables of a comparison: changed inputs, outcomes with their verdicts, distributions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sim.experiment.compare.verdicts import TELLING
from sim.experiment.stats.distributions import QUANTILES, RESAMPLES
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.pages.run.scenario import intervention_words
from sim.report.words.differences import difference_text, letters, name_words, value_text
from sim.report.words.numbers import NOTHING, count_text, in_100, number_text, signed

if TYPE_CHECKING:
    from sim.experiment.compare.comparison import Comparison, Row
    from sim.experiment.compare.difference import Difference
    from sim.experiment.stats.distributions import Distance
    from sim.experiment.stats.intervals import Estimate
    from sim.scenario.resolved_scenario import Resolved

MOST_CHANGES: Final = 20
"""Changed inputs on a page that does not show everything."""

MOST_SHAPES: Final = 8
"""Numbers of which such a page tells how their distributions differ."""

PER_TABLE: Final = 4
"""Scenarios beside the reference that fit a table of 80 columns."""

MARKS: Final = {
    "identical": "=",
    "equivalent": "~",
    # A verdict says what the reference is; a mark says what the other one is.
    "higher": "<",
    "lower": ">",
    "cannot tell": "?",
}
LEGEND: Final = (
    "After a figure, against A: > higher, < lower, ~ the same within the margin, = identical, "
    "? cannot tell."
)


def changed_table(page: Page, comparisons: Sequence[Comparison], *, everything: bool) -> None:
    """Adds what was changed on the way from the reference to the others."""
    page.heading("What was changed")
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
        page.say("nothing", indent=2)
        return
    rows = list(cells.values())
    shown = rows if everything else rows[:MOST_CHANGES]
    page.table([worded("input"), *map(worded, letters(comparisons))], shown)
    if len(shown) < len(rows):
        page.say(f"and {count_text(len(rows) - len(shown), 'more input')}: --all", indent=2)


def two_sided_table(page: Page, rows: Sequence[Difference]) -> None:
    """Adds differences from one other scenario, each with its interval and verdict."""
    columns = [
        worded("outcome"),
        numeric("A"),
        numeric("B"),
        numeric("A minus B"),
        TableColumn("A is"),
    ]
    cells = [
        [_row_words(d), value_text(d, d.a), value_text(d, d.b), difference_text(d), d.verdict]
        for d in rows
    ]
    page.table(columns, cells, indent=0)


def _row_words(d: Difference) -> str:
    """Returns what a row is about; of a number that applies to other runs in A than in B, too."""
    if d.kind != "number" or d.pairs == max(d.runs):
        return name_words(d)
    return f"{name_words(d)}, where it applies: {d.runs[0]:,} and {d.runs[1]:,} runs"


def many_sided_table(page: Page, comparisons: Sequence[Comparison], rows: Sequence[Row]) -> None:
    """Adds a column a scenario, each figure marked by how it compares with the reference."""
    sides = letters(comparisons)[1:]
    for first in range(0, len(comparisons), PER_TABLE):
        portion = comparisons[first : first + PER_TABLE]
        columns = [worded("outcome"), numeric("A")]
        columns += [numeric(f"{side}  ") for side in sides[first : first + PER_TABLE]]
        cells = []
        for row in rows:
            found = [comparison.of(row) for comparison in portion]
            known = next((d for d in found if d), None)
            if known:
                marked = (
                    f"{value_text(d, d.b)} {MARKS[d.verdict]}" if d else NOTHING for d in found
                )
                cells.append([name_words(known), value_text(known, known.a), *marked])
        page.table(columns, cells, indent=0)


def shape_tables(page: Page, rows: Sequence[Difference], *, paired: bool) -> None:
    """Adds where the distributions of numbers move and how far apart they are."""
    known = [(d, d.shape) for d in rows if d.shape]
    if not known:
        return
    page.heading("Where the numbers move: A minus B, run by rank (95 % interval below)")
    columns = [worded("outcome"), *map(numeric, ("5th of 100", "middle", "95th of 100"))]
    cells = [
        [name_words(d), *(_shift_text(shape.shifts[name]) for name in QUANTILES)]
        for d, shape in known
    ]
    page.table(columns, cells, indent=0)
    page.heading("How far apart the distributions lie")
    columns = [
        worded("\noutcome"),
        *map(numeric, ("\nKS", "\np", "energy\ndistance", "\np")),
        numeric("A above B,\nsame luck"),
        numeric("A above B,\nseparate luck"),
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
        "KS: largest gap between the distribution functions. p: were the two alike, how often "
        f"chance would part them as far ({RESAMPLES} swaps within pairs; none lower than 0.001). "
        "A above B: in 100 pairs, half the ties."
    )
    if looked_at and max(looked_at) < max(d.pairs for d, _ in known):
        text += f" From the first {max(looked_at):,} pairs."
    page.say(text)


def settle_text(rows: Sequence[Difference]) -> str:
    """Returns what it would take to tell what cannot be told; nothing if all can."""
    if all(d.verdict != "cannot tell" for d in rows):
        return ""
    needed = [d.runs_needed for d in rows if d.runs_needed]
    text = "cannot tell: among so many rows the difference may be chance"
    if not needed:
        return f"{text}."
    return f"{text}; -n {max(needed)} should settle these rows, four times in five."


def is_telling(d: Difference) -> bool:
    """Tells whether a difference is one: higher or lower."""
    return d.verdict in TELLING


def _shift_text(shift: Estimate) -> str:
    middle = signed(shift.value)
    if shift.low == shift.high == shift.value or not math.isfinite(shift.low):
        return f"{middle}\n"
    return f"{middle}\n({number_text(shift.low)} to {number_text(shift.high)})"


def _distance_cells(distance: Distance) -> tuple[str, str]:
    return number_text(distance.value), number_text(distance.p_value, 3)


def _input(section: str, key: str, value: str, world: Resolved) -> str:
    """Returns an input of one side in words."""
    if section == "interventions":
        return next((intervention_words(r) for r in world.interventions if r.key == key), NOTHING)
    if section == "state" and value == "None":
        return "never"
    return NOTHING if value == "none" and section == "calendar" else value
