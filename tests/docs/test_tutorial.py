"""The tutorial: its commands and code run, and print what it quotes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from docs.generate import tutorial

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def played() -> tuple[list[Any], set[str]]:
    """Returns what the tutorial quotes and prints, and the pictures it draws."""
    with tutorial.workplace() as folder:
        passages = list(tutorial.play(tutorial.PAGE.read_text("utf-8"), folder))
        return passages, {picture.name for picture in folder.glob("*.png")}


def test_the_tutorial_runs_and_draws_its_pictures(played: tuple[list[Any], set[str]]) -> None:
    """Every block runs and prints, and every picture the page shows is drawn and shipped."""
    passages, drawn = played
    shown = set(re.findall(r"\]\(figures/([\w-]+\.png)\)", tutorial.PAGE.read_text("utf-8")))

    assert len(passages) >= 3
    assert all(passage.printed.strip() for passage in passages)
    assert shown
    assert shown == drawn
    assert all((DOCS / "figures" / name).is_file() for name in shown)


def test_the_tutorial_quotes_what_it_prints(played: tuple[list[Any], set[str]]) -> None:
    """To the letter."""
    assert [p.source for p in played[0] if p.printed != p.quoted] == []


def test_a_stale_quotation_is_found_and_renewed(tmp_path: Path) -> None:
    """What is quoted is compared with what is printed, and can be replaced by it."""
    page = "```python\nprint(6 * 7)\n```\n\n```text\n41\n```\nend\n"

    (passage,) = tutorial.play(page, tmp_path)

    assert (passage.quoted, passage.printed) == ("41\n", "42\n")
    assert tutorial.renewed(page, [passage]) == page.replace("41", "42")
