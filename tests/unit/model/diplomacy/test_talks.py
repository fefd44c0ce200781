"""Working talks: who says yes, what calls and rounds bring, when they come and when talks stall."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.model.diplomacy.talks import (
    answer_probability,
    apply_call,
    apply_call_request,
    apply_eagerness,
    apply_overture,
    apply_round,
    apply_stage,
    apply_stall,
    apply_talks_agreed,
    apply_talks_opened,
    can_call,
    round_hazard,
    stall_hazard,
)
from sim.model.tables.codes import (
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    CN,
    FACE,
    LANDMARK,
    RECIPROCAL,
    SUMMIT_AGREED,
    SUMMIT_CONFIRMED,
    SUMMIT_DATED,
    TALKS_ACTIVE,
    TALKS_NONE,
    TALKS_PREPARING,
    TALKS_RESUMED,
    TALKS_STALLED,
    TONE_CALL,
    TONE_ROUND,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import TODAY, changed


def logistic(x: float) -> float:
    """Returns the odds that log odds stand for."""
    return 1.0 / (1.0 + math.exp(-x))


# ------------------------------------------------------------------------------------- stages


@pytest.mark.parametrize(
    ("stage", "opened", "stalls"),
    [
        (TALKS_PREPARING, TODAY, 0),
        (TALKS_RESUMED, TODAY, 0),
        (TALKS_ACTIVE, 0, 0),
        (TALKS_STALLED, 0, 1),
    ],
)
def test_a_stage_notes_openings_and_stalls(
    state: State, stage: int, opened: int, stalls: int
) -> None:
    """The day talks open or resume is kept, and every stall is counted."""
    # Fails if a stage is left out of the openings, or a stall is not counted.
    state.stalls = 2

    apply_stage(state, stage)

    assert state.talks == stage
    assert (state.talks_resumed_day, state.stalls) == (opened, 2 + stalls)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TALKS_NONE, TALKS_PREPARING),
        (TALKS_STALLED, TALKS_RESUMED),
        (TALKS_PREPARING, TALKS_PREPARING),
        (TALKS_ACTIVE, TALKS_ACTIVE),
        (TALKS_RESUMED, TALKS_RESUMED),
    ],
)
def test_opening_moves_talks_that_stand_still_on_by_one(
    state: State, before: int, after: int
) -> None:
    """Talks that run or are prepared stay where they are, and no new opening is noted."""
    # Fails if a stage is skipped, or running talks are opened again.
    state.talks = before

    fields = changed(state, lambda: apply_talks_opened(state))

    assert state.talks == after
    assert fields == ({"talks", "talks_resumed_day"} if before != after else set())


def test_agreeing_to_talk_opens_them_and_relieves(state: State, params: Params) -> None:
    """Talks are prepared and a quarter of the tension above the floor goes."""
    # Fails if talks do not open, or the relief is another event's.
    params.relief_per_contact = 0.25

    apply_talks_agreed(state, params)

    assert (state.talks, state.tension) == (TALKS_PREPARING, 0.375)


def test_a_stall_stops_the_talks(state: State, params: Params) -> None:
    """Talks stall, and it is counted."""
    # Fails if another stage is set.
    state.talks = TALKS_ACTIVE

    assert changed(state, lambda: apply_stall(state, params)) == {"talks", "stalls", "stall_day"}
    assert (state.talks, state.stalls) == (TALKS_STALLED, 1)


# ------------------------------------------------------------------------------------- answers


ANSWERS: list[tuple[int, dict[str, Any], float]] = [
    (US, {}, 0.25),
    (CN, {}, -0.5),
    (US, {"pressure": [0.5, 0.0]}, 0.25 + 1.0),
    (CN, {"tension": 0.75}, -0.5 - 3.0),
    (CN, {"trust_kept": [0.0, 1.0]}, -0.5 + 1.25),
    (US, {"humiliation": 0.5, "threat_open": True}, 0.25),
    (CN, {"humiliation": 0.5}, -0.5 - 1.5),
    (CN, {"threat_open": True}, -0.5 + 0.75),
]


@pytest.mark.parametrize(("side", "values", "log_odds"), ANSWERS)
def test_each_reason_moves_the_odds_of_a_yes(
    state: State, params: Params, side: int, values: dict[str, Any], log_odds: float
) -> None:
    """Pressure, trust and the wish to delay speak for talks; tension and China's face against."""
    # Fails if a sign is turned, the other side's number is read, or the US minds China's face.
    params.answer_base = [0.25, -0.5]
    params.answer_pressure, params.answer_tension, params.answer_trust = 2.0, 4.0, 5.0
    params.answer_delay = 0.75
    params.weight[CN][FACE] = 3.0
    state.tension, state.trust_kept, state.trust_broken = 0.0, [0.0, 0.0], [3.0, 3.0]
    for name, value in values.items():
        setattr(state, name, value)

    assert answer_probability(state, params, side) == pytest.approx(logistic(log_odds))


