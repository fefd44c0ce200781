"""Shares of what happened that a cause decided, with intervals over runs, and what luck would give.

Events of one run are not independent, so that the run is the unit of every interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.experiment.explain.recorder import Trial
from sim.experiment.stats.intervals import (
    LEVEL,
    Estimate,
    Flags,
    Floats,
    from_residuals,
    holm,
    mean,
    probability,
)


@dataclass(frozen=True, slots=True)
class CauseShare:
    """Part of a cause in the events of a question.

    Under the null hypothesis that a cause is luck, it brings about as many events as it prevents
    (McNemar's hypothesis on the decisions that the cause turns).

    Attributes:
        key: Key of the cause.
        count: Number of events that the cause decided.
        decided: Share of all events that would not have happened without it, on the same draws.
        prevented: Number of events that would have happened without it, as a share of all events;
            None where prevention is not recorded.
        net: Events decided minus events prevented, per run, with the p-value of 0; for a cause with
            an `expected` share, the share minus that one.
        expected: Share of all events that the cause would have if causes were exchangeable; None if
            the null hypothesis is that of `net`.
        adjusted: p-value of `net` after Holm's correction over the causes of the question.
    """

    key: str
    count: int
    decided: Estimate
    prevented: Estimate | None
    net: Estimate
    expected: Estimate | None = None
    adjusted: float = 1.0

    @property
    def is_telling(self) -> bool:
        """Whether it differs from luck."""
        return self.adjusted <= 1.0 - LEVEL and self.net.value != 0.0


def ratio(parts: Floats, wholes: Floats) -> Estimate:
    """Returns the ratio of two totals over runs with its 95% interval, by the delta method.

    Args:
        parts: One number per run.
        wholes: Another, whose total the first is a share of.
    """
    whole = float(np.sum(wholes))
    if whole == 0.0:
        return Estimate(np.nan, -np.inf, np.inf)
    value = float(np.sum(parts)) / whole
    found = from_residuals(value, (parts - value * wholes) / whole)
    return replace(found, low=max(0.0, found.low))


def share_of(hits: Floats, counts: Floats) -> Estimate:
    """Returns the share of events that are hits, with its interval over runs.

    Args:
        hits: Number of hits in each run.
        counts: Number of events in each run, at least as many.
    """
    runs = np.arange(len(counts))
    labels = np.repeat(runs, counts.astype(np.int64))
    place = np.arange(len(labels)) - np.repeat(np.cumsum(counts) - counts, counts.astype(np.int64))
    flags: Flags = place < np.repeat(hits, counts.astype(np.int64))
    return probability(flags, clusters=labels)


def per_run(replicates: Iterable[int], n: int) -> Floats:
    """Returns how often each run is named, shape (n,)."""
    return np.bincount(np.array([*replicates], dtype=np.int64), minlength=n).astype(np.float64)


def decision_shares(
    keys: Iterable[str], trials: Sequence[Trial], counts: Floats
) -> tuple[CauseShare, ...]:
    """Returns the part of each cause in what was decided, the strongest first.

    Args:
        keys: Keys of the causes.
        trials: Decisions of the question.
        counts: Number of events of the question in each run, decided or not.
    """
    n, found = len(counts), []
    for key in keys:
        lost = per_run((t.replicate for t in trials if key in t.lost), n)
        gained = per_run((t.replicate for t in trials if key in t.gained), n)
        if lost.any() or gained.any():
            net = mean(lost - gained)
            parts = share_of(lost, counts), ratio(gained, counts)
            found.append(CauseShare(key, int(lost.sum()), *parts, net))
    return _corrected(found)


def exchangeable_shares(
    happened: Sequence[Sequence[str]], pool: Sequence[Sequence[str]]
) -> tuple[CauseShare, ...]:
    """Returns the part of each kind of event among those that had an effect, beside its part among
    all events that could have had it; the strongest first.

    Args:
        happened: For each run, the kinds of the events that had the effect.
        pool: For each run, the kinds of all events that could have had it.
    """
    counts, most = _lengths(happened), _lengths(pool)
    found = []
    for key in sorted({key for run in happened for key in run}):
        hits, others = (
            np.array([run.count(key) for run in runs], dtype=np.float64)
            for runs in (happened, pool)
        )
        decided, expected = share_of(hits, counts), share_of(others, most)
        gap = (hits - decided.value * counts) / counts.sum()
        gap -= (others - expected.value * most) / most.sum()
        net = from_residuals(decided.value - expected.value, gap)
        found.append(CauseShare(key, int(hits.sum()), decided, None, net, expected))
    return _corrected(found)


def _lengths(runs: Sequence[Sequence[str]]) -> Floats:
    return np.array([len(run) for run in runs], dtype=np.float64)


def _corrected(found: list[CauseShare]) -> tuple[CauseShare, ...]:
    """Returns causes with their corrected p-values, the strongest first."""
    corrected = holm([cause.net.p_value for cause in found])
    told = [replace(c, adjusted=p) for c, p in zip(found, corrected, strict=True)]
    strength = {c.key: c.decided.value if c.expected else abs(c.net.value) for c in told}
    return tuple(sorted(told, key=lambda c: (-strength[c.key], c.key)))
