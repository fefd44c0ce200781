"""Priors: every family's inverse, common ignorance, and parameters that are fixed."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import toy_engine
from scipy import stats as reference
from scipy.special import ndtri

from sim.engine.draws import uniform
from sim.errors import UsageError
from sim.experiment.inputs import priors
from sim.experiment.inputs.priors import (
    Priors,
    draw,
    inverse_cdf,
    parameter_sets,
    parameter_vector,
    stream,
)
from sim.scenario.posterior import Posterior
from sim.scenario.resolved_scenario import Prior, Resolved

UNIFORMS = (1e-9, 0.03, 0.5, 0.8, 1.0 - 1e-9)


@pytest.mark.parametrize("u", UNIFORMS)
@pytest.mark.parametrize(
    ("prior", "known"),
    [
        (Prior("beta", 6.5, 9.5), reference.beta(6.5, 9.5)),
        (Prior("normal", 1.5, 0.7), reference.norm(1.5, 0.7)),
        (Prior("lognormal", 0.06, 0.4), reference.lognorm(0.4, scale=0.06)),
        (Prior("gamma", 3.0, 2.0), reference.gamma(3.0, scale=1.0 / 2.0)),
        (Prior("uniform", 2.0, 5.0), reference.uniform(2.0, 3.0)),
        (Prior("uniform", 0.0, 0.0, 2.0, 5.0), reference.uniform(2.0, 3.0)),
        (Prior("normal", 1.0, 2.0, 0.0, 2.5), reference.truncnorm(-0.5, 0.75, 1.0, 2.0)),
    ],
)
def test_families_invert_their_distribution_function(prior: Prior, known: object, u: float) -> None:
    """Each family agrees with scipy's quantile, truncation included."""
    assert inverse_cdf(prior, u) == pytest.approx(known.ppf(u), rel=1e-9)  # type: ignore[attr-defined]


def test_a_truncated_prior_stays_inside() -> None:
    """No uniform leads outside the limits, whatever rounding does."""
    prior = Prior("normal", 0.0, 1.0, 0.5, 0.75)

    assert all(0.5 <= inverse_cdf(prior, u) <= 0.75 for u in UNIFORMS)


def test_an_unknown_family_is_refused_with_a_hint() -> None:
    """A family that does not exist is named, with the ones that do."""
    with pytest.raises(UsageError, match=r"betta.*did you mean beta"):
        inverse_cdf(Prior("betta", 1.0, 1.0), 0.5)


def test_streams_of_parameters_lie_above_those_of_events() -> None:
    """Stream numbers are stable, apart from each other and from 2**31 on."""
    assert stream("us.hawks.influence") == 3142677803
    assert stream("us.hawks.influence") != stream("us.hawks.influenc")
    assert all(2**31 <= stream(str(i)) < 2**32 for i in range(1000))


def test_a_value_is_its_prior_at_the_uniform_of_its_name() -> None:
    """Vector v, parameter p: the inverse at uniform(seed, v, 0, stream(p), 0)."""
    vector = parameter_vector(toy_engine.scenario(mu=2.0), 7, 3)

    u = uniform(7, 3, 0, stream("mu"), 0)

    assert vector == {"mu": inverse_cdf(Prior("normal", 2.0, 0.5), u)}


def test_fixing_one_parameter_leaves_the_others_where_they_were() -> None:
    """A parameter without a prior is not drawn, and shifts no other draw."""
    several = toy_engine.scenario()
    for name in ("a", "b", "c"):
        several.parameters[name] = toy_engine.parameter(name, 0.0, Prior("uniform", 0.0, 1.0))

    free = parameter_vector(several, 1, 0)
    held = parameter_vector(toy_engine.fixed(several, "a"), 1, 0)

    assert held == {name: value for name, value in free.items() if name != "a"}
    assert len(held) == 3


def test_runs_of_a_vector_get_one_object() -> None:
    """Replicates 5 to 11 in groups of 4 hold vectors 1, 1, 1, 2, 2, 2, 2."""
    sets = list(parameter_sets(toy_engine.scenario(), 1, 5, 7, 4))

    assert [s is sets[0] for s in sets] == [True] * 3 + [False] * 4
    assert sets[0] == parameter_vector(toy_engine.scenario(), 1, 1)
    assert sets[-1] == parameter_vector(toy_engine.scenario(), 1, 2)


