"""A government's mind: weights of factions, signals it reads, when it acts and what it chooses."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest

from sim.model.governments.agents import (
    act_utility,
    apply_signals,
    apply_weights,
    contribution,
    cost_signal,
    credibility_signal,
    decide_act,
    delay_signal,
    face_signal,
    leverage_signal,
    pace_of_day,
    review_hazard,
)
from sim.model.tables.codes import (
    ACCORD_NEW,
    AGREEMENT,
    AGREEMENT_PAUSE,
    CASE_PENDING,
    CN,
    COST,
    CREDIBILITY,
    DEADLINE,
    DEAL_COMPREHENSIVE,
    DEAL_EXTENSION,
    DEAL_PACKAGE,
    DELAY,
    DOVES,
    FACE,
    FENTANYL,
    FULL_REPLY,
    GRIEVANCE,
    HAWKS,
    HIKE,
    INERTIA,
    LANDMARK,
    LEVERAGE,
    LIST_ENTITIES,
    MARKET,
    N_FEATURES,
    PRESSURE,
    PROSPECT,
    RAPPORT,
    RECIPROCAL,
    RECIPROCITY,
    RED_LINE,
    SECURITY,
    SEEK_TALKS,
    SUMMIT_AGREED,
    SUMMIT_CONFIRMED,
    SUMMIT_DATED,
    TALKS_ACTIVE,
    TALKS_NONE,
    TALKS_PREPARING,
    TALKS_RESUMED,
    TALKS_STALLED,
    THREATEN,
    US,
    WAIT,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import N_CHOICES
from tests.unit.model.records import TODAY, changed

EVEN = [0.5] * N_CHOICES


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters of governments in round numbers."""
    params.deadline_scale_days, params.horizon_days = 10.0, 90
    params.signal_max, params.cost_signal_max, params.stir_max = 2.0, 3.0, 1.5
    params.cost_scale_usd_bn = [20.0, 10.0]
    params.prohibitive_pp, params.face_signal_scale_pp = 100.0, 50.0
    params.fentanyl_cap_pp = 20.0
    return params


# ------------------------------------------------------------------------------------- weights


@pytest.mark.parametrize(
    ("influence", "expected"),
    [
        ([0.25, 0.75, 0.0, 0.0], 1.0),
        ([0.5, 0.5, 0.0, 0.0], 1.0 - 0.75),
        ([5.0, 5.0, 0.0, 0.0], 1.0 - 0.75),
        ([0.25, 0.25, 0.5, 0.0], 1.0 - 1.0),
    ],
)
def test_factions_shift_a_weight_by_their_share_beyond_the_usual(
    state: State, params: Params, influence: list[float], expected: float
) -> None:
    """Doves pull leverage down, hawks up; the leader's autonomy halves the shift."""
    # Fails if shares are not taken of the total, the usual share is not taken off, or autonomy is
    # turned round.
    params.weight[US][LEVERAGE], params.autonomy[US] = 1.0, 0.5
    params.influence_base[US] = [0.25, 0.75, 0.0, 0.0]
    params.contrast[US][DOVES][LEVERAGE], params.contrast[US][HAWKS][LEVERAGE] = -2.0, 4.0
    state.influence[US] = influence

    apply_weights(state, params)

    assert state.weight[US][LEVERAGE] == expected


def test_weights_are_written_for_both_sides_and_every_feature(state: State, params: Params) -> None:
    """With influences as usual the weights are those of the parameters, and nothing else moves."""
    # Fails if a side or a feature is skipped, or the sides are mixed up.
    params.weight = [
        [float(f) for f in range(1, N_FEATURES + 1)],
        [float(-f) for f in range(1, N_FEATURES + 1)],
    ]
    params.influence_base = [[0.5, 0.5, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]]
    state.influence = [[0.5, 0.5, 0.0, 0.0], [2.0, 0.0, 0.0, 0.0]]

    assert changed(state, lambda: apply_weights(state, params)) == {"weight"}
    assert state.weight == params.weight


