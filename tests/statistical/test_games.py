"""Games of known solution, played through noise: what is said of them is true."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from sim.experiment.games import equilibria
from sim.experiment.games.bimatrix import equilibria_of
from sim.experiment.games.equilibria import EQUILIBRIUM, NONE, UNSURE, Solution, solve
from sim.experiment.stats.intervals import Floats, Labels, vector_labels

Matrix = Sequence[Sequence[float]]

DILEMMA: tuple[Matrix, Matrix] = [[3, 0], [5, 1]], [[3, 5], [0, 1]]
"""Strategy 0 cooperates, 1 defects."""
PENNIES: tuple[Matrix, Matrix] = [[1, -1], [-1, 1]], [[-1, 1], [1, -1]]
SEXES: tuple[Matrix, Matrix] = [[2, 0], [0, 1]], [[1, 0], [0, 2]]
SCISSORS: tuple[Matrix, Matrix] = (
    [[0, -1, 1], [1, 0, -1], [-1, 1, 0]],
    [[0, 1, -1], [-1, 0, 1], [1, -1, 0]],
)
RUNS = 1000
LUCK = 4.0
"""Spread of the luck the profiles share; that of each alone is 1."""


def runs_of(game: tuple[Matrix, Matrix], seed: int, n: int = RUNS, per_vector: int = 0) -> Floats:
    """Payoffs of runs with these means: luck all profiles share, and luck of their own; with
    vectors, an effect on every profile of the runs of one vector instead."""
    rng = np.random.default_rng(seed)
    means = np.array(game, dtype=np.float64)[..., None]
    shared = LUCK * rng.standard_normal(n)
    own = rng.standard_normal((*means.shape[:3], n))
    if per_vector:
        own = np.repeat(own[..., : n // per_vector], per_vector, axis=3)
    return means + shared + own


def pure(solution: Solution) -> set[tuple[int, int]]:
    """The pure equilibria of the means."""
    return {
        (found.supports[0][0], found.supports[1][0])
        for found in solution.equilibria
        if found.is_pure and found.at_means
    }


@pytest.fixture(autouse=True)
def few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough to tell never, sometimes and always apart."""
    monkeypatch.setattr(equilibria, "RESAMPLES", 50)


def test_the_prisoners_dilemma() -> None:
    """Both defect and would rather not; the one who cooperates regrets what defecting brings."""
    solution = solve(runs_of(DILEMMA, 1))
    both, none = solution.cell((0, 0)), solution.cell((1, 1))

    assert pure(solution) == {(1, 1)}
    assert {c.profile: c.verdict for c in solution.cells if c.verdict != NONE} == {
        (1, 1): EQUILIBRIUM
    }
    assert solution.dominates(0, 1, 0)
    assert solution.dominates(1, 1, 0)
    assert not solution.dominates(0, 0, 1)
    assert solution.better == (((1, 1), (0, 0)),)
    assert none.share == 1.0
    for regret in both.regrets:
        assert regret.low <= 2.0 <= regret.high
    assert [regret.high for regret in none.regrets] == [0.0, 0.0]


def test_matching_pennies() -> None:
    """No pair rests; either side tosses a fair coin."""
    solution = solve(runs_of(PENNIES, 2))
    (mixed,) = solution.equilibria

    assert all(cell.verdict == NONE for cell in solution.cells)
    assert mixed.supports == ((0, 1), (0, 1))
    assert mixed.share == 1.0
    for mix in mixed.mix:
        assert mix == pytest.approx([0.5, 0.5], abs=0.06)


def test_the_range_of_a_mix_holds_the_truth() -> None:
    """Of 20 games of pennies nineteen in twenty tell a range for the coin of Washington with one
    half in it, within three standard errors; the range is of use."""
    ranges = [
        solve(runs_of(PENNIES, seed, 300)).equilibria[0].ranges[0][:, 0] for seed in range(20)
    ]
    held = sum(low <= 0.5 <= high for low, high in ranges)

    assert held >= 20 * (0.95 - 3.0 * (0.05 * 0.95 / 20) ** 0.5)
    assert all(0.02 < high - low < 0.2 for low, high in ranges)


