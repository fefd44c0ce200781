"""Empirical games: equilibria of a game whose payoffs are means over runs.

Every profile is played with the same random draws, so the gain from changing a strategy is a paired
difference. All verdicts are based on these gains. Their intervals hold jointly at 95%
(Bonferroni), so a statement about a profile, which uses several gains, also has 95% confidence.
Equilibria are those of the table of means, computed with nashpy. The share of resamples in which an
equilibrium recurs shows how far to trust it (Wellman 2006 on empirical game-theoretic analysis).
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
"""Number of resamples: shares are accurate to 5 percentage points, and it takes a few seconds to
solve the game of each."""

SHOWN_SHARE: Final = 0.05
"""Share of resamples that must have an equilibrium for it to be reported if the means lack it."""

_SEED: Final = 20251023
"""Fixed, so that the result is a function of the runs alone."""

Profile = tuple[int, int]
"""Indices of a strategy of the US and one of China."""

Supports = tuple[tuple[int, ...], tuple[int, ...]]
"""Strategies each side plays with positive probability."""


@dataclass(frozen=True, slots=True)
class Gain:
    """Gain of a side from switching strategy while the other side keeps its own.

    Attributes:
        side: 0 for the US, 1 for China.
        profile: The profile before the switch.
        instead: The strategy the side switches to.
        gain: Payoff after the switch minus payoff before; the intervals of all gains hold jointly.
    """

    side: int
    profile: Profile
    instead: int
    gain: Estimate


@dataclass(frozen=True, slots=True)
class Regret:
    """Largest gain of a side from switching alone (0 if there is none), with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GameCell:
    """Payoffs and verdict of one profile.

    Attributes:
        profile: The strategies played.
        payoffs: Mean payoff of each side, with separate 95% intervals.
        regrets: Regret of each side.
        verdict: `equilibrium` if it is certain (at 95%) that neither side gains by switching,
            `none` if it is certain that one does, else `cannot tell`.
        share: Share of resamples in which the profile is an equilibrium.
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
        supports: Strategies each side plays.
        mix: Probability of every strategy of each side.
        ranges: Middle 95% of those probabilities over the resamples with these supports.
        payoffs: Expected payoff of each side, from the means.
        share: Share of resamples with an equilibrium of these supports.
        at_means: Whether the table of means has it; if not, `mix` is the median over resamples.
    """

    supports: Supports
    mix: tuple[Floats, Floats]
    ranges: tuple[Floats, Floats]
    payoffs: tuple[float, float]
    share: float
    at_means: bool

    @property
    def is_pure(self) -> bool:
        """Whether both sides play a single strategy."""
        return all(len(support) == 1 for support in self.supports)


@dataclass(frozen=True, slots=True)
class Solution:
    """Solution of a game.

    Attributes:
        cells: The profiles, with the strategies of the US outermost.
        gains: Gains from every profile by every switch of one side.
        equilibria: Equilibria of the means first, then by share.
        better: Pairs (pure equilibrium, profile at which both sides are certainly better off).
        degenerate: Whether the means contain ties, so that there may be more equilibria.
        level: Confidence level of each gain, such that all hold jointly at 95%.
    """

    cells: tuple[GameCell, ...]
    gains: tuple[Gain, ...]
    equilibria: tuple[Equilibrium, ...]
    better: tuple[tuple[Profile, Profile], ...]
    degenerate: bool
    level: float

    def cell(self, profile: Profile) -> GameCell:
        """Returns the cell of a profile."""
        return next(cell for cell in self.cells if cell.profile == profile)

    def gain(self, side: int, profile: Profile, instead: int) -> Estimate:
        """Returns the gain of a side from a switch."""
        wanted = (side, profile, instead)
        return next(g.gain for g in self.gains if (g.side, g.profile, g.instead) == wanted)

    def dominates(self, side: int, strategy: int, other: int) -> bool:
        """Returns whether one strategy of a side is certainly better than another, whatever the
        other side plays."""
        of_other = [cell.profile for cell in self.cells if cell.profile[side] == other]
        return all(self.gain(side, profile, strategy).low > 0.0 for profile in of_other)


def solve(
    payoffs: Floats, clusters: Labels | None = None, progress: Progress | None = None
) -> Solution:
    """Solves a game.

    Args:
        payoffs: Payoffs, shape (2, strategies of the US, strategies of China, runs): side 0 is the
            US; run i of every profile used the same random draws.
        clusters: Parameter vector of each run; None if runs are independent.
        progress: Called with (done, total) resamples.

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
    """Returns all gains, and the level at which each must be taken for all to hold jointly."""
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
    """Returns the largest gain. Because the intervals of the gains hold jointly, so does the
    interval from their largest lower end to their largest upper end."""
    value, low, high = (
        max((0.0, *limits))
        for limits in ([g.value for g in gains], [g.low for g in gains], [g.high for g in gains])
    )
    return Regret(value, low, high)


def _equilibria(
    payoffs: Floats, means: Floats, clusters: Labels | None, progress: Progress | None
) -> tuple[tuple[Equilibrium, ...], bool, dict[Supports, float]]:
    """Returns the equilibria, whether the game of the means is degenerate, and for each pair of
    supports the share of resamples with such an equilibrium."""
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
    """Yields tables of means of resampled runs, shape (2, strategies, strategies); with clusters,
    whole clusters are drawn."""
    shape, n = payoffs.shape[:3], payoffs.shape[3]
    rows = payoffs.reshape(-1, n)
    counts = np.ones(n)
    if clusters is not None:
        each = [totals(row, clusters) for row in rows]
        rows, counts = np.stack([sums for sums, _ in each]), each[0][1]
    units = len(counts)
    # Equal rows are summed only once: a matrix product may give them sums that differ in the last
    # bits, which would break a tie.
    rows, places = np.unique(rows, axis=0, return_inverse=True)
    rng = np.random.default_rng(_SEED)
    for _ in range(RESAMPLES):
        times = np.bincount(rng.integers(0, units, units), minlength=units).astype(np.float64)
        yield (rows @ times / (counts @ times))[places.reshape(-1)].reshape(shape)


def _better(
    payoffs: Floats, pure: list[Profile], clusters: Labels | None
) -> tuple[tuple[Profile, Profile], ...]:
    """Returns the profiles at which both sides are certainly better off than at an equilibrium."""
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
