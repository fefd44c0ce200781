"""Third parties: each has a pace of its own, an event, and one thing that it moves (A18).

Other trading partners of Washington move what their goods cost in the US (B3), a thaw between
Washington and Moscow moves what engagement is worth to China (J2), Taiwan's visits move tension
(J4). Barriers of third countries follow the trade model (G3); here they are only told.
"""

from __future__ import annotations

from sim.economy.arithmetic import clamp
from sim.model.relations.mood import apply_tension
from sim.model.tables.codes import CN, ISSUE_TAIWAN, N_PARTNERS
from sim.model.tables.params import Params
from sim.model.tables.state import State

# --------------------------------------------------------- Washington and its other partners


def others_hazard(state: State, params: Params) -> float:
    """Returns today's probability that Washington threatens another country with duties (E019,
    E316). There is at most one open threat against each."""
    return params.others_threat_per_day if partners_left(state) > 0 else 0.0


def partners_left(state: State) -> int:
    """Returns how many partners Washington has not threatened yet, or no longer threatens."""
    left = 0
    for partner in range(N_PARTNERS):
        if state.others_deadline[partner] == 0:
            left += 1
    return left


def decide_partner(state: State, u: float) -> int:
    """Returns the partner that Washington threatens, each of those left with the same odds; -1 if
    none is left."""
    place = int(u * partners_left(state))
    for partner in range(N_PARTNERS):
        if state.others_deadline[partner] == 0:
            if place == 0:
                return partner
            place -= 1
    return -1


def apply_others_threat(state: State, params: Params, partner: int, u: float) -> None:
    """Threatens a partner with duties from a day on, at any notice between the shortest and the
    longest."""
    span = params.others_notice_max_days - params.others_notice_min_days
    state.others_deadline[partner] = state.day + params.others_notice_min_days + int(span * u)
    state.others_threatened += 1


def is_others_due(state: State, partner: int) -> bool:
    """Returns whether the deadline of the threat against a partner has come."""
    return 0 < state.others_deadline[partner] <= state.day


def others_points(params: Params, partner: int) -> float:
    """Returns the points on imports from all other countries that a duty on one of them makes."""
    return params.others_size_pp * params.others_import_share[partner]


def apply_others_deadline(state: State, params: Params, partner: int, u: float) -> bool:
    """Carries out the threat against a partner, or suspends it for concessions, as it mostly is
    (E019, E022). Returns whether it was carried out."""
    state.others_deadline[partner] = 0
    if u >= params.others_execute_share:
        state.others_spared += 1
        return False
    state.others_executed += 1
    state.others_added_pp += others_points(params, partner)
    return True


def apply_barriers_told(state: State, params: Params, before: float) -> bool:
    """Notes the first time that third countries' barriers pass the level from which they are told;
    returns whether they just did (E266).

    Args:
        state: The state.
        params: The parameters.
        before: The barriers a month ago.
    """
    level = params.barrier_told
    if state.barriers_raised or before >= level or state.third_barrier < level:
        return False
    state.barriers_raised = True
    return True


# ------------------------------------------------------------------------------------- Russia


def thaw_hazard(params: Params) -> float:
    """Returns the probability that Washington and Moscow move closer on a day."""
    return clamp(params.thaw_per_day, 0.0, 1.0)


def apply_thaw(state: State, params: Params) -> None:
    """Brings Washington and Moscow a step closer (E074)."""
    state.thaw += params.thaw_strength * (1.0 - state.thaw)


def engagement_value(state: State, params: Params, side: int) -> float:
    """Returns what the thaw adds to a side's readiness to deal with the other: China would not be
    left alone (E073, E074)."""
    return params.thaw_engagement * state.thaw if side == CN else 0.0


# ------------------------------------------------------------------------------------- Taiwan


def contact_hazard(state: State, params: Params) -> float:
    """Returns today's probability of a small contact between Taiwan and the US.

    It is higher while Taiwan seeks contact, as at the inauguration of 2025 (E127, E128), and once
    the leaders have traded on Taiwan (E183).
    """
    reach = max(state.outreach, state.issue_settled[ISSUE_TAIWAN])
    return clamp(params.contact_per_day * (1.0 + params.outreach_boost * reach), 0.0, 1.0)


def apply_contact(state: State, params: Params) -> None:
    """Lets a delegation from Taiwan visit the US: a small rise in tension, and nothing else."""
    state.taiwan_contacts += 1
    apply_tension(state, params, params.tension_per_contact)


def apply_third_parties_day(state: State, params: Params) -> None:
    """Lets a day pass: a thaw fades, and so does Taiwan's search for contact."""
    state.thaw -= params.thaw_fading_per_day * state.thaw
    state.outreach -= params.outreach_fading_per_day * state.outreach
