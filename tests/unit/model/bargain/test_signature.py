"""Signatures: who signs what, who tables it, pauses revived, and what is booked."""

from __future__ import annotations

import math

import pytest

from sim.model.bargain.signature import (
    apply_discord,
    apply_package,
    apply_reserve,
    apply_signature,
    believed_gain,
    decide_package,
    decide_revival,
    sign_probability,
    table_score,
)
from sim.model.tables.codes import (
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    CLAUSE_MINERALS,
    CLAUSE_PRECURSORS,
    CLAUSE_US_BROAD_CUT,
    CN,
    DOVES,
    FENTANYL,
    FULL_REPLY,
    HAWKS,
    INBOUND_LIMITS,
    ISSUE_INVESTMENT,
    LEADERS,
    MINISTERS,
    PACKAGE_COMPREHENSIVE,
    PACKAGE_EXTENSION,
    PACKAGE_FENTANYL,
    PACKAGE_PURCHASES,
    PACKAGE_SWAP,
    PACKAGE_TRUCE,
    RARE_EARTHS,
    RECIPROCAL,
    RESULT_COMPREHENSIVE,
    RESULT_EXTENSION,
    RESULT_NOT_HELD,
    RESULT_PACKAGE,
    TECH,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import NO_PACKAGE, SIGN_FIRST
from tests.unit.model.records import TODAY, changed

EVEN = [0.5] * 7


def gains(state: State, params: Params, side: int, package: int, value: float) -> None:
    """Makes signing a package worth so much to a side: each settles an issue of its own."""
    state.issue_on[package] = True
    params.package_settles[package][package] = 1.0
    params.issue_weight[side][package] = value


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters under which no deadline is near and only issues count."""
    params.horizon_days, params.concession_days = 90, 30.0
    params.believed_gain_floor = 1.0
    params.truce_length_days, params.strain_full_measures = 90, 5.0
    return params


@pytest.fixture
def summit(state: State) -> State:
    """Returns a calm state in which a swap, action on precursors and everything can be tabled."""
    state.control[US][TECH] = state.control[CN][RARE_EARTHS] = 1
    state.duty_pp[US][FENTANYL] = 20.0
    state.tension = 0.0
    return state


# ------------------------------------------------------------------------------------- signing


@pytest.mark.parametrize(
    ("gain", "log_odds"), [(5.0, 2.0), (3.0, 0.0), (1.0, -2.0)], ids=["more", "even", "less"]
)
def test_a_side_signs_by_its_gain_beyond_its_demand(
    summit: State, params: Params, gain: float, log_odds: float
) -> None:
    """Even odds where the gain meets the demand, one unit of log odds for each unit of noise."""
    # Fails if the sign is turned, the demand or the noise is left out, or those of the other side.
    params.aspiration, params.noise = [9.0, 4.0], [9.0, 1.0]
    gains(summit, params, CN, PACKAGE_SWAP, gain)

    expected = 1.0 / (1.0 + math.exp(-log_odds))
    found = sign_probability(summit, params, CN, PACKAGE_SWAP, MINISTERS)
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("gain", "expected"), [(0.5, math.exp(-6.0)), (2.0, 0.5), (3.5, 1.0 - math.exp(-6.0))]
)
def test_acceptance_rises_from_nothing_around_the_reservation_value(
    summit: State, params: Params, gain: float, expected: float
) -> None:
    """Six scales below it nobody signs, at it half do, above it all: no glory of a landmark makes
    up for what is missing, and the other side's value does not count."""
    # Fails if the reservation value is taken away, is a step, or the bonus counts below it.
    params.landmark_bonus, params.landmark_share[PACKAGE_SWAP] = [99.0, 99.0], 1.0
    params.noise, params.reserve_softness = [1.0, 1.0], 0.25
    summit.reserve = [-9.0, 2.0]
    gains(summit, params, CN, PACKAGE_SWAP, gain)

    found = sign_probability(summit, params, CN, PACKAGE_SWAP, LEADERS)
    assert found == pytest.approx(expected, rel=0.01)


def test_a_reservation_value_is_drawn_around_its_mean(state: State, params: Params) -> None:
    """The mean of the side, plus its spread times a standard normal number."""
    # Fails if the spread is left out, or the other side's numbers are used.
    params.reserve, params.reserve_spread = [9.0, 1.0], [9.0, 2.0]
    root = math.sqrt(-2.0 * math.log(0.25))

    assert changed(state, lambda: apply_reserve(state, params, CN, 0.25, 0.5)) == {"reserve"}
    assert state.reserve == [0.0, pytest.approx(1.0 - 2.0 * root)]


@pytest.mark.parametrize(("rank", "log_odds"), [(MINISTERS, 1.0), (LEADERS, 3.0)])
def test_a_landmark_moves_leaders_above_the_floor(
    summit: State, params: Params, rank: int, log_odds: float
) -> None:
    """Its glory adds to the gain once there is one."""
    # Fails if the bonus is left out, or counts for ministers.
    params.landmark_bonus, params.landmark_share[PACKAGE_SWAP] = [9.0, 2.0], 1.0
    params.noise = [9.0, 1.0]
    gains(summit, params, CN, PACKAGE_SWAP, 1.0)

    expected = 1.0 / (1.0 + math.exp(-log_odds))
    assert sign_probability(summit, params, CN, PACKAGE_SWAP, rank) == pytest.approx(expected)


@pytest.mark.parametrize(("gain", "expected"), [(2.1, 1.0), (1.9, 0.0)])
def test_without_noise_the_demand_is_a_line(
    summit: State, params: Params, gain: float, expected: float
) -> None:
    """Noise of zero is kept above zero, so that nothing is divided by it."""
    # Fails if the guard of the divisor is taken away.
    params.aspiration = [8.0 / 3.0, 8.0 / 3.0]
    gains(summit, params, US, PACKAGE_SWAP, gain)

    found = sign_probability(summit, params, US, PACKAGE_SWAP, MINISTERS)
    assert found == pytest.approx(expected, abs=1e-12)


# ------------------------------------------------------------------------------------- tabling


def test_the_others_gain_is_guessed_with_doubt(summit: State, params: Params) -> None:
    """The other's priced gain, an offset, less the variance of belief where trust is lacking."""
    # Fails if a side reads its own gain, doubt is added, or trust is the other side's.
    params.utility_per_usd_bn, params.horizon_days = [9.0, 0.5], 365
    params.belief_offset = 0.25
    summit.clause_value_usd_bn[CN][CLAUSE_MINERALS] = 4.0
    summit.belief_var, summit.trust_kept, summit.trust_broken = [2.0, 9.0], [3.0, 9.0], [1.0, 0.0]

    assert believed_gain(summit, params, US, PACKAGE_SWAP) == 2.0 + 0.25 - 2.0 * 0.25


def test_washington_ranks_by_its_gain_times_the_others(summit: State, params: Params) -> None:
    """Its own gain with glory, times what it believes China gains."""
    # Fails if a factor is left out, or glory is.
    params.belief_offset = 2.5
    params.landmark_bonus, params.landmark_share[PACKAGE_SWAP] = [1.0, 9.0], 1.0
    summit.belief_var[US] = 0.0
    gains(summit, params, US, PACKAGE_SWAP, 3.0)

    assert table_score(summit, params, PACKAGE_SWAP, LEADERS, 0.5) == 10.0
    assert table_score(summit, params, PACKAGE_SWAP, MINISTERS, 0.5) == 7.5


def test_china_is_credited_with_a_least_gain(summit: State, params: Params) -> None:
    """A package China seems to lose by is ranked by the floor."""
    # Fails if a negative guess turns the score.
    params.belief_offset, params.believed_gain_floor = -5.0, 0.5
    gains(summit, params, US, PACKAGE_SWAP, 3.0)

    assert table_score(summit, params, PACKAGE_SWAP, MINISTERS, 0.5) == 1.5


@pytest.mark.parametrize(("u", "expected"), [(0.49, 2.0), (0.5, 0.0)])
def test_washington_tables_only_what_it_would_sign(
    summit: State, params: Params, u: float, expected: float
) -> None:
    """At even odds a draw below one half tables it."""
    # Fails if the comparison is turned, or Washington tables what it would refuse.
    params.aspiration, params.noise = [8.0 / 3.0, 0.0], [1.0, 1.0]
    gains(summit, params, US, PACKAGE_SWAP, 2.0)

    assert table_score(summit, params, PACKAGE_SWAP, MINISTERS, u) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("swap", "precursors", "expected"),
    [(3.0, 2.0, PACKAGE_SWAP), (2.0, 3.0, PACKAGE_FENTANYL), (-1.0, -1.0, NO_PACKAGE)],
)
def test_the_package_with_the_highest_score_is_tabled_first(
    summit: State, params: Params, swap: float, precursors: float, expected: int
) -> None:
    """China, to whom both are welcome, signs what Washington prefers; nothing if it wants none."""
    # Fails if the lowest score wins, or a score of zero is tabled.
    for package, gain in ((PACKAGE_SWAP, swap), (PACKAGE_FENTANYL, precursors)):
        gains(summit, params, US, package, gain)
        gains(summit, params, CN, package, 5.0)

    assert decide_package(summit, params, LEADERS, EVEN, EVEN) == expected


