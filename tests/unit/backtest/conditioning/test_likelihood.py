"""Likelihood: Bernoulli days and meetings, and floors integrated out, by hand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from sim.backtest.conditioning.channels import CHANNELS, PLACES
from sim.backtest.conditioning.evidence import Evidence
from sim.backtest.conditioning.likelihood import LEAST, MISREAD, Likelihood
from sim.engine import compiled_rates
from sim.engine.act_rates import N_RATES, ROUND, chosen
from sim.model.tables.codes import US
from sim.model.tables.fields import dtype_of, to_struct
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Act

RATE = "round.hazard_per_day"
FLOOR = (0.2, -0.1)
SPREAD = (0.3, 0.5)


def evidence(days: int, signed: tuple[bool, ...] = (), talks: tuple[int, ...] = ()) -> Evidence:
    """Evidence of days on which nothing came, with meetings on the first of them."""
    params = Params()
    params.reserve, params.reserve_spread = list(FLOOR), list(SPREAD)
    meetings = np.arange(len(signed))
    states = np.zeros(days, dtype_of(State))
    told = np.zeros((days, len(CHANNELS)))
    ranks = np.zeros(len(signed), np.int64)
    return Evidence(
        700000, states, to_struct(params), told, meetings, ranks, np.array(signed, bool),
        np.array(talks, np.int64),
    )  # fmt: skip


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Rates that are a parameter, and signatures that are logistic in the floors; what was asked
    of the latter."""
    asked: list[Any] = []

    def rates_of(states: Any, params: Any) -> Any:
        found = np.zeros((len(states), N_RATES))
        found[:, ROUND] = params["round_hazard_per_day"][0]
        found[:, chosen(US, Act.HIKE)] = found[:, chosen(US, Act.REVOKE_PNTR)] = 0.05
        return found

    def signings_of(states: Any, ranks: Any, floors: Any, params: Any) -> Any:
        asked.append(floors)
        return np.tile(odds_at(floors), (len(states), 1))

    monkeypatch.setattr(compiled_rates, "rates_of", rates_of)
    monkeypatch.setattr(compiled_rates, "signings_of", signings_of)
    return asked


def odds_at(floors: Any) -> Any:
    """The made-up probability of a signature."""
    return 1.0 / (1.0 + np.exp(2.0 * floors[..., 0] + floors[..., 1]))


def test_days_are_bernoulli_trials(made_up: list[Any]) -> None:
    """Ten days, three rounds and a hike: their probabilities multiplied, and those of silence."""
    # Fails if silence costs nothing, the rates of a channel do not add up, or a floor of
    # probability is missing in the other channels.
    seen = evidence(10)
    seen.told[[1, 4, 7], PLACES["round of talks"]] = 1.0
    seen.told[2, PLACES["US hike unasked"]] = 1.0
    fit = Likelihood(seen, [RATE]).fit(np.array([0.2]))
    expected = 3 * np.log(0.2) + 7 * np.log(0.8) + np.log(0.1) + 9 * np.log(0.9)
    expected += (len(CHANNELS) - 2) * 10 * np.log1p(-LEAST)

    assert fit.log_likelihood == pytest.approx(expected)
    assert fit.rates[:, PLACES["round of talks"]] == pytest.approx([0.2] * 10)
    assert fit.rates[:, PLACES["US hike unasked"]] == pytest.approx([0.1] * 10)
    assert len(fit.signed) == 0


def test_an_act_that_the_model_rules_out_is_rare_and_not_impossible(made_up: list[Any]) -> None:
    """And one that it is sure of may stay away."""
    # Fails if a single day decides everything.
    seen = evidence(1)
    seen.told[0, PLACES["US threat"]] = 1.0
    fit = Likelihood(seen, [RATE]).fit(np.array([1.0]))
    expected = np.log(LEAST) + np.log(LEAST) + np.log(0.9)
    expected += (len(CHANNELS) - 3) * np.log1p(-LEAST)

    assert fit.log_likelihood == pytest.approx(expected)


def test_floors_are_integrated_out_by_negotiation(made_up: list[Any]) -> None:
    """Nine Gauss-Hermite nodes by hand: a negotiation of three meetings, and one of one."""
    # Fails if floors are drawn anew for each meeting, weights are not normalised, or a side's
    # spread is the other's.
    signed, talks = (False, False, True, False), (0, 0, 0, 1)
    quiet = Likelihood(evidence(4), [RATE]).fit(np.array([0.1])).log_likelihood
    fit = Likelihood(evidence(4, signed, talks), [RATE]).fit(np.array([0.1]))
    nodes = (-np.sqrt(3.0), 0.0, np.sqrt(3.0))
    weights = (1.0 / 6.0, 2.0 / 3.0, 1.0 / 6.0)
    first = second = mean = 0.0
    for one, w_us in zip(nodes, weights, strict=True):
        for two, w_cn in zip(nodes, weights, strict=True):
            floors = np.array([FLOOR[0] + SPREAD[0] * one, FLOOR[1] + SPREAD[1] * two])
            p = 0.5 * MISREAD + (1.0 - MISREAD) * odds_at(floors)
            first += w_us * w_cn * (1.0 - p) ** 2 * p
            second += w_us * w_cn * (1.0 - p)
            mean += w_us * w_cn * p

    assert fit.log_likelihood - quiet == pytest.approx(np.log(first) + np.log(second))
    assert fit.signed == pytest.approx([mean] * 4)
    assert made_up[-1].shape == (9, 2)


def test_three_nodes_are_near_the_integral(made_up: list[Any]) -> None:
    """Against a hundred thousand draws of both floors, within four standard errors and a
    thousandth."""
    # Fails if nodes are those of another weight function.
    fit = Likelihood(evidence(1, (True,), (0,)), [RATE]).fit(np.array([0.1]))
    luck = np.random.default_rng(3).standard_normal((100_000, 2))
    odds = 0.5 * MISREAD + (1.0 - MISREAD) * odds_at(np.array(FLOOR) + luck * np.array(SPREAD))
    error = odds.std() / np.sqrt(len(odds))

    assert abs(fit.signed[0] - odds.mean()) <= 4.0 * error + 0.001


def test_parameters_that_vary_are_set_and_no_other(made_up: list[Any]) -> None:
    """In a copy: the next set starts from the central values again."""
    # Fails if a slot is mixed up, or sets leak into each other.
    seen = evidence(1)
    likelihood = Likelihood(seen, ["cn.bargain.aspiration", RATE])
    before = seen.params.tobytes()
    found = likelihood.params(np.array([0.7, 0.3]))
    usual = seen.params

    assert found["round_hazard_per_day"][0] == 0.3
    assert seen.params.tobytes() == before
    changed = [n for n in found.dtype.names if found[n].tobytes() != usual[n].tobytes()]
    assert len(changed) == 2
    assert "round_hazard_per_day" in changed


def test_a_crew_gives_what_one_gives(made_up: list[Any]) -> None:
    """In the order asked for."""
    # Fails if threads share a state, or answers change places.
    seen = evidence(5, (True,), (0,))
    likelihood = Likelihood(seen, [RATE])
    values = np.linspace(0.05, 0.9, 20)[:, None]
    with ThreadPoolExecutor(4) as crew:
        found = [fit.log_likelihood for fit in likelihood.fits(values, crew)]

    assert found == [likelihood.fit(each).log_likelihood for each in values]
    assert len(set(found)) == 20