@pytest.mark.parametrize("side", [US, CN])
def test_what_factions_add_to_the_wish_for_a_landmark_counts(
    state: State, params: Params, side: int
) -> None:
    """The weight of a landmark beyond the usual one moves the log odds one for one."""
    # Fails if the usual weight is not taken off, or the sides are mixed up.
    state.tension = 0.0
    params.weight[side][LANDMARK], state.weight[side][LANDMARK] = 1.0, 1.5

    assert answer_probability(state, params, side) == pytest.approx(logistic(0.5))
    assert answer_probability(state, params, 1 - side) == 0.5


@pytest.mark.parametrize(("side", "log_odds"), [(US, 0.0), (CN, 0.25)])
def test_a_thaw_between_its_rivals_makes_china_readier(
    state: State, params: Params, side: int, log_odds: float
) -> None:
    """Half a thaw adds half of what a full one does, to China's log odds alone."""
    # Fails if it is left out, or moves Washington.
    state.tension = 0.0
    params.thaw_engagement, state.thaw = 0.5, 0.5

    assert answer_probability(state, params, side) == pytest.approx(logistic(log_odds))


def test_eagerness_is_the_private_odds_of_a_yes(state: State, params: Params) -> None:
    """Both sides' odds are noted; their public tone is left alone."""
    # Fails if a side is skipped, or the tone moves with it.
    params.answer_base = [1.0, -1.0]

    assert changed(state, lambda: apply_eagerness(state, params)) == {"eagerness"}
    assert state.eagerness == pytest.approx([logistic(1.0), logistic(-1.0)])


@pytest.mark.parametrize(
    ("side", "u", "agreed"), [(US, 0.24, True), (US, 0.25, False), (CN, 0.74, True)]
)
def test_an_overture_needs_the_other_sides_yes(
    state: State, params: Params, side: int, u: float, agreed: bool
) -> None:
    """The other side's odds decide; a refusal changes nothing."""
    # Fails if the side that asks decides, or the comparison is turned.
    params.answer_base = [math.log(3.0), -math.log(3.0)]
    params.relief_per_contact = 0.25
    answers: list[bool] = []

    fields = changed(state, lambda: answers.append(apply_overture(state, params, side, u)))

    assert answers == [agreed]
    moved = {"talks", "talks_resumed_day", "tension", "goodwill_day"}
    assert fields == (moved if agreed else set())


# ------------------------------------------------------------------------------------- calls


def test_a_call_warms_and_opens_talks(state: State, params: Params) -> None:
    """Rapport up, both tones moved, talks on, tension relieved."""
    # Fails if a side is skipped, or who asked is not kept.
    params.rapport_per_call, params.relief_per_contact = 0.25, 0.25
    for side, speed in ((US, 0.5), (CN, 0.25)):
        params.tone_target[side][TONE_CALL], params.tone_speed[side][TONE_CALL] = 1.0, speed
    state.rapport, state.calls = 0.5, 2
    state.rounds_in_vain = 3

    fields = changed(state, lambda: apply_call(state, params, CN))

    assert fields == {
        "calls", "call_day", "call_by", "rapport", "tone", "talks",
        "talks_resumed_day", "tension", "goodwill_day", "rounds_in_vain",
    }  # fmt: skip
    assert (state.goodwill_day, state.rounds_in_vain) == (TODAY, 0)
    assert (state.calls, state.call_day, state.call_by) == (3, TODAY, CN)
    assert (state.rapport, state.tone) == (0.75, [0.75, 0.625])
    assert (state.talks, state.tension) == (TALKS_PREPARING, 0.375)


@pytest.mark.parametrize(
    ("since", "stage", "ahead", "expected"),
    [
        (21, SUMMIT_AGREED, 3, False),
        (22, SUMMIT_AGREED, 3, True),
        (22, SUMMIT_DATED, 7, False),
        (22, SUMMIT_DATED, 8, True),
        (22, SUMMIT_CONFIRMED, 0, False),
        (TODAY, SUMMIT_AGREED, 3, True),
    ],
)
def test_a_call_is_asked_for_neither_soon_after_one_nor_before_a_meeting(
    state: State, params: Params, since: int, stage: int, ahead: int, expected: bool
) -> None:
    """Open once the spacing has passed and no meeting is dated within days."""
    # Fails if either window moves by a day, or an undated meeting counts.
    params.call_spacing_days, params.call_summit_days = 21, 7
    state.call_day = TODAY - since
    state.summit, state.summit_day = stage, TODAY + ahead

    assert can_call(state, params, US) is expected


