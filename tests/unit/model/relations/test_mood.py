"""Mood: how events move tension, rapport, trust, tone and markets, and how a day fades them."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.model.relations.mood import (
    apply_accusation,
    apply_hostile_act,
    apply_market_shock,
    apply_mood_decay,
    apply_rapport,
    apply_rebuke,
    apply_relief,
    apply_tension,
    apply_tone,
    can_rebuke,
    threat_reputation,
    trust,
)
from sim.model.tables.codes import (
    AGREEMENT_PAUSE,
    AGREEMENT_SIGNED,
    CN,
    TONE_EASING,
    TONE_HOSTILE,
    TONE_REBUKE,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import TODAY, changed


@pytest.mark.parametrize(
    ("rapport", "jump", "after"),
    [(0.0, 0.5, 0.75), (1.0, 0.5, 0.625), (0.5, 0.5, 0.6875), (0.0, 1.0, 1.0)],
)
def test_rapport_dampens_a_jump_in_tension(
    state: State, params: Params, rapport: float, jump: float, after: float
) -> None:
    """A jump takes its share of the room up to 1, less what rapport absorbs."""
    # Fails if the sign of rapport_buffer is turned, or the room to 1 is ignored.
    params.rapport_buffer = 0.5
    state.rapport = rapport

    assert changed(state, lambda: apply_tension(state, params, jump)) == {"tension"}
    assert state.tension == after


@pytest.mark.parametrize(("before", "after"), [(0.75, 0.625), (0.25, 0.25), (0.125, 0.125)])
def test_relief_takes_a_share_of_the_tension_above_its_floor(
    state: State, params: Params, before: float, after: float
) -> None:
    """Below the floor of structural disputes there is nothing to relieve."""
    # Fails if the floor is left out, or tension below it is raised.
    params.tension_floor = 0.25
    state.tension = before

    apply_relief(state, params, 0.25)

    assert state.tension == after


@pytest.mark.parametrize(
    ("change", "after"), [(0.25, 0.75), (-0.25, 0.25), (0.75, 1.0), (-0.75, 0.0)]
)
def test_rapport_stays_between_its_bounds(state: State, change: float, after: float) -> None:
    """Rapport moves by the change, no further than 0 and 1."""
    # Fails if a bound is taken away or the sign is turned.
    state.rapport = 0.5

    assert changed(state, lambda: apply_rapport(state, change)) == {"rapport"}
    assert state.rapport == after


@pytest.mark.parametrize(
    ("stress", "shocks", "points", "added"),
    [(0.0, 0, 10.0, 0.25), (0.5, 0, 10.0, 0.125), (0.0, 2, 10.0, 0.25 * math.exp(-1.0))],
)
def test_markets_grow_numb(
    state: State, params: Params, stress: float, shocks: int, points: float, added: float
) -> None:
    """Each point adds stress to the room that is left, less after every announcement."""
    # Fails if the sign of market_numbing is turned, the room is ignored, or shocks are not counted.
    params.market_stress_per_pp, params.market_numbing = 0.025, 0.5
    state.market_stress, state.market_shocks = stress, shocks

    fields = changed(state, lambda: apply_market_shock(state, params, points))

    assert fields == {"market_stress", "market_shocks"}
    assert state.market_stress == pytest.approx(stress + added)
    assert state.market_shocks == shocks + 1


def test_market_stress_stays_between_its_bounds(state: State, params: Params) -> None:
    """A shock that counts for more than all stress leaves 1, relief by a shock 0."""
    # Fails if a bound is taken away.
    params.market_stress_per_pp = 0.5
    apply_market_shock(state, params, 10.0)
    assert state.market_stress == 1.0

    state.market_stress = 0.5
    apply_market_shock(state, params, -10.0)

    assert state.market_stress == 0.0


def test_an_event_moves_the_tone_part_of_the_way_to_its_target(
    state: State, params: Params
) -> None:
    """A side's tone goes its speed's share of the way; the other side's tone stays."""
    # Fails if speed and target are swapped, or side or event are another's.
    params.tone_target[CN][TONE_EASING], params.tone_speed[CN][TONE_EASING] = 1.0, 0.25

    assert changed(state, lambda: apply_tone(state, params, CN, TONE_EASING)) == {"tone"}
    assert state.tone == [0.5, 0.625]


