"""Signatures: who signs, what is stopped at home, who refused what, and what is booked."""

from __future__ import annotations

import math

import pytest

from sim.model.bargain.signature import (
    apply_discord,
    apply_reserve,
    apply_signature,
    apply_veto,
    bundle_size,
    clause_size,
    decide_consent,
    refuser,
    sign_probability,
    summit_result,
    veto_probability,
)
from sim.model.tables.codes import (
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    AGREEMENT_SIGNED,
    CLAUSE_APP,
    CLAUSE_CN_CUT,
    CLAUSE_DOLLAR,
    CLAUSE_FENTANYL_CUT,
    CLAUSE_MINERALS,
    CLAUSE_PAUSE,
    CLAUSE_PRECURSORS,
    CLAUSE_PROLONG,
    CLAUSE_SECRETS,
    CLAUSE_SOYBEANS,
    CLAUSE_TECH,
    CN,
    DEAL_COMPREHENSIVE,
    DEAL_EXTENSION,
    DEAL_NONE,
    DEAL_PACKAGE,
    DEAL_TRUCE,
    DOVES,
    FENTANYL,
    FULL_REPLY,
    HAWKS,
    ISSUE_INVESTMENT,
    ISSUE_RARE_EARTHS,
    ISSUE_TECH,
    LEADERS,
    MINISTERS,
    N_CLAUSES,
    PACKAGE_COMPREHENSIVE,
    PACKAGE_EXTENSION,
    PACKAGE_FENTANYL,
    PACKAGE_INVESTMENT,
    PACKAGE_SWAP,
    PACKAGE_TRUCE,
    RARE_EARTHS,
    RECIPROCAL,
    RESULT_COMPREHENSIVE,
    RESULT_EXTENSION,
    RESULT_NOT_HELD,
    RESULT_PACKAGE,
    SECURITY,
    TECH,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import TODAY, changed


def offer(state: State, clause: int, units: float = 1.0, part: float = 1.0) -> None:
    """Puts a clause into the bundle."""
    state.units[clause], state.offer[clause] = units, part


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters under which no deadline is near and only gains count."""
    params.horizon_days, params.concession_days = 90, 30.0
    params.prohibitive_pp, params.truce_length_days = 50.0, 90
    params.truce_residual_pp, params.comprehensive_share = 10.0, 0.75
    return params


@pytest.fixture
def swap(state: State) -> State:
    """Returns a calm state in which minerals are to be swapped for technology."""
    state.control[US][TECH] = state.control[CN][RARE_EARTHS] = 1
    state.tension = 0.0
    state.trust_kept, state.trust_broken = [1.0, 1.0], [1.0, 1.0]
    offer(state, CLAUSE_MINERALS)
    offer(state, CLAUSE_TECH)
    return state


# ------------------------------------------------------------------------------------- signing


@pytest.mark.parametrize(
    ("gain", "log_odds"), [(5.0, 2.0), (3.0, 0.0), (1.0, -2.0)], ids=["more", "even", "less"]
)
def test_a_side_signs_by_its_gain_beyond_its_demand(
    swap: State, params: Params, gain: float, log_odds: float
) -> None:
    """Even odds where the gain meets the demand, one unit of log odds for each unit of noise."""
    # Fails if the sign is turned, the demand or the noise is left out, or those of the other side.
    params.aspiration, params.noise = [9.0, 4.0], [9.0, 1.0]
    swap.gain[CN][CLAUSE_TECH], swap.gain[CN][CLAUSE_MINERALS] = gain + 1.0, -1.0

    # Far from a deadline three quarters of the aspiration are demanded.
    expected = 1.0 / (1.0 + math.exp(-log_odds))
    assert sign_probability(swap, params, CN) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("gain", "expected"), [(0.5, math.exp(-6.0)), (2.0, 0.5), (3.5, 1.0 - math.exp(-6.0))]
)
def test_acceptance_rises_from_nothing_around_the_reservation_value(
    swap: State, params: Params, gain: float, expected: float
) -> None:
    """Six scales below it nobody signs, at it half do, above it all: no glory of a landmark makes
    up for what is missing, and the other side's value does not count (A1)."""
    # Fails if the reservation value is taken away, is a step, or the bonus counts below it.
    params.landmark_bonus, params.landmark_share[CLAUSE_TECH] = [99.0, 99.0], 1.0
    params.noise, params.reserve_softness = [1.0, 1.0], 0.25
    swap.reserve, swap.table_rank = [-9.0, 2.0], LEADERS
    swap.gain[CN][CLAUSE_TECH] = gain

    assert sign_probability(swap, params, CN) == pytest.approx(expected, rel=0.01)


def test_a_reservation_value_is_drawn_around_its_mean(state: State, params: Params) -> None:
    """The mean of the side, plus its spread times a standard normal number."""
    # Fails if the spread is left out, or the other side's numbers are used.
    params.reserve, params.reserve_spread = [9.0, 1.0], [9.0, 2.0]
    root = math.sqrt(-2.0 * math.log(0.25))

    assert changed(state, lambda: apply_reserve(state, params, CN, 0.25, 0.5)) == {"reserve"}
    assert state.reserve == [0.0, pytest.approx(1.0 - 2.0 * root)]


@pytest.mark.parametrize(("rank", "log_odds"), [(MINISTERS, 1.0), (LEADERS, 3.0)])
def test_a_landmark_moves_leaders_above_the_floor(
    swap: State, params: Params, rank: int, log_odds: float
) -> None:
    """Its glory adds to the gain once there is one."""
    # Fails if the bonus is left out, or counts for ministers.
    params.landmark_bonus, params.landmark_share[CLAUSE_TECH] = [9.0, 2.0], 1.0
    params.noise, swap.table_rank = [9.0, 1.0], rank
    swap.gain[CN][CLAUSE_TECH] = 1.0

    expected = 1.0 / (1.0 + math.exp(-log_odds))
    assert sign_probability(swap, params, CN) == pytest.approx(expected)


@pytest.mark.parametrize(("gain", "expected"), [(2.1, 1.0), (1.9, 0.0)])
def test_without_noise_the_demand_is_a_line(
    swap: State, params: Params, gain: float, expected: float
) -> None:
    """Noise of zero is kept above zero, so that nothing is divided by it."""
    # Fails if the guard of the divisor is taken away.
    params.aspiration = [8.0 / 3.0, 8.0 / 3.0]
    swap.gain[US][CLAUSE_TECH] = gain

    assert sign_probability(swap, params, US) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("u_us", "u_cn", "expected"),
    [(0.74, 0.24, True), (0.76, 0.24, False), (0.74, 0.26, False)],
)
def test_a_signature_takes_both(
    swap: State, params: Params, u_us: float, u_cn: float, expected: bool
) -> None:
    """Washington says yes three times in four, Beijing once in four; nobody signs an empty page."""
    # Fails if one yes is enough, draws are swapped, or a bundle of nothing is signed.
    params.noise = [1.0, 1.0]
    swap.reserve = [-99.0, -99.0]
    params.aspiration = [4.0 / 3.0 * 99.0, 4.0 / 3.0 * 99.0]
    # Both gain something by a clause: nobody signs away something for nothing.
    swap.gain[CN][CLAUSE_MINERALS] += 1.0
    swap.gain[US][CLAUSE_TECH], swap.gain[CN][CLAUSE_TECH] = math.log(3.0), -math.log(3.0) - 1.0

    answers = [decide_consent(swap, params, US, u_us), decide_consent(swap, params, CN, u_cn)]
    assert all(answers) is expected
    assert bundle_size(swap) == 2
    swap.offer = [0.0] * N_CLAUSES
    assert bundle_size(swap) == 0
    assert decide_consent(swap, params, US, 0.0) is False


