"""The acts a government chooses among: who may, when it is legal, how it loads on the features.

To add an act: a name in `vocabulary.Act`, a row in `ACTS`, a line in `is_legal` and one in
`apply_act`, its yearly rate in the parameter file, and its test.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from sim.model.commitments.purchases import apply_catch_up, gap_share
from sim.model.controls.measures import MAX_LEVEL, apply_easing, apply_measure
from sim.model.diplomacy.summit import apply_float
from sim.model.diplomacy.talks import answer_probability, apply_call, apply_talks_agreed
from sim.model.duties.hikes import apply_hike, apply_us_hike
from sim.model.duties.layers import addon_pp, apply_cut
from sim.model.duties.threats import apply_threat
from sim.model.relations.mood import apply_accusation, apply_rebuke, apply_tension
from sim.model.relations.stages import summit_ahead
from sim.model.tables.codes import (
    ACCORD_PHASE_ONE,
    ACCUSE,
    AGREEMENT_NONE,
    BUYER_FREEZE,
    CALL_LEADER,
    CATCH_UP_PURCHASES,
    CN,
    CRACK_DOWN_PRECURSORS,
    CUT_TARIFF,
    EASE_RARE_EARTHS,
    EASE_TECH,
    ENTITIES,
    FENTANYL,
    FLOAT_SUMMIT,
    FREEZE_PURCHASES,
    HIKE,
    INBOUND_LIMITS,
    LIMIT_INBOUND,
    LIMIT_OUTBOUND,
    LIMIT_VISAS,
    LIST_ENTITIES,
    OPEN_PROBE,
    OUTBOUND_LIMITS,
    PNTR,
    PORT_FEES,
    PROBES,
    RARE_EARTHS,
    REBUKE,
    REVOKE_PNTR,
    SEEK_TALKS,
    SET_PORT_FEES,
    SUMMIT_HELD,
    SUMMIT_NONE,
    TALKS_NONE,
    TALKS_STALLED,
    TECH,
    THREATEN,
    TIGHTEN_RARE_EARTHS,
    TIGHTEN_TECH,
    US,
    VISAS,
    WAIT,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Act, Feature, Side

F = Feature


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act: who may take it, what it says, how it loads on the features.

    Loadings are pure numbers that define the feature (one tariff step, one level of control, one
    approach to the other side = 1, hostile positive); what they are worth is in the weights,
    which are parameters.
    """

    act: Act
    sides: tuple[Side, ...]
    text: str
    loading: dict[Feature, float] = field(default_factory=dict)


_US = (Side.US,)
_CN = (Side.CN,)
_BOTH = (Side.US, Side.CN)

