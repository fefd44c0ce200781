"""Answers of every kind that can be exported, played once and small."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sim import api
from sim.report.answers.forecasts.forecast import ForecastAnswer
from sim.report.answers.run import RunAnswer
from sim.report.answers.studies import SweepAnswer
from sim.report.answers.tariffs import ImpactAnswer

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def winter(folder: Path) -> RunAnswer:
    """Sixteen runs over the end of a quarter."""
    return api.run("october-2025-apec", n=16, until="2026-01-20", results=folder, brief=True)


@pytest.fixture(scope="session")
def swept(folder: Path) -> SweepAnswer:
    """Three points of a number and a name, one of them none."""
    return api.sweep(
        "october-2025-apec",
        ["us.hawks.influence=0.2,0.8"],
        outcomes=["us_addon_pp", "path_class", "summit_day", "us_addon_pp@2025-11-01>=60"],
        n=8,
        until="2025-11-05",
        results=folder,
    )


@pytest.fixture(scope="session")
def foretold(folder: Path) -> ForecastAnswer:
    """An event, a quantity, a day and a question that cannot be answered."""
    return api.forecast(
        "truce_in_force@2025-11-11",
        "us_addon_pp@2025-11-11",
        "=nonsense",
        as_of="2025-10-23",
        n=8,
        results=folder,
    )


@pytest.fixture(scope="session")
def effects() -> ImpactAnswer:
    """Two pairs of duties over five months, with all sectors."""
    return api.impact(30, 10, versus="10/0", months=5, n=12, sectors=True)
