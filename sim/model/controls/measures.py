"""Non-tariff measures of both sides, replies in kind, and their effect on a truce."""

from __future__ import annotations

from typing import Final

from sim.model.relations.mood import apply_hostile_act, apply_relief, apply_tone
from sim.model.relations.stages import contact_today, has_agreement, is_time_of_courtesy
from sim.model.tables.codes import (
    AGREEMENT_SIGNED,
    CN,
    CONTACT_NONE,
    DEAL_COMPREHENSIVE,
    ENTITIES,
    ISSUE_CAPITAL_LIMITS,
    ISSUE_CN_LISTINGS,
    ISSUE_PORT_FEES,
    ISSUE_PURCHASES,
    ISSUE_RARE_EARTHS,
    ISSUE_TECH,
    ISSUE_US_LISTINGS,
    ISSUE_VISAS,
    N_INSTRUMENTS,
    PORT_FEES,
    RARE_EARTHS,
    TECH,
    TONE_EASING,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State

NO_ANSWER = -1


def can_tighten(state: State, params: Params, side: int, instrument: int) -> bool:
    """Returns whether a side may raise an instrument by its own choice: up to its highest level,
    and not against its word."""
    room = state.control[side][instrument] < params.control_cap[side][instrument]
    return room and is_free_to_tighten(state, params, side, instrument)


def is_free_to_tighten(state: State, params: Params, side: int, instrument: int) -> bool:
    """Returns whether nothing speaks against raising an instrument again: these are no days of
    courtesy, the last time is some days ago, the side has not just eased it, and no comprehensive
    deal is in force."""
    if state.agreement == AGREEMENT_SIGNED and state.deal_status == DEAL_COMPREHENSIVE:
        return False
    if is_time_of_courtesy(state, params):
        return False
    if state.day - state.tightened_day[side][instrument] < params.measure_spacing_days:
        return False
    return not keeps_relief(state, params, side, instrument)


def keeps_relief(state: State, params: Params, side: int, instrument: int) -> bool:
    """Returns whether a side stands by a control it eased: as long as the pause under which it is
    suspended, or for some weeks, if the other side has not raised duties since and no pause has
    lapsed."""
    if has_agreement(state) and state.suspended_control[side][instrument] > 0:
        return True
    eased = state.eased_day[side][instrument]
    fresh = eased > 0 and state.day - eased <= params.control_kept_days
    return fresh and state.hike_day[1 - side] < eased and state.lapse_day < eased


INSTRUMENT_ISSUE: Final = (
    (
        ISSUE_TECH, ISSUE_US_LISTINGS, ISSUE_CAPITAL_LIMITS, ISSUE_CAPITAL_LIMITS,
        ISSUE_PORT_FEES, ISSUE_VISAS,
    ),
    (
        ISSUE_RARE_EARTHS, ISSUE_CN_LISTINGS, ISSUE_CN_LISTINGS, ISSUE_PURCHASES, ISSUE_PORT_FEES,
        ISSUE_PORT_FEES,
    ),
)  # fmt: skip
"""Issue that each instrument of the US and of China raises; China has no sixth."""


def apply_measure(state: State, params: Params, side: int, instrument: int) -> None:
    """Raises a non-tariff instrument by a level, which strains a truce and calls for a reply.

    What it is about is then on the table, settled or not, so that it can be bargained away (B7).
    """
    issue = INSTRUMENT_ISSUE[side][instrument]
    state.issue_on[issue] = True
    state.issue_settled[issue] = 0.0
    state.control[side][instrument] = min(
        params.control_max_level, state.control[side][instrument] + 1
    )
    if side == CN and instrument == RARE_EARTHS:
        state.minerals_wait_days = params.minerals_licence_days
    state.tightened_day[side][instrument] = state.day
    state.measures[side] += 1
    state.provoked_day[1 - side] = state.day
    state.measures_since_signing += 1
    if state.reply_instrument[side] == instrument + 1:
        state.reply_instrument[side] = 0
    state.recent_measure[side] += params.memory_per_measure
    state.truce_strained = True
    apply_hostile_act(state, params, side, params.tension_per_measure, params.rapport_per_measure)
    apply_debt(state, params, side, instrument)


def answer_to(side: int, instrument: int) -> int:
    """Returns the instrument with which the other side answers in kind, NO_ANSWER if it does not:
    port fees for port fees, minerals for technology curbs (B5, B6)."""
    if instrument == PORT_FEES:
        return PORT_FEES
    if side == US and instrument == TECH:
        return RARE_EARTHS
    return ENTITIES if side == US and instrument == ENTITIES else NO_ANSWER


def owes_answer(state: State, params: Params, side: int) -> bool:
    """Returns whether a side still owes a reply in kind: after some weeks it is no longer one."""
    age = state.day - state.reply_instrument_since[side]
    return state.reply_instrument[side] > 0 and age <= params.kind_days


def apply_debt(state: State, params: Params, side: int, instrument: int) -> None:
    """Records the reply the other side now owes."""
    other = 1 - side
    answer = answer_to(side, instrument)
    if answer == PORT_FEES and state.control[other][PORT_FEES] > 0:
        return
    # Port fees are answered first; they replace a slower reply.
    if answer == PORT_FEES or (answer >= 0 and not owes_answer(state, params, other)):
        state.reply_instrument[other] = answer + 1
        state.reply_instrument_since[other] = state.day


def apply_debt_settled(state: State, side: int, instrument: int) -> None:
    """Ends debts of a reply that a side's easing settles: the other's answer to what is eased, and
    its own answer by the instrument it eases."""
    other = 1 - side
    answer = answer_to(side, instrument)
    if answer >= 0 and state.reply_instrument[other] == answer + 1:
        state.reply_instrument[other] = 0
    if state.reply_instrument[side] == instrument + 1:
        state.reply_instrument[side] = 0


def kind_hazard(state: State, params: Params, side: int) -> float:
    """Returns today's probability that a side gives the reply in kind it owes.

    Port fees are answered within days, controls slowly and not always; the debt may lapse. In days
    of courtesy, and while the two sides meet, the answer waits.
    """
    if not owes_answer(state, params, side) or is_time_of_courtesy(state, params):
        return 0.0
    if contact_today(state) != CONTACT_NONE:
        return 0.0
    if state.day <= state.reply_instrument_since[side]:
        return 0.0
    if state.reply_instrument[side] == PORT_FEES + 1:
        return params.kind_hazard_port_per_day
    return params.kind_hazard_control_per_day


def kind_probability(state: State, params: Params, side: int) -> float:
    """Returns the probability that a side answers in kind, once it takes up what it owes."""
    if state.reply_instrument[side] == PORT_FEES + 1:
        return params.kind_probability_port
    return params.kind_probability_control


def decide_kind(state: State, params: Params, side: int, u: float) -> int:
    """Returns the instrument with which a side answers, or -1 if it does not answer."""
    if u < kind_probability(state, params, side):
        return state.reply_instrument[side] - 1
    return -1


def apply_kind(state: State, params: Params, side: int, instrument: int) -> None:
    """Gives the reply owed by taking the measure, which clears the debt, or lets it rest (-1)."""
    if instrument < 0:
        state.reply_instrument[side] = 0
        return
    apply_measure(state, params, side, instrument)
    # A reply in kind ends the exchange; it calls for no further reply.
    state.reply_instrument[1 - side] = 0


def reply_control(state: State, params: Params, points: float) -> int:
    """Returns the instrument that comes with China's reply to so many points: rare-earth controls
    answer large steps, listings small ones, and the next large step of the same days."""
    spaced = state.day - state.tightened_day[CN][RARE_EARTHS] >= params.measure_spacing_days
    return RARE_EARTHS if points >= params.mirror_threshold_pp and spaced else ENTITIES


def apply_reply_controls(state: State, params: Params, points: float, u: float) -> int:
    """Lets China add a control on the day it answers a hike (5 of 5 in 2025); returns the
    instrument, NO_ANSWER if it adds none."""
    if u > params.reply_control_probability:
        return NO_ANSWER
    instrument = reply_control(state, params, points)
    apply_measure(state, params, CN, instrument)
    return instrument


def apply_easing(state: State, params: Params, side: int, instrument: int) -> None:
    """Lowers a non-tariff instrument by a level; tension falls, and the other side's trust
    rises."""
    state.control[side][instrument] = max(0, state.control[side][instrument] - 1)
    state.eased_day[side][instrument] = state.day
    apply_debt_settled(state, side, instrument)
    if side == CN:
        state.softened_day = state.day
        if instrument == RARE_EARTHS:
            state.minerals_wait_days = 0
    state.trust_kept[1 - side] += params.trust_per_easing
    apply_relief(state, params, params.relief_per_easing)
    apply_tone(state, params, side, TONE_EASING)


def tightest(state: State, side: int) -> int:
    """Returns a side's tightest control other than technology and rare earths, -1 if none is on."""
    found = -1
    level = 0
    for instrument in range(N_INSTRUMENTS):
        apart = instrument == TECH if side == US else instrument == RARE_EARTHS
        if not apart and state.control[side][instrument] > level:
            level = state.control[side][instrument]
            found = instrument
    return found


def can_relax(state: State, params: Params, side: int, instrument: int) -> bool:
    """Returns whether a side may ease an instrument by its own choice: it is on, and has been for
    some weeks since it was last raised. What is bargained away is not asked about this."""
    stood = state.day - state.tightened_day[side][instrument] >= params.control_stands_days
    return stood and state.control[side][instrument] > 0


def can_ease(state: State, params: Params, side: int) -> bool:
    """Returns whether a side may ease another control by its own choice: one may be relaxed, and it
    owes no answer to a measure of the other side."""
    instrument = tightest(state, side)
    if instrument < 0 or owes_answer(state, params, side):
        return False
    return can_relax(state, params, side, instrument)


def apply_way_back(state: State, params: Params, side: int) -> None:
    """Eases a side's tightest control other than technology and rare earths, if one is on."""
    instrument = tightest(state, side)
    if instrument >= 0:
        apply_easing(state, params, side, instrument)


def apply_crackdown(state: State) -> None:
    """Lets China act against makers of fentanyl precursors, which counts as softening."""
    state.precursor_action = True
    state.softened_day = state.day
