"""The leaders' meeting: venue and face, the ladder, confirmations, slips, and what it brings."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.model.diplomacy.summit import (
    apply_confirmation,
    apply_float,
    apply_kick_start,
    apply_lapse,
    apply_meeting,
    apply_public_failure,
    apply_refusal,
    apply_slip,
    apply_step,
    can_float,
    cancel_hazard,
    confirm_hazard,
    decide_venue,
    face_cost,
    failure_probability,
    lapse_hazard,
    on_us_soil,
    step_hazard,
    venue_acceptance,
    venue_utility,
)
from sim.model.tables.codes import (
    CN,
    PARTY_CN,
    PARTY_HOST,
    PARTY_US,
    RECIPROCAL,
    RESULT_FAILURE,
    RESULT_NOT_HELD,
    RESULT_TALKS,
    SUMMIT_AGREED,
    SUMMIT_CONFIRMED,
    SUMMIT_DATED,
    SUMMIT_FLOATED,
    SUMMIT_HELD,
    SUMMIT_NONE,
    TALKS_ACTIVE,
    TALKS_NONE,
    TALKS_PREPARING,
    TONE_FAILURE,
    TONE_MEETING,
    US,
    VENUE_BEIJING,
    VENUE_MAR_A_LAGO,
    VENUE_NONE,
    VENUE_THIRD_COUNTRY,
    VENUE_WASHINGTON,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import SummitStage
from tests.unit.model.records import TODAY, changed


def given(state: State, values: dict[str, Any]) -> State:
    """Returns a state with some fields set."""
    for name, value in values.items():
        setattr(state, name, value)
    return state


# ------------------------------------------------------------------------------ venue and face


@pytest.mark.parametrize(
    ("venue", "expected"),
    [
        (VENUE_NONE, False),
        (VENUE_BEIJING, False),
        (VENUE_WASHINGTON, True),
        (VENUE_MAR_A_LAGO, True),
        (VENUE_THIRD_COUNTRY, False),
    ],
)
def test_china_is_the_guest_at_two_venues(venue: int, expected: bool) -> None:
    """Washington and Mar-a-Lago are on US soil."""
    # Fails if a venue is added or taken away.
    assert on_us_soil(venue) is expected


@pytest.mark.parametrize(
    ("venue", "addon", "humiliation", "cost"),
    [
        (VENUE_BEIJING, 50.0, 1.0, 0.0),
        (VENUE_THIRD_COUNTRY, 50.0, 1.0, 0.0),
        (VENUE_WASHINGTON, 0.0, 0.0, 2.0),
        (VENUE_WASHINGTON, 50.0, 0.0, 4.0),
        (VENUE_WASHINGTON, 0.0, 0.5, 5.0),
        (VENUE_MAR_A_LAGO, 50.0, 0.5, 1.75),
    ],
)
def test_face_is_lost_on_us_soil_under_duties_and_scolding(
    state: State, params: Params, venue: int, addon: float, humiliation: float, cost: float
) -> None:
    """Two in Washington at rest, more under duties and humiliation, a quarter at Mar-a-Lago."""
    # Fails if a sign is turned, points are not taken in hundreds, or the share goes to the capital.
    params.face_cost, params.face_mar_a_lago_share = 2.0, 0.25
    params.face_per_100pp, params.face_per_humiliation = 2.0, 3.0
    state.duty_pp[US][RECIPROCAL] = addon
    state.humiliation = humiliation

    assert face_cost(state, params, venue) == cost


def test_a_venue_is_worth_what_both_like_less_face(state: State, params: Params) -> None:
    """Both tastes add up, and China's face cost is taken off."""
    # Fails if a side's taste is left out, or the cost is added.
    params.venue_taste[US][VENUE_WASHINGTON], params.venue_taste[CN][VENUE_WASHINGTON] = 1.5, 0.25
    params.face_cost = 2.0

    assert venue_utility(state, params, VENUE_WASHINGTON) == -0.25


