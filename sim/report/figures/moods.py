"""Moods of outcomes, which set their colours: strife, accord, or neither, for relations.

A colour by sign would paint a longer truce and a higher duty alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sim.experiment.compare.difference import Difference

STRIFE: Final = "strife"
ACCORD: Final = "accord"
NEITHER: Final = ""

CLASS_MOODS: Final = {
    ("path_class", "improved"): ACCORD,
    ("path_class", "conflict"): STRIFE,
    ("deal_status", "none"): STRIFE,
    ("deal_status", "extension"): ACCORD,
    ("deal_status", "package"): ACCORD,
    ("deal_status", "comprehensive"): ACCORD,
    ("summit_result", "not_held"): STRIFE,
    ("summit_result", "failure"): STRIFE,
    ("summit_result", "extension"): ACCORD,
    ("summit_result", "package"): ACCORD,
    ("summit_result", "comprehensive"): ACCORD,
    ("truce_expiry", "extended"): ACCORD,
    ("truce_expiry", "deal"): ACCORD,
    ("truce_expiry", "snapback"): STRIFE,
}
"""Mood of classes; that of one that is not listed is neither."""

MOODS: Final = {
    "leaders_met": ACCORD,
    "truce_in_force": ACCORD,
    "purchases_delivered_usd_bn": ACCORD,
    "threat_in_effect": STRIFE,
    "threat_open": STRIFE,
    "truce_strained": STRIFE,
    "us_addon_pp": STRIFE,
    "cn_addon_pp": STRIFE,
    "us_hikes": STRIFE,
    "us_measures": STRIFE,
    "tension": STRIFE,
}
"""Mood of flags that are true and of numbers that are higher."""

_OTHER: Final = {STRIFE: ACCORD, ACCORD: STRIFE, NEITHER: NEITHER}


def mood_of(outcome: str, label: str = "") -> str:
    """Returns what an outcome means where it holds or is higher.

    Args:
        outcome: Its name, with or without a day.
        label: A class of it; empty for a flag or a number.
    """
    family = outcome.partition("@")[0]
    return MOODS.get(family, NEITHER) or CLASS_MOODS.get((family, label), NEITHER)


def difference_mood(d: Difference) -> str:
    """Returns what a difference means; neither if it is not told from none."""
    mood = mood_of(d.outcome, d.label)
    return {"higher": mood, "lower": _OTHER[mood]}.get(d.verdict, NEITHER)
