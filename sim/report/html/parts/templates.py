"""Templates of HTML, filled in one environment that escapes all text but `Markup`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from sim.report.words.numbers import number_text

PACKAGE: Final = "sim.report.html"
FOLDER: Final = "templates"
"""Folder of the templates of reports, in their package, with the style sheet and the scripts."""


@cache
def environment(package: str = PACKAGE, folder: str = FOLDER) -> Environment:
    """Returns the environment of the templates in a folder of a package.

    All text is escaped, and a name that is not given is an error instead of nothing.
    """
    made = Environment(
        loader=PackageLoader(package, folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"lines": _lines, "per_cent": _per_cent}
    return made


def fill(template: str, **values: Any) -> Markup:
    """Returns a template of reports, filled with values.

    Args:
        template: Name of its file.
        **values: Names in it, and what stands for them.
    """
    return Markup(environment().get_template(template).render(values))  # noqa: S704 (escaped)


def joined(parts: Iterable[Markup]) -> Markup:
    """Returns pieces of HTML one after the other."""
    return Markup("\n").join(parts)


@cache
def asset(name: str) -> Markup:
    """Returns the style sheet or a script of a report."""
    return Markup(files(PACKAGE).joinpath(FOLDER, name).read_text("utf-8"))  # noqa: S704 (our own)


def _lines(text: str) -> Markup:
    """Returns escaped text with its line breaks as `<br>`."""
    return Markup("<br>").join(escape(text.strip("\n")).split("\n"))


def _per_cent(share: float) -> str:
    return f"{number_text(100.0 * share, 1)}%"
