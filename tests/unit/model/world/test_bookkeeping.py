"""What opens a run and what closes every day."""

from __future__ import annotations

from typing import Any

import pytest

from sim.model.tables.codes import (
    AGREEMENT_SIGNED,
    CN,
    FULL_REPLY,
    ISSUE_INVESTMENT,
    LEVERAGE,
    RARE_EARTHS,
    RECIPROCAL,
    TALKS_ACTIVE,
    TALKS_NONE,
    TALKS_PREPARING,
    TALKS_STALLED,
    US,
    US_INDUSTRY,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.world.bookkeeping import apply_day_end, apply_opening, apply_urgency_day
from tests.unit.model.records import AVERAGES, changed


def test_a_run_opens_with_what_follows_from_its_scenario(state: State, params: Params) -> None:
    """Weights, averages, pressure, eagerness, the start of tension and add-on, tones at rest."""
    # Fails if one of them is left out, or a tone goes to the other side.
    params.tone_rest, params.mfn_pct = [0.625, 0.25], [3.0, 8.0]
    params.weight[US][LEVERAGE] = 2.0
    state.duty_pp[US][RECIPROCAL] = 30.0
    state.market_stress = 1.0

    fields = changed(state, lambda: apply_opening(state, params))

    assert fields == {
        "weight", "avg_pct", "pressure", "pressure_part", "eagerness", "tension_start",
        "addon_start_pp", "tone",
    }  # fmt: skip
    assert (state.weight[US][LEVERAGE], state.avg_pct) == (2.0, [3.0, 8.0])
    assert state.pressure == pytest.approx([0.4, 0.2])
    assert state.eagerness == [0.5, 0.5]
    assert (state.tension_start, state.addon_start_pp) == (0.5, 30.0)
    assert state.tone == [0.625, 0.25]


def test_a_run_opens_with_what_was_announced_before(state: State, params: Params) -> None:
    """Announcements of the scenario are heard from the first day."""
    # Fails if the averages are not worked out at the opening.
    state.threat_open, state.threat_pp = True, 40.0

    assert changed(state, lambda: apply_opening(state, params)) >= AVERAGES - {
        "avg_pct",
        "announced_cover",
    }


# ------------------------------------------------------------------------------------- a day


DAY: list[tuple[str, dict[str, Any], dict[str, Any], str, Any]] = [
    (
        "moods fade",
        {"market_calming_per_day": 0.25},
        {"market_stress": 0.5},
        "market_stress",
        0.375,
    ),
    (
        "attention returns",
        {"attention_recovery_per_day": [0.25, 0.5]},
        {"attention": [0.5, 0.5]},
        "attention",
        [0.625, 0.75],
    ),
    ("a thaw fades", {"thaw_fading_per_day": 0.25}, {"thaw": 0.5}, "thaw", 0.375),
    (
        "stocks run",
        {"minerals_refill_per_day": 0.25, "minerals_stock_max_months": 9.0},
        {"minerals_stock_months": 1.0},
        "minerals_stock_months",
        1.25,
    ),
    ("pressure is added up", {}, {"market_stress": 1.0}, "pressure", pytest.approx([0.4, 0.2])),
    ("eagerness is noted", {}, {"eagerness": [0.0, 0.0]}, "eagerness", [0.5, 0.5]),
    ("discord is noted", {}, {"discord": 0.5}, "discord", 0.0),
    ("quiet days go on", {}, {"quiet_days": 4}, "quiet_days", 5),
    ("truce days go on", {}, {"truce_days": 4, "agreement": AGREEMENT_SIGNED}, "truce_days", 5),
    ("no truce, no day of it", {}, {"truce_days": 4}, "truce_days", 4),
]


@pytest.mark.parametrize(
    ("numbers", "values", "name", "expected"),
    [case[1:] for case in DAY],
    ids=[case[0] for case in DAY],
)
def test_a_day_is_booked(
    state: State,
    params: Params,
    numbers: dict[str, Any],
    values: dict[str, Any],
    name: str,
    expected: Any,
) -> None:
    """Moods fade, stocks run, indices and counters are brought up to date."""
    # Fails if a part of the bookkeeping is left out.
    for key, number in numbers.items():
        setattr(params, key, number)
    for key, value in values.items():
        setattr(state, key, value)

    apply_day_end(state, params)

    assert getattr(state, name) == expected


def test_industry_feels_the_shortage_of_the_same_day(state: State, params: Params) -> None:
    """Stocks run out first, then industry and the index hear of it."""
    # Fails if the order of the day is turned, or industry is left out.
    params.minerals_share[3], params.industry_speed_per_day = 0.0, 0.5
    params.minerals_substitution_months = 1e12
    state.control[CN][RARE_EARTHS], state.minerals_stock_months = 4, 0.0
    state.pressure_part = [[0.0] * 4, [0.0] * 4]

    apply_day_end(state, params)

    assert state.pressure_part[US][US_INDUSTRY] == pytest.approx(0.5)
    assert state.pressure[US] == pytest.approx(0.125)


def test_discord_follows_the_table_of_the_day(state: State, params: Params) -> None:
    """An investment deal on the table divides Washington."""
    # Fails if the bookkeeping leaves discord out.
    state.issue_on[ISSUE_INVESTMENT] = True

    apply_day_end(state, params)

    assert state.discord == 0.4


@pytest.mark.parametrize(("quiet", "gained"), [(0, 0.0), (1, 0.25), (9, 0.25)])
def test_china_gains_from_the_second_quiet_day_on(
    state: State, params: Params, quiet: int, gained: float
) -> None:
    """The day of a hike brings nothing; each day after it has its value."""
    # Fails if the day of a hike counts, or the value is not added up.
    params.delay_value_per_day = 0.25
    state.quiet_days, state.delay_utility = quiet, 1.0

    apply_day_end(state, params)

    assert state.delay_utility == 1.0 + gained


@pytest.mark.parametrize(
    ("addon", "before", "longest", "after"),
    [(60.0, 4, 4, (5, 5)), (60.0, 4, 9, (5, 9)), (59.0, 4, 9, (0, 9))],
)
def test_days_of_high_duties_are_counted_in_a_row(
    state: State, params: Params, addon: float, before: int, longest: int, after: tuple[int, int]
) -> None:
    """A day below the threshold ends the spell; the longest is kept."""
    # Fails if the count goes on, or the longest is lost.
    params.conflict_addon_pp = 60.0
    state.duty_pp[US][RECIPROCAL] = addon
    state.high_days, state.high_days_max = before, longest

    apply_day_end(state, params)

    assert (state.high_days, state.high_days_max) == after


@pytest.mark.parametrize(
    ("talks", "level", "after"),
    [
        (TALKS_NONE, 0, (5, 9)),
        (TALKS_STALLED, 0, (5, 9)),
        (TALKS_PREPARING, 0, (0, 9)),
        (TALKS_ACTIVE, 0, (0, 9)),
        (TALKS_NONE, AGREEMENT_SIGNED, (0, 9)),
    ],
)
def test_days_without_truce_or_talks_are_counted_in_a_row(
    state: State, params: Params, talks: int, level: int, after: tuple[int, int]
) -> None:
    """Talks that are prepared, or a truce, end the spell; the longest is kept."""
    # Fails if stalled talks count as talks, or a truce does not count.
    state.talks, state.agreement = talks, level
    state.cut_off_days, state.cut_off_days_max = 4, 9

    apply_day_end(state, params)

    assert (state.cut_off_days, state.cut_off_days_max) == after


def test_a_longer_spell_of_silence_is_the_longest(state: State, params: Params) -> None:
    """The record is broken by one day."""
    # Fails if the longest spell is never raised.
    state.cut_off_days = state.cut_off_days_max = 9

    apply_day_end(state, params)

    assert (state.cut_off_days, state.cut_off_days_max) == (10, 10)


def test_urgency_drifts_to_what_the_economy_calls_for(state: State, params: Params) -> None:
    """A quarter of the way a day; pressure of 0.5 above rest calls for half as much again."""
    # Fails if the usual pressure is not taken off, or the drift leads away.
    params.urgency_speed_per_day, params.urgency_per_pressure = 0.25, 1.0
    state.urgency, state.pressure[US] = 1.0, 0.5

    assert changed(state, lambda: apply_urgency_day(state, params)) == {"urgency"}
    assert state.urgency == 1.125


def test_days_of_confrontation_are_counted_in_a_row(state: State, params: Params) -> None:
    """Duties of both sides above the threshold, and no talks; the longest spell is kept."""
    # Fails if one side is enough, or talks do not end the spell.
    params.regime_addon_pp = 100.0
    state.duty_pp[US][RECIPROCAL] = state.duty_pp[CN][FULL_REPLY] = 101.0
    for talks, days, longest in (
        (TALKS_STALLED, 1, 1), (TALKS_NONE, 2, 2), (TALKS_ACTIVE, 0, 2), (TALKS_STALLED, 1, 2),
    ):  # fmt: skip
        state.talks = talks
        apply_day_end(state, params)
        assert (state.regime_days, state.regime_days_max) == (days, longest)
    state.duty_pp[CN][FULL_REPLY] = 100.0
    apply_day_end(state, params)
    assert state.regime_days == 0
