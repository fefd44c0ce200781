"""Choice of a government: when it acts (a daily hazard) and which act it takes (quantal response).

  U(a) = max(1, noise) x ln(yearly rate of a)
         + sum over features of W_f x signal_f(state) x loading_f(a)
  W_f  = beta_f + (1 - autonomy) x sum over factions of (share - baseline share) x contrast_f

The act with the largest U + noise x Gumbel draw is taken, so the probability of an act is
exp(U/noise), normalised over the legal acts. Every act is the only variant of its class, so no
correction for variants is needed.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.economy.arithmetic import clamp, gumbel, safe_div, safe_exp, safe_log
from sim.economy.constants import DAYS_PER_WEEK, UNIT, WORKING_DAYS, WORST_UTILITY
from sim.model.commitments.agreements import days_to_deadline
from sim.model.commitments.purchases import gap_share
from sim.model.duties.hikes import hike_layer
from sim.model.duties.law import worth_kept
from sim.model.duties.layers import addon_pp
from sim.model.duties.threats import agreement_strength
from sim.model.governments.factions import extra_share
from sim.model.governments.menu import is_legal
from sim.model.governments.pressures import export_loss
from sim.model.information.beliefs import prospect
from sim.model.relations.mood import trust
from sim.model.relations.stages import contact_today, is_working_day, summit_ahead, talks_running
from sim.model.tables.codes import (
    ACCORD_NEW,
    AGREEMENT,
    CN,
    CONTACT_NONE,
    COST,
    CREDIBILITY,
    DEADLINE,
    DEAL_PACKAGE,
    DELAY,
    FACE,
    FULL_REPLY,
    GRIEVANCE,
    HIKE,
    INERTIA,
    LANDMARK,
    LEVERAGE,
    MARKET,
    N_FACTIONS,
    N_FEATURES,
    N_PRESSURE_PARTS,
    N_SIDES,
    PRESSURE,
    PROSPECT,
    RAPPORT,
    RECIPROCITY,
    RED_LINE,
    RELIANCE,
    SECURITY,
    SEEK_TALKS,
    SUMMIT_DATED,
    TALKS_PREPARING,
    THREATEN,
    THREATENED,
    US,
    WAIT,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import N_CHOICES
from sim.model.world.third_parties import engagement_value


def apply_weights(state: State, params: Params) -> None:
    """Recomputes both sides' feature weights; called only when influences change."""
    for side in range(N_SIDES):
        for feature in range(N_FEATURES):
            state.weight[side][feature] = params.weight[side][feature]
        for faction in range(N_FACTIONS):
            heard = (1.0 - params.autonomy[side]) * extra_share(state, params, side, faction)
            for feature in range(N_FEATURES):
                state.weight[side][feature] += heard * params.contrast[side][faction][feature]


def apply_signals(state: State, params: Params, side: int) -> None:
    """Computes the signals on which a side decides, each about 0 to 1."""
    other = 1 - side
    held = agreement_strength(state, params)
    signal = state.signal[side]
    signal[LEVERAGE] = leverage_signal(state, params, held)
    signal[COST] = cost_signal(state, params, side)
    signal[RECIPROCITY] = clamp(
        state.recent_measure[other] + state.recent_hike[other], 0.0, params.signal_max
    )
    signal[DEADLINE] = safe_exp(-days_to_deadline(state, params) / params.deadline_scale_days)
    signal[MARKET] = state.market_stress if side == US else 0.0
    signal[PRESSURE] = felt_pressure(state, params, side)
    signal[RAPPORT] = state.rapport_forecast if side == US else state.rapport
    signal[FACE] = face_signal(state, params) if side == CN else 0.0
    signal[LANDMARK] = params.landmark_after_package if state.deal_status >= DEAL_PACKAGE else 1.0
    if side == US:
        signal[LANDMARK] *= state.urgency
        signal[RELIANCE] = -export_loss(state, CN)
    signal[DELAY] = delay_signal(state, params) if side == CN else 0.0
    signal[RED_LINE] = 1.0
    signal[CREDIBILITY] = credibility_signal(state) if side == US else 0.0
    signal[INERTIA] = 1.0
    signal[SECURITY] = 1.0
    signal[PROSPECT] = prospect(state, params, side)
    signal[AGREEMENT] = held
    gap = params.grievance_per_gap * gap_share(state, ACCORD_NEW)
    signal[GRIEVANCE] = clamp(1.0 - trust(state, side) + gap, 0.0, params.signal_max)


def felt_pressure(state: State, params: Params, side: int) -> float:
    """Returns the pressure at home that counts in a choice: the mean of its parts, each weighted by
    how much the side minds it (A2)."""
    total = 0.0
    for part in range(N_PRESSURE_PARTS):
        total += params.objective[side][part] * state.pressure_part[side][part]
    return total / N_PRESSURE_PARTS