# ------------------------------------------------------------------------------------- at home


def test_each_contested_clause_adds_a_veto_of_its_own(state: State, params: Params) -> None:
    """China passes two with 3/4 and 1/2; a third is not agreed, the others are not its own."""
    # Fails if vetoes are added up, the other side's count, or what is not in the bundle does.
    params.veto_share = 0.5
    for clause, load in (
        (CLAUSE_DOLLAR, 0.5),
        (CLAUSE_SECRETS, 1.0),
        (CLAUSE_MINERALS, 1.0),
        (CLAUSE_TECH, 1.0),
        (CLAUSE_SOYBEANS, 1.0),
    ):
        params.political_load[clause] = load
        offer(state, clause)
    state.offer[CLAUSE_MINERALS] = 0.0

    assert veto_probability(state, params, CN) == 1.0 - 0.75 * 0.5
    assert veto_probability(state, params, US) == 0.5


@pytest.mark.parametrize(
    ("shift", "expected"),
    [(0.0, 0.125), (2.0, 0.125 * math.e), (-2.0, 0.125 / math.e), (9.0, 1.0)],
)
def test_a_strong_security_camp_stops_more(
    state: State, params: Params, shift: float, expected: float
) -> None:
    """By the exponential of its shift and the clause's content, at most for certain (A6)."""
    # Fails if the shift is left out, turned, or a probability exceeds one.
    params.veto_share, params.political_load[CLAUSE_TECH] = 0.25, 0.5
    params.security_content[CLAUSE_TECH] = 0.5
    params.weight[US][SECURITY], state.weight[US][SECURITY] = 1.0, 1.0 + shift
    offer(state, CLAUSE_TECH)

    assert veto_probability(state, params, US) == pytest.approx(expected)


