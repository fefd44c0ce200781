"""Leaks: whatever comes after the origin, no baseline changes by a bit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np
import pytest

from sim.backtest.act_questions import SEVEN, act_days
from sim.backtest.baselines.chains import event_after_window, state_in_force
from sim.backtest.baselines.features import ActHistory
from sim.backtest.baselines.futures import informed_hazards
from sim.backtest.baselines.hawkes import self_exciting
from sim.backtest.baselines.levels import changed_level, last_level, past_levels
from sim.backtest.baselines.rates import climatology, drifting_rate, persistence
from sim.backtest.baselines.records import EventRecord, LevelRecord
from sim.history.act_table import acts_on_record
from sim.history.acts import FIRST_DAY, ActType, RecordedAct
from sim.history.standing import Spell, standing_on_record
from sim.history.tariffs import LAST_DAY, duty_steps

ORIGIN: Final = date(2025, 3, 31).toordinal()
"""On the eve of the war of April 2025: there is much to be known before its time."""

Forecast = Callable[[EventRecord, int], float]
BASELINES: Final[tuple[Forecast, ...]] = (
    persistence, climatology, drifting_rate, event_after_window, self_exciting,
)  # fmt: skip


def altered_acts() -> tuple[RecordedAct, ...]:
    """Returns the record with another future: no act of the real one, but one of each type a
    day."""
    past = [act for act in acts_on_record() if act.day <= ORIGIN]
    future = [
        RecordedAct(day, kind, "never", None, True, "nobody", "low")
        for day in range(ORIGIN + 1, LAST_DAY + 1)
        for kind in ActType
    ]
    return (*past, *future)


def altered_spells() -> tuple[Spell, ...]:
    """Returns the record of what stood with another future: what stands ends at once or never, and
    a pause begins."""
    past = [spell for spell in standing_on_record() if spell.day <= ORIGIN]
    changed = [
        replace(spell, until=ORIGIN + 1, end="dropped")
        if spell.until is None or spell.until > ORIGIN
        else spell
        for spell in past
    ]
    return (*changed, Spell(ORIGIN + 1, None, "pause", None, "", "never", "nobody", "low"))


@pytest.mark.parametrize("baseline", BASELINES, ids=lambda each: each.__name__)
def test_no_forecast_of_an_event_knows_what_comes(baseline: Forecast) -> None:
    """Of the seven questions, over three horizons."""
    for kind in SEVEN:
        one, two = (
            EventRecord.known(act_days(acts, kind), FIRST_DAY, ORIGIN)
            for acts in (acts_on_record(), altered_acts())
        )
        for horizon in (30, 90, 180):
            found = np.float64(baseline(one, horizon))
            assert found.tobytes() == np.float64(baseline(two, horizon)).tobytes()


@pytest.mark.parametrize("baseline", BASELINES, ids=lambda each: each.__name__)
def test_a_forecast_of_an_event_knows_what_came(baseline: Forecast) -> None:
    """So that the test above does not pass for nothing: the same change of the past is noticed."""
    days = act_days(acts_on_record(), ActType.US_HIKE)
    quiet = EventRecord.known(days[days < ORIGIN - 60], FIRST_DAY, ORIGIN)
    known = EventRecord.known(days, FIRST_DAY, ORIGIN)

    assert baseline(quiet, 30) != baseline(known, 30)


def test_the_informed_hazards_do_not_know_what_comes() -> None:
    """Neither acts nor how and when what stands will end."""
    one, two = (
        informed_hazards(ActHistory.known(acts, spells, FIRST_DAY, ORIGIN), 180, paths=50)
        for acts, spells in (
            (acts_on_record(), standing_on_record()),
            (altered_acts(), altered_spells()),
        )
    )

    assert {kind: each.tobytes() for kind, each in one.items()} == {
        kind: each.tobytes() for kind, each in two.items()
    }


@pytest.mark.parametrize("series", ["us_avg_pct", "cn_avg_pct"])
def test_no_forecast_of_a_level_knows_what_comes(series: str) -> None:
    """With every later step a hundred points higher."""
    steps = duty_steps(series)
    days = np.array([step.day for step in steps])
    values = np.array([step.value for step in steps])
    one, two = (
        LevelRecord.known(days, levels, ORIGIN)
        for levels in (values, np.where(days > ORIGIN, values + 100.0, values))
    )

    assert last_level(one).tobytes() == last_level(two).tobytes()
    assert changed_level(one, 90).tobytes() == changed_level(two, 90).tobytes()
    assert past_levels(one).tobytes() == past_levels(two).tobytes()


def test_no_forecast_of_a_state_knows_what_comes() -> None:
    """The chain gets no more than the states until the origin; one that also got the next day's
    would differ."""
    day = date(2025, 5, 11).toordinal()

    def states(until: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        pauses = [spell for spell in standing_on_record() if spell.kind == "pause"]
        days = range(FIRST_DAY, until + 1)
        return np.array([any(spell.stands_on(each) for spell in pauses) for each in days])

    assert state_in_force(states(day), 30) < 0.5 < state_in_force(states(day + 1), 30)
