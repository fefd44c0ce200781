"""Starting point of a run in words: what is open between the two sides on the first day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sim.economy.constants import PERCENT
from sim.engine.dates import day_words, end_words
from sim.engine.details import announced, place_words
from sim.engine.happenings import PARTNERS, WHO
from sim.model.diplomacy.summit import host_of
from sim.model.duties.layers import addon_pp
from sim.model.tables.codes import CN, PARTIAL_REPLY, US
from sim.model.tables.state import State
from sim.model.tables.vocabulary import (
    INSTRUMENT_NAMES,
    Agreement,
    CourtCase,
    Layer,
    Party,
    SummitStage,
    TalksStage,
)

ADDED: Final = {
    Layer.FENTANYL: "fentanyl",
    Layer.RECIPROCAL: "reciprocal",
    Layer.THREATENED: "threatened",
    Layer.PNTR: "end of normal trade relations",
}
AGREEMENTS: Final = {
    Agreement.NONE: "none",
    Agreement.VERBAL: "a verbal understanding",
    Agreement.PAUSE: "a pause of duties",
    Agreement.SIGNED: "a signed text",
    Agreement.DORMANT: "the accord of 2020, dormant",
}
TALKS: Final = {
    TalksStage.NONE: "none",
    TalksStage.PREPARING: "in preparation",
    TalksStage.ACTIVE: "active",
    TalksStage.STALLED: "stalled",
    TalksStage.RESUMED: "resumed",
}
MEETINGS: Final = {
    SummitStage.NONE: "none planned",
    SummitStage.FLOATED: "suggested, not yet agreed",
    SummitStage.AGREED: "agreed, without a date",
    SummitStage.HELD: "held, no other planned",
}
CASES: Final = {
    CourtCase.PENDING: "case on the emergency duties open",
    CourtCase.UPHELD: "emergency duties upheld",
    CourtCase.STRUCK: "emergency duties struck down",
}
CONTROLS: Final = {
    "tech": "technology",
    "entities": "listed firms",
    "inbound_limits": "Chinese investment",
    "outbound_limits": "investment in China",
    "port_fees": "port fees",
    "visas": "visas",
    "rare_earths": "rare earths",
    "probes": "investigations of US firms",
    "buyer_freeze": "buying halt",
}
PARTIES: Final = {Party.US: WHO[US], Party.HOST: "the host", Party.CN: WHO[CN]}
SIDES: Final = {US: "US", CN: "Chinese"}


def starting_point(state: State, hosts: Mapping[int, str]) -> tuple[tuple[str, str], ...]:
    """Returns what is open in the state of the first day, by subject; subjects of which there is
    nothing to say are left out.

    Args:
        state: The state of the first day.
        hosts: Labels of the days that the calendar keeps for a meeting in a third country.
    """
    found = {
        "duties added": duties(state),
        "announced": coming(state),
        "tariff threat": threat(state),
        "agreement": agreement(state),
        "talks": talks(state),
        "summit": meeting(state, hosts),
        "US controls": controls(state, US),
        "CN controls": controls(state, CN),
        "court": court(state),
        "other countries": others(state),
    }
    return tuple((subject, words) for subject, words in found.items() if words)


def duties(state: State) -> str:
    """Returns the duties added since 20 January 2025, and what a pause suspends of them."""
    layers = ", ".join(
        f"{name} {state.duty_pp[US][layer]:.0f}"
        for layer, name in ADDED.items()
        if state.duty_pp[US][layer] > 0.0
    )
    listed = state.coverage[CN][PARTIAL_REPLY]
    lists = f"{state.duty_pp[CN][PARTIAL_REPLY]:.0f} on {PERCENT * listed:.0f}% of US goods"
    ours = on_all_goods(state, US, layers)
    return f"{ours}; {on_all_goods(state, CN, lists if listed > 0.0 else '')}"


def on_all_goods(state: State, side: int, aside: str) -> str:
    """Returns the points of a side on all goods, those in force and those suspended, with an
    aside."""
    paused = sum(state.suspended_pp[side])
    words = f"{SIDES[side]} {addon_pp(state, side):.0f} points"
    if side == US and aside:
        words += f" ({aside})"
    elif aside:
        words += f" and {aside}"
    return words + (f", {paused:.0f} suspended" if paused > 0.0 else "")


def coming(state: State) -> str:
    """Returns the duties announced and not yet in force."""
    return "; ".join(
        f"{SIDES[each.side]} {_amount(each.layer, each.side, each.points, each.coverage)} from "
        f"{day_words(each.due)}"
        for each in announced(state)
    )


def _amount(layer: int, side: int, points: float, coverage: float) -> str:
    if side == CN and layer == PARTIAL_REPLY:
        return f"duties on {PERCENT * coverage:.0f}% of its imports"
    return f"{points:.0f} points"


def threat(state: State) -> str:
    """Returns the open threat."""
    if not state.threat_open:
        return "none"
    return f"{state.threat_pp:.0f} points of US duty from {day_words(state.threat_deadline)}"


def agreement(state: State) -> str:
    """Returns the agreement in force, with its end."""
    words = AGREEMENTS[Agreement(state.agreement)]
    if state.agreement == Agreement.PAUSE:
        if 0 < state.truce_from < state.day:
            words += f" since {day_words(state.truce_from)}"
        if state.truce_ends_on > 0:
            ends = day_words(state.truce_ends_on)
            words += f"; unless prolonged, what it suspends returns on {ends}"
        else:
            words += end_words(0)
    return words + ("; strained" if state.truce_strained else "")


def talks(state: State) -> str:
    """Returns the stage of the working talks, and the last contacts."""
    words = TALKS[TalksStage(state.talks)]
    if state.talks == TalksStage.RESUMED and state.call_day > state.round_day:
        words += " by the leaders"
    contacts = {
        "the leaders spoke": state.call_day,
        "last round": state.round_day,
    }
    for what, day in sorted(contacts.items(), key=lambda pair: pair[1]):
        words += f"; {what} on {day_words(day)}" if day > 0 else ""
    return words


def meeting(state: State, hosts: Mapping[int, str]) -> str:
    """Returns the stage of the leaders' meeting: place, date, and who has confirmed."""
    stage = SummitStage(state.summit)
    if stage in MEETINGS:
        return MEETINGS[stage]
    place = place_words(state.venue, state.summit_day, hosts)
    parties = [party for party in Party if party != Party.HOST or host_of(state.venue) == party]
    yes = " and ".join(PARTIES[party] for party in parties if state.confirmed[party] > 0)
    told = f"confirmed by {yes}" if yes else "not yet confirmed"
    return f"set for {day_words(state.summit_day)} ({place}); {told}"


def controls(state: State, side: int) -> str:
    """Returns the controls of a side that are on, with their levels."""
    names = [
        f"{CONTROLS[name]} {level}"
        for name, level in zip(INSTRUMENT_NAMES[side], state.control[side], strict=True)
        if name and level > 0
    ]
    return ", ".join(names) or "none"


def others(state: State) -> str:
    """Returns which other countries the US threatens with duties, and until when."""
    return "; ".join(
        f"{name} threatened with US duties from {day_words(day)}"
        for name, day in zip(PARTNERS, state.others_deadline, strict=True)
        if day > 0
    )


DAY_IS_SET: Final = 60
"""Days before a hearing from which its day is known: the court sets it about two months ahead."""


def court(state: State) -> str:
    """Returns where the case against duties under the emergency powers stands."""
    words = CASES.get(CourtCase(state.court_case), "")
    if state.court_case == CourtCase.PENDING and state.court_argued > 0:
        ahead = state.court_argued - state.day
        near = ahead <= DAY_IS_SET
        words += f"; hearing {'on' if near else 'expected around'} {day_words(state.court_argued)}"
    return words