def test_china_accepts_a_venue_by_its_own_taste_and_face(state: State, params: Params) -> None:
    """Log odds are its liking less its face cost; the US taste has no part in it."""
    # Fails if the US taste is read, or the cost is added.
    params.venue_taste[US][VENUE_WASHINGTON], params.venue_taste[CN][VENUE_WASHINGTON] = 9.0, 0.5
    params.face_cost = 2.0

    expected = 1.0 / (1.0 + math.exp(1.5))
    assert venue_acceptance(state, params, VENUE_WASHINGTON) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("luck", "expected"),
    [
        ((0.9, 0.1, 0.1, 0.1), VENUE_BEIJING),
        ((0.1, 0.9, 0.1, 0.1), VENUE_WASHINGTON),
        ((0.1, 0.1, 0.9, 0.1), VENUE_MAR_A_LAGO),
        ((0.1, 0.1, 0.1, 0.9), VENUE_THIRD_COUNTRY),
        ((0.1, 0.9, 0.8, 0.7), VENUE_WASHINGTON),
        ((0.1, 0.7, 0.9, 0.8), VENUE_MAR_A_LAGO),
    ],
)
def test_luck_settles_the_venue_among_equals(
    state: State, params: Params, luck: tuple[float, float, float, float], expected: int
) -> None:
    """With no tastes the largest draw has it."""
    # Fails if a draw goes to another venue, or a later one wins with less.
    assert decide_venue(state, params, *luck) == expected


@pytest.mark.parametrize(
    "venue", [VENUE_BEIJING, VENUE_WASHINGTON, VENUE_MAR_A_LAGO, VENUE_THIRD_COUNTRY]
)
def test_a_venue_both_like_wins_on_even_luck(state: State, params: Params, venue: int) -> None:
    """With even draws the highest joint utility has it."""
    # Fails if a venue's utility is another's, or draws alone decide.
    params.venue_taste[US][venue] = 0.5

    assert decide_venue(state, params, 0.5, 0.5, 0.5, 0.5) == venue


@pytest.mark.parametrize(
    ("liked", "expected"),
    [
        ((), VENUE_BEIJING),
        ((VENUE_WASHINGTON, VENUE_MAR_A_LAGO, VENUE_THIRD_COUNTRY), VENUE_WASHINGTON),
        ((VENUE_MAR_A_LAGO, VENUE_THIRD_COUNTRY), VENUE_MAR_A_LAGO),
    ],
)
def test_a_tie_of_venues_goes_to_the_one_named_first(
    state: State, params: Params, liked: tuple[int, ...], expected: int
) -> None:
    """Among equals the order is Beijing, Washington, Mar-a-Lago, a third country."""
    # Fails if a later venue wins at equal utility.
    for venue in liked:
        params.venue_taste[CN][venue] = 0.5

    assert decide_venue(state, params, 0.5, 0.5, 0.5, 0.5) == expected


# ------------------------------------------------------------------------------------- the ladder


@pytest.fixture
def ladder(params: Params) -> Params:
    """Returns parameters of the ladder in round numbers."""
    params.summit_agree_per_day, params.summit_date_per_day = 0.125, 0.25
    params.summit_talks_boost, params.summit_call_boost, params.call_echo_days = 2.0, 1.5, 14
    params.summit_lapse_per_day = 0.0625
    return params


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"summit": SUMMIT_FLOATED}, 0.125),
        ({"summit": SUMMIT_FLOATED, "talks": TALKS_ACTIVE}, 0.25),
        ({"summit": SUMMIT_FLOATED, "call_day": TODAY - 14}, 0.1875),
        ({"summit": SUMMIT_FLOATED, "call_day": TODAY - 15}, 0.125),
        ({"summit": SUMMIT_AGREED}, 0.25),
        ({"summit": SUMMIT_AGREED, "talks": TALKS_ACTIVE, "call_day": TODAY}, 0.25),
        ({"summit": SUMMIT_NONE}, 0.0),
        ({"summit": SUMMIT_DATED}, 0.0),
        ({"summit": SUMMIT_HELD}, 0.0),
    ],
)
def test_the_ladder_is_climbed_faster_with_talks_and_after_a_call(
    state: State, ladder: Params, values: dict[str, Any], expected: float
) -> None:
    """The first rung waits for talks and calls; the second has a pace of its own."""
    # Fails if a pace or a boost goes to another rung, or the echo moves by a day.
    assert step_hazard(given(state, values), ladder) == expected


