"""The court: when it rules and how, what a ruling ends and when, what importers get back."""

from __future__ import annotations

from datetime import date

import pytest

from sim.economy.sectors import END_GOOD, FIRST_GOOD
from sim.model.duties.court import (
    apply_annulment,
    apply_duty_paid,
    apply_emergency_end,
    apply_removal,
    apply_ruling,
    decide_ruling,
    emergency_duty_pp,
    emergency_revenue_usd_bn,
    is_hearing_day,
    ruling_hazard,
    wind_down_days,
)
from sim.model.tables.codes import (
    BY_EMERGENCY,
    BY_S338,
    CASE_NONE,
    CASE_PENDING,
    CASE_STRUCK,
    CASE_UPHELD,
    CN,
    FENTANYL,
    FULL_REPLY,
    RECIPROCAL,
    S301,
    THREATENED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import AVERAGES, TODAY, changed


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters of the court in round numbers."""
    params.court_shortest_days = 20
    params.court_ruling_per_day = 0.25
    params.strike_probability = 0.5
    params.wind_down_max_days = 59
    params.refund_probability, params.refund_share = 0.5, 0.75
    params.market_relief = 0.5
    return params


@pytest.fixture
def state(state: State) -> State:
    """Returns a state with a case pending against 30 points in force, 24 suspended, 100
    threatened, and 5 announced."""
    state.court_case = CASE_PENDING
    state.court_argued = TODAY - 20
    state.duty_pp[US][S301] = 25.0
    state.duty_pp[US][FENTANYL] = 20.0
    state.duty_pp[US][RECIPROCAL] = 10.0
    state.duty_pp[CN][FULL_REPLY] = 10.0
    state.suspended_pp[US][RECIPROCAL] = state.suspended_pp[CN][FULL_REPLY] = 24.0
    state.threat_open, state.threat_pp = True, 100.0
    for slot, side, layer in ((0, US, RECIPROCAL), (1, CN, FULL_REPLY), (2, US, S301)):
        state.pending_due[slot] = TODAY + 3
        state.pending_side[slot], state.pending_layer[slot] = side, layer
        state.pending_pp[slot] = 5.0
    state.market_stress = 0.5
    state.emergency_paid_usd_bn = 40.0
    return state


# ------------------------------------------------------------------------------------ ruling


def test_a_pending_case_is_heard_on_its_day(state: State) -> None:
    """On no other, and not if it is decided."""
    assert not is_hearing_day(state)
    state.court_argued = TODAY
    assert is_hearing_day(state)
    state.court_case = CASE_UPHELD
    assert not is_hearing_day(state)


@pytest.mark.parametrize(
    ("argued", "ends", "expected"),
    [
        (TODAY - 20, 0, 0.25),
        (TODAY - 19, 0, 0.0),
        (TODAY + 5, 0, 0.0),
        (0, 0, 0.25),
        (TODAY - 20, TODAY + 1, 0.25),
        (TODAY - 20, TODAY, 1.0),
        (TODAY - 20, TODAY - 1, 1.0),
        (TODAY - 19, TODAY, 0.0),
    ],
)
def test_a_ruling_follows_the_hearing(
    state: State, params: Params, argued: int, ends: int, expected: float
) -> None:
    """Not within 20 days of it, and surely by the end of the term; without a hearing, any day."""
    # Fails if the days after the hearing are left out, or the term does not bind.
    state.court_argued, state.court_term_ends = argued, ends

    # Five days of the week have the rate of seven.
    assert ruling_hazard(state, params) == pytest.approx(1.4 * expected if expected < 1.0 else 1.0)


@pytest.mark.parametrize(("days", "open_"), [(0, True), (1, False), (2, False), (3, True)])
def test_the_court_does_not_rule_at_weekends(
    state: State, params: Params, days: int, open_: bool
) -> None:
    """From a Friday on."""
    # Fails if the weekday is that of the day before, or Sundays count.
    state.day = date(2025, 11, 7).toordinal() + days
    state.court_argued = 0

    assert (ruling_hazard(state, params) > 0.0) is open_


@pytest.mark.parametrize("case", [CASE_NONE, CASE_UPHELD, CASE_STRUCK])
def test_only_an_open_case_is_ruled_on(state: State, params: Params, case: int) -> None:
    """No case, no ruling; and no second one."""
    # Fails if the state of the case is not asked for.
    state.court_case = case

    assert ruling_hazard(state, params) == 0.0


@pytest.mark.parametrize(("u", "expected"), [(0.49, CASE_STRUCK), (0.5, CASE_UPHELD)])
def test_a_ruling_is_drawn(state: State, params: Params, u: float, expected: int) -> None:
    """Against the duties with the given probability."""
    # Fails if the comparison is turned.
    assert decide_ruling(state, params, u) == expected


@pytest.mark.parametrize("fixed", [CASE_STRUCK, CASE_UPHELD])
def test_a_scenario_can_fix_the_ruling(state: State, params: Params, fixed: int) -> None:
    """Whatever is drawn."""
    # Fails if the fixed verdict is ignored for one of the two.
    state.court_verdict = fixed

    assert decide_ruling(state, params, 0.01) == decide_ruling(state, params, 0.99) == fixed


@pytest.mark.parametrize(("u", "expected"), [(0.001, 0), (0.5, 30), (0.999, 59)])
def test_the_wind_down_is_spread_evenly(params: Params, u: float, expected: int) -> None:
    """From no day to 59 days."""
    # Fails if the last day is never drawn, or the first.
    assert wind_down_days(params, u) == expected


def test_a_ruling_for_the_duties_changes_nothing_else(state: State, params: Params) -> None:
    """It is recorded with its day."""
    # Fails if a duty, a threat or a refund follows.
    fields = changed(state, lambda: apply_ruling(state, params, CASE_UPHELD, 0.5, 0.1))

    assert fields == {"court_case", "court_ruled"}
    assert (state.court_case, state.court_ruled) == (CASE_UPHELD, TODAY)


def test_a_ruling_against_the_duties_sets_their_end(state: State, params: Params) -> None:
    """Thirty points end in 30 days, the threat and the suspended points are void at once."""
    # Fails if duties end at once, 301 is counted, or the threat outlives its authority.
    fields = changed(state, lambda: apply_ruling(state, params, CASE_STRUCK, 0.5, 0.9))

    assert fields - AVERAGES == {
        "court_case", "court_ruled", "emergency_ends_on", "struck_pp", "threat_open",
        "pending_due", "suspended_pp", "market_stress",
    }  # fmt: skip
    assert (state.emergency_ends_on, state.struck_pp) == (TODAY + 30, 30.0)
    assert state.market_stress == 0.25
    assert state.announced_pp[US][RECIPROCAL] == 0.0


@pytest.mark.parametrize(("u", "expected"), [(0.49, 30.0), (0.5, 0.0)])
def test_a_refund_is_drawn(state: State, params: Params, u: float, expected: float) -> None:
    """Three quarters of the 40 billion paid, or nothing."""
    # Fails if the share is left out, or the refund always comes.
    apply_ruling(state, params, CASE_STRUCK, 0.5, u)

    assert state.refund_usd_bn == expected


# ------------------------------------------------------------------------------- what it ends


def test_annulment_spares_china_and_other_authorities(state: State) -> None:
    """China's suspended and announced points stay, and a step of section 301."""
    # Fails if slots or suspensions are cleared without asking whose they are.
    apply_annulment(state, BY_EMERGENCY)

    assert state.pending_due[:3] == [0, TODAY + 3, TODAY + 3]
    assert state.suspended_pp[US][RECIPROCAL] == 0.0
    assert state.suspended_pp[CN][FULL_REPLY] == 24.0
    assert not state.threat_open
    assert state.threats_softened == 0


def test_a_threat_under_another_authority_stays(state: State) -> None:
    """What rests on section 338 does not fall with the emergency powers."""
    # Fails if the authority of a threat is not asked for.
    state.authority[THREATENED] = BY_S338

    apply_annulment(state, BY_EMERGENCY)

    assert state.threat_open


def test_emergency_duties_end_on_their_day(state: State, params: Params) -> None:
    """Not a day before; older lists and China's duties stay."""
    # Fails if the day is not compared, or another layer falls.
    state.emergency_ends_on = TODAY + 1
    assert changed(state, lambda: apply_emergency_end(state, params)) == set()
    state.emergency_ends_on = TODAY
    apply_emergency_end(state, params)

    assert state.duty_pp[US] == [25.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    assert state.duty_pp[CN][FULL_REPLY] == 10.0


@pytest.mark.parametrize(("authority", "expected"), [(BY_EMERGENCY, False), (BY_S338, True)])
def test_a_removed_threatened_duty_is_no_longer_in_effect(
    state: State, params: Params, authority: int, expected: bool
) -> None:
    """The flag of an executed threat falls with its duty, and only then."""
    # Fails if the flag stands still, or falls with duties of another authority.
    state.duty_pp[US][THREATENED], state.threat_in_effect = 100.0, True
    state.authority[THREATENED] = authority

    apply_removal(state, params, BY_EMERGENCY)

    assert state.threat_in_effect == expected
    assert state.avg_pct[US] == pytest.approx(0.0)


# ---------------------------------------------------------------------------------- duty paid


def test_duty_paid_is_that_of_the_emergency_layers(state: State, params: Params) -> None:
    """On one good: 20 points, 80 per cent of them collected, on 10 billion a month."""
    # Fails if the lists of section 301 are counted, or what is not collected.
    good = FIRST_GOOD[US]
    state.coverage[US][FENTANYL] = 1.0
    state.coverage[US][S301] = 1.0
    params.trade_collect[US] = 0.8
    state.good_usd_bn_per_month[good] = 10.0
    state.good_usd_bn_per_month[END_GOOD[US]] = 99.0

    assert emergency_duty_pp(state, params, good) == 20.0
    assert emergency_revenue_usd_bn(state, params) == pytest.approx(1.6)
    apply_duty_paid(state, params)
    assert state.emergency_paid_usd_bn == pytest.approx(41.6)
