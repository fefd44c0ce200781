"""Weekly values of the runs that count, and the survival of the truce week by week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.errors import NotFoundError
from sim.experiment.stats.intervals import Estimate, probability

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.experiment.store.parquet import Array

TRUCE: Final = "truce_in_force"


@dataclass(frozen=True, slots=True)
class Fall:
    """Fall of the share from one week to the next.

    Attributes:
        before: Monday of the first week, ordinal.
        after: Monday of the second.
        high: Share on the first.
        low: Share on the second.
    """

    before: int
    after: int
    high: float
    low: float

    @property
    def size(self) -> float:
        """Difference of the shares, 0 to 1."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Survival:
    """Share of runs with a truce in force on each Monday.

    Attributes:
        runs: Number of counted runs whose weekly values were stored.
        weeks: Mondays, ordinal days.
        shares: Share of the runs on each, with its 95% interval.
    """

    runs: int
    weeks: tuple[int, ...]
    shares: tuple[Estimate, ...]

    @property
    def largest_fall(self) -> Fall | None:
        """The largest fall within a week; None if the share never falls."""
        falls = [
            Fall(self.weeks[k], self.weeks[k + 1], self.shares[k].value, self.shares[k + 1].value)
            for k in range(len(self.weeks) - 1)
        ]
        largest = max(falls, key=lambda fall: fall.size, default=None)
        return largest if largest and largest.size > 0.0 else None


def counted_path(batch: Batch, name: str) -> tuple[Array, Array]:
    """Returns the Mondays (ordinal days) and the stored weekly values of the runs that count, shape
    (runs, weeks).

    Raises:
        NotFoundError: There is no such path, it was not stored, or no run with a stored path
            counts.
    """
    try:
        weeks, path = batch.path(name)
    except NotFoundError as error:
        raise NotFoundError(
            f"weekly paths of {batch.resolved.name} were not stored; run it with --paths first"
        ) from error
    counted = path[batch.counted[: len(path)]]
    if not len(counted):
        raise NotFoundError(
            f"none of the {len(path):,} runs of {batch.resolved.name} with weekly paths meets the "
            "conditions; --paths all stores the paths of all runs"
        )
    return weeks, counted


def survival_of(batch: Batch) -> Survival:
    """Returns the survival of the truce over the runs that count.

    Raises:
        NotFoundError: As for `counted_path`.
    """
    weeks, path = counted_path(batch, TRUCE)
    clusters = None if batch.clusters is None else batch.clusters[batch.counted][: len(path)]
    shares = tuple(probability(week != 0.0, clusters=clusters) for week in path.T)
    return Survival(len(path), tuple(int(week) for week in weeks), shares)
