"""Terms of clauses: how much of each is to be had, what it is worth, and what it does."""

from __future__ import annotations

import pytest

from sim.model.bargain import terms
from sim.model.bargain.terms import (
    apply_category_pledge,
    apply_investment,
    apply_levels,
    apply_lists_end,
    apply_port_fees_off,
    apply_suspension,
    apply_taiwan_wording,
    can_make_truce,
    catch_up_units,
    catch_up_usd_bn,
    cn_cut_units,
    cn_lists_usd_bn,
    denial_probability,
    fentanyl_units,
    investment_share,
    levels,
    minerals_usd_bn,
    pause_units,
    pause_usd_bn,
    port_fee_units,
    prolong_units,
    purchase_units,
    purchase_usd_bn,
    relief_units,
    relief_usd_bn,
    structure_units,
    structure_usd_bn,
    truce_relief_pp,
    unsigned,
    us_relief_usd_bn,
)
from sim.model.commitments.agreements import apply_expiry
from sim.model.tables.codes import (
    ACCORD_NEW,
    ACCORD_PHASE_ONE,
    AGREEMENT_DORMANT,
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    AGREEMENT_SIGNED,
    AGREEMENT_VERBAL,
    BUYER_FREEZE,
    CATEGORY_ENERGY,
    CATEGORY_SOYBEANS,
    CLAUSE_APP,
    CLAUSE_LICENCE,
    CLAUSE_MINORITY_STAKE,
    CLAUSE_WHOLLY_OWNED,
    CN,
    CONGRESS,
    DOVES,
    FENTANYL,
    FULL_REPLY,
    INBOUND_LIMITS,
    LEADERS,
    MINISTERS,
    PARTIAL_REPLY,
    PORT_FEES,
    PRICE_CN_TARIFF_CUT,
    PRICE_INVESTMENT,
    PRICE_MINERALS,
    PRICE_PURCHASES,
    PRICE_US_BROAD_CUT,
    PRICE_US_TARIFF_CUT,
    RARE_EARTHS,
    RECIPROCAL,
    TECH,
    THREATENED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import AVERAGES, TODAY, changed


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters of terms in round numbers."""
    params.truce_residual_pp, params.truce_length_days = 10.0, 90
    params.early_extension_days, params.prohibitive_pp = 20, 50.0
    params.relief_pp, params.fentanyl_tranche_pp = 10.0, 10.0
    params.inbound_loss_per_level, params.control_max_level = 0.25, 4
    params.investment_usd_bn, params.structure_size = 200.0, [1.0, 0.75, 0.25]
    params.pledge_usd_bn_per_year, params.pledge_share = 40.0, [0.5, 0.25, 0.25, 0.0, 0.0]
    return params


@pytest.fixture
def priced(state: State) -> State:
    """Returns a state in which ten points of US duty are worth 2, on all goods 3, of Chinese 5."""
    for side in (US, CN):
        state.price_usd_bn[side][PRICE_US_TARIFF_CUT] = 2.0
        state.price_usd_bn[side][PRICE_US_BROAD_CUT] = 3.0
        state.price_usd_bn[side][PRICE_CN_TARIFF_CUT] = 5.0
    return state


def test_what_was_signed_once_is_not_to_be_had_again(state: State) -> None:
    """One unit until the day of its signature."""
    # Fails if the day is not looked at, or of another clause.
    assert unsigned(state, CLAUSE_APP) == 1.0
    state.clause_day[CLAUSE_APP] = TODAY - 1
    assert unsigned(state, CLAUSE_APP) == 0.0
    assert unsigned(state, CLAUSE_APP + 1) == 1.0


# -------------------------------------------------------------------------------------- duties


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
def test_a_pause_needs_something_to_suspend_and_no_agreement(
    state: State,
    params: Params,
    reciprocal: float,
    threatened: float,
    reply: float,
    level: int,
    expected: bool,
) -> None:
    """A common cut, an executed threat or one to be held back is enough; a pause or a text stands
    in the way, and in a comprehensive deal there is no need of one."""
    # Fails if one reason to suspend is left out, or an agreement does not count.
    state.duty_pp[US][RECIPROCAL], state.duty_pp[US][THREATENED] = reciprocal, threatened
    state.duty_pp[CN][FULL_REPLY], state.agreement = reply, level

    assert can_make_truce(state, params) is expected
    assert pause_units(state, params) == float(expected)
    held_back = level not in {AGREEMENT_PAUSE, AGREEMENT_SIGNED}
    state.threat_open = True
    assert can_make_truce(state, params) is held_back
    state.threat_open = False
    state.table_full = True
    assert pause_units(state, params) == 0.0


@pytest.mark.parametrize(
    ("rank", "left", "full", "expected"),
    [
        (MINISTERS, 20, False, 1.0),
        (MINISTERS, 21, False, 0.0),
        (LEADERS, 21, False, 1.0),
        (LEADERS, 21, True, 0.0),
    ],
)
def test_leaders_prolong_a_pause_earlier_than_ministers(
    state: State, params: Params, rank: int, left: int, full: bool, expected: float
) -> None:
    """Ministers within 20 days of its end; a comprehensive deal takes the place of a pause."""
    # Fails if the rank of the table is not passed on, or a full table prolongs.
    state.agreement, state.truce_ends_on = AGREEMENT_PAUSE, TODAY + left
    state.table_rank, state.table_full = rank, full

    assert prolong_units(state, params) == expected


@pytest.mark.parametrize(("threatened", "expected"), [(40.0, 40.0), (2.0, 22.0)])
def test_a_pause_cuts_the_common_points_or_a_whole_threat(
    state: State, params: Params, threatened: float, expected: float
) -> None:
    """What comes off on the US side is the larger of the two."""
    # Fails if they are added up, or the smaller is taken.
    state.duty_pp[US][RECIPROCAL], state.duty_pp[US][THREATENED] = 30.0, threatened
    state.duty_pp[CN][FULL_REPLY] = 34.0

    assert truce_relief_pp(state, params) == expected


def test_an_executed_threat_is_cut_first_and_falls_on_all_goods(
    priced: State, params: Params
) -> None:
    """Of 50 points 40 at 3 a ten and the rest at 2; 20 points are all broad."""
    # Fails if the order is turned, or one price is used for both.
    priced.duty_pp[US][THREATENED] = 40.0

    assert us_relief_usd_bn(priced, params, US, 50.0) == 4.0 * 3.0 + 1.0 * 2.0
    assert us_relief_usd_bn(priced, params, US, 20.0) == 2.0 * 3.0


def test_a_pause_is_worth_the_cuts_of_both_sides(priced: State, params: Params) -> None:
    """24 common points, which leave 10 each: at 2 and at 5 a ten."""
    # Fails if a side's cut is left out, or the residual is cut too.
    priced.duty_pp[US][RECIPROCAL] = priced.duty_pp[CN][FULL_REPLY] = 34.0

    assert pause_usd_bn(priced, params, CN) == pytest.approx(2.4 * 2.0 + 2.4 * 5.0)


@pytest.mark.parametrize(
    ("reciprocal", "reply", "level", "expected"),
    [
        (30.0, 0.0, AGREEMENT_NONE, 1.0),  # nothing to pause: the usual relief
        (6.0, 0.0, AGREEMENT_NONE, 0.6),  # no more than there is
        (34.0, 25.0, AGREEMENT_NONE, 1.0),  # a pause leaves 19
        (34.0, 34.0, AGREEMENT_NONE, 1.0),  # a pause leaves the residual 10
        (34.0, 40.0, AGREEMENT_PAUSE, 1.0),  # a pause in force suspends no more
    ],
)
def test_relief_comes_beside_a_pause(
    state: State, params: Params, reciprocal: float, reply: float, level: int, expected: float
) -> None:
    """Of what a pause leaves, at most the usual relief, in tens of points."""
    # Fails if the points of the pause are given twice, or there is no most.
    state.duty_pp[US] = [25.0, 5.0, 20.0, reciprocal, 0.0, 0.0]
    state.duty_pp[CN][FULL_REPLY], state.agreement = reply, level

    assert relief_units(state, params) == pytest.approx(expected)


def test_a_whole_executed_threat_goes_with_the_pause(state: State, params: Params) -> None:
    """Of 6 reciprocal and 40 threatened points a pause takes 40: 6 are left to relieve."""
    # Fails if only the common cut is set aside for the pause.
    state.duty_pp[US][RECIPROCAL], state.duty_pp[US][THREATENED] = 6.0, 40.0

    assert relief_units(state, params) == pytest.approx(0.6)


def test_a_comprehensive_deal_relieves_every_point(priced: State, params: Params) -> None:
    """34 reciprocal and 40 threatened points, at their own prices, pause or no pause."""
    # Fails if the usual relief is the most, or the pause takes its part.
    priced.duty_pp[US][RECIPROCAL], priced.duty_pp[US][THREATENED] = 34.0, 40.0
    priced.duty_pp[CN][FULL_REPLY], priced.table_full = 34.0, True

    assert relief_units(priced, params) == pytest.approx(7.4)
    assert relief_usd_bn(priced, params, US) == pytest.approx(4.0 * 3.0 + 3.4 * 2.0)
    assert cn_cut_units(priced, params) == pytest.approx(3.4)


def test_relief_beside_a_pause_is_worth_its_points(priced: State, params: Params) -> None:
    """6 points at 2 a ten."""
    # Fails if units are taken for points.
    priced.duty_pp[US][RECIPROCAL] = 6.0

    assert relief_usd_bn(priced, params, CN) == pytest.approx(1.2)


def test_china_cuts_what_a_pause_leaves(state: State, params: Params) -> None:
    """Of 34 points beside a pause of 24, ten; without anything to pause, all."""
    # Fails if the pause's points are given twice.
    state.duty_pp[US][RECIPROCAL] = state.duty_pp[CN][FULL_REPLY] = 34.0
    assert cn_cut_units(state, params) == pytest.approx(1.0)
    state.duty_pp[US][RECIPROCAL] = 10.0

    assert cn_cut_units(state, params) == pytest.approx(3.4)


@pytest.mark.parametrize(
    ("duty", "full", "expected"), [(20.0, False, 1.0), (4.0, False, 0.4), (20.0, True, 2.0)]
)
def test_the_fentanyl_duty_falls_by_its_tranche_or_wholly(
    state: State, params: Params, duty: float, full: bool, expected: float
) -> None:
    """Ten points, no more than there are, and all in a comprehensive deal."""
    # Fails if the tranche is exceeded, or is the most in a comprehensive deal.
    state.duty_pp[US][FENTANYL], state.table_full = duty, full

    assert fentanyl_units(state, params) == expected


def test_lists_are_worth_their_coverage_and_end_for_good(priced: State, params: Params) -> None:
    """15 points on a tenth of trade at 5 a ten; their end touches nothing else."""
    # Fails if coverage is left out, or the full reply is ended.
    priced.duty_pp[CN][PARTIAL_REPLY], priced.coverage[CN][PARTIAL_REPLY] = 15.0, 0.1
    priced.duty_pp[CN][FULL_REPLY] = 10.0

    assert cn_lists_usd_bn(priced, params, US) == pytest.approx(0.75)
    fields = changed(priced, lambda: apply_lists_end(priced, params))
    assert fields <= {"duty_pp", "coverage", *AVERAGES}
    assert (priced.duty_pp[CN][PARTIAL_REPLY], priced.coverage[CN][PARTIAL_REPLY]) == (0.0, 0.0)
    assert priced.duty_pp[CN][FULL_REPLY] == 10.0
    assert cn_lists_usd_bn(priced, params, US) == 0.0


# ------------------------------------------------------------------------------------ controls


@pytest.mark.parametrize(
    ("level", "full", "expected"),
    [(0, False, 0.0), (1, False, 1.0), (3, False, 1.0), (3, True, 3.0)],
)
def test_levels_go_one_at_a_time_and_all_in_a_comprehensive_deal(
    state: State, params: Params, level: int, full: bool, expected: float
) -> None:
    """One level of three, or all three, at the price of a level each."""
    # Fails if all are given at once, or one at a time in a comprehensive deal.
    state.control[CN][RARE_EARTHS], state.table_full = level, full
    state.price_usd_bn[US][PRICE_MINERALS] = 0.5

    assert levels(state, CN, RARE_EARTHS) == expected
    assert minerals_usd_bn(state, params, US) == 0.5 * expected


def test_easing_takes_as_many_levels_as_were_agreed(state: State, params: Params) -> None:
    """Two of three, of that control alone."""
    # Fails if one level is taken whatever the amount.
    state.control = [[3] * 6, [3] * 6]

    apply_levels(state, params, US, TECH, 2.0)

    assert state.control == [[1, 3, 3, 3, 3, 3], [3] * 6]


def test_suspended_levels_return_at_the_snapback(state: State, params: Params) -> None:
    """What was suspended during a dated pause comes back when it lapses, what was eased does
    not."""
    # Fails if suspension is for good, or easing is not.
    state.agreement, state.truce_ends_on = AGREEMENT_PAUSE, TODAY + 1
    state.control[CN][RARE_EARTHS], state.control[US][TECH] = 3, 3
    apply_suspension(state, params, CN, RARE_EARTHS, 2.0)
    apply_levels(state, params, US, TECH, 2.0)
    assert (state.control[CN][RARE_EARTHS], state.control[US][TECH]) == (1, 1)
    state.day += 1

    assert apply_expiry(state, params)
    assert (state.control[CN][RARE_EARTHS], state.control[US][TECH]) == (3, 1)
    assert state.suspended_control[CN][RARE_EARTHS] == 0


@pytest.mark.parametrize(
    ("level", "ends_on"), [(AGREEMENT_NONE, TODAY + 9), (AGREEMENT_PAUSE, 0), (AGREEMENT_SIGNED, 0)]
)
def test_without_a_dated_pause_levels_go_for_good(
    state: State, params: Params, level: int, ends_on: int
) -> None:
    """Nothing is suspended that could come back."""
    # Fails if the pause is not asked for.
    state.agreement, state.truce_ends_on = level, ends_on
    state.control[CN][RARE_EARTHS] = 3

    apply_suspension(state, params, CN, RARE_EARTHS, 1.0)

    assert state.control[CN][RARE_EARTHS] == 2
    assert state.suspended_control[CN][RARE_EARTHS] == 0


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"), [(1, 2, 1.0), (1, 0, 1.0), (0, 1, 1.0), (0, 0, 0.0)]
)
def test_port_fees_go_together(
    state: State, params: Params, ours: int, theirs: int, expected: float
) -> None:
    """One clause for the fees of either side, all their levels, suspended while a pause runs."""
    # Fails if one side's fees are not enough, or a side's fees stay.
    state.agreement, state.truce_ends_on = AGREEMENT_PAUSE, TODAY + 9
    state.control[US][PORT_FEES], state.control[CN][PORT_FEES] = ours, theirs
    assert port_fee_units(state) == expected

    apply_port_fees_off(state, params)

    assert port_fee_units(state) == 0.0
    assert [state.suspended_control[side][PORT_FEES] for side in (US, CN)] == [ours, theirs]


# ------------------------------------------------------------------------ purchases, investment


@pytest.mark.parametrize(
    ("signed", "stopped", "share", "expected"),
    [(0, False, 0.5, 1.0), (TODAY, False, 0.5, 0.0), (TODAY, True, 0.5, 1.0), (0, False, 0.0, 0.0)],
)
def test_a_pledge_is_to_be_had_while_none_runs(
    state: State, params: Params, signed: int, stopped: bool, share: float, expected: float
) -> None:
    """Before the first, and after the last has stopped; a category without a share never."""
    # Fails if a running accord does not count, or an empty pledge is offered.
    state.accord_signed, state.pledges_stopped = signed, stopped
    params.pledge_share[CATEGORY_SOYBEANS] = share

    assert purchase_units(state, params, CATEGORY_SOYBEANS) == expected


def test_a_category_is_worth_its_share_of_the_pledge(state: State, params: Params) -> None:
    """A quarter of 40 billion at 0.5 per ten."""
    # Fails if the share is another's or left out.
    state.price_usd_bn[US][PRICE_PURCHASES] = 0.5

    assert purchase_usd_bn(state, params, US, CATEGORY_ENERGY) == 0.5


def test_a_pledge_is_of_its_category_and_ends_the_halt_to_purchases(
    state: State, params: Params
) -> None:
    """Soybeans are entered for 20 billion, nothing else; state buyers buy again, wholly."""
    # Fails if all categories are pledged, or the halt stays.
    state.control[CN][BUYER_FREEZE] = 2

    apply_category_pledge(state, params, CATEGORY_SOYBEANS)

    assert state.pledged_usd_bn[ACCORD_NEW] == [20.0, 0.0, 0.0, 0.0, 0.0]
    assert (state.accord_signed, state.control[CN][BUYER_FREEZE]) == (TODAY, 0)


@pytest.mark.parametrize(
    ("first", "review", "delivered", "expected"),
    [
        (True, 0, 60.0, 1.0),
        (False, TODAY + 5, 60.0, 1.0),
        (False, 0, 60.0, 0.0),
        (True, 0, 80.0, 0.0),
    ],
)
def test_catch_up_is_for_who_asks_and_while_there_is_a_gap(
    state: State, params: Params, first: bool, review: int, delivered: float, expected: float
) -> None:
    """A review asks, or those who want the old accord enforced first; a gap of 40% is one, of 20%
    is not."""
    # Fails if nobody has to ask, or the gap does not count.
    params.catch_up_gap_min, params.catch_up_usd_bn = 0.25, 10.0
    state.enforcement_first, state.review_until = first, review
    state.pledged_usd_bn[ACCORD_PHASE_ONE][0] = 100.0
    state.delivered_usd_bn[ACCORD_PHASE_ONE][0] = delivered
    state.price_usd_bn[US][PRICE_PURCHASES] = 0.5

    assert catch_up_units(state, params) == expected
    assert catch_up_usd_bn(state, params, US) == 0.5


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
    ("structure", "size"),
    [(CLAUSE_WHOLLY_OWNED, 1.0), (CLAUSE_MINORITY_STAKE, 0.75), (CLAUSE_LICENCE, 0.25)],
)
def test_one_structure_is_to_be_had_at_its_size(
    state: State, params: Params, structure: int, size: float
) -> None:
    """Half of 200 billion is let in, at 0.5 per ten, by the size of the structure on the table."""
    # Fails if two structures are offered, limits are left out, or all have one size.
    state.control[US][INBOUND_LIMITS], state.table_structure = 2, structure
    state.price_usd_bn[US][PRICE_INVESTMENT] = 0.5
    others = {CLAUSE_WHOLLY_OWNED, CLAUSE_MINORITY_STAKE, CLAUSE_LICENCE} - {structure}

    assert structure_units(state, params, structure) == 0.5
    assert structure_usd_bn(state, params, US, structure) == pytest.approx(5.0 * size)
    assert {structure_units(state, params, other) for other in others} == {0.0}
    state.structure_signed = CLAUSE_LICENCE
    assert structure_units(state, params, structure) == 0.0


@pytest.mark.parametrize(
    ("hostility", "influence", "content", "expected"),
    [
        (1.0, 0.1, 1.0, 0.25),
        (2.0, 0.1, 1.0, 0.5),
        (1.0, 0.2, 1.0, 0.5),
        (1.0, 0.1, 0.5, 0.125),
        (2.0, 0.4, 1.0, 1.0),
    ],
)
def test_congress_stops_what_it_distrusts(
    state: State,
    params: Params,
    hostility: float,
    influence: float,
    content: float,
    expected: float,
) -> None:
    """In proportion to its hostility, to its influence against the usual, and to what touches
    security; at most certainly."""
    # Fails if a factor is left out, or the influence is another faction's.
    params.approval_failure, params.congress_hostility = 0.25, hostility
    params.influence_base[US][CONGRESS], state.influence[US][CONGRESS] = 0.1, influence
    state.influence[US][DOVES] = 9.0
    params.security_content[CLAUSE_MINORITY_STAKE] = content

    assert denial_probability(state, params, CLAUSE_MINORITY_STAKE) == pytest.approx(expected)


def test_a_signed_investment_waits_for_its_approval(state: State, params: Params) -> None:
    """The structure and its duty to hire are noted, and the day on which the review ends; no dollar
    is booked before."""
    # Fails if money flows at the signature, or the table's terms are lost.
    params.approval_days, state.table_hiring = 60, True

    fields = changed(state, lambda: apply_investment(state, params, CLAUSE_LICENCE))

    assert fields == {"structure_signed", "approval_structure", "approval_hiring", "approval_due"}
    assert (state.structure_signed, state.approval_structure) == (CLAUSE_LICENCE, CLAUSE_LICENCE)
    assert (state.approval_hiring, state.approval_due) == (True, TODAY + 60)


# ------------------------------------------------------------------------------------ politics


def test_congress_gains_by_a_bargain_over_taiwan(
    state: State, params: Params, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its influence grows by the reaction, and weights are worked out anew (F5)."""
    # Fails if another faction gains, or weights stay as they were.
    told: list[State] = []
    monkeypatch.setattr(terms, "apply_weights", lambda s, p: told.append(s))
    params.congress_reaction, state.influence[US] = 0.25, [0.4, 0.4, 0.1, 0.1]

    apply_taiwan_wording(state, params)

    assert state.influence[US] == pytest.approx([0.4, 0.4, 0.35, 0.1])
    assert told == [state]
