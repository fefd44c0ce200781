"""Printing of a page to PDF, through a Chromium that is there; nothing is fetched meanwhile."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""Commands of browsers that print a page without showing it."""

MOST_S: Final = 120.0
"""Seconds after which printing is given up: it takes two on a machine at rest."""

_ARGUMENTS: Final = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
)
_PAGE: Final = re.compile(rb"/Type\s*/Page\b")


class CannotPrint(Exception):
    """Raised if a page cannot be printed; its text is why, a clause."""


def find_browser() -> str:
    """Returns the path of a browser that prints.

    Raises:
        CannotPrint: There is none.
    """
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    raise CannotPrint(f"there is no Chromium on the PATH (looked for {', '.join(BROWSERS)})")


def printed(text: str) -> bytes:
    """Returns an HTML page as PDF.

    Raises:
        CannotPrint: There is no browser, or it failed.
    """
    browser = find_browser()
    with TemporaryDirectory() as folder:
        page, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(text, "utf-8", newline="\n")
        words = [browser, *_ARGUMENTS, f"--user-data-dir={folder}/profile"]
        # Its sandbox refuses to start for root. The page is our own and runs no script.
        words += ["--no-sandbox"] if is_root() else []
        words += [f"--print-to-pdf={target}", page.as_uri()]
        try:
            done = subprocess.run(  # noqa: S603 - a browser of the machine's own
                words, stdin=subprocess.DEVNULL, capture_output=True, timeout=MOST_S, check=False
            )
        except subprocess.TimeoutExpired:
            raise CannotPrint(f"{browser} had not finished after {MOST_S:.0f} seconds") from None
        except OSError as error:
            raise CannotPrint(f"{browser} does not start: {error.strerror or error}") from None
        if not target.is_file():
            raise CannotPrint(f"{browser} printed nothing (exit code {done.returncode})")
        return target.read_bytes()


def page_count(pdf: bytes) -> int:
    """Returns the number of pages of a PDF that Chromium printed."""
    return len(_PAGE.findall(pdf))


def is_root() -> bool:
    """Returns whether the program runs as the administrator of the machine."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
