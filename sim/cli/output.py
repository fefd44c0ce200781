"""Output: answers go to stdout, progress and notes to stderr."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol

import typer

from sim.errors import UsageError

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from sim.report.figures.plots import Plots
    from sim.report.page import Page

PATIENCE_S: Final = 1.0
"""Work that ends sooner shows no bar."""


class Answer(Protocol):
    """What a function of the API returns: readable by a person and by a program."""

    def page(self) -> Page:
        """Returns the answer as text."""

    def to_json(self) -> dict[str, Any]:
        """Returns the answer as one JSON object with stable keys."""


class Drawn(Protocol):
    """An answer that has pictures."""

    @property
    def plot(self) -> Plots:
        """Its pictures."""


def put(answer: Answer, *, as_json: bool) -> None:
    """Prints an answer to stdout."""
    if as_json:
        put_json(answer.to_json())
        return
    from sim.report.page import show

    show(answer.page(), sys.stdout)


def draw(answer: Drawn, folder: str | None, *, quiet: bool) -> None:
    """Writes the pictures of an answer, if a folder is given, and says where they are."""
    if folder is None:
        return
    from sim.report.figures.plots import save

    with wait("drawing", quiet=quiet):
        written = save(answer.plot, folder)
    note(f"{len(written)} files of pictures in {folder}", quiet=quiet)


def refuse_batches_only(options: Mapping[str, object]) -> None:
    """Refuses options about many histories where `--replicate` asks for one.

    Raises:
        UsageError: One of them is given.
    """
    given = [name for name, value in options.items() if value]
    if given:
        raise UsageError(
            f"{' and '.join(given)}: told of many histories, and --replicate tells one; leave one "
            "of them out"
        )


def put_json(value: dict[str, Any]) -> None:
    """Prints one JSON object to stdout."""
    typer.echo(json.dumps(value, indent=2, allow_nan=False, ensure_ascii=False))


def note(text: str, *, quiet: bool = False) -> None:
    """Prints a remark to stderr."""
    if not quiet:
        typer.echo(text, err=True)


@contextmanager
def wait(text: str, *, quiet: bool = False) -> Iterator[None]:
    """Says why the user has to wait, and shows on a terminal that something goes on."""
    note(text, quiet=quiet)
    if quiet or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(file=sys.stderr).status("compiling"):
        yield


class Ticker:
    """Shows a bar on a terminal once work has taken a second; elsewhere counts in silence.

    Args:
        what: What goes on, e.g. `playing`.
        unit: What is counted, e.g. `runs`.
        visible: Whether someone can see it.
    """

    def __init__(self, what: str, unit: str, *, visible: bool) -> None:
        self._what = what
        self._unit = unit
        self._visible = visible
        self._began = time.monotonic()
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __call__(self, done: int, total: int) -> None:
        """Takes note of how much is done of how much."""
        if not self._visible or time.monotonic() - self._began < PATIENCE_S:
            return
        if self._bar is None:
            self._bar = _open_bar(self._unit)
            self._task = self._bar.add_task(self._what, total=total)
        assert self._task is not None
        self._bar.update(self._task, completed=done, total=total)
        if done >= total:
            # Nothing is left to wait for here, and the next bar wants the line.
            self.close()

    def close(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


@contextmanager
def counting(what: str, unit: str, *, quiet: bool) -> Iterator[Ticker]:
    """Yields what listens to work and shows its progress on stderr, where someone can see it."""
    ticker = Ticker(what, unit, visible=not quiet and sys.stderr.isatty())
    try:
        yield ticker
    finally:
        ticker.close()


@contextmanager
def listening(*, quiet: bool) -> Iterator[dict[str, Any]]:
    """Yields what listens to a batch: `progress` of (done, total), `note` of remarks, `waiting` of
    long waits.

    The bar is on stderr, and only where someone can see it.
    """
    with counting("playing", "runs", quiet=quiet) as ticker:
        yield {
            "progress": ticker,
            "note": partial(note, quiet=quiet),
            "waiting": partial(wait, quiet=quiet),
        }


def _open_bar(unit: str) -> Bar:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TextColumn(f"{unit}, time left"),
        TimeRemainingColumn(),
        console=Console(file=sys.stderr),
        transient=True,
    )
    bar.start()
    return bar
