"""Publication from the command line: what moved is told, and refused without a reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from typer.testing import Result

from sim.experiment.publication import checkout, publication
from sim.experiment.publication.checkout import Checkout
from sim.requests import scenarios
from sim.scenario.load import resolve

Detente = Callable[..., Result]
NAME = "october-2025-apec"
UNTIL = "2025-11-05"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of one scenario of two weeks, of which few runs are played."""
    root = tmp_path / "checkout"
    root.mkdir()
    (root / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n", "utf-8")
    monkeypatch.setattr(checkout, "find_checkout", lambda: Checkout(root))
    monkeypatch.setattr(publication, "publish", partial(publication.publish, runs=60))
    ship(monkeypatch, "10")
    return root


def ship(monkeypatch: pytest.MonkeyPatch, points: str) -> None:
    """Makes the one scenario that ships one with so many points of reciprocal duty."""
    world = resolve(NAME, sets=[("until", UNTIL), ("us.addon.reciprocal_pp", points)])
    monkeypatch.setattr(scenarios, "shipped", lambda: (world,))


def test_a_publication_tells_what_moved_and_wants_to_know_why(
    detente: Detente, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first is written; one that moves a figure fails with status 5 until -m says why."""
    first = detente("publish", "-q")
    assert first.exit_code == 0
    assert "1 table written in results/published, 0 figures moved" in first.stdout
    assert f"New: {NAME}" in first.stdout
    table = root / "results" / "published" / f"{NAME}.csv"
    text = table.read_text("utf-8")

    ship(monkeypatch, "40")
    refused = detente("publish", "-q")
    assert refused.exit_code == 5
    assert "us_addon_pp" in refused.stdout
    assert '-m "..."' in refused.stderr
    assert table.read_text("utf-8") == text

    explained = detente("publish", "-q", "-m", "Duties start higher.", "--json")
    told = json.loads(explained.stdout)
    assert explained.exit_code == 0
    assert told["written"] is True
    (move,) = [move for move in told["moved"] if move["figure"] == "us_addon_pp"]
    assert move["after"] > move["before"] + 10
    assert "- Duties start higher. (" in (root / "CHANGELOG.md").read_text("utf-8")
    assert table.read_text("utf-8") != text


def test_a_message_of_two_lines_is_refused(detente: Detente, root: Path) -> None:
    """A line of the changelog is one line."""
    result = detente("publish", "-q", "-m", "a\nb")
    assert result.exit_code == 2
    assert "one line" in result.stderr
    assert not (root / "results").exists()
