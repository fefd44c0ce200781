"""Non-tariff measures: what one does, which answer it calls for, and what easing brings."""

from __future__ import annotations

import pytest

from sim.model.controls.measures import (
    NO_ANSWER,
    apply_crackdown,
    apply_debt,
    apply_easing,
    apply_kind,
    apply_measure,
    apply_reply_controls,
    apply_way_back,
    can_ease,
    can_relax,
    can_tighten,
    decide_kind,
    is_free_to_tighten,
    kind_hazard,
    reply_control,
    tightest,
)
from sim.model.tables.codes import (
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    AGREEMENT_SIGNED,
    BUYER_FREEZE,
    CN,
    DEAL_COMPREHENSIVE,
    DEAL_PACKAGE,
    ENTITIES,
    INBOUND_LIMITS,
    PORT_FEES,
    PROBES,
    RARE_EARTHS,
    SUMMIT_DATED,
    TECH,
    TONE_EASING,
    US,
    VISAS,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import TODAY, changed

MEASURE = {"issue_on",
    "control", "measures", "measures_since_signing", "recent_measure", "truce_strained", "tension",
    "rapport", "tone", "provoked_day", "tightened_day", "cause_day",
}  # fmt: skip
DEBT = {"reply_instrument", "reply_instrument_since"}


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters of measures in round numbers."""
    params.control_max_level = 4
    params.kind_days = 30
    params.memory_per_measure = 0.5
    params.tension_per_measure, params.rapport_per_measure = 0.25, 0.125
    params.tone_speed = [[0.5] * 7, [0.5] * 7]
    params.tone_target[US][TONE_EASING] = params.tone_target[CN][TONE_EASING] = 1.0
    return params


@pytest.mark.parametrize(("level", "expected"), [(0, True), (2, True), (3, False), (4, False)])
def test_a_side_tightens_up_to_its_cap(
    state: State, params: Params, level: int, expected: bool
) -> None:
    """Below the cap of its own instrument a side may go on."""
    # Fails if the cap itself may still be raised, or another side's cap is read.
    params.control_cap[CN][RARE_EARTHS] = 3
    params.control_cap[US][TECH] = 9
    state.control[CN][RARE_EARTHS] = level

    assert can_tighten(state, params, CN, RARE_EARTHS) is expected


@pytest.mark.parametrize(("since", "expected"), [(10, True), (9, False), (0, False)])
def test_an_instrument_rests_after_it_was_raised(
    state: State, params: Params, since: int, expected: bool
) -> None:
    """Not twice within days, of the same kind and by the same side."""
    # Fails if the rest moves by a day, or another instrument rests too.
    params.measure_spacing_days = 10
    state.tightened_day[US][ENTITIES] = TODAY - since

    assert is_free_to_tighten(state, params, US, ENTITIES) is expected
    assert is_free_to_tighten(state, params, US, TECH)
    assert is_free_to_tighten(state, params, CN, ENTITIES)


@pytest.mark.parametrize(
    ("since", "hike", "lapse", "expected"),
    [(45, 90, 90, False), (46, 90, 90, True), (20, 19, 90, True), (20, 90, 19, True)],
)
def test_a_side_stands_by_what_it_eased(
    state: State, params: Params, since: int, hike: int, lapse: int, expected: bool
) -> None:
    """For some weeks, unless the other side raises duties or the pause lapses meanwhile."""
    # Fails if the days move by one, its own hike frees a side, or nothing does.
    params.control_kept_days = 45
    state.hike_day, state.lapse_day = [TODAY, TODAY - hike], TODAY - lapse
    state.eased_day[US][TECH] = TODAY - since

    assert is_free_to_tighten(state, params, US, TECH) is expected
    assert is_free_to_tighten(state, params, US, VISAS)


@pytest.mark.parametrize(
    ("agreement", "status", "expected"),
    [
        (AGREEMENT_SIGNED, DEAL_COMPREHENSIVE, False),
        (AGREEMENT_SIGNED, DEAL_PACKAGE, True),
        (AGREEMENT_NONE, DEAL_COMPREHENSIVE, True),
    ],
)
def test_a_comprehensive_deal_binds_while_it_is_in_force(
    state: State, params: Params, agreement: int, status: int, expected: bool
) -> None:
    """It cleared the controls of both sides; a lesser accord does not forbid new ones."""
    # Fails if any accord binds, or one that was broken.
    state.agreement, state.deal_status = agreement, status

    assert is_free_to_tighten(state, params, CN, PROBES) is expected


@pytest.mark.parametrize(
    ("signed", "ahead", "met", "failed", "expected"),
    [
        (None, None, None, None, True),
        (12, None, None, None, False),  # a text was signed
        (13, None, None, None, True),
        (None, 6, None, None, False),  # the leaders will meet
        (None, 7, None, None, True),
        (None, None, 6, None, False),  # they have met
        (None, None, 7, None, True),
        (None, None, 6, 6, True),  # in discord
        (None, None, 6, 90, False),
    ],
)
def test_a_text_and_a_meeting_bring_days_of_courtesy(
    state: State,
    params: Params,
    signed: int | None,
    ahead: int | None,
    met: int | None,
    failed: int | None,
    expected: bool,
) -> None:
    """Neither side raises a control then, nor answers one."""
    # Fails if a window moves by a day, day 0 counts, or a meeting that failed calls for courtesy.
    params.courtesy_text_days, params.courtesy_meeting_days = 12, 6
    params.courtesy_contact_days = 5
    params.kind_hazard_control_per_day = 0.125
    state.reply_instrument[CN], state.reply_instrument_since[CN] = ENTITIES + 1, TODAY - 1
    if signed is not None:
        state.last_signed_day = TODAY - signed
    if ahead is not None:
        state.summit, state.summit_day = SUMMIT_DATED, TODAY + ahead
    if met is not None:
        state.summit_last_day = TODAY - met
    if failed is not None:
        state.summit_failed_day = TODAY - failed

    assert is_free_to_tighten(state, params, US, TECH) is expected
    assert kind_hazard(state, params, CN) == (0.125 if expected else 0.0)


@pytest.mark.parametrize(
    ("agreement", "levels", "expected"),
    [(AGREEMENT_PAUSE, 1, False), (AGREEMENT_PAUSE, 0, True), (AGREEMENT_NONE, 1, True)],
)
def test_what_a_pause_suspends_stays_off_while_it_lasts(
    state: State, params: Params, agreement: int, levels: int, expected: bool
) -> None:
    """However long ago it was suspended."""
    # Fails if a suspension holds no longer than another easing, or longer than the pause.
    params.control_kept_days = 45
    state.agreement, state.suspended_control[US][PORT_FEES] = agreement, levels
    state.eased_day[US][PORT_FEES] = TODAY - 80

    assert is_free_to_tighten(state, params, US, PORT_FEES) is expected


def test_a_measure_raises_a_level_strains_the_truce_and_sours_the_mood(
    state: State, params: Params
) -> None:
    """One level up, every count by one, tension up by a quarter of what is left, rapport down."""
    # Fails if a count stands still, the side is another's, or the mood warms.
    state.rapport = 0.5
    state.control[CN][PROBES] = 1
    state.recent_measure[CN] = 0.25
    state.measures, state.measures_since_signing = [7, 2], 3

    fields = changed(state, lambda: apply_measure(state, params, CN, PROBES))

    assert fields == MEASURE
    assert state.control[CN][PROBES] == 2
    assert (state.measures, state.measures_since_signing) == ([7, 3], 4)
    assert (state.recent_measure, state.truce_strained) == ([0.0, 0.75], True)
    assert (state.tension, state.rapport, state.tone) == (0.625, 0.375, [0.5, 0.25])


@pytest.mark.parametrize(("before", "after"), [(3, 4), (4, 4)])
def test_a_level_stays_within_its_scale(
    state: State, params: Params, before: int, after: int
) -> None:
    """The highest level is not passed, however often a measure is taken."""
    # Fails if the bound is taken away.
    state.control[US][VISAS] = before

    apply_measure(state, params, US, VISAS)

    assert state.control[US][VISAS] == after
    assert state.measures[US] == 1


# ---------------------------------------------------------------------------- answers in kind


@pytest.mark.parametrize(
    ("side", "instrument", "owed"),
    [
        (US, PORT_FEES, PORT_FEES),
        (CN, PORT_FEES, PORT_FEES),
        (US, TECH, RARE_EARTHS),
        (US, ENTITIES, ENTITIES),
        (CN, RARE_EARTHS, None),
        (CN, ENTITIES, None),
        (US, INBOUND_LIMITS, None),
        (US, VISAS, None),
    ],
)
def test_some_measures_call_for_an_answer_in_kind(
    state: State, params: Params, side: int, instrument: int, owed: int | None
) -> None:
    """Port fees on either side, US technology curbs and US listings; nothing else."""
    # Fails if the side is not looked at, or an answer is another instrument.
    apply_debt(state, params, side, instrument)

    expected = [0, 0]
    since = [0, 0]
    if owed is not None:
        expected[1 - side], since[1 - side] = owed + 1, TODAY
    assert state.reply_instrument == expected
    assert state.reply_instrument_since == since


def test_port_fees_are_not_answered_where_both_sides_levy_them(
    state: State, params: Params
) -> None:
    """The other side's own fees are answer enough."""
    # Fails if the other side's level is not looked at.
    state.control[CN][PORT_FEES] = 1

    apply_debt(state, params, US, PORT_FEES)

    assert state.reply_instrument == [0, 0]


@pytest.mark.parametrize(
    ("instrument", "owed", "since"),
    [(TECH, ENTITIES, TODAY - 5), (ENTITIES, ENTITIES, TODAY - 5), (PORT_FEES, PORT_FEES, TODAY)],
)
def test_only_port_fees_push_an_older_debt_aside(
    state: State, params: Params, instrument: int, owed: int, since: int
) -> None:
    """A debt stands until it is settled, unless port fees come."""
    # Fails if any new measure replaces the debt, or port fees wait in line.
    state.reply_instrument[CN] = ENTITIES + 1
    state.reply_instrument_since[CN] = TODAY - 5

    apply_debt(state, params, US, instrument)

    assert state.reply_instrument == [0, owed + 1]
    assert state.reply_instrument_since == [0, since]


def test_a_measure_books_the_answer_it_calls_for(state: State, params: Params) -> None:
    """Taking a measure that calls for an answer leaves the other side in debt."""
    # Fails if the measure books no debt.
    fields = changed(state, lambda: apply_measure(state, params, US, TECH))

    assert fields == MEASURE | DEBT
    assert state.reply_instrument == [0, RARE_EARTHS + 1]


def test_a_measure_of_the_same_kind_is_the_answer(state: State, params: Params) -> None:
    """A side that lists firms of its own accord owes no listing any more, but a control of rare
    earths still."""
    # Fails if the same measure is taken twice for one cause, or any measure settles the account.
    state.reply_instrument[CN], state.reply_instrument_since[CN] = ENTITIES + 1, TODAY - 5
    apply_measure(state, params, CN, PROBES)
    assert state.reply_instrument[CN] == ENTITIES + 1
    apply_measure(state, params, CN, ENTITIES)
    assert state.reply_instrument[CN] == 0


@pytest.mark.parametrize(("since", "owes"), [(30, True), (31, False)])
def test_after_weeks_no_answer_is_owed(
    state: State, params: Params, since: int, owes: bool
) -> None:
    """A measure after that is one of its own, and a new debt takes the place of the old."""
    # Fails if a debt is kept for ever, or the days move by one.
    params.kind_hazard_control_per_day = 0.125
    state.reply_instrument[CN], state.reply_instrument_since[CN] = ENTITIES + 1, TODAY - since

    assert kind_hazard(state, params, CN) == (0.125 if owes else 0.0)
    state.round_day = TODAY
    assert kind_hazard(state, params, CN) == 0.0
    apply_debt(state, params, US, TECH)
    assert state.reply_instrument[CN] == (ENTITIES if owes else RARE_EARTHS) + 1


@pytest.mark.parametrize(
    ("instrument", "since", "expected"),
    [
        (PORT_FEES, 1, 0.5),
        (PORT_FEES, 0, 0.0),
        (RARE_EARTHS, 1, 0.125),
        (ENTITIES, 9, 0.125),
        (ENTITIES, 0, 0.0),
        (None, 9, 0.0),
    ],
)
def test_answers_come_from_the_next_day_port_fees_faster(
    state: State, params: Params, instrument: int | None, since: int, expected: float
) -> None:
    """The day of the measure is free; each kind of answer has its own pace."""
    # Fails if the first day counts, the paces are swapped, or a side answers without a debt.
    params.kind_hazard_port_per_day, params.kind_hazard_control_per_day = 0.5, 0.125
    state.reply_instrument[CN] = 0 if instrument is None else instrument + 1
    state.reply_instrument_since = [TODAY, TODAY - since]

    assert kind_hazard(state, params, CN) == expected


@pytest.mark.parametrize(
    ("instrument", "u", "answers"),
    [
        (PORT_FEES, 0.74, True),
        (PORT_FEES, 0.75, False),
        (RARE_EARTHS, 0.24, True),
        (RARE_EARTHS, 0.25, False),
        (ENTITIES, 0.24, True),
    ],
)
def test_not_every_measure_is_answered(
    state: State, params: Params, instrument: int, u: float, answers: bool
) -> None:
    """Port fees and controls are answered with chances of their own."""
    # Fails if the comparison is turned, or the chances are swapped.
    params.kind_probability_port, params.kind_probability_control = 0.75, 0.25
    state.reply_instrument = [TECH + 1, instrument + 1]

    assert decide_kind(state, params, CN, u) == (instrument if answers else -1)


def test_an_answer_in_kind_closes_the_exchange(state: State, params: Params) -> None:
    """The debt is settled, the measure taken, and it calls for no answer of its own."""
    # Fails if the debt stays, or port fees go back and forth.
    state.reply_instrument[CN] = PORT_FEES + 1

    apply_kind(state, params, CN, PORT_FEES)

    assert state.reply_instrument == [0, 0]
    assert (state.control[CN][PORT_FEES], state.measures) == (1, [0, 1])


def test_a_matter_let_rest_is_settled_too(state: State, params: Params) -> None:
    """Without an answer the debt is gone and nothing else happens."""
    # Fails if -1 is taken for an instrument, or the debt stays.
    state.reply_instrument = [ENTITIES + 1, TECH + 1]

    fields = changed(state, lambda: apply_kind(state, params, CN, -1))

    assert fields == {"reply_instrument"}
    assert state.reply_instrument == [ENTITIES + 1, 0]


def test_the_first_instrument_can_be_the_answer(state: State, params: Params) -> None:
    """Rare earths have the number 0 and are an answer all the same."""
    # Fails if 0 is taken for none.
    state.reply_instrument[CN] = RARE_EARTHS + 1

    apply_kind(state, params, CN, RARE_EARTHS)

    assert state.control[CN][RARE_EARTHS] == 1


@pytest.mark.parametrize(("points", "instrument"), [(19.9, ENTITIES), (20.0, RARE_EARTHS)])
def test_a_control_comes_with_the_reply(
    state: State, params: Params, points: float, instrument: int
) -> None:
    """Rare earths answer steps as large as a mirror, listings smaller ones."""
    # Fails if the threshold is strict, or the instruments are swapped.
    params.reply_control_probability, params.mirror_threshold_pp = 0.5, 20.0

    assert apply_reply_controls(state, params, points, 0.5) == instrument
    assert state.measures == [0, 1]
    assert state.control[CN][instrument] == 1


@pytest.mark.parametrize(("ago", "instrument"), [(9, ENTITIES), (10, RARE_EARTHS)])
def test_large_steps_in_a_row_are_not_all_answered_with_rare_earths(
    state: State, params: Params, ago: int, instrument: int
) -> None:
    """As long as a control may not be raised again, firms are listed instead."""
    # Fails if rare earths are added every time, or only once for good.
    params.mirror_threshold_pp, params.measure_spacing_days = 20.0, 10
    state.tightened_day[CN][RARE_EARTHS] = TODAY - ago

    assert reply_control(state, params, 50.0) == instrument


def test_a_reply_may_come_without_a_control(state: State, params: Params) -> None:
    """Beyond its chance nothing changes."""
    # Fails if the comparison is turned.
    params.reply_control_probability = 0.5

    assert changed(state, lambda: apply_reply_controls(state, params, 50.0, 0.501)) == set()
    assert apply_reply_controls(state, params, 50.0, 0.501) == NO_ANSWER


# ------------------------------------------------------------------------------------- easing


@pytest.mark.parametrize(("before", "after"), [(2, 1), (0, 0)])
def test_easing_lowers_a_level_and_the_tension(
    state: State, params: Params, before: int, after: int
) -> None:
    """A level less, never below zero; a quarter of the excess tension goes, the tone warms."""
    # Fails if the level rises, passes zero, or the relief is another event's.
    params.tension_floor, params.relief_per_easing = 0.25, 0.25
    state.control[CN][RARE_EARTHS] = before

    apply_easing(state, params, CN, RARE_EARTHS)

    assert state.control[CN][RARE_EARTHS] == after
    assert (state.tension, state.tone) == (0.4375, [0.5, 0.75])


@pytest.mark.parametrize(
    ("side", "kept", "softened"), [(CN, [3.25, 3.0], TODAY), (US, [3.0, 3.25], 0)]
)
def test_the_other_side_notices_an_easing(
    state: State, params: Params, side: int, kept: list[float], softened: int
) -> None:
    """The other side counts a promise kept; only China's easing counts as softening."""
    # Fails if the side that eases trusts itself more, or US easing counts as China's softening.
    params.trust_per_easing = 0.25
    state.control = [[2] * 6, [2] * 6]

    fields = changed(state, lambda: apply_easing(state, params, side, TECH))

    softening = {"softened_day"} if softened else set()
    assert fields == {"control", "trust_kept", "tone", "eased_day"} | softening
    assert state.eased_day[side][TECH] == TODAY
    assert (state.trust_kept, state.softened_day) == (kept, softened)


@pytest.mark.parametrize(
    ("side", "instrument", "owes", "by", "left"),
    [
        (US, TECH, CN, RARE_EARTHS, False),  # the answer to what is eased
        (US, TECH, CN, ENTITIES, True),
        (US, ENTITIES, CN, ENTITIES, False),
        (US, PORT_FEES, CN, PORT_FEES, False),
        (CN, PORT_FEES, US, PORT_FEES, False),
        (CN, RARE_EARTHS, CN, RARE_EARTHS, False),  # its own answer by what it eases
        (CN, RARE_EARTHS, CN, ENTITIES, True),
        (CN, PROBES, US, ENTITIES, True),
    ],
)
def test_easing_settles_the_answer_that_is_owed(
    state: State, params: Params, side: int, instrument: int, owes: int, by: int, left: bool
) -> None:
    """Nobody answers what is gone, or tightens tomorrow what it eases today."""
    # Fails if a debt stays, or one for something else goes.
    state.control = [[1] * 6, [1] * 6]
    state.reply_instrument[owes] = by + 1

    apply_easing(state, params, side, instrument)

    assert state.reply_instrument[owes] == (by + 1 if left else 0)


def test_a_crackdown_is_action_and_softening(state: State) -> None:
    """China's action on precursors is noted with its day."""
    # Fails if either is left out.
    fields = changed(state, lambda: apply_crackdown(state))

    assert fields == {"precursor_action", "softened_day"}
    assert (state.precursor_action, state.softened_day) == (True, TODAY)


@pytest.mark.parametrize(
    ("side", "levels", "expected"),
    [
        (US, [4, 1, 0, 2, 1, 0], 3),
        (US, [4, 0, 0, 0, 0, 0], -1),
        (CN, [4, 1, 3, 1, 1, 0], PROBES),
        (CN, [4, 0, 0, 1, 1, 0], 3),
        (CN, [0] * 6, -1),
    ],
)
def test_the_way_back_starts_at_the_tightest_control(
    state: State, params: Params, side: int, levels: list[int], expected: int
) -> None:
    """A side eases by one level what it tightened most; technology and rare earths stand apart."""
    # Fails if another control is eased, the other side's, or one that stands apart.
    state.control[side] = list(levels)
    assert tightest(state, side) == expected
    apply_way_back(state, params, side)

    eased = [was - now for was, now in zip(levels, state.control[side], strict=True)]
    assert eased == [1 if place == expected else 0 for place in range(6)]


@pytest.mark.parametrize(("since", "level", "expected"), [
    (27, 1, False), (28, 1, True), (28, 0, False), (TODAY, 2, True),
])  # fmt: skip
def test_a_measure_stands_for_some_weeks(
    state: State, params: Params, since: int, level: int, expected: bool
) -> None:
    """A side does not ease of its own accord what it has just raised; day 0 stands for never."""
    # Fails if the window moves by a day, or nothing need be on.
    params.control_stands_days = 28
    state.control[US][TECH], state.tightened_day[US][TECH] = level, TODAY - since
    assert can_relax(state, params, US, TECH) is expected
    state.control[CN][BUYER_FREEZE], state.tightened_day[CN][BUYER_FREEZE] = level, TODAY - since
    assert can_ease(state, params, CN) is expected
