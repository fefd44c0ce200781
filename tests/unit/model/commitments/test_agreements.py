"""Truces: when one is in force, what signing, prolonging and lapsing do, and deadlines."""

from __future__ import annotations

import pytest

from sim.model.commitments.agreements import (
    apply_deal_mood,
    apply_expiry,
    apply_extension,
    apply_final_deal,
    apply_truce,
    days_to_deadline,
    truce_cut_pp,
    truce_in_force,
)
from sim.model.duties.layers import addon_pp
from sim.model.tables.codes import (
    ACCORD_PHASE_ONE,
    AGREEMENT_DORMANT,
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    AGREEMENT_SIGNED,
    AGREEMENT_VERBAL,
    CN,
    DEAL_COMPREHENSIVE,
    DEAL_EXTENSION,
    DEAL_NONE,
    DEAL_PACKAGE,
    DEAL_TRUCE,
    EXPIRY_DEAL,
    EXPIRY_EXTENDED,
    EXPIRY_NONE,
    EXPIRY_SNAPBACK,
    FENTANYL,
    FULL_REPLY,
    PARTIAL_REPLY,
    PNTR,
    RECIPROCAL,
    THREATENED,
    US,
)
from sim.model.tables.fields import copy_record
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.variables.duties import PENDING_SLOTS
from tests.unit.model.records import TODAY, changed


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters of truces in round numbers."""
    params.truce_residual_pp = 10.0
    params.truce_suspended_pp = 18.0
    params.market_relief = 0.25
    params.horizon_days = 90
    return params


@pytest.fixture
def duel(state: State) -> State:
    """Returns a state with 20 fentanyl and 50 reciprocal points against 34 and a partial reply."""
    state.duty_pp[US][FENTANYL], state.duty_pp[US][RECIPROCAL] = 20.0, 50.0
    state.duty_pp[CN][PARTIAL_REPLY], state.duty_pp[CN][FULL_REPLY] = 15.0, 34.0
    state.pause_days = 90
    return state


# ------------------------------------------------------------------------------------ in force


@pytest.mark.parametrize(
    ("level", "since", "left", "expected"),
    [
        (AGREEMENT_PAUSE, 0, 1, True),
        (AGREEMENT_PAUSE, 5, 0, False),
        (AGREEMENT_PAUSE, -1, 9, False),
        (AGREEMENT_SIGNED, -1, -9, True),
        (AGREEMENT_NONE, 5, 9, False),
        (AGREEMENT_VERBAL, 5, 9, False),
        (AGREEMENT_DORMANT, 5, 9, False),
    ],
)
def test_a_pause_holds_from_its_first_day_to_the_day_before_its_end(
    state: State, level: int, since: int, left: int, expected: bool
) -> None:
    """A signed text holds whatever the dates; nothing weaker than a pause does."""
    # Fails if either boundary moves by a day, or a level is added.
    state.agreement = level
    state.truce_from, state.truce_ends_on = TODAY - since, TODAY + left

    assert truce_in_force(state) is expected


def test_a_pause_without_an_end_goes_on(state: State) -> None:
    """An end on day 0 stands for none."""
    # Fails if 0 is taken for a day that is past.
    state.agreement, state.truce_from = AGREEMENT_PAUSE, TODAY - 400

    assert truce_in_force(state)


# ------------------------------------------------------------------------------------ signing


@pytest.mark.parametrize(
    ("reciprocal", "threatened", "reply", "expected"),
    [
        (50.0, 0.0, 34.0, 24.0),
        (20.0, 10.0, 34.0, 20.0),
        (10.0, 0.0, 34.0, 0.0),
        (50.0, 0.0, 4.0, 0.0),
    ],
)
def test_both_sides_cut_as_much_as_the_lower_of_them_can(
    state: State,
    params: Params,
    reciprocal: float,
    threatened: float,
    reply: float,
    expected: float,
) -> None:
    """The cut is the same on each side, down to what the lower keeps, and never negative."""
    # Fails if the higher side counts, the residual is left out, or fentanyl duties are counted.
    state.duty_pp[US] = [25.0, 0.0, 20.0, reciprocal, threatened, 0.0]
    state.duty_pp[CN][FULL_REPLY] = reply

    assert truce_cut_pp(state, params) == expected


def test_a_truce_cuts_equally_and_suspends_part(duel: State, params: Params) -> None:
    """Each side cuts 24 points, 18 of them only suspended, for the length agreed from today."""
    # Fails if the cuts differ, the most that is suspended is left out, or a date is off.
    duel.truce_strained, duel.measures_since_signing = True, 4
    duel.counters_made, duel.mirror_day = 2, TODAY - 3

    apply_truce(duel, params)

    assert duel.duty_pp[US] == [0.0, 0.0, 20.0, 26.0, 0.0, 0.0]
    assert duel.duty_pp[CN] == [0.0, 0.0, 15.0, 10.0, 0.0, 0.0]
    assert duel.suspended_pp == [[0.0, 0.0, 0.0, 18.0, 0.0, 0.0]] * 2
    assert (duel.truce_signed, duel.truce_from, duel.truce_ends_on) == (TODAY, TODAY, TODAY + 90)
    assert (duel.agreement, duel.deal_status) == (AGREEMENT_PAUSE, DEAL_TRUCE)
    assert (duel.truce_strained, duel.measures_since_signing) == (False, 0)
    assert (duel.counters_made, duel.mirror_day) == (0, 0)


def test_an_executed_threat_comes_off_whole(duel: State, params: Params) -> None:
    """Threatened points China has not matched are cut on the US side alone, and suspended too, as
    far as the most that is; China's smaller cut is suspended whole."""
    # Fails if only the common cut is made, China cuts more, or more is suspended than was cut.
    params.truce_suspended_pp = 30.0
    duel.duty_pp[US][THREATENED], duel.threat_in_effect = 40.0, True

    apply_truce(duel, params)

    assert duel.duty_pp[US] == [0.0, 0.0, 20.0, 50.0, 0.0, 0.0]
    assert duel.duty_pp[CN][FULL_REPLY] == 10.0
    assert duel.suspended_pp[US][RECIPROCAL] == 30.0
    assert duel.suspended_pp[CN][FULL_REPLY] == 24.0
    assert not duel.threat_in_effect


