"""Declared parameters: which they are, and the normal scale of their priors."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sim.backtest.conditioning.declared import DECLARED, EDGE, Z_MOST, Scale, prior_of
from sim.backtest.conditioning.fitting import parameters_on
from sim.engine.world import PARAM_SLOTS
from sim.experiment.inputs.as_of import BASE
from sim.experiment.inputs.priors import quantile_of
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Parameter, Prior

LATE = date(2025, 10, 23).toordinal()


def parameter(
    value: float, prior: Prior | None, low: float | None, high: float | None
) -> Parameter:
    """A parameter of which only value, prior and range matter."""
    return Parameter("us.rate.hike", value, "1", "assumed", "", "", prior, low, high, "a test")


@pytest.mark.parametrize("day", [date(2018, 12, 31).toordinal(), LATE])
def test_every_declared_parameter_can_be_drawn(day: int) -> None:
    """Thirty-seven of them exist, once each, with a prior or a range, on early and late days."""
    # Fails if one is renamed, declared twice, or fixed by what was held of it before.
    known = parameters_on(day)
    assert len(DECLARED) == len(set(DECLARED)) == 37
    for name in DECLARED:
        assert name in PARAM_SLOTS
        assert known[name].prior is not None or known[name].low is not None, name


def test_scores_of_zero_are_medians() -> None:
    """Of every prior."""
    # Fails if the scale is of logarithms or of means, or columns change places.
    known = parameters_on(LATE)
    scale = Scale(known)
    found = scale.values(np.zeros(37))
    for name, value in zip(scale.names, found, strict=True):
        assert value == pytest.approx(quantile_of(name, prior_of(known[name]))(0.5)), name
    assert scale.values(np.zeros((2, 3, 37))).shape == (2, 3, 37)


def test_central_values_come_back() -> None:
    """The scores of central values are those values again, if these lie inside the priors."""
    # Fails if the inverse is of another distribution.
    scale = Scale(parameters_on(LATE))
    values = scale.values(scale.central())
    centre = [resolve(BASE).parameters[name].value for name in DECLARED]

    np.testing.assert_allclose(values, centre, rtol=1e-6, atol=1e-3)


def test_a_score_is_a_standard_normal_of_the_prior() -> None:
    """One standard deviation of a normal, one of the logarithm of a lognormal; cut off at four."""
    # Fails if scores are shares, or nothing is cut off.
    known = parameters_on(LATE)
    scale = Scale(known)
    hike = scale.names.index("us.rate.hike")
    effect = scale.names.index("us.threat.softened_effect")
    up = scale.values(np.ones(37))
    far = scale.values(np.full((2, 37), [[Z_MOST], [99.0]]))
    rate, shift = known["us.rate.hike"].prior, known["us.threat.softened_effect"].prior
    assert rate is not None
    assert shift is not None
    assert (rate.family, shift.family) == ("lognormal", "normal")

    assert up[hike] == pytest.approx(rate.a * np.exp(rate.b))
    assert up[effect] == pytest.approx(shift.a + shift.b)
    assert far[0].tobytes() == far[1].tobytes()
    assert np.isfinite(far).all()


def test_a_range_is_a_uniform_prior() -> None:
    """And a prior stands, whatever the range."""
    # Fails if a range wins, or its ends change places.
    told = Prior("beta", 2.0, 3.0)

    assert prior_of(parameter(0.3, None, 0.2, 0.9)) == Prior("uniform", 0.2, 0.9)
    assert prior_of(parameter(0.3, told, 0.2, 0.9)) is told


@pytest.mark.parametrize(("value", "share"), [(0.0, EDGE), (0.2, EDGE), (0.9, 1 - EDGE)])
def test_a_central_value_at_the_end_of_its_range_has_a_finite_score(
    value: float, share: float
) -> None:
    """It is taken to lie just inside."""
    # Fails if the score is infinite, or its sign is lost.
    from scipy.special import ndtri

    known = dict(parameters_on(LATE))
    known["us.rate.hike"] = parameter(value, None, 0.2, 0.9)
    scale = Scale(known)
    assert scale.central()[scale.names.index("us.rate.hike")] == pytest.approx(ndtri(share))