@pytest.mark.parametrize(
    ("kept", "broken", "expected"), [(3.0, 1.0, 0.75), (0.0, 2.0, 0.0), (0.0, 0.0, 0.0)]
)
def test_trust_is_the_share_of_promises_kept(
    state: State, kept: float, broken: float, expected: float
) -> None:
    """A side's trust rests on its own counts; with no record there is none."""
    # Fails if the counts are swapped, or those of the other side are read.
    state.trust_kept, state.trust_broken = [9.0, kept], [9.0, broken]

    assert trust(state, CN) == expected


@pytest.mark.parametrize(
    ("kept", "broken", "expected"), [(1.0, 3.0, 0.25), (2.0, 0.0, 1.0), (0.0, 0.0, 0.0)]
)
def test_threats_are_believed_by_their_record(
    state: State, kept: float, broken: float, expected: float
) -> None:
    """The odds of execution are the share of deadlines executed."""
    # Fails if the counts are swapped.
    state.reputation_kept, state.reputation_broken = kept, broken

    assert threat_reputation(state) == expected


def test_a_hostile_act_cools_all_three_moods(state: State, params: Params) -> None:
    """Tension up, rapport down, the tone of the side that acts colder."""
    # Fails if a sign is turned, or the other side's tone is moved.
    params.tone_target[US][TONE_HOSTILE], params.tone_speed[US][TONE_HOSTILE] = 0.25, 0.5
    state.rapport = 0.5

    fields = changed(state, lambda: apply_hostile_act(state, params, US, 0.25, 0.125))

    assert fields == {"tension", "rapport", "tone", "cause_day"}
    assert (state.tension, state.rapport, state.tone) == (0.625, 0.375, [0.375, 0.5])
    assert state.cause_day == [0, state.day]


# ------------------------------------------------------------------------------------ a day


FADING: list[tuple[str, Any, str, float, Any]] = [
    ("market_stress", 0.5, "market_calming_per_day", 0.25, 0.375),
    ("humiliation", 0.5, "humiliation_fading_per_day", 0.25, 0.375),
    ("force_majeure", 0.5, "force_majeure_fading_per_day", 0.25, 0.375),
    ("recent_threat", 2.0, "memory_hike_per_day", 0.75, 1.5),
    ("recent_hike", [2.0, 1.0], "memory_hike_per_day", 0.75, [1.5, 0.75]),
    ("recent_measure", [2.0, 1.0], "memory_measure_per_day", 0.75, [1.5, 0.75]),
    ("trust_kept", [2.0, 1.0], "trust_memory_per_day", 0.75, [1.5, 0.75]),
    ("trust_broken", [2.0, 1.0], "trust_memory_per_day", 0.75, [1.5, 0.75]),
    ("reputation_kept", 2.0, "trust_memory_per_day", 0.75, 1.5),
    ("reputation_broken", 2.0, "trust_memory_per_day", 0.75, 1.5),
]


@pytest.mark.parametrize(("name", "before", "pace", "value", "after"), FADING)
def test_a_day_fades_what_is_past(
    state: State, params: Params, name: str, before: Any, pace: str, value: float, after: Any
) -> None:
    """Memories and shocks shrink by their own pace."""
    # Fails if a sign is turned, a side is skipped, or the pace is another's.
    setattr(state, name, before)
    setattr(params, pace, value)

    apply_mood_decay(state, params)

    assert getattr(state, name) == after


@pytest.mark.parametrize(
    ("agreement", "after"), [(AGREEMENT_PAUSE, 0.5625), (AGREEMENT_SIGNED, 0.4375)]
)
def test_tension_drifts_to_rest_and_under_a_text_to_its_floor(
    state: State, params: Params, agreement: int, after: float
) -> None:
    """A quarter of the way a day, upwards to rest or downwards to the floor."""
    # Fails if the level of the agreement is not looked at, or the drift runs away from rest.
    params.tension_rest, params.tension_floor = 0.75, 0.25
    params.tension_reversion_per_day = 0.25
    state.agreement = agreement

    apply_mood_decay(state, params)

    assert state.tension == after


def test_rapport_optimism_and_tone_drift_to_rest(state: State, params: Params) -> None:
    """Each side's tone has a rest of its own; optimism fades as fast as rapport."""
    # Fails if a rest is another's, or a side is skipped.
    params.rapport_rest, params.optimism_rest, params.rapport_reversion_per_day = 0.25, 1.0, 0.5
    params.tone_rest, params.tone_reversion_per_day = [1.0, 0.0], 0.25
    state.rapport, state.optimism = 0.75, 0.5

    apply_mood_decay(state, params)

    assert (state.rapport, state.optimism) == (0.5, 0.75)
    assert state.tone == [0.625, 0.375]


