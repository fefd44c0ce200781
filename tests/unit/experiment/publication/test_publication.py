"""Publication: tables stay as they are until a move of their figures is explained."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import toy_engine

from sim.errors import UsageError
from sim.experiment.publication.checkout import SECTION, Checkout, find_checkout, with_line
from sim.experiment.publication.publication import Publication, publish
from sim.experiment.runs.design import Means
from sim.experiment.store.results import Store
from sim.history import places

TOY = toy_engine.scenario()
RELEASED = "## 0.1\n\n- b\n"
CHANGES = f"# C\n\n## Unreleased\n\n{SECTION}\n\n- older\n\n### Fixed\n\n- a\n\n{RELEASED}"


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout with a changelog and no table yet."""
    root = tmp_path / "checkout"
    root.mkdir()
    (root / "CHANGELOG.md").write_text(CHANGES, encoding="utf-8")
    return Checkout(root)


def published(store: Store, checkout: Checkout, *worlds: Any, **options: Any) -> Publication:
    """Publishes toy scenarios with few runs."""
    return publish(worlds or (TOY,), Means(store, workers=1), checkout, runs=400, **options)


def contents(checkout: Checkout) -> dict[str, str]:
    """Returns every file of a checkout."""
    return {path.name: path.read_text("utf-8") for path in checkout.root.rglob("*.*")}


def test_a_first_publication_writes_a_table_for_each_scenario(
    store: Store, checkout: Checkout
) -> None:
    """It needs no reason, and leaves the changelog alone."""
    other = replace(TOY, name="other")
    first = published(store, checkout, TOY, other)

    assert (first.written, first.new, first.moved) == (True, ("toy", "other"), ())
    assert sorted(contents(checkout)) == ["CHANGELOG.md", "other.csv", "toy.csv"]
    assert contents(checkout)["CHANGELOG.md"] == CHANGES
    assert checkout.tables()["toy"].text() == first.tables["toy"].text()


def test_a_move_is_refused_until_it_is_explained(store: Store, checkout: Checkout) -> None:
    """Without a message nothing is written; with one the tables are, and the changelog has it."""
    # Fails if a move is written silently, or a refusal leaves half of it behind.
    published(store, checkout)
    before = contents(checkout)
    moved = toy_engine.scenario(mu=1.0)
    refused = published(store, checkout, moved)

    assert not refused.written
    assert [(move.figure, move.scenario) for move in refused.moved] == [("level", "toy")]
    assert contents(checkout) == before

    explained = published(store, checkout, moved, message=" The level is raised. ")
    assert explained.written
    assert explained.line == "The level is raised. (1 figure moved)"
    assert f"{SECTION}\n\n- {explained.line}\n- older\n" in contents(checkout)["CHANGELOG.md"]
    assert published(store, checkout, moved).moved == ()


def test_what_error_explains_needs_no_reason(store: Store, checkout: Checkout) -> None:
    """Figures within Monte Carlo error are written as they are now."""
    published(store, checkout)
    nearly = toy_engine.scenario(mu=0.01)
    again = published(store, checkout, nearly)

    assert (again.written, again.moved, again.line) == (True, (), None)
    assert checkout.tables()["toy"].scenario_hash == nearly.hash


def test_the_table_of_a_scenario_that_is_gone_goes_too(store: Store, checkout: Checkout) -> None:
    """Tables are those of the scenarios that ship."""
    published(store, checkout, replace(TOY, name="old"))
    assert published(store, checkout).gone == ("old",)
    assert sorted(contents(checkout)) == ["CHANGELOG.md", "toy.csv"]


@pytest.mark.parametrize("message", ["", "   ", "two\nlines", "x" * 301])
def test_a_message_is_one_line(store: Store, checkout: Checkout, message: str) -> None:
    """Any other is refused before a run is played."""
    with pytest.raises(UsageError, match="one line of 1 to 300"):
        published(store, checkout, message=message)
    assert not store.root.exists()


def test_progress_covers_all_scenarios(store: Store, checkout: Checkout) -> None:
    """One bar goes over the runs of all of them."""
    seen: list[tuple[int, int]] = []
    means = Means(store, workers=1, progress=lambda done, total: seen.append((done, total)))
    publish((TOY, replace(TOY, name="other")), means, checkout, runs=400)
    assert seen[-1] == (800, 800)
    assert seen == sorted(seen)


def test_a_changelog_without_the_section_gets_one() -> None:
    """It is begun in the unreleased part, and stays out of older versions."""
    text = f"# C\n\n## Unreleased\n\n### Fixed\n\n- a\n\n## 0.1\n\n{SECTION}\n\n- b\n"
    assert with_line(text, "why") == text.replace(
        "## Unreleased\n", f"## Unreleased\n\n{SECTION}\n\n- why\n"
    )
    with pytest.raises(UsageError, match="Unreleased"):
        with_line("# C\n", "why")


def test_a_wheel_says_that_it_is_no_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the data of an installed package there is no changelog."""
    assert (find_checkout().root / "CHANGELOG.md").is_file()
    monkeypatch.setattr("sim.experiment.publication.checkout.data_root", lambda: tmp_path / "_data")
    with pytest.raises(UsageError, match="run it in a clone of the project"):
        find_checkout()
    assert places.data_root().name == "scenarios"
