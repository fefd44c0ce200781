"""HTML report of a batch."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sim.report.html.command import command
from sim.report.html.parts.cards import Card, cards, share_card
from sim.report.html.parts.document import Section, document
from sim.report.html.parts.fans import fan_galleries
from sim.report.html.parts.outcomes import every_outcome
from sim.report.html.parts.pictures import displayed, hung
from sim.report.html.parts.prose import prose
from sim.report.html.parts.provenance import (
    assumptions,
    changed_inputs,
    provenance,
    run_facts,
)
from sim.report.html.parts.slices import SCRIPT
from sim.report.page import Page
from sim.report.pages.run.digest import Digest
from sim.report.pages.run.headlines import DUTIES, Headline, headlines
from sim.report.pages.run.lead import lead
from sim.report.pages.run.page import add_tables
from sim.report.words.conditions import say_given
from sim.report.words.names.scenarios import title_of
from sim.report.words.numbers import (
    band,
    chance,
    chance_range,
    count_text,
    day_text,
    number_text,
    sentence_case,
    step_of,
)

if TYPE_CHECKING:
    from sim.experiment.runs.filler import Progress


ENDINGS: Final = 2
"""Headlines on the end of the run, which come after the duties."""


def run_document(
    digest: Digest, scenario: str, whatif: Section | None = None, drawing: Progress | None = None
) -> str:
    """Returns the HTML report of a batch.

    Args:
        digest: Outcomes of the runs.
        scenario: The scenario as typed, for the command that reproduces the report.
        whatif: Section on the most telling inputs; None for none.
        drawing: Progress callback; receives (done, total) charts.
    """
    batch, tables = digest.batch, Page()
    add_tables(tables, digest, sectors=True, regions=True)
    sections = [
        Section("pictures", "Charts", displayed(hung(fan_galleries([batch]), drawing))),
        *([whatif] if whatif else []),
        Section("results", "Tables", prose(tables, "results")),
        changed_inputs(batch.resolved),
        assumptions(batch.resolved, drawn=digest.drawn),
        every_outcome(batch),
        provenance(run_facts(batch), command("run", [scenario], batch)),
    ]
    scripts = [SCRIPT] if whatif else []
    title = title_of(batch.resolved.name)
    return document("run.html", title, sections, scripts, **_masthead(digest))


def _masthead(digest: Digest) -> dict[str, str]:
    resolved, batch, given = digest.resolved, digest.batch, Page()
    say_given(given, batch)
    failed = count_text(len(batch.failures), "run")
    span = f"{day_text(resolved.start)} to {day_text(resolved.until)}"
    return {
        "kicker": f"{span} · {count_text(batch.n, 'run')} · {resolved.name}",
        "question": resolved.question,
        "given": prose(given, "given"),
        "failed": f"{failed} failed and are excluded from all results." if batch.failures else "",
        "lead": sentence_case(lead(digest)),
        "cards": cards(headline_cards(digest)),
    }


def headline_cards(digest: Digest) -> list[Card]:
    """Returns the headline cards of a batch; empty if no run finished."""
    if digest.quantiles("us_addon_pp") is None:
        return []
    shares = [_share(digest, headline) for headline in headlines(digest)]
    duties = [_duty(digest, name, words) for name, words in DUTIES.items()]
    return [*shares[:-ENDINGS], *duties, *shares[-ENDINGS:]]


def _share(digest: Digest, headline: Headline) -> Card:
    share = digest.share(headline.column, headline.label)
    ranges = digest.over_ranges(headline.column, headline.label)
    alone = "" if digest.drawn else " (luck alone)"
    card = share_card(headline.words, share)
    beyond = "over the assumed ranges: not computed"
    if ranges:
        moves = chance_range(ranges.low, ranges.high)
        beyond = f"over the assumed ranges {moves}, mean {chance(ranges.mean)}"
    span = (ranges.low, ranges.high) if ranges and not math.isnan(ranges.low) else None
    return replace(card, range=f"{card.range}{alone}", beyond=beyond, span=span)


def _duty(digest: Digest, name: str, words: str) -> Card:
    q = digest.quantiles(name)
    assert q is not None
    step = step_of(name)
    over = digest.ranges.quantiles(name) if digest.ranges and not digest.drawn else None
    beyond = f"with the assumed ranges: {band(over['p05'], over['p95'], step=step)}" if over else ""
    return Card(
        number_text(q["p50"], step=step),
        "points",
        f"{words} at the end, median",
        f"90% of runs: {band(q['p05'], q['p95'], step=step)}",
        beyond=beyond,
    )
