"""Reduction of a headline outcome with several classes to one row and one verdict."""

from __future__ import annotations

from collections.abc import Iterable

from sim.experiment.compare.difference import Difference
from sim.experiment.compare.verdicts import TELLING

DIFFER = "differ"


def largeness(d: Difference) -> tuple[bool, float]:
    """Returns the sort key for the dates and classes of an outcome.

    Any difference with the verdict higher or lower ranks above all others; within each group the
    size decides. Classes are compared by shares of runs, because even a small change of a rare
    class is many standard deviations.
    """
    return d.verdict in TELLING, d.size if d.kind == "number" else abs(d.difference.value)


def speakers(differences: Iterable[Difference]) -> list[Difference]:
    """Returns one class per headline outcome, largest difference first: the largest that is higher
    or lower, or if none is, the largest of all."""
    best: dict[str, Difference] = {}
    for d in sorted(differences, key=largeness, reverse=True):
        if d.headline:
            best.setdefault(d.outcome, d)
    return sorted(best.values(), key=lambda d: -d.size)


def verdicts(differences: Iterable[Difference]) -> dict[str, str]:
    """Returns the verdict of each headline outcome over all its classes: `differ` if any class is
    higher or lower, else `cannot tell` if any class is, else `equivalent` if any class is, else
    `identical`."""
    found: dict[str, set[str]] = {}
    for d in differences:
        if d.headline:
            verdict = DIFFER if d.verdict in TELLING else d.verdict
            found.setdefault(d.outcome, set()).add(verdict)
    order = (DIFFER, "cannot tell", "equivalent", "identical")
    return {name: min(told, key=order.index) for name, told in found.items()}
