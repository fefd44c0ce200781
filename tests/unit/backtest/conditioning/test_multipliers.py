"""Multipliers of rates: gamma posteriors from what was expected and what came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sim.backtest.act_questions import act_days
from sim.backtest.conditioning import multipliers as module
from sim.backtest.conditioning.exposures import PLACES
from sim.backtest.conditioning.multipliers import SCALED, SHAPE, conditioned, multipliers
from sim.experiment.inputs.as_of import BASE, replayed_world
from sim.history.act_table import acts_on_record
from sim.history.acts import ActType
from sim.scenario.load import resolve

ORIGIN = date(2019, 6, 30)


def test_a_multiplier_is_the_mean_of_a_gamma_posterior(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a hundredth of an act expected a day and no forgetting: prior and counts add up."""
    # Fails if the prior, the counts or the expectation enter otherwise.
    first = resolve(BASE).start
    days = ORIGIN.toordinal() - first + 1
    monkeypatch.setattr(module, "exposures", lambda acts: np.full((days, len(PLACES)), 0.01))
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