@pytest.mark.parametrize(
    ("rank", "expected"), [(LEADERS, PACKAGE_FENTANYL), (MINISTERS, NO_PACKAGE)]
)
def test_leaders_table_a_second_package_if_the_first_is_refused(
    summit: State, params: Params, rank: int, expected: int
) -> None:
    """Ministers table one; leaders try another, and never the same again."""
    # Fails if ministers try twice, or leaders table the refused package anew.
    gains(summit, params, US, PACKAGE_SWAP, 3.0)
    gains(summit, params, CN, PACKAGE_SWAP, -1.0)
    gains(summit, params, US, PACKAGE_FENTANYL, 2.0)
    gains(summit, params, CN, PACKAGE_FENTANYL, 5.0)

    assert decide_package(summit, params, rank, EVEN, EVEN) == expected


def test_leaders_table_no_third_package(summit: State, params: Params) -> None:
    """After two refusals they part without a signature."""
    # Fails if a third round is held.
    for package, us, cn in (
        (PACKAGE_SWAP, 3.0, -1.0),
        (PACKAGE_FENTANYL, 2.0, -1.0),
        (PACKAGE_COMPREHENSIVE, 1.0, 5.0),
    ):
        gains(summit, params, US, package, us)
        gains(summit, params, CN, package, cn)

    assert decide_package(summit, params, LEADERS, EVEN, EVEN) == NO_PACKAGE