def test_a_veto_is_counted_by_its_side(state: State) -> None:
    """Once for each bundle stopped."""
    # Fails if the other side's count goes up.
    assert changed(state, lambda: apply_veto(state, CN)) == {"blocked"}
    assert state.blocked == [0, 1]


@pytest.mark.parametrize(
    ("units", "part", "gain", "proposer", "expected"),
    [
        (1.0, 0.0, 2.0, US, CN),  # it wanted the clause, and left it out for the other
        (1.0, 0.0, 2.0, CN, US),
        (1.0, 0.0, -2.0, US, US),  # it did not want to give it
        (1.0, 0.0, -2.0, CN, CN),
        (1.0, 0.5, 2.0, US, -1),  # it is in the bundle
        (0.0, 0.0, 2.0, US, -1),  # it was not to be had
    ],
)
def test_a_clause_left_out_has_a_refuser(
    state: State, units: float, part: float, gain: float, proposer: int, expected: int
) -> None:
    """The other side if the proposer would have gained by it, else the proposer."""
    # Fails if the sides are exchanged, or the other side's gain is read.
    offer(state, CLAUSE_TECH, units, part)
    state.gain[proposer][CLAUSE_TECH], state.gain[1 - proposer][CLAUSE_TECH] = gain, 5.0

    assert refuser(state, CLAUSE_TECH, proposer) == expected


# ------------------------------------------------------------------------------------- booking


def test_true_gains_are_booked_with_the_terms(swap: State, params: Params) -> None:
    """Those of the bundle as it lay on the table, and their product; the terms are carried out."""
    # Fails if gains are swapped, or a clause is not carried out.
    swap.gain[US][CLAUSE_MINERALS], swap.gain[US][CLAUSE_TECH] = 5.0, -2.0
    swap.gain[CN][CLAUSE_MINERALS], swap.gain[CN][CLAUSE_TECH] = -1.0, 3.0

    assert apply_signature(swap, params, False) == PACKAGE_SWAP

    assert (swap.signed_gain, swap.signed_nash) == ([3.0, 2.0], 6.0)
    assert (swap.control[US][TECH], swap.control[CN][RARE_EARTHS]) == (0, 0)


def test_gains_are_booked_before_the_terms_change_the_mood(swap: State, params: Params) -> None:
    """The tension of the talks counts, not that which the signature leaves."""
    # Fails if the terms are carried out first.
    params.gain_tension, params.relief_per_easing, swap.tension = 2.0, 0.5, 0.5

    apply_signature(swap, params, False)

    assert swap.tension < 0.5
    assert swap.signed_gain == [-1.0, -1.0]


def test_a_signature_is_dated_by_name_and_by_clause(swap: State, params: Params) -> None:
    """The day is kept for both, and the size of the largest bundle; China has softened."""
    # Fails if a day is another's, or a smaller bundle takes the record.
    swap.largest_bundle = 5
    apply_signature(swap, params, False)

    assert swap.package_day == [TODAY if p == PACKAGE_SWAP else 0 for p in range(7)]
    signed = {CLAUSE_MINERALS, CLAUSE_TECH}
    assert {c for c in range(N_CLAUSES) if swap.clause_day[c] == TODAY} == signed
    assert (swap.softened_day, swap.bundle_size, swap.largest_bundle) == (TODAY, 2, 5)


