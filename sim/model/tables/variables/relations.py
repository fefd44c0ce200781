"""State of relations: mood, pressures, memory of recent acts, factions, counters."""

from __future__ import annotations

from sim.model.tables.fields import field
from sim.model.tables.paths import by_side, per_side
from sim.model.tables.vocabulary import (
    FACTION_NAMES,
    N_ACT_CODES,
    PRESSURE_NAMES,
    Faction,
    Feature,
    PressurePart,
    Side,
)


class RelationState:
    """The mood between the sides and within each."""

    # mood -----------------------------------------------------------------------------------
    tension: float = field("tension", unit="share", init=0.45, meaning="0 = calm, 1 = rupture.")
    tension_start: float = field("", unit="share", meaning="Tension at the start of the run.")
    tension_before_summit: float = field(
        "", unit="share", meaning="Tension on the eve of the first summit."
    )
    rapport: float = field("rapport", unit="share", init=0.4, meaning="Warmth between leaders.")
    rapport_forecast: float = field(
        "us.rapport_forecast", unit="share", init=0.5, meaning="Rapport as Washington expects it."
    )
    trust_kept: list[float] = field(
        "{side}.trust.kept",
        unit="count",
        init=3.0,
        shape=(Side,),
        meaning="Beta count of promises a side saw kept by the other.",
    )
    trust_broken: list[float] = field(
        "{side}.trust.broken",
        unit="count",
        init=3.0,
        shape=(Side,),
        meaning="Beta count of promises a side saw broken.",
    )
    belief_mean: list[float] = field(
        "{side}.belief.mean",
        unit="utility",
        init=1.0,
        shape=(Side,),
        meaning="What a side believes the other demands beyond its walk-away value.",
    )
    belief_var: list[float] = field(
        "{side}.belief.var",
        unit="utility",
        init=1.0,
        shape=(Side,),
        meaning="Variance of that belief; rounds and contacts narrow it.",
    )
    tone: list[float] = field(
        "{side}.tone",
        unit="share",
        init=0.5,
        shape=(Side,),
        meaning="Public tone, 0 = hostile, 1 = warm.",
    )
    eagerness: list[float] = per_side(
        "probability", "Private probability of answering yes to talks today."
    )
    attention: float = field(
        "us.attention", unit="share", init=1.0, meaning="Share of US attention China gets."
    )
    market_stress: float = field("market.stress", unit="share", meaning="0 = calm markets.")
    market_shocks: int = field("", unit="count", meaning="Market-moving announcements.")

    # pressures ------------------------------------------------------------------------------
    pressure_part: list[list[float]] = field(
        by_side("pressure", PRESSURE_NAMES),
        unit="share",
        init=0.2,
        shape=(Side, PressurePart),
        meaning="A part of domestic pressure, 0 = none, 1 = acute.",
    )
    pressure: list[float] = per_side("share", "Domestic pressure, mean of its parts.")

    # excitation: decaying memory of recent acts ---------------------------------------------
    recent_hike: list[float] = field(
        "{side}.recent.hike",
        unit="1",
        shape=(Side,),
        meaning="Memory of own hikes, half-life 7 days.",
    )
    recent_threat: float = field("us.recent.threat", unit="1", meaning="Same, threats, 7 days.")
    recent_measure: list[float] = field(
        "{side}.recent.measure",
        unit="1",
        shape=(Side,),
        meaning="Memory of own non-tariff measures, half-life 30 days.",
    )
    softened_day: int = field(
        "cn.softened", unit="date", meaning="Day China last eased, cut or bought."
    )

    # who weighs how much --------------------------------------------------------------------
    influence: list[list[float]] = field(
        lambda i: (
            f"{Side(i[0]).name.lower()}.{name}.influence"
            if (name := FACTION_NAMES[i[0]][i[1]])
            else None
        ),
        unit="share",
        init=[[0.4, 0.4, 0.1, 0.1], [0.5, 0.5, 0.0, 0.0]],
        shape=(Side, Faction),
        meaning="Influence of a faction under the leader.",
    )
    weight: list[list[float]] = field(
        "", unit="1", shape=(Side, Feature), meaning="Weights of the features, factions included."
    )
    signal: list[list[float]] = field(
        "", unit="1", shape=(Side, Feature), meaning="Strength of each feature's signal today."
    )
    discord: float = field(
        "", unit="share", meaning="Internal discord over an investment deal on the table."
    )
    forbidden: list[list[bool]] = field(
        "", unit="flag", shape=(Side, N_ACT_CODES), meaning="An act a scenario forbids."
    )

    # counters -------------------------------------------------------------------------------
    hikes: list[int] = field("", unit="count", shape=(Side,), meaning="Tariff hikes.")
    hike_day: list[int] = field(
        "", unit="date", shape=(Side,), meaning="Day of the last hike announced."
    )
    truce_days: int = field("", unit="days", meaning="Days with the truce in force.")
    quiet_days: int = field("", unit="days", meaning="Days without a new US hike.")
    high_days: int = field("", unit="days", meaning="Days in a row with US add-on high.")
    high_days_max: int = field("", unit="days", meaning="Longest such spell.")
    cut_off_days: int = field(
        "", unit="days", meaning="Days in a row with neither truce nor talks."
    )
    cut_off_days_max: int = field("", unit="days", meaning="Longest such spell.")
    delay_utility: float = field(
        "", unit="utility", meaning="China's utility from days without a hike."
    )
    addon_start_pp: float = field("", unit="pp", meaning="US add-on at the start of the run.")
