"""Clauses of a package: when they are available, how large they are, and their effects."""

from __future__ import annotations

from sim.economy.constants import UNIT
from sim.model.commitments.agreements import apply_final_deal, truce_cut_pp
from sim.model.commitments.purchases import apply_pledge
from sim.model.controls.measures import apply_easing
from sim.model.duties.layers import apply_cut, apply_fentanyl_cut
from sim.model.tables.codes import (
    AGREEMENT_PAUSE,
    AGREEMENT_SIGNED,
    BUYER_FREEZE,
    CN,
    DEAL_PACKAGE,
    FENTANYL,
    INBOUND_LIMITS,
    PORT_FEES,
    RARE_EARTHS,
    RECIPROCAL,
    TECH,
    THREATENED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State


def can_make_truce(state: State, params: Params) -> bool:
    """Returns whether there are duties to suspend, and no agreement yet."""
    heavy = truce_cut_pp(state, params) > 0.0 or state.duty_pp[US][THREATENED] > 0.0
    agreed = state.agreement == AGREEMENT_PAUSE or state.agreement == AGREEMENT_SIGNED
    return heavy and not agreed


def truce_relief_pp(state: State, params: Params) -> float:
    """Returns how many points of US duty a truce cuts, including all points of an executed
    threat."""
    return max(truce_cut_pp(state, params), state.duty_pp[US][THREATENED])


def relief_cut_pp(state: State, params: Params) -> float:
    """Returns how many points of US duty are cut for purchases or investment, excluding
    fentanyl."""
    room = state.duty_pp[US][RECIPROCAL] + state.duty_pp[US][THREATENED]
    return min(params.relief_pp, room)


def broad_units(state: State, cut_pp: float) -> float:
    """Returns the units of a US cut that apply to all goods. Threatened duties are cut first."""
    return min(cut_pp, state.duty_pp[US][THREATENED]) / UNIT


def narrow_units(state: State, cut_pp: float) -> float:
    """Returns the units of a US cut that apply to the goods of the reciprocal layer."""
    return (cut_pp - min(cut_pp, state.duty_pp[US][THREATENED])) / UNIT


def investment_share(state: State, params: Params) -> float:
    """Returns the share of China's investment offer that US limits on inbound capital allow
    (B4)."""
    return max(0.0, 1.0 - params.inbound_loss_per_level * state.control[US][INBOUND_LIMITS])


def port_fee_units(state: State) -> float:
    """Returns 1 if both sides levy port fees, which can be lifted together, else 0."""
    both = state.control[US][PORT_FEES] > 0 and state.control[CN][PORT_FEES] > 0
    return 1.0 if both else 0.0


def apply_package_status(state: State) -> None:
    """Records that a package other than a truce is in force."""
    state.deal_status = max(state.deal_status, DEAL_PACKAGE)


def apply_swap(state: State, params: Params) -> None:
    """Exchanges minerals for technology; ends port fees if both sides levy them."""
    apply_easing(state, params, CN, RARE_EARTHS)
    apply_easing(state, params, US, TECH)
    if port_fee_units(state) > 0.0:
        state.control[US][PORT_FEES] = 0
        state.control[CN][PORT_FEES] = 0
    apply_package_status(state)


def apply_purchase_deal(state: State, params: Params) -> None:
    """Pledges a year's purchases, ends a buyer freeze and cuts US duties."""
    apply_pledge(state, params, 1.0)
    state.control[CN][BUYER_FREEZE] = 0
    apply_cut(state, params, US, params.relief_pp)
    apply_package_status(state)


def apply_fentanyl_deal(state: State, params: Params) -> None:
    """Exchanges action on precursors for a cut of part of the fentanyl duty (F3)."""
    state.precursor_action = True
    apply_fentanyl_cut(state, params, params.fentanyl_tranche_pp)
    apply_package_status(state)


def apply_investment_deal(state: State, params: Params) -> None:
    """Records the investment and cuts US duties."""
    apply_investment(state, params)
    apply_cut(state, params, US, params.relief_pp)
    apply_package_status(state)


def apply_investment(state: State, params: Params) -> None:
    """Records the investment that US limits on inbound capital allow, and the jobs it creates."""
    share = investment_share(state, params)
    state.investment_usd_bn += params.investment_usd_bn * share
    state.jobs += params.investment_jobs * share


def apply_comprehensive(state: State, params: Params) -> None:
    """Applies every clause at once."""
    apply_investment(state, params)
    state.precursor_action = True
    apply_pledge(state, params, params.full_pledge_times)
    apply_fentanyl_cut(state, params, state.duty_pp[US][FENTANYL])
    state.control[CN][RARE_EARTHS] = 0
    state.control[CN][BUYER_FREEZE] = 0
    state.control[CN][PORT_FEES] = 0
    state.control[US][TECH] = 0
    state.control[US][PORT_FEES] = 0
    apply_final_deal(state, params)