@pytest.mark.parametrize(("u", "expected"), [(0.49, PACKAGE_SWAP), (0.5, NO_PACKAGE)])
def test_china_answers_by_its_true_gain(
    summit: State, params: Params, u: float, expected: int
) -> None:
    """At even odds a draw below one half signs; each package has a draw of its own."""
    # Fails if the comparison is turned, or Washington's or another package's draw is used.
    params.aspiration, params.noise = [0.0, 8.0 / 3.0], [0.0, 1.0]
    gains(summit, params, US, PACKAGE_SWAP, 3.0)
    gains(summit, params, CN, PACKAGE_SWAP, 2.0)
    u_us, u_cn = [0.9] * 7, [0.9] * 7
    u_us[PACKAGE_SWAP], u_cn[PACKAGE_SWAP] = 0.1, u

    assert decide_package(summit, params, MINISTERS, u_us, u_cn) == expected


def test_a_package_that_cannot_be_tabled_is_not(summit: State, params: Params) -> None:
    """What both would sign has to wait until it is feasible and allowed."""
    # Fails if feasibility is not asked.
    gains(summit, params, US, PACKAGE_SWAP, 3.0)
    gains(summit, params, CN, PACKAGE_SWAP, 3.0)
    summit.forbidden[CN][SIGN_FIRST + PACKAGE_SWAP] = True

    assert decide_package(summit, params, LEADERS, EVEN, EVEN) == NO_PACKAGE


# ------------------------------------------------------------------------------------- revival


@pytest.mark.parametrize(
    ("u_us", "u_cn", "expected"),
    [(0.49, 0.49, True), (0.51, 0.49, False), (0.49, 0.51, False)],
)
def test_reviving_takes_both(
    state: State, params: Params, u_us: float, u_cn: float, expected: bool
) -> None:
    """At even odds each, both draws have to be below one half, with duties to suspend again."""
    # Fails if one yes is enough, the comparison is turned, or nothing need be there to suspend.
    params.noise, params.truce_residual_pp = [1.0, 1.0], 10.0
    state.tension = 0.0
    state.duty_pp[US][RECIPROCAL] = state.duty_pp[CN][FULL_REPLY] = 34.0
    for side in (US, CN):
        gains(state, params, side, PACKAGE_TRUCE, 1.0)
    params.aspiration, params.concession_days = [2.0, 2.0], 90.0

    assert decide_revival(state, params, u_us, u_cn) is expected
    state.duty_pp[CN][FULL_REPLY] = 10.0
    assert decide_revival(state, params, 0.0, 0.0) is False