def test_without_any_influence_the_leader_is_alone(state: State, params: Params) -> None:
    """No faction has a share: what the usual shares add is taken off."""
    # Fails if an empty total is divided by.
    params.influence_base[CN] = [1.0, 0.0, 0.0, 0.0]
    params.contrast[CN][DOVES][DELAY] = 2.0
    state.influence = [[0.0] * 4, [0.0] * 4]

    apply_weights(state, params)

    assert state.weight[CN][DELAY] == -2.0


# ------------------------------------------------------------------------------------- signals


SIGNALS: list[tuple[int, int, dict[str, Any], float]] = [
    (US, RECIPROCITY, {"recent_measure": [9.0, 0.5], "recent_hike": [9.0, 0.75]}, 1.25),
    (CN, RECIPROCITY, {"recent_measure": [0.5, 9.0], "recent_hike": [0.25, 9.0]}, 0.75),
    (CN, RECIPROCITY, {"recent_measure": [5.0, 0.0], "recent_hike": [5.0, 0.0]}, 2.0),
    (US, MARKET, {"market_stress": 0.5}, 0.5),
    (CN, MARKET, {"market_stress": 0.5}, 0.0),
    (US, PRESSURE, {"pressure_part": [[1.0, 0.0, 0.0, 0.0], [1.0] * 4]}, 0.25),
    (CN, PRESSURE, {"pressure_part": [[1.0] * 4, [1.0, 1.0, 0.0, 1.0]]}, 0.75),
    (US, LANDMARK, {"urgency": 1.5}, 1.5),
    (CN, LANDMARK, {"urgency": 1.5}, 1.0),
    (US, RAPPORT, {"rapport": 0.25, "rapport_forecast": 0.75}, 0.75),
    (CN, RAPPORT, {"rapport": 0.25, "rapport_forecast": 0.75}, 0.25),
    (CN, FACE, {"humiliation": 0.5}, 0.5),
    (US, FACE, {"humiliation": 0.5}, 0.0),
    (US, LANDMARK, {"deal_status": DEAL_EXTENSION}, 1.0),
    (US, LANDMARK, {"deal_status": DEAL_PACKAGE}, 0.25),
    (CN, LANDMARK, {"deal_status": DEAL_COMPREHENSIVE}, 0.25),
    (CN, DELAY, {"threat_open": True, "threat_deadline": TODAY + 99}, 0.75),
    (US, DELAY, {"threat_open": True, "threat_deadline": TODAY + 99}, 0.0),
    (US, CREDIBILITY, {"pledge_pp": 60.0}, 1.0),
    (CN, CREDIBILITY, {"pledge_pp": 60.0}, 0.0),
    (US, RED_LINE, {}, 1.0),
    (CN, INERTIA, {}, 1.0),
    (US, SECURITY, {}, 1.0),
    (US, AGREEMENT, {"agreement": AGREEMENT_PAUSE}, 0.5),
    (CN, AGREEMENT, {"agreement": AGREEMENT_PAUSE, "truce_strained": True}, 0.375),
    (US, LEVERAGE, {"talks": TALKS_ACTIVE}, 1.0),
    (US, LEVERAGE, {"talks": TALKS_ACTIVE, "agreement": AGREEMENT_PAUSE}, 0.75),
    (CN, GRIEVANCE, {"trust_kept": [9.0, 1.0], "trust_broken": [0.0, 3.0]}, 0.75),
    (US, GRIEVANCE, {"trust_kept": [3.0, 0.0], "trust_broken": [1.0, 9.0]}, 0.25),
    (CN, PROSPECT, {"belief_mean": [9.0, -0.25]}, 0.5),
    (US, PROSPECT, {"belief_mean": [0.25, -9.0]}, -0.5),
    (CN, PROSPECT, {"belief_mean": [0.0, 2.0]}, -1.0),
]