def test_issues_are_settled_by_what_was_signed(swap: State, params: Params) -> None:
    """Half of three levels of 0.2 each; an issue is settled wholly at most."""
    # Fails if the part, the units or what was settled before is left out, or there is no most.
    params.clause_settles[CLAUSE_TECH], params.clause_settles[CLAUSE_MINERALS] = 0.2, 0.75
    offer(swap, CLAUSE_TECH, 3.0, 0.5)
    swap.issue_settled[ISSUE_TECH], swap.issue_settled[ISSUE_RARE_EARTHS] = 0.125, 0.5

    apply_signature(swap, params, False)

    assert swap.issue_settled[ISSUE_TECH] == pytest.approx(0.425)
    assert swap.issue_settled[ISSUE_RARE_EARTHS] == 1.0


@pytest.mark.parametrize(("kept", "expected"), [(0.5, True), (4.0, False)])
def test_pledges_are_verified_where_promises_need_proof(
    state: State, params: Params, kept: float, expected: bool
) -> None:
    """If Washington's trust is low, and the bundle rests on promises."""
    # Fails if trust is not asked.
    params.verify_below_trust, params.promise_share[CLAUSE_PRECURSORS] = 0.4, 1.0
    state.trust_kept, state.trust_broken = [kept, 1.0], [1.0, 1.0]
    offer(state, CLAUSE_PRECURSORS)

    apply_signature(state, params, False)

    assert state.verified is expected


def test_controls_are_suspended_if_the_same_bundle_brings_a_pause(
    swap: State, params: Params
) -> None:
    """The pause is signed first, so the licences are granted for its length."""
    # Fails if clauses are carried out in another order.
    swap.duty_pp[US][RECIPROCAL] = swap.duty_pp[CN][FULL_REPLY] = 34.0
    swap.pause_days = 90
    offer(swap, CLAUSE_PAUSE)

    apply_signature(swap, params, False)

    assert (swap.agreement, swap.truce_ends_on) == (AGREEMENT_PAUSE, TODAY + 90)
    assert swap.suspended_control[CN][RARE_EARTHS] == 1
    assert swap.control[CN][RARE_EARTHS] == 0


@pytest.mark.parametrize(
    ("clauses", "status"),
    [
        ((CLAUSE_PAUSE,), DEAL_TRUCE),
        ((CLAUSE_PROLONG,), DEAL_EXTENSION),
        ((CLAUSE_TECH,), DEAL_NONE),
        ((CLAUSE_PROLONG, CLAUSE_TECH), DEAL_EXTENSION),
        ((CLAUSE_PROLONG, CLAUSE_MINERALS), DEAL_PACKAGE),
    ],
)
def test_a_bundle_has_the_standing_of_its_name(
    swap: State, params: Params, clauses: tuple[int, ...], status: int
) -> None:
    """A pause is a truce; what counts enough as a landmark makes a package; nothing falls back."""
    # Fails if any clause makes a package, prolonging hides one, or a better status is overwritten.
    params.landmark_share[CLAUSE_MINERALS], params.package_share = 0.5, 0.5
    params.strain_full_measures = 1.0
    swap.deal_status = DEAL_NONE
    swap.offer = [0.0] * N_CLAUSES
    for clause in clauses:
        offer(swap, clause)
    apply_signature(swap, params, False)
    assert swap.deal_status == status

    swap.deal_status = DEAL_COMPREHENSIVE
    apply_signature(swap, params, False)
    assert swap.deal_status == DEAL_COMPREHENSIVE


def test_a_bundle_that_prolongs_moves_the_end(swap: State, params: Params) -> None:
    """Together with a swap; a swap alone leaves the end where it is."""
    # Fails if every signature prolongs, or none does.
    swap.agreement, swap.truce_ends_on, swap.pause_days = AGREEMENT_PAUSE, TODAY + 3, 90
    apply_signature(swap, params, False)
    assert (swap.truce_ends_on, swap.extensions) == (TODAY + 3, 0)

    offer(swap, CLAUSE_PROLONG)
    assert apply_signature(swap, params, False) == PACKAGE_SWAP
    assert (swap.truce_ends_on, swap.extensions) == (TODAY + 93, 1)


