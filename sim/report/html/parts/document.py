"""Document around the sections of a page: head, contents, style and script, in one file."""

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
"""What tells a page of ours from any other file."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document.

    Attributes:
        key: Its id, which the contents point to.
        title: Its heading.
        content: What it holds.
    """

    key: str
    title: str
    content: Content


def document(title: str, masthead: Content, sections: Sequence[Section], foot: Content) -> str:
    """Returns a whole page.

    Args:
        title: Title of the window.
        masthead: What stands above the contents: the name, the question, the answer in short.
        sections: From top to bottom.
        foot: What stands below all.
    """
    style, script = _asset("style.css"), _asset("page.js")
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
    """Tells from the beginning of a file whether it is a page `document` made."""
    return f'name="generator" content="{GENERATOR} ' in beginning


def _head(title: str, style: str, script: str) -> Markup:
    # Nothing is fetched and no script runs but the one below, whatever the text says. Pictures
    # carry styles of their own, which cannot be listed.
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
def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