@pytest.mark.parametrize(("side", "feature", "values", "expected"), SIGNALS)
def test_a_side_reads_the_state_as_signals(
    state: State, params: Params, side: int, feature: int, values: dict[str, Any], expected: float
) -> None:
    """Each feature has its signal; some speak to one side only."""
    # Fails if a side reads its own acts as the other's, or a one-sided signal speaks to both.
    params.agreement_strength, params.strain_discount = [0.0, 0.0, 0.5, 1.0, 0.0], 0.25
    params.landmark_after_package, params.delay_signal_threat = 0.25, 0.75
    params.leverage_spent, params.prospect_scale = 0.5, 0.5
    params.objective = [[1.0] * 4, [1.0] * 4]
    for name, value in values.items():
        setattr(state, name, value)

    assert changed(state, lambda: apply_signals(state, params, side)) == {"signal"}
    assert state.signal[side][feature] == expected
    assert state.signal[1 - side] == [0.0] * N_FEATURES


@pytest.mark.parametrize(("left", "expected"), [(0, 1.0), (10, math.exp(-1.0))])
def test_a_deadlines_pull_falls_off_with_its_distance(
    state: State, params: Params, left: int, expected: float
) -> None:
    """Full on the day, a third at the scale."""
    # Fails if the sign in the exponent is turned, or the scale is left out.
    state.threat_open, state.threat_deadline = True, TODAY + left

    apply_signals(state, params, CN)

    assert state.signal[CN][DEADLINE] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("delivered", "per_gap", "expected"), [(50.0, 1.0, 0.75), (100.0, 1.0, 0.25), (0.0, 9.0, 2.0)]
)
def test_a_pledge_not_kept_is_a_grievance(
    state: State, params: Params, delivered: float, per_gap: float, expected: float
) -> None:
    """The gap of the new accord adds to distrust, up to the highest signal."""
    # Fails if the old accord is read, the gap is taken off, or the bound is taken away.
    params.grievance_per_gap = per_gap
    state.trust_kept[US], state.trust_broken[US] = 3.0, 1.0
    state.pledged_usd_bn[ACCORD_NEW][0] = 100.0
    state.delivered_usd_bn[ACCORD_NEW][0] = delivered

    apply_signals(state, params, US)

    assert state.signal[US][GRIEVANCE] == expected


@pytest.mark.parametrize(
    ("slope", "expected"), [(2.0, 2.0), (0.5, 0.5), (4.0, 3.0), (-0.5, -0.5), (-2.0, -1.0)]
)
def test_a_step_costs_what_the_trade_block_says(
    state: State, params: Params, slope: float, expected: float
) -> None:
    """Ten points at the slope of its own layer, in units of the side's scale, within bounds."""
    # Fails if points are not taken in tens, the scale is the other side's, or a bound is taken
    # away.
    state.own_cost_per_pp[CN] = [9.0, 9.0, 9.0, slope, 9.0, 9.0]
    assert FULL_REPLY == 3

    assert cost_signal(state, params, CN) == expected


@pytest.mark.parametrize(
    ("fentanyl", "reciprocal", "expected"),
    [(10.0, 0.0, 0.5 + 0.1), (20.0, 0.0, 1.0 + 0.2), (20.0, 80.0, 1.0 + 1.0)],
)
def test_high_duties_make_a_further_us_step_pointless(
    state: State, params: Params, fentanyl: float, reciprocal: float, expected: float
) -> None:
    """The layer next in line has the slope; the add-on is counted in prohibitive points."""
    # Fails if the reach is left out, or another layer's slope is read.
    state.duty_pp[US][FENTANYL], state.duty_pp[US][RECIPROCAL] = fentanyl, reciprocal
    state.own_cost_per_pp[US][FENTANYL], state.own_cost_per_pp[US][RECIPROCAL] = 1.0, 2.0

    assert cost_signal(state, params, US) == pytest.approx(expected)


def test_high_us_duties_are_no_cost_to_a_chinese_step(state: State, params: Params) -> None:
    """Only Washington runs into its own wall."""
    # Fails if China's signal counts the US add-on.
    state.duty_pp[US][RECIPROCAL] = 100.0

    assert cost_signal(state, params, CN) == 0.0


