"""Sensitivity on functions whose answer is known, with luck and without.

Ishigami's function and Sobol's g-function with their published indices (Saltelli et al. 2008,
Global Sensitivity Analysis: The Primer, sections 4 and 2.9), through the design and the estimator
that read the simulator's runs.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from SALib.analyze import morris as salib_morris
from SALib.analyze import sobol as salib_sobol

from sim.errors import UsageError
from sim.experiment.inputs.factors import Factor
from sim.experiment.inputs.sequence import check_points
from sim.experiment.sensitivity.morris import LEVELS, effects, trajectories
from sim.experiment.sensitivity.sobol import base_rows, indices, saltelli

Floats = npt.NDArray[np.float64]

A = np.array([0.0, 1.0, 4.5, 9.0])
"""Weights of the g-function: the smaller, the more the factor matters."""

PARTS = 1.0 / (3.0 * (1.0 + A) ** 2)
WHOLE = float(np.prod(1.0 + PARTS) - 1.0)
FIRST = PARTS / WHOLE
TOTAL = PARTS * (WHOLE + 1.0) / (1.0 + PARTS) / WHOLE
"""Analytic indices of the g-function."""


def ishigami(cube: Floats) -> Floats:
    """Sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1 on (-pi, pi)."""
    x = np.pi * (2.0 * cube - 1.0)
    return np.asarray(
        np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    )


def g_function(cube: Floats) -> Floats:
    """The product of (|4 x - 2| + a) / (1 + a) over the factors that have a weight."""
    terms = (np.abs(4.0 * cube[:, : len(A)] - 2.0) + A) / (1.0 + A)
    return np.asarray(np.prod(terms, axis=1))


def lucky(means: Floats, replicates: int, seed: int) -> Floats:
    """0 or 1 a run with these probabilities; a replicate meets the same luck at every point."""
    luck = np.random.default_rng(seed).random(replicates)
    return np.asarray(luck[np.newaxis, :] < means[:, np.newaxis], dtype=np.float64)


def rotated(n: int, factors: int, seed: int) -> Floats:
    """The design, its points moved around the cube together: another sample of the same kind."""
    rows = saltelli(n, factors).reshape(n, factors + 2, factors)
    shift = np.random.default_rng(seed).random((2, factors))
    a, b = (rows[:, 0] + shift[0]) % 1.0, (rows[:, -1] + shift[1]) % 1.0
    mixed = [np.where(np.arange(factors) == j, b, a) for j in range(factors)]
    return np.stack([a, *mixed, b], axis=1).reshape(-1, factors)


def test_without_luck_the_indices_are_those_of_salib() -> None:
    """Eight equal replicates: first-order and total indices of Ishigami's function are SALib's."""
    cube = saltelli(256, 3)
    y = ishigami(cube)
    found = indices(np.repeat(y[:, np.newaxis], 8, axis=1), 3)
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0.0, 1.0]] * 3}
    known = salib_sobol.analyze(problem, y, calc_second_order=False, seed=1)

    assert [e.value for e in found.first] == pytest.approx(known["S1"], abs=1e-12)
    assert [e.value for e in found.total] == pytest.approx(known["ST"], abs=1e-12)
    assert found.luck.value == pytest.approx(0.0, abs=1e-12)


def test_ishigami() -> None:
    """First-order 0.314, 0.442, 0 and total 0.558, 0.442, 0.244, variance 13.84."""
    found = indices(np.repeat(ishigami(saltelli(2048, 3))[:, np.newaxis], 2, axis=1), 3)

    assert [e.value for e in found.first] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert [e.value for e in found.total] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    assert found.variance.value == pytest.approx(13.84, rel=0.01)
    assert found.together.low < 0.2437 < found.together.high


def test_luck_does_not_bias_the_indices() -> None:
    """A run that is 0 or 1 with probability g/4: over 40 designs with 32 replicates each the mean
    of every index is the analytic one within Monte Carlo error, and so is luck's share."""
    found = [indices(lucky(g_function(rotated(128, 4, s)) / 4.0, 32, s), 4) for s in range(40)]
    first = np.array([[e.value for e in each.first] for each in found])
    total = np.array([[e.value for e in each.total] for each in found])
    luck = np.array([each.luck.value for each in found])

    error = 3.5 / np.sqrt(len(found))
    assert np.all(np.abs(first.mean(axis=0) - FIRST) < error * first.std(axis=0, ddof=1))
    assert np.all(np.abs(total.mean(axis=0) - TOTAL) < error * total.std(axis=0, ddof=1))
    # Of the variance of one run, p (1 - p) with p = 1/4, parameters make WHOLE / 16.
    share = 1.0 - WHOLE / 16.0 / (0.25 * 0.75)
    assert abs(luck.mean() - share) < error * luck.std(ddof=1)


