"""The parameters of the model: every name once, with unit and meaning.

Values live in `scenarios/parameters.yaml`, each with its source and range; a record fresh from
this table is all zeros.
"""

from __future__ import annotations

from collections.abc import Callable

from sim.economy.macro import QUARTERS
from sim.economy.sectors import FIRST_GOOD, GOODS, N_GOODS
from sim.model.tables.fields import field, record
from sim.model.tables.vocabulary import (
    FACTION_NAMES,
    LAYER_NAMES,
    N_CHOICES,
    PRESSURE_NAMES,
    Act,
    Agreement,
    Category,
    Clause,
    Faction,
    Feature,
    Issue,
    Layer,
    PressurePart,
    Side,
    ThreatSize,
    Venue,
)

Index = tuple[int, ...]
N_GRID = 12

CONTRASTS: dict[tuple[int, int], tuple[Feature, ...]] = {
    (Side.US, Faction.DOVES): (Feature.LEVERAGE, Feature.LANDMARK, Feature.SECURITY),
    (Side.US, Faction.HAWKS): (
        Feature.LEVERAGE,
        Feature.LANDMARK,
        Feature.SECURITY,
        Feature.RED_LINE,
    ),
    (Side.US, Faction.CONGRESS): (Feature.SECURITY,),
    (Side.US, Faction.LOBBY): (Feature.LANDMARK, Feature.LEVERAGE),
    (Side.CN, Faction.DOVES): (Feature.LANDMARK, Feature.DELAY),
    (Side.CN, Faction.HAWKS): (Feature.LANDMARK, Feature.RECIPROCITY),
}
"""Which features a faction's contrast touches; elsewhere it is nil by construction."""

WEIGHTS: tuple[tuple[Feature, ...], ...] = (
    (
        Feature.LEVERAGE,
        Feature.COST,
        Feature.RECIPROCITY,
        Feature.DEADLINE,
        Feature.MARKET,
        Feature.PRESSURE,
        Feature.RAPPORT,
        Feature.LANDMARK,
        Feature.RED_LINE,
        Feature.CREDIBILITY,
        Feature.INERTIA,
        Feature.SECURITY,
        Feature.AGREEMENT,
        Feature.GRIEVANCE,
    ),
    (
        Feature.LEVERAGE,
        Feature.COST,
        Feature.RECIPROCITY,
        Feature.DEADLINE,
        Feature.PRESSURE,
        Feature.RAPPORT,
        Feature.FACE,
        Feature.LANDMARK,
        Feature.DELAY,
        Feature.INERTIA,
        Feature.SECURITY,
        Feature.AGREEMENT,
        Feature.GRIEVANCE,
    ),
)
"""Which features a side weighs."""

ACT_RATES: tuple[tuple[Act, ...], ...] = (
    (
        Act.WAIT,
        Act.THREATEN,
        Act.HIKE,
        Act.TIGHTEN_TECH,
        Act.LIST_ENTITIES,
        Act.LIMIT_INBOUND,
        Act.LIMIT_OUTBOUND,
        Act.SET_PORT_FEES,
        Act.LIMIT_VISAS,
        Act.REVOKE_PNTR,
        Act.EASE_TECH,
        Act.ACCUSE,
        Act.CUT_TARIFF,
        Act.SEEK_TALKS,
        Act.CALL_LEADER,
        Act.FLOAT_SUMMIT,
    ),
    (
        Act.WAIT,
        Act.LIST_ENTITIES,
        Act.SET_PORT_FEES,
        Act.ACCUSE,
        Act.TIGHTEN_RARE_EARTHS,
        Act.FREEZE_PURCHASES,
        Act.OPEN_PROBE,
        Act.EASE_RARE_EARTHS,
        Act.CATCH_UP_PURCHASES,
        Act.REBUKE,
        Act.CRACK_DOWN_PRECURSORS,
        Act.SEEK_TALKS,
        Act.CALL_LEADER,
        Act.FLOAT_SUMMIT,
    ),
)
"""Which acts a side may choose; an act without a rate is never legal."""


def _side(i: Index) -> str:
    return Side(i[0]).name.lower()


def _influence(i: Index) -> str | None:
    name = FACTION_NAMES[i[0]][i[1]]
    return f"{_side(i)}.{name}.influence_base" if name else None


def _contrast(i: Index) -> str | None:
    if Feature(i[2]) not in CONTRASTS.get((i[0], i[1]), ()):
        return None
    return f"{_side(i)}.{FACTION_NAMES[i[0]][i[1]]}.contrast.{Feature(i[2]).name.lower()}"


def _weight(i: Index) -> str | None:
    feature = Feature(i[1])
    return f"{_side(i)}.weight.{feature.name.lower()}" if feature in WEIGHTS[i[0]] else None


def _rate(i: Index) -> str | None:
    act = Act(i[1])
    return f"{_side(i)}.rate.{act.name.lower()}" if act in ACT_RATES[i[0]] else None


def _venue(i: Index) -> str | None:
    return f"{_side(i)}.venue.{Venue(i[1]).name.lower()}" if i[1] else None


def _pressure(i: Index) -> str | None:
    return f"{_side(i)}.pressure_rest.{PRESSURE_NAMES[i[0]][i[1]]}"


PRICED_CLAUSES: frozenset[Clause] = frozenset(
    {
        Clause.US_TARIFF_CUT,
        Clause.CN_TARIFF_CUT,
        Clause.US_BROAD_CUT,
        Clause.PURCHASES,
        Clause.TECH,
    }
)
"""Clauses whose worth to both sides the trade block works out."""


def _clause(i: Index) -> str | None:
    clause = Clause(i[1])
    if clause in PRICED_CLAUSES or (i[0], clause) == (Side.US, Clause.MINERALS):
        return None
    return f"clause.{_side(i)}.{clause.name.lower()}_usd_bn"


def _good(column: str, only: Side | None = None) -> Callable[[Index], str | None]:
    """Returns the path of a column of the sector table, for goods of all or one importer."""

    def path(index: Index) -> str | None:
        name = GOODS[index[0]]
        named = only is None or name.startswith(only.name.lower())
        return f"trade.{name}.{column}" if named else None

    return path


def _cover(i: Index) -> str | None:
    names = ("s301", "s232", "reciprocal") if i[1] < FIRST_GOOD[1] else (None, None, "partial")
    return f"trade.{GOODS[i[1]]}.cover_{names[i[0]]}" if names[i[0]] else None


def _base_duty(i: Index) -> str | None:
    name = LAYER_NAMES[i[0]][i[1]] if i[1] == Layer.S301 else None
    return f"{_side(i)}.base_duty.{name}_pp" if name else None


def _reference(i: Index) -> str | None:
    picks = i[0] == Side.US and i[1] in (Layer.S301, Layer.S232, Layer.RECIPROCAL)
    return f"us.coverage_reference.{LAYER_NAMES[0][i[1]]}" if picks else None


