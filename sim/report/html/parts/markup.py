"""HTML made of elements, in which all that is not markup already is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

Content = str | None | Iterable["Content"]


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def element(name: str, /, *content: Content, **attributes: str | float | bool | None) -> Markup:
    """Returns an element with its end tag.

    Args:
        name: Name of the element.
        *content: What stands in it, one after the other; None stands for nothing.
        **attributes: `class_` is `class`, `data_key` is `data-key`; True writes the bare name, None
            and False leave an attribute out.
    """
    return Markup(f"{_opening(name, attributes)}{markup(content)}</{name}>")


def void(name: str, /, **attributes: str | float | bool | None) -> Markup:
    """Returns an element that has no end tag, as `<meta>`; attributes as for `element`."""
    return Markup(_opening(name, attributes))


def markup(content: Content) -> Markup:
    """Returns content as HTML: text escaped, the parts of what is iterable joined."""
    if content is None:
        return Markup()
    if isinstance(content, Markup):
        return content
    if isinstance(content, str):
        return Markup(escape(content))
    return Markup("".join(markup(part) for part in content))


def lines(text: str) -> Markup:
    """Returns text escaped, its line breaks kept."""
    return Markup(escape(text.strip("\n")).replace("\n", "<br>"))


def _opening(name: str, attributes: dict[str, str | float | bool | None]) -> str:
    written = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        attribute = key.rstrip("_").replace("_", "-")
        written.append(attribute if value is True else f'{attribute}="{escape(str(value))}"')
    return f"<{' '.join([name, *written])}>"
