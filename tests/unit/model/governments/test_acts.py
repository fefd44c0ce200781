"""The rows of acts: when each is open, what it does, and which way it pulls on the features."""

from __future__ import annotations

from typing import Any

import pytest

from sim.model.governments.acts import ACTS, ASKING, COURSES, LOADING, ROWS, always, nothing
from sim.model.tables.codes import (
    ACCORD_PHASE_ONE,
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    AGREEMENT_SIGNED,
    AGREEMENT_VERBAL,
    BUYER_FREEZE,
    CN,
    ENTITIES,
    FENTANYL,
    FULL_REPLY,
    INBOUND_LIMITS,
    OUTBOUND_LIMITS,
    PNTR,
    PORT_FEES,
    PROBES,
    RARE_EARTHS,
    RECIPROCAL,
    SUMMIT_FLOATED,
    SUMMIT_HELD,
    SUMMIT_NONE,
    TALKS_ACTIVE,
    TALKS_NONE,
    TALKS_PREPARING,
    TALKS_RESUMED,
    TALKS_STALLED,
    TECH,
    US,
    VISAS,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.variables.duties import PENDING_SLOTS
from sim.model.tables.vocabulary import CHOICES, FORCED, Act, Feature
from sim.model.tables.vocabulary import COURSES as COURSE_CODES
from tests.unit.model.records import TODAY, changed

F = Feature

TIGHTENING = [
    (Act.TIGHTEN_TECH, US, TECH),
    (Act.LIMIT_INBOUND, US, INBOUND_LIMITS),
    (Act.LIMIT_OUTBOUND, US, OUTBOUND_LIMITS),
    (Act.SET_PORT_FEES, US, PORT_FEES),
    (Act.SET_PORT_FEES, CN, PORT_FEES),
    (Act.LIMIT_VISAS, US, VISAS),
    (Act.TIGHTEN_RARE_EARTHS, CN, RARE_EARTHS),
    (Act.FREEZE_PURCHASES, CN, BUYER_FREEZE),
    (Act.OPEN_PROBE, CN, PROBES),
]
"""Acts that raise an instrument, up to a cap of its own."""


# ---------------------------------------------------------------------------------- when open


STOPPED: dict[str, Any] = {"duty_pp": [[0.0, 0.0, 20.0, 80.0, 0.0, 0.0], [0.0] * 6]}
OWED = {"reply_instrument_since": [0, TODAY]}
"""Duties at the prohibitive add-on."""

LEGAL: list[tuple[Act, int, dict[str, Any], bool]] = [
    (Act.WAIT, US, {}, True),
    (Act.LIST_ENTITIES, CN, {}, True),
    (Act.REBUKE, CN, {}, False),
    (Act.REBUKE, CN, {"cause_day": [0, TODAY - 21]}, True),
    (Act.REBUKE, CN, {"cause_day": [TODAY, TODAY - 22]}, False),
    (Act.REBUKE, CN, {"cause_day": [0, TODAY - 9], "rebuke_day": TODAY - 9}, False),
    (Act.REBUKE, CN, {"cause_day": [0, TODAY - 8], "rebuke_day": TODAY - 9}, True),
    (Act.REBUKE, CN, {"cause_day": [0, TODAY], "goodwill_day": TODAY - 5}, False),
    (Act.THREATEN, US, {"threat_open": False}, True),
    (Act.THREATEN, US, {"threat_open": True}, True),
    (Act.THREATEN, US, {"threat_dropped_day": TODAY - 20}, False),
    (Act.HIKE, US, {"hike_day": [TODAY - 21, 0]}, True),
    (Act.HIKE, US, {"hike_day": [TODAY - 20, 0]}, False),
    (Act.REVOKE_PNTR, US, {"duty_pp": [[9.0, 9.0, 9.0, 9.0, 9.0, 0.0], [9.0] * 6]}, True),
    (Act.REVOKE_PNTR, US, {"duty_pp": [[0.0, 0.0, 0.0, 0.0, 0.0, 9.0], [0.0] * 6]}, False),
    (Act.EASE_TECH, US, {"control": [[1, 0, 0, 0, 0, 0], [0] * 6]}, True),
    (Act.EASE_TECH, US, {"control": [[0, 1, 1, 1, 1, 1], [1] * 6]}, False),
    (Act.ACCUSE, US, {"agreement": AGREEMENT_PAUSE}, False),
    (Act.ACCUSE, US, {"agreement": AGREEMENT_PAUSE, "provoked_day": [TODAY - 21, 0]}, True),
    (Act.ACCUSE, US, {"agreement": AGREEMENT_PAUSE, "provoked_day": [TODAY - 22, TODAY]}, False),
    (Act.ACCUSE, US, {"agreement": AGREEMENT_PAUSE, "breach_day": TODAY - 21}, True),
    (Act.ACCUSE, CN, {"agreement": AGREEMENT_PAUSE, "breach_day": TODAY}, False),
    (Act.ACCUSE, CN, {"agreement": AGREEMENT_NONE, "provoked_day": [0, TODAY]}, False),
    (Act.REVOKE_PNTR, US, {"agreement": AGREEMENT_SIGNED}, False),
    (Act.HIKE, US, {"hike_day": [0, 0], "agreement": AGREEMENT_PAUSE}, False),
    (Act.HIKE, US, {"hike_day": [0, 0], "agreement": AGREEMENT_SIGNED}, False),
    (Act.HIKE, US, {"hike_day": [0, 0], "agreement": AGREEMENT_VERBAL}, True),
    (Act.CUT_TARIFF, US, {**STOPPED, "market_stress": 0.5}, True),
    (Act.CUT_TARIFF, US, {**STOPPED, "market_stress": 0.4}, False),
    (Act.CUT_TARIFF, US, {**STOPPED, "market_stress": 0.5, "threat_open": True}, False),
    (Act.CUT_TARIFF, US, {"duty_pp": [[9.0] * 6, [200.0] * 6], "market_stress": 0.5}, False),
    (Act.EASE_CONTROLS, US, {"control": [[0, 0, 0, 1, 0, 0], [0] * 6]}, True),
    (Act.EASE_CONTROLS, US, {"control": [[4, 0, 0, 0, 0, 0], [1] * 6]}, False),
    (Act.EASE_CONTROLS, CN, {"control": [[1] * 6, [4, 0, 0, 0, 0, 0]]}, False),
    (
        Act.EASE_CONTROLS,
        CN,
        {"control": [[0] * 6, [1] * 6], "reply_instrument": [0, 2], **OWED},
        False,
    ),
    (Act.EASE_RARE_EARTHS, CN, {"control": [[0] * 6, [1, 0, 0, 0, 0, 0]]}, True),
    (Act.EASE_RARE_EARTHS, CN, {"control": [[1] * 6, [0, 1, 1, 1, 1, 1]]}, False),
    (Act.CATCH_UP_PURCHASES, CN, {"delivered_usd_bn": [[74.0] + [0.0] * 4, [0.0] * 5]}, True),
    (Act.CATCH_UP_PURCHASES, CN, {"delivered_usd_bn": [[75.0] + [0.0] * 4, [0.0] * 5]}, False),
    (Act.CATCH_UP_PURCHASES, CN, {"hike_day": [TODAY - 30, 0]}, False),
    (Act.CATCH_UP_PURCHASES, CN, {"hike_day": [0, TODAY - 30]}, False),
    (Act.CATCH_UP_PURCHASES, CN, {"hike_day": [TODAY - 31, TODAY - 31]}, True),
    (Act.CRACK_DOWN_PRECURSORS, CN, {"duty_pp": [[0.0, 0.0, 0.5] + [0.0] * 3, [0.0] * 6]}, True),
    (Act.CRACK_DOWN_PRECURSORS, CN, {"duty_pp": [[9.0, 9.0, 0.0] + [9.0] * 3, [9.0] * 6]}, False),
    (Act.SEEK_TALKS, US, {"talks": TALKS_NONE}, True),
    (Act.SEEK_TALKS, CN, {"talks": TALKS_STALLED, "stall_day": TODAY - 15}, True),
    (Act.SEEK_TALKS, CN, {"talks": TALKS_STALLED, "stall_day": TODAY - 14}, False),
    (Act.SEEK_TALKS, US, {"talks": TALKS_PREPARING}, False),
    (Act.SEEK_TALKS, US, {"talks": TALKS_ACTIVE}, False),
    (Act.SEEK_TALKS, US, {"talks": TALKS_RESUMED}, False),
    (Act.CALL_LEADER, US, {"call_day": TODAY - 22}, True),
    (Act.CALL_LEADER, CN, {"call_day": TODAY - 21}, False),
    (Act.SEND_DELEGATION, CN, {}, True),
    (Act.SEND_DELEGATION, CN, {"delegation_day": TODAY - 21}, False),
    (Act.SEND_DELEGATION, CN, {"delegation_day": TODAY - 22}, True),
    (Act.FLOAT_SUMMIT, US, {"summit": SUMMIT_NONE}, True),
    (Act.FLOAT_SUMMIT, CN, {"summit": SUMMIT_FLOATED}, False),
    (Act.FLOAT_SUMMIT, CN, {"summit": SUMMIT_HELD, "summit_last_day": TODAY}, False),
]


@pytest.mark.parametrize(("act", "side", "values", "expected"), LEGAL)
def test_an_act_is_open_when_its_row_says_so(
    state: State, params: Params, act: Act, side: int, values: dict[str, Any], expected: bool
) -> None:
    """Each condition opens or closes its act on its own."""
    # Fails if a condition is turned, left out, or reads another field.
    params.hike_spacing_days = params.call_spacing_days = 21
    params.catch_up_gap_min, params.catch_up_calm_days = 0.25, 30
    params.cause_days, params.courtesy_contact_days, params.stall_rest_days = 21, 5, 14
    params.rebuke_days = 21
    params.relented_days, params.delegation_spacing_days = 21, 21
    params.prohibitive_pp, params.cut_stress_min = 100.0, 0.5
    state.pledged_usd_bn[ACCORD_PHASE_ONE][0] = 100.0
    for name, value in values.items():
        setattr(state, name, value)

    assert bool(ROWS[act].legal(state, params, side)) is expected


def test_china_acts_on_precursors_once(state: State, params: Params) -> None:
    """What was done already cannot be offered again."""
    # Fails if the action is not looked at.
    state.duty_pp[US][FENTANYL] = 10.0
    state.precursor_action = True

    assert not ROWS[Act.CRACK_DOWN_PRECURSORS].legal(state, params, CN)


@pytest.mark.parametrize(("act", "side", "instrument"), TIGHTENING)
def test_tightening_is_open_below_the_cap_of_its_instrument(
    state: State, params: Params, act: Act, side: int, instrument: int
) -> None:
    """Only the cap and the level of its own instrument decide."""
    # Fails if a row reads another instrument or another side.
    params.control_cap[side][instrument] = 1
    assert ROWS[act].legal(state, params, side)

    state.control[side][instrument] = 1

    assert not ROWS[act].legal(state, params, side)


def test_always_is_always(state: State, params: Params) -> None:
    """The legality of acts that need nothing."""
    # Fails if it asks for anything.
    assert always(state, params, US) is True


# --------------------------------------------------------------------------------- what it does


@pytest.mark.parametrize(
    ("act", "side", "instrument"),
    [*TIGHTENING, (Act.LIST_ENTITIES, US, ENTITIES), (Act.LIST_ENTITIES, CN, ENTITIES)],
)
def test_tightening_raises_its_own_instrument(
    state: State, params: Params, act: Act, side: int, instrument: int
) -> None:
    """One level of one instrument of the side that acts."""
    # Fails if a row raises another instrument, or the other side's.
    params.control_max_level = 4

    ROWS[act].effect(state, params, side, 0.5, 0.5)

    expected = [[0] * 6, [0] * 6]
    expected[side][instrument] = 1
    assert state.control == expected


EFFECTS: list[tuple[Act, int, str, Any]] = [
    (Act.THREATEN, US, "threats_made", 1),
    (Act.HIKE, US, "hikes", [1, 0]),
    (Act.REVOKE_PNTR, US, "pending_layer", [PNTR] + [0] * (PENDING_SLOTS - 1)),
    (Act.EASE_TECH, US, "control", [[1, 2, 2, 2, 2, 2], [2] * 6]),
    (Act.ACCUSE, CN, "trust_broken", [3.0, 3.5]),
    (Act.ACCUSE, US, "trust_broken", [3.5, 3.0]),
    (Act.CUT_TARIFF, US, "duty_pp", [[0.0, 0.0, 20.0, 20.0, 0.0, 0.0], [34.0] * 6]),
    (Act.EASE_RARE_EARTHS, CN, "control", [[2] * 6, [1, 2, 2, 2, 2, 2]]),
    (Act.CATCH_UP_PURCHASES, CN, "catch_up_usd_bn", 5.0),
    (Act.REBUKE, CN, "tone", [0.5, 0.25]),
    (Act.CRACK_DOWN_PRECURSORS, CN, "precursor_action", True),
    (Act.SEEK_TALKS, US, "talks", TALKS_PREPARING),
    (Act.CALL_LEADER, CN, "call_by", CN),
    (Act.FLOAT_SUMMIT, US, "summit", SUMMIT_FLOATED),
]


@pytest.mark.parametrize(("act", "side", "field", "expected"), EFFECTS)
def test_an_act_does_what_its_row_says(
    state: State, params: Params, act: Act, side: int, field: str, expected: Any
) -> None:
    """Each row carries out its own rule, for the side that acts."""
    # Fails if a row carries out another act's rule, or for the other side.
    params.hike_step_pp, params.hike_lead_days, params.pntr_lead_days = 10.0, 3, 3
    params.trust_cost_of_accusation, params.catch_up_usd_bn = 0.5, 5.0
    params.tone_speed[CN] = [0.5] * 7
    state.control = [[2] * 6, [2] * 6]
    state.duty_pp = [[0.0, 0.0, 20.0, 30.0, 0.0, 0.0], [34.0] * 6]
    assert (RECIPROCAL, FULL_REPLY) == (3, 3)
    state.pledged_usd_bn[ACCORD_PHASE_ONE][0] = 100.0

    ROWS[act].effect(state, params, side, 0.25, 0.25)

    assert getattr(state, field) == expected


def test_a_threat_takes_its_draws_in_order(state: State, params: Params) -> None:
    """The first draw sets the size, the second the notice."""
    # Fails if the draws are swapped or one is used twice.
    params.size_share, params.threat_size_pp = [0.5, 0.5, 0.0, 0.0], [10.0, 34.0, 50.0, 100.0]
    params.threat_lead_min_days, params.threat_lead_max_days = 10, 30

    ROWS[Act.THREATEN].effect(state, params, US, 0.9, 0.0)

    assert (state.threat_pp, state.threat_deadline) == (34.0, TODAY + 10)


@pytest.mark.parametrize("act", [Act.SEEK_TALKS, Act.CALL_LEADER])
def test_an_approach_is_answered_by_its_first_draw(state: State, params: Params, act: Act) -> None:
    """The other side says yes at a low first draw, whatever the second."""
    # Fails if the second draw decides.
    params.call_doubt_share = 1.0

    assert ROWS[act].effect(state, params, US, 0.9, 0.1) is False
    assert ROWS[act].effect(state, params, US, 0.1, 0.9) is True


def test_waiting_changes_nothing(state: State, params: Params) -> None:
    """The effect of waiting is none."""
    # Fails if the empty effect writes anything.
    assert ROWS[Act.WAIT].effect is nothing
    assert changed(state, lambda: nothing(state, params, US, 0.5, 0.5)) == set()


# ------------------------------------------------------------------------------------ the tables


HARSH = (F.LEVERAGE, F.RECIPROCITY)
SIGNS: dict[Act, tuple[tuple[Feature, ...], tuple[Feature, ...]]] = {
    Act.WAIT: ((F.INERTIA,), ()),
    Act.THREATEN: (
        (*HARSH, F.GRIEVANCE, F.CREDIBILITY),
        (F.COST, F.MARKET, F.RAPPORT, F.AGREEMENT, F.PRESSURE),
    ),
    Act.HIKE: (
        (*HARSH, F.GRIEVANCE, F.CREDIBILITY, F.RELIANCE),
        (F.COST, F.MARKET, F.RAPPORT, F.AGREEMENT, F.PRESSURE),
    ),
    Act.TIGHTEN_TECH: ((*HARSH, F.SECURITY), (F.RAPPORT, F.AGREEMENT)),
    Act.LIST_ENTITIES: ((*HARSH, F.SECURITY), (F.RAPPORT, F.AGREEMENT)),
    Act.LIMIT_INBOUND: ((F.LEVERAGE, F.SECURITY), (F.RAPPORT, F.AGREEMENT)),
    Act.LIMIT_OUTBOUND: ((F.LEVERAGE, F.SECURITY), (F.RAPPORT, F.AGREEMENT)),
    Act.SET_PORT_FEES: ((*HARSH, F.SECURITY), (F.COST, F.AGREEMENT)),
    Act.LIMIT_VISAS: ((*HARSH, F.SECURITY), (F.AGREEMENT,)),
    Act.REVOKE_PNTR: (
        (F.RED_LINE, F.SECURITY, F.LEVERAGE),
        (F.COST, F.MARKET, F.AGREEMENT, F.RAPPORT),
    ),
    Act.EASE_TECH: ((F.LANDMARK, F.DEADLINE, F.PRESSURE), (F.SECURITY, F.LEVERAGE)),
    Act.ACCUSE: ((F.GRIEVANCE, F.RECIPROCITY), (F.LANDMARK,)),
    Act.CUT_TARIFF: ((F.COST, F.MARKET, F.PRESSURE, F.LANDMARK), (F.LEVERAGE,)),
    Act.TIGHTEN_RARE_EARTHS: (HARSH, (F.COST, F.AGREEMENT, F.RAPPORT)),
    Act.FREEZE_PURCHASES: (HARSH, (F.COST, F.AGREEMENT)),
    Act.OPEN_PROBE: (HARSH, (F.AGREEMENT,)),
    Act.EASE_RARE_EARTHS: ((F.LANDMARK, F.DEADLINE, F.PRESSURE, F.DELAY), (F.LEVERAGE,)),
    Act.CATCH_UP_PURCHASES: ((F.LANDMARK, F.PRESSURE, F.DELAY, F.DEADLINE), ()),
    Act.REBUKE: ((F.RECIPROCITY, F.FACE), (F.DEADLINE,)),
    Act.CRACK_DOWN_PRECURSORS: ((F.LANDMARK, F.PRESSURE, F.DELAY), ()),
    Act.SEEK_TALKS: ((F.LANDMARK, F.PRESSURE, F.DELAY, F.DEADLINE, F.MARKET, F.PROSPECT), ()),
    Act.CALL_LEADER: (
        (F.LANDMARK, F.PRESSURE, F.DELAY, F.DEADLINE, F.MARKET, F.PROSPECT),
        (F.FACE,),
    ),
    Act.FLOAT_SUMMIT: ((F.LANDMARK, F.PRESSURE, F.DELAY, F.RAPPORT, F.PROSPECT), (F.FACE,)),
    Act.SEND_DELEGATION: ((F.LANDMARK, F.PRESSURE, F.DELAY), ()),
    Act.EASE_CONTROLS: ((F.LANDMARK, F.DEADLINE, F.PRESSURE), (F.SECURITY, F.LEVERAGE)),
}
"""Features that speak for an act, and against it."""


@pytest.mark.parametrize("act", SIGNS)
def test_features_pull_an_act_the_way_they_should(act: Act) -> None:
    """Hostile acts are drawn by leverage and held back by an agreement, approaches the reverse."""
    # Fails if the sign of a loading is turned, or a feature is added or left out.
    loading = ROWS[act].loading

    assert {f for f, load in loading.items() if load > 0.0} == set(SIGNS[act][0])
    assert {f for f, load in loading.items() if load < 0.0} == set(SIGNS[act][1])


def test_the_gravest_step_weighs_most() -> None:
    """Ending normal relations costs more than a hike, a hike more than a threat."""
    # Fails if the order of a loading is turned.
    grave, hike, threat = (ROWS[a].loading for a in (Act.REVOKE_PNTR, Act.HIKE, Act.THREATEN))

    assert grave[F.COST] < hike[F.COST] < threat[F.COST]
    assert grave[F.MARKET] < hike[F.MARKET]
    assert hike[F.AGREEMENT] < threat[F.AGREEMENT]
    assert hike[F.CREDIBILITY] > threat[F.CREDIBILITY]


def test_the_table_of_loadings_is_that_of_the_rows() -> None:
    """Compiled code reads loadings by act and feature; what a row does not name is zero."""
    # Fails if acts or features stand in another order.
    assert len(LOADING) == len(ACTS)
    assert LOADING[Act.WAIT] == tuple(1.0 if f == F.INERTIA else 0.0 for f in Feature)
    assert all(
        LOADING[row.act][feature] == row.loading.get(feature, 0.0)
        for row in ACTS
        for feature in Feature
    )


def test_two_approaches_need_a_yes() -> None:
    """Talks and calls take two; everything else a side does alone."""
    # Fails if another act asks, or one of the two does not.
    assert {Act.SEEK_TALKS, Act.CALL_LEADER} == ASKING


def test_every_act_has_one_row_in_the_order_of_its_code() -> None:
    """The menu holds the choices, the courses what follows from them."""
    # Fails if a row is missing, doubled or out of order.
    assert [row.act for row in ACTS] == [act for act in Act if act in CHOICES]
    courses = [row.act for row in COURSES]
    assert courses == [act for act in Act if act in COURSE_CODES or act in FORCED]


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        ("replies", {Act.REPLY_PARTIAL, Act.REPLY_MIRROR, Act.COUNTER_HIKE}),
        (
            "forced",
            {
                Act.EXECUTE_THREAT,
                Act.POSTPONE_THREAT,
                Act.DROP_THREAT,
                Act.HOLD_ROUND,
                Act.CROSS_TAIWAN,
            },
        ),
        (
            "forbidden",
            {
                Act.EXECUTE_THREAT,
                Act.POSTPONE_THREAT,
                Act.DROP_THREAT,
                Act.REPLY_PARTIAL,
                Act.REPLY_MIRROR,
                Act.PENALISE,
            },
        ),
    ],
)
def test_courses_say_when_they_come_and_what_a_scenario_may_do(
    flag: str, expected: set[Act]
) -> None:
    """Replies have a phase of their own; some courses may be forced, some forbidden."""
    # Fails if a flag is set or cleared.
    assert {row.act for row in COURSES if getattr(row, flag)} == expected


@pytest.mark.parametrize(
    ("act", "text"),
    [
        (Act.EXECUTE_THREAT, "orders the threatened tariff of 34 points"),
        (Act.REPLY_MIRROR, "matches the increase with 34 points on all US goods"),
        (
            Act.PENALISE,
            "ends its reviews with a reciprocal duty of 34 points under emergency powers",
        ),
        (Act.HOLD_ROUND, "holds a round of talks"),
    ],
)
def test_a_course_tells_its_size(act: Act, text: str) -> None:
    """Points are written out without decimals."""
    # Fails if a text loses its size or shows decimals.
    row = next(row for row in COURSES if row.act == act)

    assert row.text.format(size=34.4) == text
