"""Forecasts of one past day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sim.backtest.act_questions import SEVEN
from sim.backtest.backtests import origin_forecasts
from sim.backtest.backtests.origin_forecasts import (
    DUTIES,
    NEVER,
    PER_VECTOR,
    Variant,
    first_days,
    forecast_from,
    play,
    world_at,
)
from sim.backtest.conditioning.multipliers import SCALED, multipliers
from sim.engine import simpy_loop
from sim.engine.blocks import Block, Failure
from sim.engine.choice import SIMPY
from sim.engine.parameter_sets import ParameterSets
from sim.errors import RunFailure
from sim.experiment.inputs.as_of import replayed_world
from sim.experiment.inputs.modes import FIXED, POSTERIOR, PRIOR
from sim.history.act_table import acts_on_record
from sim.history.acts import ActType
from sim.scenario.posterior import Posterior

ORIGIN = date(2019, 4, 30).toordinal()
HORIZONS = (5, 20)
N = 12


def test_the_world_of_a_day_is_conditioned_on_the_record_up_to_it() -> None:
    """Its rates are those of the scenario times the multipliers of the day."""
    # Fails if the rates are the central ones, or those of the whole record.
    world, usual = world_at(ORIGIN, HORIZONS, Variant()), replayed_world(date.fromordinal(ORIGIN))
    factors = multipliers(acts_on_record(), ORIGIN)
    for kind in SCALED:
        for name in SCALED[kind]:
            expected = usual.parameters[name].value * factors[kind]
            assert world.parameters[name].value == expected
    assert world.until == ORIGIN + max(HORIZONS)


def test_chances_are_shares_of_runs_with_an_act_by_the_day() -> None:
    """They grow with the horizon, and are counted on the events of the same runs."""
    # Fails if days are counted from the first day of the run, or another type is read.
    found = forecast_from(ORIGIN, HORIZONS, N, 7, Variant(), SIMPY)
    firsts = first_days(play(world_at(ORIGIN, HORIZONS, Variant()), N, 7, Variant(), SIMPY), N)
    for row, horizon in enumerate(HORIZONS):
        for place in range(len(SEVEN)):
            share = np.mean([first <= ORIGIN + horizon for first in firsts[place]])
            assert found.chances[row, place] == share
    assert (found.chances[1] >= found.chances[0]).all()
    assert found.duties.shape == (len(HORIZONS), 2, N)
    assert abs(found.levels[0] - 12.0) < 3.0


def failing(block: Block, count: int) -> Block:
    """Returns the runs with the first of them failed."""
    why = (Failure(place, "running", "RunFailure", "too much announced") for place in range(count))
    return replace(block, failures=tuple(why))


def test_a_run_that_fails_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """One in a hundred may; chances and duties are those of the others."""
    # Fails if the gaps of a failed run enter the members of a forecast, or its acts a share.
    n = 100
    world = world_at(ORIGIN, HORIZONS, Variant())
    block = play(world, n, 7, Variant(), SIMPY)
    monkeypatch.setattr(origin_forecasts, "play", lambda *_: failing(block, 1))
    found = forecast_from(ORIGIN, HORIZONS, n, 7, Variant(), SIMPY)
    assert found.duties.shape == (len(HORIZONS), 2, n - 1)
    name = f"{DUTIES[0]}@{date.fromordinal(ORIGIN + HORIZONS[0])}"
    assert found.duties[0, 0].tolist() == block.values[name][1:].tolist()
    first = first_days(block, n)[0][1:]
    assert found.chances[1, 0] == np.mean(first <= ORIGIN + HORIZONS[1])


def test_forecasts_of_runs_that_often_fail_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two in a hundred are too many: those left need not stand for all."""
    # Fails if failures are passed over in silence.
    block = play(world_at(ORIGIN, HORIZONS, Variant()), N, 7, Variant(), SIMPY)
    monkeypatch.setattr(origin_forecasts, "play", lambda *_: failing(block, 1))
    with pytest.raises(RunFailure, match=r"1 of 12 runs failed, more than 1%.*too much announced"):
        forecast_from(ORIGIN, HORIZONS, N, 7, Variant(), SIMPY)


def test_a_run_without_an_act_has_no_first_day() -> None:
    """Truces are rare within five days."""
    # Fails if a missing act counts as one on the first day.
    firsts = first_days(play(world_at(ORIGIN, (5,), Variant()), N, 7, Variant(), SIMPY), N)
    assert (firsts[SEVEN.index(ActType.TRUCE)] == NEVER).any()


def test_runs_under_a_posterior_have_its_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every four share one, its rates multiplied as those of the world are."""
    # Fails if the posterior is left at the door, or is drawn at the rates of another day.
    rows = tuple((10.0 + k, 0.01 * k) for k in range(50))
    names = ("us.rate.hike", "cn.reply.probability")
    variant = Variant(POSTERIOR, Posterior(names, rows, ORIGIN, "r", "m"))
    factors = multipliers(acts_on_record(), ORIGIN, posterior=variant.posterior)
    seen: list[tuple[float, float]] = []

    def spied(world: object, seed: int, first: int, n: int, sets: object, **more: object) -> object:
        seen.extend((each[names[0]], each[names[1]]) for each in sets)  # type: ignore[attr-defined]

    monkeypatch.setattr(simpy_loop, "run_block", spied)
    play(world_at(ORIGIN, HORIZONS, variant), N, 7, variant, SIMPY)

    assert len(set(seen)) == N // PER_VECTOR
    factor = factors[ActType.US_HIKE]
    assert set(seen) <= {(factor * one, two) for one, two in rows}


def test_a_variant_at_central_values_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """And one with priors does."""
    # Fails if the mode is not looked at.
    asked: list[object] = []

    def spied(world: object, seed: int, first: int, n: int, sets: object, **more: object) -> None:
        asked.append(sets)

    monkeypatch.setattr(simpy_loop, "run_block", spied)
    world = world_at(ORIGIN, HORIZONS, Variant())
    for mode in (FIXED, PRIOR):
        play(world, N, 7, Variant(mode), SIMPY)

    assert asked[0] is None
    assert isinstance(asked[1], ParameterSets)
    assert len(asked[1]) == N
