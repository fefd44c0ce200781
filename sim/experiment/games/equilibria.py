"""Empirical games: what may be said of equilibria when payoffs are means over runs.

Every profile was played with the same luck, so what a side gains by changing its strategy is a
paired difference. Those gains carry all verdicts: their intervals hold together at 95 %
(Bonferroni), so that a statement about a profile, which rests on several, is as sure as each.
Equilibria are those of the table of means, found by nashpy; how often they come out of resampled
runs tells how much they are to be trusted (Wellman 2006 on empirical game-theoretic analysis).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any, Final

import numpy as np

from sim.experiment.games.bimatrix import equilibria_of
from sim.experiment.runs.filler import Progress
from sim.experiment.stats.intervals import LEVEL, Estimate, Floats, Labels, mean, totals
from sim.experiment.stats.pairs import paired_mean

EQUILIBRIUM: Final = "equilibrium"
NONE: Final = "none"
UNSURE: Final = "cannot tell"

RESAMPLES: Final = 400
"""Share of resamples to within 5 points in 100, in a few seconds: each has its game solved."""

SHOWN_SHARE: Final = 0.05
"""An equilibrium that the means do not have is told if at least so many resamples have it."""

_SEED: Final = 20251023
"""Which resamples are drawn: the answer is a function of the runs."""

Profile = tuple[int, int]
"""A strategy of the US and one of China, by number."""

Supports = tuple[tuple[int, ...], tuple[int, ...]]
"""Strategies played with some probability, of either side."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What a side gains by another strategy while the other side keeps its own.

    Attributes:
        side: 0 the US, 1 China.
        profile: What is played.
        instead: The strategy it changes to.
        gain: Payoff there less payoff here; the intervals of all gains hold together.
    """

    side: int
    profile: Profile
    instead: int
    gain: Estimate


@dataclass(frozen=True, slots=True)
class Regret:
    """The most a side can gain by changing alone, 0 if nothing: with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GameCell:
    """One profile.

    Attributes:
        profile: What is played.
        payoffs: Mean payoff of either side, 95 % each.
        regrets: Of either side.
        verdict: `equilibrium` if surely neither side gains by changing, `none` if surely one
            does, else `cannot tell`.
        share: Share of resamples in which it is an equilibrium.
    """

    profile: Profile
    payoffs: tuple[Estimate, Estimate]
    regrets: tuple[Regret, Regret]
    verdict: str
    share: float


@dataclass(frozen=True, slots=True)
class Equilibrium:
    """An equilibrium, pure or mixed.

    Attributes:
        supports: Strategies played, of either side.
        mix: Probability of every strategy, of either side.
        ranges: Middle 95 % of those probabilities over the resamples with these supports.
        payoffs: Expected payoff of either side, from the means.
        share: Share of resamples with an equilibrium of these supports.
        at_means: Whether the table of means has it; else `mix` is the median of resamples.
    """

    supports: Supports
    mix: tuple[Floats, Floats]
    ranges: tuple[Floats, Floats]
    payoffs: tuple[float, float]
    share: float
    at_means: bool

    @property
    def is_pure(self) -> bool:
        """Whether either side plays one strategy for certain."""
        return all(len(support) == 1 for support in self.supports)


@dataclass(frozen=True, slots=True)
class Solution:
    """A game solved.

    Attributes:
        cells: Profiles, the strategies of the US outermost.
        gains: From every profile by every change of one side.
        equilibria: Those of the means first, then by share.
        better: (pure equilibrium, profile both sides are surely better off at).
        degenerate: Whether the means hold ties, so that there may be more equilibria.
        level: Confidence of each gain, for all of them to hold at 95 %.
    """

    cells: tuple[GameCell, ...]
    gains: tuple[Gain, ...]
    equilibria: tuple[Equilibrium, ...]
    better: tuple[tuple[Profile, Profile], ...]
    degenerate: bool
    level: float

    def cell(self, profile: Profile) -> GameCell:
        """Returns a profile's cell."""
        return next(cell for cell in self.cells if cell.profile == profile)

    def gain(self, side: int, profile: Profile, instead: int) -> Estimate:
        """Returns what a side gains by a change."""
        wanted = (side, profile, instead)
        return next(g.gain for g in self.gains if (g.side, g.profile, g.instead) == wanted)

    def dominates(self, side: int, strategy: int, other: int) -> bool:
        """Tells whether a strategy is surely better for a side than another, whatever the other
        side plays."""
        of_other = [cell.profile for cell in self.cells if cell.profile[side] == other]
        return all(self.gain(side, profile, strategy).low > 0.0 for profile in of_other)


