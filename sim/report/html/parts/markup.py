"""HTML elements; all content that is not markup is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

Content = str | None | Iterable["Content"]


class Markup(str):
    """Text that is already HTML."""

    __slots__ = ()


def element(name: str, /, *content: Content, **attributes: str | float | bool | None) -> Markup:
    """Returns an element with its end tag.

    Args:
        name: Name of the element.
        *content: Content of the element, in order; None is ignored.
        **attributes: `class_` becomes `class`, `data_key` becomes `data-key`; True gives the bare
            name, None and False omit the attribute.
    """
    return Markup(f"{_opening(name, attributes)}{markup(content)}</{name}>")


def void(name: str, /, **attributes: str | float | bool | None) -> Markup:
    """Returns an element without an end tag, such as `<meta>`; attributes as in `element`."""
    return Markup(_opening(name, attributes))


def markup(content: Content) -> Markup:
    """Returns content as HTML: text is escaped, iterables are joined."""
    if content is None:
        return Markup()
    if isinstance(content, Markup):
        return content
    if isinstance(content, str):
        return Markup(escape(content))
    return Markup("".join(markup(part) for part in content))


def lines(text: str) -> Markup:
    """Returns escaped text with its line breaks as `<br>`."""
    return Markup(escape(text.strip("\n")).replace("\n", "<br>"))


def _opening(name: str, attributes: dict[str, str | float | bool | None]) -> str:
    written = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        attribute = key.rstrip("_").replace("_", "-")
        written.append(attribute if value is True else f'{attribute}="{escape(str(value))}"')
    return f"<{' '.join([name, *written])}>"