def test_no_call_speeds_the_ladder_on_the_first_days(state: State, ladder: Params) -> None:
    """Day 0 stands for no call, even a few days after it."""
    # Fails if day 0 is taken for a day.
    state.day, state.summit = 10, SUMMIT_FLOATED

    assert step_hazard(state, ladder) == 0.125


@pytest.mark.parametrize(
    ("fixed", "tension", "log"), [(False, 0.5, -1.0), (True, 0.0, -1.5), (True, 0.5, -2.5)]
)
def test_tension_and_a_venue_that_costs_face_slow_the_ladder(
    state: State, ladder: Params, fixed: bool, tension: float, log: float
) -> None:
    """Face counts only where the venue is settled beforehand."""
    # Fails if a sign is turned, or face counts without a fixed venue.
    ladder.summit_tension_effect, ladder.face_step_effect, ladder.face_cost = 2.0, 0.75, 2.0
    state.summit, state.tension = SUMMIT_AGREED, tension
    state.venue, state.venue_fixed = VENUE_WASHINGTON, fixed

    assert step_hazard(state, ladder) == pytest.approx(0.25 * math.exp(log))


def test_a_step_is_certain_at_most(state: State, ladder: Params) -> None:
    """Boosts beyond 1 make it certain, no more."""
    # Fails if the bound is taken away.
    ladder.summit_talks_boost = 90.0

    assert step_hazard(given(state, {"summit": SUMMIT_FLOATED, "talks": 2}), ladder) == 1.0


@pytest.mark.parametrize("stage", SummitStage)
def test_only_what_is_merely_talked_about_is_forgotten(
    state: State, ladder: Params, stage: SummitStage
) -> None:
    """A floated meeting may lapse, an agreed one after weeks; a dated one slips instead."""
    # Fails if a rung is added or left out, or an agreed meeting lapses a day too early.
    state.summit = stage
    lapses = stage in {SummitStage.FLOATED, SummitStage.AGREED}

    assert lapse_hazard(state, ladder) == (0.0625 if lapses else 0.0)
    state.summit_agreed_day = TODAY - 30
    ladder.summit_stands_days = 30
    lapses = stage == SummitStage.FLOATED
    assert lapse_hazard(state, ladder) == (0.0625 if lapses else 0.0)


def test_the_first_step_is_an_agreement_alone(state: State, params: Params) -> None:
    """From floated to agreed nothing but the stage and its day change."""
    # Fails if a date is set a rung too early.
    state.summit = SUMMIT_FLOATED

    fields = changed(state, lambda: apply_step(state, params, VENUE_BEIJING, TODAY + 9, 0.5))

    assert fields == {"summit", "summit_agreed_day", "goodwill_day"}
    assert state.goodwill_day == TODAY
    assert state.summit == SUMMIT_AGREED


@pytest.mark.parametrize(
    ("slot", "u", "day"),
    [
        (0, 0.0, TODAY + 20),
        (0, 0.5, TODAY + 30),
        (0, 0.999, TODAY + 39),
        (TODAY + 7, 0.5, TODAY + 7),
    ],
)
def test_the_second_step_sets_place_and_date(
    state: State, params: Params, slot: int, u: float, day: int
) -> None:
    """A slot of the calendar has it, else a day between the bounds of the lead."""
    # Fails if the slot is ignored, the shortest lead is not the base, or talks do not open.
    params.summit_lead_min_days, params.summit_lead_max_days = 20, 40
    params.relief_per_confirmation = 0.25
    state.summit = SUMMIT_AGREED

    apply_step(state, params, VENUE_BEIJING, slot, u)

    assert (state.summit, state.venue, state.summit_day) == (SUMMIT_DATED, VENUE_BEIJING, day)
    assert (state.tension, state.talks) == (0.375, TALKS_PREPARING)