@pytest.mark.parametrize(
    ("talks", "summit", "held", "expected"),
    [
        (TALKS_NONE, SUMMIT_AGREED, 0.0, 0.75),
        (TALKS_STALLED, SUMMIT_AGREED, 0.0, 0.75),
        (TALKS_PREPARING, SUMMIT_AGREED, 0.0, 1.0),
        (TALKS_ACTIVE, SUMMIT_AGREED, 0.0, 1.0),
        (TALKS_RESUMED, SUMMIT_AGREED, 0.0, 1.0),
        (TALKS_ACTIVE, SUMMIT_DATED, 0.0, 0.25),
        (TALKS_NONE, SUMMIT_CONFIRMED, 0.0, 0.25),
        (TALKS_ACTIVE, SUMMIT_AGREED, 0.5, 0.75),
        (TALKS_ACTIVE, SUMMIT_AGREED, 1.0, 0.5),
    ],
)
def test_a_bargaining_chip_is_worth_most_while_talks_are_pending(
    state: State, params: Params, talks: int, summit: int, held: float, expected: float
) -> None:
    """Less with no talks, little once a meeting is dated, and less under an agreement."""
    # Fails if a stage is added or left out, or an agreement adds to the worth.
    params.leverage_signal_usual, params.leverage_signal_summit = 0.75, 0.25
    params.leverage_spent = 0.5
    state.talks, state.summit = talks, summit

    assert leverage_signal(state, params, held) == expected


def test_scolding_and_duties_cost_face(state: State, params: Params) -> None:
    """Humiliation counts as it is, duties in units of the scale."""
    # Fails if one of the two is left out, or China's duties are read.
    state.humiliation, state.duty_pp[US][RECIPROCAL] = 0.25, 25.0
    state.duty_pp[CN][FULL_REPLY] = 90.0

    assert face_signal(state, params) == 0.75


@pytest.mark.parametrize(
    ("threat", "hikes", "expected"),
    [(False, 0.0, 0.125), (True, 0.0, 0.375), (False, 0.5, 0.375), (True, 3.0, 0.875)],
)
def test_china_gains_by_delay_under_a_threat_and_after_a_hike(
    state: State, params: Params, threat: bool, hikes: float, expected: float
) -> None:
    """A usual part, one for an open threat, one for a fresh US hike, at most whole."""
    # Fails if a part is left out, China's own hikes count, or the memory is unbounded.
    params.delay_signal_usual, params.delay_signal_threat = 0.125, 0.25
    params.delay_signal_hike = 0.5
    state.threat_open, state.recent_hike = threat, [hikes, 9.0]

    assert delay_signal(state, params) == expected


@pytest.mark.parametrize(
    ("pledge", "addon", "expected"), [(60.0, 15.0, 0.75), (60.0, 90.0, 0.0), (0.0, 0.0, 0.0)]
)
def test_credibility_is_what_voters_still_wait_for(
    state: State, pledge: float, addon: float, expected: float
) -> None:
    """The share of the pledged tariff not delivered; none once it is, or without a pledge."""
    # Fails if more than was pledged counts against it, or an empty pledge is divided by.
    state.pledge_pp, state.duty_pp[US][RECIPROCAL] = pledge, addon

    assert credibility_signal(state) == expected


# ------------------------------------------------------------------------------------- when


@pytest.mark.parametrize(
    ("side", "values", "expected"),
    [
        (US, {}, 0.125),
        (CN, {}, 0.25),
        (US, {"recent_hike": [9.0, 0.5], "recent_measure": [9.0, 0.5]}, 0.25),
        (CN, {"recent_hike": [0.5, 9.0], "recent_measure": [0.0, 9.0]}, 0.375),
        (US, {"recent_hike": [0.0, 9.0]}, 0.3125),
        (US, {"attention": [0.5, 0.0]}, 0.0625),
        (CN, {"attention": [0.0, 0.5]}, 0.125),
        (CN, {"threat_open": True, "threat_deadline": TODAY}, 0.75),
        (CN, {"recent_hike": [9.0, 0.0], "threat_open": True, "threat_deadline": TODAY}, 1.0),
    ],
)
def test_reviews_come_faster_when_stirred_or_near_a_deadline(
    state: State, params: Params, side: int, values: dict[str, Any], expected: float
) -> None:
    """Each side has its pace; the other's acts and deadlines quicken it, other matters slow it."""
    # Fails if a side is stirred by its own acts, stirring or hazard is unbounded, or a side waits
    # for the other's attention.
    params.review_per_day = [0.125, 0.25]
    # Neither side rests at weekends.
    params.weekend_share = [2.0 / 7.0, 2.0 / 7.0]
    params.review_deadline_boost, params.review_reaction_boost = 2.0, 1.0
    params.deadline_scale_days = 0.1
    for name, value in values.items():
        setattr(state, name, value)

    assert review_hazard(state, params, side) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("met", ["round_day", "call_day", "summit_last_day"])
