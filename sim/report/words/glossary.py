"""Plain words for the model's names: what each class of an outcome means to a reader."""

from __future__ import annotations

from datetime import date
from typing import Final

from sim.model.governments.acts import ROWS
from sim.model.outcomes.politics import outcome_index
from sim.model.tables.vocabulary import Act
from sim.report.words.numbers import day_text, spaced, unit_mark

CLASS_WORDS: Final[dict[str, dict[str, str]]] = {
    "path_class": {
        "improved": "improved: less tension than at the start, and a deal or lower US duties",
        "managed": "managed: neither improved nor open conflict",
        "conflict": (
            "conflict: {points} points of US duty added for 30 days, or 60 days without truce or "
            "talks"
        ),
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
        "extension": "they met and agreed or prolonged a truce",
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

_SUFFIXES: Final = (
    "_usd_per_year",
    "_usd_bn_per_month",
    "_usd_bn_per_year",
    "_usd_bn",
    "_pp",
    "_pct",
    "_share",
)
_NAMES: Final = {"us": "US", "cn": "China", "avg": "average", "addon": "added"}

PACKAGE_WORDS: Final[dict[str, str]] = {
    "truce": "truce",
    "extension": "truce prolonged",
    "swap": "minerals for technology",
    "purchases": "purchases for relief",
    "fentanyl": "precursors for relief",
    "investment": "investment",
    "comprehensive": "comprehensive deal",
}

KIND_WORDS: Final[dict[str, str]] = {
    "reported": "stated in the articles or an official text",
    "measured": "computed from data",
    "estimated": "fitted to the record of past events",
    "assumed": "no source gives it; chosen within a stated range",
}


def class_words(outcome: str, name: str, *, points: float = 60.0) -> str:
    """Returns what a class of an outcome means, in plain words.

    Args:
        outcome: Name of the outcome.
        name: Name of the class.
        points: US add-on from which a path counts as conflict, percentage points.
    """
    words = CLASS_WORDS.get(outcome, {}).get(name, spaced(name))
    return words.format(points=f"{points:g}")


def outcome_words(column: str, label: str = "", *, with_unit: bool = False) -> str:
    """Returns a column's name as words: `us_addon_pp@2025-11-01` is `US addon on 1 Nov 2025`.

    Args:
        column: Name of the column.
        label: Class it is about, if any.
        with_unit: Whether the unit follows in brackets.
    """
    name, _, day = column.partition("@")
    outcome = outcome_index().get(name)
    # A sector stands in brackets behind its outcome: `tariff_pct[us.toys]`.
    words, _, sector = name.partition("[")
    for suffix in _SUFFIXES:
        words = words.removesuffix(suffix)
    if sector:
        words += f" {sector.rstrip(']').replace('.', ' ')}"
    words = " ".join(_NAMES.get(word, word) for word in words.split("_"))
    if label:
        words += f": {spaced(label)}"
    if "Q" in day:
        words += f" at the end of {day}"
    elif day:
        words += f" on {day_text(date.fromisoformat(day))}"
    return words + (unit_mark(outcome.unit) if with_unit and outcome else "")


def feature_words(name: str) -> str:
    """Returns what a feature of an act stands for, in plain words."""
    return FEATURE_WORDS.get(name, spaced(name))


def act_words(name: str) -> str:
    """Returns an act in a few words."""
    return ROWS[Act[name.upper()]].brief
