"""Small real batches, played once, for the reports to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim import api
from sim.report.answers.result import Result


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A results folder of these tests' own."""
    return tmp_path_factory.mktemp("results")


@pytest.fixture(scope="session")
def october(folder: Path) -> Result:
    """Forty runs of the summit week at central values."""
    return api.run("october-2025-apec", n=40, until="2025-11-20", at=["2025-11-15"], results=folder)


@pytest.fixture(scope="session")
def drawn(folder: Path) -> Result:
    """Forty runs with parameters drawn for every five."""
    return api.run(
        "october-2025-apec",
        n=40,
        until="2025-11-20",
        parameters="prior",
        per_vector=5,
        results=folder,
    )
