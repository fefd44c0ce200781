"""Statistics of behaviour, declared before anything is compared, and read alike of runs and record.

Counts are of acts by type (see `counts`), apart in whether a pause was in force. That is taken from
the last Monday before the act, in runs and on record, or from the start if there is none: so an act
that breaks a pause was done inside it, and a truce that begins one outside.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.backtest.counts import Counts
from sim.experiment.stats.intervals import Flags, Floats, Labels
from sim.history.acts import ActType

COUNTED: Final = tuple(kind for kind in ActType if kind != ActType.CN_THREAT)
"""Types of acts that are counted; China's threats of duties are not in the model."""

OUTSIDE, INSIDE = 0, 1
WHERE: Final = ("outside", "inside")
"""Where an act was done, outside or inside a pause."""

SIZED: Final = (ActType.US_HIKE, ActType.CN_HIKE)
"""Types of acts whose points are compared."""

WEEK_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Deeds:
    """Acts of some runs; the record is one run.

    Attributes:
        run: Run of each act.
        day: Its day, an ordinal.
        kind: Its type, a place in `COUNTED`.
        points: Points of a hike by which the average duty rises; 0 for others, and if unknown.
    """

    run: Labels
    day: Labels
    kind: Labels
    points: Floats


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Behaviour of some runs over some days, in sums that add up over windows.

    Attributes:
        counts: Days with an act of each type of `COUNTED`, outside and inside a pause, shape (runs,
            types, 2).
        points: Points of all hikes of each type of `SIZED`, shape (runs, 2).
        hikes: Days with a hike of known points, shape (runs, 2).
        weeks: Mondays with a pause in force, shape (runs,).
        pauses: Pauses in force on some Monday, shape (runs,); a prolonged one is one.
        waits: Days from prohibitive duties to the next truce, shape (runs,); infinite if none came.
        wars: Times of prohibitive duties, shape (runs,).
    """

    counts: Counts
    points: Floats
    hikes: Counts
    weeks: Counts
    pauses: Counts
    waits: Floats
    wars: Counts

    def __add__(self, other: Behaviour) -> Behaviour:
        """Returns the behaviour over the days of both, run by run."""
        return Behaviour(
            self.counts + other.counts,
            self.points + other.points,
            self.hikes + other.hikes,
            self.weeks + other.weeks,
            self.pauses + other.pauses,
            self.waits + other.waits,
            self.wars + other.wars,
        )


@dataclass(frozen=True, slots=True)
class Statistic:
    """Statistic of behaviour.

    Attributes:
        name: Name in JSON and tables of data.
        title: Name in text.
        unit: `count`, `days`, `pp` or `share`.
        read: Reads it of each run, shape (runs,); NaN where it does not apply.
    """

    name: str
    title: str
    unit: str
    read: Callable[[Behaviour], Floats]

    @property
    def is_count(self) -> bool:
        """Whether it counts acts."""
        return self.unit == "count"


def _count(kind: ActType, where: int) -> Statistic:
    place = COUNTED.index(kind)
    return Statistic(
        f"{kind.name.lower()}.{WHERE[where]}",
        kind.title,
        "count",
        lambda seen: seen.counts[:, place, where].astype(np.float64),
    )


def _size(kind: ActType) -> Statistic:
    place = SIZED.index(kind)
    return Statistic(
        f"{kind.name.lower()}.points",
        f"mean size of a {kind.title}",
        "pp",
        lambda seen: _mean(seen.points[:, place], seen.hikes[:, place]),
    )


def _mean(total: Floats, number: Counts) -> Floats:
    """Returns means; NaN where there is nothing to average."""
    empty = np.full(len(number), math.nan)
    return np.asarray(np.divide(total, number, out=empty, where=number > 0))


STATISTICS: Final = (
    *(_count(kind, where) for where in (OUTSIDE, INSIDE) for kind in COUNTED),
    *(_size(kind) for kind in SIZED),
    Statistic(
        "pause.days",
        "days in a pause",
        "days",
        lambda seen: (WEEK_DAYS * seen.weeks).astype(np.float64),
    ),
    Statistic(
        "pause.length",
        "mean length of a pause",
        "days",
        lambda seen: _mean((WEEK_DAYS * seen.weeks).astype(np.float64), seen.pauses),
    ),
    Statistic(
        "truce.wait",
        "wait for a truce after 100 points",
        "days",
        lambda seen: _mean(seen.waits, seen.wars),
    ),
)
"""All that is compared. Lengths of pauses are cut at the ends of a window."""


def measured(
    deeds: Deeds, weeks: Labels, paused: Flags, at_start: Flags, waits: Floats
) -> Behaviour:
    """Returns the behaviour of runs over a window.

    Args:
        deeds: What was done in it.
        weeks: Its Mondays, ordinals.
        paused: Whether a pause was in force on them, shape (runs, weeks).
        at_start: Whether one was on the eve of the window, shape (runs,).
        waits: Wait of each run for a truce, shape (runs,): infinite if none came, NaN if duties
            were never prohibitive.
    """
    runs = len(at_start)
    standing = np.column_stack((at_start, paused))
    where = standing[deeds.run, np.searchsorted(weeks, deeds.day, side="left")]
    counts = np.zeros((runs, len(COUNTED), len(WHERE)), dtype=np.int64)
    days = np.unique(np.stack((deeds.run, deeds.day, deeds.kind, where), axis=1), axis=0)
    run, _, kind, place = days.T
    np.add.at(counts, (run, kind, place), 1)
    points, hikes = zip(*(_sizes(deeds, COUNTED.index(kind), runs) for kind in SIZED), strict=True)
    begun = paused & ~np.column_stack((np.zeros(runs, np.bool_), paused[:, :-1]))
    fought = ~np.isnan(waits)
    return Behaviour(
        counts,
        np.column_stack(points),
        np.column_stack(hikes),
        paused.sum(axis=1),
        begun.sum(axis=1),
        np.where(fought, waits, 0.0),
        fought.astype(np.int64),
    )


def _sizes(deeds: Deeds, kind: int, runs: int) -> tuple[Floats, Counts]:
    """Returns the points of all hikes of a type, and the days with one, of each run."""
    sized = (deeds.kind == kind) & (deeds.points > 0.0)
    total = np.bincount(deeds.run[sized], deeds.points[sized], runs).astype(np.float64)
    days = np.unique(np.stack((deeds.run[sized], deeds.day[sized]), axis=1), axis=0)
    return total, np.bincount(days[:, 0], minlength=runs).astype(np.int64)
