"""Requests for batches: what a caller typed is read once."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim import api
from sim.engine.choice import SIMPY
from sim.experiment.inputs import resolution
from sim.experiment.outcomes import conditions
from sim.experiment.runs import batch
from sim.experiment.store import results
from sim.scenario.resolved_scenario import Resolved

SHORT: dict[str, Any] = {"n": 4, "until": "2025-10-30", "given": ["us_hikes<9"]}


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often what was typed is read, resolved, checked and looked for."""
    counted: Counter[str] = Counter()

    def count(place: object, name: str) -> None:
        real: Callable[..., Any] = getattr(place, name)

        def counting(*args: Any, **options: Any) -> Any:
            counted[name] += 1
            return real(*args, **options)

        monkeypatch.setattr(place, name, counting)

    count(resolution, "resolve")
    count(conditions, "read_condition")
    count(batch, "check_content")
    count(results.Store, "__init__")
    return counted


@pytest.fixture
def estimated(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The numbers of runs for which batches chose their engine."""
    found: list[float] = []

    def choose(name: str, resolved: Resolved, runs: float, workers: int) -> str:
        found.append(runs)
        return SIMPY

    monkeypatch.setattr(batch, "choose_engine", choose)
    return found


ONCE = {"resolve": 1, "read_condition": 1, "check_content": 1, "__init__": 1}


def test_a_run_is_read_once(calls: Counter[str], tmp_path: Path) -> None:
    """One scenario, one condition, one folder, one check of what can be played."""
    api.run("june-2025-resumed-talks", results=tmp_path, **SHORT)

    assert calls == ONCE


def test_a_report_of_a_run_is_read_once(
    calls: Counter[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its page needs no more than the run."""
    monkeypatch.setattr("sim.report.html.run.hung", lambda galleries, progress: [])
    api.write_report("june-2025-resumed-talks", results=tmp_path, **SHORT)

    assert calls == ONCE


def test_each_side_of_a_comparison_is_read_once(calls: Counter[str], tmp_path: Path) -> None:
    """Two scenarios, and the condition they share."""
    api.compare(
        "january-2025-first-100-days", "march-2025-escalation", brief=True, results=tmp_path,
        n=4, until="2025-03-20", given=["us_hikes<9"],
    )  # fmt: skip

    assert calls == {"resolve": 2, "read_condition": 1, "check_content": 2, "__init__": 1}


def test_a_fork_reads_its_scenario_once(calls: Counter[str], tmp_path: Path) -> None:
    """The fork is the resolved scenario with one decision more."""
    api.fork("june-2025-resumed-talks", on="2025-10-25", do="us.hike=20", results=tmp_path, **SHORT)

    assert calls == {"resolve": 1, "read_condition": 1, "check_content": 2, "__init__": 1}


def test_a_run_counts_in_the_choice_of_its_companions_engine(
    estimated: list[float], tmp_path: Path
) -> None:
    """Both are played by one call, so compiling may pay for both."""
    api.run("june-2025-resumed-talks", results=tmp_path, n=1000, until="2025-10-24")

    assert estimated == [1000 + 1000, 1000]


@pytest.mark.parametrize(("brief", "runs"), [(True, [8, 4]), (False, [math.inf, math.inf])])
def test_sides_count_what_follows_them(
    estimated: list[float],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    brief: bool,
    runs: list[float],
) -> None:
    """The sides that are still to come, and the background, which is larger than all of them."""
    monkeypatch.setattr("sim.requests.comparison.background_of", lambda *_: None)
    sides = ("summit-in-beijing", "summit-in-washington")
    options: dict[str, Any] = {"n": 4, "until": "2025-03-20", "results": tmp_path}
    api.compare(*sides, brief=brief, **options)
    played = estimated[:2]
    estimated.clear()
    api.compare(*sides, brief=True, **options)

    assert played == runs
    assert estimated == [0, 0]  # stored


def test_a_fork_counts_the_pairs_it_plays_again(estimated: list[float], tmp_path: Path) -> None:
    """Both sides once more, with their events."""
    turn = {"on": "2025-10-28", "do": "us.threaten=no"}
    api.fork("june-2025-resumed-talks", **turn, results=tmp_path, n=4, until="2025-10-30")

    assert estimated == [4 + 4 + 8, 4 + 8]
