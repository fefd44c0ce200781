"""Parameters of governments: review clocks, noise, factions, weights, rates of acts."""

from __future__ import annotations

from sim.model.tables.fields import field
from sim.model.tables.paths import Index, by_side, side_name
from sim.model.tables.vocabulary import (
    CHOICES,
    FACTION_NAMES,
    N_CHOICES,
    PRESSURE_NAMES,
    Act,
    Faction,
    Feature,
    PressurePart,
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
"""Features each faction's contrast affects; on all others it is 0 by construction."""


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
        Feature.PROSPECT,
        Feature.RELIANCE,
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
        Feature.PROSPECT,
    ),
)
"""Features each side weighs."""


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
    """Review clocks of governments, and weights of their choices."""

    review_per_day: list[float] = field(
        "{side}.review_per_day",
        unit="1/day",
        shape=(Side,),
        meaning="Base hazard of a side's policy reviews.",
    )
    weekend_share: list[float] = field(
        "{side}.weekend_share",
        unit="share",
        shape=(Side,),
        meaning="Share of a side's reviews that fall on a Saturday or Sunday.",
    )
    review_deadline_boost: float = field(
        "review.deadline_boost", unit="1", meaning="Rise in that hazard at a deadline."
    )
    review_reaction_boost: float = field(
        "review.reaction_boost",
        unit="1",
        meaning="Rise in that hazard after acts of the other side.",
    )
    deadline_scale_days: float = field(
        "deadline.scale_days",
        unit="days",
        meaning="Days to a deadline at which its effect falls to about a third.",
    )
    attention_recovery_per_day: list[float] = field(
        "{side}.attention_recovery_per_day",
        unit="1/day",
        shape=(Side,),
        meaning="Rate at which attention to the other side returns to its usual level.",
    )
    noise: list[float] = field(
        "{side}.noise",
        unit="1",
        shape=(Side,),
        least=0.0,
        meaning="Noise of choice: 1 by definition; 0 always takes the best act.",
    )
    autonomy: list[float] = field(
        "{side}.leader.autonomy",
        unit="share",
        shape=(Side,),
        meaning="Weight of the leader's own view relative to the factions'.",
    )
    influence_base: list[list[float]] = field(
        _influence,
        unit="share",
        shape=(Side, Faction),
        meaning="Usual influence of a faction, at which its contrast has no effect.",
    )
    contrast: list[list[list[float]]] = field(
        _contrast,
        unit="1",
        shape=(Side, Faction, Feature),
        meaning="Amount that full influence of a faction adds to the weight of a feature.",
    )
    weight: list[list[float]] = field(
        _weight, unit="1", shape=(Side, Feature), meaning="Weight of a feature in a side's utility."
    )
    prohibitive_pp: float = field(
        "us.prohibitive_pp",
        unit="pp",
        least=1.0,
        meaning=(
            "Add-on at which one more step is avoided as much as at the scale cost of the trade "
            "model."
        ),
    )
    leverage_spent: float = field(
        "us.leverage_spent",
        unit="share",
        meaning="Share of the worth of a new bargaining chip that an agreement in force removes.",
    )
    go_between_weight: float = field(
        "us.go_between.weight",
        unit="1",
        least=0.0,
        meaning="Factor on the voice that the table of people gives to a go-between.",
    )
    election_stays: float = field(
        "us.election.stays",
        unit="probability",
        meaning="Share of US presidential elections that the party in office wins.",
    )
    handover_days: int = field(
        "us.election.team_days",
        unit="days",
        least=1,
        meaning="Days after a change of power until the new administration takes up the talks.",
    )
    cost_scale_usd_bn: list[float] = field(
        "{side}.cost_scale_usd_bn",
        unit="usd_bn_per_year",
        shape=(Side,),
        least=0.001,
        meaning="Yearly cost of ten points to the side itself that counts as 1 in the cost signal.",
    )
    act_rate: list[list[float]] = field(
        _rate,
        unit="1/year",
        shape=(Side, N_CHOICES),
        meaning="Yearly rate of an act among unprompted choices, with all features at zero.",
    )
    loading: list[list[float]] = field(
        "",
        unit="1",
        shape=(N_CHOICES, Feature),
        meaning=(
            "Loading of an act on each feature; a copy of `acts.ACTS` that compiled code reads "
            "quickly."
        ),
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
        meaning="Highest count of recent acts of the other side that makes a review more likely.",
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
        meaning="Amount a wholly undelivered pledge adds to the grievance signal.",
    )
    objective: list[list[float]] = field(
        by_side("objective", PRESSURE_NAMES),
        unit="1",
        least=0.0,
        shape=(Side, PressurePart),
        meaning="How much a side minds a part of the pressure at home, 1 = as much as the mean.",
    )
    urgency_speed_per_day: float = field(
        "us.urgency.speed_per_day",
        unit="1/day",
        least=0.0,
        meaning="Rate at which Washington's urgency returns to what the economy calls for.",
    )
    urgency_per_pressure: float = field(
        "us.urgency.per_pressure",
        unit="1",
        meaning="Rise of the urgency called for with pressure at home above rest.",
    )
    leverage_signal_usual: float = field(
        "signal.leverage_usual",
        unit="share",
        meaning="Worth of one more bargaining chip without talks or a dated meeting.",
    )
    leverage_signal_buildup: float = field(
        "signal.leverage_buildup",
        unit="1",
        meaning="Worth of one more bargaining chip in the weeks before a meeting that is dated.",
    )
    buildup_first_days: int = field(
        "signal.buildup_first_days",
        unit="days",
        meaning="Days before a dated meeting from which chips are gathered for it.",
    )
    buildup_last_days: int = field(
        "signal.buildup_last_days",
        unit="days",
        meaning="Days before a dated meeting up to which chips are gathered for it.",
    )
    leverage_signal_summit: float = field(
        "signal.leverage_summit",
        unit="share",
        meaning="Worth of one more bargaining chip once a meeting is confirmed or near.",
    )
    delay_signal_usual: float = field(
        "cn.signal.delay_usual",
        unit="share",
        meaning="China's gain from delay without a threat or a fresh hike.",
    )
    delay_signal_threat: float = field(
        "cn.signal.delay_threat",
        unit="share",
        meaning="Rise in China's gain from delay under an open threat.",
    )
    delay_signal_hike: float = field(
        "cn.signal.delay_hike",
        unit="share",
        meaning="Rise in China's gain from delay after a fresh hike.",
    )