def cost_signal(state: State, params: Params, side: int) -> float:
    """Returns the cost of a further step to the side that takes it.

    It is the slope in the trade model, and for the US also a term for duties so high that more
    points achieve nothing.
    """
    layer = hike_layer(state, params) if side == US else FULL_REPLY
    slope = safe_div(state.own_cost_per_pp[side][layer] * UNIT, params.cost_scale_usd_bn[side])
    value = clamp(slope, -1.0, params.cost_signal_max)
    if side == US:
        value += safe_div(addon_pp(state, US), params.prohibitive_pp)
    return value


def leverage_signal(state: State, params: Params, held: float) -> float:
    """Returns the worth of one more bargaining chip.

    It is high while talks run, highest in the weeks before a meeting that is dated and not yet
    confirmed, and low once it is confirmed or something is signed (E003, E193, B14, D11).
    """
    value = params.leverage_signal_usual
    if state.talks == TALKS_PREPARING or talks_running(state):
        value = 1.0
    if summit_ahead(state):
        value = params.leverage_signal_summit
        left = state.summit_day - state.day
        gathers = params.buildup_last_days <= left <= params.buildup_first_days
        if state.summit == SUMMIT_DATED and gathers:
            value = params.leverage_signal_buildup
    return value * (1.0 - params.leverage_spent * held)


def face_signal(state: State, params: Params) -> float:
    """Returns how much face China stands to lose, from a public scolding and from high duties."""
    return state.humiliation + addon_pp(state, US) / params.face_signal_scale_pp


def delay_signal(state: State, params: Params) -> float:
    """Returns China's gain from delay, larger under an open threat or after a fresh hike (E016)."""
    value = params.delay_signal_usual
    if state.threat_open:
        value += params.delay_signal_threat
    return value + params.delay_signal_hike * clamp(state.recent_hike[US], 0.0, 1.0)


def credibility_signal(state: State) -> float:
    """Returns the share of the pledged tariff not yet delivered to voters (E108)."""
    if state.pledge_pp <= 0.0:
        return 0.0
    return clamp(safe_div(state.pledge_pp - addon_pp(state, US), state.pledge_pp), 0.0, 1.0)


def review_hazard(state: State, params: Params, side: int) -> float:
    """Returns today's probability that a government reviews its policy and may act.

    The review clock runs faster near deadlines and after acts of the other side, and slower while
    other matters take a side's attention (B13) and at weekends. Nobody chooses a new course on the
    day on which the two meet or their leaders speak: of 140 hostile acts on record none was chosen
    on one of the 68 days of contact.
    """
    if contact_today(state) != CONTACT_NONE:
        return 0.0
    other = 1 - side
    hazard = params.review_per_day[side]
    near = safe_exp(-days_to_deadline(state, params) / params.deadline_scale_days)
    hazard *= 1.0 + params.review_deadline_boost * near
    stir = clamp(state.recent_hike[other] + state.recent_measure[other], 0.0, params.stir_max)
    hazard *= 1.0 + params.review_reaction_boost * stir
    hazard *= state.attention[side]
    hazard *= pace_of_day(state, params, side)
    return clamp(hazard, 0.0, 1.0)


def pace_of_day(state: State, params: Params, side: int) -> float:
    """Returns how much faster than over a whole week a side's review clock runs today: slower on
    Saturdays and Sundays, when few acts are announced."""
    if not is_working_day(state):
        return params.weekend_share[side] * DAYS_PER_WEEK / (DAYS_PER_WEEK - WORKING_DAYS)
    return (1.0 - params.weekend_share[side]) * DAYS_PER_WEEK / WORKING_DAYS


def act_utility(state: State, params: Params, side: int, act: int) -> float:
    """Returns the utility of an act from the current signals.

    Rates are counts from the record. Noise above 1 blurs what the features say, but makes no rare
    act frequent, so it scales the log of the rate as it scales the draw. Less noise favours
    frequent acts.
    """
    total = max(1.0, params.noise[side]) * safe_log(params.act_rate[side][act])
    for feature in range(N_FEATURES):
        if params.loading[act][feature] != 0.0:
            total += contribution(state, params, side, act, feature)
    if act == SEEK_TALKS:
        total += engagement_value(state, params, side)
    return total


def contribution(state: State, params: Params, side: int, act: int, feature: int) -> float:
    """Returns what a feature adds to the utility of an act.

    A tariff gives less leverage the likelier the courts are to end it.
    """
    value = state.weight[side][feature] * state.signal[side][feature]
    value *= params.loading[act][feature]
    if feature == LEVERAGE and act == HIKE:
        value *= worth_kept(state, params, side, hike_layer(state, params))
    elif feature == LEVERAGE and act == THREATEN:
        value *= worth_kept(state, params, side, THREATENED)
    return value


def decide_act(state: State, params: Params, side: int, u_act: Sequence[float]) -> int:
    """Returns the act a side chooses among those legal today, by Gumbel-max.

    `u_act` holds one uniform per act, so adding or forbidding an act does not affect the draws of
    the others.
    """
    best = WORST_UTILITY
    chosen = WAIT
    for act in range(N_CHOICES):
        if is_legal(state, params, side, act):
            value = act_utility(state, params, side, act)
            value += params.noise[side] * gumbel(u_act[act])
            if value > best:
                best = value
                chosen = act
    return chosen
