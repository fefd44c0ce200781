"""Scenario files written on the spot, and the faults found in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sim.errors import Problem, ScenarioError
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Resolved

HEAD = 'question: "q"\nextends: base/october-2025\n'

Write = Callable[..., Path]
Solve = Callable[..., Resolved]
Faults = Callable[..., list[Problem]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file beside others of the same test and returns its path."""

    def writer(text: str, name: str = "mine.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return writer


@pytest.fixture
def solve(write: Write) -> Solve:
    """Resolves a scenario that extends the world of October 2025 and says `body` besides."""

    def solver(
        body: str = "",
        sets: Sequence[tuple[str, str]] = (),
        until: date | None = None,
        at: Sequence[date] = (),
        head: str = HEAD,
    ) -> Resolved:
        return resolve(str(write(head + body)), sets=sets, until=until, at=at)

    return solver


@pytest.fixture
def faults(solve: Solve) -> Faults:
    """Returns the problems of a scenario; fails if there are none."""

    def finder(body: str = "", **arguments: Any) -> list[Problem]:
        with pytest.raises(ScenarioError) as caught:
            solve(body, **arguments)
        return list(caught.value.problems)

    return finder
