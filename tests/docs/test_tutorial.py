"""The tutorial: its commands and code run, and print what it quotes."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def runner() -> ModuleType:
    """Returns the script that plays the tutorial."""
    spec = importlib.util.spec_from_file_location("run_tutorial", DOCS / "run_tutorial.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["run_tutorial"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def played(runner: ModuleType) -> tuple[list[Any], set[str]]:
    """Returns what the tutorial quotes and prints, and the pictures it draws."""
    with runner.workplace() as folder:
        passages = list(runner.play(runner.PAGE.read_text("utf-8"), folder))
        return passages, {picture.name for picture in folder.glob("*.png")}


def test_the_tutorial_runs_and_draws_its_pictures(
    runner: ModuleType, played: tuple[list[Any], set[str]]
) -> None:
    """Every block runs and prints, and every picture the page shows is drawn and shipped."""
    passages, drawn = played
    shown = set(re.findall(r"\]\(figures/([\w-]+\.png)\)", runner.PAGE.read_text("utf-8")))

    assert len(passages) >= 3
    assert all(passage.printed.strip() for passage in passages)
    assert shown
    assert shown == drawn
    assert all((DOCS / "figures" / name).is_file() for name in shown)


def test_the_tutorial_quotes_what_it_prints(played: tuple[list[Any], set[str]]) -> None:
    """To the letter."""
    assert [p.source for p in played[0] if p.printed != p.quoted] == []


def test_a_stale_quotation_is_found_and_renewed(runner: ModuleType, tmp_path: Path) -> None:
    """What is quoted is compared with what is printed, and can be replaced by it."""
    page = "```python\nprint(6 * 7)\n```\n\n```text\n41\n```\nend\n"

    (passage,) = runner.play(page, tmp_path)

    assert (passage.quoted, passage.printed) == ("41\n", "42\n")
    assert runner.renewed(page, [passage]) == page.replace("41", "42")
