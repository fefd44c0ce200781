"""Conditions in words: which runs are counted, and how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiment.outcomes.conditions import FEWEST, runs_for_fewest
from sim.report.words.numbers import count_text, number_text

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.report.page import Page

AS_IT_GOES: str = (
    "The condition is applied to the runs without the change; A and B contain the same replicates."
)
CONDITIONS: str = (
    "A condition selects runs; it does not change them. The selected runs also differ in whatever "
    "led to the condition. To see the effect of a decision itself, use detente fork."
)


def given_words(batch: Batch) -> str:
    """Returns the conditions of a batch as a phrase: `us_hikes=0 and truce_in_force=yes`."""
    return " and ".join(batch.given)


def count_words(batch: Batch) -> str:
    """Returns the number of runs that meet the conditions, as `312 of 2,000 runs (15.6%)`."""
    count = int(batch.counted.sum())
    share = number_text(100.0 * count / batch.n, 1)
    return f"{count:,} of {count_text(batch.n, 'run')} ({share}%)"


def few_words(batch: Batch) -> str:
    """Returns a warning if few runs meet the conditions, else an empty string."""
    if batch.counted.sum() >= FEWEST:
        return ""
    return (
        f"Fewer than {FEWEST} runs of {batch.resolved.name} meet the condition, too few for "
        f"reliable results; -n {runs_for_fewest(batch)} would give about {FEWEST}."
    )


def say_given(page: Page, batch: Batch, remark: str = CONDITIONS) -> None:
    """Adds the conditions and the number of runs that meet them, if there are conditions.

    Args:
        page: The page to add to.
        batch: The runs.
        remark: Sentence on how to read conditions.
    """
    if batch.meets is None:
        return
    page.say(f"given {given_words(batch)}: {count_words(batch)}")
    for text in (few_words(batch), remark):
        if text:
            page.say(text)
