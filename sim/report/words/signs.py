"""Early signs and outcomes as phrases for a sentence: `no talks proposed by Beijing`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sim.engine.happenings import WORDS
from sim.model.outcomes.outcome import Outcome
from sim.report.words.glossary import class_words, outcome_words
from sim.report.words.numbers import day_text, quantity, spaced, step_of

if TYPE_CHECKING:
    from sim.experiment.discovery.boxes import Limit
    from sim.experiment.discovery.signs import Sign
    from sim.experiment.outcomes.conditions import Condition

ACTORS: Final = {"us": "Washington", "cn": "Beijing"}

FLAG_NOUNS: Final[dict[str, str]] = {
    "leaders_met": "leaders' meeting held",
    "truce_strained": "strain on the truce",
    "threat_open": "pending tariff threat",
    "threat_in_effect": "threatened duty in effect",
    "port_fees_both": "port fees on both sides",
}
NUMBER_NOUNS: Final[dict[str, str]] = {
    "us_addon_pp": "US duties added",
    "cn_addon_pp": "Chinese duties added",
}


def sign_words(sign: Sign, limit: Limit) -> str:
    """Returns a phrase for a limit on a sign, without its day."""
    if sign.kind == "number":
        return _number(sign, limit)
    if sign.kind == "class":
        return _class(sign.name, sign.label, holds=limit.is_least)
    words = _event(sign.name.removesuffix("_by")) if sign.kind == "event" else _flag(sign.name)
    return words if limit.is_least else f"no {words}"


def condition_words(condition: Condition) -> str:
    """Returns a phrase for an outcome that fits before "in 40% of runs"; an outcome without a
    phrase is returned as typed."""
    what, day = condition.what, condition.day
    if condition.since:
        return condition.text
    if not isinstance(what, Outcome):
        words = _event(what.name)
    elif what.kind == "flag":
        words = _flag(what.name)
    elif what.kind == "class" and condition.sign == "=" and not condition.when:
        # The text before the colon names the class; the rest explains it.
        return class_words(what.name, what.classes[int(condition.value)]).partition(":")[0]
    else:
        return condition.text
    if day:
        words += f" {'on' if isinstance(what, Outcome) else 'by'} {day_text(day)}"
    return words if condition.value else f"no {words}"


def listed(parts: list[str], joint: str = "and") -> str:
    """Returns phrases joined as `a, b and c`, or by another word than `and`."""
    return f" {joint} ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _event(name: str) -> str:
    who, _, act = name.rpartition(".")
    noun = WORDS[act].noun
    return f"{noun} by {ACTORS[who]}" if who else noun


def _number(sign: Sign, limit: Limit) -> str:
    noun, step = NUMBER_NOUNS.get(sign.name, outcome_words(sign.name)), step_of(sign.name)
    if limit.is_least:
        return f"{noun} at least {quantity(limit.bound, sign.unit, step=step)}"
    if sign.unit == "pp":
        # The column holds whole points: 13 for 13.4.
        return f"{noun} below {quantity(limit.bound + 1, sign.unit, step=step)}"
    return (
        f"{noun} at most {quantity(limit.bound, sign.unit, step=step)}"
        if limit.bound
        else f"no {noun}"
    )


def _flag(name: str) -> str:
    return FLAG_NOUNS.get(name, outcome_words(name))


def _class(name: str, label: str, *, holds: bool) -> str:
    if name != "talks_stage":
        return f"{outcome_words(name)} {'' if holds else 'not '}{spaced(label)}"
    words = class_words(name, label)
    if holds:
        return words
    return f"some {words.removeprefix('no ')}" if words.startswith("no ") else f"no {words}"
