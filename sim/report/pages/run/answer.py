"""Page of a batch that fits a screen: the question, the answer with both doubts, the truce over
time, what would change the answer, the numbers people ask for, and what to type next.

`page.run_page` has every table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiment.inputs.modes import FIXED
from sim.experiment.runs.defaults import RUNS, SEED
from sim.report.page import Page, TableColumn, worded
from sim.report.pages.run.digest import Digest, on
from sim.report.pages.run.essentials import AMOUNTS, asked_table
from sim.report.pages.run.headlines import answers, threat, truce
from sim.report.pages.run.lead import lead
from sim.report.pages.run.movers import HEADING, how_to_find_out, mover_words, unknown_movers
from sim.report.pages.run.page import say_failures, say_question, say_simulated
from sim.report.pages.run.regions import region_table, say_long_run
from sim.report.pages.run.scenario import needs_line
from sim.report.pages.run.sectors import sector_tables
from sim.report.pages.run.survival import survival_lines
from sim.report.words.commands import say_command, say_sources, world_options
from sim.report.words.numbers import (
    count_text,
)
from sim.scenario.explain import assumed_counts

if TYPE_CHECKING:
    from sim.experiment.sensitivity.movers import Movers


def answer_page(
    digest: Digest, movers: Movers | None, *, sectors: bool = False, regions: bool = False
) -> Page:
    """Returns the page of a batch on one screen.

    Args:
        digest: The runs.
        movers: What moves the first answer; None if that is not known.
        sectors: Whether to add duty and trade by sector and quarter.
        regions: Whether to add real income and exports by region.
    """
    page = Page()
    for each in (digest, digest.ranges):
        if each is not None:
            each.batch.expect(_names(digest))
    say_question(page, digest, lead(digest))
    if digest.quantiles("us_addon_pp") is not None:
        page.gap()
        for line in survival_lines(digest):
            page.verbatim(line)
        _movers(page, digest, movers)
        asked_table(page, digest)
    if regions:
        say_long_run(page, digest)
        region_table(page, digest)
    if sectors:
        sector_tables(page, digest)
    _next(page, digest)
    return page


def _names(digest: Digest) -> list[str]:
    """Returns the columns the page may show: of a million runs others are not read along."""
    told = [truce(digest), *filter(None, [threat(digest)])]
    meetings = ["leaders_met", *(on("leaders_met", day) for day in digest.days)]
    named = [answer.column for answer in digest.resolved.answers]
    return [*named, *meetings, *(h.column for h in told), "path_class", *dict(AMOUNTS)]


def _movers(page: Page, digest: Digest, movers: Movers | None) -> None:
    """Adds what would change the first answer most, or how to find out."""
    told = mover_words(movers)
    if not told:
        page.gap()
        words = how_to_find_out(digest.resolved, answers(digest)[0].target)
        say_command(page, unknown_movers(movers), *words)
        return
    page.heading(HEADING)
    rows = [[f"{each.name}\n  {each.parameter}: {each.span}", each.moves] for each in told]
    page.table([worded(""), TableColumn("")], rows)


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
