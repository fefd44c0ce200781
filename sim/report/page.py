"""Pages of text and tables, and how they are printed: in 80 columns, on a terminal or in a file."""

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


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table: heading, side, and whether long text in it may wrap."""

    title: str
    justify: Justify = "left"
    wraps: bool = False


def numeric(title: str) -> TableColumn:
    """Returns a column of numbers."""
    return TableColumn(title, "right")


def worded(title: str) -> TableColumn:
    """Returns a column of words, which give way when the table is too wide."""
    return TableColumn(title, "left", True)


@dataclass(frozen=True, slots=True)
class Title:
    """The first line of a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What opens a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or several; on a terminal indented by so many blanks, in a style of Rich."""

    text: str
    indent: int = 0
    style: str = ""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A line that is never broken, so that a path in it can be copied."""

    text: str


@dataclass(frozen=True, slots=True)
class BlankLine:
    """An empty line."""


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table; a row may be shorter than the columns."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    indent: int = 2


Part = Title | Heading | Paragraph | Verbatim | BlankLine | TextTable


@dataclass(slots=True)
class Page:
    """What a verb tells: headings, sentences and tables from top to bottom."""

    parts: list[Part] = field(default_factory=list)

    def title(self, text: str) -> None:
        """Adds the first line of a page."""
        self.parts.append(Title(text))

    def heading(self, text: str) -> None:
        """Adds a heading, one empty line above it."""
        self.parts.append(Heading(text))

    def say(self, text: str, *, indent: int = 0, style: str = "") -> None:
        """Adds a paragraph that wraps at words."""
        self.parts.append(Paragraph(text, indent, style))

    def verbatim(self, text: str) -> None:
        """Adds a line that is never broken."""
        self.parts.append(Verbatim(text))

    def gap(self) -> None:
        """Adds an empty line."""
        self.parts.append(BlankLine())

    def table(
        self, columns: Sequence[TableColumn], rows: Sequence[Sequence[str]], *, indent: int = 2
    ) -> None:
        """Adds a table; a row shorter than the columns is filled with nothing."""
        self.parts.append(TextTable(tuple(columns), tuple(map(tuple, rows)), indent))


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
        for line in _drawn(part):
            console.print(line, soft_wrap=isinstance(part, Verbatim))


def _drawn(part: Part) -> list[RenderableType]:
    """Returns what Rich prints for a part of a page, from top to bottom."""
    match part:
        case Title(text):
            return [Text(text, style="bold")]
        case Heading(text):
            return [Text(""), Text(text, style="bold")]
        case Paragraph(text, indent, style):
            body = Text(text, style=style)
            return [Padding(body, (0, 0, 0, indent)) if indent else body]
        case Verbatim(text):
            return [text]
        case BlankLine():
            return [Text("")]
        case TextTable():
            return [Padding(_table(part), (0, 0, 0, part.indent))]


def _table(grid: TextTable) -> Table:
    table = Table(
        box=None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
        show_header=any(column.title for column in grid.columns),
        header_style="underline",
    )
    for column in grid.columns:
        table.add_column(
            Text(column.title),
            justify=column.justify,
            no_wrap=not column.wraps,
            overflow="fold" if column.wraps else "ellipsis",
        )
    for row in grid.rows:
        table.add_row(*(_cell(text) for text in row))
    return table


def _cell(text: str) -> RenderableType:
    """Keeps the indent of a cell when it wraps."""
    body = text.lstrip(" ")
    indent = len(text) - len(body)
    return Padding(Text(body), (0, 0, 0, indent)) if indent else Text(body)