def test_a_venue_settled_beforehand_stays(state: State, params: Params) -> None:
    """The date is set where the venue was fixed."""
    # Fails if the new venue overwrites a fixed one.
    state.summit, state.venue, state.venue_fixed = SUMMIT_AGREED, VENUE_MAR_A_LAGO, True

    apply_step(state, params, VENUE_BEIJING, 0, 0.5)

    assert state.venue == VENUE_MAR_A_LAGO


@pytest.mark.parametrize(
    ("stage", "since", "expected"),
    [
        (SUMMIT_NONE, 1, True),
        (SUMMIT_HELD, 61, True),
        (SUMMIT_HELD, 60, False),
        (SUMMIT_FLOATED, 61, False),
        (SUMMIT_AGREED, 61, False),
        (SUMMIT_DATED, 61, False),
        (SUMMIT_CONFIRMED, 61, False),
    ],
)
def test_a_meeting_is_floated_when_none_is_in_sight(
    state: State, params: Params, stage: int, since: int, expected: bool
) -> None:
    """After one was held leaders rest; while one is on its way none is floated."""
    # Fails if the rest moves by a day, or a meeting on its way does not count.
    params.summit_spacing_days = 60
    state.summit, state.summit_last_day = stage, TODAY - since

    assert can_float(state, params, CN) is expected


@pytest.mark.parametrize(("since", "expected"), [(22, True), (21, False)])
def test_a_plan_given_up_rests(state: State, params: Params, since: int, expected: bool) -> None:
    """What was dropped for lack of a date is not proposed anew within days."""
    # Fails if the rest moves by a day, or a plan given up does not count.
    params.summit_refloat_days = 21
    state.summit, state.summit_lapse_day = SUMMIT_NONE, TODAY - since

    assert can_float(state, params, US) is expected


def test_floating_warms_a_little(state: State, params: Params) -> None:
    """The first rung is taken and rapport rises."""
    # Fails if rapport falls, or stands still.
    params.rapport_per_float = 0.25
    state.rapport = 0.5

    assert changed(state, lambda: apply_float(state, params)) == {"summit", "rapport"}
    assert (state.summit, state.rapport) == (SUMMIT_FLOATED, 0.75)


@pytest.mark.parametrize(("fixed", "venue"), [(False, VENUE_NONE), (True, VENUE_BEIJING)])
def test_a_forgotten_meeting_leaves_only_a_fixed_venue(
    state: State, fixed: bool, venue: int
) -> None:
    """Stage and date are gone; a venue settled beforehand stays."""
    # Fails if date or venue stand, or a fixed venue is lost.
    state.summit, state.summit_day = SUMMIT_AGREED, TODAY + 9
    state.venue, state.venue_fixed = VENUE_BEIJING, fixed
    state.summit_slipped = True

    apply_lapse(state)

    assert (state.summit, state.summit_day, state.venue) == (SUMMIT_NONE, 0, venue)
    assert state.summit_lapse_day == TODAY
    assert not state.summit_slipped


# ------------------------------------------------------------------------------- confirmations


@pytest.fixture
def parties(params: Params) -> Params:
    """Returns parameters of confirmations in round numbers."""
    params.confirm_window_days = [21, 14, 10]
    params.confirm_last_days = 3
    params.confirm_us_per_day, params.confirm_host_per_day = 0.125, 0.25
    params.confirm_cn_per_day, params.confirm_cn_last_days_per_day = 0.0625, 0.5
    return params


