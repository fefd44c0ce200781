"""One row and one verdict for a headline outcome of several classes."""

from __future__ import annotations

from collections.abc import Iterable

from sim.experiment.compare.difference import Difference
from sim.experiment.compare.verdicts import TELLING

DIFFER = "differ"


def largeness(d: Difference) -> tuple[bool, float]:
    """Returns by what the dates and the classes of an outcome are ordered: what is higher or lower
    is larger than what is not. A rare class that moves a little moves by many of its standard
    deviations, so classes are held against each other by shares of runs."""
    return d.verdict in TELLING, d.size if d.kind == "number" else abs(d.difference.value)


def speakers(differences: Iterable[Difference]) -> list[Difference]:
    """Returns of each headline outcome the class that tells most, by what differs most: one that
    is higher or lower, if any is, else the one that differs most."""
    best: dict[str, Difference] = {}
    for d in sorted(differences, key=largeness, reverse=True):
        if d.headline:
            best.setdefault(d.outcome, d)
    return sorted(best.values(), key=lambda d: -d.size)


def verdicts(differences: Iterable[Difference]) -> dict[str, str]:
    """Returns of each headline outcome what may be said of the whole of it: `differ` if any class
    is higher or lower, else `cannot tell` if that is so of any, else `equivalent` unless it is
    `identical`."""
    found: dict[str, set[str]] = {}
    for d in differences:
        if d.headline:
            verdict = DIFFER if d.verdict in TELLING else d.verdict
            found.setdefault(d.outcome, set()).add(verdict)
    order = (DIFFER, "cannot tell", "equivalent", "identical")
    return {name: min(told, key=order.index) for name, told in found.items()}
