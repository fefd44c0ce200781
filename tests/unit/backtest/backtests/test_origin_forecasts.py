"""Forecasts of one past day."""

from __future__ import annotations

from datetime import date

import numpy as np

from sim.backtest.act_questions import SEVEN
from sim.backtest.backtests.origin_forecasts import (
    NEVER,
    first_days,
    forecast_from,
    play,
    world_at,
)
from sim.backtest.conditioning.multipliers import SCALED, multipliers
from sim.engine.choice import SIMPY
from sim.experiment.inputs.as_of import replayed_world
from sim.history.act_table import acts_on_record
from sim.history.acts import ActType

ORIGIN = date(2019, 4, 30).toordinal()
HORIZONS = (5, 20)
N = 12


def test_the_world_of_a_day_is_conditioned_on_the_record_up_to_it() -> None:
    """Its rates are those of the scenario times the multipliers of the day."""
    # Fails if the rates are the central ones, or those of the whole record.
    world, usual = world_at(ORIGIN, HORIZONS), replayed_world(date.fromordinal(ORIGIN))
    factors = multipliers(acts_on_record(), ORIGIN)
    for kind in SCALED:
        for name in SCALED[kind]:
            expected = usual.parameters[name].value * factors[kind]
            assert world.parameters[name].value == expected
    assert world.until == ORIGIN + max(HORIZONS)


def test_chances_are_shares_of_runs_with_an_act_by_the_day() -> None:
    """They grow with the horizon, and are counted on the events of the same runs."""
    # Fails if days are counted from the first day of the run, or another type is read.
    found = forecast_from(ORIGIN, HORIZONS, N, 7, SIMPY)
    firsts = first_days(play(world_at(ORIGIN, HORIZONS), N, 7, SIMPY), N)
    for row, horizon in enumerate(HORIZONS):
        for place in range(len(SEVEN)):
            share = np.mean([first <= ORIGIN + horizon for first in firsts[place]])
            assert found.chances[row, place] == share
    assert (found.chances[1] >= found.chances[0]).all()
    assert found.duties.shape == (len(HORIZONS), 2, N)
    assert abs(found.levels[0] - 12.0) < 3.0


def test_a_run_without_an_act_has_no_first_day() -> None:
    """Truces are rare within five days."""
    # Fails if a missing act counts as one on the first day.
    firsts = first_days(play(world_at(ORIGIN, (5,)), N, 7, SIMPY), N)
    assert (firsts[SEVEN.index(ActType.TRUCE)] == NEVER).any()