@pytest.mark.parametrize(
    ("party", "confirmed", "left", "expected"),
    [
        (PARTY_US, [0, 0, 0], 21, 0.125),
        (PARTY_US, [0, 0, 0], 22, 0.0),
        (PARTY_US, [9, 0, 0], 5, 0.0),
        (PARTY_HOST, [9, 0, 0], 14, 0.25),
        (PARTY_HOST, [9, 0, 0], 15, 0.0),
        (PARTY_HOST, [0, 0, 0], 14, 0.0),
        (PARTY_HOST, [9, 9, 0], 14, 0.0),
        (PARTY_CN, [9, 9, 0], 11, 0.0),
        (PARTY_CN, [9, 9, 0], 10, 0.0625),
        (PARTY_CN, [9, 9, 0], 4, 0.0625),
        (PARTY_CN, [9, 9, 0], 3, 0.5),
        (PARTY_CN, [9, 0, 0], 3, 0.0),
        (PARTY_CN, [9, 9, 9], 3, 0.0),
    ],
)
def test_washington_confirms_first_the_host_next_china_last(
    state: State, parties: Params, party: int, confirmed: list[int], left: int, expected: float
) -> None:
    """Each party waits for its window and for those before it, and confirms once."""
    # Fails if a window moves by a day, an order is skipped, or a pace is another party's.
    state.summit, state.summit_day, state.confirmed = SUMMIT_DATED, TODAY + left, confirmed
    state.venue = VENUE_THIRD_COUNTRY

    assert confirm_hazard(state, parties, party) == expected


@pytest.mark.parametrize("venue", [VENUE_BEIJING, VENUE_WASHINGTON, VENUE_MAR_A_LAGO])
@pytest.mark.parametrize(
    ("party", "confirmed", "expected"),
    [(PARTY_HOST, [9, 0, 0], 0.0), (PARTY_CN, [9, 0, 0], 0.5), (PARTY_CN, [0, 0, 0], 0.0)],
)
def test_where_one_of_the_two_is_host_no_third_confirms(
    state: State, parties: Params, venue: int, party: int, confirmed: list[int], expected: float
) -> None:
    """Beijing follows Washington at once, at home or as a guest."""
    # Fails if a host confirms beside the two, or Beijing waits for one.
    state.summit, state.summit_day, state.confirmed = SUMMIT_DATED, TODAY + 3, confirmed
    state.venue = venue

    assert confirm_hazard(state, parties, party) == expected


@pytest.mark.parametrize("stage", [s for s in SummitStage if s != SummitStage.DATED])
def test_only_a_dated_meeting_is_confirmed(
    state: State, parties: Params, stage: SummitStage
) -> None:
    """On no other rung does a party confirm."""
    # Fails if the stage is not looked at.
    state.summit, state.summit_day = stage, TODAY + 2

    assert confirm_hazard(state, parties, PARTY_US) == 0.0


@pytest.mark.parametrize("party", [PARTY_US, PARTY_HOST])
def test_the_first_confirmations_raise_hopes(state: State, params: Params, party: int) -> None:
    """The day is noted and optimism rises; the stage waits for China."""
    # Fails if the meeting counts as confirmed too early, or another party's day is set.
    params.optimism_per_confirmation = 0.25
    state.summit, state.optimism = SUMMIT_DATED, 0.5
    state.venue = VENUE_THIRD_COUNTRY

    fields = changed(state, lambda: apply_confirmation(state, params, party))

    assert fields == {"confirmed", "optimism"}
    assert state.confirmed == [TODAY if p == party else 0 for p in range(3)]
    assert state.optimism == 0.75


