"""Purchases: pledges by category, monthly deliveries, shortfall, breach, catch-up."""

from __future__ import annotations

from collections.abc import Sequence

from sim.economy.arithmetic import clamp, logistic, safe_div
from sim.economy.constants import DAYS_PER_MONTH, DAYS_PER_YEAR, MONTHS_PER_YEAR, THOUSAND
from sim.model.duties.hikes import apply_hike, is_bound
from sim.model.duties.law import lawful_pp
from sim.model.relations.mood import apply_relief
from sim.model.tables.codes import (
    ACCORD_NEW,
    ACCORD_PHASE_ONE,
    BUYER_FREEZE,
    CATEGORY_SOYBEANS,
    CN,
    LEVERAGE,
    N_CATEGORIES,
    PENALISE,
    RECIPROCAL,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State


def pledged(state: State, accord: int) -> float:
    """Returns the pledge of an accord over its term, USD bn: the sum of its categories."""
    total = 0.0
    for category in range(N_CATEGORIES):
        total += state.pledged_usd_bn[accord][category]
    return total


def delivered(state: State, accord: int) -> float:
    """Returns the deliveries under an accord, USD bn."""
    total = 0.0
    for category in range(N_CATEGORIES):
        total += state.delivered_usd_bn[accord][category]
    return total


def soybeans_million_tonnes(state: State, params: Params) -> float:
    """Returns the soybeans delivered under the new accord, in millions of tonnes."""
    usd_mn = THOUSAND * state.delivered_usd_bn[ACCORD_NEW][CATEGORY_SOYBEANS]
    return safe_div(usd_mn, params.soybeans_usd_per_tonne)


def gap_share(state: State, accord: int) -> float:
    """Returns the share of an accord's pledge not delivered, 0 to 1 (0 without a pledge)."""
    total = pledged(state, accord)
    if total <= 0.0:
        return 0.0
    return clamp(1.0 - delivered(state, accord) / total, 0.0, 1.0)


def apply_pledge(state: State, params: Params, category: int) -> None:
    """Enters a year's pledge of a category in the ledger, on top of what an accord that has lapsed
    left undelivered."""
    state.pledges_stopped = False
    state.accord_signed = state.day
    state.pledged_usd_bn[ACCORD_NEW][category] += yearly_pledge_usd_bn(state, params, category)


def yearly_pledge_usd_bn(state: State, params: Params, category: int) -> float:
    """Returns how much of a category China pledges to buy in a year, by the size of its bid."""
    return state.opening_size * params.pledge_usd_bn_per_year * params.pledge_share[category]


def apply_deliveries(state: State, params: Params, u_category: Sequence[float]) -> float:
    """Records a month's deliveries and returns them, USD bn.

    Deliveries start category by category (soybeans first), each with its own compliance rate. A
    buyer freeze stops deliveries, and force majeure reduces them.
    """
    total = 0.0
    for category in range(N_CATEGORIES):
        state.pledge_quality[category] = 0.0
        state.deliveries_usd_bn_per_month[category] = 0.0
    if state.accord_signed == 0 or state.pledges_stopped:
        return 0.0
    months = (state.day - state.accord_signed) / DAYS_PER_MONTH
    for category in range(N_CATEGORIES):
        room = state.pledged_usd_bn[ACCORD_NEW][category]
        room -= state.delivered_usd_bn[ACCORD_NEW][category]
        if months > params.delivery_delay_months[category] and room > 0.0:
            quality = params.compliance[category]
            # 2u - 1 is uniform between -1 and 1.
            quality += params.compliance_spread * (2.0 * u_category[category] - 1.0)
            quality = clamp(quality, 0.0, params.delivery_quality_max)
            quality *= 1.0 - params.force_majeure_loss * state.force_majeure
            if state.control[CN][BUYER_FREEZE] > 0:
                quality = 0.0
            amount = state.pledged_usd_bn[ACCORD_NEW][category] / MONTHS_PER_YEAR * quality
            # Of the first month only the days since the signature count.
            amount *= min(1.0, months)
            amount = min(amount, room)
            state.pledge_quality[category] = quality
            state.deliveries_usd_bn_per_month[category] = amount
            state.delivered_usd_bn[ACCORD_NEW][category] += amount
            total += amount
    return total


def due_so_far(state: State) -> float:
    """Returns the deliveries due by today under the new accord, USD bn: a straight line over a
    year."""
    years = (state.day - state.accord_signed) / DAYS_PER_YEAR
    return pledged(state, ACCORD_NEW) * min(1.0, years)


def apply_compliance(state: State, params: Params) -> bool:
    """Compares deliveries with the straight-line schedule; returns whether they are a breach.

    Force majeure reduces the blame for a breach (E256).
    """
    if state.accord_signed == 0 or state.day - state.accord_signed < params.grace_days:
        return False
    if state.pledges_stopped:
        return False
    if pledged(state, ACCORD_NEW) <= 0.0:
        return False
    ratio = safe_div(delivered(state, ACCORD_NEW), due_so_far(state))
    blame = 1.0 - params.force_majeure_excuse * state.force_majeure
    if ratio >= params.breach_ratio:
        state.trust_kept[US] += params.trust_per_month
        return False
    state.breaches += 1
    state.breach_day = state.day
    # 2 - ratio: 1 for the breach, plus the missing share.
    state.trust_broken[US] += params.trust_per_month * blame * (2.0 - ratio)
    return True


def can_catch_up(state: State, params: Params) -> bool:
    """Returns whether China may make up for the shortfall of 2020 by its own choice: something is
    missing, state buyers are free to buy US goods, and neither side has raised duties of late."""
    missing = gap_share(state, ACCORD_PHASE_ONE) > params.catch_up_gap_min
    hiked = max(state.hike_day[US], state.hike_day[CN])
    calm = state.day - hiked > params.catch_up_calm_days
    return missing and calm and state.control[CN][BUYER_FREEZE] == 0


def apply_catch_up(state: State, params: Params) -> None:
    """Records purchases that make up part of the shortfall of 2020 (E260), split among categories
    in proportion to what each still lacks."""
    gap = pledged(state, ACCORD_PHASE_ONE) - delivered(state, ACCORD_PHASE_ONE)
    amount = min(params.catch_up_usd_bn, gap)
    if amount <= 0.0:
        return
    for category in range(N_CATEGORIES):
        missing = state.pledged_usd_bn[ACCORD_PHASE_ONE][category]
        missing -= state.delivered_usd_bn[ACCORD_PHASE_ONE][category]
        state.delivered_usd_bn[ACCORD_PHASE_ONE][category] += amount * max(0.0, missing) / gap
    state.catch_up_usd_bn += amount
    state.softened_day = state.day
    state.trust_kept[US] += 1.0
    apply_relief(state, params, params.relief_per_easing)


def enforcement_met(state: State, params: Params) -> bool:
    """Returns whether China has made up for its shortfall of 2020 as far as those ask in Washington
    who want the old accord enforced before a new one (A10)."""
    return state.catch_up_usd_bn > 0.0 or (
        gap_share(state, ACCORD_PHASE_ONE) <= params.catch_up_gap_min
    )


def penalty_probability(state: State, params: Params) -> float:
    """Returns the probability that the compliance review ends in a penalty duty.

    It rises with the shortfall of the 2020 accord (E259), so catch-up purchases lower it.
    """
    x = params.penalty_base + params.penalty_gap * gap_share(state, ACCORD_PHASE_ONE)
    x += state.weight[US][LEVERAGE] - params.weight[US][LEVERAGE]
    return logistic(x)


def apply_review(state: State, params: Params) -> None:
    """Publishes the agencies' report; the verdict on a penalty is due within
    `review_window_days`."""
    state.review_until = state.day + params.review_window_days


def verdict_hazard(state: State, params: Params) -> float:
    """Returns the probability that the verdict comes today; 1 on the last day of the review."""
    if state.review_until == 0:
        return 0.0
    return 1.0 if state.day >= state.review_until else params.verdict_hazard_per_day


def decide_penalty(state: State, params: Params, u_penalty: float, u_size: float) -> float:
    """Returns the penalty duty in points: 0, the usual step, or the large penalty, as far as the
    authority of the reciprocal duty allows; none while the US is bound by a pause or a cut."""
    if state.forbidden[US][PENALISE] or u_penalty >= penalty_probability(state, params):
        return 0.0
    if is_bound(state, params, US):
        return 0.0
    large = u_size < params.penalty_large_share
    points = params.penalty_large_pp if large else params.hike_step_pp
    return lawful_pp(state, params, RECIPROCAL, points)


def apply_penalty(state: State, params: Params, points: float) -> None:
    """Closes the review; a penalty is announced as an increase of the reciprocal duty."""
    state.review_until = 0
    if points > 0.0:
        apply_hike(state, params, US, RECIPROCAL, points, params.penalty_lead_days)
