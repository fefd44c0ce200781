"""Lead of a batch: the answer to the question of its scenario in two sentences, one for each doubt.

It is the same on every page of a run: of `run`, of the report and its brief, in a notebook, and in
a browser.
"""

from __future__ import annotations

from typing import Final

from sim.report.pages.run.digest import Digest
from sim.report.pages.run.headlines import Headline, answers
from sim.report.words.numbers import chance, chance_range, count_text, of_runs

ANSWERS: Final = 3
"""Answers of a scenario that are told in a sentence."""


def lead(digest: Digest) -> str:
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
