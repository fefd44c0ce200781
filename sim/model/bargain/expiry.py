"""End of a pause: whether the two sides prolong it.

Near its end they settle what becomes of a pause (`commitments.pauses` says when). Prolonging is the
default: in the record both dated pauses of 2025 were prolonged, six days and one day before their
end. Both paths, with and without the pause, share the same trade, so that what decides is the
snapback, strain, threats, trust, and what a side's factions and its own private reserve make of it.
"""

from __future__ import annotations

from sim.economy.arithmetic import logistic
from sim.economy.constants import DAYS_PER_YEAR, NOISE_FLOOR
from sim.model.bargain.prices import snapback_cost
from sim.model.bargain.table import is_forbidden
from sim.model.commitments.pauses import can_extend
from sim.model.relations.mood import trust
from sim.model.tables.codes import CN, MINISTERS, PACKAGE_EXTENSION, SECURITY, US
from sim.model.tables.params import Params
from sim.model.tables.state import State


def prolonging_gain(state: State, params: Params, side: int) -> float:
    """Returns what a side gains by prolonging the pause over letting it lapse, in utility."""
    years = params.horizon_days / DAYS_PER_YEAR
    value = params.expiry_default
    value += params.utility_per_usd_bn[side] * snapback_cost(state, params, side) * years
    # Trust is the odds that a promise is kept: 0.5 is neutral.
    value += params.gain_trust * (trust(state, side) - 0.5)
    strain = state.measures_since_signing / params.strain_full_measures
    value -= params.expiry_strain * min(1.0, strain)
    if state.threat_open and state.threat_postponed == 0:
        # One that has been put off waits for an answer and speaks for more time.
        value -= params.expiry_threat
    return value - security_shift(state, params, side)


def security_shift(state: State, params: Params, side: int) -> float:
    """Returns by how much more than usual a side weighs security today, as its factions shift."""
    return state.weight[side][SECURITY] - params.weight[side][SECURITY]


def prolonging_probability(state: State, params: Params, side: int) -> float:
    """Returns the probability that a side wants the pause prolonged today.

    What is private to the side and the run, its reserve, does not change from day to day.
    """
    gain = prolonging_gain(state, params, side) - state.reserve[side]
    return logistic(gain / max(params.expiry_noise, NOISE_FLOOR))


def decide_extension(state: State, params: Params, u_us: float, u_cn: float) -> bool:
    """Returns whether both sides want the pause prolonged, and may prolong it."""
    if is_forbidden(state, PACKAGE_EXTENSION) or not can_extend(state, params, MINISTERS):
        return False
    ours = prolonging_probability(state, params, US)
    theirs = prolonging_probability(state, params, CN)
    return u_us < ours and u_cn < theirs