def _macro(i: Index) -> str | None:
    name = ("gdp", "prices", "unemployment", "employment")[i[0]]
    return f"macro.us.{name}_after_{QUARTERS[i[1]]}_quarters"


@record
class Params:
    """Everything fixed for a run; arrays are indexed by the enums of their shape."""

    # tariff arithmetic ---------------------------------------------------------------
    avg_seed_base_pct: float = field(
        "tariff.avg_seed_base_pct",
        unit="pct",
        init=0.0,
        meaning="US average duty on China before 2025 on the articles' scale.",
    )
    mfn_pct: list[float] = field(
        "{side}.tariff.mfn_pct",
        unit="pct",
        init=0.0,
        shape=(Side,),
        meaning="Ordinary duty on the other's goods, PIIE scale, before special tariffs.",
    )
    hike_step_pp: float = field(
        "us.hike.step_pp",
        unit="pp",
        init=0.0,
        meaning="Usual across-the-board step.",
    )
    hike_lead_days: int = field(
        "us.hike.lead_days",
        unit="days",
        init=0,
        meaning="Days from announcing a usual step to its start.",
    )
    hike_spacing_days: int = field(
        "us.hike.spacing_days",
        unit="days",
        init=0,
        meaning="Shortest time between two usual steps.",
    )
    fentanyl_cap_pp: float = field(
        "us.fentanyl.cap_pp",
        unit="pp",
        init=0.0,
        meaning="Points the fentanyl label can carry.",
    )
    pntr_pp: float = field(
        "us.pntr.points_pp",
        unit="pp",
        init=0.0,
        meaning="Average points added by ending normal trade relations.",
    )
    pntr_lead_days: int = field(
        "us.pntr.lead_days",
        unit="days",
        init=0,
        meaning="Notice before those rates start.",
    )

    # threats and their resolution ----------------------------------------------------
    size_share: list[float] = field(
        "us.threat.share.{size}",
        unit="share",
        init=0.0,
        shape=(ThreatSize,),
        meaning="Share of threats of 10, 34 and 50 points; the rest are of 100.",
    )
    threat_lead_min_days: int = field(
        "us.threat.lead_min_days",
        unit="days",
        init=0,
        meaning="Shortest notice a threat gives.",
    )
    threat_lead_max_days: int = field(
        "us.threat.lead_max_days",
        unit="days",
        init=0,
        meaning="Longest notice a threat gives.",
    )
    threat_hazard_per_day: float = field(
        "us.threat.hazard_per_day",
        unit="1/day",
        init=0.0,
        meaning="Resolution hazard of a dated threat far from its deadline.",
    )
    threat_hazard_last_week: float = field(
        "us.threat.hazard_last_week",
        unit="1",
        init=0.0,
        least=0.0,
        meaning="Factor on it 5 to 8 days before.",
    )
    threat_hazard_last_days: float = field(
        "us.threat.hazard_last_days",
        unit="1",
        init=0.0,
        least=0.0,
        meaning="Factor 2 to 4 days before.",
    )
    threat_hazard_last_day: float = field(
        "us.threat.hazard_last_day",
        unit="1",
        init=0.0,
        least=0.0,
        meaning="Factor on the eve.",
    )
    threat_execute_share: float = field(
        "us.threat.execute_share",
        unit="probability",
        init=0.0,
        meaning="Base share of resolved deadlines that are executed.",
    )
    threat_postpone_share: float = field(
        "us.threat.postpone_share",
        unit="probability",
        init=0.0,
        meaning="Base share that are postponed rather than dropped.",
    )
    threat_softened_effect: float = field(
        "us.threat.softened_effect",
        unit="log_odds",
        init=0.0,
        meaning="Drop in the log odds of execution if China softened within 30 days.",
    )
    threat_agreement_effect: float = field(
        "us.threat.agreement_effect",
        unit="log_odds",
        init=0.0,
        meaning="Same for an agreement in force at full strength.",
    )
    threat_market_effect: float = field(
        "us.threat.market_effect",
        unit="log_odds",
        init=0.0,
        meaning="Same at full market stress.",
    )
    threat_summit_effect: float = field(
        "us.threat.summit_effect",
        unit="log_odds",
        init=0.0,
        meaning="Same while a leaders' meeting is dated within three weeks.",
    )
    threat_early_effect: float = field(
        "us.threat.early_effect",
        unit="log_odds",
        init=0.0,
        meaning="Same more than a day before the deadline.",
    )

    # counter-hikes after a full mirror -----------------------------------------------
    counter_window_days: int = field(
        "us.counter.window_days",
        unit="days",
        init=0,
        meaning="Days after a mirror in which a counter-hike may come.",
    )
    counter_hazard_per_day: float = field(
        "us.counter.hazard_per_day",
        unit="1/day",
        init=0.0,
        meaning="Hazard of a counter-hike in that window.",
    )
    counter_fatigue: float = field(
        "us.counter.fatigue",
        unit="1",
        init=0.0,
        meaning="Log fall of that hazard with each counter-hike made.",
    )
    counter_market_effect: float = field(
        "us.counter.market_effect",
        unit="1",
        init=0.0,
        meaning="Log fall of that hazard at full market stress.",
    )

    # china's reply -------------------------------------------------------------------
    reply_hazard_per_day: float = field(
        "cn.reply.hazard_per_day",
        unit="1/day",
        init=0.0,
        meaning="Geometric chance a day that an owed reply comes.",
    )
    reply_probability: float = field(
        "cn.reply.probability",
        unit="probability",
        init=0.0,
        meaning="Chance that a China-wide hike is answered at all.",
    )
    mirror_threshold_pp: float = field(
        "cn.reply.mirror_threshold_pp",
        unit="pp",
        init=0.0,
        meaning="Size at which a mirror is as likely as a measured reply.",
    )
    mirror_softness_pp: float = field(
        "cn.reply.mirror_softness_pp",
        unit="pp",
        init=0.0,
        meaning="Width of that switch.",
    )
    mirror_ratio: float = field(
        "cn.reply.mirror_ratio",
        unit="1",
        init=0.0,
        least=0.0,
        meaning="Points of a mirror per US point.",
    )
    partial_reply_rate_pp: float = field(
        "cn.reply.partial_rate_pp",
        unit="pp",
        init=0.0,
        meaning="Rate of a measured reply on the goods it covers.",
    )
    partial_cover_min: float = field(
        "cn.reply.partial_cover_min",
        unit="share",
        init=0.0,
        meaning="Smallest share of US goods a measured reply covers.",
    )
    partial_cover_max: float = field(
        "cn.reply.partial_cover_max",
        unit="share",
        init=0.0,
        meaning="Largest share.",
    )
    partial_lead_days: int = field(
        "cn.reply.partial_lead_days",
        unit="days",
        init=0,
        meaning="Days from announcing a measured reply to its start.",
    )
    reply_control_probability: float = field(
        "cn.reply.control_probability",
        unit="probability",
        init=0.0,
        meaning="Chance that a control comes with the reply.",
    )
    kind_hazard_port_per_day: float = field(
        "reply.kind.port_hazard_per_day",
        unit="1/day",
        init=0.0,
        meaning="Pace of an answer in kind to port fees.",
    )
    kind_hazard_control_per_day: float = field(
        "reply.kind.control_hazard_per_day",
        unit="1/day",
        init=0.0,
        meaning="Pace of an answer in kind to a control.",
    )
    kind_probability_port: float = field(
        "reply.kind.port_probability",
        unit="probability",
        init=0.0,
        meaning="Chance that port fees are answered.",
    )
    kind_probability_control: float = field(
        "reply.kind.control_probability",
        unit="probability",
        init=0.0,
        meaning="Chance that a control or listing is answered.",
    )

    # agreements and truces -----------------------------------------------------------
    agreement_strength: list[float] = field(
        "agreement.strength.{level}",
        unit="share",
        init=0.0,
        shape=(Agreement,),
        meaning="How binding an agreement of that level is.",
    )
    strain_discount: float = field(
        "agreement.strain_discount",
        unit="share",
        init=0.0,
        meaning="Part of its strength a strained agreement loses.",
    )
    truce_length_days: int = field(
        "truce.length_days",
        unit="days",
        init=0,
        meaning="Length of a truce and of each extension.",
    )
    truce_residual_pp: float = field(
        "truce.residual_pp",
        unit="pp",
        init=0.0,
        meaning="Reciprocal points each side keeps under a truce.",
    )
    truce_suspended_share: float = field(
        "truce.suspended_share",
        unit="share",
        init=0.0,
        meaning="Share of the cut that is only suspended and snaps back.",
    )
    conflict_addon_pp: float = field(
        "class.conflict_addon_pp",
        unit="pp",
        init=0.0,
        meaning="US add-on from which a path counts as conflict.",
    )
    extension_last_day: float = field(
        "truce.extension_last_day",
        unit="1/day",
        init=0.0,
        meaning="Pace of a telephone extension on the last day.",
    )
    extension_last_days: float = field(
        "truce.extension_last_days",
        unit="1/day",
        init=0.0,
        meaning="Same two to five days before.",
    )

    # review clocks, noise, factions --------------------------------------------------
    review_per_day: list[float] = field(
        "{side}.review_per_day",
        unit="1/day",
        init=0.0,
        shape=(Side,),
        meaning="Pace of a side's own review clock.",
    )
    review_deadline_boost: float = field(
        "review.deadline_boost",
        unit="1",
        init=0.0,
        meaning="Rise of that pace at a deadline.",
    )
    review_reaction_boost: float = field(
        "review.reaction_boost",
        unit="1",
        init=0.0,
        meaning="Rise of that pace after acts of the other side.",
    )
    deadline_scale_days: float = field(
        "deadline.scale_days",
        unit="days",
        init=0.0,
        meaning="Distance at which a deadline's pull falls to a third.",
    )
    attention_recovery_per_day: float = field(
        "us.attention_recovery_per_day",
        unit="1/day",
        init=0.0,
        meaning="Pace at which attention to China returns to full.",
    )
    noise: list[float] = field(
        "{side}.noise",
        unit="1",
        init=0.0,
        shape=(Side,),
        least=0.0,
        meaning="Noise of choice; 1 by definition, 0 takes the best act.",
    )
    autonomy: list[float] = field(
        "{side}.leader.autonomy",
        unit="share",
        init=0.0,
        shape=(Side,),
        meaning="Weight of the leader's own mind against the factions'.",
    )
    influence_base: list[list[float]] = field(
        _influence,
        unit="share",
        init=0.0,
        shape=(Side, Faction),
        meaning="Influence of a faction at which contrasts are nil.",
    )
    contrast: list[list[list[float]]] = field(
        _contrast,
        unit="1",
        init=0.0,
        shape=(Side, Faction, Feature),
        meaning="What full influence of a faction adds to a feature's weight.",
    )
    weight: list[list[float]] = field(
        _weight,
        unit="1",
        init=0.0,
        shape=(Side, Feature),
        meaning="Weight of a feature in a side's utility.",
    )
    prohibitive_pp: float = field(
        "us.prohibitive_pp",
        unit="pp",
        init=0.0,
        meaning="Add-on at which one more step is shunned as much as the trade block's scale cost.",
    )
    leverage_spent: float = field(
        "us.leverage_spent",
        unit="share",
        init=0.0,
        meaning="Part of the worth of a new bargaining chip that an agreement in force takes away.",
    )
    cost_scale_usd_bn: list[float] = field(
        "{side}.cost_scale_usd_bn",
        unit="usd_bn_per_year",
        init=0.0,
        shape=(Side,),
        least=0.001,
        meaning="Yearly own cost of ten points that counts as 1 in the cost feature.",
    )
    act_rate: list[list[float]] = field(
        _rate,
        unit="1/year",
        init=0.0,
        shape=(Side, N_CHOICES),
        meaning="Yearly rate of an act among own-initiative choices, features at zero.",
    )
    loading: list[list[float]] = field(
        "",
        unit="1",
        init=0.0,
        shape=(N_CHOICES, Feature),
        meaning="How an act loads on the features: `acts.ACTS`, where compiled code reads it fast.",
    )

    # talks, calls and rounds ---------------------------------------------------------
    answer_base: list[float] = field(
        "{side}.answer.base",
        unit="log_odds",
        init=0.0,
        shape=(Side,),
        meaning="Log odds of answering yes to talks at zero pressure, tension and trust.",
    )
    answer_pressure: float = field(
        "answer.pressure",
        unit="log_odds",
        init=0.0,
        meaning="Rise of those odds at full pressure.",
    )
    answer_tension: float = field(
        "answer.tension",
        unit="log_odds",
        init=0.0,
        meaning="Fall at full tension.",
    )
    answer_trust: float = field(
        "answer.trust",
        unit="log_odds",
        init=0.0,
        meaning="Rise at full trust.",
    )
    answer_delay: float = field(
        "cn.answer.delay",
        unit="log_odds",
        init=0.0,
        meaning="Rise for China while a threat is open.",
    )
    round_hazard_per_day: float = field(
        "round.hazard_per_day",
        unit="1/day",
        init=0.0,
        meaning="Pace of ministers' rounds while talks run.",
    )
    round_hazard_summit_per_day: float = field(
        "round.hazard_summit_per_day",
        unit="1/day",
        init=0.0,
        meaning="Same in the fortnight before a dated summit without one.",
    )
    round_spacing_days: int = field(
        "round.spacing_days",
        unit="days",
        init=0,
        meaning="Shortest time between rounds.",
    )
    round_after_call: float = field(
        "round.after_call",
        unit="1",
        init=0.0,
        meaning="Factor on the pace in the fortnight after a leaders' call.",
    )
    round_deadline_boost: float = field(
        "round.deadline_boost",
        unit="1",
        init=0.0,
        meaning="Rise of the pace at a deadline.",
    )
    stall_hazard_per_day: float = field(
        "talks.stall_hazard_per_day",
        unit="1/day",
        init=0.0,
        meaning="Pace at which running talks stall.",
    )
    stall_tension: float = field(
        "talks.stall_tension",
        unit="1",
        init=0.0,
        meaning="Rise of that pace at full tension.",
    )
    stall_after_truce: float = field(
        "talks.stall_after_truce",
        unit="1",
        init=0.0,
        meaning="Factor in the month after a truce.",
    )
    stall_after_hike: float = field(
        "talks.stall_after_hike",
        unit="1",
        init=0.0,
        meaning="Rise after a fresh US hike.",
    )
    stall_before_summit: float = field(
        "talks.stall_before_summit",
        unit="1",
        init=0.0,
        meaning="Factor while a summit is dated.",
    )
    call_spacing_days: int = field(
        "leaders.call_spacing_days",
        unit="days",
        init=0,
        meaning="Shortest time between leader calls.",
    )
    belief_shrink: float = field(
        "belief.shrink",
        unit="1",
        init=0.0,
        meaning="Factor on the variance of beliefs at each contact.",
    )
    belief_speed: float = field(
        "belief.speed",
        unit="1",
        init=0.0,
        meaning="Step of the believed mean towards the truth at a round.",
    )
    belief_offset: float = field(
        "belief.offset",
        unit="utility",
        init=0.0,
        meaning="What each side adds to the other's priced gain when guessing it.",
    )

    # summit ladder, venue, effects ---------------------------------------------------
    venue_taste: list[list[float]] = field(
        _venue,
        unit="utility",
        init=0.0,
        shape=(Side, Venue),
        meaning="Liking of a side for a venue.",
    )
    face_cost: float = field(
        "cn.face_cost",
        unit="utility",
        init=0.0,
        meaning="Face China loses in Washington at zero duties.",
    )
    face_mar_a_lago_share: float = field(
        "cn.face_mar_a_lago_share",
        unit="share",
        init=0.0,
        meaning="Share of it at Mar-a-Lago.",
    )
    face_per_100pp: float = field(
        "cn.face_per_100pp",
        unit="1",
        init=0.0,
        meaning="Rise of face cost with 100 points of US add-on.",
    )
    face_per_humiliation: float = field(
        "cn.face_per_humiliation",
        unit="1",
        init=0.0,
        meaning="Rise with a fresh public scolding of a guest.",
    )
    face_step_effect: float = field(
        "summit.face_step_effect",
        unit="1",
        init=0.0,
        meaning="Log slowing of the ladder by a unit of face cost.",
    )
    summit_agree_per_day: float = field(
        "summit.agree_per_day",
        unit="1/day",
        init=0.0,
        meaning="Pace from floated to agreed.",
    )
    summit_date_per_day: float = field(
        "summit.date_per_day",
        unit="1/day",
        init=0.0,
        meaning="Pace from agreed to dated.",
    )
    summit_talks_boost: float = field(
        "summit.talks_boost",
        unit="1",
        init=0.0,
        meaning="Factor on the first pace while talks run.",
    )
    summit_call_boost: float = field(
        "summit.call_boost",
        unit="1",
        init=0.0,
        meaning="Factor in the fortnight after a call.",
    )
    summit_tension_effect: float = field(
        "summit.tension_effect",
        unit="1",
        init=0.0,
        meaning="Log slowing of the ladder at full tension.",
    )
    summit_lapse_per_day: float = field(
        "summit.lapse_per_day",
        unit="1/day",
        init=0.0,
        meaning="Pace at which an undated meeting is forgotten.",
    )
    summit_lead_min_days: int = field(
        "summit.lead_min_days",
        unit="days",
        init=0,
        meaning="Shortest notice of a dated summit without a calendar slot.",
    )
    summit_slot_lead_days: int = field(
        "summit.slot_lead_days",
        unit="days",
        init=0,
        meaning="Shortest notice of a summit on a slot of the calendar, where both travel anyway.",
    )
    summit_lead_max_days: int = field(
        "summit.lead_max_days",
        unit="days",
        init=0,
        meaning="Longest notice.",
    )
    summit_spacing_days: int = field(
        "summit.spacing_days",
        unit="days",
        init=0,
        meaning="Rest after a meeting before another is floated.",
    )
    confirm_us_per_day: float = field(
        "summit.confirm_us_per_day",
        unit="1/day",
        init=0.0,
        meaning="Pace of US confirmation in the last three weeks.",
    )
    confirm_host_per_day: float = field(
        "summit.confirm_host_per_day",
        unit="1/day",
        init=0.0,
        meaning="Pace of the host's confirmation after that.",
    )
    confirm_cn_per_day: float = field(
        "summit.confirm_cn_per_day",
        unit="1/day",
        init=0.0,
        meaning="Pace of China's confirmation 4 to 10 days before.",
    )
    confirm_cn_last_days_per_day: float = field(
        "summit.confirm_cn_last_days_per_day",
        unit="1/day",
        init=0.0,
        meaning="Same in the last three days.",
    )
    cancel_per_day: float = field(
        "summit.cancel_per_day",
        unit="1/day",
        init=0.0,
        meaning="Pace at which a dated summit slips in calm.",
    )
    cancel_after_hike: float = field(
        "summit.cancel_after_hike",
        unit="1/day",
        init=0.0,
        meaning="Rise after a fresh hike or threat.",
    )
    cancel_per_face: float = field(
        "summit.cancel_per_face",
        unit="1/day",
        init=0.0,
        meaning="Rise with a unit of face cost.",
    )
    failure_base: float = field(
        "summit.failure_base",
        unit="probability",
        init=0.0,
        meaning="Chance that a meeting ends in open discord, in calm.",
    )
    failure_tension: float = field(
        "summit.failure_tension",
        unit="probability",
        init=0.0,
        meaning="Rise of that chance at full tension.",
    )
    humiliation_hazard: float = field(
        "summit.humiliation_hazard",
        unit="probability",
        init=0.0,
        meaning="Chance of a public scolding where China is the guest.",
    )
    optimism_per_confirmation: float = field(
        "summit.optimism_per_confirmation",
        unit="share",
        init=0.0,
        meaning="Optimism each confirmation adds.",
    )
    optimism_rest: float = field(
        "summit.optimism_rest",
        unit="share",
        init=0.0,
        meaning="Optimism with no meeting in view.",
    )

    # packages and their worth --------------------------------------------------------
    horizon_days: int = field(
        "bargain.horizon_days",
        unit="days",
        init=0,
        meaning="Horizon over which a package is valued.",
    )
    utility_per_usd_bn: list[float] = field(
        "{side}.bargain.utility_per_usd_bn",
        unit="utility_per_usd_bn",
        init=0.0,
        shape=(Side,),
        meaning="Utility of a billion dollars.",
    )
    aspiration: list[float] = field(
        "{side}.bargain.aspiration",
        unit="utility",
        init=0.0,
        shape=(Side,),
        meaning="Demand beyond the walk-away value far from a deadline.",
    )
    concession_days: float = field(
        "bargain.concession_days",
        unit="days",
        init=0.0,
        meaning="Days to a deadline at which half the demand has gone.",
    )
    leverage_usd_bn: list[float] = field(
        "{side}.bargain.leverage_usd_bn",
        unit="usd_bn_per_year",
        init=0.0,
        shape=(Side,),
        meaning="What ten points of its own tariff are worth to a side as leverage and to voters.",
    )
    headline_cost: list[float] = field(
        "{side}.bargain.headline_cost",
        unit="utility",
        init=0.0,
        shape=(Side,),
        meaning="Cost of being seen to concede in anything beyond a truce or an extension.",
    )
    landmark_bonus: list[float] = field(
        "{side}.bargain.landmark_bonus",
        unit="utility",
        init=0.0,
        shape=(Side,),
        meaning="Glory of a landmark deal signed by leaders.",
    )
    issue_weight: list[list[float]] = field(
        "{side}.issue.{issue}",
        unit="utility",
        init=0.0,
        shape=(Side, Issue),
        meaning="Political worth to a side of settling an issue (negative = a concession).",
    )
    gain_pressure: float = field(
        "bargain.pressure",
        unit="utility",
        init=0.0,
        meaning="Rise of a package's worth at full domestic pressure.",
    )
    gain_tension: float = field(
        "bargain.tension",
        unit="utility",
        init=0.0,
        meaning="Fall at full tension.",
    )
    gain_strain: float = field(
        "bargain.strain",
        unit="utility",
        init=0.0,
        meaning="Fall of the worth of prolonging a truce that five or more measures have eroded.",
    )
    gain_trust: float = field(
        "bargain.trust",
        unit="utility",
        init=0.0,
        meaning="Rise at full trust for packages that rest on promises.",
    )
    relief_pp: float = field(
        "us.bargain.relief_pp",
        unit="pp",
        init=0.0,
        meaning="Points the US cuts for purchases or investment.",
    )
    fentanyl_tranche_pp: float = field(
        "us.bargain.fentanyl_tranche_pp",
        unit="pp",
        init=0.0,
        meaning="Points cut for action on precursors.",
    )
    pledge_usd_bn_per_year: float = field(
        "cn.pledge_usd_bn_per_year",
        unit="usd_bn_per_year",
        init=0.0,
        meaning="Purchases pledged in a package.",
    )
    pledge_share: list[float] = field(
        "cn.pledge_share.{category}",
        unit="share",
        init=0.0,
        shape=(Category,),
        meaning="Share of a category in a pledge.",
    )
    investment_usd_bn: float = field(
        "cn.investment_offer_usd_bn",
        unit="usd_bn",
        init=0.0,
        meaning="Size of China's investment offer.",
    )
    investment_jobs: float = field(
        "cn.investment_jobs",
        unit="jobs",
        init=0.0,
        meaning="US jobs that go with the whole offer.",
    )
    inbound_loss_per_level: float = field(
        "us.inbound_loss_per_level",
        unit="share",
        init=0.0,
        meaning="Part of the offer each level of inbound limits takes away.",
    )

    # purchases and compliance --------------------------------------------------------
    compliance: list[float] = field(
        "cn.compliance.{category}",
        unit="share",
        init=0.0,
        shape=(Category,),
        meaning="Mean share of a month's pledge delivered.",
    )
    compliance_spread: float = field(
        "cn.compliance_spread",
        unit="share",
        init=0.0,
        meaning="Half-width of a month's luck about that mean.",
    )
    delivery_delay_months: list[float] = field(
        "cn.delivery_delay_months.{category}",
        unit="months",
        init=0.0,
        shape=(Category,),
        meaning="Months before deliveries start.",
    )
    force_majeure_loss: float = field(
        "purchases.force_majeure_loss",
        unit="share",
        init=0.0,
        meaning="Deliveries lost at full force majeure.",
    )
    force_majeure_excuse: float = field(
        "purchases.force_majeure_excuse",
        unit="share",
        init=0.0,
        meaning="Blame forgiven at full force majeure.",
    )
    force_majeure_fading_per_day: float = field(
        "purchases.force_majeure_fading_per_day",
        unit="1/day",
        init=0.0,
        meaning="Fading of such a shock.",
    )
    grace_days: int = field(
        "purchases.grace_days",
        unit="days",
        init=0,
        meaning="Days before deliveries are judged.",
    )
    breach_ratio: float = field(
        "purchases.breach_ratio",
        unit="share",
        init=0.0,
        meaning="Share of the straight-line schedule below which it is a breach.",
    )
    trust_per_month: float = field(
        "trust.per_month",
        unit="count",
        init=0.0,
        meaning="Weight of a month's compliance in the count of promises.",
    )
    catch_up_usd_bn: float = field(
        "cn.catch_up_usd_bn",
        unit="usd_bn",
        init=0.0,
        meaning="Size of one catch-up purchase.",
    )
    penalty_base: float = field(
        "us.penalty.base",
        unit="log_odds",
        init=0.0,
        meaning="Log odds of a penalty verdict with full compliance.",
    )
    penalty_gap: float = field(
        "us.penalty.gap",
        unit="log_odds",
        init=0.0,
        meaning="Rise with the gap of the accord of 2020.",
    )
    penalty_large_pp: float = field(
        "us.penalty.large_pp",
        unit="pp",
        init=0.0,
        meaning="The large penalty step.",
    )
    penalty_large_share: float = field(
        "us.penalty.large_share",
        unit="share",
        init=0.0,
        meaning="Share of penalties that are large.",
    )
    penalty_lead_days: int = field(
        "us.penalty.lead_days",
        unit="days",
        init=0,
        meaning="Notice of a penalty duty.",
    )
    review_window_days: int = field(
        "us.review.window_days",
        unit="days",
        init=0,
        meaning="Days after the reports in which the verdict falls.",
    )
    verdict_hazard_per_day: float = field(
        "us.review.verdict_hazard_per_day",
        unit="1/day",
        init=0.0,
        meaning="Pace of the verdict in that window.",
    )

    # tension, rapport, trust, markets ------------------------------------------------
    tension_rest: float = field(
        "tension.rest",
        unit="share",
        init=0.0,
        meaning="Level tension drifts to without news.",
    )
    tension_floor: float = field(
        "tension.floor",
        unit="share",
        init=0.0,
        meaning="Level no deal goes below: structural disputes stay.",
    )
    incident_per_day: float = field(
        "shock.incident_per_day",
        unit="1/day",
        init=0.0,
        meaning="Pace of incidents at half tension.",
    )
    crisis_share: float = field(
        "shock.crisis_share",
        unit="share",
        init=0.0,
        meaning="Share of incidents that are a crisis.",
    )
    tension_per_incident: float = field(
        "tension.per_incident",
        unit="share",
        init=0.0,
        meaning="Jump at an incident.",
    )
    tension_per_crisis: float = field(
        "tension.per_crisis",
        unit="share",
        init=0.0,
        meaning="Jump at a crisis.",
    )
    crisis_market_pp: float = field(
        "shock.crisis_market_pp",
        unit="pp",
        init=0.0,
        meaning="Points of tariff a crisis counts for on markets.",
    )
    tension_reversion_per_day: float = field(
        "tension.reversion_per_day",
        unit="1/day",
        init=0.0,
        meaning="Daily drift of tension to rest.",
    )
    tension_per_hike: float = field(
        "tension.per_hike",
        unit="share",
        init=0.0,
        meaning="Jump at any hike.",
    )
    tension_per_hike_pp: float = field(
        "tension.per_hike_pp",
        unit="share",
        init=0.0,
        meaning="Further jump a point.",
    )
    tension_per_threat: float = field(
        "tension.per_threat",
        unit="share",
        init=0.0,
        meaning="Jump at any threat.",
    )
    tension_per_threat_pp: float = field(
        "tension.per_threat_pp",
        unit="share",
        init=0.0,
        meaning="Further jump a point.",
    )
    tension_per_measure: float = field(
        "tension.per_measure",
        unit="share",
        init=0.0,
        meaning="Jump at a non-tariff measure.",
    )
    tension_per_pntr: float = field(
        "tension.per_pntr",
        unit="share",
        init=0.0,
        meaning="Further jump at the end of normal trade relations.",
    )
    tension_per_accusation: float = field(
        "tension.per_accusation",
        unit="share",
        init=0.0,
        meaning="Jump at an accusation of breach.",
    )
    tension_per_rebuke: float = field(
        "tension.per_rebuke",
        unit="share",
        init=0.0,
        meaning="Jump at a public rebuke.",
    )
    tension_per_slip: float = field(
        "tension.per_slip",
        unit="share",
        init=0.0,
        meaning="Jump when a dated summit slips.",
    )
    tension_per_failure: float = field(
        "tension.per_failure",
        unit="share",
        init=0.0,
        meaning="Jump when a summit fails in public.",
    )
    tension_per_snapback: float = field(
        "tension.per_snapback",
        unit="share",
        init=0.0,
        meaning="Jump when a truce lapses.",
    )
    relief_per_contact: float = field(
        "tension.relief_per_contact",
        unit="share",
        init=0.0,
        meaning="Share of excess tension a contact takes away.",
    )
    relief_per_confirmation: float = field(
        "tension.relief_per_confirmation",
        unit="share",
        init=0.0,
        meaning="Same, a confirmed date.",
    )
    relief_per_easing: float = field(
        "tension.relief_per_easing",
        unit="share",
        init=0.0,
        meaning="Same, an easing.",
    )
    relief_per_meeting: float = field(
        "tension.relief_per_meeting",
        unit="share",
        init=0.0,
        meaning="Same, a summit that does not fail.",
    )
    relief_per_truce: float = field(
        "tension.relief_per_truce",
        unit="share",
        init=0.0,
        meaning="Same, a truce.",
    )
    relief_per_extension: float = field(
        "tension.relief_per_extension",
        unit="share",
        init=0.0,
        meaning="Same, an extension.",
    )
    relief_per_deal: float = field(
        "tension.relief_per_deal",
        unit="share",
        init=0.0,
        meaning="Same, a comprehensive deal.",
    )
    rapport_buffer: float = field(
        "rapport.buffer",
        unit="share",
        init=0.0,
        meaning="Part of a jump in tension that full rapport absorbs.",
    )
    rapport_rest: float = field(
        "rapport.rest",
        unit="share",
        init=0.0,
        meaning="Rapport without contact.",
    )
    rapport_reversion_per_day: float = field(
        "rapport.reversion_per_day",
        unit="1/day",
        init=0.0,
        meaning="Daily drift of rapport to rest.",
    )
    rapport_overestimate: float = field(
        "us.rapport_overestimate",
        unit="share",
        init=0.0,
        meaning="How much warmer Washington expects rapport to be.",
    )
    rapport_per_call: float = field(
        "rapport.per_call",
        unit="share",
        init=0.0,
        meaning="Rise at a leaders' call.",
    )
    rapport_per_meeting: float = field(
        "rapport.per_meeting",
        unit="share",
        init=0.0,
        meaning="Rise at a meeting.",
    )
    rapport_per_pageantry: float = field(
        "rapport.per_pageantry",
        unit="share",
        init=0.0,
        meaning="Further rise with a state visit in Beijing.",
    )
    rapport_per_float: float = field(
        "rapport.per_float",
        unit="share",
        init=0.0,
        meaning="Rise when a meeting is talked about.",
    )
    rapport_per_hike: float = field(
        "rapport.per_hike",
        unit="share",
        init=0.0,
        meaning="Fall at a hike.",
    )
    rapport_per_threat: float = field(
        "rapport.per_threat",
        unit="share",
        init=0.0,
        meaning="Fall at a threat.",
    )
    rapport_per_measure: float = field(
        "rapport.per_measure",
        unit="share",
        init=0.0,
        meaning="Fall at a non-tariff measure.",
    )
    tone_rest: list[float] = field(
        "{side}.tone_rest",
        unit="share",
        init=0.0,
        shape=(Side,),
        meaning="Public tone without news.",
    )
    tone_reversion_per_day: float = field(
        "tone.reversion_per_day",
        unit="1/day",
        init=0.0,
        meaning="Daily drift of tone to rest.",
    )
    memory_hike_per_day: float = field(
        "memory.hike_per_day",
        unit="1/day",
        init=0.0,
        meaning="Daily factor on the memory of hikes and threats.",
    )
    memory_measure_per_day: float = field(
        "memory.measure_per_day",
        unit="1/day",
        init=0.0,
        meaning="Daily factor on the memory of controls.",
    )
    trust_memory_per_day: float = field(
        "trust.memory_per_day",
        unit="1/day",
        init=0.0,
        meaning="Daily factor on counts of promises.",
    )
    trust_cost_of_accusation: float = field(
        "trust.cost_of_accusation",
        unit="count",
        init=0.0,
        meaning="Broken promises an accusation counts for.",
    )
    humiliation_fading_per_day: float = field(
        "humiliation.fading_per_day",
        unit="1/day",
        init=0.0,
        meaning="Fading of the memory of a scolding.",
    )
    market_stress_per_pp: float = field(
        "market.stress_per_pp",
        unit="share",
        init=0.0,
        meaning="Stress a point of announced duty adds.",
    )
    market_numbing: float = field(
        "market.numbing",
        unit="1",
        init=0.0,
        meaning="Log fall of that effect with each announcement.",
    )
    market_threat_share: float = field(
        "market.threat_share",
        unit="share",
        init=0.0,
        meaning="Stress of a threat against that of a hike.",
    )
    market_calming_per_day: float = field(
        "market.calming_per_day",
        unit="1/day",
        init=0.0,
        meaning="Daily fading of stress.",
    )
    market_relief: float = field(
        "market.relief",
        unit="share",
        init=0.0,
        meaning="Stress taken away by a truce, a climb-down or a confirmation.",
    )

    # domestic pressure and controlled inputs -----------------------------------------
    pressure_rest: list[list[float]] = field(
        _pressure,
        unit="share",
        init=0.0,
        shape=(Side, PressurePart),
        meaning="A part of pressure with trade undisturbed.",
    )
    growth_per_real_income: float = field(
        "cn.growth_per_real_income",
        unit="1",
        init=0.0,
        least=0.0,
        meaning="Growth China loses per point of real income it loses.",
    )
    cn_gdp_usd_bn: float = field(
        "cn.gdp_usd_bn",
        unit="usd_bn_per_year",
        init=0.0,
        least=1.0,
        meaning="China's output in a year.",
    )
    pressure_per_price: float = field(
        "us.pressure_per_price",
        unit="1",
        init=0.0,
        meaning="Pressure from a unit log rise of import prices.",
    )
    pressure_per_export: float = field(
        "pressure_per_export",
        unit="1",
        init=0.0,
        meaning="Pressure from losing all sales to the other side.",
    )
    pressure_per_farm: float = field(
        "us.pressure_per_farm",
        unit="1",
        init=0.0,
        meaning="Pressure from losing all farm sales to China.",
    )
    pressure_per_glut: float = field(
        "cn.pressure_per_glut",
        unit="1",
        init=0.0,
        meaning="Pressure on prices at home from losing all sales to the US.",
    )
    pressure_per_job: float = field(
        "cn.pressure_per_job",
        unit="1",
        init=0.0,
        meaning="Pressure from idling all who worked for sales to the US.",
    )
    pressure_per_growth: float = field(
        "cn.pressure_per_growth",
        unit="1",
        init=0.0,
        meaning="Pressure from a point of growth lost.",
    )
    pressure_speed_per_month: float = field(
        "pressure_speed_per_month",
        unit="share",
        init=0.0,
        meaning="Part of the way pressure moves in a month.",
    )
    industry_rest: float = field(
        "us.industry_rest",
        unit="share",
        init=0.0,
        meaning="Industrial pressure with inputs at hand.",
    )
    industry_speed_per_day: float = field(
        "us.industry_speed_per_day",
        unit="1/day",
        init=0.0,
        meaning="Daily pace at which a shortage is felt.",
    )
    minerals_cut_per_level: float = field(
        "cn.minerals_cut_per_level",
        unit="share",
        init=0.0,
        meaning="Licences refused per level of rare-earth control.",
    )
    minerals_refill_per_day: float = field(
        "us.minerals_refill_per_day",
        unit="months",
        init=0.0,
        meaning="Daily refill of stocks.",
    )
    minerals_stock_max_months: float = field(
        "us.minerals_stock_max_months",
        unit="months",
        init=0.0,
        meaning="Largest stock industry keeps.",
    )
    delay_value_per_day: float = field(
        "cn.delay_value_per_day",
        unit="utility",
        init=0.0,
        meaning="What a day without a new hike is worth to China.",
    )

    # economy -------------------------------------------------------------------------
    good_value_usd_bn: list[float] = field(
        _good("value_usd_bn"),
        unit="usd_bn_per_year",
        init=0.0,
        shape=(N_GOODS,),
        least=0.001,
        meaning="Imports of a good from the other side in 2024.",
    )
    good_partner_share: list[float] = field(
        _good("partner_share"),
        unit="share",
        init=0.0,
        shape=(N_GOODS,),
        least=0.001,
        meaning="The other side's share of all imports of a good, customs value.",
    )
    good_duty_pct: list[float] = field(
        _good("duty_pct"),
        unit="duty_pct",
        init=0.0,
        shape=(N_GOODS,),
        meaning="Duty on a good from the other side in the base, share of value.",
    )
    good_rest_duty_pct: list[float] = field(
        _good("rest_duty_pct", Side.US),
        unit="duty_pct",
        init=0.0,
        shape=(N_GOODS,),
        meaning="Duty on a good from third countries in the base.",
    )
    good_penetration: list[float] = field(
        _good("penetration"),
        unit="share",
        init=0.0,
        shape=(N_GOODS,),
        least=0.01,
        meaning="Imports as a share of what a side spends on a good.",
    )
    good_cover: list[list[float]] = field(
        _cover,
        unit="1",
        init=0.0,
        shape=(3, N_GOODS),
        meaning="Share of a good a layer covers as published; of partial replies a multiple.",
    )
    good_homogeneous: list[float] = field(
        _good("homogeneous", Side.CN),
        unit="1",
        init=0.0,
        shape=(N_GOODS,),
        meaning="1 where suppliers are interchangeable: farm goods and energy.",
    )
    good_sigma_ratio: list[float] = field(
        _good("sigma_ratio"),
        unit="1",
        init=0.0,
        shape=(N_GOODS,),
        least=0.01,
        meaning="Elasticity of a good across origins, as a multiple of the common one.",
    )
    trade_base_usd_bn: list[float] = field(
        "trade.{side}.base_usd_bn",
        unit="usd_bn_per_year",
        init=0.0,
        shape=(Side,),
        least=1.0,
        meaning="Imports of a side from the other in 2024, official total.",
    )
    base_duty_pp: list[list[float]] = field(
        _base_duty,
        unit="pp",
        init=0.0,
        shape=(Side, Layer),
        meaning="Rate of a layer already contained in the base duties.",
    )
    coverage_reference: list[list[float]] = field(
        _reference,
        unit="share",
        init=0.0,
        shape=(Side, Layer),
        meaning="Share of trade a layer covers as published; coverage by good belongs to it.",
    )
    trade_collect: list[float] = field(
        "trade.{side}.collect",
        unit="share",
        init=0.0,
        shape=(Side,),
        meaning="Share of added points that is in fact paid.",
    )
    trade_rest_added_pp: list[float] = field(
        "trade.{side}.rest_added_pp",
        unit="pp",
        init=0.0,
        shape=(Side,),
        meaning="Points a side has added on everyone else since the base.",
    )
    trade_port_fee_usd_bn: list[float] = field(
        "trade.{side}.port_fee_usd_bn",
        unit="usd_bn_per_year",
        init=0.0,
        shape=(Side,),
        least=0.0,
        meaning="Fees a side levies on the other's ships, once in force.",
    )
    trade_sigma_12m: list[float] = field(
        "trade.{side}.sigma_12m",
        unit="1",
        init=0.0,
        shape=(Side,),
        least=0.01,
        meaning="Common elasticity of substitution across origins within a year.",
    )
    trade_sigma_homogeneous: float = field(
        "trade.cn.sigma_homogeneous",
        unit="1",
        init=0.0,
        least=0.01,
        meaning="The same for farm goods and energy.",
    )
    trade_sigma_long_ratio: float = field(
        "trade.sigma_long_ratio",
        unit="1",
        init=0.0,
        least=1.0,
        meaning="Long-run elasticity as a multiple of that within a year.",
    )
    trade_slow_share: float = field(
        "trade.slow_share",
        unit="share",
        init=0.0,
        meaning="Part of the slow adjustment made in a year.",
    )
    trade_eta: float = field(
        "trade.eta",
        unit="1",
        init=0.0,
        least=0.01,
        meaning="Elasticity between imports and domestic goods.",
    )
    trade_kappa: float = field(
        "trade.kappa",
        unit="1",
        init=0.0,
        meaning="Elasticity of spending on goods to their price level.",
    )
    trade_domestic_response: float = field(
        "trade.domestic_response",
        unit="share",
        init=0.0,
        meaning="Rise of domestic prices per import price rise and share of imports.",
    )
    trade_pass_through: list[float] = field(
        "trade.{side}.pass_through",
        unit="share",
        init=0.0,
        shape=(Side,),
        least=0.01,
        meaning="Share of a duty that reaches the duty-paid price.",
    )
    trade_trend_pct_per_year: list[float] = field(
        "trade.{side}.trend_pct_per_year",
        unit="pct_per_year",
        init=0.0,
        shape=(Side,),
        meaning="Growth of a flow with duties unchanged.",
    )
    trade_adjustment: float = field(
        "trade.adjustment",
        unit="share",
        init=0.0,
        meaning="Part of the way to its target a flow moves in a month.",
    )
    trade_front_loading: float = field(
        "trade.front_loading",
        unit="share",
        init=0.0,
        meaning="Trade brought forward per log point of duty announced and not in force.",
    )
    trade_value_added: list[float] = field(
        "trade.{side}.value_added",
        unit="share",
        init=0.0,
        shape=(Side,),
        meaning="Income of its own a side earns per dollar sold to the other.",
    )
    trade_resold_share: list[float] = field(
        "trade.{side}.resold_share",
        unit="share",
        init=0.0,
        shape=(Side,),
        meaning="Share of sales lost to the other that third countries buy.",
    )
    trade_rerouted_share: float = field(
        "trade.rerouted_share",
        unit="share",
        init=0.0,
        meaning="Share of Chinese goods so resold that reach the US through third countries.",
    )
    trade_barrier_response: float = field(
        "trade.barrier_response",
        unit="share",
        init=0.0,
        meaning="Share of diverted goods third countries would keep out, were all US sales so.",
    )
    trade_barrier_pace: float = field(
        "trade.barrier_pace",
        unit="share",
        init=0.0,
        meaning="Part of the way to that their barriers move in a month.",
    )
    trade_retail_share: float = field(
        "trade.retail_share",
        unit="share",
        init=0.0,
        meaning="Share of a duty rate that shelf prices take up in the end.",
    )
    trade_retail_months: float = field(
        "trade.retail_months",
        unit="months",
        init=0.0,
        least=1.0,
        meaning="Months until shelf prices have taken up 95 per cent of that.",
    )
    trade_dollar_share: float = field(
        "trade.dollar_share",
        unit="share",
        init=0.0,
        meaning="Dollars of duty that reach consumers per dollar paid.",
    )
    trade_households_million: float = field(
        "trade.us.households_million",
        unit="1",
        init=0.0,
        least=1.0,
        meaning="American households, millions.",
    )
    trade_freeze_share: float = field(
        "trade.cn.freeze_share",
        unit="share",
        init=0.0,
        meaning="Share of a good that state buyers hold back in a freeze.",
    )
    trade_purchase_additional: float = field(
        "trade.purchase_additional",
        unit="share",
        init=0.0,
        meaning="Share of pledged purchases that is not taken from other buyers.",
    )
    trade_purchase_premium: float = field(
        "trade.cn.purchase_premium",
        unit="share",
        init=0.0,
        meaning="What pledged goods cost above the usual source.",
    )
    chips_cut_per_level: float = field(
        "us.chips_cut_per_level",
        unit="share",
        init=0.0,
        meaning="Chip sales to China refused per level of technology control.",
    )
    chips_base_level: int = field(
        "us.chips_base_level",
        unit="level",
        init=0,
        meaning="Level of technology control that base-year trade already reflects.",
    )
    chips_refill_per_day: float = field(
        "cn.chips_refill_per_day",
        unit="months",
        init=0.0,
        meaning="Daily refill of stocks of chips.",
    )
    chips_stock_max_months: float = field(
        "cn.chips_stock_max_months",
        unit="months",
        init=0.0,
        meaning="Largest stock of chips industry keeps.",
    )
    trade_inputs_exposed_usd_bn: list[float] = field(
        "trade.{side}.inputs_exposed_usd_bn",
        unit="usd_bn_per_year",
        init=0.0,
        shape=(Side,),
        least=0.0,
        meaning="Output a year that stops without the other's controlled inputs.",
    )
    macro_response: list[list[float]] = field(
        _macro,
        unit="pct",
        init=0.0,
        shape=(4, 6),
        meaning="Published response to ten points of the average US tariff.",
    )
    macro_scale: float = field(
        "macro.us.scale",
        unit="1",
        init=0.0,
        least=0.0,
        meaning="Factor on all published responses.",
    )
    trade_opening_age_months: int = field(
        "trade.opening_age_months",
        unit="months",
        init=0,
        meaning="Age of the duties in force when a run begins.",
    )
    macro_employment_million: float = field(
        "macro.us.employment_million",
        unit="1",
        init=0.0,
        least=1.0,
        meaning="Americans in work, millions.",
    )
    ge_theta: float = field(
        "trade.theta",
        unit="1",
        init=0.0,
        least=0.1,
        meaning="Trade elasticity of the general equilibrium, of expenditure shares.",
    )
    ge_us_pp: list[float] = field(
        "",
        unit="pp",
        init=0.0,
        shape=(N_GRID,),
        meaning="Nodes of the table of real incomes, points the US adds on China.",
    )
    ge_cn_pp: list[float] = field(
        "",
        unit="pp",
        init=0.0,
        shape=(N_GRID,),
        meaning="The same, points China adds on the US.",
    )
    ge_welfare_pct: list[list[list[float]]] = field(
        "",
        unit="pct",
        init=0.0,
        shape=(3, N_GRID, N_GRID),
        meaning="Real incomes at the nodes: the US, China, the rest of the world.",
    )
    clause_usd_bn: list[list[float]] = field(
        _clause,
        unit="usd_bn_per_year",
        init=0.0,
        shape=(Side, Clause),
        meaning="Yearly value to a side of one unit of a clause no tariff equation prices.",
    )