@pytest.mark.parametrize(
    ("side", "u", "agreed"), [(US, 0.624, True), (US, 0.625, False), (CN, 0.874, True)]
)
def test_a_leader_seldom_refuses_a_call(
    state: State, params: Params, side: int, u: float, agreed: bool
) -> None:
    """Half of the doubt about talks is left: odds of a quarter become five eighths."""
    # Fails if the side that asks decides, or the share of doubt is turned round.
    params.answer_base = [math.log(3.0), -math.log(3.0)]
    params.call_doubt_share = 0.5

    assert apply_call_request(state, params, side, u) is agreed
    assert (state.calls, state.call_by) == ((1, side) if agreed else (0, 0))


# ------------------------------------------------------------------------------------- rounds


@pytest.fixture
def rounds(state: State, params: Params) -> tuple[State, Params]:
    """Returns active talks without a deadline, and parameters of rounds in round numbers."""
    state.talks = TALKS_ACTIVE
    params.round_hazard_per_day, params.round_spacing_days = 0.125, 14
    params.round_hazard_summit_per_day = 0.5
    params.round_summit_window_days, params.round_summit_last_days = 14, 5
    params.round_after_call, params.call_echo_days = 2.0, 14
    params.horizon_days, params.deadline_scale_days = 90, 10.0
    return state, params


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (TALKS_NONE, 0.0),
        (TALKS_STALLED, 0.0),
        (TALKS_PREPARING, 0.125),
        (TALKS_ACTIVE, 0.125),
        (TALKS_RESUMED, 0.125),
    ],
)
def test_there_is_no_round_without_talks(
    rounds: tuple[State, Params], stage: int, expected: float
) -> None:
    """Talks that are prepared or run have rounds at their usual pace."""
    # Fails if stalled talks still meet.
    state, params = rounds
    state.talks = stage

    assert round_hazard(state, params) == expected


@pytest.mark.parametrize(("vain", "expected"), [(0, 0.125), (1, 0.0625), (3, 0.015625)])
def test_rounds_thin_out_if_they_bring_nothing(
    rounds: tuple[State, Params], vain: int, expected: float
) -> None:
    """At a fatigue of ln 2 each round in vain halves the hazard of the next."""
    # Fails if the count is left out, or the sign of the fatigue is turned.
    state, params = rounds
    params.round_fatigue, state.rounds_in_vain = math.log(2.0), vain

    assert round_hazard(state, params) == pytest.approx(expected)


@pytest.mark.parametrize(("since", "expected"), [(13, 0.0), (14, 0.125)])
def test_rounds_keep_a_distance(rounds: tuple[State, Params], since: int, expected: float) -> None:
    """None comes before the spacing is over."""
    # Fails if the boundary moves by a day.
    state, params = rounds
    state.round_day = TODAY - since

    assert round_hazard(state, params) == expected


@pytest.mark.parametrize(("since", "expected"), [(0, 0.25), (14, 0.25), (15, 0.125)])
def test_a_call_brings_rounds_nearer(
    rounds: tuple[State, Params], since: int, expected: float
) -> None:
    """For its echo a call doubles the pace."""
    # Fails if the window moves by a day, or the factor is left out.
    state, params = rounds
    state.call_day = TODAY - since

    assert round_hazard(state, params) == expected


def test_no_call_echoes_on_the_first_days(rounds: tuple[State, Params]) -> None:
    """Day 0 stands for no call, even a few days after it."""
    # Fails if day 0 is taken for a day.
    state, params = rounds
    state.day, state.round_day = 10, -14

    assert round_hazard(state, params) == 0.125


@pytest.mark.parametrize("left", [0, 10])
def test_a_deadline_brings_rounds_nearer(rounds: tuple[State, Params], left: int) -> None:
    """The pace rises by the boost on the day, and falls off with the scale of deadlines."""
    # Fails if the sign in the exponent is turned, or the boost is left out.
    state, params = rounds
    params.round_deadline_boost = 2.0
    state.threat_open, state.threat_deadline = True, TODAY + left

    expected = 0.125 * (1.0 + 2.0 * math.exp(-left / 10.0))
    assert round_hazard(state, params) == pytest.approx(expected)


def test_a_rounds_hazard_is_at_most_one(rounds: tuple[State, Params]) -> None:
    """However strong the factors, a round is certain at most."""
    # Fails if the bound is taken away.
    state, params = rounds
    params.round_after_call, state.call_day = 90.0, TODAY

    assert round_hazard(state, params) == 1.0


