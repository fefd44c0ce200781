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
    """Mood between the sides and pressure within each."""

    # mood -----------------------------------------------------------------------------------
    tension: float = field(
        "tension", unit="share", init=0.45, meaning="Tension: 0 = calm, 1 = rupture."
    )
    tension_start: float = field("", unit="share", meaning="Tension at the start of the run.")
    tension_before_summit: float = field(
        "", unit="share", meaning="Tension on the eve of the first summit."
    )
    rapport: float = field(
        "rapport", unit="share", init=0.4, meaning="Rapport between the leaders."
    )
    rapport_forecast: float = field(
        "us.rapport_forecast", unit="share", init=0.5, meaning="Rapport as Washington expects it."
    )
    trust_kept: list[float] = field(
        "{side}.trust.kept",
        unit="count",
        init=3.0,
        shape=(Side,),
        meaning="Beta count of promises the other side has kept, as a side sees it.",
    )
    trust_broken: list[float] = field(
        "{side}.trust.broken",
        unit="count",
        init=3.0,
        shape=(Side,),
        meaning="Beta count of promises the other side has broken, as a side sees it.",
    )
    reserve: list[float] = field(
        "",
        unit="utility",
        shape=(Side,),
        meaning="Gain below which a side hardly signs in this run; private.",
    )
    tone: list[float] = field(
        "{side}.tone",
        unit="share",
        init=0.5,
        shape=(Side,),
        meaning="Public tone, 0 = hostile, 1 = warm.",
    )
    eagerness: list[float] = per_side(
        "probability", "Private probability of agreeing to talks today."
    )
    attention: list[float] = field(
        "{side}.attention",
        unit="share",
        init=1.0,
        shape=(Side,),
        meaning="Share of a side's usual attention that it devotes to the other.",
    )
    market_stress: float = field("market.stress", unit="share", meaning="Market stress: 0 = calm.")
    urgency: float = field(
        "us.urgency",
        unit="1",
        init=1.0,
        meaning="How pressing a deal is to Washington, 1 = as usual.",
    )
    market_shocks: int = field(
        "", unit="count", meaning="Number of announcements that moved markets."
    )

    # pressures ------------------------------------------------------------------------------
    pressure_part: list[list[float]] = field(
        by_side("pressure", PRESSURE_NAMES),
        unit="share",
        init=0.2,
        shape=(Side, PressurePart),
        meaning="A part of domestic pressure: 0 = none, 1 = acute.",
    )
    pressure: list[float] = per_side("share", "Domestic pressure, the mean of its parts.")

    # excitation: decaying memory of recent acts ---------------------------------------------
    recent_hike: list[float] = field(
        "{side}.recent.hike",
        unit="1",
        shape=(Side,),
        meaning="Decaying memory of a side's own hikes.",
    )
    recent_threat: float = field(
        "us.recent.threat", unit="1", meaning="Decaying memory of a side's own threats."
    )
    recent_measure: list[float] = field(
        "{side}.recent.measure",
        unit="1",
        shape=(Side,),
        meaning="Decaying memory of a side's own non-tariff measures.",
    )
    softened_day: int = field(
        "cn.softened",
        unit="date",
        meaning="Day on which China last eased a control, cut a duty or bought.",
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
        "", unit="1", shape=(Side, Feature), meaning="Signal of each feature today."
    )
    discord: float = field(
        "", unit="share", meaning="Internal discord over an investment deal on the table."
    )
    forbidden: list[list[bool]] = field(
        "", unit="flag", shape=(Side, N_ACT_CODES), meaning="Whether a scenario forbids an act."
    )

    # counters -------------------------------------------------------------------------------
    hikes: list[int] = field("", unit="count", shape=(Side,), meaning="Number of tariff hikes.")
    hike_day: list[int] = field(
        "",
        unit="date",
        shape=(Side,),
        meaning="Day on which the last hike was announced.",
        is_memory=True,
    )
    truce_days: int = field("", unit="days", meaning="Number of days with the truce in force.")
    quiet_days: int = field("", unit="days", meaning="Number of days without a new US hike.")
    stopped_days: int = field(
        "",
        unit="days",
        meaning="Number of days in a row on which duties stop trade, wholly or in part.",
        is_memory=True,
    )
    high_days: int = field(
        "", unit="days", meaning="Number of days in a row with a high US add-on."
    )
    high_days_max: int = field(
        "", unit="days", meaning="Longest number of days in a row with a high US add-on."
    )
    regime_days: int = field(
        "",
        unit="days",
        meaning="Number of days in a row with three-digit duties of both sides and no talks.",
    )
    regime_days_max: int = field("", unit="days", meaning="Longest number of such days in a row.")
    cut_off_days: int = field(
        "", unit="days", meaning="Number of days in a row with neither truce nor talks."
    )
    cut_off_days_max: int = field(
        "", unit="days", meaning="Longest number of days in a row with neither truce nor talks."
    )
    delay_utility: float = field(
        "", unit="utility", meaning="China's utility from days without a hike."
    )
    addon_start_pp: float = field("", unit="pp", meaning="US add-on at the start of the run.")
