"""Equilibria of a bimatrix game, computed with nashpy."""

from __future__ import annotations

import warnings
from typing import Any, Final

import numpy as np

from sim.errors import needs
from sim.experiment.stats.intervals import Floats

_TIE: Final = 1e-9
"""Payoffs closer than this share of their span count as equal, because means have rounding error.
"""


def library() -> Any:
    """Returns the nashpy module.

    Raises:
        UsageError: nashpy is not installed.
    """
    try:
        # Warnings during the import do not concern the user.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import nashpy
    except ImportError:
        raise needs("explore") from None
    return nashpy


def equilibria_of(us: Floats, cn: Floats) -> tuple[list[tuple[Floats, Floats]], bool]:
    """Returns the equilibria of a bimatrix game, and whether it is degenerate.

    A game is degenerate if in some equilibrium more strategies are best replies than are played, so
    that there may be more equilibria. Dominated strategies are removed first: no equilibrium
    contains them, and each multiplies the time of support enumeration.

    Args:
        us: Payoffs of the US, shape (strategies of the US, strategies of China).
        cn: Payoffs of China, same shape.
    """
    game = library().Game
    rows, columns = _undominated(us, cn)
    kept = np.ix_(rows, columns)
    ours, theirs = _scaled(us[kept]), _scaled(cn[kept])
    with warnings.catch_warnings():
        # nashpy warns of ties if it finds an even number of equilibria, which is inconclusive.
        warnings.simplefilter("ignore")
        found = list(game(ours, theirs).support_enumeration())
    mixes = []
    for x, y in found:
        whole = np.zeros(us.shape[0]), np.zeros(us.shape[1])
        whole[0][rows], whole[1][columns] = x, y
        mixes.append(whole)
    # A game without ties always has an equilibrium.
    return mixes, not found or any(_ties(ours @ y, x) or _ties(x @ theirs, y) for x, y in found)


def _ties(payoffs: Floats, mix: Floats) -> bool:
    """Returns whether more strategies are best replies than the side plays.

    Args:
        payoffs: Payoff of each strategy against the other side's mix, scaled to 0 to 1.
        mix: Probability of each strategy.
    """
    best = int(np.sum(payoffs >= payoffs.max() - _TIE))
    return best > int(np.sum(mix > 0.0))


def _undominated(us: Floats, cn: Floats) -> tuple[list[int], list[int]]:
    """Returns the strategies that survive iterated elimination of strategies strictly dominated by
    a pure strategy."""
    rows, columns = list(range(us.shape[0])), list(range(us.shape[1]))
    while True:
        left = us[np.ix_(rows, columns)]
        worse = [i for i in range(len(rows)) if np.any(np.all(left > left[i], axis=1))]
        if not worse:
            left = cn[np.ix_(rows, columns)].T
            worse = [j for j in range(len(columns)) if np.any(np.all(left > left[j], axis=1))]
            columns = [c for j, c in enumerate(columns) if j not in worse]
            if not worse:
                return rows, columns
            continue
        rows = [r for i, r in enumerate(rows) if i not in worse]


def _scaled(matrix: Floats) -> Floats:
    """Returns payoffs rescaled to 0 to 1, which leaves the equilibria unchanged and makes the
    solver's tolerances independent of the unit."""
    span = float(np.ptp(matrix))
    return np.asarray((matrix - matrix.min()) / span if span > 0.0 else np.zeros_like(matrix))
