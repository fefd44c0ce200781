"""Requests for comparisons."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sim import api
from sim.experiment.compare.comparison import compare
from sim.experiment.runs.design import Means
from sim.experiment.store.results import Store
from sim.requests.comparison import divergence_of


def test_what_another_version_played_is_left_out_with_a_note(tmp_path: Path) -> None:
    """A comparison of results that do not come out as stored goes on without partings."""
    batch = api.run("october-2025-apec", n=40, until="2025-11-20", results=tmp_path).batch
    other = {**batch.values, "us_addon_pp": batch.values["us_addon_pp"] + 1.0}
    notes: list[str] = []
    means = Means(Store(tmp_path), note=notes.append)
    comparison = compare(batch, replace(batch, values=other))

    assert divergence_of(comparison, means) is None
    assert "no longer match what is stored: us_addon_pp differs" in notes[0]
