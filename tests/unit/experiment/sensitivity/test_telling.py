"""Telling inputs: ranked by a stored analysis, else by the quick screen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sim.experiment.inputs.base import StudyBase
from sim.experiment.runs import memory
from sim.experiment.runs.design import Means
from sim.experiment.sensitivity import screen, telling
from sim.experiment.sensitivity.analysis import Screened
from sim.experiment.sensitivity.telling import ANALYSIS, MOST, SCREEN, rank_inputs
from sim.experiment.store.results import Store

APEC = StudyBase("october-2025-apec", until=date(2025, 11, 3))


@pytest.fixture
def means(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Means:
    """A small screen on SimPy, in an empty folder."""
    monkeypatch.setattr(memory, "can_compile", lambda: False)
    monkeypatch.setattr(screen, "VECTORS", 24)
    monkeypatch.setattr(screen, "PER_VECTOR", 2)
    return Means(Store(tmp_path / "results"), seed=3, workers=1)


def test_a_screen_is_played_once_and_kept(means: Means, monkeypatch: pytest.MonkeyPatch) -> None:
    """The strongest come first; inputs without a stated range are left out."""
    # Fails if the ranking is not kept, or not read, or an input is ranked that cannot be moved.
    ranking = rank_inputs(APEC, means)
    assert ranking is not None
    monkeypatch.setattr(screen, "hold_batch", None)

    assert rank_inputs(APEC, means) == ranking
    assert (ranking.method, ranking.runs, len(ranking.inputs)) == (SCREEN, 48, MOST)
    sizes = [abs(row.size) for row in ranking.inputs]
    assert sizes == sorted(sizes, reverse=True)
    known = APEC.resolved().parameters
    assert all(known[row.name].low is not None for row in ranking.inputs)
    assert [row.is_told for row in ranking.inputs] == [s > ranking.threshold for s in sizes]


def test_what_is_stopped_is_no_ranking(means: Means) -> None:
    """A page that ends meanwhile shows nothing."""
    # Fails if the question is not passed on.
    assert rank_inputs(APEC, means, stop=lambda: True) is None


def test_a_stored_analysis_comes_first(means: Means, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its strengths rank the inputs, though a screen is kept."""
    # Fails if the kept screen is preferred, or analyses are looked for without their folder.
    from sim.experiment.inputs.factors import uncertain

    rank_inputs(APEC, means)
    known = APEC.resolved()
    factors = [f for f in uncertain(known) if known.parameters[f.name].low is not None][:12]
    none = (0.0,)
    rows = tuple(
        Screened(factor, none, none, none, (float(12 - place),), place + 1, kept=True)
        for place, factor in enumerate(factors)
    )
    monkeypatch.setattr(telling, "stored_screening", lambda start, means: (rows, 468_000))
    without = rank_inputs(APEC, means)
    (means.store.root / "october-2025-apec-design-0123456789").mkdir()
    ranking = rank_inputs(APEC, means)

    assert without is not None
    assert without.method == SCREEN
    assert ranking is not None
    assert (ranking.method, ranking.runs) == (ANALYSIS, 468_000)
    assert [row.name for row in ranking.inputs] == [factor.name for factor in factors[:MOST]]
