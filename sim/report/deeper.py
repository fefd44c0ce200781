"""What a comparison asks beyond its verdicts: where the histories of a pair first part, and whether
the verdicts hold over the assumed ranges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sim.errors import CheckFailedError
from sim.report.inputs import EXECUTOR, Options, open_store
from sim.report.numbers import clean

if TYPE_CHECKING:
    from sim.experiment.compare import Comparison
    from sim.experiment.divergence import Divergence
    from sim.experiment.ranges import Ranges

FOLDER: Final = "ranges"
"""Subfolder of the results for runs nobody asked for by name, so that neither `@latest` nor a
query meets them."""


@dataclass(frozen=True, slots=True)
class Deeper:
    """What lies behind the verdicts of one comparison.

    Attributes:
        divergence: Where the histories of a pair first part; None if that cannot be told.
        ranges: What becomes of the verdicts over the assumed ranges; None if that cannot be told.
    """

    divergence: Divergence | None = None
    ranges: Ranges | None = None

    def to_json(self) -> dict[str, Any]:
        """Returns both as JSON knows them."""
        return {
            "divergence": clean(self.divergence.to_json()) if self.divergence else None,
            "ranges": clean(self.ranges.to_json()) if self.ranges else None,
        }


def deeper_of(comparison: Comparison, options: Options) -> Deeper:
    """Returns what lies behind the verdicts of a comparison, playing what it takes."""
    return Deeper(divergence_of(comparison, options), ranges_of(comparison, options))


def divergence_of(comparison: Comparison, options: Options) -> Divergence | None:
    """Returns where the histories first part; None if they share no luck, never do, or do not come
    out as stored, which a note says: another version played them."""
    from sim.experiment.batch import to_stderr
    from sim.experiment.divergence import divergence

    if not comparison.paired or comparison.verdict == "identical":
        return None
    try:
        return divergence(
            comparison.a,
            comparison.b,
            progress=options.get("progress"),
            waiting=options.get("waiting"),
        )
    except CheckFailedError as error:
        note = options.get("note") or to_stderr
        note(f"where histories part is left out: {error}")
        return None


def ranges_of(comparison: Comparison, options: Options) -> Ranges | None:
    """Returns what becomes of the verdicts over the assumed ranges; None for batches that are
    identical, and under a condition, which other parameters would have other runs meet: a note
    says so."""
    from sim.experiment.batch import to_stderr
    from sim.experiment.design import Means
    from sim.experiment.ranges import over_ranges

    a, b = comparison.a, comparison.b
    note = options.get("note") or to_stderr
    if comparison.verdict == "identical":
        return None
    if a.given or b.given:
        note(
            "what becomes of the verdicts over the assumed ranges is left out: with other numbers "
            "other runs would meet what is given"
        )
        return None
    means = Means(
        store=open_store(open_store(options.get("results")).root / FOLDER),
        workers=options.get("workers"),
        engine=options.get("engine", "auto"),
        executor=options.get("executor", EXECUTOR),
        scheduler=options.get("scheduler"),
        progress=options.get("progress"),
        note=note,
        waiting=options.get("waiting"),
    )
    return over_ranges(a, b, comparison.differences, means)
