"""Frame of an HTML report: head, contents, sections, style and scripts, in one file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from sim.report.html.parts.templates import asset, fill
from sim.version import __version__

GENERATOR: Final = "detente"
"""Generator name that identifies a report of this program."""

STYLE: Final = "style.css"
SCRIPT: Final = "page.js"


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
    content: Markup


def document(
    template: str,
    title: str,
    sections: Sequence[Section],
    scripts: Sequence[str] = (),
    **masthead: Any,
) -> str:
    """Returns a complete HTML report.

    Args:
        template: Template of its kind, which extends `document.html`.
        title: Title of the page and of the window.
        sections: Sections from top to bottom.
        scripts: Scripts besides that of every report.
        **masthead: What stands above the table of contents, as the template names it.
    """
    texts = [asset(name) for name in (SCRIPT, *scripts)]
    return fill(
        template,
        title=title,
        sections=sections,
        generator=f"{GENERATOR} {__version__}",
        policy=_policy(texts),
        style=asset(STYLE),
        scripts=texts,
        **masthead,
    )


def is_document(beginning: str) -> bool:
    """Returns whether a file with this beginning was made by `document`."""
    return f'name="generator" content="{GENERATOR} ' in beginning


def _policy(scripts: Sequence[str]) -> str:
    digests = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts
    ]
    listed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src {listed}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
