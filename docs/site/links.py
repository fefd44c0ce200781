"""Files from outside `docs` that the site shows, and links between all of them."""

from __future__ import annotations

import posixpath
import re
from typing import Final

PAGES: Final = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "scenarios/README.md": "scenario-files.md",
}
"""Path in the project -> path in the site."""

MADE: Final = {"docs/notebook.ipynb": "notebook.md"}
"""The same for files of which a page is made."""

DATA: Final = {
    "scenarios/evidence.csv": "data/evidence.csv",
    "scenarios/sources.yaml": "data/sources.yaml",
}
"""The same for files that are no pages."""

_LINK: Final = re.compile(r"\]\((?![a-z]+:|#)(?P<path>[^)#\s]+)(?P<anchor>#[^)\s]*)?\)")


def site_links(text: str, page: str) -> str:
    """Returns a page whose relative links, made for the project, lead to places in the site.

    Args:
        text: The page in Markdown.
        page: Its path in the site.
    """
    placed = {**PAGES, **DATA, **MADE}
    own = next((path for path, place in PAGES.items() if place == page), f"docs/{page}")

    def moved(link: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(own), link["path"]))
        place = placed.get(path, path.removeprefix("docs/"))
        return f"]({posixpath.relpath(place, posixpath.dirname(page))}{link['anchor'] or ''})"

    return _LINK.sub(moved, text)
