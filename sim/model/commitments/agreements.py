"""Truces: signature, extension, lapse and the snapback of suspended duties."""

from __future__ import annotations

from sim.model.commitments.purchases import gap_share
from sim.model.controls.measures import INSTRUMENT_ISSUE
from sim.model.duties.layers import addon_pp, apply_averages, apply_cut, apply_withdrawal
from sim.model.duties.threats import apply_word_broken
from sim.model.relations.mood import apply_relief, apply_tension
from sim.model.tables.codes import (
    ACCORD_PHASE_ONE,
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    AGREEMENT_SIGNED,
    CN,
    DEAL_COMPREHENSIVE,
    DEAL_EXTENSION,
    DEAL_NONE,
    DEAL_PACKAGE,
    DEAL_TRUCE,
    EXPIRY_DEAL,
    EXPIRY_EXTENDED,
    EXPIRY_SNAPBACK,
    FULL_REPLY,
    ISSUE_TARIFFS,
    N_INSTRUMENTS,
    N_SIDES,
    PNTR,
    RECIPROCAL,
    THREATENED,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State


def truce_in_force(state: State) -> bool:
    """Returns whether a truce or a comprehensive agreement is in force today."""
    if state.agreement == AGREEMENT_SIGNED:
        return True
    if state.agreement != AGREEMENT_PAUSE or state.day < state.truce_from:
        return False
    return state.truce_ends_on == 0 or state.day < state.truce_ends_on


def truce_cut_pp(state: State, params: Params) -> float:
    """Returns the points that a truce would cut on each side: the same for both, leaving neither
    below the residual rate."""
    ours = state.duty_pp[US][RECIPROCAL] + state.duty_pp[US][THREATENED]
    return max(0.0, min(ours, state.duty_pp[CN][FULL_REPLY]) - params.truce_residual_pp)


def apply_truce(state: State, params: Params) -> None:
    """Signs a truce: both sides cut equally, and the first points of each cut are only suspended
    (E155).

    A threatened duty that is in force is removed in full, even if China has not matched it.
    """
    cut = truce_cut_pp(state, params)
    alone = max(0.0, state.duty_pp[US][THREATENED] - cut)
    apply_cut(state, params, US, cut + alone)
    apply_cut(state, params, CN, cut)
    # What an earlier pause that was broken has suspended stays suspended, under the new truce.
    state.suspended_pp[US][RECIPROCAL] += min(params.truce_suspended_pp, cut + alone)
    state.suspended_pp[CN][FULL_REPLY] += min(params.truce_suspended_pp, cut)
    apply_pause(state, params)


def apply_pause(state: State, params: Params) -> None:
    """Puts a pause in force from today, of the length agreed, whatever duties it cuts."""
    if state.truce_ends_on >= state.day:
        state.expiry = EXPIRY_DEAL
    state.agreement = AGREEMENT_PAUSE
    state.truce_signed = state.day
    state.truce_from = state.day
    state.truce_ends_on = state.day + state.pause_days if state.pause_days > 0 else 0
    state.truce_strained = False
    state.measures_since_signing = 0
    state.counters_made = 0
    state.mirror_day = 0
    state.deal_status = max(state.deal_status, DEAL_TRUCE)
    apply_deal_mood(state, params, params.relief_per_truce)


def apply_extension(state: State, params: Params) -> None:
    """Extends the truce by the length agreed today (D8), or without an end."""
    if state.pause_days == 0:
        state.truce_ends_on = 0
    elif state.truce_ends_on > 0:
        state.truce_ends_on += state.pause_days
    state.extensions += 1
    state.expiry = EXPIRY_EXTENDED
    state.truce_strained = False
    state.measures_since_signing = 0
    state.deal_status = max(state.deal_status, DEAL_EXTENSION)
    state.market_stress *= 1.0 - params.market_relief
    apply_relief(state, params, params.relief_per_extension)


def apply_final_deal(state: State, params: Params) -> None:
    """Signs a comprehensive agreement, which has no end date: ends every add-on and suspension, and
    clears the controls of both sides (B11)."""
    state.duty_pp[US][PNTR] = 0.0
    for side in range(N_SIDES):
        for instrument in range(N_INSTRUMENTS):
            state.control[side][instrument] = 0
            state.suspended_control[side][instrument] = 0
    apply_cut(state, params, US, addon_pp(state, US))
    apply_cut(state, params, CN, addon_pp(state, CN))
    state.suspended_pp[US][RECIPROCAL] = 0.0
    state.suspended_pp[CN][FULL_REPLY] = 0.0
    if state.agreement == AGREEMENT_PAUSE or state.truce_ends_on >= state.day:
        state.expiry = EXPIRY_DEAL
    state.agreement = AGREEMENT_SIGNED
    state.truce_signed = state.day
    state.truce_from = state.day
    state.truce_ends_on = 0
    state.truce_strained = False
    state.measures_since_signing = 0
    state.deal_status = DEAL_COMPREHENSIVE
    apply_deal_mood(state, params, params.relief_per_deal)


def apply_deal_mood(state: State, params: Params, relief: float) -> None:
    """Applies the effects of a new agreement: it ends threats, withdraws announced duties, lowers
    tension."""
    if state.threat_open:
        state.threat_open = False
        apply_word_broken(state)
    apply_withdrawal(state, params)
    state.reply_pp = 0.0
    for side in range(N_SIDES):
        # The account is settled: what was done before calls for no more answers.
        state.reply_instrument[side] = 0
        state.recent_hike[side] = 0.0
        state.recent_measure[side] = 0.0
    state.market_stress *= 1.0 - params.market_relief
    apply_relief(state, params, relief)


def apply_expiry(state: State, params: Params) -> bool:
    """Ends the truce if it expires today; returns whether it did.

    Suspended duties snap back (D7), suspended controls return, and pledged purchases stop. A pause
    that was broken keeps its date: so long what it suspends stays suspended.
    """
    if state.agreement == AGREEMENT_SIGNED or state.truce_ends_on != state.day:
        return False
    for side in range(N_SIDES):
        for layer in range(THREATENED):
            state.duty_pp[side][layer] += state.suspended_pp[side][layer]
            state.suspended_pp[side][layer] = 0.0
        for instrument in range(N_INSTRUMENTS):
            back = state.control[side][instrument] + state.suspended_control[side][instrument]
            state.control[side][instrument] = min(params.control_max_level, back)
            if state.suspended_control[side][instrument] > 0:
                state.issue_settled[INSTRUMENT_ISSUE[side][instrument]] = 0.0
            state.suspended_control[side][instrument] = 0
    state.issue_settled[ISSUE_TARIFFS] = 0.0
    state.pledges_stopped = state.accord_signed > 0
    state.agreement = AGREEMENT_NONE
    state.expiry = EXPIRY_SNAPBACK
    state.lapse_day = state.day
    if state.deal_status < DEAL_PACKAGE:
        state.deal_status = DEAL_NONE
    apply_averages(state, params)
    apply_tension(state, params, params.tension_per_snapback)
    return True


def days_to_deadline(state: State, params: Params) -> int:
    """Returns the days to the nearest threat deadline, truce expiry or end of a review, at most
    `horizon_days`.

    The end of a review does not count if compliance with the 2020 accord is nearly complete.
    """
    nearest = params.horizon_days
    if state.threat_open:
        nearest = min(nearest, max(0, state.threat_deadline - state.day))
    if state.agreement == AGREEMENT_PAUSE and state.truce_ends_on > 0:
        nearest = min(nearest, max(0, state.truce_ends_on - state.day))
    if (
        state.review_until >= state.day
        and gap_share(state, ACCORD_PHASE_ONE) > params.review_deadline_gap
    ):
        nearest = min(nearest, max(0, state.review_until - state.day))
    return nearest
