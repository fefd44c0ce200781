"""Plain words for the model's names: what each class of an outcome means to a reader."""

from __future__ import annotations

from typing import Final

from sim.report.words import spaced

CLASS_WORDS: Final[dict[str, dict[str, str]]] = {
    "path_class": {
        "improved": "improved: less tension than at the start, and a deal or lower US duties",
        "managed": "managed: neither improved nor open conflict",
        "conflict": "conflict: very high US duties for 30 days, or 60 days without truce or talks",
    },
    "deal_status": {
        "none": "no agreement",
        "truce": "a truce that still has an end date",
        "extension": "the truce, prolonged",
        "package": "a package (purchases, minerals, controls or tariff relief)",
        "comprehensive": "a comprehensive deal",
    },
    "summit_result": {
        "not_held": "no meeting of the leaders",
        "failure": "they met, and it failed",
        "talks": "they met and agreed to talk on",
        "extension": "they met and prolonged the truce",
        "package": "they met and signed a package",
        "comprehensive": "they met and signed a comprehensive deal",
    },
    "summit_venue": {
        "none": "nowhere",
        "beijing": "in Beijing",
        "washington": "in Washington",
        "mar_a_lago": "at Mar-a-Lago",
        "third_country": "in a third country",
    },
    "truce_expiry": {
        "none": "no end date was reached",
        "extended": "it was prolonged",
        "deal": "a deal replaced it",
        "snapback": "it lapsed and the suspended duties came back",
    },
    "talks_stage": {
        "none": "no talks",
        "preparing": "talks in preparation",
        "active": "talks under way",
        "stalled": "talks stalled",
        "resumed": "talks resumed",
    },
}

FEATURE_WORDS: Final[dict[str, str]] = {
    "leverage": "gains leverage",
    "cost": "own economic cost",
    "reciprocity": "answers the other side",
    "deadline": "a deadline is near",
    "market": "stress in the markets",
    "pressure": "pressure at home",
    "rapport": "the leaders' rapport",
    "face": "loss of face",
    "landmark": "wish for a landmark deal",
    "delay": "time gained",
    "red_line": "crosses a red line",
    "credibility": "credibility of threats",
    "inertia": "inertia",
    "security": "national security",
    "agreement": "the agreement in force",
    "grievance": "a broken promise",
}

KIND_WORDS: Final[dict[str, str]] = {
    "reported": "stated in the articles or an official text",
    "measured": "computed from data",
    "estimated": "fitted to the record of past events",
    "assumed": "no source gives it; chosen within a stated range",
}


def class_words(outcome: str, name: str) -> str:
    """Returns what a class of an outcome means, in plain words."""
    return CLASS_WORDS.get(outcome, {}).get(name, spaced(name))


def feature_words(name: str) -> str:
    """Returns what a feature of an act stands for, in plain words."""
    return FEATURE_WORDS.get(name, spaced(name))


def act_words(name: str) -> str:
    """Returns an act's name as words."""
    return spaced(name)
