"""Two small grammars: conditions of interventions, and values on the command line."""

from __future__ import annotations

import math
import re
from datetime import date
from enum import IntEnum
from typing import Any, Final

from sim.errors import nearest
from sim.model.fields import Slot
from sim.model.outcomes import outcome_index
from sim.scenario.resolved import Condition, Prior

MAX_CONDITIONS: Final = 8
_CONDITION: Final = re.compile(
    r"(?P<name>\w+)\s*(?P<op><=|>=|==|<|>)\s*(?P<value>\S+)(\s+for\s+(?P<days>\d+)\s+days?)?"
)
PRIOR_KEYS: Final[dict[str, tuple[str, str]]] = {
    "beta": ("a", "b"),
    "normal": ("mean", "sd"),
    "lognormal": ("median", "sd_log"),
    "gamma": ("shape", "rate"),
    "uniform": ("low", "high"),
}
"""Families of priors and the names of their two numbers."""


def parse_when(text: str) -> tuple[Condition, ...]:
    """Returns the comparisons of a `when`.

    Raises:
        ValueError: The text is not comparisons joined by `and`; the message teaches.
    """
    parts = re.split(r"\s+and\s+", text.strip())
    if len(parts) > MAX_CONDITIONS:
        raise ValueError(f"has {len(parts)} comparisons; at most {MAX_CONDITIONS} are allowed")
    return tuple(_condition(part) for part in parts)


def _condition(text: str) -> Condition:
    match = _CONDITION.fullmatch(text.strip())
    if match is None:
        raise ValueError(
            f"{text!r} is not a comparison; write e.g. `tension > 0.8` or "
            "`us_addon_pp >= 60 for 5 days`, joined by `and`"
        )
    observables = {o.name: o for o in outcome_index().values() if o.dated}
    name = match["name"]
    if name not in observables:
        raise ValueError(f"{name!r} cannot be observed{nearest(name, observables)}")
    value = _operand(match["value"], observables[name].classes)
    return Condition(name, match["op"], value, int(match["days"] or 0))


def _operand(text: str, classes: tuple[str, ...]) -> float:
    if text in classes:
        return float(classes.index(text))
    if text in {"true", "false"}:
        return float(text == "true")
    try:
        return float(text)
    except ValueError:
        allowed = f"one of {', '.join(classes)}" if classes else "a number, true or false"
        raise ValueError(f"{text!r} is not {allowed}") from None


def parse_prior(text: str) -> Prior | None:
    """Returns the prior `family:number:number` stands for, None if the text is no prior.

    Raises:
        ValueError: It names a family but its numbers are wrong.
    """
    family, *numbers = text.split(":")
    if family not in PRIOR_KEYS:
        return None
    try:
        first, second = (float(number) for number in numbers)
    except ValueError:
        keys = ":".join(PRIOR_KEYS[family]).upper()
        raise ValueError(f"{text!r}: write {family}:{keys}, e.g. beta:6:4") from None
    prior = Prior(family, first, second)
    check_prior(prior)
    return prior


def check_prior(prior: Prior) -> None:
    """Checks that a prior is a distribution.

    Raises:
        ValueError: Its numbers are not.
    """
    positive: dict[str, tuple[float, ...]] = {
        "beta": (prior.a, prior.b),
        "gamma": (prior.a, prior.b),
    }
    positive |= {"normal": (prior.b,), "lognormal": (prior.a, prior.b), "uniform": ()}
    if any(number <= 0.0 for number in positive[prior.family]):
        raise ValueError(f"{prior.family} takes numbers above 0 here, got {prior.a} and {prior.b}")
    low, high = (prior.a, prior.b) if prior.family == "uniform" else (prior.low, prior.high)
    if low is not None and high is not None and low >= high:
        raise ValueError(f"low {low} must be below high {high}")


def prior_mean(prior: Prior) -> float:
    """Returns the central value of a prior given on the command line (its mean or median)."""
    if prior.family == "beta":
        return prior.a / (prior.a + prior.b)
    if prior.family == "gamma":
        return prior.a / prior.b
    if prior.family == "uniform":
        return (prior.a + prior.b) / 2.0
    return prior.a


def encode(slot: Slot, value: Any) -> float:
    """Returns a file's value as the number the slot holds.

    Raises:
        ValueError: It is of the wrong type or not in the closed list.
    """
    kind = slot.spec.type
    if slot.spec.unit == "date":
        return float(_ordinal(value))
    if kind is bool:
        if not isinstance(value, bool):
            raise ValueError(f"{value!r} is not true or false")
        return float(value)
    if issubclass(kind, IntEnum):
        return float(_code(kind, value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{value!r} is not a number")
    if kind is int and float(value) != int(value):
        raise ValueError(f"{value!r} is not a whole number")
    _check_unit(slot.spec.unit, float(value))
    return float(value)


def _ordinal(value: Any) -> int:
    if value is None:
        return 0
    if not isinstance(value, date):
        raise ValueError(f"{value!r} is not a day; write YYYY-MM-DD, or null for never")
    return value.toordinal()


def _code(kind: type[IntEnum], value: Any) -> int:
    names = [member.name.lower() for member in kind]
    if not isinstance(value, str) or value not in names:
        hint = nearest(str(value), names)
        raise ValueError(f"{value!r} is not one of {', '.join(names)}{hint}")
    return int(kind[value.upper()])


def _check_unit(unit: str, value: float) -> None:
    if unit in {"share", "probability"} and not 0.0 <= value <= 1.0:
        raise ValueError(f"{value:g} is not between 0 and 1, as a {unit} is")
    lowest = {"pp", "usd_bn", "count", "level", "days", "months", "1/day", "1/year"}
    if unit in lowest and value < 0.0:
        raise ValueError(f"{value:g} is below 0; {unit} cannot be")
    if unit == "pp" and value > 1000.0:
        raise ValueError(f"{value:g} is above 1000 points")


def decode(slot: Slot, value: float) -> Any:
    """Returns the number of a slot as a person writes it: a date, a name, true or false."""
    kind = slot.spec.type
    if slot.spec.unit == "date":
        return date.fromordinal(int(value)).isoformat() if value > 0 else None
    if kind is bool:
        return bool(value)
    if issubclass(kind, IntEnum):
        return kind(int(value)).name.lower()
    return int(value) if kind is int else value


def parse_value(text: str) -> Any:
    """Returns the value a text on the command line stands for: null, true, number, date or word."""
    words = {"null": None, "true": True, "false": False}
    if text in words:
        return words[text]
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise ValueError(f"{text} is not a day of the calendar; write YYYY-MM-DD") from None
    try:
        number = float(text)
    except ValueError:
        return text
    if not math.isfinite(number):
        raise ValueError(f"{text} is not a finite number")
    return int(text) if re.fullmatch(r"[-+]?\d+", text) else number
