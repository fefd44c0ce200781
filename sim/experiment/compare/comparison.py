"""Comparison of a batch with others, run by run.

Replicate i of batches with the same seed uses the same random draws on the same days, so the
difference within a pair is due to the scenarios, and its interval is narrower than for independent
runs. Batches with different seeds give independent pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, Protocol

from sim.errors import CheckFailedError, UsageError
from sim.experiment.compare.difference import Difference, Pairing, counted, differences
from sim.experiment.compare.headlines import largeness
from sim.experiment.compare.verdicts import TELLING, judge, overall
from sim.experiment.inputs.changes import changed_inputs
from sim.experiment.runs.filler import Progress
from sim.experiment.stats import intervals
from sim.experiment.stats.distributions import MOST_PAIRS, Numbers, shapes, unchanged

if TYPE_CHECKING:
    from sim.engine.blocks import Column
    from sim.experiment.runs.batch import Batch
    from sim.scenario.resolved_scenario import Resolved

TOLD: Final = 12
"""Outcomes shown in addition to the headlines: those that differ most."""

_MEANS: Final = 0.6
"""Share of a comparison's time that is spent before the shapes of distributions are compared."""

Advance = Callable[[float], None]

Row = tuple[str, str]
"""An outcome and its class: "" for a number, "true" for a flag."""


class NotComparable(UsageError):
    """Error raised if two batches have nothing in common to compare."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Comparison of two batches.

    Attributes:
        a: The first batch.
        b: The second batch.
        pairs: Number of replicates compared, from the first on.
        paired: Whether the two runs of a pair use the same random draws.
        changed: Inputs that differ, as (section, key, value in a, value in b).
        differences: The differences, largest first.
        verdict: identical, different, equivalent or cannot tell: see `verdicts.overall`.
        rows: Rows to show first, as (outcome, class): headline outcomes, then the others that
            differ most; the same for all comparisons of one call.
    """

    a: Batch
    b: Batch
    pairs: int
    paired: bool
    changed: tuple[tuple[str, str, str, str], ...]
    differences: tuple[Difference, ...]
    verdict: str
    rows: tuple[Row, ...]

    def of(self, row: Row) -> Difference | None:
        """Returns the difference in a row; None if the two batches do not both have the outcome."""
        return next((d for d in self.differences if (d.outcome, d.label) == row), None)

    def to_json(self) -> dict[str, Any]:
        """Returns the comparison as one JSON object with stable keys."""
        return {
            "a": _side(self.a),
            "b": _side(self.b),
            "seed": self.a.seed,
            "pairs": self.pairs,
            "paired": self.paired,
            "parameters": self.a.parameters,
            "verdict": self.verdict,
            "changed": [
                dict(zip(("section", "key", "a", "b"), row, strict=True)) for row in self.changed
            ],
            "differences": [difference.to_json() for difference in self.differences],
        }


def compare(a: Batch, b: Batch) -> Comparison:
    """Compares two batches outcome by outcome, over the replicates both have.

    Raises:
        CheckFailedError: Among these replicates, no run of one side meets its conditions.
        NotComparable: They have no day or no outcome in common, or their parameters were not
            drawn in the same way.
    """
    return compare_all(a, [b])[0]


def compare_all(
    a: Batch, others: Sequence[Batch], progress: Progress | None = None
) -> tuple[Comparison, ...]:
    """Compares a batch with each of several others.

    Verdicts are corrected for everything that is reported together, so they depend on the number of
    other batches.

    Args:
        a: The first batch, with which the others are compared.
        others: The other batches.
        progress: Called with (percent done, 100).

    Raises:
        CheckFailedError: As for `compare`.
        NotComparable: The same.
    """
    tell = progress or _to_nobody
    for b in others:
        check_comparable(a, b)
    runs = [min(a.n, b.n) for b in others]
    found = [
        _differences(a, b, _part(tell, 0.0, _MEANS, place, len(others)))
        for place, b in enumerate(others)
    ]
    judged = judge(found, runs)
    rows = _rows(list(chain(*judged)))
    comparisons = []
    for place, (b, n, mine) in enumerate(zip(others, runs, judged, strict=True)):
        advance = _part(tell, _MEANS, 1.0, place, len(others))
        comparisons.append(
            Comparison(
                a=a,
                b=b,
                pairs=n,
                paired=a.seed == b.seed,
                changed=tuple(changed_inputs(a.resolved, b.resolved, drawn=bool(a.per_vector))),
                differences=_with_shapes(a, b, _ordered(mine), rows, advance),
                verdict=overall(mine),
                rows=rows,
            )
        )
    tell(100, 100)
    return tuple(comparisons)


