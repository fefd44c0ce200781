"""Names of the sides of a comparison, unique even if scenarios share a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count, islice, product
from string import ascii_uppercase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.scenario.resolved_scenario import Change


def side_letters(sides: int) -> list[str]:
    """Returns a letter for each side: A for the reference, then B, C, ..., Z, AA, AB, ..."""
    return list(islice(_every_letter(), sides))


def _every_letter() -> Iterator[str]:
    for length in count(1):
        yield from map("".join, product(ascii_uppercase, repeat=length))


def side_names(batches: Sequence[Batch], *, lettered: bool = True) -> list[str]:
    """Returns a name for each side: its scenario's name, followed by its changes if another side
    has the same scenario.

    Args:
        batches: The sides, the reference first.
        lettered: Whether to prefix letters if names still coincide (another seed, more runs).
    """
    scenarios = Counter(batch.resolved.name for batch in batches)
    names = [
        batch.resolved.name
        if scenarios[batch.resolved.name] == 1
        else f"{batch.resolved.name}{_changed(batch, batches)}"
        for batch in batches
    ]
    if lettered and len({*names}) < len(names):
        return [
            f"{letter}: {name}"
            for letter, name in zip(side_letters(len(names)), names, strict=True)
        ]
    return names


def _changed(batch: Batch, batches: Sequence[Batch]) -> str:
    """Returns the changes that no other side of the same scenario has, or an empty string."""
    others = [b.resolved.changes for b in batches if b.resolved.name == batch.resolved.name]
    own = [c for c in batch.resolved.changes if not all(c in changes for changes in others)]
    if not own:
        return ""
    return f" ({', '.join(map(_words, own))})"


def _words(change: Change) -> str:
    # A fork is an intervention with a generated name, so only its effect is shown.
    return change.new if change.key.startswith("interventions.") else f"{change.key}={change.new}"
