"""The tutorial: its commands and code run, and print what it quotes."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

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


def test_the_tutorial_prints_what_it_quotes(runner: ModuleType) -> None:
    """Every block runs, prints what stands under it, and draws every picture the page shows."""
    page = runner.PAGE.read_text("utf-8")
    with runner.workplace() as folder:
        passages = list(runner.play(page, folder))
        drawn = {picture.name for picture in folder.glob("*.png")}

    assert [p.source for p in passages if p.printed != p.quoted] == []
    assert len(passages) >= 3
    shown = set(re.findall(r"\]\(figures/([\w-]+\.png)\)", page))
    assert shown
    assert shown == drawn
    assert all((DOCS / "figures" / name).is_file() for name in shown)


def test_a_stale_quotation_is_found_and_renewed(runner: ModuleType, tmp_path: Path) -> None:
    """What is quoted is compared with what is printed, and can be replaced by it."""
    page = "```python\nprint(6 * 7)\n```\n\n```text\n41\n```\nend\n"

    (passage,) = runner.play(page, tmp_path)

    assert (passage.quoted, passage.printed) == ("41\n", "42\n")
    assert runner.renewed(page, [passage]) == page.replace("41", "42")
