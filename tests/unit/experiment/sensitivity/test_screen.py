"""Quick screens."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sim.experiment.runs import ends
from sim.experiment.runs.batch import Batch, run_batch
from sim.experiment.runs.design import Means
from sim.experiment.sensitivity import screen
from sim.experiment.store.results import Store, _check_content
from sim.scenario.answers import parse_answer
from sim.scenario.load import resolve

ANSWER = parse_answer("truce_in_force@2025-11-10")
SHORT = ("until", "2025-11-12")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A results folder of these tests' own."""
    return Store(tmp_path_factory.mktemp("results"))


@pytest.fixture(scope="module")
def batch(store: Store) -> Batch:
    """A few runs of the summit week."""
    resolved = resolve("october-2025-apec", sets=[SHORT])
    return run_batch(resolved, store=store, n=4, engine="simpy", workers=1)


@pytest.fixture
def means(store: Store, monkeypatch: pytest.MonkeyPatch) -> Means:
    """SimPy on one core, and few suspects."""
    monkeypatch.setattr(screen, "SUSPECTS", ("truce.expiry.default", "us.weight.inertia"))
    monkeypatch.setattr(screen, "RUNS", 30)
    return Means(store, workers=1, engine="simpy")


def test_every_suspect_has_a_range() -> None:
    """Else it could not be moved."""
    # Fails if a suspect is renamed or becomes a fact.
    resolved = resolve("october-2025-apec")

    assert len(ends.ends_of(resolved, screen.SUSPECTS)) == 2 * len(screen.SUSPECTS)


def test_a_screen_moves_each_suspect_to_its_ends_on_the_same_luck(
    batch: Batch, means: Means
) -> None:
    """Its shares are those of runs with the number set by hand."""
    # Fails if ends are mixed up, or played on other draws.
    found = screen.screen(batch.resolved, ANSWER, means, runs=30)
    swing = next(s for s in found.swings if s.parameter == "truce.expiry.default")
    by_hand = []
    for value in (swing.low_value, swing.high_value):
        world = resolve("october-2025-apec", sets=[SHORT, (swing.parameter, repr(value))])
        played = run_batch(world, store=means.store, n=30, engine="simpy", workers=1)
        by_hand.append(float(played.values[ANSWER.column].mean()))

    assert [swing.low, swing.high] == pytest.approx(by_hand)
    assert swing.high > swing.low
    assert [s.size for s in found.swings] == sorted((s.size for s in found.swings), reverse=True)


def test_a_screen_is_kept_beside_the_runs(
    batch: Batch, means: Means, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And read again, unless it is about something else or damaged."""
    # Fails if every run screens anew, or believes a broken file.
    monkeypatch.setattr(screen, "_is_quick", lambda *_, **__: True)
    first = screen.screen_of(batch, ANSWER, means)
    file = batch.directory / screen.SCREEN
    monkeypatch.setattr(screen, "_is_quick", lambda *_, **__: False)

    assert first is not None
    assert screen.screen_of(batch, ANSWER, means) == first
    assert screen.screen_of(batch, parse_answer("path_class=conflict"), means) is None
    told = json.loads(file.read_text("utf-8"))
    _check_content(batch.directory)  # nothing that is not for the program to remove
    file.write_text(json.dumps({**told, "swings": [{"parameter": 1}]}), "utf-8")
    assert screen.screen_of(batch, ANSWER, means) is None
    file.unlink()


def test_what_would_take_long_is_not_begun(
    batch: Batch, means: Means, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SimPy, on a cluster, before the code is compiled, or with too many days."""
    # Fails if a run waits for a screen that the user did not ask for.
    monkeypatch.setattr(screen, "can_compile", lambda: True)
    monkeypatch.setattr(screen.code_cache, "is_kept", lambda: True)
    monkeypatch.setattr(screen, "takes", lambda _: True)
    fast = replace(means, engine="auto")

    def is_quick(means: Means) -> bool:
        return screen._is_quick(batch.resolved, means, loaded=True)

    assert is_quick(fast)
    assert not is_quick(means)
    assert not is_quick(replace(fast, executor="dask"))
    monkeypatch.setattr(screen, "MOST_S", 0.0)
    assert not is_quick(fast)
    monkeypatch.setattr(screen, "MOST_S", 3.0)
    monkeypatch.setattr(screen.code_cache, "is_kept", lambda: False)
    assert not is_quick(fast)


def test_a_folder_that_cannot_be_written_is_no_error(
    batch: Batch, means: Means, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen is told all the same."""
    monkeypatch.setattr(screen, "_is_quick", lambda *_, **__: True)
    monkeypatch.setattr(screen, "SCREEN", str(Path("no", "such", "folder", "screen.json")))

    assert screen.screen_of(batch, ANSWER, means) is not None