def test_a_truce_does_not_lower_the_standing_of_a_better_deal(duel: State, params: Params) -> None:
    """A package signed before still counts."""
    # Fails if the status is overwritten.
    duel.deal_status = DEAL_PACKAGE

    apply_truce(duel, params)

    assert duel.deal_status == DEAL_PACKAGE


def test_a_truce_relieves_by_its_own_share(duel: State, params: Params) -> None:
    """Tension falls by the relief of a truce."""
    # Fails if another event's relief is used.
    params.relief_per_truce = 0.25

    apply_truce(duel, params)

    assert duel.tension == 0.375


# ------------------------------------------------------------------------- prolonging, replacing


def test_an_extension_adds_the_length_agreed_to_the_end(duel: State, params: Params) -> None:
    """The end moves on from the old end, not from today; duties stay as they are."""
    # Fails if the length counts from today, or a duty moves.
    params.relief_per_extension = 0.25
    duel.agreement, duel.truce_ends_on, duel.pause_days = AGREEMENT_PAUSE, TODAY + 3, 90
    duel.truce_strained, duel.measures_since_signing, duel.extensions = True, 4, 2

    fields = changed(duel, lambda: apply_extension(duel, params))

    assert fields == {
        "truce_ends_on", "extensions", "expiry", "truce_strained", "measures_since_signing",
        "deal_status", "tension",
    }  # fmt: skip
    assert (duel.truce_ends_on, duel.extensions) == (TODAY + 93, 3)
    assert (duel.expiry, duel.deal_status) == (EXPIRY_EXTENDED, DEAL_EXTENSION)
    assert (duel.truce_strained, duel.measures_since_signing) == (False, 0)
    assert duel.tension == 0.375


@pytest.mark.parametrize(("ends", "days"), [(TODAY + 3, 0), (0, 60), (0, 0)])
def test_an_extension_without_an_end_has_none(
    duel: State, params: Params, ends: int, days: int
) -> None:
    """Leaders may agree a pause that does not end; it then stays without an end."""
    # Fails if no length is taken for no time at all, or a new end is set.
    duel.agreement, duel.truce_ends_on, duel.pause_days = AGREEMENT_PAUSE, ends, days

    apply_extension(duel, params)

    assert duel.truce_ends_on == 0


def test_an_extension_does_not_lower_the_standing_of_a_better_deal(
    duel: State, params: Params
) -> None:
    """A package signed before still counts."""
    # Fails if the status is overwritten.
    duel.deal_status = DEAL_PACKAGE

    apply_extension(duel, params)

    assert duel.deal_status == DEAL_PACKAGE