@pytest.mark.parametrize(
    ("stage", "called", "met", "expected"),
    [
        (TALKS_RESUMED, 5, 30, 0.5),
        (TALKS_RESUMED, 30, 20, 0.125),
        (TALKS_RESUMED, TODAY, 30, 0.125),
        (TALKS_ACTIVE, 5, 30, 0.125),
        (TALKS_RESUMED, 15, 30, 0.125),
        (TALKS_RESUMED, 5, 70, 0.125),
    ],
)
def test_a_round_agreed_on_by_leaders_comes_soon(
    rounds: tuple[State, Params], stage: int, called: int, met: int, expected: float
) -> None:
    """The first after a call has resumed talks that were held not long before; day 0 stands for no
    call, and an old call for one that led to nothing."""
    # Fails if running talks are hurried too, or later rounds, or talks that had long lapsed.
    state, params = rounds
    params.round_after_call, params.round_awaited_per_day = 1.0, 0.5
    params.round_awaited_days, params.call_echo_days = 60, 14
    state.talks, state.call_day, state.round_day = stage, TODAY - called, TODAY - met

    assert round_hazard(state, params) == expected


@pytest.mark.parametrize(("since", "expected"), [(0, 0.0), (2, 0.0), (3, 0.125), (TODAY, 0.125)])
def test_ministers_need_some_days_after_a_call(
    rounds: tuple[State, Params], since: int, expected: float
) -> None:
    """They have to travel; day 0 stands for never."""
    # Fails if the window moves by a day, or a run without a call has to wait.
    state, params = rounds
    params.round_after_call, params.round_call_days = 1.0, 3
    state.call_day = TODAY - since

    assert round_hazard(state, params) == expected


@pytest.mark.parametrize(
    ("stage", "ahead", "since", "expected"),
    [
        (SUMMIT_DATED, 7, 8, 0.5),
        (SUMMIT_DATED, 14, 1, 0.0),
        (SUMMIT_DATED, 15, 13, 0.125),
        (SUMMIT_CONFIRMED, 6, 9, 0.5),
        (SUMMIT_CONFIRMED, 6, 8, 0.125),
        (SUMMIT_DATED, 5, 10, 1.0),
        (SUMMIT_DATED, 1, 14, 1.0),
        (SUMMIT_DATED, 0, 15, 0.125),
        (SUMMIT_AGREED, 5, 13, 0.125),
    ],
)
def test_ministers_prepare_a_dated_meeting_once(
    rounds: tuple[State, Params], stage: int, ahead: int, since: int, expected: float
) -> None:
    """Within its window a meeting without a round calls for one, certain in the last days; even so
    rounds keep their distance."""
    # Fails if a window moves by a day, a round within it does not count, any stage counts, or a
    # round follows another at once.
    state, params = rounds
    params.round_spacing_days = 5
    state.summit, state.summit_day = stage, TODAY + ahead
    state.round_day = TODAY - since

    assert round_hazard(state, params) == expected


@pytest.mark.parametrize(
    ("ahead", "expected"), [(0, 0.125), (1, 0.0), (6, 0.0), (7, 0.125), (40, 0.125)]
)
def test_a_round_on_the_calendar_replaces_one_before_it(
    rounds: tuple[State, Params], ahead: int, expected: float
) -> None:
    """Within the shortest distance of a dated round ministers wait for it."""
    # Fails if the calendar is not looked at, or the distance moves by a day.
    state, params = rounds
    params.round_spacing_days = 7
    state.round_ahead = TODAY + ahead if ahead else 0

    assert round_hazard(state, params) == expected


@pytest.mark.parametrize(("points", "factor"), [(50.0, 1.0), (75.0, 2.0), (100.0, 3.0)])
def test_duties_that_stop_trade_bring_rounds_nearer(
    rounds: tuple[State, Params], points: float, factor: float
) -> None:
    """From half of the prohibitive add-on the pace rises, to its boost at all of it."""
    # Fails if the boost is left out, or sets in at any duty.
    state, params = rounds
    params.prohibitive_pp, params.round_stop_boost = 100.0, 2.0
    state.duty_pp[US][RECIPROCAL] = points

    assert round_hazard(state, params) == 0.125 * factor


