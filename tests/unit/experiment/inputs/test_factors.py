"""Factors under a posterior: its quantiles in place of those of the prior."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.experiment.inputs.base import StudyBase
from sim.experiment.inputs.factors import read_factors, uncertain
from sim.scenario.load import resolve
from sim.scenario.posterior import Posterior
from sim.scenario.resolved_scenario import Resolved

ROWS = tuple((float(7 * k % 50), 0.5) for k in range(50))
NAMES = ("us.rate.hike", "cn.reply.probability")


@pytest.fixture
def world() -> Resolved:
    """A shipped scenario under a posterior of two parameters."""
    made = Posterior(NAMES, ROWS, 737000, "r", "m")
    return replace(resolve("october-2025-apec"), posterior=made)


def test_quantiles_are_those_of_the_draws(world: Resolved) -> None:
    """Half of them lie below the median; all come once over a fine grid."""
    # Fails if the prior is sampled, or draws are taken in the order of the file.
    (factor,) = (each for each in uncertain(world) if each.name == "us.rate.hike")
    shares = (np.arange(50) + 0.5) / 50.0

    assert factor.draws == tuple(map(float, range(50)))
    assert [float(text) for text in factor.texts(shares)] == list(range(50))
    assert factor.texts(np.array([0.0, 0.5, 0.999999, 1.0])) == ["0", "25", "49", "49"]
    assert factor.spread == "2 to 47"
    assert factor.number(factor.texts(np.array([0.5]))[0]) == 25.0


def test_all_that_is_learned_is_uncertain_and_the_rest_as_before(world: Resolved) -> None:
    """A learned parameter without a prior counts too; others keep their priors."""
    # Fails if only priors count, or attaching a posterior changes other factors.
    hike = replace(world.parameters["us.rate.hike"], prior=None)
    bare = replace(world, parameters={**world.parameters, "us.rate.hike": hike})
    before = {each.name: each for each in uncertain(replace(world, posterior=None))}
    after = {each.name: each for each in uncertain(bare)}

    assert after.keys() == before.keys()
    assert {name for name in after if after[name] != before[name]} == set(NAMES)
    assert all(after[name].draws and after[name].prior is None for name in NAMES)


def test_a_range_that_is_given_wins(monkeypatch: pytest.MonkeyPatch, world: Resolved) -> None:
    """As typed; a name alone is sampled from the posterior."""
    # Fails if a user's range is overridden.
    monkeypatch.setattr(StudyBase, "resolved", lambda self, sets=(): world)
    base = StudyBase("october-2025-apec")
    alone, given = (read_factors([text], base)[0] for text in ("us.rate.hike", "us.rate.hike=1..3"))
    assert alone.draws
    assert given.draws == ()
    assert given.texts(np.array([0.5])) == ["2"]


def test_a_factor_without_draws_has_its_prior() -> None:
    """As without a posterior."""
    # Fails if an empty list of draws is sampled.
    (factor,) = read_factors(["us.rate.hike"], StudyBase("october-2025-apec"))
    prior = resolve("october-2025-apec").parameters["us.rate.hike"].prior
    assert prior is not None
    assert float(factor.texts(np.array([0.5]))[0]) == pytest.approx(prior.a)
