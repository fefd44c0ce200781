"""Pages of text and tables, printed in 80 columns to a file and to a terminal.

Tables use a wider terminal. One that is still too wide is split into blocks that repeat its labels,
so that no number and no name is ever cut.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO, Final, Literal

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

WIDTH: Final = 80
GAP: Final = 2
"""Spaces between the columns of a table."""

LONGEST_LINE: Final = 116
"""Letters of an answer that is shown in one line."""

LONGEST_WORD: Final = 32
"""Letters of a word that a column of text has room for; a longer word may be folded."""

PLAIN: Final = str.maketrans("▁▂▃▄▅▆▇█", "_.,-=+*#")
"""Characters that stand for blocks where an encoding has none."""

Justify = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """Column of a table: heading, alignment, whether long text wraps, and whether it draws, in bars
    of letters, what stands beside it."""

    title: str
    justify: Justify = "left"
    wraps: bool = False
    draws: bool = False


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
    """Table whose rows may have fewer cells than there are columns.

    Attributes:
        columns: Its columns.
        rows: Its cells.
        indent: Spaces before each line.
        labels: Leading columns that every block repeats; 0 for those before the first number.
    """

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    indent: int = 2
    labels: int = 0


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
        self,
        columns: Sequence[TableColumn],
        rows: Sequence[Sequence[str]],
        *,
        indent: int = 2,
        labels: int = 0,
    ) -> None:
        """Adds a table; short rows are padded with empty cells (see `TextTable`)."""
        self.parts.append(TextTable(tuple(columns), tuple(map(tuple, rows)), indent, labels))


class Printable:
    """Answer that prints as its page, and in a list or at a prompt as one line."""

    __slots__ = ()

    def page(self) -> Page:
        """Returns the answer as text."""
        raise NotImplementedError

    def line(self) -> str:
        """Returns what the answer is about: scenario, size, headline, id."""
        raise NotImplementedError

    def __str__(self) -> str:
        return render(self.page())

    def __repr__(self) -> str:
        text = f"{type(self).__name__}: {' '.join(self.line().split())}"
        return f"<{text if len(text) <= LONGEST_LINE else text[: LONGEST_LINE - 3] + '...'}>"


def make_console(file: IO[str], *, width: int | None = None) -> Console:
    """Returns a console as wide as a terminal, or 80 columns wide if the file is none.

    Args:
        file: Stream to write to.
        width: Columns to use instead.
    """
    console = Console(file=file, highlight=False, markup=False, emoji=False)
    console.width = width or (console.width if console.is_terminal else WIDTH)
    return console


def show(page: Page, file: IO[str]) -> None:
    """Prints a page: styled on a terminal, as plain text elsewhere."""
    console = make_console(file)
    if not console.is_terminal:
        file.write(render(page, encoding=console.encoding))
        return
    _print(page, console, console.encoding)


def render(page: Page, width: int = WIDTH, encoding: str = "utf-8") -> str:
    """Returns a page as plain text, in characters that an encoding has."""
    buffer = io.StringIO()
    _print(page, make_console(buffer, width=width), encoding)
    return "".join(line.rstrip() + "\n" for line in buffer.getvalue().splitlines())


def _print(page: Page, console: Console, encoding: str) -> None:
    for part in page.parts:
        # Long lines of prose are hard to read, however wide the terminal.
        width = console.width if isinstance(part, TextTable) else min(WIDTH, console.width)
        for line in _drawn(part, width, encoding):
            console.print(line, soft_wrap=isinstance(part, Verbatim), width=width)


def _drawn(part: Part, width: int, encoding: str) -> list[RenderableType]:
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
            return [text if _has(encoding, text) else text.translate(PLAIN)]
        case BlankLine():
            return [Text("")]
        case TextTable():
            return _tables(part, width - part.indent)


def _has(encoding: str, text: str) -> bool:
    """Returns whether an encoding has all characters of a text."""
    try:
        text.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def _tables(grid: TextTable, room: int) -> list[RenderableType]:
    """Returns a table as blocks that fit, with an empty line between them."""
    widest = [max(map(cell_len, lines)) for lines in map(str.splitlines, _texts(grid))]
    least = [_least(grid, place, widest[place]) for place in range(len(widest))]
    drawn: list[RenderableType] = []
    roomy = [max(low, min(high, LONGEST_WORD)) for low, high in zip(least, widest, strict=True)]
    for block in _blocks(grid, least, roomy, room):
        widths = _fitted(
            [widest[place] for place in block], [least[place] for place in block], room
        )
        table = _block(grid, block, widths)
        drawn += [Text("")] * bool(drawn) + [Padding(table, (0, 0, 0, grid.indent))]
    return drawn


def _texts(grid: TextTable) -> list[str]:
    """Returns the heading and the cells of each column, one a line; never an empty text."""
    columns = [[column.title] for column in grid.columns]
    for row in grid.rows:
        for column, cell in zip(columns, row, strict=False):
            column.append(cell)
    return ["\n".join(column) or " " for column in columns]


def _least(grid: TextTable, place: int, widest: int) -> int:
    """Returns the width that a column needs: all of it, or its longest word if it wraps."""
    if not grid.columns[place].wraps:
        return widest
    words = _texts(grid)[place].split() or [""]
    indent = max(len(cell) - len(cell.lstrip(" ")) for cell in _texts(grid)[place].splitlines())
    return min(widest, LONGEST_WORD, indent + max(map(cell_len, words)))


def _blocks(
    grid: TextTable, least: Sequence[int], roomy: Sequence[int], room: int
) -> list[list[int]]:
    """Returns the columns of each block; every block begins with the labels of the rows.

    Args:
        grid: The table.
        least: Width that each column needs at least.
        roomy: Width that each column gets if there are several blocks.
        room: Width of the page.
    """
    places = range(len(grid.columns))
    if _total(least) <= room:
        return [[*places]]
    first_number = next((i for i in places if grid.columns[i].justify == "right"), 0)
    labels = [*range(grid.labels or max(1, first_number))]
    if _total([least[i] for i in labels]) > room // 2:
        labels = [0]
    blocks = [[*labels]]
    for place in places[len(labels) :]:
        taken = _total([roomy[i] for i in (*blocks[-1], place)])
        if taken > room and len(blocks[-1]) > len(labels):
            blocks.append([*labels])
        blocks[-1].append(place)
    return blocks


def _fitted(widest: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Returns widths of columns that fill no more than the room, taken from the widest first.

    Words are folded only if a label and a column alone are too wide.
    """
    widths = [*widest]
    for floors in (least, [1] * len(widths)):
        while _total(widths) > room:
            spare = [i for i, floor in enumerate(floors) if widths[i] > floor]
            if not spare:
                break
            widths[max(spare, key=widths.__getitem__)] -= 1
    return widths


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def _block(grid: TextTable, places: Sequence[int], widths: Sequence[int]) -> Table:
    table = Table(
        box=None,
        pad_edge=False,
        padding=(0, GAP, 0, 0),
        show_header=any(column.title for column in grid.columns),
        header_style="underline",
    )
    for place, width in zip(places, widths, strict=True):
        column = grid.columns[place]
        table.add_column(Text(column.title), justify=column.justify, width=width, overflow="fold")
    for row in grid.rows:
        table.add_row(*(_cell(row[place]) if place < len(row) else "" for place in places))
    return table


def _cell(text: str) -> RenderableType:
    """Returns a cell that keeps its indent when it wraps."""
    body = text.lstrip(" ")
    indent = len(text) - len(body)
    return Padding(Text(body), (0, 0, 0, indent)) if indent else Text(body)
