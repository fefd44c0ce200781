"""Slices: levels through a range, and runs that differ from the scenario in one input alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.experiment.runs.batch import run_batch
from sim.experiment.runs.design import Means
from sim.experiment.sensitivity.slices import levels_of, play_slices, runs_of_slices
from sim.experiment.sensitivity.telling import TellingInput
from sim.experiment.store.results import Store
from sim.requests.options import resolve

NAME = "truce.expiry.default"
DAYS = "truce.length_days"


@pytest.mark.parametrize(
    ("value", "low", "high", "levels"),
    [
        (2.0, 0.0, 10.0, (0.0, 1.0, 2.0, 6.0, 10.0)),
        (0.0, 0.0, 8.0, (0.0, 2.0, 4.0, 6.0, 8.0)),
        (3.0, 3.0, 3.0, (3.0,)),
    ],
)
def test_levels_reach_from_end_to_end_with_the_scenario_s_own(
    value: float, low: float, high: float, levels: tuple[float, ...]
) -> None:
    """Half on each side, or all on one if it stands at an end."""
    # Fails if an end or the scenario's value is left out.
    known = resolve("october-2025-apec", {}).parameters[NAME]

    assert levels_of(replace(known, value=value, low=low, high=high)) == pytest.approx(levels)


def test_whole_numbers_stay_whole() -> None:
    """Days are not cut."""
    # Fails if halves of a day are played.
    known = resolve("october-2025-apec", {}).parameters[DAYS]
    levels = levels_of(replace(known, value=90.0, low=45.0, high=90.0))

    assert levels == (45.0, 56.0, 68.0, 79.0, 90.0)


def test_a_level_is_the_scenario_with_that_value(tmp_path: Path) -> None:
    """The same runs as with --set, and the scenario's own where it stands; nothing is stored."""
    # Fails if another seed is used, more than one input moves, or a batch is written.
    base = resolve("october-2025-apec", {"until": "2025-11-20"})
    means = Means(Store(tmp_path / "held"), 5)
    seen: list[int] = []
    inputs = [TellingInput(NAME, "truce_in_force", 0.2, True)]
    (found,) = play_slices(base, inputs, 40, means, seen.append)
    top = str(base.parameters[NAME].high)
    moved = resolve("october-2025-apec", {"until": "2025-11-20", "sets": [f"{NAME}={top}"]})

    assert found.levels[found.home] == base.parameters[NAME].value
    assert sum(seen) == runs_of_slices(base, inputs, 40) == 40 * len(found.levels)
    assert not (tmp_path / "held").exists()
    for batch, resolved in ((found.batches[found.home], base), (found.batches[-1], moved)):
        stored = run_batch(resolved, n=40, seed=5, store=Store(tmp_path / "kept"))
        for name, values in batch.values.items():
            np.testing.assert_array_equal(values, stored.values[name])
