"""Equilibria of a bimatrix game, by nashpy."""

from __future__ import annotations

import warnings
from typing import Any, Final

import numpy as np

from sim.errors import needs
from sim.experiment.stats.intervals import Floats

_TIE: Final = 1e-9
"""Payoffs closer than this share of their span are equal: means carry rounding."""


def library() -> Any:
    """Returns nashpy.

    Raises:
        UsageError: It is not installed.
    """
    try:
        # What a library does as it is loaded is no news to the user.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import nashpy
    except ImportError:
        raise needs("explore") from None
    return nashpy


def equilibria_of(us: Floats, cn: Floats) -> tuple[list[tuple[Floats, Floats]], bool]:
    """Returns the equilibria of a bimatrix game, and whether it is degenerate: whether more
    strategies than are played answer an equilibrium as well, so that there may be more equilibria.

    Strategies that others dominate go first: no equilibrium holds them, and support enumeration
    takes a multiple of the time for each.

    Args:
        us: Payoffs of the US, shape (strategies of the US, strategies of China).
        cn: Payoffs of China.
    """
    game = library().Game
    rows, columns = _undominated(us, cn)
    kept = np.ix_(rows, columns)
    ours, theirs = _scaled(us[kept]), _scaled(cn[kept])
    with warnings.catch_warnings():
        # It warns of ties where it finds an even number of equilibria, which ties need not make.
        warnings.simplefilter("ignore")
        found = list(game(ours, theirs).support_enumeration())
    mixes = []
    for x, y in found:
        whole = np.zeros(us.shape[0]), np.zeros(us.shape[1])
        whole[0][rows], whole[1][columns] = x, y
        mixes.append(whole)
    # Without ties there is always one.
    return mixes, not found or any(_ties(ours @ y, x) or _ties(x @ theirs, y) for x, y in found)


def _ties(payoffs: Floats, mix: Floats) -> bool:
    """Tells whether more strategies are best replies than a side plays.

    Args:
        payoffs: Of each strategy against what the other side plays, the matrix from 0 to 1.
        mix: How often each is played.
    """
    best = int(np.sum(payoffs >= payoffs.max() - _TIE))
    return best > int(np.sum(mix > 0.0))


def _undominated(us: Floats, cn: Floats) -> tuple[list[int], list[int]]:
    """Returns the strategies that survive when those strictly dominated by a pure one are struck
    again and again."""
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
    """Returns payoffs on a scale from 0 to 1: equilibria stay, and the solver's tolerances mean
    the same whatever the unit."""
    span = float(np.ptp(matrix))
    return np.asarray((matrix - matrix.min()) / span if span > 0.0 else np.zeros_like(matrix))
