"""A command line with a results folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.cli.app import app

Detente = Callable[..., Result]


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A results folder that is not there yet."""
    folder = tmp_path / "results"
    monkeypatch.setenv("DETENTE_RESULTS", str(folder))
    monkeypatch.delenv("DETENTE_DEBUG", raising=False)
    return folder


@pytest.fixture
def detente(results: Path) -> Detente:
    """Types a command line and returns what came of it."""

    def typed(*words: str) -> Result:
        return CliRunner().invoke(app, [*words])

    return typed
