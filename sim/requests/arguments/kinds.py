"""Kinds of arguments of the API: what each annotation takes, and in which form it is passed on."""

from __future__ import annotations

import operator
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from numbers import Integral, Real
from typing import Any, Final

from sim.errors import UsageError
from sim.experiment.inputs.axes import Axis

LARGEST: Final = 10**18
"""Largest number that is read; Python prints no number of thousands of digits."""

_SHOWN: Final = 60
"""Letters of a wrong value that an error repeats."""

WORDS: Final = {
    "None": "None",
    "str": "text",
    "Path": "a path",
    "Scenario": "a name or the path of a file",
    "RunAnswer": "an answer of run",
    "bool": "True or False",
    "int": "a whole number",
    "float": "a number",
    "Day": "a day as YYYY-MM-DD or a date",
    "Sequence[str]": "a list of texts",
    "Sequence[int]": "a list of whole numbers",
    "Sequence[Scenario]": "a list of names or paths",
    "Sequence[Day]": "a list of days",
    "tuple[float, float]": "a pair of numbers",
    "Schedule": "the path of a CSV file or a list of its rows",
    "Sets": "a mapping of names to values, or a list of texts NAME=VALUE",
    "Axes": "a mapping of names to values, or a list of texts NAME=VALUES",
    "Progress": "a function",
    "Note": "a function",
    "Waiting": "a function",
    "IO[str]": "a text stream",
}
"""What an annotation of the API stands for, in the words of an error."""


class _Unfit(Exception):
    """A value that is not of a kind."""


def checked(name: str, value: object, annotation: str) -> Any:
    """Returns an argument in the form the program uses, e.g. a path as text.

    Raises:
        UsageError: It is not of a kind that its annotation allows.
    """
    kinds = [kind.strip() for kind in annotation.split("|")]
    for kind in kinds:
        try:
            return _KINDS[kind](value)
        except _Unfit:
            continue
    expected = " or ".join(WORDS[kind] for kind in kinds if kind != "None")
    raise UsageError(f"{name}: expected {expected}, found {shown(value)}")


def shown(value: object) -> str:
    """Returns a wrong value as an error repeats it: its type, and its beginning if that helps."""
    if value is None:
        return "None"
    if isinstance(value, Integral) and abs(int(value)) > LARGEST:
        return f"a number beyond {LARGEST:.0e}"
    try:
        text = " ".join(repr(value).split())
    except Exception:  # noqa: BLE001 - anything can be passed, and say anything of itself
        text = "..."
    text = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    return f"{text} ({type(value).__name__})"


def _one(test: Callable[[Any], bool]) -> Callable[[object], Any]:
    """Returns the reader of a kind whose values are taken as they are."""

    def read(value: object) -> Any:
        if test(value):
            return value
        raise _Unfit

    return read


def _path(value: object) -> str:
    """Returns a name or a path as text."""
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    if isinstance(value, str) and "\0" not in value:
        return value
    raise _Unfit


def _whole(value: Any) -> int:
    """Returns a whole number, of Python's or of numpy's types."""
    try:
        number = operator.index(value)
    except TypeError:
        raise _Unfit from None
    if isinstance(value, bool) or not -LARGEST <= number <= LARGEST:
        raise _Unfit
    return number


def _number(value: object) -> float:
    if isinstance(value, Integral):
        return _whole(value)
    if isinstance(value, Real):
        return float(value)
    raise _Unfit


def _day(value: object) -> str | date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str | date):
        return value
    raise _Unfit


def _list(read: Callable[[object], Any]) -> Callable[[object], Any]:
    """Returns the reader of a list; a single value is a list of one."""

    def read_all(value: object) -> Any:
        if isinstance(value, str | date | os.PathLike):
            return (read(value),)
        if isinstance(value, bytes | Mapping) or not isinstance(value, Iterable):
            raise _Unfit
        return tuple(map(read, value))

    return read_all


def _pair(value: object) -> tuple[float, float]:
    if isinstance(value, tuple | list) and len(value) == 2:
        return _number(value[0]), _number(value[1])
    raise _Unfit


def _schedule(value: object) -> Any:
    """Returns the path of a schedule as text, or the list of its rows."""
    if not isinstance(value, tuple | list):
        return _path(value)
    if all(isinstance(row, Mapping) and all(map(_is_text, row)) for row in value):
        return [*value]
    raise _Unfit


def _mapping_or(read: Callable[[object], Any]) -> Callable[[object], Any]:
    """Returns the reader of a mapping of names, or of texts."""

    def read_either(value: object) -> Any:
        if isinstance(value, Mapping) and all(isinstance(name, str) for name in value):
            return value
        return read(value)

    return read_either


def _is_text(value: object) -> bool:
    return isinstance(value, str)


_text = _one(_is_text)
_function = _one(callable)
_KINDS: Final[Mapping[str, Callable[[object], Any]]] = {
    "None": _one(lambda value: value is None),
    "str": _text,
    "Path": _path,
    "Scenario": _path,
    "RunAnswer": _one(lambda value: hasattr(type(value), "batch") or hasattr(value, "batch")),
    "bool": _one(lambda value: isinstance(value, bool)),
    "int": _whole,
    "float": _number,
    "Day": _day,
    "Sequence[str]": _list(_text),
    "Sequence[int]": _list(_whole),
    "Sequence[Scenario]": _list(_path),
    "Sequence[Day]": _list(_day),
    "tuple[float, float]": _pair,
    "Schedule": _schedule,
    "Sets": _mapping_or(_list(_text)),
    "Axes": _mapping_or(_list(_one(lambda value: isinstance(value, str | Axis)))),
    "Progress": _function,
    "Note": _function,
    "Waiting": _function,
    "IO[str]": _one(lambda value: hasattr(value, "write")),
}
