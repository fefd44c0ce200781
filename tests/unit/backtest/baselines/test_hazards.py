"""Informed hazards: the mode of the posterior, its spread, and the pull of the priors."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.backtest.baselines.features import FEATURES, TRACES, ActHistory
from sim.backtest.baselines.hazards import (
    INTERCEPT,
    PRIORS,
    fit_hazards,
    fit_logit,
    probability_of,
)
from sim.history.act_table import acts_on_record
from sim.history.acts import FIRST_DAY, ActType
from sim.history.standing import standing_on_record
from sim.history.tariffs import LAST_DAY

WIDE = np.full(3, 100.0)


def test_without_data_the_posterior_is_the_prior() -> None:
    """Its mode and its variance."""
    mean, covariance = fit_logit(
        np.zeros((0, 2)), np.zeros(0), np.array([1.0, -2.0]), np.array([0.5, 2.0])
    )

    assert mean == pytest.approx([1.0, -2.0])
    assert covariance == pytest.approx(np.diag([0.25, 4.0]))


def test_one_share_has_its_log_odds_and_their_variance() -> None:
    """30 of 100 days under a flat prior: log(3/7), and 1/30 + 1/70."""
    y = (np.arange(100) < 30).astype(float)

    mean, covariance = fit_logit(np.ones((100, 1)), y, np.zeros(1), np.array([1e6]))

    assert mean[0] == pytest.approx(math.log(3 / 7), abs=1e-6)
    assert covariance[0, 0] == pytest.approx(1 / 30 + 1 / 70, rel=1e-6)


def test_the_mode_has_no_slope() -> None:
    """Of the log posterior, whose slope is written out here."""
    rng = np.random.default_rng(1)
    x, means = rng.normal(size=(200, 3)), np.array([0.5, -1.0, 0.0])
    spreads = np.array([1.0, 0.5, 2.0])
    y = (rng.random(200) < 0.1).astype(float)

    mode, _ = fit_logit(x, y, means, spreads)

    p = 1.0 / (1.0 + np.exp(-(x @ mode)))
    assert x.T @ (y - p) - (mode - means) / spreads**2 == pytest.approx(np.zeros(3), abs=1e-4)


def test_weights_are_recovered_from_what_they_make() -> None:
    """Within four standard deviations of the posterior, which with 20,000 days are below 0.1."""
    rng = np.random.default_rng(2)
    truth = np.array([-3.0, 1.0, -0.5])
    x = np.column_stack((np.ones(20_000), rng.normal(size=(20_000, 2))))
    y = (rng.random(20_000) < probability_of(x @ truth)).astype(float)

    mean, covariance = fit_logit(x, y, np.zeros(3), WIDE)

    errors = np.sqrt(np.diag(covariance))
    assert np.all(np.abs(mean - truth) < 4.0 * errors)
    assert errors.max() < 0.1


def test_perfect_separation_does_not_run_away() -> None:
    """The prior holds a weight that the data alone would send to infinity."""
    x = np.column_stack((np.ones(100), np.repeat([0.0, 1.0], 50)))

    mean, _ = fit_logit(x, x[:, 1], np.zeros(2), np.ones(2))

    assert 2.0 < mean[1] < 6.0


def test_every_feature_of_a_prior_is_a_feature_and_every_feature_is_used() -> None:
    """No name is misspelt, no trace is kept for nothing."""
    named = {name for prior in PRIORS.values() for name in prior}

    assert named == set(FEATURES)


def test_every_act_that_leaves_a_trace_has_a_hazard() -> None:
    """Or its trace would only fade in the futures that are played."""
    traced = {kind for kinds, _ in TRACES.values() for kind in kinds}

    assert traced <= set(PRIORS)


def test_a_record_of_nothing_keeps_to_the_priors() -> None:
    """Ten days without an act move no weight by more than a fiftieth of its prior's spread."""
    history = ActHistory.known((), (), FIRST_DAY, FIRST_DAY + 9)

    for kind, hazard in fit_hazards(history).items():
        assert hazard.mean[1:] == pytest.approx(list(PRIORS[kind].values()), abs=0.03)
        assert INTERCEPT - 0.3 < hazard.mean[0] < INTERCEPT


@pytest.mark.parametrize(
    ("kind", "name", "sign"),
    [
        (ActType.CN_HIKE, "US hike, 3 d", 1),
        (ActType.CN_HIKE, "agreement", -1),
        (ActType.US_HIKE, "deadline near", 1),
        (ActType.US_HIKE, "agreement", -1),
        (ActType.CONTACT, "forum season", 1),
        (ActType.CONTACT, "contact, 180 d", -1),
        (ActType.US_CONTROL, "US threat, 30 d", 1),
        (ActType.ROUND, "talks, 7 d", -1),
    ],
)
def test_weights_of_the_record_have_the_signs_that_the_pilot_study_found(
    kind: ActType, name: str, sign: int
) -> None:
    """Under priors so wide that they say nothing; the last two say nothing, or little, anyway."""
    history = ActHistory.known(acts_on_record(), standing_on_record(), FIRST_DAY, LAST_DAY)

    weights = fit_hazards(history, spread=10.0)[kind].mean

    assert sign * weights[1 + list(PRIORS[kind]).index(name)] > 0.3
