"""Page of a discovery: signs and assumptions an outcome goes with, and a small tree of both."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from sim.report.page import Page, numeric, worded
from sim.report.words.conditions import say_given
from sim.report.words.numbers import chance, chances, count_text, day_text, number_text, quantity
from sim.report.words.signs import condition_words, listed, sign_words

if TYPE_CHECKING:
    from sim.experiment.discovery.boxes import Limit
    from sim.experiment.discovery.search import Assumption, Discovery
    from sim.experiment.discovery.signs import Sign
    from sim.experiment.discovery.validation import Found, Search
    from sim.experiment.stats.intervals import Estimate

    Column = Sign | Assumption

Cells = Callable[[Any, "Limit"], list[str]]
"""Returns what a table shows of a limit on a column."""

CAUTION: Final = (
    "Signs and assumptions are conditions, not causes: histories that meet them differ in all that "
    "led there. What a decision does by itself: detente fork; what a number does: detente "
    "sensitivity."
)


def discovery_page(found: Discovery) -> Page:
    """Returns a discovery as text."""
    page = Page()
    _head(page, found)
    page.heading("In short")
    for text in in_short(found):
        page.say(text, indent=2)
    _signs(page, found)
    _assumptions(page, found)
    _tree(page, found)
    page.gap()
    page.say(CAUTION)
    return page


def in_short(found: Discovery) -> list[str]:
    """Returns what a reader should remember: the best box of signs and that of assumptions."""
    told = []
    name = condition_words(found.condition)
    for what, search in (("early signs", found.signs), ("assumptions", found.assumptions)):
        boxes = [box for box in search.boxes if box.rate.holds]
        if boxes:
            told.append(_sentence(found, search, boxes[0]))
        elif search.boxes:
            told.append(f"Of {what} nothing was found that holds on the other half of the draws.")
        elif search.columns:
            told.append(
                f"Of {search.looked_at} {what} {len(search.columns)} go with {name}, but in no box "
                "of them is it oftener met than chance makes one."
            )
        else:
            told.append(
                f"Of {search.looked_at} {what} none goes with {name} more closely than chance "
                "makes one of them go."
            )
    return told


def _head(page: Page, found: Discovery) -> None:
    batch = found.batch
    runs, name = int(batch.counted.sum()), condition_words(found.condition)
    page.title(f"{batch.resolved.name}   what goes with {found.condition.text}")
    page.say(
        f"{count_text(batch.n, 'history', 'histories')}, {batch.per_vector} for each draw of the "
        f"parameters, seed {batch.seed}; {name} in {found.met:,} of {runs:,}"
    )
    say_given(page, batch)
    page.say(
        f"Looked for in {found.looked_in:,} histories of one half of the draws. Every number below "
        f"is of the {found.checked_on:,} of the other half: {name} in "
        f"{_hundred(found.base)} of 100."
    )


def _sentence(found: Discovery, search: Search[Any], box: Found) -> str:
    rate, name = box.rate, condition_words(found.condition)
    conditions = listed([_words(search.columns[limit.column], limit) for limit in box.limits])
    by = f" by {day_text(found.by)}" if search is found.signs else ""
    low, high = (number_text(100.0 * end, 0) for end in (rate.density.low, rate.density.high))
    return (
        f"With {conditions}{by}: {name} in {_plain(rate.density)} of 100 such histories ({low} to "
        f"{high}), against {_plain(found.base)} of 100 in all. Of histories with {name}, "
        f"{chance(rate.coverage.value)} are such."
    )


def _signs(page: Page, found: Discovery) -> None:
    search = found.signs
    page.heading(f"Signs by {day_text(found.by)} ({search.looked_at} looked at)")
    _boxes(page, search, "sign", _sign_cells)
    _questions(page, found, search, "sign", _sign_cells)
    if search.columns:
        page.say("A sign can be typed as it stands after --given, of run and compare.", indent=2)


def _assumptions(page: Page, found: Discovery) -> None:
    search = found.assumptions
    page.heading(f"Assumptions ({search.looked_at} looked at)")
    if not math.isnan(found.split.share):
        page.say(
            f"Of the spread of {condition_words(found.condition)}, all assumptions together make "
            f"{number_text(100.0 * found.split.share, 0)} %, luck the rest.",
            indent=2,
        )
    _boxes(page, search, "assumption", _assumption_cells, "range")
    _questions(page, found, search, "assumption", _assumption_cells, "range")
    guessed = sum(column.parameter.kind == "assumed" for column in search.columns)
    if guessed:
        page.say(
            f"{guessed} of these {len(search.columns)} are assumed: no source gives them.", indent=2
        )


def _boxes(page: Page, search: Search[Any], what: str, cells: Cells, *titles: str) -> None:
    columns = [*map(worded, (what, *titles)), numeric("without it")]
    for number, box in enumerate(search.boxes, 1):
        rate = box.rate
        if not rate.holds:
            page.say(
                f"Box {number} does not hold on the other half: {_hundred(rate.density)} of 100.",
                indent=2,
            )
            continue
        outside = " and outside box 1" if number > 1 else ""
        page.say(
            f"Box {number}: {_hundred(rate.density)} of 100. In it{outside} lie "
            f"{_plain(rate.mass)} of 100 histories, and {_hundred(rate.coverage)} of 100 of those "
            "with the outcome.",
            indent=2,
        )
        rows = [
            [*cells(search.columns[limit.column], limit), number_text(100.0 * without, 0)]
            for limit, without in zip(box.limits, box.without, strict=True)
        ]
        page.table(columns, rows, indent=4)


def _questions(
    page: Page, found: Discovery, search: Search[Any], what: str, cells: Cells, *titles: str
) -> None:
    if not search.questions:
        page.say("None passes the screening.", indent=2)
        return
    page.say(
        f"One at a time ({condition_words(found.condition)} in 100; 95 % interval in brackets):",
        indent=2,
    )
    columns = [
        *map(worded, (what, *titles)),
        numeric("so in\n100"),
        numeric("\nwhere so"),
        numeric("\nelsewhere"),
    ]
    rows = [
        [
            *cells(search.columns[question.limit.column], question.limit),
            _plain(question.where.mass),
            _hundred(question.where.density),
            _hundred(question.elsewhere),
        ]
        for question in search.questions
    ]
    page.table(columns, rows)


def _tree(page: Page, found: Discovery) -> None:
    if not found.tree:
        return
    page.heading(
        f"A small tree ({condition_words(found.condition)} in 100 histories; share of all)"
    )
    rows = []
    for branch in found.tree:
        limit = branch.path[-1]
        text = found.columns[limit.column].condition(limit)
        rate = branch.rate
        told = [_hundred(rate.density), f"{_plain(rate.mass)} %"] if branch.is_leaf else []
        rows.append(["  " * (len(branch.path) - 1) + text, *told])
    page.table([worded(""), numeric(""), numeric("")], rows)


def _sign_cells(column: Sign, limit: Limit) -> list[str]:
    return [column.condition(limit)]


def _assumption_cells(column: Assumption, limit: Limit) -> list[str]:
    share = 100.0 * column.share(limit)
    part = f"upper {100.0 - share:.0f} %" if limit.is_least else f"lower {share:.0f} %"
    return [column.condition(limit), part]


def _words(column: Column, limit: Limit) -> str:
    """Returns a limit in a few words; a column that is no sign is an assumption."""
    from sim.experiment.discovery.signs import Sign

    if isinstance(column, Sign):
        return sign_words(column, limit)
    how = "at least" if limit.is_least else "at most"
    return f"{column.name} {how} {quantity(column.value(limit), column.parameter.unit)}"


def _plain(estimate: Estimate) -> str:
    return number_text(100.0 * estimate.value, 0)


def _hundred(estimate: Estimate) -> str:
    return " ".join(chances(estimate.value, estimate.low, estimate.high)).strip()
