"""Grammars for the conditions of interventions, and for values on the command line."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from enum import IntEnum
from typing import Any, Final

from sim.errors import nearest
from sim.model.outcomes.outcome import Outcome
from sim.model.outcomes.politics import outcome_index
from sim.model.tables.fields import Slot
from sim.scenario.resolved_scenario import Prior, WhenCondition
from sim.scenario.wording import short

MAX_CONDITIONS: Final = 8
MAX_WAIT_DAYS: Final = 366
HIGHEST: Final = {"pp": 1000.0, "duty_pct": 1000.0, "level": 4.0, "1/day": 1.0}
"""Largest value by unit: a daily hazard is a probability, a daily speed a share of the way."""

LARGEST: Final = 1e9
_CONDITION: Final = re.compile(
    r"(?P<name>\w[\w.\[\]]*)\s*(?P<op><=|>=|==|<|>)\s*(?P<value>\S+)"
    r"(\s+for\s+(?P<days>[0-9]{1,4})\s+days?)?"
)
_NUMBER: Final = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
PRIOR_KEYS: Final[dict[str, tuple[str, str]]] = {
    "beta": ("a", "b"),
    "normal": ("mean", "sd"),
    "lognormal": ("median", "sd_log"),
    "gamma": ("shape", "rate"),
    "uniform": ("low", "high"),
}
"""Families of priors and the names of their two numbers."""

_EXAMPLES: Final = {
    "beta": "6:4",
    "normal": "0.5:0.1",
    "lognormal": "2:0.4",
    "gamma": "4:8",
    "uniform": "0.2:0.8",
}


def parse_when(text: str) -> tuple[WhenCondition, ...]:
    """Parses the comparisons of a `when`.

    Raises:
        ValueError: The text does not consist of comparisons joined by `and`; the message shows how
            to write them.
    """
    parts = re.split(r"\s+and\s+", text.strip())
    if len(parts) > MAX_CONDITIONS:
        raise ValueError(f"has {len(parts)} comparisons; at most {MAX_CONDITIONS} are allowed")
    return tuple(_condition(part.strip()) for part in parts)


def _condition(text: str) -> WhenCondition:
    match = _CONDITION.fullmatch(text)
    if match is None:
        raise ValueError(
            f"{short(text)} is not a comparison; write e.g. `tension > 0.8` or "
            "`us_addon_pp >= 60 for 5 days`, joined by `and`"
        )
    observables = {o.name: o for o in outcome_index().values() if o.observable}
    name, op = match["name"], match["op"]
    if name not in observables:
        raise ValueError(f"{short(name)} cannot be observed{nearest(name, observables)}")
    outcome = observables[name]
    if outcome.classes and op != "==":
        raise ValueError(f"{name} is one of {', '.join(outcome.classes)}; compare it with ==")
    days = int(match["days"] or 0)
    if days > MAX_WAIT_DAYS:
        raise ValueError(f"for {days} days is too long; at most {MAX_WAIT_DAYS} are allowed")
    return WhenCondition(name, op, _operand(match["value"], outcome), days)


def _operand(text: str, outcome: Outcome) -> float:
    if outcome.kind == "class":
        if text not in outcome.classes:
            allowed = ", ".join(outcome.classes)
            raise ValueError(
                f"{short(text)} is not one of {allowed}{nearest(text, outcome.classes)}"
            )
        return float(outcome.classes.index(text))
    if outcome.kind == "flag":
        if text not in {"true", "false"}:
            raise ValueError(f"{outcome.name} is true or false, found {short(text)}")
        return float(text == "true")
    return number(text)


def number(text: str) -> float:
    """Parses a finite number in plain digits.

    Raises:
        ValueError: The text is not such a number.
    """
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        raise ValueError(f"{short(text)} is not a finite number")
    return float(text)


def parse_prior(text: str) -> dict[str, Any] | None:
    """Parses a prior `family:number:number` into the form it has in a file; None if the text is not
    a prior.

    Raises:
        ValueError: The numbers are wrong, or the family is unknown.
    """
    family, *numbers = text.split(":")
    if not numbers:
        return None
    if family not in PRIOR_KEYS:
        raise ValueError(
            f"{short(family)} is not a family of priors{nearest(family, PRIOR_KEYS)} "
            f"(known: {', '.join(PRIOR_KEYS)})"
        )
    keys = PRIOR_KEYS[family]
    if len(numbers) != len(keys):
        pattern = ":".join(keys).upper()
        raise ValueError(
            f"{short(text)}: write {family}:{pattern}, e.g. {family}:{_EXAMPLES[family]}"
        )
    return {"family": family, **{key: number(n) for key, n in zip(keys, numbers, strict=True)}}


def make_prior(written: Mapping[str, Any]) -> Prior:
    """Builds a prior from its form in a file, e.g. `{family: beta, a: 6, b: 4}`.

    Any family except the uniform may be truncated at `low` and `high`.

    Raises:
        ValueError: Numbers are missing, superfluous, or do not describe a distribution.
    """
    family = written["family"]
    keys = PRIOR_KEYS[family]
    missing = [key for key in keys if key not in written]
    foreign = [key for key in written if key not in {"family", *keys, "low", "high"}]
    if missing or foreign:
        wrong = f"lacks {' and '.join(missing)}" if missing else f"does not take {foreign[0]}"
        raise ValueError(f"a {family} prior {wrong}; it takes {' and '.join(keys)}")
    first, second = float(written[keys[0]]), float(written[keys[1]])
    low, high = written.get("low"), written.get("high")
    positive = {"beta": keys, "gamma": keys, "lognormal": keys, "normal": ("sd",)}
    if any(written[key] <= 0.0 for key in positive.get(family, ())):
        names = " and ".join(positive[family])
        raise ValueError(f"a {family} prior takes {names} above 0, got {first:g} and {second:g}")
    if low is not None and high is not None and low >= high:
        raise ValueError(f"low {low:g} must be below high {high:g}")
    if family == "uniform":
        return Prior(family, first, second)
    low, high = (None if bound is None else float(bound) for bound in (low, high))
    return Prior(family, first, second, low, high)


def support(prior: Prior) -> tuple[float, float]:
    """Returns the lowest and the highest value a prior allows."""
    if prior.family == "uniform":
        return prior.a, prior.b
    natural = {"beta": (0.0, 1.0), "normal": (-math.inf, math.inf)}
    low, high = natural.get(prior.family, (0.0, math.inf))
    return (
        low if prior.low is None else max(low, prior.low),
        high if prior.high is None else min(high, prior.high),
    )


def check_support(slot: Slot, prior: Prior) -> None:
    """Checks that the ends of a prior are valid values of its slot.

    Raises:
        ValueError: One of them is not.
    """
    for end in support(prior):
        if math.isfinite(end):
            _check_unit(slot.spec.unit, end)


def prior_mean(prior: Prior) -> float:
    """Returns the central value of a prior from the command line (its mean or median)."""
    if prior.family == "beta":
        return prior.a / (prior.a + prior.b)
    if prior.family == "gamma":
        return prior.a / prior.b
    if prior.family == "uniform":
        return (prior.a + prior.b) / 2.0
    return prior.a


def encode(slot: Slot, value: Any) -> float:
    """Converts a value from a file to the number stored in a slot.

    Raises:
        ValueError: The value has the wrong type, or is not in the closed list.
    """
    kind = slot.spec.type
    if slot.spec.unit == "date":
        return float(_ordinal(value))
    if kind is bool:
        if not isinstance(value, bool):
            raise ValueError(f"{short(value)} is not true or false")
        return float(value)
    if issubclass(kind, IntEnum):
        return float(_code(kind, value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{short(value)} is not a number")
    if kind is int and float(value) != int(value):
        raise ValueError(f"{short(value)} is not a whole number")
    check_bounds(slot, float(value))
    return float(value)


def check_bounds(slot: Slot, value: float) -> None:
    """Checks that a number is one that a slot may hold: within the bounds of its unit and its own.

    Raises:
        ValueError: It is not.
    """
    _check_unit(slot.spec.unit, value)
    least = slot.spec.least
    if least is not None and value < least:
        raise ValueError(f"{value:g} is below the minimum of {least:g}")


def _ordinal(value: Any) -> int:
    if value is None:
        return 0
    if not isinstance(value, date):
        raise ValueError(f"{short(value)} is not a day; write YYYY-MM-DD without quotes")
    return value.toordinal()


def _code(kind: type[IntEnum], value: Any) -> int:
    names = [member.name.lower() for member in kind]
    if not isinstance(value, str) or value not in names:
        hint = nearest(str(value), names)
        raise ValueError(f"{short(value)} is not one of {', '.join(names)}{hint}")
    return int(kind[value.upper()])


def _check_unit(unit: str, value: float) -> None:
    if unit in {"share", "probability"} and not 0.0 <= value <= 1.0:
        raise ValueError(f"{value:g} is not between 0 and 1, the range of a {unit}")
    lowest = {"pp", "duty_pct", "usd_bn", "count", "level", "days", "months", "1/day", "1/year"}
    if unit in lowest and value < 0.0:
        raise ValueError(f"{value:g} is below 0, the minimum of {unit}")
    if value > HIGHEST.get(unit, LARGEST) or value < -LARGEST:
        raise ValueError(
            f"{value:g} is out of bounds; the maximum of {unit} is {HIGHEST.get(unit, LARGEST):g}"
        )


def decode(slot: Slot, value: float) -> Any:
    """Converts the number in a slot to its readable form: a date, a name, true or false."""
    kind = slot.spec.type
    if slot.spec.unit == "date":
        return date.fromordinal(int(value)).isoformat() if value > 0 else None
    if kind is bool:
        return bool(value)
    if issubclass(kind, IntEnum):
        return kind(int(value)).name.lower()
    return int(value) if kind is int else value


def parse_value(text: str) -> Any:
    """Parses a value on the command line: null, true, false, a number, a date or a word."""
    words = {"null": None, "true": True, "false": False}
    if text in words:
        return words[text]
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise ValueError(f"{text} is not a calendar day; write YYYY-MM-DD") from None
    if re.fullmatch(r"[-+]?[0-9]{1,18}", text):
        return int(text)
    if re.fullmatch(r"[-+]?\.?(inf|nan|infinity)|[-+]?\.?[0-9].*", text.lower()):
        return number(text)
    return text


def typed(value: Any) -> str:
    """Returns a value as typed on the command line, which `parse_value` reads back."""
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)
