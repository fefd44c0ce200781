"""Words that the shell completes: scenarios, results, numbers, outcomes, sections.

A shell asks anew at every press of the key and waits for the answer, so nothing here loads the
model or reads YAML. What cannot be read completes nothing: there is no place for an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

import typer

from sim.requests.options import results_root

_SCENARIO: Final = re.compile(rb"^(question|extends):", re.MULTILINE)
_BEGINNING: Final = 10_000
"""Bytes of a YAML file in which a scenario says what it asks or extends."""

_RESULT: Final = re.compile(r".+-[0-9a-f]{10}")
_ID: Final = 10
_MANIFEST: Final = "manifest.json"
_DESIGN: Final = "runs/manifest.json"
LATEST: Final = "@latest"

MOST_RESULTS: Final = 200
"""Newest results that are offered; `detente results list` has them all."""


def scenarios(context: typer.Context, incomplete: str) -> list[str]:
    """Completes a scenario: a shipped one, or a file of the current folder."""
    from sim.scenario.shipped import names

    return _starting(incomplete, lambda: [*names(), *_own_files()])


def results(context: typer.Context, incomplete: str) -> list[str]:
    """Completes a stored result: its name, its id or the newest; the newest first."""
    return _stored(context, incomplete, (_MANIFEST,))


def folders(context: typer.Context, incomplete: str) -> list[str]:
    """Completes a stored result or a sampled sweep."""
    return _stored(context, incomplete, (_MANIFEST, _DESIGN))


def worlds(context: typer.Context, incomplete: str) -> list[str]:
    """Completes a scenario or a stored result."""
    return [*scenarios(context, incomplete), *results(context, incomplete)]


def settings(context: typer.Context, incomplete: str) -> list[str]:
    """Completes the name of a number that is to be given a value, as `NAME=`."""
    from sim.scenario.shipped import settings as names

    return _starting(incomplete, lambda: [f"{name}=" for name in names()])


def numbers(context: typer.Context, incomplete: str) -> list[str]:
    """Completes the name of a number of a scenario."""
    from sim.scenario.shipped import settings as names

    return _starting(incomplete, names)


def parameters(context: typer.Context, incomplete: str) -> list[str]:
    """Completes the name of a parameter."""
    from sim.scenario.shipped import parameters as names

    return _starting(incomplete, names)


def inputs(context: typer.Context, incomplete: str) -> list[str]:
    """Completes an input of a sweep: the name alone where its points are sampled."""
    complete = parameters if context.params.get("sample") else settings
    return complete(context, incomplete)


def worlds_or_inputs(context: typer.Context, incomplete: str) -> list[str]:
    """Completes a word of a report: a scenario or a result, and after the first an input too."""
    typed = context.params.get("words")
    return [*worlds(context, incomplete), *(inputs(context, incomplete) if typed else [])]


def outcomes(context: typer.Context, incomplete: str) -> list[str]:
    """Completes an outcome, or a class of one."""
    from sim.scenario.shipped import outcomes as names

    return _starting(incomplete, names)


def sections(context: typer.Context, incomplete: str) -> list[str]:
    """Completes what an explanation is to show: a section of it, or a number."""
    from sim.scenario.shipped import CALENDAR, parts

    found = _starting(incomplete, lambda: [*parts(), CALENDAR])
    return [*found, *(numbers(context, incomplete) if incomplete else [])]


def _starting(incomplete: str, words: Callable[[], Iterable[str]]) -> list[str]:
    with suppress(OSError, ValueError, KeyError):
        return [word for word in dict.fromkeys(words()) if word.startswith(incomplete)]
    return []


def _stored(context: typer.Context, incomplete: str, manifests: tuple[str, ...]) -> list[str]:
    """Completes the folder of a result that has one of the manifests."""

    def words() -> Iterable[str]:
        names = _names(results_root(context.params.get("results")), manifests)
        # An id alone is offered to those who have begun to type one.
        ids = [name[-_ID:] for name in names] if incomplete else []
        return [*names, *([LATEST] if names else []), *ids]

    return _starting(incomplete, words)


def _own_files() -> list[str]:
    """Returns the scenario files of the current folder."""
    return [
        path.name
        for path in sorted(Path().glob("*.y*ml"))
        if path.suffix in {".yaml", ".yml"} and path.is_file() and _reads_like_one(path)
    ]


def _reads_like_one(path: Path) -> bool:
    with path.open("rb") as stream:
        return _SCENARIO.search(stream.read(_BEGINNING)) is not None


def _names(root: Path, manifests: tuple[str, ...]) -> list[str]:
    """Returns the names of the folders of results, the newest first."""
    dated = [
        (manifest.stat().st_mtime, home.name)
        for home in root.iterdir()
        if _RESULT.fullmatch(home.name)
        for manifest in (home / name for name in manifests)
        if manifest.is_file()
    ]
    return [name for _, name in sorted(dated, reverse=True)[:MOST_RESULTS]]
