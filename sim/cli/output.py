"""Output of the verbs: answers go to stdout, progress and notes to stderr."""

from __future__ import annotations

import json
import shlex
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import typer

from sim.errors import UsageError

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from sim.report.answers.report import ReportAnswer
    from sim.report.figures.plots import Plots
    from sim.report.page import Page

PATIENCE_S: Final = 1.0
"""Seconds of work before a progress bar is shown."""


class Answer(Protocol):
    """Answer of a function of the API, as text for a person and as JSON for a program."""

    def page(self) -> Page:
        """Returns the answer as text."""

    def to_json(self) -> dict[str, Any] | list[dict[str, Any]]:
        """Returns the answer as one JSON object with stable keys, or as a list of such objects."""


class Tabled(Protocol):
    """Answer whose numbers can be written to a file."""

    def export(self, file: str, *, command: str) -> list[Path]:
        """Writes them, and returns the files."""


class Reported(Protocol):
    """Answer that can be written as an HTML page."""

    def report(self, file: str, *, command: str, drawing: Ticker) -> ReportAnswer:
        """Writes the page, and returns what was written."""


class Drawn(Protocol):
    """Answer that has charts."""

    @property
    def plot(self) -> Plots:
        """Returns its charts."""


def put(answer: Answer, *, as_json: bool) -> None:
    """Prints an answer to stdout."""
    if as_json:
        put_json(answer.to_json())
        return
    from sim.report.page import show

    show(answer.page(), sys.stdout)


def draw(answer: Drawn, folder: str | None, *, quiet: bool) -> None:
    """Writes the charts of an answer to a folder, if one is named, and notes where they are."""
    if folder is None:
        return
    from sim.report.figures.plots import save

    with wait("drawing", quiet=quiet):
        written = save(answer.plot, folder)
    note(f"{len(written)} chart files in {folder}", quiet=quiet)


def put_file(answer: Tabled, file: str | None, *, quiet: bool) -> None:
    """Writes the numbers of an answer to a file, if one is named, and notes where they are."""
    if file is None:
        return
    with wait("exporting", quiet=quiet):
        written = answer.export(file, command=shlex.join(typed_command()))
    note(f"numbers in {' and '.join(map(str, written))}", quiet=quiet)


def put_report(answer: Reported, file: str | None, *, quiet: bool) -> None:
    """Writes an answer as an HTML page, if a file is named, and notes where it is."""
    if file is None:
        return
    with counting("drawing", "charts", quiet=quiet) as drawing:
        written = answer.report(file, command=shlex.join(typed_command()), drawing=drawing)
    note(f"page in {written.file}", quiet=quiet)


def typed_command() -> list[str]:
    """Returns the words of the command as they were typed."""
    name, *words = sys.argv
    start = ["python", "-m", "sim"] if Path(name).name == "__main__.py" else [Path(name).name]
    return [*start, *words]


def refuse_batches_only(options: Mapping[str, object]) -> None:
    """Refuses options that need a batch when `--replicate` asks for a single run.

    Raises:
        UsageError: At least one such option is set.
    """
    given = [name for name, value in options.items() if value]
    if given:
        raise UsageError(
            f"{' and '.join(given)}: needs a batch, but --replicate shows a single run; use only "
            "one of them"
        )


def put_json(value: dict[str, Any] | list[dict[str, Any]]) -> None:
    """Prints a JSON object, or a list of objects, to stdout."""
    typer.echo(json.dumps(value, indent=2, allow_nan=False, ensure_ascii=False))


def note(text: str, *, quiet: bool = False) -> None:
    """Prints a remark to stderr."""
    if not quiet:
        typer.echo(text, err=True)


@contextmanager
def wait(text: str, *, quiet: bool = False) -> Iterator[None]:
    """Notes why the user has to wait, and shows a spinner on a terminal."""
    note(text, quiet=quiet)
    if quiet or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(file=sys.stderr).status("compiling"):
        yield


class Ticker:
    """Progress bar that appears on a terminal once work has taken a second.

    Args:
        what: The work, e.g. `simulating`.
        unit: The things counted, e.g. `runs`.
        visible: Whether to show the bar at all.
    """

    def __init__(self, what: str, unit: str, *, visible: bool) -> None:
        self._what = what
        self._unit = unit
        self._visible = visible
        self._began = time.monotonic()
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __call__(self, done: int, total: int) -> None:
        """Updates the bar."""
        if not self._visible or time.monotonic() - self._began < PATIENCE_S:
            return
        if self._bar is None:
            self._bar = _open_bar(self._unit)
            self._task = self._bar.add_task(self._what, total=total)
        assert self._task is not None
        self._bar.update(self._task, completed=done, total=total)
        if done >= total:
            # This work is finished, and the next bar needs the line.
            self.close()

    def close(self) -> None:
        """Removes the bar."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


@contextmanager
def counting(what: str, unit: str, *, quiet: bool) -> Iterator[Ticker]:
    """Yields a callback that shows progress on stderr, if stderr is a terminal."""
    ticker = Ticker(what, unit, visible=not quiet and sys.stderr.isatty())
    try:
        yield ticker
    finally:
        ticker.close()


@contextmanager
def listening(*, quiet: bool) -> Iterator[dict[str, Any]]:
    """Yields the callbacks of a batch: `progress` for (done, total), `note` for remarks, `waiting`
    for long waits.

    The bar is shown on stderr, if stderr is a terminal.
    """
    with counting("simulating", "runs", quiet=quiet) as ticker:
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