class Playable(Protocol):
    """A batch that has been played or is still to be played."""

    @property
    def resolved(self) -> Resolved:
        """The scenario."""

    @property
    def parameters(self) -> str:
        """`fixed`, `prior` or `posterior`."""

    @property
    def per_vector(self) -> int:
        """Number of runs per parameter vector; 0 with fixed parameters."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A batch that is still to be played: see `Playable`."""

    resolved: Resolved
    parameters: str
    per_vector: int


def check_comparable(a: Playable, b: Playable) -> None:
    """Checks that two batches can be compared, before or after they are played.

    Raises:
        NotComparable: They have no day in common, or their parameters are not drawn in the same
            way.
    """
    names = f"{a.resolved.name} and {b.resolved.name}"
    for what, of_a, of_b in (
        ("parameters", a.parameters, b.parameters),
        ("runs per vector", a.per_vector, b.per_vector),
    ):
        if of_a != of_b:
            raise NotComparable(
                f"cannot compare {names} run by run: {what} is {of_a} in one and {of_b} in the "
                "other; play both with the same"
            )
    if max(a.resolved.start, b.resolved.start) > min(a.resolved.until, b.resolved.until):
        spans = ", ".join(
            f"{world.name} runs from {date.fromordinal(world.start)} to "
            f"{date.fromordinal(world.until)}"
            for world in (a.resolved, b.resolved)
        )
        raise NotComparable(
            f"cannot compare {names}: they have no day in common; {spans}. "
            "Compare scenarios whose spans overlap, or move the end of the earlier one with --until"
        )


def common_columns(a: Batch, b: Batch) -> list[Column]:
    """Returns the columns that a and b both have, with the same kind.

    Raises:
        NotComparable: There are none.
    """
    theirs = {column.name: column.outcome.kind for column in b.columns}
    common = [c for c in a.columns if theirs.get(c.name) == c.outcome.kind]
    if not common:
        raise NotComparable(
            f"cannot compare {a.resolved.name} and {b.resolved.name}: they have no outcome in "
            f"common; one has {_some_names(a.columns)}, the other {_some_names(b.columns)}"
        )
    return common


def pairing_of(a: Batch, b: Batch) -> Pairing:
    """Returns the pairing of the runs of two batches.

    Raises:
        CheckFailedError: Among the replicates both have, no run of one side meets its conditions.
    """
    n = min(a.n, b.n)
    for batch in (a, b):
        if batch.given and not batch.counted[:n].any():
            raise CheckFailedError(
                f"given {' and '.join(batch.given)}: none of the first {n:,} runs of "
                f"{batch.resolved.name} meets this, and only these have a counterpart; play the "
                "shorter batch with a larger -n"
            )
    return Pairing(
        counts_a=a.counted[:n],
        counts_b=b.counted[:n],
        clusters=intervals.vector_labels(n, a.per_vector) if a.per_vector else None,
        shared=a.seed == b.seed,
        conditional=bool(a.given or b.given),
    )