@pytest.mark.parametrize("side", [US, CN])
def test_nobody_changes_course_on_a_day_of_contact(
    state: State, params: Params, side: int, met: str
) -> None:
    """A minister who sits with the other side announces nothing against it; the day after he may
    again."""
    # Fails if one kind of contact does not count, or contacts stop reviews for good.
    params.review_per_day, params.weekend_share = [0.25, 0.25], [0.25, 0.25]
    params.deadline_scale_days, state.attention = 1.0, [1.0, 1.0]
    setattr(state, met, state.day)
    assert review_hazard(state, params, side) == 0.0
    setattr(state, met, state.day - 1)
    assert review_hazard(state, params, side) > 0.0


@pytest.mark.parametrize(("side", "weekend"), [(US, 0.25), (CN, 0.5)])
def test_few_reviews_fall_on_a_weekend(
    state: State, params: Params, side: int, weekend: float
) -> None:
    """Saturday and Sunday have the share of the week that the parameter says, and a week has as
    many reviews as without it."""
    # Fails if the week begins on another day, or the pace of working days is not made up for.
    params.weekend_share = [0.25, 0.5]
    monday = date(2025, 10, 20).toordinal()
    paces = []
    for state.day in range(monday, monday + 7):
        paces.append(pace_of_day(state, params, side))

    assert sum(paces) == pytest.approx(7.0)
    assert paces[5] == paces[6] == pytest.approx(3.5 * weekend)
    assert len(set(paces[:5])) == 1


# ------------------------------------------------------------------------------------- which


def test_utility_is_the_log_rate_and_the_weighted_signals(state: State, params: Params) -> None:
    """Weight times signal times loading, over the features the act carries."""
    # Fails if a factor is left out, the other side's weights are read, or a sign is turned.
    params.act_rate[CN][HIKE] = 2.0
    params.loading[HIKE][COST], params.loading[HIKE][LEVERAGE] = -1.0, 0.5
    state.weight[CN][COST], state.weight[CN][LEVERAGE], state.weight[CN][FACE] = 3.0, 2.0, 9.0
    state.signal[CN][COST], state.signal[CN][LEVERAGE], state.signal[CN][FACE] = 0.5, 0.25, 9.0
    state.weight[US], state.signal[US] = [9.0] * 16, [9.0] * 16

    expected = math.log(2.0) - 3.0 * 0.5 + 2.0 * 0.25 * 0.5
    assert act_utility(state, params, CN, HIKE) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("side", "act", "expected"), [(CN, SEEK_TALKS, 0.25), (CN, HIKE, 0.0), (US, SEEK_TALKS, 0.0)]
)
def test_a_thaw_makes_china_seek_talks(
    state: State, params: Params, side: int, act: int, expected: float
) -> None:
    """It adds to the utility of one act of one side."""
    # Fails if another act gains by it, or Washington's.
    params.act_rate[side][act] = 1.0
    params.thaw_engagement, state.thaw = 0.5, 0.5

    assert act_utility(state, params, side, act) == expected


@pytest.mark.parametrize(
    ("act", "feature", "expected"),
    [
        (HIKE, LEVERAGE, 1.5),
        (THREATEN, LEVERAGE, 1.5),
        (LIST_ENTITIES, LEVERAGE, 2.0),
        (HIKE, COST, 2.0),
    ],
)
def test_a_contested_tariff_gives_less_leverage(
    state: State, params: Params, act: int, feature: int, expected: float
) -> None:
    """Half the odds, half the discount: a quarter of the leverage of tariffs is gone, no more."""
    # Fails if other acts or features are discounted, or one of the tariffs is not.
    params.loading[act][feature] = 2.0
    params.strike_probability, params.court_discount = 0.5, [0.5, 0.0]
    state.weight[US][feature], state.signal[US][feature] = 2.0, 0.5
    assert contribution(state, params, US, act, feature) == 2.0
    state.court_case = CASE_PENDING
    assert contribution(state, params, US, act, feature) == expected


