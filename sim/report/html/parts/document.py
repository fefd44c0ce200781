"""Frame of an HTML report: head, contents, sections, style and script, in one file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from sim.report.html.parts.markup import Content, Markup, element, markup, void
from sim.version import __version__

GENERATOR: Final = "detente"
"""Generator name that identifies a report of this program."""


@dataclass(frozen=True, slots=True)
class Section:
    """Section of a report.

    Attributes:
        key: Id, the target of the link in the contents.
        title: Heading.
        content: Content below the heading.
    """

    key: str
    title: str
    content: Content


def document(title: str, masthead: Content, sections: Sequence[Section], foot: Content) -> str:
    """Returns a complete HTML report.

    Args:
        title: Title of the window.
        masthead: Content above the table of contents: name, question, summary.
        sections: Sections from top to bottom.
        foot: Footer.
    """
    style, script = asset("style.css"), asset("page.js")
    body = element(
        "body",
        element("a", "Skip to the content", href="#content", class_="skip"),
        element("header", masthead),
        _contents(sections),
        element("main", [_section(section) for section in sections], id="content"),
        element("footer", foot),
        element("script", Markup(script)),
    )
    page = element("html", _head(title, style, script), body, lang="en")
    return f"<!doctype html>\n{page}\n"


def is_document(beginning: str) -> bool:
    """Returns whether a file with this beginning was made by `document`."""
    return f'name="generator" content="{GENERATOR} ' in beginning


def _head(title: str, style: str, script: str) -> Markup:
    # Nothing is fetched and only the script below can run, whatever the text contains. Charts have
    # inline styles, which cannot be listed.
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return element(
        "head",
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=policy),
        void("meta", name="generator", content=f"{GENERATOR} {__version__}"),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="color-scheme", content="light dark"),
        void("link", rel="icon", href="data:,"),
        element("title", title),
        element("style", Markup(style)),
    )


def _contents(sections: Sequence[Section]) -> Markup:
    links = [
        element("li", element("a", section.title, href=f"#{section.key}")) for section in sections
    ]
    return element("nav", element("ul", links), aria_label="Contents")


def _section(section: Section) -> Markup:
    name = f"{section.key}-title"
    return element(
        "section",
        element("h2", section.title, id=name),
        markup(section.content),
        id=section.key,
        aria_labelledby=name,
    )


@cache
def asset(name: str) -> str:
    """Returns the style sheet or the script of a report."""
    return files(__package__).joinpath(name).read_text("utf-8")