def test_the_battle_of_the_sexes() -> None:
    """Two pairs rest, and a mixed one in which each plays its favourite twice out of three."""
    solution = solve(runs_of(SEXES, 3))
    mixed = next(found for found in solution.equilibria if not found.is_pure)

    assert pure(solution) == {(0, 0), (1, 1)}
    assert [c.verdict for c in solution.cells] == [EQUILIBRIUM, NONE, NONE, EQUILIBRIUM]
    assert mixed.mix[0] == pytest.approx([2 / 3, 1 / 3], abs=0.06)
    assert mixed.mix[1] == pytest.approx([1 / 3, 2 / 3], abs=0.06)
    assert mixed.payoffs == pytest.approx((2 / 3, 2 / 3), abs=0.06 + 4 * LUCK / RUNS**0.5)


def test_rock_paper_scissors() -> None:
    """Three strategies each, played a third of the time."""
    (mixed,) = solve(runs_of(SCISSORS, 4, n=4000)).equilibria

    for mix in mixed.mix:
        assert mix == pytest.approx([1 / 3] * 3, abs=0.06)


def test_strategies_that_differ_in_nothing_settle_nothing() -> None:
    """Where the truth is a tie, noise is not taken for an answer."""
    solution = solve(runs_of(([[1, 1], [1, 1]], [[1, 1], [1, 1]]), 5))

    assert {cell.verdict for cell in solution.cells} == {UNSURE}
    assert all(cell.share < 1.0 for cell in solution.cells)


def test_the_same_strategy_twice_is_a_tie_and_told() -> None:
    """Copies give no gain, to the bit, and may be more equilibria than are listed."""
    runs = runs_of(([[1, 2], [1, 2]], [[1, 2], [1, 2]]), 6)
    runs[:, 1] = runs[:, 0]
    solution = solve(runs)

    assert solution.gain(0, (0, 1), 1).low == solution.gain(0, (0, 1), 1).high == 0.0
    assert solution.degenerate
    assert [c.verdict for c in solution.cells] == [NONE, EQUILIBRIUM, NONE, EQUILIBRIUM]


@pytest.mark.parametrize(
    ("us", "cn", "is_tied"),
    [
        ([[3, 0], [3, 0], [1, 1]], [[1, 0], [1, 0], [0, 1]], True),
        ([[2, 2], [2, 2], [2, 2]], [[1, 0], [1, 0], [1, 0]], True),
        ([[0, 0, 0, 0]], [[1, 1, 1, 0]], True),
        ([[1, 1, 1]] * 3, [[2, 2, 2]] * 3, True),
        ([[1, 0], [0.5, 0.5]], [[1, 1], [1 + 1e-12, 1]], True),
        (*DILEMMA, False),
        (*PENNIES, False),
        (*SEXES, False),
        (*SCISSORS, False),
    ],
)
def test_ties_are_seen_however_many_equilibria_they_make(
    us: Matrix, cn: Matrix, is_tied: bool
) -> None:
    """Copies, three best of four, nothing but copies, and a tie but for rounding; games of one or
    of three equilibria have none."""
    found, degenerate = equilibria_of(np.array(us, np.float64), np.array(cn, np.float64))

    assert found
    assert degenerate is is_tied


@pytest.mark.parametrize("per_vector", [0, 10])
def test_copies_are_as_often_in_equilibrium_as_each_other(per_vector: int) -> None:
    """Of three copies of a strategy all three rest, in every resample."""
    runs = runs_of(([[1, 1, 1]], [[2, 2, 2]]), 8, 997 if not per_vector else 990, per_vector)
    runs[:, :, 1] = runs[:, :, 2] = runs[:, :, 0]
    clusters = vector_labels(runs.shape[3], per_vector) if per_vector else None

    assert [cell.share for cell in solve(runs, clusters).cells] == [1.0, 1.0, 1.0]