@pytest.mark.parametrize(
    ("venue", "party", "confirmed"),
    [
        (VENUE_BEIJING, PARTY_US, [TODAY, 0, 0]),
        (VENUE_BEIJING, PARTY_CN, [0, TODAY, TODAY]),
        (VENUE_WASHINGTON, PARTY_US, [TODAY, TODAY, 0]),
        (VENUE_MAR_A_LAGO, PARTY_US, [TODAY, TODAY, 0]),
        (VENUE_MAR_A_LAGO, PARTY_CN, [0, 0, TODAY]),
    ],
)
def test_the_host_that_is_one_of_the_two_confirms_with_it(
    state: State, params: Params, venue: int, party: int, confirmed: list[int]
) -> None:
    """Whoever receives the other speaks as the host, too."""
    # Fails if the host's day is left open, or is set by the guest.
    state.summit, state.venue = SUMMIT_DATED, venue

    apply_confirmation(state, params, party)

    assert state.confirmed == confirmed


def test_chinas_confirmation_completes_the_meeting(state: State, params: Params) -> None:
    """The stage moves, tension and market stress fall; optimism stays at most 1."""
    # Fails if relief raises stress, or the bound of optimism is taken away.
    params.optimism_per_confirmation, params.relief_per_confirmation = 0.75, 0.25
    params.market_relief = 0.25
    state.summit, state.optimism, state.market_stress = SUMMIT_DATED, 0.5, 0.5

    fields = changed(state, lambda: apply_confirmation(state, params, PARTY_CN))

    assert fields == {"confirmed", "optimism", "summit", "tension", "market_stress"}
    assert (state.summit, state.optimism) == (SUMMIT_CONFIRMED, 1.0)
    assert (state.tension, state.market_stress) == (0.375, 0.375)


# ------------------------------------------------------------------------------------- slips


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"summit": SUMMIT_DATED}, 0.03125),
        ({"summit": SUMMIT_CONFIRMED}, 0.03125),
        ({"summit": SUMMIT_AGREED}, 0.0),
        ({"summit": SUMMIT_DATED, "tension": 0.75}, 0.0625),
        ({"summit": SUMMIT_DATED, "recent_hike": [0.5, 9.0]}, 0.0625),
        ({"summit": SUMMIT_DATED, "recent_threat": 0.5}, 0.0625),
        ({"summit": SUMMIT_DATED, "recent_hike": [3.0, 0.0], "recent_threat": 3.0}, 0.15625),
        ({"summit": SUMMIT_DATED, "recent_hike": [-1.0, 0.0]}, 0.03125),
        ({"summit": SUMMIT_DATED, "venue": VENUE_WASHINGTON}, 0.09375),
        ({"summit": SUMMIT_DATED, "venue": VENUE_BEIJING}, 0.03125),
    ],
)
def test_a_dated_meeting_slips_after_hikes_and_at_the_cost_of_face(
    state: State, params: Params, values: dict[str, Any], expected: float
) -> None:
    """A sixteenth a day in calm, times one half; hikes, threats, face and tension add to it."""
    # Fails if a sign is turned, China's hikes count, memory is unbounded, or any stage slips.
    params.cancel_per_day, params.cancel_calm_factor = 0.0625, 0.25
    params.cancel_after_hike, params.signal_max = 0.125, 2.0
    params.cancel_per_face, params.face_cost = 0.0625, 2.0
    state.tension = 0.25

    assert cancel_hazard(given(state, values), params) == expected


def test_a_slip_is_certain_at_most(state: State, params: Params) -> None:
    """However much speaks against a meeting, its hazard stays a chance."""
    # Fails if the bound is taken away.
    params.cancel_per_day, params.cancel_calm_factor, state.summit = 2.0, 1.0, SUMMIT_DATED

    assert cancel_hazard(state, params) == 1.0


def test_a_slip_sends_the_ladder_a_rung_back(state: State, params: Params) -> None:
    """The wish to meet stays; the date and all confirmations go; hopes make it worse."""
    # Fails if a confirmation stands, optimism dampens the jump, or the slip is not counted.
    params.tension_per_slip = 0.25
    state.summit, state.summit_day, state.optimism = SUMMIT_CONFIRMED, TODAY, 1.0
    state.slips = 2
    state.confirmed, state.venue = [9, 9, 9], VENUE_BEIJING

    params.slip_tension_max = 0.8

    fields = changed(state, lambda: apply_slip(state, params))

    assert fields == {"slips", "summit", "summit_day", "confirmed", "tension", "summit_slipped"}
    assert (state.slips, state.summit, state.summit_day) == (3, SUMMIT_AGREED, 0)
    assert (state.confirmed, state.tension) == ([0, 0, 0], 0.75)


