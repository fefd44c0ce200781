"""Sweeps: the grammar of axes, the grid, tidy rows, and points that are kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import toy_engine

from sim.errors import UsageError
from sim.experiment import sweep as sweep_module
from sim.experiment.store import Store
from sim.experiment.sweep import Axis, grid_of, parse_axes, parse_axis, sweep, typed
from sim.scenario.resolved import Resolved


@pytest.fixture(autouse=True)
def toy_scenarios(monkeypatch: pytest.MonkeyPatch) -> None:
    """Resolves any name to the toy with the values that are set."""

    def resolve(name: str, *, sets: Sequence[tuple[str, str]], **_: object) -> Resolved:
        values = {key: float(text) for key, text in sets}
        return toy_engine.fixed(toy_engine.scenario(**values), "mu")

    monkeypatch.setattr(sweep_module, "resolve", resolve)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a=0..1/5", ("0", "0.25", "0.5", "0.75", "1")),
        ("a=0..1/11", tuple(f"{i / 10:g}" for i in range(11))),
        ("b=60,90", ("60", "90")),
        ("a=12..15", ("12", "13", "14", "15")),
        ("a=-2..1", ("-2", "-1", "0", "1")),
        ("a=1..0/3", ("1", "0.5", "0")),
        ("a=-0.5..1e1/2", ("-0.5", "10")),
        ("a=null,0.5,beta:6:4", ("null", "0.5", "beta:6:4")),
        ("a=2025-11-01, 2025-12-01", ("2025-11-01", "2025-12-01")),
        ("a=0,10..12", ("0", "10", "11", "12")),
        ("x.y=true", ("true",)),
    ],
)
def test_axes_are_read(text: str, values: tuple[str, ...]) -> None:
    """Lists, even points, whole numbers and their mixtures stand for what they say."""
    assert parse_axis(text).values == values


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a", "found no name=values"),
        ("=1,2", "found no name=values"),
        ("a=", "empty value"),
        ("a=1,,2", "empty value"),
        ("a=0.5..1.5", "without a number of points"),
        ("a=0..1/0", "found /0"),
        ("a=0..1/1", "found /1"),
        ("a=0..1/x", "found /x"),
        ("a=0..1/", "found / in"),
        ("a=0..1/2.5", "found /2.5"),
        ("a=0..1/1000000", "found /1000000"),
        ("a=low..high/3", "found the range"),
        ("a=0...1/3", "found the range"),
        ("a=15..12", "from the smaller to the larger"),
        ("a=1..9999999", "at most 1000"),
        ("a=1,1", "comes twice"),
    ],
)
def test_axes_that_cannot_be_read_teach(text: str, found: str) -> None:
    """The message names the axis, what was found and what is allowed."""
    with pytest.raises(UsageError) as caught:
        parse_axis(text)

    assert found in str(caught.value)
    assert str(caught.value).startswith("sweep")


@pytest.mark.parametrize(
    ("axes", "message"),
    [
        ([], "at least one axis"),
        (["a=1,2", "a=3"], "comes 2 times"),
        (["a=1..100", "b=1..100"], "10000 points"),
        ([Axis("a", ())], "no values"),
    ],
)
def test_grids_that_make_no_sense_are_refused(axes: list[str | Axis], message: str) -> None:
    """No axis, one axis twice, or a grid no one would wait for."""
    with pytest.raises(UsageError, match=message):
        parse_axes(axes)


def test_the_last_axis_moves_fastest() -> None:
    """The order of points is that of nested loops."""
    grid = list(grid_of([Axis("a", ("1", "2")), Axis("b", ("x", "y"))]))

    assert grid == [
        (("a", "1"), ("b", "x")),
        (("a", "1"), ("b", "y")),
        (("a", "2"), ("b", "x")),
        (("a", "2"), ("b", "y")),
    ]


def test_values_are_numbers_where_they_are() -> None:
    """Rows hold numbers as numbers, and words as words."""
    assert [typed(t) for t in ("3", "-0.5", "1e3", "null", "2025-11-01", "hawk")] == [
        3, -0.5, 1000.0, None, "2025-11-01", "hawk"
    ]  # fmt: skip
    assert isinstance(typed("3"), int)


def test_a_sweep_has_a_row_a_point_and_outcome(store: Store) -> None:
    """Points share their luck, rows are tidy, and estimates follow the swept input."""
    grid = sweep("toy", ["mu=0..1/3"], store=store, n=50)

    rows = [row for row in grid.rows() if row["outcome"] == "level"]
    assert [row["mu"] for row in rows] == [0, 0.5, 1]
    assert rows[2]["estimate"] - rows[0]["estimate"] == pytest.approx(1.0)
    assert all(row["low"] < row["estimate"] < row["high"] for row in rows)
    hits = [row for row in grid.rows() if row["outcome"] == "hit"]
    assert [(row["point"], row["class"]) for row in hits] == [
        (point, label) for point in range(3) for label in ("false", "true")
    ]
    assert len({row["estimate"] for row in hits}) == 2


def test_points_are_kept(store: Store) -> None:
    """A second sweep plays only the points that are new, to the same rows."""
    first = sweep("toy", ["mu=0,1"], store=store, n=50)
    second = sweep("toy", ["mu=0,1,2"], store=store, n=50)

    assert [point.computed for point in second.points] == [0, 0, 50]
    assert first.rows() == [row for row in second.rows() if row["mu"] in (0, 1)]


def test_progress_runs_over_the_whole_grid(store: Store) -> None:
    """The last tick of a sweep of 2 points of 50 runs is 100 of 100."""
    seen: list[tuple[int, int]] = []

    sweep("toy", ["mu=0,1"], store=store, n=50, progress=lambda *pair: seen.append(pair))

    assert seen == [(50, 100), (100, 100)]


def test_workers_are_shared_by_the_points(store: Store, tmp_path: Path) -> None:
    """Two processes for the whole grid give the rows of one."""
    shared = sweep("toy", ["mu=0,1"], store=store, n=120, workers=2)
    alone = sweep("toy", ["mu=0,1"], store=Store(tmp_path / "b"), n=120, workers=1)

    assert shared.rows() == alone.rows()


def test_a_sweep_is_json(store: Store) -> None:
    """One object with stable keys."""
    grid = sweep("toy", ["mu=0,1"], store=store, n=1)

    told = json.loads(json.dumps(grid.to_json(), allow_nan=False))

    assert told["axes"] == {"mu": [0, 1]}
    assert [point["values"] for point in told["points"]] == [{"mu": 0}, {"mu": 1}]
    assert set(told["rows"][0]) == {
        "point", "mu", "id", "n", "outcome", "class", "kind", "unit",
        "estimate", "low", "high", "n_valid",
    }  # fmt: skip
