"""Page of a batch that fits a screen: the question, the answer with both doubts, the truce over
time, what would change the answer, the numbers people ask for, and what to type next.

`page.run_page` has every table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sim.experiment.inputs.modes import FIXED
from sim.experiment.runs.defaults import RUNS, SEED
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.pages.run.digest import Digest
from sim.report.pages.run.headlines import Headline, answers, meeting, truce
from sim.report.pages.run.page import say_failures, say_question, say_simulated
from sim.report.pages.run.regions import region_table, say_long_run
from sim.report.pages.run.scenario import needs_line
from sim.report.pages.run.sectors import sector_tables
from sim.report.pages.run.survival import survival_lines
from sim.report.words.commands import say_command, say_sources, world_options
from sim.report.words.names.inputs import input_words
from sim.report.words.numbers import (
    NOTHING,
    band,
    chance,
    chance_range,
    count_text,
    number_text,
    of_runs,
    quantity,
    step_of,
)
from sim.scenario.explain import assumed_counts

if TYPE_CHECKING:
    from sim.experiment.sensitivity.screen import Screen, Swing

ANSWERS: Final = 3
"""Answers of a scenario that are told in a sentence."""

MOVERS: Final = 3
"""Numbers shown that would change the answer most."""

AMOUNTS: Final = (
    ("us_addon_pp", "points of US duty added since Jan 2025"),
    ("us_household_cost_usd_per_year", "cost per US household, $ a year"),
)
"""Amounts people ask for, at the end of a run."""


def answer_page(
    digest: Digest, screen: Screen | None, *, sectors: bool = False, regions: bool = False
) -> Page:
    """Returns the page of a batch on one screen.

    Args:
        digest: The runs.
        screen: What moves the first answer; None if that is not known.
        sectors: Whether to add duty and trade by sector and quarter.
        regions: Whether to add real income and exports by region.
    """
    page = Page()
    say_question(page, digest, in_two_sentences(digest))
    if digest.quantiles("us_addon_pp") is not None:
        page.gap()
        for line in survival_lines(digest):
            page.verbatim(line)
        _movers(page, digest, screen)
        _numbers(page, digest)
    if regions:
        say_long_run(page, digest)
        region_table(page, digest)
    if sectors:
        sector_tables(page, digest)
    _next(page, digest)
    return page


def in_two_sentences(digest: Digest) -> str:
    """Returns the answer to the question of a scenario, with how far luck leaves it open, and how
    far ignorance of the assumed numbers moves it."""
    if digest.quantiles("us_addon_pp") is None:
        return "no run finished, so there are no results."
    return f"{in_one_sentence(digest)} {_ignorance(digest, answers(digest)[0])}"


def in_one_sentence(digest: Digest) -> str:
    """Returns the answer to the question of a scenario, with how far luck leaves it open."""
    first, *others = answers(digest)[:ANSWERS]
    share = digest.share(first.column, first.label)
    doubt = "luck and ignorance" if digest.drawn else "luck alone"
    span = chance_range(share.low, share.high)
    told = [f"{first.words} in {of_runs(share.value)} ({span} for {doubt})"]
    told += [f"{h.words} in {of_runs(digest.share(h.column, h.label).value)}" for h in others]
    return f"{'; '.join(told)}."


def _ignorance(digest: Digest, first: Headline) -> str:
    """Returns the sentence on how far an answer moves over the ranges of the assumed numbers."""
    ranges = digest.over_ranges(first.column, first.label)
    if ranges is None:
        return (
            "How far ignorance moves this, over the ranges of the assumed numbers, is not known "
            "from these runs."
        )
    draws = count_text(digest.draws, "draw")
    if digest.drawn:
        return (
            "By ignorance alone, over the ranges of the assumed numbers, the first lies between "
            f"{_between(ranges.low, ranges.high)} in 90% of {draws}."
        )
    return (
        "Ignorance adds to luck: with the assumed numbers drawn from their ranges, the first is "
        f"{chance(ranges.mean)} on average and {chance_range(ranges.low, ranges.high)} in 90% of "
        f"{draws}."
    )


def _between(low: float, high: float) -> str:
    return f"{chance(low)} and {chance(high)}"


def _movers(page: Page, digest: Digest, screen: Screen | None) -> None:
    """Adds what would change the first answer most, or how to find out."""
    first = answers(digest)[0]
    sure = [swing for swing in screen.swings if swing.is_sure] if screen else []
    if not sure:
        page.gap()
        words = ("sensitivity", digest.resolved.reference, *world_options(digest.resolved))
        ask = (
            f"None of the {len(screen.swings)} usual suspects changes it for sure. To try all:"
            if screen
            else "What would change it most:"
        )
        say_command(page, ask, *words, "--outcome", first.target)
        return
    page.heading("What would change it most (% of runs with the first answer)")
    rows = [_mover_row(swing) for swing in sure[:MOVERS]]
    page.table([worded(""), TableColumn("")], rows)


def _mover_row(swing: Swing) -> list[str]:
    low, high = (quantity(value, swing.unit) for value in (swing.low_value, swing.high_value))
    amount, _, unit = low.partition(" ")
    span = f"{amount} to {high}" if unit and high.endswith(f" {unit}") else f"{low} to {high}"
    moves = f"{chance(swing.low)} to {chance(swing.high)}"
    return [f"{input_words(swing.parameter)}\n  {swing.parameter}: {span}", moves]


def _numbers(page: Page, digest: Digest) -> None:
    """Adds the five numbers people ask for, each with both doubts."""
    drawn = digest.drawn
    page.heading("What people ask for (shares of runs; amounts: median, middle 90% of runs)")
    shares = (
        truce(digest),
        meeting(digest),
        Headline("relations end in open conflict", "path_class", "conflict"),
    )
    rows = [_share_row(digest, headline) for headline in shares]
    rows += [_amount_row(digest, name, words) for name, words in AMOUNTS]
    titles = ("", "drawn", "ignorance") if drawn else ("", "central", "luck", "luck, ignorance")
    page.table([worded(titles[0]), *map(numeric, titles[1:])], rows)


def _share_row(digest: Digest, headline: Headline) -> list[str]:
    share = digest.share(headline.column, headline.label)
    ranges = digest.over_ranges(headline.column, headline.label)
    both = chance_range(ranges.low, ranges.high) if ranges else NOTHING
    luck = [] if digest.drawn else [chance_range(share.low, share.high)]
    return [headline.words, chance(share.value), *luck, both]


def _amount_row(digest: Digest, name: str, words: str) -> list[str]:
    step = step_of(name)
    q = digest.quantiles(name)
    drawn = digest.ranges.quantiles(name) if digest.ranges else None
    luck = [] if digest.drawn else [_middle(q, step)]
    return [words, number_text(q["p50"], step=step) if q else NOTHING, *luck, _middle(drawn, step)]


def _middle(q: dict[str, float] | None, step: float | None) -> str:
    if q is None:
        return NOTHING
    low, high = q["p05"], q["p95"]
    if low >= 0.0:
        return band(low, high, step=step).replace("-", " to ")
    return f"{number_text(low, step=step)} to {number_text(high, step=step)}"


def _next(page: Page, digest: Digest) -> None:
    """Adds what to type next, and where the runs are."""
    resolved = digest.resolved
    world = (resolved.reference, *world_options(resolved))
    page.gap()
    say_failures(page, digest.batch)
    assumed, numbers = assumed_counts(resolved)
    page.say(f"{assumed} of {count_text(numbers, 'number')} are assumed, each with a stated range.")
    if unbuilt := needs_line(resolved):
        page.say(unbuilt)
    say_command(page, "Every table:", "run", *world, *_run_options(digest), "--full")
    say_command(page, "What drove the acts of both sides:", "explain", *world)
    say_command(page, "One run, day by day:", "trace", *world)
    say_sources(page, resolved)
    say_simulated(page, digest)
    page.verbatim(f"Files: {digest.directory}")


def _run_options(digest: Digest) -> list[str]:
    """Returns the options that made a batch, as far as they are not the usual ones."""
    batch = digest.batch
    words = ["-n", str(batch.n)] if batch.n != RUNS else []
    words += ["--seed", str(batch.seed)] if batch.seed != SEED else []
    words += ["--parameters", batch.parameters] if batch.parameters != FIXED else []
    for condition in batch.given:
        words += ["--given", condition]
    return words
