"""Fitting: what is put together to a posterior, on a likelihood of one parameter."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.backtest.conditioning.channels import CHANNELS, PLACES
from sim.backtest.conditioning.declared import DECLARED
from sim.backtest.conditioning.fitting import (
    DIGITS,
    TELLING,
    Fitted,
    Learned,
    fit_posterior,
    parameters_on,
    record_hash,
)
from sim.engine import compiled_rates
from sim.engine.act_rates import N_RATES, ROUND
from sim.experiment.inputs.as_of import BASE, last_day_of
from sim.history.act_table import acts_on_record
from sim.history.acts import ActType, RecordedAct
from sim.history.places import data_root
from sim.scenario.load import resolve
from sim.scenario.posterior import SHIPPED, posterior_text, read_posterior, shipped_posterior

RATE = "round.hazard_per_day"
PARTICLES = 400
FIRST = resolve(BASE).start
UNTIL = FIRST + 399
DAYS = 400
ROUNDS = tuple(range(3, 400, 12))


def rates_of(states: Any, params: Any) -> Any:
    """Made-up rates: of rounds alone, a parameter on every day."""
    found = np.zeros((len(states), N_RATES))
    found[:, ROUND] = params["round_hazard_per_day"][0]
    return found


def signings_of(states: Any, ranks: Any, floors: Any, params: Any) -> Any:
    """Made-up probabilities of a signature."""
    return np.full((len(states), len(floors)), 0.5)


def fit(seed: int, workers: int) -> Fitted:
    """The posterior of a record of rounds."""
    acts = [
        RecordedAct(FIRST + day, ActType.ROUND, "a round", None, True, "test", "high", "round")
        for day in ROUNDS
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled_rates, "rates_of", rates_of)
        patch.setattr(compiled_rates, "signings_of", signings_of)
        return fit_posterior(acts, UNTIL, particles=PARTICLES, seed=seed, workers=workers)


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    """The posterior of that record, by one thread."""
    return fit(3, 1)


def test_a_rate_is_learned_and_nothing_else(fitted: Fitted) -> None:
    """Its posterior is that of a grid; all others are their priors, within Monte Carlo error."""
    # Fails if the prior counts twice, columns are mixed up, or draws are those of the proposal.
    prior = parameters_on(UNTIL)[RATE].prior
    assert prior is not None
    assert prior.family == "lognormal"
    scores = np.linspace(-4.0, 6.0, 20_001)
    rates = prior.a * np.exp(prior.b * scores)
    logs = len(ROUNDS) * np.log(rates) + (DAYS - len(ROUNDS)) * np.log1p(-rates) - scores**2 / 2
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    mean = float(weights @ scores)
    spread = float(np.sqrt(weights @ (scores - mean) ** 2))
    place = DECLARED.index(RATE)
    found = fitted.cloud.scores

    # The moves leave about a fifth as many independent particles.
    count = PARTICLES / 5.0
    assert abs(found[:, place].mean() - mean) <= 4.0 * spread / np.sqrt(count)
    assert abs(found[:, place].std() - spread) <= 4.0 * spread / np.sqrt(2.0 * count)
    others = np.delete(found, place, axis=1)
    assert (np.abs(others.mean(axis=0)) <= 4.5 / np.sqrt(count)).all()
    assert (np.abs(others.std(axis=0) - 1.0) <= 4.5 / np.sqrt(2.0 * count)).all()
    assert fitted.mode.converged
    assert fitted.mode.scores[place] == pytest.approx(scores[np.argmax(logs)], abs=0.2 * spread)


def test_what_is_told_is_what_was_learned(fitted: Fitted) -> None:
    """Means, intervals and spreads of the draws, acts before and after, and the gain."""
    # Fails if a summary is of another column, or before and after change places.
    place, rounds = DECLARED.index(RATE), PLACES["round of talks"]
    told = fitted.parameters[place]
    draws = np.array(fitted.posterior.draws)
    central = parameters_on(UNTIL)[RATE].value

    assert told.name == RATE
    assert told.central == pytest.approx(central)
    assert told.mean == pytest.approx(draws[:, place].mean(), rel=1e-4)
    assert told.interval == pytest.approx(np.percentile(draws[:, place], [5, 95]), rel=1e-4)
    assert told.prior[0] < told.central < told.prior[1]
    assert told.spread == pytest.approx(fitted.cloud.scores[:, place].std())
    assert told.is_told
    assert fitted.told[rounds] == len(ROUNDS) == fitted.told.sum()
    assert fitted.before[rounds] == pytest.approx(DAYS * central)
    assert fitted.before[rounds] < fitted.after[rounds] < len(ROUNDS) + 5
    assert len(fitted.after) == len(CHANNELS)
    assert fitted.gain > 1.0


def test_the_posterior_can_be_kept(fitted: Fitted, tmp_path: Path) -> None:
    """Its rows are the particles in parameters, to six digits; the sampler is plain numbers."""
    # Fails if the order of parameters is lost, or a number is none that JSON has.
    made = fitted.posterior
    path = tmp_path / "mine.json"
    path.write_text(posterior_text(made, "detente calibrate", fitted.sampler), "utf-8")

    assert read_posterior(path, "") == made
    assert made.names == DECLARED
    assert made.until == UNTIL
    assert all(value == float(f"{value:.{DIGITS}g}") for row in made.draws for value in row)
    assert fitted.sampler["particles"] == PARTICLES
    assert fitted.sampler["mode_found"] is True


def test_the_same_seed_gives_the_same_draws(fitted: Fitted) -> None:
    """Whatever the number of threads."""
    # Fails if threads share luck, or the seed is not passed on.
    assert fit(3, 4).posterior == fitted.posterior
    assert fit(4, 1).posterior != fitted.posterior


def test_parameters_are_as_they_were_judged_on_the_day() -> None:
    """Priors that rest on later acts are not used before these."""
    # Fails if a posterior of a backtest starts from priors that know the future.
    early = parameters_on(date(2018, 12, 31).toordinal())
    late = parameters_on(date(2025, 10, 23).toordinal())
    name = "cn.rate.tighten_rare_earths"

    assert early.keys() == late.keys()
    assert early[name].prior != late[name].prior
    assert late[name] == resolve(BASE).parameters[name]


def test_the_hash_of_a_record_is_that_of_what_was_known() -> None:
    """A later act changes nothing, an earlier one does."""
    # Fails if posteriors of one record have two hashes, or of two records one.
    acts, until = acts_on_record(), date(2020, 12, 31).toordinal()
    known = [act for act in acts if act.day <= until]

    assert record_hash(acts, until) == record_hash(known, until)
    assert record_hash(known[:-1], until) != record_hash(known, until)
    changed = [*known[:-1], replace(known[-1], event="something else")]
    assert record_hash(changed, until) != record_hash(known, until)
    assert len(record_hash(acts, until)) == 16


def test_a_parameter_is_told_if_its_spread_shrinks() -> None:
    """Below a share of its prior's."""
    # Fails if the comparison is turned round.
    made = Learned("x", 1.0, (0.0, 2.0), 1.0, (0.5, 1.5), TELLING - 0.01)
    assert made.is_told
    assert not replace(made, spread=TELLING).is_told


def test_the_shipped_posterior_is_that_of_the_shipped_record() -> None:
    """Learned from all of it, of the declared parameters, and well drawn."""
    # Fails if the record or the list of parameters changes and the file is not made anew, or if the
    # sampler did not reach what it should.
    shipped = shipped_posterior()
    acts = acts_on_record()
    assert shipped.until == last_day_of(acts)
    assert shipped.record == record_hash(acts, shipped.until)
    assert shipped.names == DECLARED
    sampler = json.loads((data_root() / SHIPPED).read_text("utf-8"))["sampler"]
    assert sampler["mode_found"]
    assert min(sampler["effective"]) >= 400.0
    assert sampler["rises"][-1] == 1.0


def test_plain_weights_of_the_shipped_posterior_could_be_trusted_alone() -> None:
    """Their tail is light enough."""
    sampler = json.loads((data_root() / SHIPPED).read_text("utf-8"))["sampler"]
    assert sampler["pareto_k"] < 0.7