def test_means_over_few_runs_would_be_biased() -> None:
    """The control: SALib's estimator on row means takes luck for the factors' doing; with 8
    replicates it gives the weakest factor more than twice its total index, ours does not."""
    problem = {"num_vars": 4, "names": list("abcd"), "bounds": [[0.0, 1.0]] * 4}
    plain, ours = [], []
    for seed in range(20):
        y = lucky(g_function(rotated(128, 4, seed)) / 4.0, 8, seed)
        known = salib_sobol.analyze(problem, y.mean(axis=1), calc_second_order=False, seed=1)
        plain.append(known["ST"][3])
        ours.append(indices(y, 4).total[3].value)

    assert np.mean(plain) > 2.0 * TOTAL[3]
    assert np.mean(ours) < 2.0 * TOTAL[3]


def test_dummy_factors_are_nought() -> None:
    """A factor the 0/1 outcome of a run never reads has indices and intervals of exactly 0."""
    found = indices(lucky(g_function(rotated(128, 6, 1)) / 4.0, 32, 1), 6)

    for estimate in (*found.first[4:], *found.total[4:]):
        assert (estimate.value, estimate.low, estimate.high) == (0.0, 0.0, 0.0)
    assert all(estimate.low > 0.0 for estimate in found.total[:2])


def test_a_factor_that_only_stirs_luck_is_not_told_from_nought() -> None:
    """A factor that decides which runs come out as 1, but not how many, accounts for nothing of
    E[Y | parameters]: its interval holds 0 in at least 95 of 100 designs, less chance."""
    held = 0
    for seed in range(60):
        cube = rotated(64, 3, seed)
        luck = np.random.default_rng(seed).random(32)
        # The third factor turns the circle of luck: every probability stays as it was.
        turned = (luck[np.newaxis, :] + cube[:, 2:3]) % 1.0
        y = (turned < 0.2 + 0.6 * cube[:, :1]).astype(float)
        found = indices(y, 3)
        held += found.first[2].low <= 0.0 <= found.first[2].high
    # 95 of 100 less 2.6 standard errors.
    assert held >= 60 * 0.95 - 2.6 * np.sqrt(60 * 0.95 * 0.05)


def test_intervals_cover() -> None:
    """95 % intervals of the indices of a lucky g-function hold the analytic ones in at least 89 of
    100 designs (the bootstrap is of points that lie more evenly than chance)."""
    held = np.zeros((2, 4))
    repeats = 60
    for seed in range(repeats):
        found = indices(lucky(g_function(rotated(128, 4, 100 + seed)) / 4.0, 32, seed), 4)
        held[0] += [e.low <= t <= e.high for e, t in zip(found.first, FIRST, strict=True)]
        held[1] += [e.low <= t <= e.high for e, t in zip(found.total, TOTAL, strict=True)]

    assert np.all(held / repeats >= 0.95 - 2.2 * np.sqrt(0.95 * 0.05 / repeats))


def test_nothing_is_significant_where_nothing_moves() -> None:
    """Runs that differ by luck alone, and runs that do not differ: no index is claimed."""
    luck = np.random.default_rng(3).random(16)
    alone = indices(np.broadcast_to(luck, (64 * 4, 16)).copy(), 2)
    still = indices(np.full((64 * 4, 16), 0.3), 2)

    assert not alone.is_significant
    assert alone.luck.value == pytest.approx(1.0)
    assert not still.is_significant
    assert np.isnan(still.luck.value)


