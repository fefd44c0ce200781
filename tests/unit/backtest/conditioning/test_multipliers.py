"""Multipliers of rates: gamma posteriors from what was expected and what came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sim.backtest.act_questions import act_days
from sim.backtest.conditioning import multipliers as module
from sim.backtest.conditioning.exposures import PLACES
from sim.backtest.conditioning.multipliers import (
    SCALED,
    SHAPE,
    conditioned,
    means_of_draws,
    multipliers,
    times,
)
from sim.experiment.inputs.as_of import BASE, replayed_world
from sim.experiment.inputs.priors import quantile_of
from sim.history.act_table import acts_on_record
from sim.history.acts import ActType
from sim.scenario.load import resolve
from sim.scenario.posterior import Posterior

ORIGIN = date(2019, 6, 30)


def test_a_multiplier_is_the_mean_of_a_gamma_posterior(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a hundredth of an act expected a day and no forgetting: prior and counts add up."""
    # Fails if the prior, the counts or the expectation enter otherwise.
    first = resolve(BASE).start
    days = ORIGIN.toordinal() - first + 1
    monkeypatch.setattr(
        module, "exposures", lambda acts, learned: np.full((days, len(PLACES)), 0.01)
    )
    found = multipliers(acts_on_record(), ORIGIN.toordinal(), np.inf)
    for kind in SCALED:
        told = np.sum(act_days(acts_on_record(), kind) <= ORIGIN.toordinal())
        assert found[kind] == pytest.approx((SHAPE + told) / (SHAPE + 0.01 * days))


def test_the_past_is_forgotten() -> None:
    """After four quiet years hikes are rarer than after a war, and threats too."""
    # Fails if days do not lose weight with age.
    war = multipliers(acts_on_record(), date(2019, 9, 1).toordinal())
    calm = multipliers(acts_on_record(), date(2024, 4, 1).toordinal())
    for kind in (ActType.US_HIKE, ActType.US_THREAT):
        assert calm[kind] < 0.5 * war[kind]


def test_what_comes_later_is_not_known() -> None:
    """A record cut at the origin, and one altered after it, give the same to the bit."""
    # Fails if acts after the day are counted.
    origin = ORIGIN.toordinal()
    acts = acts_on_record()
    cut = tuple(act for act in acts if act.day <= origin)
    altered = tuple(
        act if act.day <= origin else replace(act, type=ActType.US_HIKE, leg="s301", points_pp=1.0)
        for act in acts
    )
    assert multipliers(acts, origin) == multipliers(cut, origin) == multipliers(altered, origin)


def test_a_conditioned_world_has_the_rates_multiplied_and_nothing_else() -> None:
    """All parameters of a type by the same factor; the state is the same."""
    # Fails if a rate is left out, or another parameter is touched.
    world = replayed_world(ORIGIN)
    found = conditioned(world, {ActType.US_CONTROL: 0.5})
    assert found.state == world.state
    for name, parameter in world.parameters.items():
        factor = 0.5 if name in SCALED[ActType.US_CONTROL] else 1.0
        assert found.parameters[name].value == factor * parameter.value
        if parameter.prior is not None:
            usual, scaled = quantile_of(name, parameter.prior), found.parameters[name].prior
            assert scaled is not None
            assert quantile_of(name, scaled)(0.8) == pytest.approx(factor * usual(0.8))


def test_a_range_is_multiplied_at_both_ends() -> None:
    """Rates that the record has not shown yet are uniform over a range."""
    # Fails if only the lower end is multiplied, or the family is refused.
    parameter = replayed_world(ORIGIN).parameters["us.rate.tighten_tech"]
    assert parameter.prior is not None
    assert parameter.prior.family == "uniform"
    found = times(parameter, 3.0).prior
    assert found == replace(parameter.prior, a=3.0 * parameter.prior.a, b=3.0 * parameter.prior.b)


def test_a_posterior_is_multiplied_where_its_rates_are() -> None:
    """Each draw by the factor; what is no rate stays."""
    # Fails if draws keep their old rates under scaled priors, or all columns are scaled.
    world = replayed_world(ORIGIN)
    names = ("us.rate.hike", "us.weight.leverage")
    rows = tuple((float(k), 1.0 + k) for k in range(50))
    learned = replace(world, posterior=Posterior(names, rows, world.start, "r", "m"))
    found = conditioned(learned, {ActType.US_HIKE: 2.0}).posterior
    assert found is not None
    assert found.draws == tuple((2.0 * one, two) for one, two in rows)
    assert means_of_draws(found) == ((names[0], "49.0"), (names[1], "25.5"))


def test_expected_acts_are_those_of_the_posterior(monkeypatch: pytest.MonkeyPatch) -> None:
    """The means of its draws are what acts are expected at."""
    # Fails if multipliers correct central values, and the posterior is then scaled by them.
    asked: list[object] = []
    first = resolve(BASE).start

    def spied(acts: object, learned: object) -> np.ndarray:
        asked.append(learned)
        return np.full((ORIGIN.toordinal() - first + 1, len(PLACES)), 0.01)

    monkeypatch.setattr(module, "exposures", spied)
    posterior = Posterior(("us.rate.hike",), tuple((float(k),) for k in range(50)), 1, "r", "m")
    multipliers(acts_on_record(), ORIGIN.toordinal(), posterior=posterior)
    assert set(asked) == {(("us.rate.hike", "24.5"),)}
