"""Probabilities of each act on a day, before it is known what will be done.

They are those by which a run draws: how likely a government reviews its policy, and what it then
chooses; how an open threat is resolved; whether an act is answered; whether ministers meet; and
whether those who meet sign. Sums of them over days are what the model expects of a record of acts,
and their logarithms make its likelihood (Andersen et al. 1993).

The functions run in Python and in compiled code alike.
"""

from __future__ import annotations

from collections.abc import MutableSequence
from typing import Final

from sim.economy.arithmetic import safe_div, safe_exp
from sim.economy.constants import NOISE_FLOOR, WORST_UTILITY
from sim.model.bargain.expiry import prolonging_probability
from sim.model.bargain.logroll import apply_proposal, first_proposer
from sim.model.bargain.signature import gets_something, sign_probability, veto_probability
from sim.model.commitments.pauses import settle_hazard
from sim.model.controls.measures import kind_hazard, kind_probability, reply_control
from sim.model.diplomacy.summit import apply_kick_start, apply_meeting
from sim.model.diplomacy.talks import apply_round, call_probability, round_hazard
from sim.model.duties.hikes import reply_hazard
from sim.model.duties.threats import counter_hazard, may_execute, threat_hazard, threat_utility
from sim.model.governments.agents import (
    act_utility,
    apply_signals,
    apply_weights,
    review_hazard,
)
from sim.model.governments.menu import is_legal
from sim.model.tables.codes import (
    CALL_LEADER,
    CN,
    DROP_THREAT,
    EXECUTE_THREAT,
    LEADERS,
    N_INSTRUMENTS,
    N_SIDES,
    POSTPONE_THREAT,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import N_CHOICES

Numbers = MutableSequence[float]

# Places of the rates of a day. Those of the menu come first, by side and act.
EXECUTED: Final = N_SIDES * N_CHOICES
POSTPONED: Final = EXECUTED + 1
DROPPED: Final = EXECUTED + 2
COUNTERED: Final = EXECUTED + 3
REPLIED: Final = EXECUTED + 4
ROUND: Final = EXECUTED + 5
PROLONGED: Final = EXECUTED + 6
IN_KIND: Final = EXECUTED + 7
"""First of the controls that answer an act, by side and instrument."""
N_RATES: Final = IN_KIND + N_SIDES * N_INSTRUMENTS


def chosen(side: int, act: int) -> int:
    """Returns the place of an act that a side chooses from its menu."""
    return side * N_CHOICES + act


def in_kind(side: int, instrument: int) -> int:
    """Returns the place of an answer by an instrument of a side."""
    return IN_KIND + side * N_INSTRUMENTS + instrument


def set_act_rates(state: State, params: Params, rates: Numbers) -> None:
    """Sets the probability of every act today, shape (`N_RATES`,); the signals and weights of the
    state are those of the parameters afterwards."""
    for place in range(N_RATES):
        rates[place] = 0.0
    apply_weights(state, params)
    for side in range(N_SIDES):
        apply_signals(state, params, side)
        first = side * N_CHOICES
        set_choice_shares(state, params, side, rates, first)
        hazard = review_hazard(state, params, side)
        for act in range(N_CHOICES):
            rates[first + act] *= hazard
        rates[first + CALL_LEADER] *= call_probability(state, params, side)
        set_kind_rate(state, params, side, rates)
    set_threat_rates(state, params, rates)
    rates[COUNTERED] = counter_hazard(state, params)
    rates[REPLIED] = reply_hazard(state, params) * params.reply_probability
    added = reply_control(state, params, state.reply_pp)
    rates[IN_KIND + CN * N_INSTRUMENTS + added] += rates[REPLIED] * params.reply_control_probability
    rates[ROUND] = round_hazard(state, params)
    rates[PROLONGED] = settle_hazard(state, params)
    for side in range(N_SIDES):
        rates[PROLONGED] *= prolonging_probability(state, params, side)


def set_choice_shares(state: State, params: Params, side: int, shares: Numbers, first: int) -> None:
    """Sets the probability that a side that reviews its policy takes each act, from the signals
    just read; those of acts that are not open are 0.

    Args:
        state: The state.
        params: The parameters.
        side: The side.
        shares: Where to, `N_CHOICES` places.
        first: The first of them.
    """
    noise = max(params.noise[side], NOISE_FLOOR)
    top = WORST_UTILITY
    for act in range(N_CHOICES):
        shares[first + act] = WORST_UTILITY
        if is_legal(state, params, side, act):
            shares[first + act] = act_utility(state, params, side, act) / noise
            top = max(top, shares[first + act])
    total = 0.0
    for act in range(N_CHOICES):
        value = shares[first + act]
        shares[first + act] = safe_exp(value - top) if value > WORST_UTILITY else 0.0
        total += shares[first + act]
    for act in range(N_CHOICES):
        shares[first + act] = safe_div(shares[first + act], total)


def set_kind_rate(state: State, params: Params, side: int, rates: Numbers) -> None:
    """Sets the probability that a side gives the reply in kind that it owes."""
    hazard = kind_hazard(state, params, side)
    if hazard > 0.0:
        place = IN_KIND + side * N_INSTRUMENTS + state.reply_instrument[side] - 1
        rates[place] = hazard * kind_probability(state, params, side)


def set_threat_rates(state: State, params: Params, rates: Numbers) -> None:
    """Sets the probabilities that an open threat is carried out, put off or dropped."""
    hazard = threat_hazard(state, params)
    if hazard <= 0.0:
        return
    noise = max(params.noise[US], NOISE_FLOOR)
    execute = threat_utility(state, params, EXECUTE_THREAT) / noise
    postpone = threat_utility(state, params, POSTPONE_THREAT) / noise
    drop = threat_utility(state, params, DROP_THREAT) / noise
    top = max(execute, postpone, drop)
    rates[EXECUTED] = safe_exp(execute - top) if may_execute(state, params) else 0.0
    rates[POSTPONED] = safe_exp(postpone - top)
    rates[DROPPED] = safe_exp(drop - top)
    total = rates[EXECUTED] + rates[POSTPONED] + rates[DROPPED]
    rates[EXECUTED] *= hazard / total
    rates[POSTPONED] *= hazard / total
    rates[DROPPED] *= hazard / total


def signing_probability(state: State, params: Params, rank: int) -> float:
    """Returns the probability that those who meet today sign something, given both floors; the
    state afterwards is that after their last proposal.

    As in a run, ministers hear one proposal and leaders, if it is refused, a second of Beijing's;
    what both want may still be stopped at home.

    Args:
        state: The state on the day, before they meet.
        params: The parameters.
        rank: `MINISTERS` or `LEADERS`.
    """
    apply_weights(state, params)
    if rank == LEADERS:
        apply_meeting(state, params)
        apply_kick_start(state, params)
    else:
        apply_round(state, params)
    signed = 0.0
    reached = 1.0
    for turn in range(rank + 1):
        proposer = first_proposer(state, rank) if turn == 0 else CN
        apply_proposal(state, params, proposer, rank)
        if gets_something(state, US) and gets_something(state, CN):
            both = sign_probability(state, params, US) * sign_probability(state, params, CN)
            passed = 1.0 - veto_probability(state, params, US)
            passed *= 1.0 - veto_probability(state, params, CN)
            signed += reached * both * passed
            reached *= 1.0 - both
    return signed
