"""HTML report of a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.html.command import command
from sim.report.html.parts.cards import Card, cards, share_card
from sim.report.html.parts.document import Section, document
from sim.report.html.parts.fans import fan_galleries
from sim.report.html.parts.markup import Content, element
from sim.report.html.parts.outcomes import every_outcome
from sim.report.html.parts.pictures import hung
from sim.report.html.parts.prose import prose
from sim.report.html.parts.provenance import (
    assumptions,
    changed_inputs,
    foot,
    provenance,
    run_facts,
)
from sim.report.page import Page
from sim.report.pages.run.digest import Digest, on
from sim.report.pages.run.page import add_tables
from sim.report.pages.run.takeaway import meeting_day, takeaway, threat_day, truce_day
from sim.report.words.conditions import say_given
from sim.report.words.numbers import band, count_text, day_text, number_text

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.experiment.runs.filler import Progress


def run_document(digest: Digest, scenario: str, drawing: Progress | None = None) -> str:
    """Returns the HTML report of a batch.

    Args:
        digest: Outcomes of the runs.
        scenario: The scenario as typed, for the command that reproduces the report.
        drawing: Progress callback; receives (done, total) charts.
    """
    batch, tables = digest.batch, Page()
    add_tables(tables, digest, sectors=True)
    sections = [
        Section("pictures", "Charts", hung(fan_galleries([batch]), drawing)),
        Section("results", "Tables", prose(tables, "results")),
        changed_inputs(batch.resolved),
        assumptions(batch.resolved, drawn=digest.drawn),
        every_outcome(batch),
        provenance(run_facts(batch), command("run", [scenario], batch)),
    ]
    return document(batch.resolved.name, _masthead(digest), sections, foot())


def _warnings(batch: Batch) -> Content:
    """Returns the caveats of a batch: conditions and failed runs."""
    page = Page()
    say_given(page, batch)
    notes: list[Content] = [prose(page, "given")]
    if batch.failures:
        failed = (
            f"{count_text(len(batch.failures), 'run')} failed and are excluded from all results."
        )
        notes.append(element("p", failed, class_="warning"))
    return notes


def _masthead(digest: Digest) -> Content:
    resolved, batch = digest.resolved, digest.batch
    span = f"{day_text(resolved.start)} to {day_text(resolved.until)}"
    runs = count_text(batch.n, "run")
    short = takeaway(digest)
    return [
        element("p", f"{span} · {runs}", class_="kicker"),
        element("h1", resolved.name),
        element("p", resolved.question, class_="question"),
        _warnings(batch),
        element("div", element("p", short[:1].upper() + short[1:]), class_="short"),
        cards(headlines(digest)),
    ]


def headlines(digest: Digest) -> list[Card]:
    """Returns the headline cards of a batch; empty if no run finished."""
    until = digest.resolved.until
    if digest.quantiles("us_addon_pp") is None:
        return []
    meeting, truce, threat = meeting_day(digest), truce_day(digest), threat_day(digest)
    found = [
        _on_day(digest, "the leaders have met by", "leaders_met", meeting or until),
        _on_day(digest, "a truce is in force on", "truce_in_force", truce or until),
    ]
    if threat:
        size = number_text(digest.resolved.state["threat.size_pp"], 0)
        words = f"the threatened US increase of {size} points is in force on"
        found.append(_on_day(digest, words, "threat_in_effect", threat))
    found += [
        _duty(digest, "US duties added on Chinese goods", "us_addon_pp"),
        _duty(digest, "Chinese duties added on US goods", "cn_addon_pp"),
        share_card("relations end in open conflict", digest.share("path_class", "conflict")),
        share_card("relations end better than they began", digest.share("path_class", "improved")),
    ]
    return found


def _on_day(digest: Digest, words: str, name: str, day: int) -> Card:
    column = name if day == digest.resolved.until else on(name, day)
    return share_card(f"{words} {day_text(day)}", digest.share(column))


def _duty(digest: Digest, words: str, name: str) -> Card:
    q = digest.quantiles(name)
    assert q is not None
    return Card(
        number_text(q["p50"]),
        "points",
        f"{words} at the end, median",
        f"90% of runs: {band(q['p05'], q['p95'])}",
    )
