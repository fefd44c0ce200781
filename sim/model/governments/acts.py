"""Acts of a government, one row each.

A row says when the act is legal, what it does, how it loads on the features of a choice and how
the chronicle describes it. `vocabulary.Act` holds its code and the sides that may take it.
`CONTRIBUTING.md` explains how to add one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from sim.model.commitments.purchases import apply_catch_up, can_catch_up
from sim.model.controls.measures import (
    apply_crackdown,
    apply_easing,
    apply_measure,
    apply_way_back,
    can_ease,
    can_relax,
    can_tighten,
    is_free_to_tighten,
)
from sim.model.diplomacy.summit import apply_float, can_float
from sim.model.diplomacy.talks import apply_call_request, apply_overture, can_call, can_propose
from sim.model.duties.hikes import apply_pntr, apply_us_hike, can_hike, can_revoke
from sim.model.duties.layers import apply_cut, can_cut
from sim.model.duties.statutes import apply_use, can_use
from sim.model.duties.threats import apply_threat, can_threaten
from sim.model.information.beliefs import apply_delegation, can_send
from sim.model.relations.mood import apply_accusation, apply_rebuke, can_accuse, can_rebuke
from sim.model.tables.codes import (
    BUYER_FREEZE,
    BY_S122,
    BY_S232,
    BY_S301,
    BY_S338,
    CN,
    ENTITIES,
    FENTANYL,
    INBOUND_LIMITS,
    OUTBOUND_LIMITS,
    PORT_FEES,
    PROBES,
    RARE_EARTHS,
    TECH,
    US,
    VISAS,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import CHOICES, N_CHOICES, Act, Feature

F = Feature
Legal = Callable[[State, Params, int], bool]
Effect = Callable[[State, Params, int, float, float], object]


def always(state: State, params: Params, side: int) -> bool:
    """Returns true: the act is legal on every day."""
    return True


def nothing(state: State, params: Params, side: int, u_one: float, u_two: float) -> None:
    """Does nothing."""


@dataclass(frozen=True, slots=True)
class ActRow:
    """Row of an act that a government chooses.

    Loadings are pure numbers that define the feature (one tariff step, one level of control or one
    approach to the other side = 1, hostile acts positive). Their importance is in the weights,
    which are parameters.

    Attributes:
        act: Its code.
        text: Text of the chronicle, after the name of the side. `{other}` is the name of the other
            side, `{their}` its adjective, `{size}` the points of a hike, `{s}` makes their plural.
        brief: The act in the infinitive, for lists of probabilities.
        noun: Noun for the act, so that `no` may precede it.
        legal: Returns whether a side may take it today: a lambda of one line, or a rule.
        effect: Carries it out, with two draws: a lambda of one line, or a rule.
        changes: The fields of the state it may change.
        asks: Whether it needs the other side's consent; `effect` then returns whether it got it.
        loading: Its loading on each feature; 0 if not named.
    """

    act: Act
    text: str
    brief: str
    noun: str
    legal: Legal = always
    effect: Effect = nothing
    changes: tuple[str, ...] = ()
    asks: bool = False
    loading: dict[Feature, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CourseRow:
    """Row of an act that follows from an earlier one and is never chosen: the end of a threat, a
    reply.

    Attributes:
        act: Its code.
        text: As in `ActRow`; `{size}` is its size in points.
        noun: As in `ActRow`.
        replies: Whether it belongs to the phase of replies of a day.
        forced: Whether a scenario may force it.
        forbidden: Whether a scenario may forbid it.
    """

    act: Act
    text: str
    noun: str
    replies: bool = False
    forced: bool = False
    forbidden: bool = False


# Fields that several acts change.
HOSTILE: Final = ("tension", "rapport", "tone", "cause_day")
MARKETS: Final = ("market_stress", "market_shocks")
AVERAGES: Final = ("avg_pct", "announced_pp", "announced_cover")
PENDING: Final = (
    "pending_due", "pending_side", "pending_layer", "pending_pp", "pending_coverage",
    "pending_overflow",
)  # fmt: skip
HIKE: Final = (
    *HOSTILE, *MARKETS, *AVERAGES, *PENDING, "hikes", "hike_day", "recent_hike", "truce_strained",
    "quiet_days", "reply_pp", "reply_since", "provoked_day",
)  # fmt: skip
MEASURE: Final = (
    *HOSTILE, "control", "measures", "measures_since_signing", "recent_measure", "truce_strained",
    "issue_on", "issue_settled", "provoked_day", "tightened_day", "reply_instrument",
)  # fmt: skip
DEBT: Final = ("reply_instrument_since",)
EASING: Final = ("control", "trust_kept", "tension", "tone", "eased_day", "reply_instrument")
STATUTE: Final = (*HOSTILE, "statute_due")
TALKS: Final = ("talks", "talks_resumed_day", "tension", "goodwill_day")

ACTS: Final[tuple[ActRow, ...]] = (
    ActRow(
        Act.WAIT,
        text="waits",
        brief="wait",
        noun="wait",
        loading={F.INERTIA: 1.0},
    ),
    ActRow(
        Act.THREATEN,
        text="threatens a tariff with a deadline",
        brief="threaten a tariff",
        noun="tariff threat",
        legal=lambda s, p, side: can_threaten(s, p),
        effect=lambda s, p, side, u1, u2: apply_threat(s, p, u1, u2),
        changes=(
            *HOSTILE, *MARKETS, "threat_open", "threat_pp", "threat_deadline", "threats_made",
            "recent_threat", "threat_postponed",
        ),
        loading={
            F.LEVERAGE: 1.0, F.COST: -0.7, F.RECIPROCITY: 1.0, F.MARKET: -1.0, F.RAPPORT: -1.0,
            F.AGREEMENT: -0.2, F.PRESSURE: -0.3, F.GRIEVANCE: 0.5, F.CREDIBILITY: 0.3,
        },
    ),
    ActRow(
        Act.HIKE,
        text="raises tariffs on all {their} goods by {size:.0f} point{s}",
        brief="raise tariffs",
        noun="tariff increase",
        legal=can_hike,
        effect=lambda s, p, side, u1, u2: apply_us_hike(s, p),
        changes=HIKE,
        loading={
            F.LEVERAGE: 1.0, F.COST: -1.0, F.RECIPROCITY: 0.5, F.MARKET: -1.0, F.RAPPORT: -1.0,
            F.AGREEMENT: -1.0, F.PRESSURE: -0.5, F.GRIEVANCE: 0.5, F.CREDIBILITY: 1.0,
            F.RELIANCE: 1.0,
        },
    ),
    ActRow(
        Act.TIGHTEN_TECH,
        text="tightens technology controls",
        brief="tighten technology controls",
        noun="tightening of technology controls",
        legal=lambda s, p, side: can_tighten(s, p, side, TECH),
        effect=lambda s, p, side, u1, u2: apply_measure(s, p, side, TECH),
        changes=(*MEASURE, *DEBT),
        loading={
            F.LEVERAGE: 0.6, F.SECURITY: 1.0, F.RECIPROCITY: 0.7, F.RAPPORT: -0.5,
            F.AGREEMENT: -0.08,
        },
    ),
    ActRow(
        Act.LIST_ENTITIES,
        text="blacklists {their} firms",
        brief="list firms",
        noun="blacklisting of firms",
        legal=lambda s, p, side: is_free_to_tighten(s, p, side, ENTITIES),
        effect=lambda s, p, side, u1, u2: apply_measure(s, p, side, ENTITIES),
        changes=(*MEASURE, *DEBT),
        loading={
            F.LEVERAGE: 0.4, F.SECURITY: 0.7, F.RECIPROCITY: 1.0, F.RAPPORT: -0.4,
            F.AGREEMENT: -0.05,
        },
    ),
    ActRow(
        Act.LIMIT_INBOUND,
        text="limits Chinese investment",
        brief="limit Chinese investment",
        noun="limit on Chinese investment",
        legal=lambda s, p, side: can_tighten(s, p, side, INBOUND_LIMITS),
        effect=lambda s, p, side, u1, u2: apply_measure(s, p, side, INBOUND_LIMITS),
        changes=MEASURE,
        loading={F.LEVERAGE: 0.4, F.SECURITY: 1.0, F.RAPPORT: -0.4, F.AGREEMENT: -0.05},
    ),
    ActRow(
        Act.LIMIT_OUTBOUND,
        text="limits US investment in China",
        brief="limit US investment",
        noun="limit on US investment",
        legal=lambda s, p, side: can_tighten(s, p, side, OUTBOUND_LIMITS),
        effect=lambda s, p, side, u1, u2: apply_measure(s, p, side, OUTBOUND_LIMITS),
        changes=MEASURE,
        loading={F.LEVERAGE: 0.4, F.SECURITY: 1.0, F.RAPPORT: -0.4, F.AGREEMENT: -0.05},
    ),
    ActRow(
        Act.SET_PORT_FEES,
        text="charges port fees on {their} ships",
        brief="charge port fees",
        noun="introduction of port fees",
        legal=lambda s, p, side: can_tighten(s, p, side, PORT_FEES),
        effect=lambda s, p, side, u1, u2: apply_measure(s, p, side, PORT_FEES),
        changes=(*MEASURE, *DEBT),
        loading={
            F.LEVERAGE: 0.5, F.SECURITY: 0.6, F.RECIPROCITY: 1.0, F.COST: -0.2,
            F.AGREEMENT: -0.1,
        },
    ),
    ActRow(
        Act.LIMIT_VISAS,
        text="limits and revokes visas",
        brief="limit visas",
        noun="limit on visas",
        legal=lambda s, p, side: can_tighten(s, p, side, VISAS),
        effect=lambda s, p, side, u1, u2: apply_measure(s, p, side, VISAS),
        changes=MEASURE,
        loading={
            F.LEVERAGE: 0.4, F.SECURITY: 0.6, F.RECIPROCITY: 0.5, F.AGREEMENT: -0.05,
        },
    ),
    ActRow(
        Act.REVOKE_PNTR,
        text="revokes permanent normal trade relations",
        brief="end normal trade relations",
        noun="end of normal trade relations",
        legal=can_revoke,
        effect=lambda s, p, side, u1, u2: apply_pntr(s, p),
        changes=HIKE,
        loading={
            F.RED_LINE: 1.0, F.SECURITY: 1.0, F.LEVERAGE: 1.0, F.COST: -2.0, F.MARKET: -2.0,
            F.AGREEMENT: -1.0, F.RAPPORT: -1.0,
        },
    ),
    ActRow(
        Act.EASE_TECH,
        text="relaxes technology controls",
        brief="relax technology controls",
        noun="relaxation of technology controls",
        legal=lambda s, p, side: can_relax(s, p, US, TECH),
        effect=lambda s, p, side, u1, u2: apply_easing(s, p, US, TECH),
        changes=EASING,
        loading={
            F.SECURITY: -1.0, F.LANDMARK: 0.5, F.DEADLINE: 0.5, F.PRESSURE: 0.8,
            F.LEVERAGE: -0.5,
        },
    ),
    ActRow(
        Act.ACCUSE,
        text="accuses {other} of breaking its word",
        brief="accuse",
        noun="accusation of breach",
        legal=can_accuse,
        effect=lambda s, p, side, u1, u2: apply_accusation(s, p, side),
        changes=(*HOSTILE, "accusations", "truce_strained", "trust_broken", "accuse_day"),
        loading={F.GRIEVANCE: 1.0, F.RECIPROCITY: 0.5, F.LANDMARK: -0.3},
    ),
    ActRow(
        Act.CUT_TARIFF,
        text="cuts tariffs unilaterally",
        brief="cut tariffs",
        noun="tariff cut",
        legal=lambda s, p, side: can_cut(s, p),
        effect=lambda s, p, side, u1, u2: apply_cut(s, p, US, p.hike_step_pp),
        changes=(*AVERAGES, "duty_pp", "struck_pp", "threat_in_effect", "cut_day"),
        loading={
            F.LEVERAGE: -1.0, F.COST: 1.0, F.MARKET: 1.0, F.PRESSURE: 1.0, F.LANDMARK: 0.3,
        },
    ),
    ActRow(
        Act.TIGHTEN_RARE_EARTHS,
        text="tightens rare-earth licences",
        brief="tighten rare earths",
        noun="tightening of rare-earth controls",
        legal=lambda s, p, side: can_tighten(s, p, side, RARE_EARTHS),
        effect=lambda s, p, side, u1, u2: apply_measure(s, p, side, RARE_EARTHS),
        changes=(*MEASURE, "minerals_wait_days"),
        loading={
            F.LEVERAGE: 0.8, F.RECIPROCITY: 1.0, F.COST: -0.3, F.AGREEMENT: -0.2,
            F.RAPPORT: -0.3,
        },
    ),
    ActRow(
        Act.FREEZE_PURCHASES,
        text="orders state buyers to stop buying US goods",
        brief="stop buying US goods",
        noun="halt to purchases",
        legal=lambda s, p, side: can_tighten(s, p, side, BUYER_FREEZE),
        effect=lambda s, p, side, u1, u2: apply_measure(s, p, side, BUYER_FREEZE),
        changes=MEASURE,
        loading={F.LEVERAGE: 0.5, F.RECIPROCITY: 0.8, F.COST: -0.3, F.AGREEMENT: -0.3},
    ),
    ActRow(
        Act.OPEN_PROBE,
        text="opens an investigation of a US firm",
        brief="investigate a US firm",
        noun="investigation of a US firm",
        legal=lambda s, p, side: can_tighten(s, p, side, PROBES),
        effect=lambda s, p, side, u1, u2: apply_measure(s, p, side, PROBES),
        changes=MEASURE,
        loading={F.LEVERAGE: 0.3, F.RECIPROCITY: 1.0, F.AGREEMENT: -0.1},
    ),
    ActRow(
        Act.EASE_RARE_EARTHS,
        text="grants more rare-earth licences",
        brief="grant rare-earth licences",
        noun="grant of rare-earth licences",
        legal=lambda s, p, side: can_relax(s, p, CN, RARE_EARTHS),
        effect=lambda s, p, side, u1, u2: apply_easing(s, p, CN, RARE_EARTHS),
        changes=(*EASING, "softened_day", "minerals_wait_days"),
        loading={
            F.LEVERAGE: -0.8, F.LANDMARK: 0.5, F.DEADLINE: 0.5, F.PRESSURE: 0.8, F.DELAY: 0.4,
        },
    ),
    ActRow(
        Act.CATCH_UP_PURCHASES,
        text="buys US goods to make up its 2020 shortfall",
        brief="make up the 2020 shortfall",
        noun="purchase to make up the 2020 shortfall",
        legal=lambda s, p, side: can_catch_up(s, p),
        effect=lambda s, p, side, u1, u2: apply_catch_up(s, p),
        changes=("delivered_usd_bn", "catch_up_usd_bn", "softened_day", "trust_kept", "tension"),
        loading={F.LANDMARK: 0.5, F.PRESSURE: 0.8, F.DELAY: 0.8, F.DEADLINE: 0.8},
    ),
    ActRow(
        Act.REBUKE,
        text="rebukes Washington in public",
        brief="rebuke",
        noun="public rebuke",
        legal=can_rebuke,
        effect=lambda s, p, side, u1, u2: apply_rebuke(s, p),
        changes=("tone", "tension", "trust_broken", "rebuke_day"),
        loading={F.RECIPROCITY: 0.8, F.FACE: 0.5, F.DEADLINE: -0.3},
    ),
    ActRow(
        Act.CRACK_DOWN_PRECURSORS,
        text="acts against makers of fentanyl precursors",
        brief="act on precursors",
        noun="action on precursors",
        legal=lambda s, p, side: not s.precursor_action and s.duty_pp[US][FENTANYL] > 0.0,
        effect=lambda s, p, side, u1, u2: apply_crackdown(s),
        changes=("precursor_action", "softened_day"),
        loading={F.LANDMARK: 0.5, F.PRESSURE: 0.6, F.DELAY: 0.6},
    ),
    ActRow(
        Act.SEEK_TALKS,
        text="proposes talks",
        brief="propose talks",
        noun="proposal of talks",
        legal=can_propose,
        effect=lambda s, p, side, u1, u2: apply_overture(s, p, side, u1),
        changes=TALKS,
        asks=True,
        loading={
            F.LANDMARK: 1.0, F.PRESSURE: 1.0, F.DELAY: 1.0, F.DEADLINE: 1.0, F.MARKET: 1.0,
            F.PROSPECT: 1.0,
        },
    ),
    ActRow(
        Act.CALL_LEADER,
        text="asks for a call between the leaders",
        brief="ask for a call",
        noun="request for a leaders' call",
        legal=can_call,
        effect=lambda s, p, side, u1, u2: apply_call_request(s, p, side, u1),
        changes=(
            *TALKS, "calls", "call_day", "call_by", "rapport", "tone",
            "rounds_in_vain",
        ),
        asks=True,
        loading={
            F.LANDMARK: 0.6, F.PRESSURE: 0.6, F.DELAY: 0.8, F.DEADLINE: 0.7, F.MARKET: 0.4,
            F.FACE: -0.3, F.PROSPECT: 0.6,
        },
    ),
    ActRow(
        Act.FLOAT_SUMMIT,
        text="suggests a leaders' meeting",
        brief="suggest a meeting",
        noun="suggestion of a leaders' meeting",
        legal=can_float,
        effect=lambda s, p, side, u1, u2: apply_float(s, p),
        changes=("summit", "rapport"),
        loading={
            F.LANDMARK: 1.0, F.PRESSURE: 0.5, F.DELAY: 0.5, F.RAPPORT: 0.6, F.FACE: -0.5,
            F.PROSPECT: 1.0,
        },
    ),
    # Each replaces duties that the courts have struck down. A duty on all countries costs more at
    # home for each point of leverage over China; section 338 has never been used.
    ActRow(
        Act.IMPOSE_122,
        text="turns to section 122: a duty on all countries' goods, limited in size and time",
        brief="turn to section 122",
        noun="use of section 122",
        legal=lambda s, p, side: can_use(s, p, BY_S122),
        effect=lambda s, p, side, u1, u2: apply_use(s, p, BY_S122),
        changes=STATUTE,
        loading={
            F.LEVERAGE: 0.6, F.COST: -1.0, F.MARKET: -0.7, F.AGREEMENT: -0.2, F.CREDIBILITY: 0.5,
        },
    ),
    ActRow(
        Act.WIDEN_232,
        text="widens its duties on sectors under section 232",
        brief="widen section 232",
        noun="use of section 232",
        legal=lambda s, p, side: can_use(s, p, BY_S232),
        effect=lambda s, p, side, u1, u2: apply_use(s, p, BY_S232),
        changes=STATUTE,
        loading={F.LEVERAGE: 0.3, F.COST: -0.5, F.SECURITY: 0.5, F.CREDIBILITY: 0.2},
    ),
    ActRow(
        Act.OPEN_301,
        text="opens an inquiry under section 301 to restore its duties",
        brief="open a section 301 inquiry",
        noun="inquiry under section 301",
        legal=lambda s, p, side: can_use(s, p, BY_S301),
        effect=lambda s, p, side, u1, u2: apply_use(s, p, BY_S301),
        changes=STATUTE,
        loading={
            F.LEVERAGE: 0.8, F.COST: -0.5, F.GRIEVANCE: 0.5, F.AGREEMENT: -0.2, F.CREDIBILITY: 0.5,
        },
    ),
    ActRow(
        Act.IMPOSE_338,
        text="turns to section 338: a duty on Chinese goods alone",
        brief="turn to section 338",
        noun="use of section 338",
        legal=lambda s, p, side: can_use(s, p, BY_S338),
        effect=lambda s, p, side, u1, u2: apply_use(s, p, BY_S338),
        changes=STATUTE,
        loading={
            F.LEVERAGE: 1.0, F.COST: -0.7, F.MARKET: -0.7, F.RED_LINE: 0.5, F.AGREEMENT: -0.2,
            F.CREDIBILITY: 0.5,
        },
    ),
    ActRow(
        Act.EASE_CONTROLS,
        text="eases the tightest of its other controls",
        brief="ease another control",
        noun="easing of another control",
        legal=can_ease,
        effect=lambda s, p, side, u1, u2: apply_way_back(s, p, side),
        changes=(*EASING, "softened_day"),
        loading={
            F.LEVERAGE: -0.5, F.SECURITY: -0.6, F.LANDMARK: 0.5, F.DEADLINE: 0.5, F.PRESSURE: 0.8,
        },
    ),
    ActRow(
        Act.SEND_DELEGATION,
        text="sends envoys to Washington to sound out a deal",
        brief="send a delegation",
        noun="delegation",
        legal=can_send,
        effect=apply_delegation,
        changes=(
            "delegation_day", "delegations", "belief_mean", "belief_var", "belief_asks",
        ),
        loading={F.LANDMARK: 0.4, F.PRESSURE: 0.5, F.DELAY: 0.4},
    ),
)  # fmt: skip

COURSES: Final[tuple[CourseRow, ...]] = (
    CourseRow(
        Act.EXECUTE_THREAT,
        text="orders the threatened tariff of {size:.0f} points",
        noun="order of the threatened tariff",
        forced=True,
        forbidden=True,
    ),
    CourseRow(
        Act.POSTPONE_THREAT,
        text="postpones the threatened tariff of {size:.0f} points",
        noun="postponement of the threatened tariff",
        forced=True,
        forbidden=True,
    ),
    CourseRow(
        Act.DROP_THREAT,
        text="drops the threatened tariff of {size:.0f} points",
        noun="withdrawal of the threatened tariff",
        forced=True,
        forbidden=True,
    ),
    CourseRow(
        Act.REPLY_PARTIAL,
        text="answers with duties on lists of US goods",
        noun="duties on lists of US goods in reply",
        replies=True,
        forbidden=True,
    ),
    CourseRow(
        Act.REPLY_MIRROR,
        text="matches the increase with {size:.0f} points on all US goods",
        noun="matching tariff in reply",
        replies=True,
        forbidden=True,
    ),
    CourseRow(
        Act.COUNTER_HIKE,
        text="answers the matching tariff with {size:.0f} more points",
        noun="further tariff after a matching tariff",
        replies=True,
    ),
    CourseRow(
        Act.PENALISE,
        text="ends its reviews with a reciprocal duty of {size:.0f} points under emergency powers",
        noun="penalty duty",
        forbidden=True,
    ),
    CourseRow(
        Act.HOLD_ROUND,
        text="holds a round of talks",
        noun="ministers' round",
        forced=True,
    ),
    CourseRow(
        Act.CROSS_TAIWAN,
        text="crosses China's red line over Taiwan; Beijing breaks off all talks",
        noun="crossing of the red line over Taiwan",
        forced=True,
    ),
)

ROWS: Final[dict[int, ActRow]] = {row.act: row for row in ACTS}
"""Rows of the menu by code; an act of the menu without a row raises an error here."""

if set(ROWS) != {act for act in Act if act in CHOICES} or len(ROWS) != len(ACTS):
    raise ValueError("acts.ACTS must have one row for every choice of vocabulary.Act")

LOADING: Final[tuple[tuple[float, ...], ...]] = tuple(
    tuple(ROWS[Act(code)].loading.get(feature, 0.0) for feature in Feature)
    for code in range(N_CHOICES)
)

ASKING: Final = frozenset(row.act for row in ACTS if row.asks)
"""Acts that need the other side's consent."""