@pytest.mark.parametrize(
    ("tension", "slipped", "venue"), [(0.4, True, VENUE_MAR_A_LAGO), (0.9, False, VENUE_BEIJING)]
)
def test_a_meeting_put_off_keeps_its_place_and_soon_gets_a_date(
    state: State, params: Params, tension: float, slipped: bool, venue: int
) -> None:
    """The new date comes at a pace of its own, in the same place; in a crisis all is open again."""
    # Fails if the venue is chosen anew, the pace is that of a first date, or tension has no say.
    params.summit_redate_per_day, params.summit_date_per_day = 0.5, 0.125
    params.slip_tension_max = 0.8
    state.summit, state.summit_day, state.venue = SUMMIT_DATED, TODAY + 9, VENUE_MAR_A_LAGO
    state.tension = tension

    apply_slip(state, params)

    assert state.summit_slipped is slipped
    assert step_hazard(state, params) == (0.5 if slipped else 0.125)
    apply_step(state, params, VENUE_BEIJING, 0, 0.5)
    assert (state.summit, state.venue, state.summit_slipped) == (SUMMIT_DATED, venue, False)


# ------------------------------------------------------------------------------------- the meeting


@pytest.mark.parametrize(
    ("venue", "tension", "expected"),
    [
        (VENUE_BEIJING, 0.5, 0.25),
        (VENUE_WASHINGTON, 0.5, 0.375),
        (VENUE_MAR_A_LAGO, 0.0, 0.25),
        (VENUE_BEIJING, 3.6, 1.0),
    ],
)
def test_a_meeting_fails_more_often_when_tense_or_on_us_soil(
    state: State, params: Params, venue: int, tension: float, expected: float
) -> None:
    """A base, a rise with tension, and a guest may be scolded; a chance of 1 at most."""
    # Fails if a sign is turned, a host scolds himself, or the bound is taken away.
    params.failure_base, params.failure_tension, params.humiliation_hazard = 0.125, 0.25, 0.125
    state.venue, state.tension = venue, tension

    assert failure_probability(state, params) == expected


def test_the_first_meeting_is_kept_for_the_record(state: State, params: Params) -> None:
    """Day, venue, tension on the eve and days since the last round are noted."""
    # Fails if one of them is left out, or the stage does not move.
    state.summit, state.venue, state.round_day = SUMMIT_CONFIRMED, VENUE_BEIJING, TODAY - 4

    fields = changed(state, lambda: apply_meeting(state, params))

    assert fields == {
        "summit", "summits", "summit_last_day", "summit_held_day", "summit_venue_held",
        "tension_before_summit", "summit_round_gap",
    }  # fmt: skip
    assert (state.summit, state.summits, state.summit_last_day) == (SUMMIT_HELD, 1, TODAY)
    assert (state.summit_held_day, state.summit_venue_held) == (TODAY, VENUE_BEIJING)
    assert (state.tension_before_summit, state.summit_round_gap) == (0.5, 4)


def test_a_meeting_without_a_round_has_no_gap(state: State, params: Params) -> None:
    """With no round on record the gap stays at its sign for none."""
    # Fails if day 0 is taken for the day of a round.
    apply_meeting(state, params)

    assert state.summit_round_gap == -1


def test_a_later_meeting_leaves_the_record_of_the_first(state: State, params: Params) -> None:
    """Only count, stage and day of the last meeting move."""
    # Fails if the record is written again.
    state.summit, state.summits, state.venue = SUMMIT_CONFIRMED, 1, VENUE_WASHINGTON

    fields = changed(state, lambda: apply_meeting(state, params))

    assert fields == {"summit", "summits", "summit_last_day"}
    assert (state.summits, state.summit_last_day) == (2, TODAY)


