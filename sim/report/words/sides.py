"""Names of the sides of a comparison, where scenarios that were changed share a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from string import ascii_uppercase
from textwrap import shorten
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.scenario.resolved_scenario import Change

LETTERS: Final = 48
"""Of what was changed that fit a legend."""


def side_names(batches: Sequence[Batch], *, lettered: bool = True) -> list[str]:
    """Returns a name for each side: its scenario's, with what was changed in it where another side
    is of the same scenario.

    Args:
        batches: The sides, the reference first.
        lettered: Whether sides that are called the same even so (another seed, more runs) get
            their letters.
    """
    scenarios = Counter(batch.resolved.name for batch in batches)
    names = [
        batch.resolved.name
        if scenarios[batch.resolved.name] == 1
        else f"{batch.resolved.name}{_changed(batch, batches)}"
        for batch in batches
    ]
    if lettered and len({*names}) < len(names):
        return [f"{letter}: {name}" for letter, name in zip(ascii_uppercase, names, strict=False)]
    return names


def _changed(batch: Batch, batches: Sequence[Batch]) -> str:
    """Returns what sets a side apart from the others of its scenario; nothing if nothing does."""
    others = [b.resolved.changes for b in batches if b.resolved.name == batch.resolved.name]
    own = [c for c in batch.resolved.changes if not all(c in changes for changes in others)]
    if not own:
        return ""
    return f" ({shorten(', '.join(map(_words, own)), LETTERS, placeholder=' ...')})"


def _words(change: Change) -> str:
    # A fork is an intervention under a made-up name; what it does says all.
    return change.new if change.key.startswith("interventions.") else f"{change.key}={change.new}"