def test_counts_of_days_are_drawn_whole_and_evenly() -> None:
    """A whole-number parameter takes every value of a uniform prior equally often."""
    assert priors._is_whole("truce.length_days")

    drawn = [
        draw("truce.length_days", Prior("uniform", 1, 7), u) for u in np.arange(0.005, 1, 0.01)
    ]

    values, counts = np.unique(drawn, return_counts=True)
    assert list(values) == [1, 2, 3, 4, 5, 6, 7]
    assert max(counts) - min(counts) <= 1
    assert draw("truce.length_days", Prior("normal", 90.0, 1.0), 0.6) == 90.0


EVERY_FAMILY = (
    Prior("beta", 6.5, 9.5),
    Prior("gamma", 3.0, 2.0, 0.1),
    Prior("lognormal", 0.06, 0.4),
    Prior("normal", 1.0, 2.0, 0.0, 2.5),
    Prior("uniform", 2.0, 5.0),
)


def test_many_vectors_are_drawn_as_one_is() -> None:
    """Vectors drawn together have the bytes of each drawn alone, and those of `math`."""
    # Fails if ranges, which are drawn all at once, are rounded otherwise, or if numpy's exp or log
    # is used, which may differ from that of `math` in the last bit.
    world = toy_engine.scenario()
    for prior in EVERY_FAMILY:
        world.parameters[prior.family] = toy_engine.parameter(prior.family, 0.0, prior)
    world.parameters["truce.length_days"] = toy_engine.parameter(
        "truce.length_days", 3.0, Prior("uniform", 1.0, 7.0)
    )
    together = parameter_sets(world, 7, 0, 1000, 1)

    for vector, values in enumerate(together):
        assert values == parameter_vector(world, 7, vector)
    for vector, values in enumerate(together):
        u = uniform(7, vector, 0, stream("lognormal"), 0)
        assert values["lognormal"] == 0.06 * math.exp(0.0 + 0.4 * float(ndtri(u)))
        u = uniform(7, vector, 0, stream("uniform"), 0)
        assert values["uniform"] == 2.0 + u * 3.0


ROWS = tuple((float(k), 10.0 + k) for k in range(50))


def learned(*names: str) -> Resolved:
    """A toy scenario of four uncertain parameters, some of which have a posterior."""
    several = toy_engine.scenario()
    for name in ("a", "b", "c"):
        several.parameters[name] = toy_engine.parameter(name, 0.0, Prior("uniform", 0.0, 1.0))
    rows = tuple(row[: len(names)] for row in ROWS)
    return replace(several, posterior=Posterior(names, rows, 737000, "r", "m") if names else None)


def test_draws_of_a_posterior_each_come_once_before_any_comes_again() -> None:
    """Fifty vectors have all fifty rows, the fifty-first the first again; rows stay whole."""
    # Fails if rows are drawn with replacement, or each parameter has a row of its own.
    world = learned("a", "b")
    vectors = [parameter_vector(world, 7, vector) for vector in range(51)]

    assert sorted((v["a"], v["b"]) for v in vectors[:50]) == list(ROWS)
    assert {k: vectors[50][k] for k in ("a", "b")} == {k: vectors[0][k] for k in ("a", "b")}


def test_the_first_draw_is_of_the_seed() -> None:
    """Two hundred seeds begin nearly everywhere; a seed begins where it did."""
    # Fails if all seeds begin at the first row, or luck is global.
    world = learned("a")
    starts = [parameter_vector(world, seed, 0)["a"] for seed in range(200)]

    assert len(set(starts)) > 40
    assert starts == [parameter_vector(world, seed, 0)["a"] for seed in range(200)]


def test_a_posterior_leaves_all_other_draws_where_they_were() -> None:
    """Parameters it does not name are drawn as without it, by the bit."""
    # Fails if streams are numbered by place.
    for vector in range(5):
        before = parameter_vector(learned(), 7, vector)
        after = parameter_vector(learned("b"), 7, vector)
        assert after.keys() == before.keys()
        assert {k for k in after if after[k] != before[k]} == {"b"}
    assert Priors(learned("b")).names == tuple(n for n in Priors(learned()).names if n != "b")


def test_a_learned_parameter_needs_no_prior() -> None:
    """It is drawn all the same."""
    # Fails if only parameters with priors are drawn.
    world = toy_engine.fixed(learned("a"), "a")
    assert parameter_vector(world, 7, 0)["a"] in {row[0] for row in ROWS}
