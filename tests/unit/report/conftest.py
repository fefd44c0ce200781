"""Small real batches, played once, for the reports to read."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim import api
from sim.engine.happenings import CODES, NOBODY
from sim.experiment.compare.parting_effects import PartingEffect
from sim.experiment.compare.partings import Divergence, Move, Parting
from sim.experiment.explain.explanation import Explanation
from sim.experiment.stats.intervals import Estimate
from sim.report.answers.comparison import ComparisonAnswer
from sim.report.answers.run import RunAnswer

sys.path.insert(0, str(Path(__file__).parent))

from explained import explained

NOV_9 = date(2025, 11, 9).toordinal()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A results folder of these tests' own."""
    return tmp_path_factory.mktemp("results")


@pytest.fixture(scope="session")
def october(folder: Path) -> RunAnswer:
    """Forty runs of the summit week at central values, with every table."""
    return api.run(
        "october-2025-apec", n=40, until="2025-11-20", at=["2025-11-15"], full=True, results=folder
    )


@pytest.fixture(scope="session")
def drawn(folder: Path) -> RunAnswer:
    """Forty runs with parameters drawn for every five."""
    return api.run(
        "october-2025-apec",
        n=40,
        until="2025-11-20",
        parameters="prior",
        per_vector=5,
        full=True,
        results=folder,
    )


@pytest.fixture(scope="session")
def contrast(folder: Path) -> ComparisonAnswer:
    """Two venues, sixteen pairs."""
    return api.compare(
        "summit-in-beijing",
        "summit-in-washington",
        n=16,
        until="2025-06-20",
        results=folder,
        brief=True,
    )


@pytest.fixture(scope="session")
def found() -> Divergence:
    """A hundred pairs: 61 part at an extension of the truce, 27 in numbers alone."""
    part = PartingEffect("path_class", "conflict", "probability", Estimate(0.12, 0.1, 0.14), 0.8)
    rest = PartingEffect("path_class", "conflict", "probability", Estimate(0.03, 0.01, 0.05), 0.2)
    whole = PartingEffect(
        "path_class", "conflict", "probability", Estimate(0.15, 0.13, 0.17, 0.01), 1.0
    )
    extension = Parting(
        kind="event",
        a=Move(NOBODY, CODES["sign_extension"]),
        b=None,
        sizes_a=(0.0, 0.0),
        sizes_b=(0.0, 0.0),
        ways=1,
        pairs=61,
        share=Estimate(0.61, 0.51, 0.7),
        day=NOV_9,
        on_day=61,
        first=NOV_9,
        last=NOV_9,
        effects=(part,),
    )
    numbers = replace(
        extension,
        kind="numbers", a=None, pairs=27, share=Estimate(0.27, 0.2, 0.36), day=0, first=0, last=0,
        effects=(rest,),
    )  # fmt: skip
    return Divergence(
        pairs=100,
        of=100,
        partings=(extension, numbers),
        never=Estimate(0.12, 0.07, 0.2),
        totals=(whole,),
        changed=np.arange(100) < 88,
    )


@pytest.fixture
def explanation() -> Explanation:
    """Two questions with three causes, each with another verdict."""
    return explained()
