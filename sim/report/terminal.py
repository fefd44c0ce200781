"""Pages of text and tables that fit 80 columns, on a terminal, in a pipe and in a test."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO, Final, Literal

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

WIDTH: Final = 80
Justify = Literal["left", "right"]


class Verbatim(str):
    """A line that is printed as it is, however long."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: heading, side, and whether long text in it may wrap."""

    title: str
    justify: Justify = "left"
    wraps: bool = False


def numeric(title: str) -> Column:
    """Returns a column of numbers."""
    return Column(title, "right")


def worded(title: str) -> Column:
    """Returns a column of words, which give way when the table is too wide."""
    return Column(title, "left", True)


@dataclass(slots=True)
class Page:
    """What a verb prints: headings, sentences and tables from top to bottom."""

    parts: list[RenderableType] = field(default_factory=list)

    def title(self, text: str) -> None:
        """Adds the first line of a page."""
        self.parts.append(Text(text, style="bold"))

    def heading(self, text: str) -> None:
        """Adds a heading, one empty line above it."""
        self.parts.append(Text(""))
        self.parts.append(Text(text, style="bold"))

    def say(self, text: str, *, indent: int = 0, style: str = "") -> None:
        """Adds a paragraph that wraps at words."""
        body = Text(text, style=style)
        self.parts.append(Padding(body, (0, 0, 0, indent)) if indent else body)

    def verbatim(self, text: str) -> None:
        """Adds a line that is never broken, so that a path in it can be copied."""
        self.parts.append(Verbatim(text))

    def gap(self) -> None:
        """Adds an empty line."""
        self.parts.append(Text(""))

    def table(
        self, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, indent: int = 2
    ) -> None:
        """Adds a table; a row shorter than the columns is filled with nothing."""
        grid = Table(
            box=None,
            pad_edge=False,
            padding=(0, 2, 0, 0),
            show_header=any(column.title for column in columns),
            header_style="underline",
        )
        for column in columns:
            grid.add_column(
                Text(column.title),
                justify=column.justify,
                no_wrap=not column.wraps,
                overflow="fold" if column.wraps else "ellipsis",
            )
        for row in rows:
            grid.add_row(*(_cell(text) for text in row))
        self.parts.append(Padding(grid, (0, 0, 0, indent)))


def _cell(text: str) -> RenderableType:
    """Keeps the indent of a cell when it wraps."""
    body = text.lstrip(" ")
    indent = len(text) - len(body)
    return Padding(Text(body), (0, 0, 0, indent)) if indent else Text(body)


def make_console(file: IO[str], *, width: int | None = None) -> Console:
    """Returns a console that never prints wider than 80 columns (or a narrower terminal)."""
    console = Console(file=file, highlight=False, markup=False, emoji=False)
    console.width = min(WIDTH, width or (console.width if console.is_terminal else WIDTH))
    return console


def show(page: Page, file: IO[str]) -> None:
    """Prints a page: in colour on a terminal, as plain text anywhere else."""
    console = make_console(file)
    if not console.is_terminal:
        file.write(render(page))
        return
    _print(page, console)


def render(page: Page, width: int = WIDTH) -> str:
    """Returns a page as plain text, as a file would hold it."""
    buffer = io.StringIO()
    _print(page, make_console(buffer, width=width))
    return "".join(line.rstrip() + "\n" for line in buffer.getvalue().splitlines())


def _print(page: Page, console: Console) -> None:
    for part in page.parts:
        console.print(part, soft_wrap=isinstance(part, Verbatim))