def test_an_act_without_a_rate_has_the_lowest_log(state: State, params: Params) -> None:
    """The log of a rate of zero is that of the smallest rate there is."""
    # Fails if the log is taken of zero.
    assert act_utility(state, params, US, HIKE) == pytest.approx(math.log(1e-12))


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        ({WAIT: 1.0, THREATEN: 3.0, LIST_ENTITIES: 2.0}, THREATEN),
        ({WAIT: 4.0, THREATEN: 3.0, LIST_ENTITIES: 2.0}, WAIT),
        ({WAIT: 1.0, LIST_ENTITIES: 2.0}, LIST_ENTITIES),
        ({LIST_ENTITIES: 2.0}, LIST_ENTITIES),
        ({}, WAIT),
    ],
)
def test_without_noise_the_best_legal_act_is_taken(
    state: State, params: Params, rates: dict[int, float], expected: int
) -> None:
    """Luck has no say; with nothing legal a side waits."""
    # Fails if the lowest utility wins, an illegal act is chosen, or noise is a constant.
    for act, rate in rates.items():
        params.act_rate[US][act] = rate
    luck = [0.99] * N_CHOICES
    luck[expected] = 0.01

    assert decide_act(state, params, US, luck) == expected


def test_a_forbidden_act_is_not_chosen(state: State, params: Params) -> None:
    """The next best is taken."""
    # Fails if legality is not asked.
    params.act_rate[US][THREATEN], params.act_rate[US][LIST_ENTITIES] = 3.0, 2.0
    state.forbidden[US][THREATEN] = True

    assert decide_act(state, params, US, EVEN) == LIST_ENTITIES


@pytest.mark.parametrize(
    ("noise", "u", "expected"),
    [(1.0, 0.7, WAIT), (1.0, 0.72, LIST_ENTITIES), (0.5, 0.85, LIST_ENTITIES), (0.5, 0.83, WAIT)],
)
def test_each_act_has_its_own_luck_scaled_by_noise(
    state: State, params: Params, noise: float, u: float, expected: int
) -> None:
    """Half the rate is made up for by a draw of 0.71 at noise 1, of 0.84 at noise 0.5."""
    # Fails if an act uses another's draw, or noise is left out.
    params.act_rate[CN][WAIT], params.act_rate[CN][LIST_ENTITIES] = 2.0, 1.0
    params.noise = [9.0, noise]
    luck = [0.999] * N_CHOICES
    luck[WAIT], luck[LIST_ENTITIES] = 0.5, u

    assert decide_act(state, params, CN, luck) == expected


@pytest.mark.parametrize(("noise", "u", "expected"), [(2.0, 0.7, WAIT), (2.0, 0.72, THREATEN)])
def test_more_noise_makes_no_rare_act_frequent(
    state: State, params: Params, noise: float, u: float, expected: int
) -> None:
    """Half the rate takes a draw of 0.71 at noise 2 too: the odds of rates alone stand."""
    # Fails if the log of the rate is not scaled with the noise above 1.
    params.act_rate[US][WAIT], params.act_rate[US][THREATEN] = 2.0, 1.0
    params.noise = [noise, 9.0]
    luck = [0.999] * N_CHOICES
    luck[WAIT], luck[THREATEN] = 0.5, u

    assert decide_act(state, params, US, luck) == expected


def test_a_tie_goes_to_the_lower_code(state: State, params: Params) -> None:
    """Among equals the first on the menu is taken."""
    # Fails if a later act wins at equal utility.
    params.act_rate[US][THREATEN] = params.act_rate[US][LIST_ENTITIES] = 2.0

    assert decide_act(state, params, US, EVEN) == THREATEN
