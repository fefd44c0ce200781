"""Page of a discovery: signs and assumptions associated with an outcome, and a small tree."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from sim.report.page import Page, numeric, worded
from sim.report.words.conditions import say_given
from sim.report.words.glossary import held_fixed
from sim.report.words.names.inputs import input_words, named
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
"""Function that returns the table cells for a limit on a column."""

CAUTION: Final = (
    "Signs and assumptions are conditions, not causes: runs that meet them also differ in whatever "
    "led to them. To see the effect of a decision, use detente fork; of a number, detente "
    "sensitivity."
)


def discovery_page(found: Discovery) -> Page:
    """Returns the page of a discovery."""
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
    """Returns a summary: the best box of signs and the best box of assumptions."""
    sentences = []
    name = condition_words(found.condition)
    for what, search in (("early signs", found.signs), ("assumptions", found.assumptions)):
        boxes = [box for box in search.boxes if box.rate.holds]
        if boxes:
            sentences.append(_sentence(found, search, boxes[0]))
        elif search.boxes:
            sentences.append(f"No box of {what} holds on the other half of the draws.")
        elif search.columns:
            sentences.append(
                f"Of {search.looked_at} {what}, {len(search.columns)} are associated with {name}, "
                "but no box of them contains it more often than chance would."
            )
        else:
            sentences.append(
                f"None of {search.looked_at} {what} is associated with {name} more closely than "
                "the best of as many would be by chance."
            )
    return sentences


def _head(page: Page, found: Discovery) -> None:
    batch = found.batch
    runs, name = int(batch.counted.sum()), condition_words(found.condition)
    page.title(f"{batch.resolved.name}   signs of {found.condition.text}")
    page.say(
        f"{count_text(batch.n, 'run')}, {batch.per_vector} per draw of the parameters, seed "
        f"{batch.seed}; {name} in {found.met:,} of {runs:,}"
    )
    say_given(page, batch)
    page.say(
        f"Boxes were searched for in one half of the draws ({found.looked_in:,} runs). All figures "
        f"below come from the other half ({found.checked_on:,} runs), where {name} occurs in "
        f"{_per_cent(found.base)} of runs."
    )


def _sentence(found: Discovery, search: Search[Any], box: Found) -> str:
    rate, name = box.rate, condition_words(found.condition)
    conditions = listed([_words(search.columns[limit.column], limit) for limit in box.limits])
    by = f" by {day_text(found.by)}" if search is found.signs else ""
    low, high = (number_text(100.0 * end, 0) for end in (rate.density.low, rate.density.high))
    return (
        f"With {conditions}{by}: {name} in {_plain(rate.density)}% of runs ({low} to {high}), "
        f"compared with {_plain(found.base)}% of all runs. Of the runs with {name}, "
        f"{chance(rate.coverage.value)} meet these conditions."
    )


def _signs(page: Page, found: Discovery) -> None:
    search = found.signs
    page.heading(f"Signs by {day_text(found.by)} ({search.looked_at} examined)")
    _boxes(page, search, "sign", _sign_cells)
    _questions(page, found, search, "sign", _sign_cells)
    if search.columns:
        page.say("A sign can be used as it is with --given in run and compare.", indent=2)


def _assumptions(page: Page, found: Discovery) -> None:
    search = found.assumptions
    page.heading(f"Assumptions ({search.looked_at} examined)")
    if not math.isnan(found.split.share):
        page.say(
            f"All assumptions together account for {number_text(100.0 * found.split.share, 0)}% of "
            f"the variance of {condition_words(found.condition)}; luck accounts for the rest.",
            indent=2,
        )
    _boxes(page, search, "assumption", _assumption_cells, "range")
    _questions(page, found, search, "assumption", _assumption_cells, "range")
    page.say(held_fixed(), indent=2)
    guessed = sum(column.parameter.kind == "assumed" for column in search.columns)
    if guessed:
        page.say(
            f"{guessed} of these {len(search.columns)} are assumed: no source gives them.",
            indent=2,
        )


def _boxes(page: Page, search: Search[Any], what: str, cells: Cells, *titles: str) -> None:
    columns = [*map(worded, (what, *titles)), numeric("% without it")]
    for number, box in enumerate(search.boxes, 1):
        rate = box.rate
        if not rate.holds:
            page.say(
                f"Box {number} does not hold on the other half: {_per_cent(rate.density)}.",
                indent=2,
            )
            continue
        outside = ", outside box 1" if number > 1 else ""
        page.say(
            f"Box {number}: the outcome in {_per_cent(rate.density)} of its runs. The box{outside} "
            f"contains {_plain(rate.mass)}% of all runs and {_per_cent(rate.coverage)} of runs "
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
        page.say("None passes screening.", indent=2)
        return
    page.say(
        f"One at a time (% of runs with {condition_words(found.condition)}; 95% interval):",
        indent=2,
    )
    columns = [
        *map(worded, (what, *titles)),
        numeric("true in\n% of runs"),
        numeric("\nwhere true"),
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
        f"A small tree (% of runs with {condition_words(found.condition)}; share of all runs)"
    )
    rows = []
    for branch in found.tree:
        limit = branch.path[-1]
        text = found.columns[limit.column].condition(limit)
        rate = branch.rate
        rates = [_hundred(rate.density), f"{_plain(rate.mass)}%"] if branch.is_leaf else []
        rows.append(["  " * (len(branch.path) - 1) + text, *rates])
    page.table([worded(""), numeric(""), numeric("")], rows)


def _sign_cells(column: Sign, limit: Limit) -> list[str]:
    return [column.condition(limit)]


def _assumption_cells(column: Assumption, limit: Limit) -> list[str]:
    share = 100.0 * column.share(limit)
    part = f"upper {100.0 - share:.0f}%" if limit.is_least else f"lower {share:.0f}%"
    how = column.condition(limit).removeprefix(column.name)
    return [f"{input_words(column.name)}\n  {column.name}{how}", part]


def _words(column: Column, limit: Limit) -> str:
    """Returns a phrase for a limit on a sign or an assumption."""
    from sim.experiment.discovery.signs import Sign

    if isinstance(column, Sign):
        return sign_words(column, limit)
    how = "at least" if limit.is_least else "at most"
    return f"{named(column.name)} {how} {quantity(column.value(limit), column.parameter.unit)}"


def _plain(estimate: Estimate) -> str:
    return number_text(100.0 * estimate.value, 0)


def _per_cent(estimate: Estimate) -> str:
    share, interval = chances(estimate.value, estimate.low, estimate.high)
    return f"{share}% {interval}".strip()


def _hundred(estimate: Estimate) -> str:
    return " ".join(chances(estimate.value, estimate.low, estimate.high)).strip()
