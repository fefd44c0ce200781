"""What a comparison of two scenarios asks beyond its verdicts: where the histories of a pair first
part, and whether the verdicts hold over the assumed ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sim.errors import CheckFailedError
from sim.report.inputs import EXECUTOR, Options, open_store

if TYPE_CHECKING:
    from sim.experiment.compare import Comparison
    from sim.experiment.divergence import Divergence
    from sim.experiment.ranges import Ranges

FOLDER: Final = "ranges"
"""Subfolder of the results for runs nobody asked for by name, so that neither `@latest` nor a
query meets them."""


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
    identical, and under a condition, which other parameters would have other runs meet."""
    from sim.experiment.batch import to_stderr
    from sim.experiment.design import Means
    from sim.experiment.ranges import over_ranges

    a, b = comparison.a, comparison.b
    if comparison.verdict == "identical" or a.given or b.given:
        return None
    means = Means(
        store=open_store(open_store(options.get("results")).root / FOLDER),
        workers=options.get("workers"),
        engine=options.get("engine", "auto"),
        executor=options.get("executor", EXECUTOR),
        scheduler=options.get("scheduler"),
        progress=options.get("progress"),
        note=options.get("note") or to_stderr,
        waiting=options.get("waiting"),
    )
    return over_ranges(a, b, comparison.differences, means)
