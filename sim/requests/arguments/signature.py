"""Signatures of the functions of the API: every argument checked, every option shown by `help`.

`takes_options` wraps a function. A wrong argument is refused in a sentence before the function
begins; a path is taken where a name is; and the options hidden behind `**options` stand in the
signature and the docstring, with their defaults.
"""

from __future__ import annotations

import functools
import inspect
import re
import sys
import textwrap
from collections.abc import Callable, Mapping
from typing import ParamSpec, TypeVar

from sim.requests.arguments.kinds import checked
from sim.requests.options import TABLES, check_options

P = ParamSpec("P")
T = TypeVar("T")


def takes_options(
    known: type | None = None, **defaults: object
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Wraps a function of the API: checks its arguments, and shows its options in `help`.

    Args:
        known: The `TypedDict` of its `**options`; None if it has none.
        **defaults: Defaults of options, where they differ from those of `known`.
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        own = inspect.signature(function)
        options = {} if known is None else annotations_of(known)
        kinds = {name: str(p.annotation) for name, p in own.parameters.items()} | options
        rest = next((n for n, p in own.parameters.items() if p.kind is p.VAR_KEYWORD), "")
        several = {n for n, p in own.parameters.items() if p.kind is p.VAR_POSITIONAL}

        @functools.wraps(function)
        def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
            bound = own.bind(*args, **kwargs)
            given = bound.arguments.pop(rest, {})
            if known is not None:
                check_options(given, known)
            found = {
                name: tuple(checked(name, each, kinds[name]) for each in value)
                if name in several
                else checked(name, value, kinds[name])
                for name, value in (*bound.arguments.items(), *given.items())
            }
            bound.arguments = {name: found[name] for name in bound.arguments}
            return function(*bound.args, **bound.kwargs, **{name: found[name] for name in given})  # type: ignore[arg-type]

        if known is not None:
            shown = {**_default_values(known), **defaults}
            wrapped.__signature__ = _with_options(own, options, shown)  # type: ignore[attr-defined]
            wrapped.__doc__ = inspect.cleandoc(function.__doc__ or "") + _options_text(known)
        return wrapped

    return decorate


def annotations_of(known: type) -> dict[str, str]:
    """Returns the annotation of each option of a `TypedDict`, as written."""
    found = {}
    for name, annotation in known.__annotations__.items():
        found[name] = getattr(annotation, "__forward_arg__", str(annotation))
    return found


def descriptions(known: type) -> dict[str, str]:
    """Returns what the docstrings of a `TypedDict` and its bases say of each option."""
    found: dict[str, str] = {}
    for table in (*TABLES, known):
        if not table.__annotations__.keys() <= known.__annotations__.keys():
            continue
        text = inspect.cleandoc(table.__doc__ or "").partition("Attributes:\n")[2]
        for name, words in re.findall(r"^ {4}(\w+): (.+(?:\n {8}.+)*)", text, re.MULTILINE):
            found[name] = " ".join(words.split())
    return found


def _with_options(
    own: inspect.Signature, options: Mapping[str, str], defaults: Mapping[str, object]
) -> inspect.Signature:
    parameters = [p for p in own.parameters.values() if p.kind is not p.VAR_KEYWORD]
    parameters += [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=defaults.get(name), annotation=annotation
        )
        for name, annotation in options.items()
    ]
    return own.replace(parameters=parameters)


def _default_values(known: type) -> Mapping[str, object]:
    """Returns the defaults of the options of a `TypedDict`; those without one are None."""
    found: Mapping[str, object] = sys.modules[known.__module__].DEFAULTS
    return found


def _options_text(known: type) -> str:
    rows = [
        textwrap.fill(f"{name}: {words}", 92, initial_indent=" " * 4, subsequent_indent=" " * 8)
        for name, words in descriptions(known).items()
    ]
    return "\n".join(["", "", "Options:", *rows, ""])
