"""Events as sentences, in the chronicle's wording, independent of any one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.happenings import NAMES, event_text

if TYPE_CHECKING:
    from sim.experiment.compare.partings import Move


class Span:
    """Number or range of numbers that formats itself where a sentence expects a number."""

    def __init__(self, low: float, high: float) -> None:
        self._ends = low, high

    def __format__(self, spec: str) -> str:
        low, high = (format(end, spec) for end in self._ends)
        return low if low == high else f"{low} to {high}"


def move_words(move: Move | None, sizes: tuple[float, float] = (0.0, 0.0)) -> str:
    """Returns the event on one side of a parting, in the chronicle's wording.

    Args:
        move: The event; None if nothing happens, which gives an empty string.
        sizes: Smallest and largest size of the event, in the unit of its kind.
    """
    if move is None:
        return ""
    return event_text(NAMES[move.act], move.side, Span(*sizes), move.agreed)