@pytest.mark.parametrize(("rapport", "forecast"), [(0.5, 0.625), (1.0, 1.0), (0.0, 0.125)])
def test_washington_expects_more_friendship_than_there_is(
    state: State, params: Params, rapport: float, forecast: float
) -> None:
    """Its forecast lies above the rapport of the day, at most at 1."""
    # Fails if the overestimate is taken off, or the bound is taken away.
    params.rapport_overestimate = 0.125
    state.rapport = rapport

    apply_mood_decay(state, params)

    assert state.rapport_forecast == forecast


def test_a_day_of_mood_touches_nothing_else(state: State, params: Params) -> None:
    """Fading moves moods and memories alone."""
    # Fails if the rule writes a field of its own.
    params.rapport_overestimate = 0.25
    for name, before, pace, value, _ in FADING:
        setattr(state, name, before)
        setattr(params, pace, value)
    params.tension_reversion_per_day = params.rapport_reversion_per_day = 0.5
    params.tone_reversion_per_day = 0.5

    fields = changed(state, lambda: apply_mood_decay(state, params))

    moods = {"tension", "rapport", "optimism", "tone", "rapport_forecast"}
    assert fields == moods | {name for name, *_ in FADING}


# ---------------------------------------------------------------------- accusations and rebukes


def test_an_accusation_costs_the_accusers_trust(state: State, params: Params) -> None:
    """The truce is strained, tension rises, and the side that accuses trusts the other less."""
    # Fails if the accused loses trust, or the count stands still.
    params.trust_cost_of_accusation = 0.5
    params.tension_per_accusation, params.rapport_per_measure = 0.25, 0.125
    params.tone_speed[CN][TONE_HOSTILE] = 0.5
    state.rapport, state.accusations = 0.5, 2

    fields = changed(state, lambda: apply_accusation(state, params, CN))

    assert fields == {
        "accusations", "accuse_day", "truce_strained", "trust_broken", "tension", "rapport",
        "tone", "cause_day",
    }  # fmt: skip
    assert state.accuse_day == [0, state.day]
    assert (state.accusations, state.truce_strained) == (3, True)
    assert state.trust_broken == [3.0, 3.5]
    assert (state.tension, state.rapport, state.tone) == (0.625, 0.375, [0.5, 0.25])


@pytest.mark.parametrize(
    ("done", "said", "matched", "expected"),
    [
        (0, None, None, True),
        (7, None, None, True),
        (8, None, None, False),
        (3, 3, None, False),
        (3, 4, None, True),
        (3, None, 3, False),
        (3, None, 4, True),
    ],
)
def test_a_rebuke_has_a_fresh_cause_without_an_answer(
    state: State, params: Params, done: int, said: int | None, matched: int | None, expected: bool
) -> None:
    """Within a week of what was done; not twice, and not once it has been matched in full."""
    # Fails if the days of an accusation hold, or a match is no answer.
    params.rebuke_days, params.cause_days = 7, 21
    state.cause_day[CN] = TODAY - done
    state.rebuke_day = 0 if said is None else TODAY - said
    state.mirror_day = 0 if matched is None else TODAY - matched

    assert can_rebuke(state, params, CN) is expected


@pytest.mark.parametrize(
    ("tone", "measures", "tension", "broken"),
    [
        (1.0, 1.0, 0.6875, 3.25),
        (1.0, 3.0, 0.6875, 3.25),
        (1.0, 0.5, 0.65625, 3.125),
        (0.25, 1.0, 0.625, 3.0),
        (1.0, 0.0, 0.625, 3.0),
    ],
)
def test_a_rebuke_is_harder_the_warmer_washington_talks_as_it_acts(
    state: State, params: Params, tone: float, measures: float, tension: float, broken: float
) -> None:
    """Warmth above 0.5 times the memory of measures, at most one, adds to tension and distrust."""
    # Fails if warmth below 0.5 counts, the memory is not bounded, or the gap is left out.
    params.tension_per_rebuke, params.trust_cost_of_accusation = 0.25, 0.5
    params.tone_speed[CN][TONE_REBUKE] = 0.5
    state.tone[US] = tone
    state.recent_measure = [measures, 9.0]

    fields = changed(state, lambda: apply_rebuke(state, params))

    moved = {"tension", "tone", "rebuke_day"}
    assert moved <= fields <= moved | {"trust_broken"}
    assert state.rebuke_day == state.day
    assert (state.tension, state.trust_broken) == (tension, [3.0, broken])
    assert state.tone == [tone, 0.25]