def solve(
    payoffs: Floats, clusters: Labels | None = None, progress: Progress | None = None
) -> Solution:
    """Returns what may be said of a game.

    Args:
        payoffs: Shape (2, strategies of the US, strategies of China, runs): side 0 is the US; run
            i of every profile met the same luck.
        clusters: Parameter vector of each run; None where every run stands for itself.
        progress: Told (done, total) resamples.

    Raises:
        UsageError: nashpy is not installed.
    """
    gains, level = _gains(payoffs, clusters)
    means = payoffs.mean(axis=3)
    equilibria, degenerate, shares = _equilibria(payoffs, means, clusters, progress)
    cells = tuple(_cell(payoffs, profile, gains, clusters, shares) for profile in _profiles(means))
    pure = [(e.supports[0][0], e.supports[1][0]) for e in equilibria if e.is_pure and e.at_means]
    better = _better(payoffs, pure, clusters)
    return Solution(cells, gains, equilibria, better, degenerate, level)


def _profiles(means: Floats) -> Iterator[Profile]:
    return product(range(means.shape[1]), range(means.shape[2]))


def _moved(profile: Profile, side: int, instead: int) -> Profile:
    return (instead, profile[1]) if side == 0 else (profile[0], instead)


def _gains(payoffs: Floats, clusters: Labels | None) -> tuple[tuple[Gain, ...], float]:
    """Returns all gains, and the level of each at which they hold together."""
    changes = []
    for side in range(2):
        others = range(payoffs.shape[2 - side])
        own = list(combinations(range(payoffs.shape[1 + side]), 2))
        changes += [(side, kept, a, b) for kept in others for a, b in own]
    level = 1.0 - (1.0 - LEVEL) / max(1, len(changes))
    gains = []
    for side, kept, a, b in changes:
        here, there = ((a, kept), (b, kept)) if side == 0 else ((kept, a), (kept, b))
        gain = paired_mean(payoffs[side][there], payoffs[side][here], level, clusters)
        back = Estimate(-gain.value, -gain.high, -gain.low, gain.error, gain.p_value)
        gains += [Gain(side, here, b, gain), Gain(side, there, a, back)]
    return tuple(gains), level


def _cell(
    payoffs: Floats,
    profile: Profile,
    gains: tuple[Gain, ...],
    clusters: Labels | None,
    shares: dict[Supports, float],
) -> GameCell:
    mine = [[g.gain for g in gains if g.profile == profile and g.side == side] for side in (0, 1)]
    every = [gain for of_side in mine for gain in of_side]
    verdict = UNSURE
    if any(gain.low > 0.0 for gain in every):
        verdict = NONE
    elif all(gain.high <= 0.0 for gain in every):
        verdict = EQUILIBRIUM
    us, cn = (mean(payoffs[side][profile], clusters=clusters) for side in (0, 1))
    share = shares.get(((profile[0],), (profile[1],)), 0.0)
    return GameCell(profile, (us, cn), (_regret(mine[0]), _regret(mine[1])), verdict, share)


def _regret(gains: list[Estimate]) -> Regret:
    """Returns the largest gain. As the gains' intervals hold together, so does that between the
    largest of their lower and of their upper limits."""
    value, low, high = (
        max((0.0, *limits))
        for limits in ([g.value for g in gains], [g.low for g in gains], [g.high for g in gains])
    )
    return Regret(value, low, high)