ACTS: Final[tuple[ActRow, ...]] = (
    ActRow(Act.WAIT, _BOTH, "waits", {F.INERTIA: 1.0}),
    ActRow(
        Act.THREATEN,
        _US,
        "threatens a tariff with a deadline",
        {
            F.LEVERAGE: 1.0, F.COST: -0.7, F.RECIPROCITY: 1.0, F.MARKET: -1.0, F.RAPPORT: -1.0,
            F.AGREEMENT: -0.2, F.PRESSURE: -0.3, F.GRIEVANCE: 0.5, F.CREDIBILITY: 0.3,
        },
    ),
    ActRow(
        Act.HIKE,
        _US,
        "raises tariffs across the board",
        {
            F.LEVERAGE: 1.0, F.COST: -1.0, F.RECIPROCITY: 0.5, F.MARKET: -1.0, F.RAPPORT: -1.0,
            F.AGREEMENT: -1.0, F.PRESSURE: -0.5, F.GRIEVANCE: 0.5, F.CREDIBILITY: 1.0,
        },
    ),
    ActRow(
        Act.TIGHTEN_TECH,
        _US,
        "tightens technology controls",
        {F.LEVERAGE: 0.6, F.SECURITY: 1.0, F.RECIPROCITY: 0.7, F.RAPPORT: -0.5, F.AGREEMENT: -0.08},
    ),
    ActRow(
        Act.LIST_ENTITIES,
        _BOTH,
        "puts firms of the other side on its list",
        {F.LEVERAGE: 0.4, F.SECURITY: 0.7, F.RECIPROCITY: 1.0, F.RAPPORT: -0.4, F.AGREEMENT: -0.05},
    ),
    ActRow(
        Act.LIMIT_INBOUND,
        _US,
        "limits Chinese investment",
        {F.LEVERAGE: 0.4, F.SECURITY: 1.0, F.RAPPORT: -0.4, F.AGREEMENT: -0.05},
    ),
    ActRow(
        Act.LIMIT_OUTBOUND,
        _US,
        "limits US investment in China",
        {F.LEVERAGE: 0.4, F.SECURITY: 1.0, F.RAPPORT: -0.4, F.AGREEMENT: -0.05},
    ),
    ActRow(
        Act.SET_PORT_FEES,
        _BOTH,
        "sets port fees on the other side's ships",
        {F.LEVERAGE: 0.5, F.SECURITY: 0.6, F.RECIPROCITY: 1.0, F.COST: -0.2, F.AGREEMENT: -0.1},
    ),
    ActRow(
        Act.LIMIT_VISAS,
        _US,
        "limits and revokes visas",
        {F.LEVERAGE: 0.4, F.SECURITY: 0.6, F.RECIPROCITY: 0.5, F.AGREEMENT: -0.05},
    ),
    ActRow(
        Act.REVOKE_PNTR,
        _US,
        "revokes permanent normal trade relations",
        {
            F.RED_LINE: 1.0, F.SECURITY: 1.0, F.LEVERAGE: 1.0, F.COST: -2.0, F.MARKET: -2.0,
            F.AGREEMENT: -1.0, F.RAPPORT: -1.0,
        },
    ),
    ActRow(
        Act.EASE_TECH,
        _US,
        "relaxes a technology curb",
        {F.SECURITY: -1.0, F.LANDMARK: 0.5, F.DEADLINE: 0.5, F.PRESSURE: 0.8, F.LEVERAGE: -0.5},
    ),
    ActRow(
        Act.ACCUSE,
        _BOTH,
        "accuses the other side of breaking its word",
        {F.GRIEVANCE: 1.0, F.RECIPROCITY: 0.5, F.LANDMARK: -0.3},
    ),
    ActRow(
        Act.CUT_TARIFF,
        _US,
        "cuts tariffs on its own",
        {F.LEVERAGE: -1.0, F.COST: 1.0, F.MARKET: 1.0, F.PRESSURE: 1.0, F.LANDMARK: 0.3},
    ),
    ActRow(
        Act.TIGHTEN_RARE_EARTHS,
        _CN,
        "tightens rare-earth licences",
        {F.LEVERAGE: 0.8, F.RECIPROCITY: 1.0, F.COST: -0.3, F.AGREEMENT: -0.2, F.RAPPORT: -0.3},
    ),
    ActRow(
        Act.FREEZE_PURCHASES,
        _CN,
        "tells state buyers to stop buying American",
        {F.LEVERAGE: 0.5, F.RECIPROCITY: 0.8, F.COST: -0.3, F.AGREEMENT: -0.3},
    ),
    ActRow(
        Act.OPEN_PROBE,
        _CN,
        "opens a probe of a US firm",
        {F.LEVERAGE: 0.3, F.RECIPROCITY: 1.0, F.AGREEMENT: -0.1},
    ),
    ActRow(
        Act.EASE_RARE_EARTHS,
        _CN,
        "grants more rare-earth licences",
        {F.LEVERAGE: -0.8, F.LANDMARK: 0.5, F.DEADLINE: 0.5, F.PRESSURE: 0.8, F.DELAY: 0.4},
    ),
    ActRow(
        Act.CATCH_UP_PURCHASES,
        _CN,
        "buys against the gap of 2020",
        {F.LANDMARK: 0.5, F.PRESSURE: 0.8, F.DELAY: 0.8, F.DEADLINE: 0.8},
    ),
    ActRow(
        Act.REBUKE,
        _CN,
        "rebukes Washington in public",
        {F.RECIPROCITY: 0.8, F.FACE: 0.5, F.DEADLINE: -0.3},
    ),
    ActRow(
        Act.CRACK_DOWN_PRECURSORS,
        _CN,
        "acts against makers of fentanyl precursors",
        {F.LANDMARK: 0.5, F.PRESSURE: 0.6, F.DELAY: 0.6},
    ),
    ActRow(
        Act.SEEK_TALKS,
        _BOTH,
        "proposes talks",
        {F.LANDMARK: 1.0, F.PRESSURE: 1.0, F.DELAY: 1.0, F.DEADLINE: 1.0, F.MARKET: 0.5},
    ),
    ActRow(
        Act.CALL_LEADER,
        _BOTH,
        "asks for a call between leaders",
        {
            F.LANDMARK: 0.6, F.PRESSURE: 0.6, F.DELAY: 0.8, F.DEADLINE: 0.7, F.MARKET: 0.4,
            F.FACE: -0.3,
        },
    ),
    ActRow(
        Act.FLOAT_SUMMIT,
        _BOTH,
        "floats a leaders' meeting",
        {F.LANDMARK: 1.0, F.PRESSURE: 0.5, F.DELAY: 0.5, F.RAPPORT: 0.6, F.FACE: -0.5},
    ),
)  # fmt: skip

LOADING: Final[tuple[tuple[float, ...], ...]] = tuple(
    tuple(row.loading.get(feature, 0.0) for feature in Feature) for row in ACTS
)


def is_legal(state: State, params: Params, side: int, act: int) -> bool:
    """Tells whether a side may choose an act today."""
    if params.act_rate[side][act] <= 0.0 or state.forbidden[side][act]:
        return False
    if side == US:
        return us_legal(state, params, act)
    return cn_legal(state, params, act)