def test_a_final_deal_ends_the_add_ons_and_has_no_end(duel: State, params: Params) -> None:
    """Reciprocal, threatened and full-reply duties go with what was suspended."""
    # Fails if a layer or a suspended rate is left, or an end date stands.
    params.relief_per_deal = 0.5
    duel.duty_pp[US][THREATENED] = 40.0
    duel.suspended_pp[US][RECIPROCAL] = duel.suspended_pp[CN][FULL_REPLY] = 18.0
    duel.truce_ends_on, duel.truce_strained, duel.measures_since_signing = TODAY + 9, True, 4

    apply_final_deal(duel, params)

    assert duel.duty_pp[US] == [0.0, 0.0, 20.0, 0.0, 0.0, 0.0]
    assert duel.duty_pp[CN][FULL_REPLY] == 0.0
    assert duel.suspended_pp == [[0.0] * 6] * 2
    assert (duel.truce_signed, duel.truce_from, duel.truce_ends_on) == (TODAY, TODAY, 0)
    assert (duel.agreement, duel.deal_status) == (AGREEMENT_SIGNED, DEAL_COMPREHENSIVE)
    assert (duel.truce_strained, duel.measures_since_signing) == (False, 0)
    assert duel.tension == 0.25


def test_a_final_deal_ends_the_duties_of_lost_trade_relations_too(
    state: State, params: Params
) -> None:
    """Every add-on goes with a comprehensive text, those of ended normal relations among them."""
    # Fails if the revocation of normal trade relations outlives the deal.
    state.duty_pp[US][RECIPROCAL], state.duty_pp[US][PNTR] = 50.0, 32.0

    apply_final_deal(state, params)

    assert addon_pp(state, US) == 0.0


@pytest.mark.parametrize(
    ("before", "expected"), [(AGREEMENT_PAUSE, EXPIRY_DEAL), (AGREEMENT_NONE, EXPIRY_NONE)]
)
def test_only_a_pause_can_end_in_a_deal(
    state: State, params: Params, before: int, expected: int
) -> None:
    """A deal out of the blue ends no pause."""
    # Fails if the agreement is not looked at, or only after it was replaced.
    state.agreement = before

    apply_final_deal(state, params)

    assert state.expiry == expected


def test_every_signature_clears_the_table(state: State, params: Params) -> None:
    """An open threat and announced US duties go, no reply is owed, markets and mood ease."""
    # Fails if the threat's end costs no reputation, or relief is taken from elsewhere.
    state.threat_open, state.reputation_broken = True, 2.0
    state.reply_pp, state.market_stress = 10.0, 0.5
    state.pending_due[0], state.pending_side[0], state.pending_pp[0] = TODAY + 1, US, 10.0

    fields = changed(state, lambda: apply_deal_mood(state, params, 0.25))

    assert fields == {
        "threat_open", "threats_softened", "reputation_broken", "pending_due", "reply_pp",
        "market_stress", "tension",
    }  # fmt: skip
    assert (state.threat_open, state.reputation_broken) == (False, 3.0)
    assert (state.pending_due, state.reply_pp) == ([0] * PENDING_SLOTS, 0.0)
    assert (state.market_stress, state.tension) == (0.375, 0.375)


def test_a_signature_without_a_threat_breaks_no_word(state: State, params: Params) -> None:
    """Only a threat that stood is softened."""
    # Fails if the word is broken at every signature.
    state.threats_softened, state.reputation_broken = 1, 2.0

    apply_deal_mood(state, params, 0.25)

    assert (state.threats_softened, state.reputation_broken) == (1, 2.0)


# ------------------------------------------------------------------------------------- lapsing


@pytest.mark.parametrize(
    ("level", "ends", "expected"),
    [
        (AGREEMENT_PAUSE, 0, True),
        (AGREEMENT_PAUSE, 1, False),
        (AGREEMENT_PAUSE, -1, False),
        (AGREEMENT_SIGNED, 0, False),
    ],
)
def test_a_pause_lapses_on_its_end_day_alone(
    state: State, params: Params, level: int, ends: int, expected: bool
) -> None:
    """The day before it still holds; a signed text does not lapse."""
    # Fails if the day is compared loosely, or any agreement lapses.
    state.agreement, state.truce_ends_on = level, TODAY + ends

    assert apply_expiry(state, params) is expected
    assert state.agreement == (AGREEMENT_NONE if expected else level)


def test_what_a_pause_suspended_snaps_back(duel: State, params: Params) -> None:
    """Suspended points return to their layers on both sides; averages and tension follow."""
    # Fails if a side or a layer is skipped, or the suspended points stay on the books.
    params.tension_per_snapback = 0.25
    duel.agreement, duel.truce_ends_on = AGREEMENT_PAUSE, TODAY
    duel.suspended_pp = [[1.0, 2.0, 3.0, 18.0, 0.0, 0.0], [4.0, 0.0, 5.0, 18.0, 0.0, 0.0]]
    duel.coverage[US] = [1.0] * 6

    apply_expiry(duel, params)

    assert duel.duty_pp[US] == [1.0, 2.0, 23.0, 68.0, 0.0, 0.0]
    assert duel.duty_pp[CN] == [4.0, 0.0, 20.0, 52.0, 0.0, 0.0]
    assert duel.suspended_pp == [[0.0] * 6] * 2
    assert (duel.avg_pct[US], duel.tension) == (94.0, 0.625)
    assert duel.expiry == EXPIRY_SNAPBACK


