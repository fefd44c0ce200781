"""Parameters of governments: review clocks, noise, factions, weights, rates of acts."""

from __future__ import annotations

from sim.model.tables.fields import field
from sim.model.tables.paths import Index, side_name
from sim.model.tables.vocabulary import (
    CHOICES,
    FACTION_NAMES,
    N_CHOICES,
    Act,
    Faction,
    Feature,
    Side,
)

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


def _influence(i: Index) -> str | None:
    name = FACTION_NAMES[i[0]][i[1]]
    return f"{side_name(i[0])}.{name}.influence_base" if name else None


def _contrast(i: Index) -> str | None:
    if Feature(i[2]) not in CONTRASTS.get((i[0], i[1]), ()):
        return None
    return f"{side_name(i[0])}.{FACTION_NAMES[i[0]][i[1]]}.contrast.{Feature(i[2]).name.lower()}"


def _weight(i: Index) -> str | None:
    feature = Feature(i[1])
    return f"{side_name(i[0])}.weight.{feature.name.lower()}" if feature in WEIGHTS[i[0]] else None


def _rate(i: Index) -> str | None:
    act = Act(i[1])
    return (
        f"{side_name(i[0])}.rate.{act.name.lower()}"
        if act in CHOICES and i[0] in act.sides
        else None
    )


class GovernmentParams:
    """When a government acts and how it weighs its choices."""

    review_per_day: list[float] = field(
        "{side}.review_per_day",
        unit="1/day",
        shape=(Side,),
        meaning="Pace of a side's own review clock.",
    )
    review_deadline_boost: float = field(
        "review.deadline_boost", unit="1", meaning="Rise of that pace at a deadline."
    )
    review_reaction_boost: float = field(
        "review.reaction_boost", unit="1", meaning="Rise of that pace after acts of the other side."
    )
    deadline_scale_days: float = field(
        "deadline.scale_days",
        unit="days",
        meaning="Distance at which a deadline's pull falls to a third.",
    )
    attention_recovery_per_day: float = field(
        "us.attention_recovery_per_day",
        unit="1/day",
        meaning="Pace at which attention to China returns to full.",
    )
    noise: list[float] = field(
        "{side}.noise",
        unit="1",
        shape=(Side,),
        least=0.0,
        meaning="Noise of choice; 1 by definition, 0 takes the best act.",
    )
    autonomy: list[float] = field(
        "{side}.leader.autonomy",
        unit="share",
        shape=(Side,),
        meaning="Weight of the leader's own mind against the factions'.",
    )
    influence_base: list[list[float]] = field(
        _influence,
        unit="share",
        shape=(Side, Faction),
        meaning="Influence of a faction at which contrasts are nil.",
    )
    contrast: list[list[list[float]]] = field(
        _contrast,
        unit="1",
        shape=(Side, Faction, Feature),
        meaning="What full influence of a faction adds to a feature's weight.",
    )
    weight: list[list[float]] = field(
        _weight, unit="1", shape=(Side, Feature), meaning="Weight of a feature in a side's utility."
    )
    prohibitive_pp: float = field(
        "us.prohibitive_pp",
        unit="pp",
        meaning="Add-on at which one more step is shunned as much as the trade block's scale cost.",
    )
    leverage_spent: float = field(
        "us.leverage_spent",
        unit="share",
        meaning="Part of the worth of a new bargaining chip that an agreement in force takes away.",
    )
    cost_scale_usd_bn: list[float] = field(
        "{side}.cost_scale_usd_bn",
        unit="usd_bn_per_year",
        shape=(Side,),
        least=0.001,
        meaning="Yearly own cost of ten points that counts as 1 in the cost feature.",
    )
    act_rate: list[list[float]] = field(
        _rate,
        unit="1/year",
        shape=(Side, N_CHOICES),
        meaning="Yearly rate of an act among own-initiative choices, features at zero.",
    )
    loading: list[list[float]] = field(
        "",
        unit="1",
        shape=(N_CHOICES, Feature),
        meaning="How an act loads on the features: `acts.ACTS`, where compiled code reads it fast.",
    )
    signal_max: float = field(
        "signal.max",
        unit="1",
        least=0.0,
        meaning="Highest value of the signals of reciprocity, grievance and provocation.",
    )
    stir_max: float = field(
        "review.stir_max",
        unit="1",
        least=0.0,
        meaning="Highest count of recent acts of the other side that hastens a review.",
    )
    cost_signal_max: float = field(
        "signal.cost_max",
        unit="1",
        least=0.0,
        meaning="Highest value of the signal of a side's own cost of a further step.",
    )
    landmark_after_package: float = field(
        "signal.landmark_after_package",
        unit="share",
        meaning="Signal of a landmark once a package is in force; 1 before.",
    )
    face_signal_scale_pp: float = field(
        "cn.signal.face_scale_pp",
        unit="pp",
        least=1.0,
        meaning="US add-on at which duties alone cost China's face as much as a public scolding.",
    )
    grievance_per_gap: float = field(
        "signal.grievance_per_gap",
        unit="1",
        least=0.0,
        meaning="What a wholly undelivered pledge adds to grievance.",
    )
    leverage_signal_usual: float = field(
        "signal.leverage_usual",
        unit="share",
        meaning="Worth of one more bargaining chip without talks or a dated meeting.",
    )
    leverage_signal_summit: float = field(
        "signal.leverage_summit",
        unit="share",
        meaning="Worth of one more bargaining chip once a meeting is dated.",
    )
    delay_signal_usual: float = field(
        "cn.signal.delay_usual",
        unit="share",
        meaning="China's gain by delay with nothing hanging over it.",
    )
    delay_signal_threat: float = field(
        "cn.signal.delay_threat", unit="share", meaning="What an open threat adds to it."
    )
    delay_signal_hike: float = field(
        "cn.signal.delay_hike", unit="share", meaning="What a fresh hike adds to it."
    )
