"""Designs of the real model: their runs are those of a scenario with the values set."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim.engine.blocks import columns
from sim.engine.simpy_loop import run_block
from sim.errors import NotFoundError, ScenarioError, UsageError
from sim.experiment.inputs.base import StudyBase
from sim.experiment.inputs.factors import read_factors, uncertain
from sim.experiment.outcomes.targets import days_of, read_targets
from sim.experiment.runs.design import Design, Means, play
from sim.experiment.store.results import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store whose runs are played by the real engine."""
    return Store(tmp_path / "results")


MARCH = StudyBase("march-2025-escalation", until=date(2025, 4, 20))


def test_a_point_is_the_scenario_with_its_values_set(store: Store) -> None:
    """A parameter over its prior, one in a list, a field of the state over a range: each point has
    the runs of `--set`."""
    axes = ["us.hike.spacing_days", "us.leader.autonomy=0.2,0.9", "us.hawks.influence=0..1"]
    cube = np.array([[0.1, 0.2, 0.3], [0.9, 0.8, 0.7]])
    design = Design.at("lhs", read_factors(axes, MARCH), cube, grows=False)

    played = play(design, MARCH, 3, ["us_measures", "tension"], Means(store, seed=5))

    for place, point in enumerate(design.points):
        sets = [(f.name, text) for f, text in zip(design.factors, point, strict=True)]
        block = run_block(MARCH.resolved(sets), 5, 0, 3)
        for name in ("us_measures", "tension"):
            assert played.values[name][place].tolist() == block.values[name].tolist()
    lines = (played.directory / "points.csv").read_text().splitlines()
    assert lines[0] == "point,us.hike.spacing_days,us.leader.autonomy,us.hawks.influence"
    assert lines[2].endswith("0.9,0.7")


@pytest.mark.parametrize("damage", [Path.unlink, lambda file: file.write_bytes(b"point\n")])
def test_the_list_of_points_is_mended(store: Store, damage: Callable[[Path], object]) -> None:
    """Even if no run is missing; what a killed process left beside it is removed."""
    factors = read_factors(["us.leader.autonomy=0.2,0.9"], MARCH)
    design = Design.at("lhs", factors, np.array([[0.1], [0.9]]), grows=False)
    file = play(design, MARCH, 2, ["tension"], Means(store)).directory / "points.csv"
    whole = file.read_bytes()
    damage(file)
    left = [file.with_name("points.csv.1.tmp"), file.parent / "runs/outcomes/000000.parquet.1.tmp"]
    for path in left:
        path.touch()
        os.utime(path, (time.time() - 3600.0,) * 2)

    assert play(design, MARCH, 2, ["tension"], Means(store)).computed == 0
    assert file.read_bytes() == whole
    assert not any(path.exists() for path in left)


def test_every_uncertain_parameter_is_a_factor() -> None:
    """Those with a prior and no others, each at the middle of its prior inside its range."""
    resolved = MARCH.resolved()
    factors = uncertain(resolved)

    assert {f.name for f in factors} == {n for n, p in resolved.parameters.items() if p.prior}
    assert all(f.texts(np.array([0.5])) for f in factors)


@pytest.mark.parametrize(
    ("axis", "error", "message"),
    [
        ("us.hwks.influence=0..1", NotFoundError, "did you mean us.hawks.influence"),
        ("us.hawks.influence", UsageError, "us.hawks.influence=LOW..HIGH"),
        ("us.leader.autonomy=0..3", ScenarioError, "not between 0 and 1"),
        ("us.leader.autonomy=0.5,much", ScenarioError, "us.leader.autonomy"),
        ("threat.deadline=1..5", UsageError, "list its values as"),
        ("start=2025-03-01,2025-03-02", UsageError, "cannot be sampled"),
    ],
)
def test_factors_that_cannot_be_are_refused(
    axis: str, error: type[Exception], message: str
) -> None:
    """Unknown, without a range, out of range: the message says what to type."""
    with pytest.raises(error, match=message):
        read_factors([axis], MARCH)


def test_targets_are_read_as_they_are_typed() -> None:
    """A number, a flag on a day, one class, all classes, a comparison."""
    texts = ["tension", "truce_in_force@2025-04-10", "path_class=conflict", "us_addon_pp>=20"]
    start = StudyBase(MARCH.scenario, until=MARCH.until, at=days_of(texts))
    resolved = start.resolved()
    block = run_block(resolved, 5, 0, 4)
    failed = np.zeros(4, np.bool_)
    number, flag, label, comparison = read_targets(texts, columns(resolved))

    assert number.of(block.values["tension"], failed).tolist() == block.values["tension"].tolist()
    assert flag.of(block.values["truce_in_force@2025-04-10"], failed).tolist() == [0.0] * 4
    conflict = label.column.outcome.classes.index("conflict")
    expected = (block.values["path_class"] == conflict).astype(float)
    assert label.of(block.values["path_class"], failed).tolist() == expected.tolist()
    above = (block.values["us_addon_pp"] >= 20).astype(float)
    assert comparison.of(block.values["us_addon_pp"], failed).tolist() == above.tolist()
    assert [t.label for t in read_targets(["path_class"], columns(resolved))] == [
        *label.column.outcome.classes
    ]


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("tensoin", NotFoundError, "did you mean tension"),
        ("path_class=conflct", NotFoundError, "did you mean conflict"),
        ("us.hike_by@2025-04-10=yes", UsageError, "this is an event"),
        ("tension@2025-04-31", UsageError, "write days as"),
    ],
)
def test_targets_that_cannot_be_are_refused(
    text: str, error: type[Exception], message: str
) -> None:
    """Unknown outcomes and classes name the nearest."""
    known = columns(MARCH.resolved())

    def read() -> None:
        days_of([text])
        read_targets([text], known)

    with pytest.raises(error, match=message):
        read()
