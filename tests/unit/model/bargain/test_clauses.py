"""Clauses: when there is something to give, how much, and what giving it does."""

from __future__ import annotations

import pytest

from sim.model.bargain.clauses import (
    apply_comprehensive,
    apply_fentanyl_deal,
    apply_investment,
    apply_investment_deal,
    apply_package_status,
    apply_purchase_deal,
    apply_swap,
    broad_units,
    can_make_truce,
    investment_share,
    narrow_units,
    port_fee_units,
    relief_cut_pp,
    truce_relief_pp,
)
from sim.model.tables.codes import (
    ACCORD_NEW,
    AGREEMENT_DORMANT,
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    AGREEMENT_SIGNED,
    AGREEMENT_VERBAL,
    BUYER_FREEZE,
    CN,
    DEAL_COMPREHENSIVE,
    DEAL_PACKAGE,
    DEAL_TRUCE,
    ENTITIES,
    FENTANYL,
    FULL_REPLY,
    INBOUND_LIMITS,
    PORT_FEES,
    PROBES,
    RARE_EARTHS,
    RECIPROCAL,
    TECH,
    THREATENED,
    US,
    VISAS,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import TODAY, changed


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters of clauses in round numbers."""
    params.truce_residual_pp, params.truce_length_days = 10.0, 90
    params.relief_pp, params.fentanyl_tranche_pp = 15.0, 12.5
    params.inbound_loss_per_level = 0.25
    params.investment_usd_bn, params.investment_jobs = 200.0, 1000.0
    params.pledge_usd_bn_per_year, params.full_pledge_times = 40.0, 2.0
    params.pledge_share = [0.5, 0.5, 0.0, 0.0, 0.0]
    return params


@pytest.fixture
def duel(state: State) -> State:
    """Returns a state of high duties and controls on both sides."""
    state.duty_pp[US] = [0.0, 0.0, 20.0, 30.0, 40.0, 0.0]
    state.duty_pp[CN][FULL_REPLY] = 34.0
    state.threat_in_effect = True
    state.control = [[2] * 6, [2] * 6]
    return state


# ------------------------------------------------------------------------------------ openings


@pytest.mark.parametrize(
    ("reciprocal", "threatened", "reply", "level", "expected"),
    [
        (30.0, 0.0, 34.0, AGREEMENT_NONE, True),
        (10.0, 0.0, 34.0, AGREEMENT_NONE, False),
        (0.0, 5.0, 0.0, AGREEMENT_NONE, True),
        (30.0, 5.0, 34.0, AGREEMENT_VERBAL, True),
        (30.0, 5.0, 34.0, AGREEMENT_DORMANT, True),
        (30.0, 5.0, 34.0, AGREEMENT_PAUSE, False),
        (30.0, 5.0, 34.0, AGREEMENT_SIGNED, False),
    ],
)
def test_a_truce_needs_something_to_suspend_and_no_agreement(
    state: State,
    params: Params,
    reciprocal: float,
    threatened: float,
    reply: float,
    level: int,
    expected: bool,
) -> None:
    """A common cut or an executed threat is enough; a pause or a text stands in the way."""
    # Fails if one reason to suspend is left out, or an agreement does not count.
    state.duty_pp[US][RECIPROCAL], state.duty_pp[US][THREATENED] = reciprocal, threatened
    state.duty_pp[CN][FULL_REPLY], state.agreement = reply, level

    assert can_make_truce(state, params) is expected


# ------------------------------------------------------------------------------------- amounts


@pytest.mark.parametrize(("threatened", "expected"), [(40.0, 40.0), (2.0, 22.0)])
def test_a_truce_cuts_the_common_points_or_a_whole_threat(
    state: State, params: Params, threatened: float, expected: float
) -> None:
    """What comes off on the US side is the larger of the two."""
    # Fails if they are added up, or the smaller is taken.
    state.duty_pp[US][RECIPROCAL], state.duty_pp[US][THREATENED] = 30.0, threatened
    state.duty_pp[CN][FULL_REPLY] = 34.0

    assert truce_relief_pp(state, params) == expected


@pytest.mark.parametrize(
    ("reciprocal", "threatened", "expected"), [(30.0, 0.0, 15.0), (5.0, 4.0, 9.0), (0.0, 0.0, 0.0)]
)
def test_relief_is_given_while_there_are_points_to_give(
    state: State, params: Params, reciprocal: float, threatened: float, expected: float
) -> None:
    """The usual relief, or what the two layers hold; the fentanyl layer does not count."""
    # Fails if a layer is left out, or the fentanyl layer is counted.
    state.duty_pp[US] = [25.0, 5.0, 20.0, reciprocal, threatened, 0.0]

    assert relief_cut_pp(state, params) == expected


@pytest.mark.parametrize(("cut", "broad", "narrow"), [(30.0, 3.0, 0.0), (50.0, 4.0, 1.0)])
def test_a_cut_lies_on_all_goods_first(
    duel: State, cut: float, broad: float, narrow: float
) -> None:
    """Threatened duties go first, in tens of points; what is left lies on fewer goods."""
    # Fails if the order is turned, or points are not taken in tens.
    assert broad_units(duel, cut) == broad
    assert narrow_units(duel, cut) == narrow


@pytest.mark.parametrize(("level", "expected"), [(0, 1.0), (2, 0.5), (4, 0.0), (5, 0.0)])
def test_inbound_limits_shut_investment_out(
    state: State, params: Params, level: int, expected: float
) -> None:
    """Each level takes a quarter away, down to nothing."""
    # Fails if the sign is turned, the floor is taken away, or China's controls are read.
    state.control[US][INBOUND_LIMITS] = level
    state.control[CN] = [1] * 6

    assert investment_share(state, params) == expected


@pytest.mark.parametrize(
    ("us", "cn", "expected"), [(1, 1, 1.0), (1, 0, 0.0), (0, 1, 0.0), (0, 0, 0.0)]
)
def test_port_fees_go_where_both_levy_them(state: State, us: int, cn: int, expected: float) -> None:
    """One unit if both sides have fees to lift, else none."""
    # Fails if one side's fees are enough.
    state.control[US][PORT_FEES], state.control[CN][PORT_FEES] = us, cn

    assert port_fee_units(state) == expected


# ------------------------------------------------------------------------------------- effects


@pytest.mark.parametrize(
    ("before", "after"), [(DEAL_TRUCE, DEAL_PACKAGE), (DEAL_COMPREHENSIVE, DEAL_COMPREHENSIVE)]
)
def test_a_package_raises_the_standing_of_what_is_agreed(
    state: State, before: int, after: int
) -> None:
    """It ranks above a truce and below a comprehensive deal."""
    # Fails if a better status is overwritten.
    state.deal_status = before

    apply_package_status(state)

    assert state.deal_status == after


def test_a_swap_eases_minerals_and_technology_and_lifts_port_fees(
    duel: State, params: Params
) -> None:
    """One level of each, and port fees of both sides altogether."""
    # Fails if a side does not ease, fees stay, or another control is lifted.
    apply_swap(duel, params)

    assert duel.control[CN] == [1, 2, 2, 2, 0, 2]
    assert duel.control[US] == [1, 2, 2, 2, 0, 2]
    assert (RARE_EARTHS, TECH, PORT_FEES) == (0, 0, 4)
    assert (duel.deal_status, duel.softened_day) == (DEAL_PACKAGE, TODAY)


def test_a_swap_leaves_port_fees_of_one_side_alone(duel: State, params: Params) -> None:
    """Fees are lifted together or not at all."""
    # Fails if fees are lifted without a match.
    duel.control[US][PORT_FEES] = 0

    apply_swap(duel, params)

    assert duel.control[CN][PORT_FEES] == 2


def test_purchases_are_pledged_against_a_cut(duel: State, params: Params) -> None:
    """A year's pledge stands in the ledger, the buyers' freeze ends, 15 points are cut."""
    # Fails if a part is left out, or China's duties are cut.
    apply_purchase_deal(duel, params)

    assert duel.pledged_usd_bn[ACCORD_NEW] == [20.0, 20.0, 0.0, 0.0, 0.0]
    assert duel.control[CN] == [2, 2, 2, 0, 2, 2]
    assert BUYER_FREEZE == 3
    assert duel.duty_pp[US] == [0.0, 0.0, 20.0, 30.0, 25.0, 0.0]
    assert (duel.duty_pp[CN][FULL_REPLY], duel.deal_status) == (34.0, DEAL_PACKAGE)


def test_action_on_precursors_buys_a_tranche_of_the_fentanyl_duty(
    duel: State, params: Params
) -> None:
    """China acts, the fentanyl layer falls by its tranche, other layers stay."""
    # Fails if the action is not noted, or another layer is cut.
    apply_fentanyl_deal(duel, params)

    assert duel.precursor_action
    assert duel.duty_pp[US] == [0.0, 0.0, 7.5, 30.0, 40.0, 0.0]
    assert duel.deal_status == DEAL_PACKAGE


def test_investment_is_booked_against_a_cut(duel: State, params: Params) -> None:
    """The half that inbound limits leave is booked with its jobs, and 15 points are cut."""
    # Fails if the cut is left out, or the offer is booked in full.
    apply_investment_deal(duel, params)

    assert (duel.investment_usd_bn, duel.jobs) == (100.0, 500.0)
    assert duel.duty_pp[US] == [0.0, 0.0, 20.0, 30.0, 25.0, 0.0]
    assert duel.deal_status == DEAL_PACKAGE


def test_investment_adds_up(duel: State, params: Params) -> None:
    """A second offer adds to the first; nothing but investment and jobs moves."""
    # Fails if the second offer replaces the first, or the share is left out.
    duel.investment_usd_bn, duel.jobs = 50.0, 10.0

    assert changed(duel, lambda: apply_investment(duel, params)) == {"investment_usd_bn", "jobs"}
    assert (duel.investment_usd_bn, duel.jobs) == (150.0, 510.0)


def test_a_comprehensive_deal_carries_out_every_clause(duel: State, params: Params) -> None:
    """Duties, minerals, technology, freezes and fees go; a double pledge and investment come."""
    # Fails if a clause is left out.
    apply_comprehensive(duel, params)

    assert duel.duty_pp[US] == [0.0] * 6
    assert duel.duty_pp[CN][FULL_REPLY] == 0.0
    assert [duel.control[CN][i] for i in (RARE_EARTHS, BUYER_FREEZE, PORT_FEES)] == [0, 0, 0]
    assert [duel.control[US][i] for i in (TECH, PORT_FEES)] == [0, 0]
    assert duel.pledged_usd_bn[ACCORD_NEW] == [40.0, 40.0, 0.0, 0.0, 0.0]
    assert (duel.investment_usd_bn, duel.jobs, duel.precursor_action) == (100.0, 500.0, True)
    assert (duel.agreement, duel.deal_status) == (AGREEMENT_SIGNED, DEAL_COMPREHENSIVE)


def test_a_comprehensive_deal_leaves_listings_probes_and_visas(duel: State, params: Params) -> None:
    """What no clause names stays as it is."""
    # Fails if a control no clause names is lifted.
    apply_comprehensive(duel, params)

    assert [duel.control[US][i] for i in (ENTITIES, INBOUND_LIMITS, VISAS)] == [2, 2, 2]
    assert [duel.control[CN][i] for i in (ENTITIES, PROBES)] == [2, 2]
    assert duel.duty_pp[US][FENTANYL] == 0.0
