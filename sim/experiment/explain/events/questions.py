"""Questions that an explanation answers, and the events each of them is about."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, unique
from typing import Final

from sim.engine.happenings import IN_KIND, Happening
from sim.model.governments.acts import ACTS
from sim.model.tables.codes import CN, US
from sim.model.tables.vocabulary import Act


@unique
class EventQuestion(StrEnum):
    """Kinds of events to be explained."""

    US_HIKES = "us_hikes"
    US_MEASURES = "us_measures"
    CN_MEASURES = "cn_measures"
    US_PROPOSALS = "us_proposals"
    CN_PROPOSALS = "cn_proposals"
    US_REFUSALS = "us_refusals"
    CN_REFUSALS = "cn_refusals"
    STRAINS = "strains"
    REOPENINGS = "reopenings"


PROPOSALS: Final = frozenset({Act.SEEK_TALKS, Act.CALL_LEADER, Act.FLOAT_SUMMIT})
"""Acts by which a side approaches the other in public."""

HIKES: Final = frozenset({Act.HIKE, Act.REVOKE_PNTR})
"""Increases of duties that a side chooses from its menu."""

CHOSEN: Final[Mapping[EventQuestion, tuple[int, frozenset[Act]]]] = {
    EventQuestion.US_HIKES: (US, HIKES),
    EventQuestion.US_PROPOSALS: (US, PROPOSALS),
    EventQuestion.CN_PROPOSALS: (CN, PROPOSALS),
    **{
        question: (
            side,
            frozenset(r.act for r in ACTS if "measures" in r.changes and side in r.act.sides),
        )
        for side, question in ((US, EventQuestion.US_MEASURES), (CN, EventQuestion.CN_MEASURES))
    },
}
"""Side and acts of each question about what a government chooses from its menu."""

REFUSALS: Final = (EventQuestion.US_REFUSALS, EventQuestion.CN_REFUSALS)
"""Questions about the offers that the US and China turn down."""

_COURSES: Final[Mapping[EventQuestion, frozenset[int]]] = {
    EventQuestion.US_HIKES: frozenset({Act.EXECUTE_THREAT, Act.COUNTER_HIKE, Act.PENALISE}),
    EventQuestion.US_MEASURES: frozenset(IN_KIND),
    EventQuestion.CN_MEASURES: frozenset({*IN_KIND, Happening.REPLY_CONTROL}),
}
"""Events that count for a question beside the acts of the menu."""

EVENTS: Final[Mapping[EventQuestion, tuple[int, frozenset[int]]]] = {
    question: (side, frozenset(map(int, acts)) | _COURSES.get(question, frozenset()))
    for question, (side, acts) in CHOSEN.items()
} | {
    question: (side, frozenset({int(Happening.BUNDLE_REFUSED)}))
    for side, question in enumerate(REFUSALS)
}
"""Side and events of each question that counts single events."""
