"""The worth of a package: its price, its politics, the glory of it, and what a side demands."""

from __future__ import annotations

from typing import Any

import pytest

from sim.model.bargain.worth import (
    aspiration,
    clause_value,
    landmark_gain,
    own_reach,
    package_gain,
    political_gain,
    priced_gain,
    risk_removed,
)
from sim.model.tables.codes import (
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    BY_S301,
    CASE_PENDING,
    CLAUSE_CN_TARIFF_CUT,
    CLAUSE_MINERALS,
    CLAUSE_PURCHASES,
    CLAUSE_TECH,
    CLAUSE_US_BROAD_CUT,
    CLAUSE_US_TARIFF_CUT,
    CN,
    FENTANYL,
    FULL_REPLY,
    ISSUE_RARE_EARTHS,
    ISSUE_TECH,
    LANDMARK,
    LEADERS,
    MINISTERS,
    PACKAGE_EXTENSION,
    PACKAGE_FENTANYL,
    PACKAGE_SWAP,
    PACKAGE_TRUCE,
    RARE_EARTHS,
    RECIPROCAL,
    SECURITY,
    TECH,
    THREATENED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import TODAY


@pytest.fixture
def swap(state: State) -> State:
    """Returns a state in which minerals can be swapped for technology."""
    state.control[US][TECH] = state.control[CN][RARE_EARTHS] = 1
    state.tension = 0.0
    return state


# ---------------------------------------------------------------------------- clauses and risks


@pytest.mark.parametrize(
    ("side", "clause", "expected"),
    [
        (US, CLAUSE_US_TARIFF_CUT, 0.75),
        (US, CLAUSE_US_BROAD_CUT, 1.0),
        (CN, CLAUSE_CN_TARIFF_CUT, 0.5),
        (US, CLAUSE_CN_TARIFF_CUT, 0.0),
        (CN, CLAUSE_US_TARIFF_CUT, 0.0),
        (CN, CLAUSE_US_BROAD_CUT, 0.0),
        (US, CLAUSE_PURCHASES, 0.0),
        (CN, CLAUSE_MINERALS, 0.0),
    ],
)
def test_a_sides_own_duty_reaches_the_goods_its_layer_covers(
    state: State, side: int, clause: int, expected: float
) -> None:
    """Other clauses, and the other side's duty, take no leverage away."""
    # Fails if a clause reads another layer's coverage, or the side is not looked at.
    state.coverage[US] = [0.0, 0.0, 1.0, 0.75, 0.0, 0.0]
    state.coverage[CN] = [0.0, 0.0, 0.25, 0.5, 0.0, 0.0]
    assert (FENTANYL, RECIPROCAL, FULL_REPLY) == (2, 3, 3)

    assert own_reach(state, side, clause) == expected


@pytest.mark.parametrize(
    ("side", "expected"), [(US, -3.0 - 0.5 * 4.0), (CN, 8.0)], ids=["giver", "taker"]
)
def test_a_side_gives_leverage_up_with_its_own_duty(
    state: State, params: Params, side: int, expected: float
) -> None:
    """What the trade model says, less the leverage on the goods it reaches."""
    # Fails if leverage is added, taken from the other side, or not scaled by reach.
    params.leverage_usd_bn = [4.0, 6.0]
    state.coverage[US][RECIPROCAL] = 0.5
    state.clause_value_usd_bn[US][CLAUSE_US_TARIFF_CUT] = -3.0
    state.clause_value_usd_bn[CN][CLAUSE_US_TARIFF_CUT] = 8.0

    assert clause_value(state, params, side, CLAUSE_US_TARIFF_CUT) == expected


@pytest.mark.parametrize(
    ("clause", "layer", "expected"),
    [
        (CLAUSE_US_TARIFF_CUT, RECIPROCAL, 6.0),
        (CLAUSE_US_BROAD_CUT, THREATENED, 6.0),
        (CLAUSE_CN_TARIFF_CUT, RECIPROCAL, 8.0),
    ],
)
def test_a_contested_duty_is_worth_less(
    state: State, params: Params, clause: int, layer: int, expected: float
) -> None:
    """Odds of one half, times half of the worth; not if the duty rests on another authority."""
    # Fails if a US cut keeps its price while the court decides, or a Chinese cut loses it.
    params.strike_probability, params.court_discount = 0.5, [0.0, 0.5]
    state.court_case = CASE_PENDING
    state.clause_value_usd_bn[CN][clause] = 8.0
    assert clause_value(state, params, CN, clause) == expected
    state.authority[layer] = BY_S301
    assert clause_value(state, params, CN, clause) == 8.0


RISKS: list[tuple[dict[str, Any], float]] = [
    ({}, 0.0),
    ({"threat_open": True}, 0.25 * 4.0 * 16.0),
    ({"agreement": AGREEMENT_PAUSE, "truce_ends_on": TODAY + 9}, 2.0 * 8.0 + 3.0 * 1.0),
    ({"agreement": AGREEMENT_PAUSE}, 0.0),
    ({"truce_ends_on": TODAY + 9}, 0.0),
]


@pytest.mark.parametrize(("values", "expected"), RISKS)
def test_a_signature_spares_a_threat_by_its_odds_and_a_snapback(
    state: State, params: Params, values: dict[str, Any], expected: float
) -> None:
    """40 threatened points at odds of a quarter; 20 and 30 suspended points where a pause ends."""
    # Fails if a risk is left out, counts without its cause, or is priced by another clause.
    state.clause_value_usd_bn[CN][CLAUSE_US_BROAD_CUT] = 16.0
    state.clause_value_usd_bn[CN][CLAUSE_US_TARIFF_CUT] = 8.0
    state.clause_value_usd_bn[CN][CLAUSE_CN_TARIFF_CUT] = 1.0
    state.threat_pp, state.reputation_kept, state.reputation_broken = 40.0, 1.0, 3.0
    state.suspended_pp[US][RECIPROCAL], state.suspended_pp[CN][FULL_REPLY] = 20.0, 30.0
    for name, value in values.items():
        setattr(state, name, value)

    assert risk_removed(state, params, CN, PACKAGE_TRUCE) == expected


# ------------------------------------------------------------------------------- the priced part


def test_clauses_are_priced_over_the_horizon(swap: State, params: Params) -> None:
    """Six billion a year for half a year, at a quarter of utility a billion."""
    # Fails if a clause is left out, the horizon is not taken by the year, or utility is another's.
    params.utility_per_usd_bn, params.horizon_days = [9.0, 0.25], 73
    swap.clause_value_usd_bn[CN][CLAUSE_MINERALS] = -4.0
    swap.clause_value_usd_bn[CN][CLAUSE_TECH] = 14.0
    swap.clause_value_usd_bn[CN][CLAUSE_PURCHASES] = 99.0

    assert priced_gain(swap, params, CN, PACKAGE_SWAP) == pytest.approx(0.25 * 10.0 * 0.2)


def test_the_risk_it_removes_is_part_of_the_price(swap: State, params: Params) -> None:
    """A threat spared counts like a clause."""
    # Fails if the risk is left out, or the amount of a clause is.
    params.utility_per_usd_bn, params.horizon_days = [1.0, 1.0], 365
    params.fentanyl_tranche_pp = 20.0
    swap.duty_pp[US][FENTANYL] = 20.0
    swap.agreement, swap.truce_ends_on = AGREEMENT_PAUSE, TODAY + 9
    swap.threat_open, swap.threat_pp = True, 40.0
    swap.reputation_kept, swap.reputation_broken = 1.0, 3.0
    swap.clause_value_usd_bn[CN][CLAUSE_US_BROAD_CUT] = 3.0

    assert priced_gain(swap, params, CN, PACKAGE_FENTANYL) == 2.0 * 3.0 + 0.25 * 4.0 * 3.0


# ---------------------------------------------------------------------------- the political part


def test_issues_on_the_table_count_by_what_is_settled(swap: State, params: Params) -> None:
    """A gain on one issue and a concession on the other, each by its share."""
    # Fails if an issue off the table counts, or weights are the other side's.
    params.package_settles[PACKAGE_SWAP][ISSUE_TECH] = 0.5
    params.package_settles[PACKAGE_SWAP][ISSUE_RARE_EARTHS] = 0.25
    params.issue_weight[CN][ISSUE_TECH], params.issue_weight[CN][ISSUE_RARE_EARTHS] = 4.0, -2.0
    params.issue_weight[US] = [9.0] * 12
    swap.issue_on[ISSUE_TECH] = True
    assert political_gain(swap, params, CN, PACKAGE_SWAP) == 2.0

    swap.issue_on[ISSUE_RARE_EARTHS] = True

    assert political_gain(swap, params, CN, PACKAGE_SWAP) == 1.5


@pytest.mark.parametrize(
    ("side", "package", "expected"),
    [(US, PACKAGE_SWAP, -1.0), (CN, PACKAGE_SWAP, -2.0), (CN, PACKAGE_TRUCE, 0.0)],
)
def test_a_deal_is_attacked_at_home(
    swap: State, params: Params, side: int, package: int, expected: float
) -> None:
    """Each side bears its own cost of being seen to concede; a truce has none."""
    # Fails if the cost is added, is the other side's, or a pause bears it.
    params.headline_cost = [1.0, 2.0]

    assert political_gain(swap, params, side, package) == expected


@pytest.mark.parametrize(
    ("level", "measures", "expected"),
    [
        (AGREEMENT_PAUSE, 0, 0.0),
        (AGREEMENT_PAUSE, 2, -1.0),
        (AGREEMENT_PAUSE, 4, -2.0),
        (AGREEMENT_PAUSE, 9, -2.0),
        (AGREEMENT_NONE, 4, 0.0),
    ],
)
def test_an_eroded_pause_is_worth_less_to_prolong(
    swap: State, params: Params, level: int, measures: int, expected: float
) -> None:
    """Each measure since signing takes its part, up to the full strain."""
    # Fails if strain is unbounded, added, or counts where nothing is prolonged.
    params.gain_strain, params.strain_full_measures = 2.0, 4.0
    swap.agreement, swap.measures_since_signing = level, measures

    assert political_gain(swap, params, CN, PACKAGE_EXTENSION) == expected


def test_pressure_speaks_for_a_deal_and_tension_against(swap: State, params: Params) -> None:
    """A side's own pressure counts; tension is common to both."""
    # Fails if a sign is turned, or the other side's pressure is read.
    params.gain_pressure, params.gain_tension = 2.0, 4.0
    swap.pressure, swap.tension = [9.0, 0.5], 0.125

    assert political_gain(swap, params, CN, PACKAGE_TRUCE) == 0.5


@pytest.mark.parametrize(("kept", "expected"), [(3.0, 0.5), (1.0, 0.0), (0.0, -1.0)])
def test_promises_are_worth_what_trust_makes_of_them(
    swap: State, params: Params, kept: float, expected: float
) -> None:
    """Even odds count for nothing, distrust against; only promises are at stake."""
    # Fails if trust is not centred, or the share of promises is left out.
    params.gain_trust, params.promise_share[PACKAGE_SWAP] = 4.0, 0.5
    swap.trust_kept, swap.trust_broken = [9.0, kept], [9.0, 1.0]

    assert political_gain(swap, params, CN, PACKAGE_SWAP) == expected


def test_the_security_camp_objects_to_what_it_guards(swap: State, params: Params) -> None:
    """What factions add to the weight of security counts against a package that touches it."""
    # Fails if the objection is added, or the usual weight is not taken off.
    params.weight[US][SECURITY], swap.weight[US][SECURITY] = 1.0, 1.5
    params.security_content[PACKAGE_SWAP] = 0.5

    assert political_gain(swap, params, US, PACKAGE_SWAP) == -0.25
    assert political_gain(swap, params, CN, PACKAGE_SWAP) == 0.0


def test_a_packages_gain_is_its_price_and_its_politics(swap: State, params: Params) -> None:
    """The two parts add up."""
    # Fails if a part is left out, or the side or package is another's.
    params.utility_per_usd_bn, params.horizon_days = [9.0, 0.25], 365
    params.headline_cost = [9.0, 0.5]
    swap.clause_value_usd_bn[CN][CLAUSE_TECH] = 8.0

    assert package_gain(swap, params, CN, PACKAGE_SWAP) == 1.5


# ------------------------------------------------------------------------ glory and concessions


@pytest.mark.parametrize(("rank", "expected"), [(LEADERS, 1.25), (MINISTERS, 0.0)])
def test_leaders_add_the_glory_of_a_landmark(
    state: State, params: Params, rank: int, expected: float
) -> None:
    """A side's bonus and what factions add to it, by how much of a landmark the package is."""
    # Fails if ministers have glory, or the shift of factions is left out.
    params.landmark_bonus, params.landmark_share[PACKAGE_SWAP] = [9.0, 2.0], 0.5
    params.weight[CN][LANDMARK], state.weight[CN][LANDMARK] = 1.0, 1.5

    assert landmark_gain(state, params, CN, PACKAGE_SWAP, rank) == expected


@pytest.mark.parametrize(("left", "expected"), [(0, 0.0), (10, 2.0), (30, 3.0)])
def test_demands_melt_towards_a_deadline(
    state: State, params: Params, left: int, expected: float
) -> None:
    """Half of the demand is left at the days of concession, none on the day itself."""
    # Fails if the sign is turned, the days are left out, or the demand is the other side's.
    params.aspiration, params.concession_days, params.horizon_days = [9.0, 4.0], 10.0, 90
    state.threat_open, state.threat_deadline = True, TODAY + left

    assert aspiration(state, params, CN) == expected
