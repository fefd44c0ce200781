"""Parameters of relations: tension, rapport, trust, markets."""

from __future__ import annotations

from collections.abc import Callable

from sim.model.tables.fields import field
from sim.model.tables.paths import Index, side_name
from sim.model.tables.vocabulary import Side, ToneEvent

ONE_SIDED: dict[ToneEvent, Side] = {ToneEvent.REBUKE: Side.CN, ToneEvent.ROUND: Side.CN}
"""Events that move the tone of only one side."""


def _tone(what: str) -> Callable[[Index], str | None]:
    """Returns the path of a number for an event that moves a side's tone."""

    def path(index: Index) -> str | None:
        side, event = Side(index[0]), ToneEvent(index[1])
        moves = ONE_SIDED.get(event, side) == side
        return f"{side_name(side)}.tone.{event.name.lower()}_{what}" if moves else None

    return path


class RelationParams:
    """Effects of events on the mood, and its fading."""

    tension_rest: float = field(
        "tension.rest", unit="share", meaning="Level to which tension drifts without news."
    )
    tension_floor: float = field(
        "tension.floor",
        unit="share",
        meaning="Level below which no deal lowers tension, because structural disputes remain.",
    )
    incident_per_day: float = field(
        "shock.incident_per_day",
        unit="1/day",
        meaning="Hazard of incidents at a tension of one half.",
    )
    crisis_share: float = field(
        "shock.crisis_share", unit="share", meaning="Share of incidents that become a crisis."
    )
    tension_per_incident: float = field(
        "tension.per_incident", unit="share", meaning="Rise in tension at an incident."
    )
    trust_rest_count: float = field(
        "trust.rest_count",
        unit="count",
        least=0.0,
        meaning="Size to which the counts of promises kept and broken return with time.",
    )
    freeze_days: int = field(
        "shock.freeze_days",
        unit="days",
        meaning="Days for which a crisis over Taiwan breaks off all contacts.",
    )
    tension_per_crisis: float = field(
        "tension.per_crisis", unit="share", meaning="Rise in tension at a crisis."
    )
    crisis_market_pp: float = field(
        "shock.crisis_market_pp",
        unit="pp",
        meaning="Points of tariff to which a crisis is equivalent on markets.",
    )
    tension_reversion_per_day: float = field(
        "tension.reversion_per_day",
        unit="1/day",
        meaning="Daily drift of tension to its resting level.",
    )
    tension_per_hike: float = field(
        "tension.per_hike", unit="share", meaning="Rise in tension at any hike."
    )
    tension_per_hike_pp: float = field(
        "tension.per_hike_pp",
        unit="share",
        meaning="Additional rise in tension per point of a hike.",
    )
    tension_per_threat: float = field(
        "tension.per_threat", unit="share", meaning="Rise in tension at any threat."
    )
    tension_per_threat_pp: float = field(
        "tension.per_threat_pp",
        unit="share",
        meaning="Additional rise in tension per point of a threat.",
    )
    tension_per_measure: float = field(
        "tension.per_measure", unit="share", meaning="Rise in tension at a non-tariff measure."
    )
    tension_per_pntr: float = field(
        "tension.per_pntr",
        unit="share",
        meaning="Additional rise in tension at the end of normal trade relations.",
    )
    tension_per_accusation: float = field(
        "tension.per_accusation",
        unit="share",
        meaning="Rise in tension at an accusation of breach.",
    )
    tension_per_rebuke: float = field(
        "tension.per_rebuke", unit="share", meaning="Rise in tension at a public rebuke."
    )
    tension_per_slip: float = field(
        "tension.per_slip",
        unit="share",
        meaning="Rise in tension when a dated summit is postponed.",
    )
    tension_per_failure: float = field(
        "tension.per_failure",
        unit="share",
        meaning="Rise in tension when a summit fails in public.",
    )
    tension_per_snapback: float = field(
        "tension.per_snapback", unit="share", meaning="Rise in tension when a truce lapses."
    )
    relief_per_contact: float = field(
        "tension.relief_per_contact",
        unit="share",
        meaning="Share of tension above its floor that a contact removes.",
    )
    relief_per_confirmation: float = field(
        "tension.relief_per_confirmation",
        unit="share",
        meaning="Share of tension above its floor that a dated or fully confirmed summit removes.",
    )
    relief_per_easing: float = field(
        "tension.relief_per_easing",
        unit="share",
        meaning="Share of tension above its floor that an easing removes.",
    )
    relief_per_meeting: float = field(
        "tension.relief_per_meeting",
        unit="share",
        meaning="Share of tension above its floor that a summit removes if it does not fail.",
    )
    relief_per_truce: float = field(
        "tension.relief_per_truce",
        unit="share",
        meaning="Share of tension above its floor that a truce removes.",
    )
    relief_per_extension: float = field(
        "tension.relief_per_extension",
        unit="share",
        meaning="Share of tension above its floor that an extension removes.",
    )
    relief_per_deal: float = field(
        "tension.relief_per_deal",
        unit="share",
        meaning="Share of tension above its floor that a comprehensive deal removes.",
    )
    rapport_buffer: float = field(
        "rapport.buffer",
        unit="share",
        meaning="Share of a rise in tension that full rapport absorbs.",
    )
    rapport_rest: float = field(
        "rapport.rest", unit="share", meaning="Resting level of rapport, without contact."
    )
    rapport_reversion_per_day: float = field(
        "rapport.reversion_per_day",
        unit="1/day",
        meaning="Daily drift of rapport to its resting level.",
    )
    rapport_overestimate: float = field(
        "us.rapport_overestimate",
        unit="share",
        meaning="Amount by which Washington overestimates rapport.",
    )
    rapport_per_call: float = field(
        "rapport.per_call", unit="share", meaning="Rise in rapport at a leaders' call."
    )
    rapport_per_meeting: float = field(
        "rapport.per_meeting", unit="share", meaning="Rise in rapport at a leaders' meeting."
    )
    rapport_per_pageantry: float = field(
        "rapport.per_pageantry",
        unit="share",
        meaning="Additional rise in rapport with a state visit in Beijing.",
    )
    rapport_per_float: float = field(
        "rapport.per_float",
        unit="share",
        meaning="Rise in rapport when a meeting is floated.",
    )
    rapport_per_hike: float = field(
        "rapport.per_hike", unit="share", meaning="Fall in rapport at a hike."
    )
    rapport_per_threat: float = field(
        "rapport.per_threat", unit="share", meaning="Fall in rapport at a threat."
    )
    rapport_per_measure: float = field(
        "rapport.per_measure", unit="share", meaning="Fall in rapport at a non-tariff measure."
    )
    tone_rest: list[float] = field(
        "{side}.tone_rest",
        unit="share",
        shape=(Side,),
        meaning="Resting level of public tone, without news.",
    )
    tone_reversion_per_day: float = field(
        "tone.reversion_per_day",
        unit="1/day",
        meaning="Daily drift of public tone to its resting level.",
    )
    memory_hike_per_day: float = field(
        "memory.hike_per_day",
        unit="1/day",
        meaning="Daily decay factor of the memory of hikes and threats.",
    )
    memory_measure_per_day: float = field(
        "memory.measure_per_day",
        unit="1/day",
        meaning="Daily decay factor of the memory of controls.",
    )
    trust_memory_per_day: float = field(
        "trust.memory_per_day", unit="1/day", meaning="Daily decay factor of counts of promises."
    )
    cause_days: int = field(
        "speech.cause_days",
        unit="days",
        least=0,
        meaning="Days after a hostile act in which the other side still speaks of it.",
    )
    rebuke_days: int = field(
        "cn.rebuke.within_days",
        unit="days",
        least=0,
        meaning="Days after a hostile act of the US in which China may rebuke it in public.",
    )
    trust_cost_of_accusation: float = field(
        "trust.cost_of_accusation",
        unit="count",
        meaning="Number of broken promises for which an accusation counts.",
    )
    humiliation_fading_per_day: float = field(
        "humiliation.fading_per_day",
        unit="1/day",
        meaning="Rate at which the memory of a public scolding fades.",
    )
    market_stress_per_pp: float = field(
        "market.stress_per_pp", unit="share", meaning="Market stress per point of announced duty."
    )
    market_numbing: float = field(
        "market.numbing", unit="1", meaning="Log fall in that effect with each announcement."
    )
    market_threat_share: float = field(
        "market.threat_share",
        unit="share",
        meaning="Market stress of a threat relative to that of a hike.",
    )
    market_calming_per_day: float = field(
        "market.calming_per_day", unit="1/day", meaning="Daily rate at which market stress fades."
    )
    market_relief: float = field(
        "market.relief",
        unit="share",
        meaning="Share of market stress removed by a truce, a softened threat or a confirmation.",
    )
    tone_target: list[list[float]] = field(
        _tone("target"),
        unit="share",
        shape=(Side, ToneEvent),
        meaning="Public tone towards which an event moves a side: 0 hostile, 1 warm.",
    )
    tone_speed: list[list[float]] = field(
        _tone("speed"),
        unit="share",
        shape=(Side, ToneEvent),
        meaning="Share of the distance to that tone that it moves.",
    )
    incident_calm_factor: float = field(
        "shock.incident_calm_factor",
        unit="1",
        least=0.0,
        meaning="Factor on the hazard of incidents without tension; tension adds to it.",
    )
    conflict_days: int = field(
        "class.conflict_days",
        unit="days",
        is_definition=True,
        meaning=(
            "Days in a row with duties of at least `class.conflict_addon_pp` that count as "
            "conflict."
        ),
    )
    regime_addon_pp: float = field(
        "class.regime_addon_pp",
        unit="pp",
        is_definition=True,
        meaning="Add-on of both sides above which trade counts as decoupled.",
    )
    regime_days: int = field(
        "class.regime_days",
        unit="days",
        is_definition=True,
        meaning="Days in a row at such duties without talks that count as confrontation.",
    )
    cut_off_days: int = field(
        "class.cut_off_days",
        unit="days",
        is_definition=True,
        meaning="Days in a row without truce or talks that count as conflict.",
    )