def test_a_broken_pause_keeps_the_date_of_what_it_suspends(duel: State, params: Params) -> None:
    """Suspended points come back on that day, unless a new truce has been signed."""
    # Fails if a broken pause never snaps back, or a new truce forgets what was suspended.
    duel.agreement, duel.truce_ends_on = AGREEMENT_NONE, TODAY
    duel.suspended_pp[US][RECIPROCAL] = duel.suspended_pp[CN][FULL_REPLY] = 18.0
    renewed = copy_record(duel)
    points = addon_pp(duel, US)
    assert apply_expiry(duel, params)
    assert addon_pp(duel, US) == points + 18.0

    params.truce_suspended_pp = 9.0
    cut = truce_cut_pp(renewed, params)
    apply_truce(renewed, params)
    assert cut > 9.0
    assert renewed.suspended_pp[CN][FULL_REPLY] == 18.0 + 9.0
    # It came on the last day, before what was suspended would have come back.
    assert renewed.expiry == EXPIRY_DEAL


@pytest.mark.parametrize(
    ("before", "after"),
    [(DEAL_TRUCE, DEAL_NONE), (DEAL_EXTENSION, DEAL_NONE), (DEAL_PACKAGE, DEAL_PACKAGE)],
)
def test_a_package_outlives_the_truce(
    state: State, params: Params, before: int, after: int
) -> None:
    """Truce and extension are gone with the lapse; a package stays in force."""
    # Fails if the comparison is not strict, or the status is always cleared.
    state.agreement, state.truce_ends_on, state.deal_status = AGREEMENT_PAUSE, TODAY, before

    apply_expiry(state, params)

    assert state.deal_status == after


# ------------------------------------------------------------------------------------ deadlines


def test_without_a_deadline_the_horizon_counts(state: State, params: Params) -> None:
    """Nothing open: the horizon of the bargain."""
    # Fails if an empty date is taken for a deadline that is past.
    assert days_to_deadline(state, params) == 90


@pytest.mark.parametrize(("left", "expected"), [(30, 30), (0, 0), (-4, 0), (120, 90)])
def test_an_open_threat_is_a_deadline(
    state: State, params: Params, left: int, expected: int
) -> None:
    """Days to the threat's deadline, at least 0 and at most the horizon."""
    # Fails if a bound is taken away.
    state.threat_open, state.threat_deadline = True, TODAY + left

    assert days_to_deadline(state, params) == expected


@pytest.mark.parametrize(
    ("level", "left", "expected"),
    [
        (AGREEMENT_PAUSE, 30, 30),
        (AGREEMENT_PAUSE, -4, 0),
        (AGREEMENT_PAUSE, -TODAY, 90),
        (AGREEMENT_SIGNED, 30, 90),
    ],
)
def test_the_end_of_a_pause_is_a_deadline(
    state: State, params: Params, level: int, left: int, expected: int
) -> None:
    """Only a pause ends, and one without an end date does not."""
    # Fails if any agreement counts, or day 0 is taken for an end.
    state.agreement, state.truce_ends_on = level, TODAY + left

    assert days_to_deadline(state, params) == expected


@pytest.mark.parametrize(
    ("left", "delivered", "expected"), [(7, 70.0, 7), (0, 70.0, 0), (-1, 70.0, 90), (7, 75.0, 90)]
)
def test_an_open_review_presses_a_side_in_default(
    state: State, params: Params, left: int, delivered: float, expected: int
) -> None:
    """A gap above the threshold makes the review's last day a deadline."""
    # Fails if a closed review counts, or the threshold is not strict.
    params.review_deadline_gap = 0.25
    state.review_until = TODAY + left
    state.pledged_usd_bn[ACCORD_PHASE_ONE][0] = 100.0
    state.delivered_usd_bn[ACCORD_PHASE_ONE][0] = delivered

    assert days_to_deadline(state, params) == expected


@pytest.mark.parametrize(
    ("threat", "truce", "review", "expected"), [(5, 9, 7, 5), (9, 5, 7, 5), (9, 7, 5, 5)]
)
def test_the_nearest_deadline_counts(
    state: State, params: Params, threat: int, truce: int, review: int, expected: int
) -> None:
    """Of three open deadlines the first to come is what presses."""
    # Fails if a later one overwrites a nearer one.
    state.threat_open, state.threat_deadline = True, TODAY + threat
    state.agreement, state.truce_ends_on = AGREEMENT_PAUSE, TODAY + truce
    state.review_until = TODAY + review
    state.pledged_usd_bn[ACCORD_PHASE_ONE][0] = 100.0

    assert days_to_deadline(state, params) == expected
