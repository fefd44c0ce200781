"""Causes of what happens in words: what is explained, by which route it came, and what drove it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sim.engine.happenings import WORDS
from sim.experiment.explain.events.questions import EventQuestion
from sim.model.tables.vocabulary import Feature, Side
from sim.report.words.glossary import feature_words
from sim.report.words.signs import ACTORS

if TYPE_CHECKING:
    from sim.experiment.explain.causes import Cause

QUESTION_WORDS: Final[dict[EventQuestion, str]] = {
    EventQuestion.US_HIKES: "US tariff increases",
    EventQuestion.US_MEASURES: "US non-tariff measures",
    EventQuestion.CN_MEASURES: "Chinese non-tariff measures",
    EventQuestion.US_PROPOSALS: "US proposals",
    EventQuestion.CN_PROPOSALS: "Chinese proposals",
    EventQuestion.US_REFUSALS: "offers that Washington turned down",
    EventQuestion.CN_REFUSALS: "offers that Beijing turned down",
    EventQuestion.STRAINS: "pauses that were strained",
    EventQuestion.REOPENINGS: "reopenings of talks",
}
"""What is explained, in the plural."""

_WORDS: Final[dict[str, str]] = {
    "us.threat.summit_effect": "a leaders' meeting or call nearby",
    "us.threat.softened_effect": "a step by Beijing towards Washington",
    "bargain.tension": "tension",
    "bargain.trust": "trust or distrust in promises",
    "bargain.aspiration": "holding out for more",
    "bargain.headline_cost": "what concessions cost at home",
    "bargain.utility_per_usd_bn": "what trade gains or loses",
    "bargain.reserve_spread": "its private floor in the run",
    "security": "the weight of its security camp",
    "mandate": "ministers without a full mandate",
    "us_hikes": "US tariff increases",
    "cn_hikes": "Chinese tariff increases",
    "us_measures": "US non-tariff measures",
    "cn_measures": "Chinese non-tariff measures",
    "us_accusations": "accusations by Washington",
    "us_accusations_breach": "accusations by Washington after missed purchases",
    "cn_accusations": "accusations by Beijing",
    "us_call_leader": "call that Washington asked for",
    "cn_call_leader": "call that Beijing asked for",
    "us_seek_talks": "talks that Washington proposed",
    "cn_seek_talks": "talks that Beijing proposed",
    "summit_dated": "date set for a leaders' meeting",
    "summit_held": "leaders' meeting",
    "ministers_round": "ministers' round on the calendar",
    "delegations": "delegations that Beijing sent",
    "quiet_channels": "quiet channels",
}


def cause_words(cause: Cause) -> str:
    """Returns a cause in plain words."""
    if cause.family == "voice":
        return cause.who
    if cause.family == "reason":
        assert cause.side is not None
        other = ACTORS[Side(1 - cause.side).name.lower()]
        return feature_words(Feature(cause.code).name.lower()).replace("the other side", other)
    own = cause.key.partition(".")[2]
    return _WORDS.get(cause.key) or _WORDS[own]


def route_words(name: str) -> str:
    """Returns the kind of an event as a noun."""
    return WORDS[name].noun