@pytest.mark.parametrize("side", [US, CN])
def test_duties_that_stop_trade_make_both_sides_answer(
    state: State, params: Params, side: int
) -> None:
    """At the prohibitive add-on the log odds of agreeing to talks rise by the whole effect."""
    # Fails if the effect is left out for a side, or its sign is turned.
    params.prohibitive_pp, params.answer_stop = 100.0, 1.5
    before = answer_probability(state, params, side)
    state.duty_pp[US][RECIPROCAL] = 100.0
    after = answer_probability(state, params, side)

    gain = math.log(after / (1.0 - after)) - math.log(before / (1.0 - before))
    assert gain == pytest.approx(1.5)


def test_a_round_activates_talks(state: State, params: Params) -> None:
    """Talks become active and tension falls; only China's tone moves."""
    # Fails if the US warms too, or the round is not counted.
    params.relief_per_contact = 0.25
    params.tone_target[CN][TONE_ROUND], params.tone_speed[CN][TONE_ROUND] = 1.0, 0.5
    state.round_due, state.talks, state.rounds = TODAY, TALKS_PREPARING, 2

    fields = changed(state, lambda: apply_round(state, params))

    assert fields == {
        "rounds", "round_day", "round_due", "talks", "tone", "tension", "rounds_in_vain",
    }  # fmt: skip
    assert state.rounds_in_vain == 1
    assert (state.rounds, state.round_day, state.round_due) == (3, TODAY, 0)
    assert (state.talks, state.tone, state.tension) == (TALKS_ACTIVE, [0.5, 0.75], 0.375)


# ------------------------------------------------------------------------------------- stalls


@pytest.fixture
def running(state: State, params: Params) -> tuple[State, Params]:
    """Returns active talks at zero tension that stall once in eight days."""
    state.talks, state.tension = TALKS_ACTIVE, 0.0
    params.stall_hazard_per_day, params.stall_truce_days = 0.125, 30
    params.stall_tension, params.stall_after_hike = 2.0, 1.0
    params.stall_after_truce, params.stall_before_summit = 2.0, 0.5
    return state, params


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, 0.125),
        ({"talks": TALKS_RESUMED}, 0.125),
        ({"talks": TALKS_PREPARING}, 0.0),
        ({"talks": TALKS_STALLED}, 0.0),
        ({"tension": 0.5}, 0.25),
        ({"recent_hike": [2.0, 9.0]}, 0.375),
        ({"summit": SUMMIT_DATED}, 0.0625),
        ({"tension": 1.0, "recent_hike": [3.0, 0.0]}, 1.0),
    ],
)
def test_talks_stall_when_tense_or_after_a_hike(
    running: tuple[State, Params], values: dict[str, Any], expected: float
) -> None:
    """Tension and US hikes raise the pace, a dated meeting lowers it; only running talks stall."""
    # Fails if a sign is turned, China's hikes count, or the bound of 1 is taken away.
    state, params = running
    for name, value in values.items():
        setattr(state, name, value)

    assert stall_hazard(state, params) == expected


@pytest.mark.parametrize(("since", "expected"), [(0, 0.0), (21, 0.0), (22, 0.125), (TODAY, 0.125)])
def test_talks_do_not_stall_in_the_weeks_after_a_meeting(
    running: tuple[State, Params], since: int, expected: float
) -> None:
    """Leaders who met have given their ministers a mandate; day 0 stands for no meeting."""
    # Fails if the window moves by a day, or is left out.
    state, params = running
    params.stall_meeting_days = 21
    state.summit_last_day = TODAY - since

    assert stall_hazard(state, params) == expected


@pytest.mark.parametrize("field", ["round_day", "talks_resumed_day", "call_day"])
@pytest.mark.parametrize(("since", "expected"), [(0, 0.0), (12, 0.0), (13, 0.125), (TODAY, 0.125)])
def test_talks_do_not_stall_as_soon_as_they_begin(
    running: tuple[State, Params], field: str, since: int, expected: float
) -> None:
    """Nor within days of a round; day 0 stands for never."""
    # Fails if the window moves by a day, or one of the two is left out.
    state, params = running
    params.stall_contact_days = 12
    setattr(state, field, TODAY - since)

    assert stall_hazard(state, params) == expected


@pytest.mark.parametrize(
    ("level", "since", "expected"),
    [
        (AGREEMENT_PAUSE, 0, 0.25),
        (AGREEMENT_PAUSE, 30, 0.25),
        (AGREEMENT_PAUSE, 31, 0.125),
        (AGREEMENT_NONE, 5, 0.125),
    ],
)
def test_urgency_is_gone_after_a_truce(
    running: tuple[State, Params], level: int, since: int, expected: float
) -> None:
    """For a month after a pause was signed talks stall more easily."""
    # Fails if the window moves by a day, or no pause need be in force.
    state, params = running
    state.agreement, state.truce_signed = level, TODAY - since

    assert stall_hazard(state, params) == expected
