"""Conditions in words: what is given, and how many runs count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiment.runs.conditions import FEWEST, runs_for_fewest
from sim.report.words.numbers import count_text, number_text

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.report.page import Page

AS_IT_GOES: str = (
    "Histories are picked by what is given as things go, without the change, and are the same in A "
    "and B."
)
CONDITIONS: str = (
    "A condition picks runs and forces nothing: those that meet it differ in all that led there. "
    "What a decision does by itself: detente fork."
)


def given_words(batch: Batch) -> str:
    """Returns the conditions of a batch as a phrase: `us_hikes=0 and truce_in_force=yes`."""
    return " and ".join(batch.given)


def count_words(batch: Batch) -> str:
    """Returns how many runs of a batch count, as `312 of 2,000 runs (15.6 in 100)`."""
    count = int(batch.counted.sum())
    share = number_text(100.0 * count / batch.n, 1)
    return f"{count:,} of {count_text(batch.n, 'run')} ({share} in 100)"


def few_words(batch: Batch) -> str:
    """Returns a warning where few runs count, else nothing."""
    if batch.counted.sum() >= FEWEST:
        return ""
    return (
        f"Fewer than {FEWEST} runs of {batch.resolved.name} meet it: too few to lean on; "
        f"-n {runs_for_fewest(batch)} would give about {FEWEST}."
    )


def say_given(page: Page, batch: Batch, remark: str = CONDITIONS) -> None:
    """Adds to a page what is given and how many runs count, if anything is given.

    Args:
        page: Where to.
        batch: The runs.
        remark: What is said of conditions.
    """
    if batch.meets is None:
        return
    page.say(f"given {given_words(batch)}: {count_words(batch)}")
    for text in (few_words(batch), remark):
        if text:
            page.say(text)
