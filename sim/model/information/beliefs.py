"""Beliefs about the other side: its floor, and what it wants.

A side's floor, the gain below which it hardly signs, is private. The other holds a normal belief
about it and updates it by Bayes' rule:

- an answer to an offer tells on which side of it the floor lies, give or take the noise of any
  answer (probit); the belief after it is the normal one of the same mean and variance, as in
  assumed-density filtering (Minka 2001);
- a contact is a noisy reading of the floor (Kalman 1960), the more precise, the closer the contact;
- so is the other's public account of it: who can sign for little speaks warmly (see `words`).

What the other weighs is at first hardly known: in doubt a side takes all issues to matter alike.
Both kinds of doubt grow back while the sides do not speak.
"""

from __future__ import annotations

from sim.economy.arithmetic import clamp, hazard_ratio, normal, safe_div, safe_sqrt
from sim.economy.constants import LOGISTIC_SD, TINY
from sim.model.tables.codes import CN, N_CHANNELS, N_ISSUES, N_SIDES, READING_DELEGATION, US
from sim.model.tables.params import Params
from sim.model.tables.state import State


def apply_answer(state: State, params: Params, side: int, worth: float, accepted: bool) -> None:
    """Updates what `side` believes of the other's floor, from the other's answer to an offer.

    Args:
        state: The state.
        params: The parameters.
        side: The side that learns.
        worth: Gain of the other by the offer, beyond what it demands besides, as `side` sees it.
        accepted: Whether the other accepted.
    """
    noise = params.noise[1 - side] * LOGISTIC_SD
    variance = state.belief_var[side]
    total = variance + noise * noise
    spread = safe_sqrt(total)
    distance = safe_div(state.belief_mean[side] - worth, spread)
    sign = -1.0 if accepted else 1.0
    ratio = hazard_ratio(sign * distance)
    state.belief_mean[side] += sign * safe_div(variance, spread) * ratio
    share = safe_div(variance, total) * ratio * (ratio + sign * distance)
    state.belief_var[side] = variance * (1.0 - clamp(share, 0.0, 1.0))


def apply_reading(
    state: State, params: Params, side: int, contact: int, u_one: float, u_two: float
) -> None:
    """Lets `side` read the other's floor at a contact, with noise, and learn what it wants."""
    precision = params.belief_precision[contact]
    if precision <= 0.0:
        return
    seen = state.reserve[1 - side] + normal(u_one, u_two) / safe_sqrt(precision)
    apply_observation(state, side, seen, precision)
    state.belief_asks[side] *= safe_div(1.0, 1.0 + precision)


def apply_observation(state: State, side: int, seen: float, precision: float) -> None:
    """Updates what `side` believes of the other's floor from a noisy sight of it.

    Args:
        state: The state.
        side: The side that learns.
        seen: The floor as it looks.
        precision: One over the variance of the noise, above 0.
    """
    variance = state.belief_var[side]
    gain = safe_div(variance, variance + 1.0 / precision)
    state.belief_mean[side] += gain * (seen - state.belief_mean[side])
    state.belief_var[side] = variance * (1.0 - gain)


def apply_climb_down_seen(state: State, params: Params) -> None:
    """Lets China read a deadline that passed as a US floor lower than it thought (E270, E274): as
    likely as not a side with the floor it believed in would have stood firm."""
    apply_answer(state, params, CN, state.belief_mean[CN], True)


def apply_doubt_day(state: State, params: Params) -> None:
    """Lets a day pass: variances and doubts drift back to what they are among strangers."""
    for side in range(N_SIDES):
        spread = params.reserve_spread[1 - side]
        gap = spread * spread - state.belief_var[side]
        state.belief_var[side] += params.doubt_per_day * max(0.0, gap)
        state.belief_asks[side] += params.doubt_per_day * (1.0 - state.belief_asks[side])


def prospect(state: State, params: Params, side: int) -> float:
    """Returns how hopeful a side is of talks, -1 to 1: the lower it takes the other's floor to be,
    the more so; 0 if it expects the usual one."""
    return clamp(safe_div(-state.belief_mean[side], params.prospect_scale), -1.0, 1.0)


def belief_error(state: State, side: int) -> float:
    """Returns how far a side's belief about the other's floor is off, without sign."""
    return abs(state.belief_mean[side] - state.reserve[1 - side])


def belief_spread(state: State, side: int) -> float:
    """Returns the standard deviation of a side's belief about the other's floor."""
    return safe_sqrt(max(TINY, state.belief_var[side]))


def open_channels(state: State) -> float:
    """Returns the share of the quiet channels between the capitals that are open."""
    count = 0
    for channel in range(N_CHANNELS):
        if state.channel_open[channel]:
            count += 1
    return count / N_CHANNELS


def message_hazard(state: State, params: Params) -> float:
    """Returns today's probability that a message passes through a quiet channel (E290, E291)."""
    return params.messages_per_day * open_channels(state)


def is_argument_fresh(state: State, params: Params) -> bool:
    """Returns whether a Chinese delegation was in Washington of late (E065, E066)."""
    return state.day - state.delegation_day <= params.argument_days


def can_send(state: State, params: Params, side: int) -> bool:
    """Returns whether a side may send a delegation: the last came home some weeks ago."""
    return state.day - state.delegation_day > params.delegation_spacing_days


def apply_delegation(state: State, params: Params, side: int, u_one: float, u_two: float) -> None:
    """Sends a delegation, which sounds the other side out and signs nothing (C5)."""
    state.delegation_day = state.day
    state.delegations += 1
    apply_reading(state, params, side, READING_DELEGATION, u_one, u_two)


def usual_weight_of(state: State, params: Params, side: int) -> float:
    """Returns the mean weight a side puts on the issues on the table."""
    total = 0.0
    count = 0
    for issue in range(N_ISSUES):
        if state.issue_on[issue]:
            total += weight_of(state, params, side, issue)
            count += 1
    return safe_div(total, 1.0 * count)


def weight_of(state: State, params: Params, side: int, issue: int) -> float:
    """Returns the weight a side puts on an issue today: Washington's aims shift until they are
    fixed (B15)."""
    weight = params.issue_weight[side][issue]
    return weight * state.emphasis[issue] if side == US else weight
