"""Requests for batches: what a caller typed is read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim import api
from sim.experiment.outcomes import conditions
from sim.experiment.runs import batch
from sim.experiment.store import results
from sim.scenario import load

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

    count(load, "resolve")
    count(conditions, "read_condition")
    count(batch, "check_content")
    count(results.Store, "__init__")
    return counted


ONCE = {"resolve": 1, "read_condition": 1, "check_content": 1, "__init__": 1}


def test_a_run_is_read_once(calls: Counter[str], tmp_path: Path) -> None:
    """One scenario, one condition, one folder, one check of what can be played."""
    api.run("october-2025-apec", results=tmp_path, **SHORT)

    assert calls == ONCE


def test_a_report_of_a_run_is_read_once(
    calls: Counter[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its page needs no more than the run."""
    monkeypatch.setattr("sim.report.html.run.hung", lambda galleries, progress: [])
    api.write_report("october-2025-apec", results=tmp_path, **SHORT)

    assert calls == ONCE


def test_each_side_of_a_comparison_is_read_once(calls: Counter[str], tmp_path: Path) -> None:
    """Two scenarios, and the condition they share."""
    api.compare(
        "summit-in-beijing", "summit-in-washington", brief=True, results=tmp_path,
        n=4, until="2025-03-20", given=["us_hikes<9"],
    )  # fmt: skip

    assert calls == {"resolve": 2, "read_condition": 1, "check_content": 2, "__init__": 1}


def test_a_fork_reads_its_scenario_once(calls: Counter[str], tmp_path: Path) -> None:
    """The fork is the resolved scenario with one decision more."""
    api.fork("october-2025-apec", on="2025-10-25", do="us.hike=20", results=tmp_path, **SHORT)

    assert calls == {"resolve": 1, "read_condition": 1, "check_content": 2, "__init__": 1}
