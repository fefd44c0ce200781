"""Finding the few parameters an effect goes with."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats as reference

from sim.experiment.stats.screening import FEWEST, screen

RNG = np.random.default_rng(4)
PARAMETERS = RNG.random((150, 60)).round(1)
EFFECT = RNG.normal(size=150).round(1)


def test_correlations_are_spearmans() -> None:
    """With ties on both sides the library's rank correlation comes out."""
    found = screen(PARAMETERS, EFFECT[:, None])

    known = [reference.spearmanr(column, EFFECT).statistic for column in PARAMETERS.T]
    assert found.correlations[:, 0] == pytest.approx(known)


def test_planted_parameters_pass_the_closest_first() -> None:
    """Two parameters that move the effect pass, the stronger first, and none beside them."""
    effect = EFFECT + 6.0 * PARAMETERS[:, 7] - 3.0 * PARAMETERS[:, 20]

    assert screen(PARAMETERS, effect[:, None]).passing(0) == [7, 20]


def test_a_vector_that_tells_nothing_is_left_out() -> None:
    """A missing effect changes no other rank."""
    some = EFFECT.copy()
    some[:50] = np.nan

    found = screen(PARAMETERS, some[:, None])

    known = reference.spearmanr(PARAMETERS[50:, 3], EFFECT[50:]).statistic
    assert found.correlations[3, 0] == pytest.approx(known, abs=0.06)


def test_what_does_not_vary_goes_with_nothing() -> None:
    """A fixed parameter and an effect that is always the same have no correlation."""
    parameters = PARAMETERS.copy()
    parameters[:, 0] = 1.0

    found = screen(parameters, np.stack((EFFECT, np.zeros(150)), axis=1))

    assert found.correlations[0, 0] == 0.0
    assert not found.correlations[:, 1].any()


def test_few_vectors_name_nothing() -> None:
    """Below the fewest vectors even a perfect correlation is not trusted."""
    few = PARAMETERS[: FEWEST - 1]

    assert screen(few, few[:, :1]).passing(0) == []
