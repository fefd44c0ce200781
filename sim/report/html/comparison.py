"""HTML report of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from sim.report.figures.moods import difference_mood
from sim.report.figures.plots import ContrastPlots
from sim.report.html.command import command
from sim.report.html.parts.cards import Card, cards
from sim.report.html.parts.differences import every_difference, parts_of
from sim.report.html.parts.document import Section, document
from sim.report.html.parts.fans import fan_galleries
from sim.report.html.parts.pictures import Gallery, Picture, displayed, hung
from sim.report.html.parts.prose import below, prose
from sim.report.html.parts.provenance import assumptions, provenance, run_facts
from sim.report.page import Page
from sim.report.pages.compare.page import SAID_ALREADY, headlines, in_brackets, in_short, say_pairs
from sim.report.pages.compare.partings import divergence_section
from sim.report.pages.compare.robustness import ranges_section
from sim.report.pages.compare.tables import (
    LEGEND,
    MOST_SHAPES,
    changed_table,
    is_telling,
    many_sided_table,
    settle_text,
    shape_tables,
    two_sided_table,
)
from sim.report.words.differences import (
    lettered,
    letters,
    name_words,
    value_text,
    verdict_words,
)
from sim.report.words.names.scenarios import side_titles
from sim.report.words.numbers import count_text, sentence_case
from sim.report.words.partings import divergence_sentences
from sim.report.words.signs import listed

if TYPE_CHECKING:
    from sim.experiment.compare.comparison import Comparison
    from sim.experiment.compare.contrast import Contrast
    from sim.experiment.compare.difference import Difference
    from sim.experiment.runs.batch import Batch
    from sim.experiment.runs.filler import Progress

MOST_CARDS: Final = 8


def comparison_document(
    contrast: Contrast, scenarios: Sequence[str], drawing: Progress | None = None
) -> str:
    """Returns the HTML report of a comparison.

    Args:
        contrast: The comparisons of the other scenarios with the first.
        scenarios: The scenarios as typed, for the command that reproduces the report.
        drawing: Progress callback; receives (done, total) charts.
    """
    comparisons, batches = contrast.comparisons, contrast.batches
    first, *others = side_titles(batches)
    changes = Page()
    changed_table(changes, comparisons, full=True)
    sections = [
        Section("inputs", "Changed inputs", prose(below(changes), "inputs")),
        Section("pictures", "Charts", displayed(hung(_galleries(contrast), drawing))),
        Section("differences", "Differences", _differences(comparisons)),
        *_background(contrast),
        every_difference(comparisons),
        assumptions(batches[0].resolved, drawn=bool(batches[0].per_vector)),
        provenance(_facts(batches), command("compare", scenarios, batches[0])),
    ]
    title = " against ".join((first, listed(others)))
    return document("comparison.html", title, sections, **_masthead(contrast))


def _masthead(contrast: Contrast) -> dict[str, Any]:
    comparisons, batches = contrast.comparisons, contrast.batches
    sides = letters(comparisons)
    pairs = Page()
    say_pairs(pairs, comparisons)
    short = in_short(comparisons)
    short += [
        f"{side}: {text}" if len(comparisons) > 1 else text
        for side, found in lettered(contrast)
        if found.divergence and (text := divergence_sentences(found.divergence, side))
    ]
    others = zip(comparisons, sides[1:], strict=True)
    shown = [card for comparison, side in others for card in _cards(comparison, side)]
    return {
        "kicker": f"Comparison of {count_text(len(batches), 'scenario')}",
        "sides": [
            (f"{letter}: {name}", batch.resolved.question)
            for letter, name, batch in zip(
                sides, side_titles(batches, lettered=False), batches, strict=True
            )
        ],
        "pairs": prose(pairs, "pairs"),
        "short": [sentence_case(text) for text in short],
        "cards": cards(shown[:MOST_CARDS]),
    }


def _cards(comparison: Comparison, other: str) -> list[Card]:
    return [
        _card(d, other)
        for d in headlines(comparison)
        if is_telling(d) and (d.outcome, d.label) != SAID_ALREADY
    ]


def _card(d: Difference, other: str) -> Card:
    shown = parts_of(d)
    both = f"{value_text(d, d.a)} in A, {value_text(d, d.b)} in {other}"
    return Card(
        shown.value,
        # The name of a number includes its unit.
        "" if d.kind == "number" else shown.unit,
        f"{name_words(d)}: {both}",
        f"A: {verdict_words(d.verdict)}; 95% interval {shown.interval}",
        mood=difference_mood(d),
    )


def _galleries(contrast: Contrast) -> list[Gallery]:
    names, plot = letters(contrast.comparisons)[1:], ContrastPlots.of(contrast)
    drawn = [
        Picture(
            f"differences-{side.lower()}",
            f"A minus {side}",
            f"Differences of the headline outcomes, A minus {side}, in units of the smallest "
            "difference that matters. The tables below give the numbers.",
            partial(plot.differences, place),
            narrow=partial(plot.differences, place, narrow=True),
            is_wide=True,
        )
        for place, side in enumerate(names)
    ]
    galleries = [Gallery("effects", "Show", tuple(drawn)), *fan_galleries(contrast.batches)]
    partings = [
        Picture(
            f"partings-{side.lower()}",
            f"Partings of A and {side}",
            f"Bars: where two runs first differ. {divergence_sentences(found.divergence, side)}",
            partial(plot.partings, place),
            narrow=partial(plot.partings, place, narrow=True),
            is_wide=True,
        )
        for place, (side, found) in enumerate(lettered(contrast))
        if found.divergence and found.divergence.partings
    ]
    if partings:
        galleries.append(Gallery("parting", "Parting", tuple(partings)))
    return galleries


def _differences(comparisons: Sequence[Comparison]) -> Markup:
    page = Page()
    rows = comparisons[0].rows
    found = [[comparison.of(row) for comparison in comparisons] for row in rows]
    shown = [d for row in found for d in row if d]
    head = [
        row for row, known in zip(rows, found, strict=True) if any(d and d.headline for d in known)
    ]
    for title, part in (
        ("Headline outcomes", head),
        ("Other outcomes that differ most", [row for row in rows if row not in head]),
    ):
        if len(comparisons) > 1:
            page.heading(f"{title} (% of runs or mean)")
            many_sided_table(page, comparisons, part)
        else:
            page.heading(f"{title} ({in_brackets(comparisons[0])})")
            two_sided_table(page, [d for row in part if (d := comparisons[0].of(row))])
    if len(comparisons) > 1:
        page.say(LEGEND)
    if note := settle_text(shown):
        page.say(note)
    return prose(page, "differences")


def _background(contrast: Contrast) -> list[Section]:
    """Returns the background of the verdicts: ranges, partings, distributions (two scenarios)."""
    found = []
    several = len(contrast.comparisons) > 1
    for side, background in lettered(contrast):
        of, at = (f", A and {side}", f"-{side.lower()}") if several else ("", "")
        if background.ranges:
            page = Page()
            ranges_section(page, background.ranges, side)
            key, title = f"ranges{at}", f"Whether the verdicts hold over the assumed ranges{of}"
            found.append(Section(key, title, prose(below(page), key)))
        if background.divergence:
            page = Page()
            divergence_section(page, background.divergence, side)
            key, title = f"divergence{at}", f"Where the two runs of a pair first differ{of}"
            found.append(Section(key, title, prose(below(page), key)))
    if len(contrast.comparisons) == 1:
        only = contrast.comparisons[0]
        moved = [d for row in only.rows if (d := only.of(row)) and d.shape and not d.identical]
        if moved:
            page = Page()
            shape_tables(page, moved[:MOST_SHAPES], paired=only.paired)
            found.append(Section("shapes", "Distributions", prose(page, "shapes")))
    return found


def _facts(batches: Sequence[Batch]) -> list[tuple[str, str]]:
    first, *others = batches
    facts = run_facts(first)
    for batch in others:
        facts.insert(1, ("compared with", f"{batch.resolved.name}, {batch.resolved.hash}"))
    return facts
