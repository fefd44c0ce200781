"""Forecasts of one past day: the world replayed up to it, played on, and read off at horizons."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from sim.backtest import phase_one
from sim.backtest.act_questions import SEVEN
from sim.backtest.conditioning.multipliers import conditioned, multipliers
from sim.backtest.counts import EVENTS, happens
from sim.engine.blocks import Block
from sim.engine.choice import COMPILED, SIMPY
from sim.engine.world import opening
from sim.errors import RunFailure
from sim.experiment.inputs.as_of import replayed_world
from sim.experiment.inputs.modes import FIXED
from sim.experiment.inputs.priors import parameter_sets
from sim.experiment.outcomes.event_days import kind_of
from sim.experiment.stats.intervals import Floats, Labels
from sim.history.act_table import acts_on_record
from sim.model.duties.layers import average_pct
from sim.model.tables.codes import CN, US
from sim.scenario.posterior import Posterior
from sim.scenario.resolved_scenario import Resolved

DUTIES: Final = ("us_avg_pct", "cn_avg_pct")
"""Levels that are forecast, by the names of their outcomes: of Washington, then of Beijing."""

NEVER: Final = np.iinfo(np.int64).max


FAILING_SHARE: Final = 0.01
"""Share of the runs of a forecast that may fail and be left out."""

PER_VECTOR: Final = 4
"""Runs that share a draw of the parameters: few, because forecasts mix luck and ignorance."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Variant of the model that makes forecasts.

    Attributes:
        mode: How parameters are drawn, one of `modes.MODES`.
        posterior: The posterior to draw from, learned before the day of the forecast; None unless
            the mode is `posterior`.
        coding: When Phase One ended, one of `phase_one.CODINGS`.
    """

    mode: str = FIXED
    posterior: Posterior | None = None
    coding: str = phase_one.ENDED


@dataclass(frozen=True, slots=True)
class OriginForecast:
    """What the model says on a day.

    Attributes:
        origin: The day, an ordinal.
        horizons: Days from it.
        chances: Probability that an act of each type of `SEVEN` comes within each horizon, shape
            (horizons, types); 0 and 1 are possible.
        levels: Levels of `DUTIES` on the evening of the day, as replayed, shape (levels,).
        duties: Members of the forecast of each level at each horizon, shape (horizons, levels,
            runs that did not fail).
    """

    origin: int
    horizons: tuple[int, ...]
    chances: Floats
    levels: Floats
    duties: Floats


def world_at(origin: int, horizons: Sequence[int], variant: Variant) -> Resolved:
    """Returns the world as of a day, its rates conditioned on the record up to it.

    Args:
        origin: The day, an ordinal.
        horizons: Days from it, in order.
        variant: Variant of the model.
    """
    day = date.fromordinal(origin)
    ends = [day + timedelta(days=each) for each in horizons]
    changes = phase_one.changes(variant.coding)
    world = replayed_world(day, until=max(ends), at=ends, before=changes)
    world = replace(world, posterior=variant.posterior)
    acts, posterior = acts_on_record(), variant.posterior
    return conditioned(world, multipliers(acts, origin, posterior=posterior, sets=changes))


def forecast_from(
    origin: int, horizons: Sequence[int], n: int, seed: int, variant: Variant, engine: str
) -> OriginForecast:
    """Returns the forecasts of a day, from `n` runs, less the few that may fail.

    Args:
        origin: The day, an ordinal.
        horizons: Days from it, in order.
        n: Number of runs.
        seed: Seed of their luck.
        variant: Variant of the model.
        engine: `simpy` or `compiled`; the results are the same.

    Raises:
        RunFailure: More than `FAILING_SHARE` of the runs failed.
    """
    world = world_at(origin, horizons, variant)
    block = play(world, n, seed, variant, engine)
    check_enough(block)
    done = block.finished
    firsts = [first[done] for first in first_days(block, n)]
    chances = [[np.mean(first <= origin + each) for first in firsts] for each in horizons]
    names = [date.fromordinal(origin + each).isoformat() for each in horizons]
    duties = [[block.values[f"{duty}@{name}"][done] for duty in DUTIES] for name in names]
    params, state = opening(world, None)
    levels = [average_pct(state, params, side) for side in (US, CN)]
    return OriginForecast(
        origin, tuple(horizons), np.array(chances), np.array(levels), np.array(duties)
    )


def play(world: Resolved, n: int, seed: int, variant: Variant, engine: str) -> Block:
    """Returns the runs of a world, with their events."""
    sets = None
    if variant.mode != FIXED:
        sets = parameter_sets(world, seed, 0, n, PER_VECTOR)
    if engine == COMPILED:
        from sim.engine import compiled_loop

        return compiled_loop.run_block(world, seed, 0, n, sets, events=True)
    assert engine == SIMPY
    from sim.engine import simpy_loop

    return simpy_loop.run_block(world, seed, 0, n, sets, events=True)


def fewest_runs(n: int) -> int:
    """Returns how many of `n` runs a forecast must have, the others having failed."""
    return math.ceil((1.0 - FAILING_SHARE) * n)


def check_enough(block: Block) -> None:
    """Checks that nearly all runs finished.

    Raises:
        RunFailure: More than `FAILING_SHARE` of them did not, so that the rest may not stand for
            all.
    """
    n, failed = block.count, len(block.failures)
    if n - failed < fewest_runs(n):
        first = block.failures[0]
        raise RunFailure(
            f"{failed} of {n} runs failed, more than {FAILING_SHARE:.0%}; the first is run "
            f"{first.replicate}: {first.message}"
        )


def first_days(block: Block, n: int) -> list[Labels]:
    """Returns the day of the first act of each type of `SEVEN` in each run; `NEVER` if there is
    none."""
    events = block.events
    assert events is not None
    found = []
    for kind in SEVEN:
        acts = events[happens(events, map(kind_of, EVENTS[kind]))]
        first = np.full(n, NEVER)
        np.minimum.at(first, acts["replicate"], acts["day"])
        found.append(first)
    return found
