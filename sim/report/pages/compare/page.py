"""Page of a comparison: changed inputs, summary, and differences in the outcomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from sim.experiment.compare.headlines import DIFFER, speakers, verdicts
from sim.report.page import Page
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
from sim.report.words.conditions import CONDITIONS, count_words, few_words, given_words
from sim.report.words.differences import lettered, letters, name_words, value_text
from sim.report.words.glossary import class_words, outcome_words
from sim.report.words.numbers import count_text, day_text, interval_name, of_runs
from sim.report.words.signs import listed

if TYPE_CHECKING:
    from sim.experiment.compare.comparison import Comparison, Row
    from sim.experiment.compare.contrast import Contrast
    from sim.experiment.compare.difference import Difference
    from sim.experiment.runs.batch import Batch

NAMED: Final = 3
SAID_ALREADY: Final = ("summit_result", "not_held")
"""Class that repeats `leaders_met` in the negative."""


def compare_page(contrast: Contrast, *, full: bool) -> Page:
    """Returns comparisons with one reference as text.

    Args:
        contrast: The comparisons.
        full: Whether to show every outcome.
    """
    page, comparisons = Page(), contrast.comparisons
    _head(page, comparisons)
    changed_table(page, comparisons, full=full)
    page.heading("In short")
    for text in in_short(comparisons):
        page.say(text, indent=2)
    if len(comparisons) > 1:
        _many_sided(page, comparisons, full=full)
        _background(page, contrast)
        return page
    shown = _two_sided(page, comparisons[0], full=full)
    _background(page, contrast)
    moved = [d for d in shown if d.shape and not d.identical]
    shapes = moved if full else moved[:MOST_SHAPES]
    shape_tables(page, shapes, paired=comparisons[0].paired)
    return page


def _background(page: Page, contrast: Contrast) -> None:
    """Adds the background of the verdicts, one scenario after another."""
    several = len(contrast.comparisons) > 1
    for side, found in lettered(contrast):
        if found.ranges:
            ranges_section(page, found.ranges, side, named=several)
        if found.divergence:
            divergence_section(page, found.divergence, side, named=several)


def in_short(comparisons: Sequence[Comparison]) -> list[str]:
    """Returns a summary per other scenario: the headline outcomes that differ, and the number of
    headline outcomes by verdict."""
    sentences = []
    for side, comparison in zip(letters(comparisons)[1:], comparisons, strict=True):
        text = _short(comparison, side)
        sentences.append(text if len(comparisons) == 1 else f"{side}: {text}")
    return sentences


def _head(page: Page, comparisons: Sequence[Comparison]) -> None:
    batches = [comparisons[0].a, *(comparison.b for comparison in comparisons)]
    sides = letters(comparisons)
    for side, batch in zip(sides, batches, strict=True):
        page.title(f"{side}: {batch.resolved.name}")
    say_pairs(page, comparisons)


def say_pairs(page: Page, comparisons: Sequence[Comparison]) -> None:
    """Adds what is compared: the number of pairs, differing dates, and conditions."""
    batches = [comparisons[0].a, *(comparison.b for comparison in comparisons)]
    sides = letters(comparisons)
    for text in dict.fromkeys(_pairs_text(c) for c in comparisons):
        page.say(text)
    if ends := _unlike(sides, [batch.resolved.until for batch in batches]):
        page.say(
            f"The scenarios end on different days ({ends}); final outcomes refer to these days."
        )
    if starts := _unlike(sides, [batch.resolved.start for batch in batches]):
        page.say(
            f"The scenarios start on different days ({starts}); events are counted from "
            "these days, so totals may differ merely because one scenario runs longer."
        )
    versions = [batch.model_version for batch in batches]
    if len({*versions}) > 1:
        each = ", ".join(f"{side} {v}" for side, v in zip(sides, versions, strict=True))
        page.say(
            f"They were played by different versions of the model ({each}): differences may "
            "come from that."
        )
    _given(page, sides, batches)


def _unlike(sides: Sequence[str], days: Sequence[int]) -> str:
    """Returns the day of each side, or an empty string if all are equal."""
    if len({*days}) == 1:
        return ""
    return ", ".join(f"{side} {day_text(day)}" for side, day in zip(sides, days, strict=True))


def _pairs_text(comparison: Comparison) -> str:
    pairs = count_text(comparison.pairs, "pair")
    if comparison.paired:
        return (
            f"{pairs} of runs; both runs of a pair use the same random numbers (seed "
            f"{comparison.a.seed})"
        )
    return (
        f"{pairs} of runs with seeds {comparison.a.seed} and {comparison.b.seed}, which do not "
        "share their luck: the intervals are as wide as for separate runs"
    )


def _given(page: Page, sides: Sequence[str], batches: Sequence[Batch]) -> None:
    given = [(side, batch) for side, batch in zip(sides, batches, strict=True) if batch.given]
    if not given:
        return
    for words in dict.fromkeys(given_words(batch) for _, batch in given):
        counts = (
            f"{count_words(batch)} of {side}"
            for side, batch in given
            if given_words(batch) == words
        )
        page.say(f"given {words}: {', '.join(counts)}")
    for _, batch in given:
        if warning := few_words(batch):
            page.say(warning)
    page.say(CONDITIONS)


def _short(comparison: Comparison, other: str) -> str:
    if comparison.verdict == "identical":
        return f"nothing differs: every outcome of every run is the same in A and {other}."
    found, judged = headlines(comparison), verdicts(comparison.differences)
    telling = [d for d in found if is_telling(d) and (d.outcome, d.label) != SAID_ALREADY]
    if telling:
        text = "; ".join(_sentence(d, other) for d in telling[:NAMED]) + "."
    elif set(judged.values()) <= {"equivalent", "identical"}:
        text = "all headline outcomes are practically the same at the end."
    else:
        text = "with this many runs, no difference in a headline outcome at the end is certain."
    return f"{text} {_tally(judged)}"


def headlines(comparison: Comparison) -> list[Difference]:
    """Returns one class per headline outcome, as chosen by `speakers`."""
    return speakers(comparison.differences)


def _tally(judged: Mapping[str, str]) -> str:
    """Returns the number of headline outcomes by verdict, as a sentence."""
    counts = Counter(judged.values())
    words = {
        DIFFER: ("differs", "differ"),
        "equivalent": ("is practically the same", "are practically the same"),
        "identical": ("is identical", "are identical"),
        "cannot tell": ("is inconclusive", "are inconclusive"),
    }
    parts = [
        f"{counts[key]} {one if counts[key] == 1 else many}"
        for key, (one, many) in words.items()
        if counts[key]
    ]
    return f"Of {count_text(len(judged), 'headline outcome')}, {listed(parts)}."


def _sentence(d: Difference, other: str) -> str:
    if d.kind == "number":
        return f"{name_words(d)}: {value_text(d, d.a)} in A, {value_text(d, d.b)} in {other}"
    words = outcome_words(d.outcome)
    if d.kind == "class":
        # The text before the colon names the class; the rest explains it.
        words = class_words(d.outcome, d.label).partition(":")[0]
    return f"{words} in {of_runs(d.a)} in A and {of_runs(d.b)} in {other}"


def in_brackets(comparison: Comparison) -> str:
    """Returns what the numbers of a table of differences are."""
    return f"% of runs or mean; {interval_name(drawn=bool(comparison.a.per_vector))}"


def _two_sided(page: Page, comparison: Comparison, *, full: bool) -> list[Difference]:
    """Adds the outcomes of two scenarios, and returns the differences shown."""
    found = comparison.differences
    if full:
        page.heading(f"Every outcome ({in_brackets(comparison)})")
        two_sided_table(page, found)
        shown = list(found)
    else:
        rows = [d for d in map(comparison.of, comparison.rows) if d]
        headlines = [d for d in rows if d.headline]
        others = [d for d in rows if not d.headline and not d.identical]
        shown = headlines + others
        for title, part in (
            ("Headline outcomes", headlines),
            ("Other outcomes that differ most", others),
        ):
            if part:
                page.heading(f"{title} ({in_brackets(comparison)})")
                two_sided_table(page, part)
        _leftover(page, [comparison])
    if note := settle_text(shown):
        page.say(note)
    return shown


def _many_sided(page: Page, comparisons: Sequence[Comparison], *, full: bool) -> None:
    if full:
        every = dict.fromkeys((d.outcome, d.label) for c in comparisons for d in c.differences)
        tables: list[tuple[str, list[Row]]] = [("Every outcome", list(every))]
    else:
        rows = comparisons[0].rows
        headlines = [row for row in rows if any(d and d.headline for d in _found(comparisons, row))]
        others = [row for row in rows if row not in headlines]
        tables = [("Headline outcomes", headlines), ("Other outcomes that differ most", others)]
    for title, part in tables:
        if part:
            page.heading(f"{title} (% of runs, or means with unit)")
            many_sided_table(page, comparisons, part)
    page.say(LEGEND)
    if not full:
        _leftover(page, comparisons)
    shown = [d for _, part in tables for row in part for d in _found(comparisons, row) if d]
    if note := settle_text(shown):
        page.say(note.replace("inconclusive", "?", 1))
    page.say("For intervals and differences between distributions, use --json.")


def _found(comparisons: Sequence[Comparison], row: Row) -> list[Difference | None]:
    return [comparison.of(row) for comparison in comparisons]


def _leftover(page: Page, comparisons: Sequence[Comparison]) -> None:
    rows = max(len(comparison.differences) for comparison in comparisons)
    text = (
        "Each outcome is shown once, at the date and for the class where it differs most; headline "
        "outcomes are shown for every class that differs. Headline outcomes come first; the others "
        "are sorted by the size of the difference in standard deviations across runs. --full shows "
        "all "
        f"{count_text(rows, 'row')}"
    )
    if len(comparisons) == 1:
        same = sum(d.identical for d in comparisons[0].differences)
        text += f"; {same:,} are identical in both"
    page.say(f"{text}.")