def test_independent_rows_are_a_and_b() -> None:
    """The first and the last of each base point differ in every factor, those between in one."""
    cube = saltelli(8, 3)
    rows = base_rows(8, 3)

    assert rows.tolist()[:4] == [0, 4, 5, 9]
    pairs = cube[rows].reshape(8, 2, 3)
    assert np.all(pairs[:, 0] != pairs[:, 1])


@pytest.mark.parametrize("n", [0, 1, 3, 100, 2**17])
def test_points_must_be_a_power_of_two(n: int) -> None:
    """Any other number is refused; the message names its neighbours."""
    with pytest.raises(UsageError, match=f"-n {n}"):
        check_points(n, "-n")


def test_without_luck_elementary_effects_are_those_of_salib() -> None:
    """Mean, mean size and spread over trajectories, of a function with an interaction."""
    cube = trajectories(12)
    y = 3.0 * cube[:, 4] - 2.0 * cube[:, 7] * cube[:, 9] + cube[:, 2] ** 2
    found = effects(cube, np.repeat(y[:, np.newaxis], 4, axis=1))
    names = [f"x{place}" for place in range(12)]
    problem = {"num_vars": 12, "names": names, "bounds": [[0.0, 1.0]] * 12}
    known = salib_morris.analyze(
        problem, (cube * LEVELS - 0.5) / (LEVELS - 1), y, num_levels=LEVELS, seed=1
    )

    assert found.mu == pytest.approx(np.asarray(known["mu"]), abs=1e-12)
    assert found.mu_star == pytest.approx(np.asarray(known["mu_star"]), abs=1e-12)
    assert found.sigma == pytest.approx(np.asarray(known["sigma"]), abs=1e-12)


def test_screening_finds_the_planted_factors_under_luck() -> None:
    """Of 100 factors 4 move the probability of a 0/1 outcome, 40 only stir its luck and 56 are
    never read: the 4 come first, the 56 have no effect at all."""
    cube = trajectories(100)
    planted = [11, 42, 77, 93]
    chance = 0.1 + 0.2 * cube[:, planted].sum(axis=1)
    luck = np.random.default_rng(5).random(64)
    turned = (luck[np.newaxis, :] + cube[:, :10].sum(axis=1, keepdims=True) * 1e-2) % 1.0
    y = (turned < chance[:, np.newaxis]).astype(float)
    found = effects(cube, y)

    assert set(np.argsort(-found.strength)[:4]) == set(planted)
    assert np.count_nonzero(found.strength) <= 14


@pytest.mark.parametrize("values", [2, 3, 5, 16, 21])
def test_screening_tries_every_value_of_a_list(values: int) -> None:
    """Each trajectory steps between two of the values, and together they reach all; numbers beside
    the list stand where they stood without it."""
    cube = trajectories(4, lists=[0, values, 0, 0])
    listed = Factor("x", "", None, tuple(map(str, range(values))))
    steps = np.array(listed.texts(cube[:, 1])).reshape(-1, 5)

    assert set(steps.ravel()) == set(listed.levels)
    assert all(len(set(row)) == 2 for row in steps)
    assert np.array_equal(cube, trajectories(4, lists=[0, values, 0, 0]))
    others = [0, 2, 3]
    assert np.array_equal(cube[:, others], trajectories(4, len(steps))[:, others])


def test_a_list_of_which_one_value_acts_is_not_screened_out() -> None:
    """Of a list of five only the third moves the outcome; it comes before twenty numbers that move
    it a third as far over their whole range."""
    cube = trajectories(21, lists=[5] + [0] * 20)
    listed = Factor("x", "", None, ("a", "b", "c", "d", "e"))
    acts = np.array(listed.texts(cube[:, 0])) == "c"
    found = effects(cube, (acts + 0.3 * cube[:, 1:].sum(axis=1))[:, np.newaxis])

    assert np.argmax(found.strength) == 0


def test_luck_is_taken_off_the_strength_of_an_effect() -> None:
    """A hundred factors move nothing but luck: about half of the mean squares freed of it are
    below nought, and count as none."""
    cube = trajectories(100)
    y = np.random.default_rng(2).standard_normal((len(cube), 16))

    assert 35 <= np.count_nonzero(effects(cube, y).strength) <= 65