def test_gains_all_alike_in_few_runs_are_not_sure() -> None:
    """Nothing that varies says nothing of what seldom happens: neither rest nor regret is sure in
    forty runs, or in four vectors of a hundred, and both are in sixty."""

    def verdicts(n: int, clusters: Labels | None = None) -> set[str]:
        runs = np.repeat(np.array(DILEMMA, np.float64)[..., None], n, axis=3)
        solution = solve(runs, clusters)
        assert bool(solution.better) is (UNSURE not in {c.verdict for c in solution.cells})
        return {cell.verdict for cell in solution.cells}

    assert verdicts(40) == verdicts(400, vector_labels(400, 100)) == {UNSURE}
    assert verdicts(60) == {NONE, EQUILIBRIUM}


def test_both_are_called_better_off_by_chance_in_at_most_5_percent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of two equilibria as good as each other, with luck both sides share, neither is told to be
    better for both than the other or than what never is."""
    monkeypatch.setattr(equilibria, "RESAMPLES", 1)
    trials, wrong = 100, 0
    for seed in range(trials):
        runs = runs_of(([[1, 0], [0, 1]], [[1, 0], [0, 1]]), 500 + seed, 200)
        runs[1] = runs[0]
        wrong += bool(solve(runs).better)

    assert wrong <= trials * (0.05 + 3.0 * (0.05 * 0.95 / trials) ** 0.5)


def test_one_strategy_each_rests_where_it_is() -> None:
    """A game without a choice is solved, too."""
    solution = solve(runs_of(([[1]], [[2]]), 7))

    assert pure(solution) == {(0, 0)}
    assert solution.gains == ()
    assert solution.cell((0, 0)).verdict == EQUILIBRIUM


def test_striking_dominated_strategies_takes_no_equilibrium_away() -> None:
    """With strategies added that are worse whatever the other plays, the same are found."""
    us, cn = (np.array(matrix, dtype=np.float64) for matrix in SEXES)
    wide_us = np.vstack([np.hstack([us, [[5.0], [6.0]]]), [-1.0, -1.0, 4.0]])
    wide_cn = np.vstack([np.hstack([cn, [[-1.0], [-1.0]]]), [7.0, 8.0, 6.0]])
    found, _ = equilibria_of(us, cn)
    wide, _ = equilibria_of(wide_us, wide_cn)

    assert len(found) == 3
    assert [(x[:2].tolist(), y[:2].tolist()) for x, y in wide] == [
        (x.tolist(), y.tolist()) for x, y in found
    ]
    assert all(x[2] == y[2] == 0.0 for x, y in wide)


@pytest.mark.parametrize("per_vector", [0, 10])
def test_intervals_of_gains_and_regrets_hold_together(
    per_vector: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In 95 of 100 games at least all gains and all regrets lie in their intervals at once, with
    shared parameters too; and a tie is called no equilibrium, or one, in 5 of 100 at most."""
    monkeypatch.setattr(equilibria, "RESAMPLES", 1)
    game: tuple[Matrix, Matrix] = [[0.3, 0.0], [0.5, 0.0]], [[0.3, 0.3], [0.0, 0.1]]
    us, cn = (np.array(matrix) for matrix in game)
    trials, missed, misjudged = 200, 0, 0
    n = 300
    clusters = vector_labels(n, per_vector) if per_vector else None
    for seed in range(trials):
        solution = solve(runs_of(game, 100 + seed, n, per_vector), clusters)
        held = True
        for gain in solution.gains:
            i, j = gain.profile
            there = (gain.instead, j) if gain.side == 0 else (i, gain.instead)
            matrix = (us, cn)[gain.side]
            held &= gain.gain.low <= matrix[there] - matrix[i, j] <= gain.gain.high
        for cell in solution.cells:
            i, j = cell.profile
            truth = us[:, j].max() - us[i, j], cn[i].max() - cn[i, j]
            pairs = zip(cell.regrets, truth, strict=True)
            held &= all(r.low <= t + 1e-12 and t <= r.high + 1e-12 for r, t in pairs)
        missed += not held
        # At (0, 1) the US is indifferent, and so is China against strategy 0.
        misjudged += solution.cell((0, 1)).verdict == NONE
    # Five in a hundred, and three standard errors of 200 trials.
    most = trials * (0.05 + 3.0 * (0.05 * 0.95 / trials) ** 0.5)

    assert missed <= most
    assert misjudged <= most
