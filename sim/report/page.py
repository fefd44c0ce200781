"""Pages of text and tables, printed in 80 columns to a terminal or a file."""

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
    """Column of a table: heading, alignment, and whether long text wraps."""

    title: str
    justify: Justify = "left"
    wraps: bool = False


def numeric(title: str) -> TableColumn:
    """Returns a column of numbers."""
    return TableColumn(title, "right")


def worded(title: str) -> TableColumn:
    """Returns a column of text, which wraps if the table is too wide."""
    return TableColumn(title, "left", True)


@dataclass(frozen=True, slots=True)
class Title:
    """First line of a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """Heading of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Paragraph of text, with an indent in spaces and a Rich style for terminals."""

    text: str
    indent: int = 0
    style: str = ""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Line that is never wrapped, so that a path in it can be copied."""

    text: str


@dataclass(frozen=True, slots=True)
class BlankLine:
    """Empty line."""


@dataclass(frozen=True, slots=True)
class TextTable:
    """Table whose rows may have fewer cells than there are columns."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    indent: int = 2


Part = Title | Heading | Paragraph | Verbatim | BlankLine | TextTable


@dataclass(slots=True)
class Page:
    """Output of a command: headings, paragraphs and tables from top to bottom."""

    parts: list[Part] = field(default_factory=list)

    def title(self, text: str) -> None:
        """Adds the first line of a page."""
        self.parts.append(Title(text))

    def heading(self, text: str) -> None:
        """Adds a heading, preceded by an empty line."""
        self.parts.append(Heading(text))

    def say(self, text: str, *, indent: int = 0, style: str = "") -> None:
        """Adds a paragraph, which wraps at spaces."""
        self.parts.append(Paragraph(text, indent, style))

    def verbatim(self, text: str) -> None:
        """Adds a line that is never wrapped."""
        self.parts.append(Verbatim(text))

    def gap(self) -> None:
        """Adds an empty line."""
        self.parts.append(BlankLine())

    def table(
        self, columns: Sequence[TableColumn], rows: Sequence[Sequence[str]], *, indent: int = 2
    ) -> None:
        """Adds a table; short rows are padded with empty cells."""
        self.parts.append(TextTable(tuple(columns), tuple(map(tuple, rows)), indent))


def make_console(file: IO[str], *, width: int | None = None) -> Console:
    """Returns a console at most 80 columns wide, or as wide as a narrower terminal."""
    console = Console(file=file, highlight=False, markup=False, emoji=False)
    console.width = min(WIDTH, width or (console.width if console.is_terminal else WIDTH))
    return console


def show(page: Page, file: IO[str]) -> None:
    """Prints a page: styled on a terminal, as plain text elsewhere."""
    console = make_console(file)
    if not console.is_terminal:
        file.write(render(page))
        return
    _print(page, console)


def render(page: Page, width: int = WIDTH) -> str:
    """Returns a page as plain text."""
    buffer = io.StringIO()
    _print(page, make_console(buffer, width=width))
    return "".join(line.rstrip() + "\n" for line in buffer.getvalue().splitlines())


def _print(page: Page, console: Console) -> None:
    for part in page.parts:
        for line in _drawn(part):
            console.print(line, soft_wrap=isinstance(part, Verbatim))


def _drawn(part: Part) -> list[RenderableType]:
    """Returns the Rich objects for a part of a page."""
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
    """Returns a cell that keeps its indent when it wraps."""
    body = text.lstrip(" ")
    indent = len(text) - len(body)
    return Padding(Text(body), (0, 0, 0, indent)) if indent else Text(body)
