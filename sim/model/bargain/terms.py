"""Terms of clauses: how much of each is to be had today, what it is worth, and what it does."""

from __future__ import annotations

from sim.economy.arithmetic import clamp, safe_div
from sim.economy.constants import UNIT
from sim.model.bargain.prices import price_value, threat_worth
from sim.model.commitments.agreements import truce_cut_pp
from sim.model.commitments.pauses import can_extend
from sim.model.commitments.purchases import (
    apply_pledge,
    enforcement_met,
    yearly_pledge_usd_bn,
)
from sim.model.controls.measures import apply_easing
from sim.model.duties.layers import apply_averages
from sim.model.governments.agents import apply_weights
from sim.model.relations.stages import has_agreement
from sim.model.tables.codes import (
    AGREEMENT_PAUSE,
    BUYER_FREEZE,
    CATEGORY_SOYBEANS,
    CLAUSE_WHOLLY_OWNED,
    CN,
    CONGRESS,
    FENTANYL,
    FULL_REPLY,
    INBOUND_LIMITS,
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
    THREATENED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State


def unsigned(state: State, clause: int) -> float:
    """Returns 1 if a clause has not been signed since the start, else 0."""
    return 1.0 if state.clause_day[clause] == 0 else 0.0


# duties -----------------------------------------------------------------------------------------


def can_make_truce(state: State, params: Params) -> bool:
    """Returns whether there are duties to suspend, or a threat to hold back, and no agreement yet.

    Of the eight pauses and truces first signed on record, four cut no duty: in May and December
    2018, June and October 2019 Washington held back a duty it had threatened.
    """
    heavy = truce_cut_pp(state, params) > 0.0 or state.duty_pp[US][THREATENED] > 0.0
    return (heavy or state.threat_open) and not has_agreement(state)


def pause_units(state: State, params: Params) -> float:
    """Returns 1 if a pause can be agreed; a comprehensive deal has no need of one."""
    return 1.0 if can_make_truce(state, params) and not state.table_full else 0.0


def prolong_units(state: State, params: Params) -> float:
    """Returns 1 if those at the table may prolong the pause in force; a comprehensive deal replaces
    it."""
    may = can_extend(state, params, state.table_rank) and not state.table_full
    return 1.0 if may else 0.0


def truce_relief_pp(state: State, params: Params) -> float:
    """Returns how many points of US duty a truce cuts, including all points of an executed
    threat."""
    return max(truce_cut_pp(state, params), state.duty_pp[US][THREATENED])


def us_relief_usd_bn(state: State, params: Params, side: int, points: float) -> float:
    """Returns the yearly worth to a side of a cut of the reciprocal duty and of an executed threat,
    which is cut first and falls on all goods."""
    broad = min(points, state.duty_pp[US][THREATENED])
    value = broad / UNIT * price_value(state, params, side, PRICE_US_BROAD_CUT)
    return value + (points - broad) / UNIT * price_value(state, params, side, PRICE_US_TARIFF_CUT)


def pause_usd_bn(state: State, params: Params, side: int) -> float:
    """Returns the yearly worth to a side of the cuts of both sides in a pause."""
    value = us_relief_usd_bn(state, params, side, truce_relief_pp(state, params))
    cut = truce_cut_pp(state, params) / UNIT
    value += cut * price_value(state, params, side, PRICE_CN_TARIFF_CUT)
    # It also ends an open threat.
    return value + threat_worth(state, params, side) if state.threat_open else value


def relief_units(state: State, params: Params) -> float:
    """Returns the tens of points of US duty, fentanyl apart, that are to be had beside a pause."""
    room = state.duty_pp[US][RECIPROCAL] + state.duty_pp[US][THREATENED]
    if state.table_full:
        return room / UNIT
    if can_make_truce(state, params):
        room -= truce_relief_pp(state, params)
    return max(0.0, min(params.relief_pp, room)) / UNIT


def relief_usd_bn(state: State, params: Params, side: int) -> float:
    """Returns the yearly worth to a side of all relief to be had beside a pause."""
    points = relief_units(state, params) * UNIT
    if state.table_full or not can_make_truce(state, params):
        return us_relief_usd_bn(state, params, side, points)
    return points / UNIT * price_value(state, params, side, PRICE_US_TARIFF_CUT)


def fentanyl_units(state: State, params: Params) -> float:
    """Returns the tens of points of the fentanyl duty that are to be had."""
    duty = state.duty_pp[US][FENTANYL]
    return (duty if state.table_full else min(params.fentanyl_tranche_pp, duty)) / UNIT


def fentanyl_usd_bn(state: State, params: Params, side: int) -> float:
    """Returns the yearly worth to a side of that cut."""
    return fentanyl_units(state, params) * price_value(state, params, side, PRICE_US_BROAD_CUT)


def threat_units(state: State, params: Params, rank: int) -> float:
    """Returns 1 if a threat is open that those at the table deal with: leaders withdraw it,
    ministers put it off. A pause ends it by itself."""
    theirs = state.threat_open and state.table_rank == rank
    return 1.0 if theirs and pause_units(state, params) == 0.0 else 0.0


def cn_cut_units(state: State, params: Params) -> float:
    """Returns the tens of points of China's full reply that are to be had beside a pause."""
    room = state.duty_pp[CN][FULL_REPLY]
    if can_make_truce(state, params) and not state.table_full:
        room -= truce_cut_pp(state, params)
    return max(0.0, room) / UNIT


def cn_lists_usd_bn(state: State, params: Params, side: int) -> float:
    """Returns the yearly worth to a side of the end of China's partial replies of 2025, which cover
    only part of its imports."""
    points = state.duty_pp[CN][PARTIAL_REPLY] * state.coverage[CN][PARTIAL_REPLY]
    return points / UNIT * price_value(state, params, side, PRICE_CN_TARIFF_CUT)


def apply_lists_end(state: State, params: Params) -> None:
    """Ends China's partial replies of 2025."""
    state.duty_pp[CN][PARTIAL_REPLY] = 0.0
    state.coverage[CN][PARTIAL_REPLY] = 0.0
    apply_averages(state, params)


# controls ---------------------------------------------------------------------------------------


def levels(state: State, side: int, instrument: int) -> float:
    """Returns the levels of a control that are to be had: one, or all in a comprehensive deal."""
    level = state.control[side][instrument]
    return 1.0 * level if state.table_full else 1.0 * min(1, level)


def minerals_usd_bn(state: State, params: Params, side: int) -> float:
    """Returns the yearly worth to a side of the levels of rare-earth control to be had."""
    return levels(state, CN, RARE_EARTHS) * price_value(state, params, side, PRICE_MINERALS)


def port_fee_units(state: State) -> float:
    """Returns 1 if a side levies port fees; both sides' are lifted together, else 0."""
    some = state.control[US][PORT_FEES] > 0 or state.control[CN][PORT_FEES] > 0
    return 1.0 if some else 0.0


def apply_levels(state: State, params: Params, side: int, instrument: int, amount: float) -> None:
    """Lowers a control by some levels for good."""
    for _ in range(int(amount)):
        apply_easing(state, params, side, instrument)


def apply_suspension(
    state: State, params: Params, side: int, instrument: int, amount: float
) -> None:
    """Suspends some levels of a control: they come back if the pause in force lapses."""
    if state.agreement == AGREEMENT_PAUSE and state.truce_ends_on > 0:
        state.suspended_control[side][instrument] += int(amount)
    apply_levels(state, params, side, instrument, amount)


def apply_port_fees_off(state: State, params: Params) -> None:
    """Suspends both sides' port fees."""
    for side in (US, CN):
        apply_suspension(state, params, side, PORT_FEES, 1.0 * state.control[side][PORT_FEES])


# purchases and investment -----------------------------------------------------------------------


def purchase_units(state: State, params: Params, category: int) -> float:
    """Returns 1 if a pledge of a category is to be had: none is running."""
    running = state.accord_signed > 0 and not state.pledges_stopped
    return 0.0 if running or params.pledge_share[category] <= 0.0 else 1.0


def purchase_usd_bn(state: State, params: Params, side: int, category: int) -> float:
    """Returns the yearly worth to a side of a pledge of a category."""
    amount = yearly_pledge_usd_bn(state, params, category)
    return amount / UNIT * price_value(state, params, side, PRICE_PURCHASES)


def freeze_units(state: State, params: Params) -> float:
    """Returns 1 if an end of the halt to purchases is to be had; a pledge ends it by itself."""
    if purchase_units(state, params, CATEGORY_SOYBEANS) > 0.0:
        return 0.0
    return levels(state, CN, BUYER_FREEZE)


def apply_category_pledge(state: State, params: Params, category: int) -> None:
    """Pledges a year's purchases of a category, which ends a freeze of state buyers and rules out a
    new one for some weeks."""
    apply_pledge(state, params, category)
    state.control[CN][BUYER_FREEZE] = 0
    state.eased_day[CN][BUYER_FREEZE] = state.day


def catch_up_units(state: State, params: Params) -> float:
    """Returns 1 if catch-up purchases are asked for: by a review of the accord of 2020, or by those
    who want it enforced first; else 0."""
    asked = state.enforcement_first or state.review_until > 0
    return 1.0 if asked and not enforcement_met(state, params) else 0.0


def catch_up_usd_bn(state: State, params: Params, side: int) -> float:
    """Returns the yearly worth to a side of one catch-up purchase."""
    return params.catch_up_usd_bn / UNIT * price_value(state, params, side, PRICE_PURCHASES)


def investment_share(state: State, params: Params) -> float:
    """Returns the share of China's investment offer that US limits on inbound capital allow
    (B4)."""
    return max(0.0, 1.0 - params.inbound_loss_per_level * state.control[US][INBOUND_LIMITS])


def structure_units(state: State, params: Params, structure: int) -> float:
    """Returns the share of an investment that US limits allow; 0 if another structure is on the
    table, or if an investment was signed before."""
    if state.table_structure != structure or state.structure_signed >= 0:
        return 0.0
    return state.opening_size * investment_share(state, params)


def structure_usd_bn(state: State, params: Params, side: int, structure: int) -> float:
    """Returns the yearly worth to a side of an investment of a structure."""
    size = params.structure_size[structure - CLAUSE_WHOLLY_OWNED]
    amount = params.investment_usd_bn * size * structure_units(state, params, structure)
    return amount / UNIT * price_value(state, params, side, PRICE_INVESTMENT)


def denial_probability(state: State, params: Params, structure: int) -> float:
    """Returns the probability that the US review stops an investment of a structure.

    It rises with its security content, the hostility of Congress and the states (E307), and the
    influence of Congress on the president.
    """
    weight = safe_div(state.influence[US][CONGRESS], params.influence_base[US][CONGRESS])
    risk = params.approval_failure * params.congress_hostility * weight
    return clamp(risk * params.security_content[structure], 0.0, 1.0)


def apply_investment(state: State, params: Params, structure: int) -> None:
    """Signs an investment, which the US government and the states must still approve (A8)."""
    state.structure_signed = structure
    state.approval_structure = structure
    state.approval_hiring = state.table_hiring
    state.approval_due = state.day + params.approval_days


# politics ---------------------------------------------------------------------------------------


def apply_taiwan_wording(state: State, params: Params) -> None:
    """Lets Congress react to a bargain over Taiwan: it gains influence (F5)."""
    state.influence[US][CONGRESS] += params.congress_reaction
    apply_weights(state, params)
