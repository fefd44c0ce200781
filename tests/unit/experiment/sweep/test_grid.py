"""Sweeps: tidy rows, points that are kept, curves and maps of a grid, and drawn points."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import toy_engine
from scipy.special import ndtri

from sim.errors import NotFoundError, UsageError
from sim.experiment.inputs import base, factors
from sim.experiment.inputs.axes import Axis
from sim.experiment.inputs.base import StudyBase
from sim.experiment.outcomes.targets import read_targets
from sim.experiment.runs import design
from sim.experiment.runs.design import Means
from sim.experiment.stats.intervals import wilson
from sim.experiment.store.results import Store
from sim.experiment.sweep import grid as grids
from sim.experiment.sweep import sample
from sim.experiment.sweep.grid import sweep
from sim.experiment.sweep.points import GRID, Point, Sweep
from sim.experiment.sweep.readings import Readings
from sim.experiment.sweep.response import drawn_curve, grid_curve
from sim.experiment.sweep.sample import drawn_points
from sim.experiment.sweep.sample import sweep_drawn as draw
from sim.report.pages.search.sweep import in_short
from sim.scenario.resolved_scenario import Resolved

TOY = StudyBase("toy")


@pytest.fixture(autouse=True)
def toy_scenarios(monkeypatch: pytest.MonkeyPatch) -> None:
    """Resolves any name to the toy with the values that are set; `mood` is no parameter, but a
    field of the state that adds to `mu`."""

    def resolve(name: str, *, sets: Sequence[tuple[str, str]], **_: object) -> Resolved:
        values = {key: float(text) for key, text in sets if key != "tension"}
        toy = toy_engine.scenario(**values)
        added = sum(float(text) for key, text in sets if key == "tension")
        mu = toy.parameters["mu"]
        known = {**toy.parameters, "mu": replace(mu, value=mu.value + 10.0 * added)}
        return replace(toy, parameters=known, state={"tension": added})

    monkeypatch.setattr(base, "resolve", resolve)
    for module in (grids, design, sample):
        monkeypatch.setattr(module, "columns", toy_engine.columns)
        monkeypatch.setattr(module, "choose_engine", lambda *_: "simpy", raising=False)


def test_a_sweep_has_a_row_a_point_and_outcome(store: Store) -> None:
    """Points share their luck, rows are tidy, and estimates follow the swept input."""
    grid = sweep(TOY, ["mu=0..1/3"], Means(store), n=50)

    rows = [row for row in grid.rows() if row["outcome"] == "level"]
    assert [row["mu"] for row in rows] == [0, 0.5, 1]
    assert rows[2]["estimate"] - rows[0]["estimate"] == pytest.approx(1.0)
    assert all(row["low"] < row["estimate"] < row["high"] for row in rows)
    hits = [row for row in grid.rows() if row["outcome"] == "hit"]
    assert [(row["point"], row["class"]) for row in hits] == [(p, "true") for p in range(3)]
    assert len({row["estimate"] for row in hits}) == 1


def test_points_are_kept(store: Store) -> None:
    """A second sweep plays only the points that are new, to the same rows."""
    first = sweep(TOY, ["mu=0,1"], Means(store), n=50)
    second = sweep(TOY, ["mu=0,1,2"], Means(store), n=50)

    assert [point.computed for point in second.points] == [0, 0, 50]
    assert first.rows() == [row for row in second.rows() if row["mu"] in (0, 1)]


def test_progress_runs_over_the_whole_grid(store: Store) -> None:
    """The last tick of a sweep of 2 points of 50 runs is 100 of 100."""
    seen: list[tuple[int, int]] = []

    sweep(TOY, ["mu=0,1"], Means(store, progress=lambda *pair: seen.append(pair)), n=50)

    assert seen == [(50, 100), (100, 100)]


def test_workers_are_shared_by_the_points(store: Store, tmp_path: Path) -> None:
    """Two processes for the whole grid give the rows of one."""
    shared = sweep(TOY, ["mu=0,1"], Means(store, workers=2), n=120)
    alone = sweep(TOY, ["mu=0,1"], Means(Store(tmp_path / "b"), workers=1), n=120)

    assert shared.rows() == alone.rows()


def test_a_sweep_is_json(store: Store) -> None:
    """One object with stable keys."""
    grid = sweep(TOY, ["mu=0,1"], Means(store), n=1)

    told = json.loads(json.dumps(grid.to_json(), allow_nan=False))

    assert told["axes"] == {"mu": [0, 1]}
    assert [point["values"] for point in told["points"]] == [{"mu": 0}, {"mu": 1}]
    assert set(told["rows"][0]) == {
        "point", "mu", "id", "n", "outcome", "class", "kind", "unit",
        "estimate", "low", "high", "p05", "p25", "p50", "p75", "p95", "n_valid", "of",
        "difference", "difference_low", "difference_high",
    }  # fmt: skip


def test_differences_are_those_of_pairs(store: Store) -> None:
    """On the same luck a shift of the toy's mean by one half is one half in every run: the
    interval has no width, and a flag the input does not touch differs by nought."""
    rows = sweep(TOY, ["mu=0,0.5"], Means(store), n=60).rows()

    moved = next(row for row in rows if row["outcome"] == "level" and row["point"] == 1)
    assert moved["difference"] == pytest.approx(0.5)
    assert moved["difference_high"] - moved["difference_low"] < 1e-12
    still = next(row for row in rows if row["outcome"] == "hit" and row["point"] == 1)
    assert still["difference"] == 0.0
    assert all(row["difference"] is None for row in rows if row["point"] == 0)


def test_points_of_run_are_reused(store: Store) -> None:
    """A point played before as a batch, with its paths, is not played again."""
    from sim.experiment.runs.batch import run_batch

    played = run_batch(TOY.resolved([("mu", "0.5")]), n=50, store=store)

    points = sweep(TOY, ["mu=0.5,1"], Means(store), n=50).points
    assert [point.computed for point in points] == [0, 50]
    assert points[0].id == played.id


def test_a_curve_of_a_grid_averages_over_the_other_axes(store: Store) -> None:
    """`level` is mu + 10 tension + luck: over the grid the curve of mu rises by the step of mu
    exactly, and the span says between which levels."""
    swept = sweep(TOY, ["mu=0,1,3", "tension=0,0.2"], Means(store), n=60, outcomes=["level"])
    curve = swept.curve("mu", swept.targets[0])
    means = [level.mean.value for level in curve.levels]

    assert np.diff(means) == pytest.approx([1.0, 2.0])
    assert (curve.lowest, curve.highest) == (0, 2)
    assert curve.span.value == pytest.approx(3.0)
    assert curve.is_significant
    assert [level.points for level in curve.levels] == [2, 2, 2]


def test_a_map_has_a_cell_a_pair_of_values(store: Store) -> None:
    """Rows and columns stand in the order of the axes, each cell the mean of its point."""
    swept = sweep(TOY, ["mu=0,1,3", "tension=0,0.2"], Means(store), n=60, outcomes=["level"])
    found = swept.heat_map("mu", "tension", swept.targets[0])

    assert (found.rows, found.columns) == (("0", "1", "3"), ("0", "0.2"))
    estimates = [row["estimate"] for row in swept.rows()]
    assert found.means.ravel() == pytest.approx(estimates)


@pytest.mark.parametrize(("axis", "slope"), [("mu=0..5", 1.0), ("tension=0..0.5", 10.0)])
def test_drawn_points_share_their_luck(store: Store, axis: str, slope: float) -> None:
    """Points differ by what is varied and by nothing else, be it a parameter or a field of the
    state, for which each point is a scenario of its own."""
    drawn = draw(TOY, [axis], Means(store), method="lhs", n=12, replicates=9, outcomes=["level"])
    values = [float(point.values[0][1]) for point in drawn.points]

    luck = drawn.runs["level", ""] - slope * np.array(values)[:, np.newaxis]
    assert luck == pytest.approx(np.broadcast_to(luck[0], luck.shape), abs=1e-9)
    assert np.ptp(values) > 0.4


def test_a_prior_is_covered_evenly(store: Store) -> None:
    """Of a Latin hypercube of 20 points one lies in each twentieth of the prior."""
    drawn = draw(TOY, ["mu"], Means(store), method="lhs", n=20, replicates=2)

    values = np.sort([point.typed()["mu"] for point in drawn.points])
    edges = 0.5 * ndtri(np.arange(1, 20) / 20)
    assert np.searchsorted(edges, values).tolist() == list(range(20))


def test_a_list_is_drawn_in_equal_shares(store: Store) -> None:
    """Each of four values has a quarter of the Sobol points, and its own level of the curve."""
    drawn = draw(TOY, ["mu=-1,0,1,5"], Means(store), method="sobol", n=32, replicates=2,
                 outcomes=["level"])  # fmt: skip
    curve = drawn.curve("mu", drawn.targets[0])

    assert [(level.text, level.points) for level in curve.levels] == [
        ("-1", 8), ("0", 8), ("1", 8), ("5", 8)
    ]  # fmt: skip
    assert curve.span.value == pytest.approx(6.0)


def test_a_curve_of_drawn_points_has_fifths(store: Store) -> None:
    """A number is put in fifths in order; the outcome rises from each to the next."""
    drawn = draw(TOY, ["mu=0..10"], Means(store), method="sobol", n=64, replicates=4,
                 outcomes=["level"])  # fmt: skip
    curve = drawn.curve("mu", drawn.targets[0])
    means = [level.mean.value for level in curve.levels]

    assert sum(level.points for level in curve.levels) == 64
    assert np.diff(means) == pytest.approx([2.0] * 4, abs=0.3)


def test_a_design_is_resumed_and_grows(store: Store) -> None:
    """What is there is not played again: the same design, another outcome of it, a larger one."""

    def once(n: int, outcome: str) -> sample.Sweep:
        return draw(TOY, ["mu"], Means(store), method="sobol", n=n, replicates=50,
                    outcomes=[outcome])  # fmt: skip

    def computed(swept: sample.Sweep) -> int:
        return sum(point.computed for point in swept.points)

    first = once(32, "level")
    assert computed(first) == 1600
    assert computed(once(32, "hit")) == 0
    larger = once(64, "level")
    assert computed(larger) == 1600
    assert larger.rows()[:32] == first.rows()


@pytest.mark.parametrize("workers", [1, 2])
def test_designs_are_the_same_on_any_number_of_workers(
    store: Store, tmp_path: Path, workers: int
) -> None:
    """The files of two processes hold the bytes of one."""
    other = Store(tmp_path / "other")
    digests = []
    for place, count in ((store, workers), (other, 1)):
        drawn = draw(TOY, ["mu"], Means(place, workers=count), method="sobol", n=32, replicates=50)
        files = sorted(drawn.points[0].directory.glob("runs/outcomes/*.parquet"))
        digests.append([file.read_bytes() for file in files])

    assert digests[0] == digests[1]
    assert len(digests[0]) == 2


def test_an_interrupted_design_goes_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """After Ctrl-C in the second shard the first is kept, and the rest comes out as if nothing
    had been."""
    from sim.experiment.runs import batch

    told: list[str] = []
    calm = toy_engine.run_block
    calls = iter(range(10_000))

    def impatient(*args: object, **named: object) -> object:
        if next(calls) > 25:
            raise KeyboardInterrupt
        return calm(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(batch, "run_block", impatient)
    named = {"method": "sobol", "n": 32, "replicates": 50}
    with pytest.raises(KeyboardInterrupt):
        draw(TOY, ["mu"], Means(store, note=told.append, workers=1), **named)
    monkeypatch.setattr(batch, "run_block", calm)
    resumed = draw(TOY, ["mu"], Means(store), **named)

    assert "1000 of 1600 runs are kept" in told[0]
    assert sum(point.computed for point in resumed.points) == 600


def test_failed_runs_of_a_design_count_in_no_figure(store: Store) -> None:
    """A replicate that fails at every point is missing at every point."""
    base = replace(TOY, sets=(("fails", "3"),))
    drawn = draw(base, ["mu"], Means(store), method="lhs", n=5, replicates=8, outcomes=["level"])

    assert [point.failed for point in drawn.points] == [1] * 5
    assert np.isnan(drawn.runs["level", ""]).sum(axis=0).tolist() == [0, 0, 0, 5, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("axes", "named", "error", "message"),
    [
        ([], {}, UsageError, "nothing to vary"),
        (["mu"], {"n": 100}, UsageError, "use 64 or 128"),
        (["mu"], {"method": "sobl"}, UsageError, "did you mean sobol"),
        (["mu"], {"replicates": 1}, UsageError, "at least 2 runs"),
        (["mu"], {"n": 65536, "replicates": 1000}, UsageError, "at most 20,000,000"),
        (["muu"], {}, NotFoundError, "did you mean mu"),
        (["fails"], {}, UsageError, "has no prior; give its range: fails=LOW..HIGH"),
        (["mu", "mu=0..1"], {}, UsageError, "appears 2 times"),
        (["mu=1..0"], {}, UsageError, "the smaller number"),
        (["until=2025-11-01,2025-11-02"], {}, UsageError, "cannot be sampled"),
        (["mu"], {"outcomes": ["levle"]}, NotFoundError, "did you mean level"),
    ],
)
def test_drawn_sweeps_that_cannot_be_are_refused(
    store: Store, axes: list[str], named: dict[str, object], error: type[Exception], message: str
) -> None:
    """The message says what was found and what to do; nothing is played."""
    with pytest.raises(error, match=message):
        draw(TOY, axes, Means(store), **{"method": "sobol", "n": 16, "replicates": 2, **named})

    assert not store.root.exists()


def test_sobol_points_fill_the_cube_evenly() -> None:
    """Of 64 points one lies in each 64th of every axis."""
    cube = drawn_points("sobol", 64, 3)

    for axis in range(3):
        assert np.sort((cube[:, axis] * 64).astype(int)).tolist() == list(range(64))


def test_whole_parameters_stay_whole() -> None:
    """A range of days gives whole days, the ends included."""
    factor = factors.Factor(
        "truce.length_days", "days", factors.Prior("uniform", 60.0, 63.0, 60.0, 63.0)
    )

    assert set(factor.texts(np.linspace(0.01, 0.99, 50))) == {"60", "61", "62", "63"}


def test_a_level_of_drawn_points_is_no_surer_than_its_luck() -> None:
    """300 points that share 10 replicates: over 200 such designs the 95 % interval of the mean
    holds the truth as often as it says, less chance; one that took points for all there is would
    hold it in half of them."""
    target = read_targets(["level"], toy_engine.COLUMNS)[0]
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(200):
        spread, luck = rng.standard_normal((300, 1)), rng.standard_normal((1, 10))
        y = 0.5 * spread + luck + 0.3 * spread * luck
        mean = drawn_curve("a", ["x"] * 300, target, Readings(y)).levels[0].mean
        held += mean.low <= 0.0 <= mean.high

    assert held >= 200 * 0.95 - 2.6 * np.sqrt(200 * 0.95 * 0.05)


def test_a_difference_of_drawn_levels_is_free_of_common_luck() -> None:
    """Luck that moves all points alike leaves the difference of two levels where it was."""
    target = read_targets(["level"], toy_engine.COLUMNS)[0]
    rng = np.random.default_rng(1)
    texts = ["1", "2"] * 50
    own = 0.1 * rng.standard_normal((100, 1)) + np.array([1.0, 2.0] * 50)[:, np.newaxis]
    calm = drawn_curve("a", texts, target, Readings(own + np.zeros((1, 20))))
    stormy = drawn_curve("a", texts, target, Readings(own + 9.0 * rng.standard_normal((1, 20))))

    assert stormy.span.value == pytest.approx(calm.span.value)
    assert stormy.span.half_width == pytest.approx(calm.span.half_width)
    assert stormy.levels[0].mean.half_width > 10.0 * calm.levels[0].mean.half_width


def test_one_pair_that_differs_proves_nothing() -> None:
    """A flag that holds in one more run of 200 at the second value: the span is not told from
    nought; with 40 more it is."""
    target = read_targets(["hit"], toy_engine.COLUMNS)[0]
    few, many = np.zeros((2, 200)), np.zeros((2, 200))
    few[1, 0], many[1, :40] = 1.0, 1.0

    assert not grid_curve("a", ["0", "1"], target, Readings(few)).is_significant
    assert grid_curve("a", ["0", "1"], target, Readings(many)).is_significant


def test_an_input_that_only_stirs_luck_moves_nothing() -> None:
    """Inputs that decide which runs come out as 1, but not how many: a move is claimed in at most
    5 of 100 sweeps, every interval has a length, and 95 of 100 intervals of a level hold the
    truth."""
    target = read_targets(["hit"], toy_engine.COLUMNS)[0]
    told = held = 0
    repeats = 100
    for seed in range(repeats):
        rng = np.random.default_rng(seed)
        cube, luck = drawn_points("sobol", 64, 2), rng.random(16)
        cube = (cube + rng.random(2)) % 1.0
        y = (luck + cube.sum(axis=1, keepdims=True)) % 1.0 < 0.3
        curve = drawn_curve(
            "a", [f"{u:.9g}" for u in cube[:, 0]], target, Readings(y.astype(float))
        )
        told += curve.is_significant
        held += curve.levels[2].mean.low <= 0.3 <= curve.levels[2].mean.high
        assert curve.span.low < curve.span.high

    slack = 2.6 * np.sqrt(repeats * 0.95 * 0.05)
    assert told <= repeats * 0.05 + slack
    assert held >= repeats * 0.95 - slack


def test_what_points_and_luck_both_contain_counts_once() -> None:
    """Of 100 points and 100 replicates that differ cell by cell alone, a level's error is that of
    10,000 independent numbers, and a difference of two halves that of 5,000 a side."""
    target = read_targets(["level"], toy_engine.COLUMNS)[0]
    y = np.random.default_rng(1).standard_normal((100, 100))

    whole = drawn_curve("a", ["x"] * 100, target, Readings(y)).levels[0].mean
    assert whole.error == pytest.approx(0.01, rel=0.25)
    assert drawn_curve("a", ["1", "2"] * 50, target, Readings(y)).span.error == pytest.approx(
        0.02, rel=0.25
    )


def test_the_span_of_many_levels_is_no_oftener_told() -> None:
    """Eight values that do not matter: of the 28 pairs the widest is looked for, and yet a move is
    claimed in at most 5 of 100 sweeps."""
    target = read_targets(["level"], toy_engine.COLUMNS)[0]
    rng = np.random.default_rng(1)
    texts = [str(value) for value in range(8)]
    told = sum(
        grid_curve("a", texts, target, Readings(rng.standard_normal((8, 200)))).is_significant
        for _ in range(200)
    )

    assert told <= 200 * 0.05 + 2.6 * np.sqrt(200 * 0.05 * 0.95)


def test_what_moves_most_of_many_outcomes_is_no_oftener_told() -> None:
    """Thirteen outcomes over an axis that moves none of them: a sentence about the largest move
    claims one in at most 5 of 100 sweeps; each of them alone would in a half."""
    level = read_targets(["level"], toy_engine.COLUMNS)[0]
    targets = tuple(
        replace(level, column=replace(level.column, name=f"level-{place}")) for place in range(13)
    )
    points = tuple(
        Point((("mu", text),), "", Path(), 200, 0, 0, None, ()) for text in ("0", "1", "2")
    )
    rng = np.random.default_rng(1)
    told, repeats = 0, 200
    for _ in range(repeats):
        runs = {(target.outcome, ""): rng.standard_normal((3, 200)) for target in targets}
        axes = (Axis("mu", ("0", "1", "2")),)
        swept = Sweep("toy", "", 1, "fixed", GRID, axes, points, targets, runs)
        told += "no detectable effect" not in in_short("mu", swept.curves())

    assert told <= repeats * 0.05 + 2.6 * np.sqrt(repeats * 0.05 * 0.95)


def test_limits_of_a_drawn_share_are_shares(store: Store) -> None:
    """None lies below nought; what never came is bounded by as many runs as there are lucks."""
    target = next(t for t in sweep(TOY, ["mu=0,1"], Means(store), n=4).targets if t.is_share)
    rare = np.zeros((40, 8))
    never = drawn_curve("a", ["x"] * 40, target, Readings(rare)).levels[0].mean
    rare[3, 2] = 1.0
    once = drawn_curve("a", ["x"] * 40, target, Readings(rare)).levels[0].mean

    assert (never.low, never.high) == wilson(0.0, 8)
    assert once.low == 0.0 < once.value < once.high
