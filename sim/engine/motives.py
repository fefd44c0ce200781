"""Motives: why a hostile act is taken, in the words of a line of the chronicle.

The reason is the one that weighed most for the act in its recorded choice, with the dates that the
state keeps. An act with no such reason is told without one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sim.engine.dates import day_words
from sim.engine.happenings import WHO
from sim.model.relations.stages import talks_running
from sim.model.tables.codes import AGREEMENT_PAUSE, CN, US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Act

LEAST: Final = 0.05
"""Weight of a reason, in utility, from which it is told."""

_WHOSE: Final = {US: "US", CN: "Chinese"}

_STATUTES: Final = frozenset(
    act.name.lower() for act in (Act.IMPOSE_122, Act.WIDEN_232, Act.OPEN_301, Act.IMPOSE_338)
)
"""Turns to another statute, which have a cause of their own once the emergency duties are void."""

_PLAIN: Final = {
    "pressure": "under pressure at home",
    "security": "on grounds of national security",
    "credibility": "to make good what it has threatened",
    "reliance": "to depend less on Chinese factories",
    "delay": "to gain time",
}
"""Words for reasons of which the state keeps no date."""

Cause = tuple[str, int]
"""Hostile act of the other side: its noun and its day."""


def cause_words(cause: Cause) -> str:
    """Returns a hostile act of the other side as it is spoken of later."""
    noun, day = cause
    article = "" if noun.startswith(("duties", "firms", "investment", "visa", "port")) else "the "
    return f"{article}{noun} of {day_words(day)}"


def strongest(reasons: Sequence[tuple[str, float]]) -> str:
    """Returns the feature that speaks most for an act; empty if none does clearly."""
    for_it = [(part, name) for name, part in reasons if part >= LEAST]
    return max(for_it)[1] if for_it else ""


def motive(state: State, kind: str, side: int, main: str, cause: Cause | None) -> str:
    """Returns why a hostile act is taken, to be read after its text.

    Args:
        state: The state after the act.
        kind: Name of the act.
        side: The side that acts.
        main: The feature that spoke most for the act.
        cause: The other side's last hostile act in the run; None if there was none.
    """
    if kind in _STATUTES and state.emergency_ends_on > 0:
        ends = "end" if state.emergency_ends_on > state.day else "ended"
        return f", in place of the emergency duties that {ends} on " + day_words(
            state.emergency_ends_on
        )
    if main == "reciprocity":
        return f", in answer to {_answered(state, side, cause)}"
    if main == "grievance":
        return f", out of distrust of {WHO[1 - side]}{_bound(state)}"
    if main == "deadline" and state.threat_open:
        return f", before its threat falls due on {day_words(state.threat_deadline)}"
    if main == "leverage":
        return f", to gain leverage{_bound(state, 'before the truce ends on')}"
    return f", {_PLAIN[main]}{_bound(state)}" if main in _PLAIN else ""


def _answered(state: State, side: int, cause: Cause | None) -> str:
    """Returns what an act answers; what came before the run has a day and no name."""
    if cause is not None:
        return cause_words(cause)
    day = state.cause_day[side]
    if day > 0:
        return f"what {WHO[1 - side]} did on {day_words(day)}"
    hikes = state.recent_hike[1 - side] > state.recent_measure[1 - side]
    what = "tariff increases" if hikes else "controls and other measures"
    return f"{_WHOSE[1 - side]} {what} of past months"


def _bound(state: State, link: str = "while the truce runs to") -> str:
    """Returns how the truce stands in which an act is taken; empty outside a truce."""
    if state.agreement != AGREEMENT_PAUSE or state.truce_ends_on <= state.day:
        return ""
    ends = f"{link} {day_words(state.truce_ends_on)}"
    return f" {ends}" if talks_running(state) else f" {ends} and no talks are under way"


def stalled(state: State, params: Params) -> str:
    """Returns what made a stall of the talks likeliest: a tariff increase, a truce just signed that
    took the urgency away, or tension; and when the ministers last met."""
    fresh = state.agreement == AGREEMENT_PAUSE and (
        state.day - state.truce_signed <= params.stall_truce_days
    )
    parts = {
        "after the US tariff increase": params.stall_after_hike * state.recent_hike[US],
        "as the truce has taken the urgency away": params.stall_after_truce - 1.0 if fresh else 0.0,
        "as tension is high": params.stall_tension * state.tension,
    }
    cause = max(parts, key=lambda words: parts[words])
    met = f"; ministers last met on {day_words(state.round_day)}" if state.round_day > 0 else ""
    return (f" {cause}" if parts[cause] >= LEAST else "") + met
