"""Text pages as HTML."""

from __future__ import annotations

from sim.report.html.parts.markup import Content, Markup, element, lines, markup
from sim.report.html.parts.tables import table
from sim.report.page import BlankLine, Heading, Page, Paragraph, Part, TextTable, Title, Verbatim


def prose(page: Page, key: str, level: int = 3) -> Markup:
    """Returns a text page as HTML.

    Args:
        page: The page printed by a command; its first table is preceded by text.
        key: Id of the section it belongs to, used as the prefix of its own ids.
        level: Level of its headings, 1 to 6.
    """
    parts: list[Content] = []
    # A table directly under a heading of the document is labelled by that heading.
    label = f"{key}-title"
    for place, part in enumerate(page.parts):
        if isinstance(part, TextTable):
            parts.append(table(label, part.columns, part.rows))
        elif not isinstance(part, BlankLine):
            # A table is labelled by the text above it.
            names = any(isinstance(after, TextTable) for after in page.parts[place + 1 : place + 2])
            label = f"{key}-{place}" if names else label
            parts.append(_words(part, label if names else None, level))
    return markup(parts)


def below(page: Page) -> Page:
    """Returns a page without its first heading, for use under a heading of the document."""
    place = next((i for i, part in enumerate(page.parts) if isinstance(part, Heading)), None)
    return page if place is None else Page([*page.parts[:place], *page.parts[place + 1 :]])


def _words(part: Part, name: str | None, level: int) -> Markup | None:
    match part:
        case Title(text):
            return element("p", element("strong", text), id=name)
        case Heading(text):
            return element(f"h{level}", text, id=name)
        case Paragraph(text, indent):
            return element("p", text, id=name, class_="under" if indent else None)
        case Verbatim(text):
            return element("pre", lines(text), id=name)
    return None