def test_a_comprehensive_deal_ends_what_is_left(swap: State, params: Params) -> None:
    """Its cuts take all duties; the agreement has no end, and every control is cleared."""
    # Fails if a comprehensive bundle is only the sum of its clauses.
    swap.table_full = True
    swap.duty_pp[US][FENTANYL], swap.duty_pp[CN][FULL_REPLY] = 20.0, 10.0
    swap.control = [[1] * 6, [1] * 6]
    offer(swap, CLAUSE_FENTANYL_CUT, 2.0)
    offer(swap, CLAUSE_CN_CUT, 1.0)

    assert apply_signature(swap, params, False) == PACKAGE_COMPREHENSIVE

    assert (swap.duty_pp[US][FENTANYL], swap.duty_pp[CN][FULL_REPLY]) == (0.0, 0.0)
    assert swap.control == [[0] * 6, [0] * 6]
    assert (swap.agreement, swap.deal_status) == (AGREEMENT_SIGNED, DEAL_COMPREHENSIVE)


@pytest.mark.parametrize(
    ("name", "result"),
    [
        (PACKAGE_COMPREHENSIVE, RESULT_COMPREHENSIVE),
        (PACKAGE_EXTENSION, RESULT_EXTENSION),
        (PACKAGE_TRUCE, RESULT_EXTENSION),
        (PACKAGE_SWAP, RESULT_PACKAGE),
        (PACKAGE_FENTANYL, RESULT_PACKAGE),
        (PACKAGE_INVESTMENT, RESULT_PACKAGE),
    ],
)
def test_a_summit_is_known_by_the_name_of_its_bundle(name: int, result: int) -> None:
    """A pause made or prolonged is an extension, a bundle of more a package."""
    # Fails if results are mixed up.
    assert summit_result(name) == result


@pytest.mark.parametrize(
    ("at_summit", "summits", "result"),
    [(True, 1, RESULT_PACKAGE), (False, 1, RESULT_NOT_HELD), (True, 2, RESULT_NOT_HELD)],
)
def test_only_the_first_summit_has_a_result(
    swap: State, params: Params, at_summit: bool, summits: int, result: int
) -> None:
    """A later meeting, or a signature elsewhere, is not it."""
    # Fails if either counts.
    swap.summits = summits

    apply_signature(swap, params, at_summit)

    assert swap.summit_result == result


@pytest.mark.parametrize(
    ("on", "signed", "due", "expected"),
    [
        (True, -1, 0, 0.125),
        (False, -1, 0, 0.0),
        (True, 24, 0, 0.0),
        (True, 24, TODAY + 9, 0.125),
        (False, 24, TODAY + 9, 0.125),
    ],
)
def test_the_security_camp_objects_to_an_investment(
    state: State, params: Params, on: bool, signed: int, due: int, expected: float
) -> None:
    """Hawks of one half under a leader who decides three quarters alone, while it is on the table
    or under review."""
    # Fails if another faction counts, autonomy is turned round, or old discord stands.
    params.autonomy = [0.75, 0.0]
    state.influence[US][DOVES], state.influence[US][HAWKS] = 0.25, 0.5
    state.issue_on[ISSUE_INVESTMENT] = on
    state.structure_signed, state.approval_due = signed, due
    state.discord = 0.75

    assert changed(state, lambda: apply_discord(state, params)) <= {"discord"}
    assert state.discord == expected


def test_no_agreement_is_no_pause_to_prolong(swap: State, params: Params) -> None:
    """A swap without a pause leaves the agreement as it is."""
    # Fails if a signature makes a pause of its own.
    apply_signature(swap, params, False)

    assert (swap.agreement, swap.truce_ends_on) == (AGREEMENT_NONE, 0)
    assert swap.clause_day[CLAUSE_APP] == 0


def test_a_clause_has_its_size_in_points_or_units(state: State) -> None:
    """What divides is a duty, in tens of points; the share that is in the bundle counts."""
    # Fails if the share is left out, or if levels are told in tens.
    state.offer[CLAUSE_FENTANYL_CUT], state.units[CLAUSE_FENTANYL_CUT] = 0.5, 1.2
    state.offer[CLAUSE_TECH], state.units[CLAUSE_TECH] = 1.0, 3.0
    state.units[CLAUSE_MINERALS] = 2.0

    assert clause_size(state, CLAUSE_FENTANYL_CUT) == 6.0
    assert clause_size(state, CLAUSE_TECH) == 3.0
    assert clause_size(state, CLAUSE_MINERALS) == 0.0
