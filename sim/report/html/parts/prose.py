"""Text pages as HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup

from sim.report.html.parts.tables import table
from sim.report.html.parts.templates import fill
from sim.report.page import BlankLine, Heading, Page, Paragraph, Part, TextTable, Title, Verbatim

NARROW: Final = 4
"""Number of columns of a table up to which two stand side by side on a desk."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a page as the template writes it."""

    kind: str
    text: str = ""
    id: str | None = None
    is_under: bool = False
    table: Markup | None = None


@dataclass(slots=True)
class _Block:
    """A heading and what stands below it."""

    parts: list[_Piece] = field(default_factory=list)
    is_wide: bool = False


def prose(page: Page, key: str, level: int = 3) -> Markup:
    """Returns a text page as HTML, each heading in a block with what stands below it.

    Args:
        page: The page printed by a command; its first table is preceded by text.
        key: Id of the section it belongs to, used as the prefix of its own ids.
        level: Level of its headings, 1 to 6.
    """
    blocks: list[_Block] = []
    # A table directly under a heading of the document is labelled by that heading.
    label = f"{key}-title"
    for place, part in enumerate(page.parts):
        if isinstance(part, BlankLine):
            continue
        if isinstance(part, Heading) or not blocks:
            blocks.append(_Block())
        block = blocks[-1]
        if isinstance(part, TextTable):
            block.parts.append(_Piece("table", table=table(label, part.columns, part.rows)))
            block.is_wide |= len(part.columns) > NARROW
        else:
            # A table is labelled by the text above it.
            names = any(isinstance(after, TextTable) for after in page.parts[place + 1 : place + 2])
            label = f"{key}-{place}" if names else label
            block.parts.append(_words(part, label if names else None))
    return fill("prose.html", blocks=blocks, level=level)


def below(page: Page) -> Page:
    """Returns a page without its first heading, for use under a heading of the document."""
    place = next((i for i, part in enumerate(page.parts) if isinstance(part, Heading)), None)
    return page if place is None else Page([*page.parts[:place], *page.parts[place + 1 :]])


def _words(part: Part, name: str | None) -> _Piece:
    match part:
        case Title(text):
            return _Piece("title", text, name)
        case Heading(text):
            return _Piece("heading", text, name)
        case Verbatim(text):
            return _Piece("verbatim", text, name)
        case Paragraph(text, indent):
            return _Piece("paragraph", text, name, bool(indent))
    raise AssertionError(part)