@pytest.mark.parametrize(("venue", "humiliation"), [(VENUE_WASHINGTON, 0.75), (VENUE_BEIJING, 0.5)])
def test_a_public_failure_sours_everything(
    state: State, params: Params, venue: int, humiliation: float
) -> None:
    """Tension up with hopes, rapport down, both tones colder; a guest is humiliated."""
    # Fails if a sign is turned, a side's tone stays, or a host is humiliated.
    params.tension_per_failure, params.rapport_per_call = 0.25, 0.125
    params.humiliation_hazard = 0.25
    params.tone_speed[US][TONE_FAILURE], params.tone_speed[CN][TONE_FAILURE] = 0.5, 0.25
    state.summits, state.optimism, state.rapport, state.venue = 1, 1.0, 0.5, venue
    state.humiliation = 0.5

    apply_public_failure(state, params)

    assert (state.tension, state.rapport, state.tone) == (0.75, 0.375, [0.25, 0.375])
    assert (state.humiliation, state.summit_result) == (humiliation, RESULT_FAILURE)


def test_humiliation_is_complete_at_one(state: State, params: Params) -> None:
    """A second scolding adds up to 1 at most."""
    # Fails if the bound is taken away.
    params.humiliation_hazard, state.humiliation, state.venue = 0.75, 0.5, VENUE_WASHINGTON

    apply_public_failure(state, params)

    assert state.humiliation == 1.0


@pytest.mark.parametrize(
    ("venue", "pageantry", "rapport"),
    [
        (VENUE_BEIJING, True, 0.875),
        (VENUE_BEIJING, False, 0.75),
        (VENUE_WASHINGTON, True, 0.75),
    ],
)
def test_a_meeting_that_does_not_fail_warms(
    state: State, params: Params, venue: int, pageantry: bool, rapport: float
) -> None:
    """Rapport up, more with a state visit in Beijing; tension relieved, tones warmer, talks on."""
    # Fails if pomp counts elsewhere, a side's tone stays, or talks do not open.
    params.rapport_per_meeting, params.rapport_per_pageantry = 0.25, 0.125
    params.relief_per_meeting = 0.25
    for side, speed in ((US, 0.5), (CN, 0.25)):
        params.tone_target[side][TONE_MEETING], params.tone_speed[side][TONE_MEETING] = 1.0, speed
    state.summits, state.rapport, state.venue, state.pageantry = 1, 0.5, venue, pageantry

    fields = changed(state, lambda: apply_kick_start(state, params))

    assert fields == {
        "summit_result", "rapport", "tension", "tone", "talks", "talks_resumed_day",
    }  # fmt: skip
    assert (state.rapport, state.tension, state.tone) == (rapport, 0.375, [0.75, 0.625])
    assert (state.talks, state.summit_result) == (TALKS_PREPARING, RESULT_TALKS)


@pytest.mark.parametrize("effect", [apply_kick_start, apply_public_failure])
def test_only_the_first_meeting_has_a_result(state: State, params: Params, effect: Any) -> None:
    """Later meetings leave the result of the first alone."""
    # Fails if the count is not looked at.
    state.summits, state.talks = 2, TALKS_NONE

    effect(state, params)

    assert state.summit_result == RESULT_NOT_HELD


@pytest.mark.parametrize(("upgraded", "after"), [(False, 0.25), (True, 0.375)])
def test_a_refusal_costs_rapport(
    state: State, params: Params, upgraded: bool, after: float
) -> None:
    """A quarter without a substitute, an eighth with one."""
    # Fails if the two are exchanged, or rapport rises.
    params.rapport_per_refusal, params.rapport_per_substitute = 0.25, 0.125
    state.rapport = 0.5

    assert changed(state, lambda: apply_refusal(state, params, upgraded)) == {"rapport"}
    assert state.rapport == after
