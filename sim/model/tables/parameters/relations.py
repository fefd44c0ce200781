"""Parameters of relations: tension, rapport, trust, markets."""

from __future__ import annotations

from collections.abc import Callable

from sim.model.tables.fields import field
from sim.model.tables.paths import Index, side_name
from sim.model.tables.vocabulary import Side, ToneEvent

ONE_SIDED: dict[ToneEvent, Side] = {ToneEvent.REBUKE: Side.CN, ToneEvent.ROUND: Side.CN}
"""Events that move the tone of one side only."""


def _tone(what: str) -> Callable[[Index], str | None]:
    """Returns the path of a number that belongs to an event that moves a side's tone."""

    def path(index: Index) -> str | None:
        side, event = Side(index[0]), ToneEvent(index[1])
        moves = ONE_SIDED.get(event, side) == side
        return f"{side_name(side)}.tone.{event.name.lower()}_{what}" if moves else None

    return path


class RelationParams:
    """How events move the mood and how it fades."""

    tension_rest: float = field(
        "tension.rest", unit="share", meaning="Level tension drifts to without news."
    )
    tension_floor: float = field(
        "tension.floor", unit="share", meaning="Level no deal goes below: structural disputes stay."
    )
    incident_per_day: float = field(
        "shock.incident_per_day", unit="1/day", meaning="Pace of incidents at half tension."
    )
    crisis_share: float = field(
        "shock.crisis_share", unit="share", meaning="Share of incidents that are a crisis."
    )
    tension_per_incident: float = field(
        "tension.per_incident", unit="share", meaning="Jump at an incident."
    )
    tension_per_crisis: float = field(
        "tension.per_crisis", unit="share", meaning="Jump at a crisis."
    )
    crisis_market_pp: float = field(
        "shock.crisis_market_pp",
        unit="pp",
        meaning="Points of tariff a crisis counts for on markets.",
    )
    tension_reversion_per_day: float = field(
        "tension.reversion_per_day", unit="1/day", meaning="Daily drift of tension to rest."
    )
    tension_per_hike: float = field("tension.per_hike", unit="share", meaning="Jump at any hike.")
    tension_per_hike_pp: float = field(
        "tension.per_hike_pp", unit="share", meaning="Further jump a point."
    )
    tension_per_threat: float = field(
        "tension.per_threat", unit="share", meaning="Jump at any threat."
    )
    tension_per_threat_pp: float = field(
        "tension.per_threat_pp", unit="share", meaning="Further jump a point."
    )
    tension_per_measure: float = field(
        "tension.per_measure", unit="share", meaning="Jump at a non-tariff measure."
    )
    tension_per_pntr: float = field(
        "tension.per_pntr",
        unit="share",
        meaning="Further jump at the end of normal trade relations.",
    )
    tension_per_accusation: float = field(
        "tension.per_accusation", unit="share", meaning="Jump at an accusation of breach."
    )
    tension_per_rebuke: float = field(
        "tension.per_rebuke", unit="share", meaning="Jump at a public rebuke."
    )
    tension_per_slip: float = field(
        "tension.per_slip", unit="share", meaning="Jump when a dated summit slips."
    )
    tension_per_failure: float = field(
        "tension.per_failure", unit="share", meaning="Jump when a summit fails in public."
    )
    tension_per_snapback: float = field(
        "tension.per_snapback", unit="share", meaning="Jump when a truce lapses."
    )
    relief_per_contact: float = field(
        "tension.relief_per_contact",
        unit="share",
        meaning="Share of excess tension a contact takes away.",
    )
    relief_per_confirmation: float = field(
        "tension.relief_per_confirmation", unit="share", meaning="Same, a confirmed date."
    )
    relief_per_easing: float = field(
        "tension.relief_per_easing", unit="share", meaning="Same, an easing."
    )
    relief_per_meeting: float = field(
        "tension.relief_per_meeting", unit="share", meaning="Same, a summit that does not fail."
    )
    relief_per_truce: float = field(
        "tension.relief_per_truce", unit="share", meaning="Same, a truce."
    )
    relief_per_extension: float = field(
        "tension.relief_per_extension", unit="share", meaning="Same, an extension."
    )
    relief_per_deal: float = field(
        "tension.relief_per_deal", unit="share", meaning="Same, a comprehensive deal."
    )
    rapport_buffer: float = field(
        "rapport.buffer",
        unit="share",
        meaning="Part of a jump in tension that full rapport absorbs.",
    )
    rapport_rest: float = field("rapport.rest", unit="share", meaning="Rapport without contact.")
    rapport_reversion_per_day: float = field(
        "rapport.reversion_per_day", unit="1/day", meaning="Daily drift of rapport to rest."
    )
    rapport_overestimate: float = field(
        "us.rapport_overestimate",
        unit="share",
        meaning="How much warmer Washington expects rapport to be.",
    )
    rapport_per_call: float = field(
        "rapport.per_call", unit="share", meaning="Rise at a leaders' call."
    )
    rapport_per_meeting: float = field(
        "rapport.per_meeting", unit="share", meaning="Rise at a meeting."
    )
    rapport_per_pageantry: float = field(
        "rapport.per_pageantry", unit="share", meaning="Further rise with a state visit in Beijing."
    )
    rapport_per_float: float = field(
        "rapport.per_float", unit="share", meaning="Rise when a meeting is talked about."
    )
    rapport_per_hike: float = field("rapport.per_hike", unit="share", meaning="Fall at a hike.")
    rapport_per_threat: float = field(
        "rapport.per_threat", unit="share", meaning="Fall at a threat."
    )
    rapport_per_measure: float = field(
        "rapport.per_measure", unit="share", meaning="Fall at a non-tariff measure."
    )
    tone_rest: list[float] = field(
        "{side}.tone_rest", unit="share", shape=(Side,), meaning="Public tone without news."
    )
    tone_reversion_per_day: float = field(
        "tone.reversion_per_day", unit="1/day", meaning="Daily drift of tone to rest."
    )
    memory_hike_per_day: float = field(
        "memory.hike_per_day",
        unit="1/day",
        meaning="Daily factor on the memory of hikes and threats.",
    )
    memory_measure_per_day: float = field(
        "memory.measure_per_day", unit="1/day", meaning="Daily factor on the memory of controls."
    )
    trust_memory_per_day: float = field(
        "trust.memory_per_day", unit="1/day", meaning="Daily factor on counts of promises."
    )
    trust_cost_of_accusation: float = field(
        "trust.cost_of_accusation",
        unit="count",
        meaning="Broken promises an accusation counts for.",
    )
    humiliation_fading_per_day: float = field(
        "humiliation.fading_per_day", unit="1/day", meaning="Fading of the memory of a scolding."
    )
    market_stress_per_pp: float = field(
        "market.stress_per_pp", unit="share", meaning="Stress a point of announced duty adds."
    )
    market_numbing: float = field(
        "market.numbing", unit="1", meaning="Log fall of that effect with each announcement."
    )
    market_threat_share: float = field(
        "market.threat_share", unit="share", meaning="Stress of a threat against that of a hike."
    )
    market_calming_per_day: float = field(
        "market.calming_per_day", unit="1/day", meaning="Daily fading of stress."
    )
    market_relief: float = field(
        "market.relief",
        unit="share",
        meaning="Stress taken away by a truce, a climb-down or a confirmation.",
    )
    tone_target: list[list[float]] = field(
        _tone("target"),
        unit="share",
        shape=(Side, ToneEvent),
        meaning="Public tone an event moves a side towards: 0 hostile, 1 warm.",
    )
    tone_speed: list[list[float]] = field(
        _tone("speed"),
        unit="share",
        shape=(Side, ToneEvent),
        meaning="Part of the way there it moves.",
    )
    incident_calm_factor: float = field(
        "shock.incident_calm_factor",
        unit="1",
        least=0.0,
        meaning="Factor on that pace without tension; tension adds to it.",
    )
    conflict_days: int = field(
        "class.conflict_days",
        unit="days",
        meaning="Days in a row at the duty of `class.conflict_addon_pp` that make a conflict.",
    )
    cut_off_days: int = field(
        "class.cut_off_days",
        unit="days",
        meaning="Days in a row without truce or talks that make a conflict.",
    )
