"""The documentation as a site: it builds without a warning, is whole, and works offline."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import sim
from docs.site.links import site_links
from sim.cli.app import app

ROOT = Path(__file__).parents[2]


def build(config: Path, site: Path) -> str:
    """Builds the site and returns its warnings and errors; none, if it was built."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-f", str(config), "-d", str(site)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout


class Loads(HTMLParser):
    """Collects what a page loads, in `found`; a link to follow is not loaded."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the address of a script, a style, a font or a picture."""
        named = {name: value or "" for name, value in attrs}
        if tag != "a":
            self.found += [named[name] for name in ("src", "href") if name in named]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site."""
    folder = tmp_path_factory.mktemp("site")
    said = build(ROOT / "mkdocs.yml", folder)
    assert said == "", said
    return folder


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    """Fonts, scripts, styles and pictures come with the site, so that it is read offline."""
    # Fails if `font: false` or the script put in place of the fetched one is taken away.
    pages = list(site.rglob("*.html"))
    elsewhere = {x for page in pages for x in Loads(page).found if re.match(r"(https?:)?//", x)}
    styles = "".join(path.read_text("utf-8") for path in site.rglob("*.css"))

    assert len(pages) > 20
    assert elsewhere == set()
    assert not re.search(r"url\(['\"]?(https?:)?//", styles)


def test_every_command_and_every_function_is_looked_up(site: Path) -> None:
    """From the program itself, so that none is forgotten."""
    # Fails if the page of commands leaves out those below a group, or the API loses its docstrings.
    commands = (site / "commands.html").read_text("utf-8")
    functions = (site / "python" / "functions.html").read_text("utf-8")
    verbs = [command.name for command in app.registered_commands]
    below = [
        f"{group.name}-{command.name}"
        for group in app.registered_groups
        for command in group.typer_instance.registered_commands  # type: ignore[union-attr]
    ]

    assert [x for x in (*verbs, *below) if f'id="detente-{x}"' not in commands] == []
    assert "--parameters fixed|prior|posterior|FILE" in commands
    assert [name for name in sim._API if f'id="sim.api.{name}"' not in functions] == []
    assert "Half-width of the 95% interval" in functions


def test_formulas_are_drawn(site: Path) -> None:
    """As MathML, which needs no script."""
    # Fails if formulas stay LaTeX.
    page = (site / "economy.html").read_text("utf-8")

    assert page.count("<math") > 100
    assert "arithmatex" not in page


@pytest.mark.parametrize("link", ["nowhere.md", "questions.md#no-such-part", "../sim/api.py"])
def test_a_broken_link_fails_the_build(link: str, tmp_path: Path) -> None:
    """A page, a part of a page, and a file that is not in the site."""
    # Fails if a kind of link is no longer checked, or warnings are let pass.
    docs = tmp_path / "docs"
    docs.mkdir()
    for path in (ROOT / "docs").iterdir():
        (docs / path.name).symlink_to(path)
    (docs / "results.md").unlink()
    text = (ROOT / "docs" / "results.md").read_text("utf-8")
    (docs / "results.md").write_text(f"{text}\n[broken]({link})\n", "utf-8")
    # Without the Python reference, which takes most of the time.
    (tmp_path / "mkdocs.yml").write_text(
        f"INHERIT: {ROOT / 'mkdocs.yml'}\ndocs_dir: {docs}\nplugins: []\n"
        f"hooks: [{ROOT / 'docs' / 'site' / 'hooks.py'}]\n",
        "utf-8",
    )
    said = build(tmp_path / "mkdocs.yml", tmp_path / "site")

    assert "results.md" in said
    assert link.removeprefix("../") in said
    assert "with 1 warnings in strict mode" in said.lower()


@pytest.mark.parametrize(
    ("page", "written", "led"),
    [
        ("index.md", "docs/model.md#mood", "model.md#mood"),
        ("index.md", "CONTRIBUTING.md", "contributing.md"),
        ("model.md", "../scenarios/README.md#acts-on-record", "scenario-files.md#acts-on-record"),
        ("how-to/clause.md", "../../CONTRIBUTING.md#a-clause", "../contributing.md#a-clause"),
        ("how-to/clause.md", "brief.md", "brief.md"),
        ("model.md", "#mood", "#mood"),
        ("model.md", "https://example.org/a.md", "https://example.org/a.md"),
    ],
)
def test_links_made_for_the_project_lead_to_the_site(page: str, written: str, led: str) -> None:
    """One spelling serves both: the project's folders and the site."""
    # Fails if a path is taken from the wrong folder.
    assert site_links(f"see [this]({written}).", page) == f"see [this]({led})."