# ------------------------------------------------------------------------------------- booking


def test_true_gains_are_booked_before_the_terms_change_the_state(
    summit: State, params: Params
) -> None:
    """Two units of a broad cut were worth six to China; after it there is nothing left to cut."""
    # Fails if the terms are carried out first, or the gains are swapped.
    params.fentanyl_tranche_pp, params.horizon_days = 20.0, 365
    params.utility_per_usd_bn = [1.0, 1.0]
    summit.clause_value_usd_bn[CN][CLAUSE_US_BROAD_CUT] = 3.0
    summit.clause_value_usd_bn[US][CLAUSE_PRECURSORS] = 5.0

    apply_package(summit, params, PACKAGE_FENTANYL)

    assert (summit.signed_gain, summit.signed_nash) == ([5.0, 6.0], 30.0)
    assert (summit.duty_pp[US][FENTANYL], summit.precursor_action) == (0.0, True)


@pytest.mark.parametrize(("level", "extended"), [(AGREEMENT_PAUSE, 1), (AGREEMENT_NONE, 0)])
def test_a_signature_is_dated_and_prolongs_a_pause(
    summit: State, params: Params, level: int, extended: int
) -> None:
    """The day is kept by package, China has softened, and a pause in force goes on."""
    # Fails if the day is another package's, or nothing is prolonged.
    summit.agreement, summit.truce_ends_on, summit.pause_days = level, TODAY + 3, 90

    apply_package(summit, params, PACKAGE_SWAP)

    assert summit.package_day == [TODAY if p == PACKAGE_SWAP else 0 for p in range(7)]
    assert (summit.softened_day, summit.extensions) == (TODAY, extended)
    assert summit.truce_ends_on == TODAY + 3 + 90 * extended


@pytest.mark.parametrize(
    ("package", "at_summit", "summits", "result"),
    [
        (PACKAGE_COMPREHENSIVE, True, 1, RESULT_COMPREHENSIVE),
        (PACKAGE_EXTENSION, True, 1, RESULT_EXTENSION),
        (PACKAGE_TRUCE, True, 1, RESULT_EXTENSION),
        (PACKAGE_SWAP, True, 1, RESULT_PACKAGE),
        (PACKAGE_PURCHASES, True, 1, RESULT_PACKAGE),
        (PACKAGE_SWAP, False, 1, RESULT_NOT_HELD),
        (PACKAGE_SWAP, True, 2, RESULT_NOT_HELD),
    ],
)
def test_the_first_summit_is_known_by_what_was_signed(
    summit: State, params: Params, package: int, at_summit: bool, summits: int, result: int
) -> None:
    """Only a signature at the first summit is its result."""
    # Fails if a later meeting, or a signature elsewhere, counts, or results are mixed up.
    summit.summits = summits

    apply_signature(summit, params, package, at_summit)

    assert summit.summit_result == result
    assert summit.package_day[package] == TODAY


@pytest.mark.parametrize(
    ("on", "limits", "expected"), [(True, 0, 0.125), (False, 0, 0.0), (True, 4, 0.0)]
)
def test_the_security_camp_objects_while_investment_is_on_the_table(
    state: State, params: Params, on: bool, limits: int, expected: float
) -> None:
    """Hawks of one half under a leader who decides three quarters alone."""
    # Fails if another faction counts, autonomy is turned round, or old discord stands.
    params.autonomy, params.inbound_loss_per_level = [0.75, 0.0], 0.25
    state.influence[US][DOVES], state.influence[US][HAWKS] = 0.25, 0.5
    state.issue_on[ISSUE_INVESTMENT] = on
    state.control[US][INBOUND_LIMITS] = limits
    state.discord = 0.75

    assert changed(state, lambda: apply_discord(state, params)) == {"discord"}
    assert state.discord == expected
