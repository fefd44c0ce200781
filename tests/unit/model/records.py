"""What tests of single rules share: a day to stand on, and what an effect has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sim.model.tables.fields import copy_record, fields_of
from sim.model.tables.state import State

TODAY: Final = 739_000

AVERAGES: Final = {"avg_pct", "announced_pp", "announced_cover"}
"""What working out the averages writes."""


def changed(state: State, effect: Callable[[], object]) -> set[str]:
    """Carries out an effect on a state and returns the names of the fields it changed."""
    before = copy_record(state)
    effect()
    return {
        spec.attr
        for spec in fields_of(State)
        if getattr(before, spec.attr) != getattr(state, spec.attr)
    }


def place(record: object, name: str, value: object, *index: int) -> None:
    """Writes a value into a field of a record, or into one place of its array."""
    if not index:
        setattr(record, name, value)
        return
    row = getattr(record, name)
    for i in index[:-1]:
        row = row[i]
    row[index[-1]] = value
