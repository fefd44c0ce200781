"""The documentation as a reader opens it from a folder, in headless Chromium."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
PAGES = ("index", "commands", "economy", "notebook", "tutorial", "how-to/scenario", "features")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site, without the Python reference, which takes most of the time."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "mkdocs.yml").write_text(
        f"INHERIT: {ROOT / 'mkdocs.yml'}\ndocs_dir: {ROOT / 'docs'}\nplugins: [offline, search]\n"
        f"hooks: [{ROOT / 'docs' / 'site' / 'hooks.py'}]\n",
        "utf-8",
    )
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"},
        check=True,
    )
    return folder / "site"


@pytest.fixture(params=[1280, 390])
def opened(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page of the browser, on a desk and on a phone, and what goes wrong on it."""
    page = browser.new_page(viewport={"width": request.param, "height": 844})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield page, wrong
    page.close()


def test_every_page_fits_the_screen(opened: tuple[Page, list[str]], site: Path) -> None:
    """Wide tables, formulas and code scroll by themselves, and every picture is there."""
    # Fails if a formula or a table of the notebook widens the page, or a picture is missing.
    page, wrong = opened
    for name in PAGES:
        page.goto((site / f"{name}.html").as_uri())
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        lost = "[...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)"

        assert wide <= 0, name
        assert page.evaluate(lost) == []
    assert wrong == []


def test_words_are_found_offline(opened: tuple[Page, list[str]], site: Path) -> None:
    """The search works on pages that no server sends."""
    # Fails if the script that stands in for workers is not the site's own.
    page, wrong = opened
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("purchases")
    page.wait_for_selector(".md-search-result__link", timeout=20_000)

    assert page.locator(".md-search-result__link").count() > 1
    assert wrong == []