def _rows(found: Sequence[Difference]) -> tuple[Row, ...]:
    """Returns the rows to show first: the headline outcomes, then the others that differ most.

    Differences that are higher or lower come before the rest; within each group the largest, in
    standard deviations of a run, comes first. Each outcome appears once, at the date and for the
    class that differ most. Headline outcomes also appear with every class that is higher or lower,
    and with an earlier day if they differ more then than at the end.
    """
    headlines = _largest(d for d in found if d.headline)
    # One duty moves eighty sectors, which would crowd everything else off the page.
    others = _largest(d for d in found if not (d.headline or d.identical or "[" in d.outcome))
    sizes = {d.family: d.size for d in headlines}
    news = [d for d in others if d.size > sizes.get(d.family, 0.0)]
    classes = sorted((d for d in found if d.headline), key=largeness, reverse=True)
    shown: list[Difference] = []
    for head in headlines:
        told = (d for d in classes if d.outcome == head.outcome and d.verdict in TELLING)
        shown += [head, *told]
    return tuple(dict.fromkeys((d.outcome, d.label) for d in (*shown, *news[:TOLD])))


def _largest(found: Iterable[Difference]) -> list[Difference]:
    """Returns the largest difference of each outcome; those with a verdict higher or lower first,
    then by size."""
    best: dict[str, Difference] = {}
    for d in found:
        known = best.get(d.family)
        if known is None or largeness(d) > largeness(known):
            best[d.family] = d
    return sorted(best.values(), key=lambda d: (d.verdict not in TELLING, -d.size))


def _to_nobody(done: int, total: int) -> None:
    """Ignores progress."""


def _part(progress: Progress, start: float, end: float, place: int, parts: int) -> Advance:
    """Returns a callback for the progress of one of several parts of a stage."""

    def advance(share: float) -> None:
        progress(int(100.0 * (start + (end - start) * (place + share) / parts)), 100)

    return advance


def _differences(a: Batch, b: Batch, advance: Advance) -> list[Difference]:
    columns, pairing = common_columns(a, b), pairing_of(a, b)
    found = []
    for place, column in enumerate(columns):
        found += differences([column], a.values, b.values, pairing)
        advance((place + 1) / len(columns))
    return found


def _with_shapes(
    a: Batch,
    b: Batch,
    found: Sequence[Difference],
    rows: Iterable[Row],
    advance: Advance,
) -> tuple[Difference, ...]:
    """Returns the differences, adding the shapes of distributions to the numbers in the rows."""
    names = {outcome for outcome, _ in rows}
    wanted = [d for d in found if d.kind == "number" and d.outcome in names]
    pairing = pairing_of(a, b).first(MOST_PAIRS)
    n = len(pairing.counts_a)
    for batch in (a, b):
        batch.expect(d.outcome for d in wanted)
    numbers = {}
    for d in wanted:
        x, y = a.values[d.outcome][:n], b.values[d.outcome][:n]
        counts_x, counts_y = counted(x, y, pairing)
        if not d.identical and counts_x.any() and counts_y.any():
            numbers[d.outcome] = Numbers(x, y, counts_x, counts_y)
    moved = shapes(list(numbers.values()), pairing.clusters, advance=advance)
    known = dict(zip(numbers, moved, strict=True))
    known |= {d.outcome: unchanged(n) for d in wanted if d.identical}
    return tuple(replace(d, shape=known.get(d.outcome)) for d in found)


def _ordered(judged: Sequence[Difference]) -> tuple[Difference, ...]:
    """Returns the differences, largest first; the classes of an outcome stay together."""
    largest: dict[str, float] = {}
    for d in judged:
        largest[d.outcome] = max(d.size, largest.get(d.outcome, 0.0))
    return tuple(sorted(judged, key=lambda d: -largest[d.outcome]))


def _some_names(columns: Sequence[Column]) -> str:
    names = [column.name for column in columns]
    return ", ".join(names[:3]) + (", ..." if len(names) > 3 else "") if names else "none"


def _side(batch: Batch) -> dict[str, Any]:
    return {
        "scenario": batch.resolved.name,
        "question": batch.resolved.question,
        "scenario_hash": batch.resolved.hash,
        "id": batch.id,
        "model_version": batch.model_version,
        "n": batch.n,
        "seed": batch.seed,
        "failed": len(batch.failures),
        "given": batch.given_json,
        "results_dir": str(batch.directory),
    }
