"""The SimPy engine and the compiled one play the same runs, to the bit."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.engine import compiled_loop, simpy_loop
from sim.engine.parameter_sets import ParameterSets
from sim.experiment.inputs.priors import parameter_sets
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Resolved
from sim.scenario.shipped import names
from tests.unit.engine.alike import differences

SEED = 20251023
FEW = 100
MANY = 2000
PER_VECTOR = 20


def parted(
    resolved: Resolved, runs: int, sets: ParameterSets | None = None, seed: int = SEED
) -> list[str]:
    """Returns what differs between the engines over the first runs of a scenario."""
    readable = simpy_loop.run_block(resolved, seed, 0, runs, sets, events=True)
    bulk = compiled_loop.run_block(resolved, seed, 0, runs, sets, events=True)
    assert readable.events is not None
    assert len(readable.events) > 0
    return differences(readable, bulk)


def drawn(resolved: Resolved, mode: str, runs: int) -> ParameterSets | None:
    """Returns the parameters of runs in a mode."""
    return parameter_sets(resolved, SEED, 0, runs, PER_VECTOR) if mode == "prior" else None


@pytest.mark.parametrize("mode", ["fixed", "prior"])
@pytest.mark.parametrize("name", names())
def test_engines_agree_to_the_bit(name: str, mode: str) -> None:
    """Outcomes, paths, failures and events of 100 runs are the same bytes."""
    resolved = resolve(name)

    assert parted(resolved, FEW, drawn(resolved, mode, FEW)) == []


@pytest.mark.full
@pytest.mark.parametrize("mode", ["fixed", "prior"])
@pytest.mark.parametrize("name", names())
def test_engines_agree_to_the_bit_at_length(name: str, mode: str) -> None:
    """The same over 2,000 runs."""
    resolved = resolve(name)

    assert parted(resolved, MANY, drawn(resolved, mode, MANY)) == []


def test_no_event_of_a_long_run_is_lost() -> None:
    """Over seven years a run has more events than there is room for at first: the compiled engine
    makes more, and the two engines still agree on every event."""
    resolved = resolve("march-2025-escalation", until=date(2032, 3, 9))

    assert parted(resolved, 2) == []
    events = compiled_loop.run_block(resolved, SEED, 0, 2, events=True).events
    assert events is not None
    assert len(events) > 2 * compiled_loop.USUAL_EVENTS
    assert max(np.bincount(events["replicate"])) > 512
    assert events["day"].max() > date(2030, 9, 1).toordinal()


def test_a_last_bit_that_differs_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison fails if one engine's tension is off by its last bit on a single day."""
    resolved = resolve("october-2025-apec")
    real = simpy_loop.apply_day_end

    def nudged(state: Any, params: Any) -> None:
        real(state, params)
        if state.day == resolved.start + 20:
            state.tension = math.nextafter(state.tension, 1.0)

    monkeypatch.setattr(simpy_loop, "apply_day_end", nudged)

    assert "tension" in parted(resolved, 3)


def ranged(resolved: Resolved) -> dict[str, tuple[float, float]]:
    """Returns the parameters that have a range, with it."""
    return {
        name: (p.low, p.high)
        for name, p in resolved.parameters.items()
        if p.low is not None and p.high is not None and p.low < p.high
    }


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, dict[str, str], int]:
    """Draws a scenario, up to eight parameters changed within their ranges, and a seed."""
    name = draw(st.sampled_from(names()))
    ranges = ranged(resolve(name))
    chosen = draw(st.lists(st.sampled_from(sorted(ranges)), max_size=8, unique=True))
    whole = {name: p.value == int(p.value) for name, p in resolve(name).parameters.items()}
    sets = {}
    for key in chosen:
        low, high = ranges[key]
        value = draw(st.floats(low, high))
        sets[key] = str(round(value) if whole[key] and low <= round(value) <= high else value)
    return name, sets, draw(st.integers(0, 2**32 - 1))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changed())
def test_engines_agree_whatever_is_changed(change: tuple[str, dict[str, str], int]) -> None:
    """Other parameters and other luck part them no more than the shipped ones do."""
    name, sets, seed = change
    resolved = resolve(name, sets=tuple(sets.items()))

    assert parted(resolved, 3, seed=seed) == []