def us_legal(state: State, params: Params, act: int) -> bool:
    """Tells whether Washington may choose an act today."""
    if act == THREATEN:
        return not state.threat_open
    if act == HIKE:
        spaced = state.day - state.hike_day[US] >= params.hike_spacing_days
        return spaced and not state.threat_open
    if act == TIGHTEN_TECH:
        return state.control[US][TECH] < MAX_LEVEL
    if act == LIMIT_INBOUND:
        return state.control[US][INBOUND_LIMITS] < 2
    if act == LIMIT_OUTBOUND:
        return state.control[US][OUTBOUND_LIMITS] < 2
    if act == LIMIT_VISAS:
        return state.control[US][VISAS] < 2
    if act == REVOKE_PNTR:
        return state.duty_pp[US][PNTR] <= 0.0
    if act == EASE_TECH:
        return state.control[US][TECH] > 0
    if act == CUT_TARIFF:
        return addon_pp(state, US) > 0.0
    return common_legal(state, params, US, act)


def cn_legal(state: State, params: Params, act: int) -> bool:
    """Tells whether Beijing may choose an act today."""
    if act == TIGHTEN_RARE_EARTHS:
        return state.control[CN][RARE_EARTHS] < MAX_LEVEL
    if act == FREEZE_PURCHASES:
        return state.control[CN][BUYER_FREEZE] == 0
    if act == OPEN_PROBE:
        return state.control[CN][PROBES] < MAX_LEVEL
    if act == EASE_RARE_EARTHS:
        return state.control[CN][RARE_EARTHS] > 0
    if act == CATCH_UP_PURCHASES:
        return gap_share(state, ACCORD_PHASE_ONE) > 0.05
    if act == CRACK_DOWN_PRECURSORS:
        return not state.precursor_action and state.duty_pp[US][FENTANYL] > 0.0
    return common_legal(state, params, CN, act)


def common_legal(state: State, params: Params, side: int, act: int) -> bool:
    """Tells whether an act both sides have is open today."""
    if act == SET_PORT_FEES:
        return state.control[side][PORT_FEES] == 0
    if act == ACCUSE:
        return state.agreement != AGREEMENT_NONE
    if act == SEEK_TALKS:
        return state.talks == TALKS_NONE or state.talks == TALKS_STALLED
    if act == CALL_LEADER:
        near = summit_ahead(state) and state.summit_day - state.day <= 7
        return not near and state.day - state.call_day > params.call_spacing_days
    if act == FLOAT_SUMMIT:
        rested = state.day - state.summit_last_day > params.summit_spacing_days
        return state.summit == SUMMIT_NONE or (state.summit == SUMMIT_HELD and rested)
    return True


def apply_act(
    state: State, params: Params, side: int, act: int, u_one: float, u_two: float
) -> bool:
    """Carries out a chosen act; returns False where it needed a yes and got none."""
    if act == WAIT:
        return True
    if act == SEEK_TALKS or act == CALL_LEADER:
        return apply_approach(state, params, side, act, u_one)
    if act == THREATEN:
        apply_threat(state, params, u_one, u_two)
    elif act == HIKE:
        apply_us_hike(state, params)
    elif act == REVOKE_PNTR:
        apply_pntr(state, params)
    elif act == CUT_TARIFF:
        apply_cut(state, params, US, params.hike_step_pp)
    elif act == ACCUSE:
        apply_accusation(state, params, side)
    elif act == REBUKE:
        apply_rebuke(state, params)
    elif act == EASE_TECH:
        apply_easing(state, params, US, TECH)
    elif act == EASE_RARE_EARTHS:
        apply_easing(state, params, CN, RARE_EARTHS)
    elif act == CATCH_UP_PURCHASES:
        apply_catch_up(state, params)
    elif act == CRACK_DOWN_PRECURSORS:
        state.precursor_action = True
        state.softened_day = state.day
    elif act == FLOAT_SUMMIT:
        apply_float(state, params)
    else:
        apply_measure(state, params, side, instrument_of(act))
    return True


def apply_pntr(state: State, params: Params) -> None:
    """Normal trade relations are revoked: the gravest step, beyond any tariff round (B8)."""
    apply_hike(state, params, US, PNTR, params.pntr_pp, params.pntr_lead_days)
    apply_tension(state, params, params.tension_per_pntr)


def apply_approach(state: State, params: Params, side: int, act: int, u: float) -> bool:
    """Asks the other side for talks or a call; returns whether it said yes."""
    odds = answer_probability(state, params, 1 - side)
    if act == CALL_LEADER:
        # A leader's call is seldom refused once asked for: half of the remaining doubt goes.
        if u >= 0.5 + 0.5 * odds:
            return False
        apply_call(state, params, side)
        return True
    if u >= odds:
        return False
    apply_talks_agreed(state, params)
    return True


def instrument_of(act: int) -> int:
    """Returns the instrument a tightening act works on."""
    if act == LIST_ENTITIES:
        return ENTITIES
    if act == LIMIT_INBOUND or act == OPEN_PROBE:
        return INBOUND_LIMITS
    if act == LIMIT_OUTBOUND or act == FREEZE_PURCHASES:
        return OUTBOUND_LIMITS
    if act == SET_PORT_FEES:
        return PORT_FEES
    if act == LIMIT_VISAS:
        return VISAS
    return TECH