def _equilibria(
    payoffs: Floats, means: Floats, clusters: Labels | None, progress: Progress | None
) -> tuple[tuple[Equilibrium, ...], bool, dict[Supports, float]]:
    """Returns the equilibria, whether the game of the means is degenerate, and the share of
    resamples that have an equilibrium of some supports."""
    found, degenerate = equilibria_of(means[0], means[1])
    drawn: dict[Supports, list[tuple[Floats, Floats]]] = {}
    for done, (us, cn) in enumerate(_resampled(payoffs, clusters), 1):
        for mix in equilibria_of(us, cn)[0]:
            drawn.setdefault(_supports(mix), []).append(mix)
        if progress:
            progress(done, RESAMPLES)
    shares = {supports: len(mixes) / RESAMPLES for supports, mixes in drawn.items()}
    at_means = {_supports(mix): mix for mix in found}
    told = {*at_means, *(s for s, share in shares.items() if share >= SHOWN_SHARE)}
    equilibria = [
        _equilibrium(means, supports, at_means.get(supports), drawn.get(supports, []))
        for supports in told
    ]
    equilibria.sort(key=lambda e: (not e.at_means, -e.share, e.supports))
    return tuple(equilibria), degenerate, shares


def _equilibrium(
    means: Floats,
    supports: Supports,
    found: tuple[Floats, Floats] | None,
    drawn: list[tuple[Floats, Floats]],
) -> Equilibrium:
    of_side = [np.array([mix[side] for mix in drawn]) for side in range(2)]
    mix = found or (np.median(of_side[0], axis=0), np.median(of_side[1], axis=0))
    tail = (1.0 - LEVEL) / 2.0
    us, cn = (
        np.quantile(values, (tail, 1.0 - tail), axis=0) if drawn else np.stack((own, own))
        for values, own in zip(of_side, mix, strict=True)
    )
    expected = [float(mix[0] @ means[side] @ mix[1]) for side in range(2)]
    return Equilibrium(
        supports,
        mix,
        (us, cn),
        (expected[0], expected[1]),
        len(drawn) / RESAMPLES,
        found is not None,
    )


def _supports(mix: tuple[Floats, Floats]) -> Supports:
    us, cn = (tuple(int(i) for i in np.flatnonzero(part > 0.0)) for part in mix)
    return us, cn


def _resampled(payoffs: Floats, clusters: Labels | None) -> Iterator[Any]:
    """Yields tables of means of resampled runs, shape (2, strategies, strategies); over clusters
    whole clusters are drawn."""
    shape, n = payoffs.shape[:3], payoffs.shape[3]
    rows = payoffs.reshape(-1, n)
    counts = np.ones(n)
    if clusters is not None:
        each = [totals(row, clusters) for row in rows]
        rows, counts = np.stack([sums for sums, _ in each]), each[0][1]
    units = len(counts)
    # Copies are summed once: a product of matrices may give equal rows sums that differ in their
    # last bits, and a tie would be lost.
    rows, places = np.unique(rows, axis=0, return_inverse=True)
    rng = np.random.default_rng(_SEED)
    for _ in range(RESAMPLES):
        times = np.bincount(rng.integers(0, units, units), minlength=units).astype(np.float64)
        yield (rows @ times / (counts @ times))[places.reshape(-1)].reshape(shape)


def _better(
    payoffs: Floats, pure: list[Profile], clusters: Labels | None
) -> tuple[tuple[Profile, Profile], ...]:
    """Returns the profiles at which both sides are surely better off than at an equilibrium."""
    profiles = list(_profiles(payoffs[..., 0]))
    level = 1.0 - (1.0 - LEVEL) / max(1, 2 * len(pure) * (len(profiles) - 1))
    return tuple(
        (here, there)
        for here in pure
        for there in profiles
        if there != here
        and all(
            paired_mean(payoffs[side][there], payoffs[side][here], level, clusters).low > 0.0
            for side in range(2)
        )
    )
