"""Precision: how many runs a half-width takes, whatever is stored and whoever plays."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import pytest
import toy_engine

from sim.errors import NotFoundError, UsageError
from sim.experiment.runs import precision
from sim.experiment.runs.batch import Batch, run_batch
from sim.experiment.stats.intervals import mean, probability
from sim.experiment.store.folder import Folder
from sim.experiment.store.results import Store

TOY = toy_engine.scenario()


def play(store: Store, **options: Any) -> Batch:
    """A batch of the toy in this process."""
    return run_batch(TOY, store=store, **{"workers": 1, **options})


def test_a_flag_is_known_as_well_as_asked(store: Store) -> None:
    """P = 0.3 to plus or minus 0.01 takes 8,067 runs: nine shards or, by luck, eight."""
    batch = play(store, precision=0.01, precision_for="hit")

    assert batch.n in (8000, 9000)
    assert probability(batch.values["hit"]).half_width <= 0.01


def test_a_number_is_asked_in_its_unit(store: Store) -> None:
    """The mean of a standard normal to plus or minus 0.02 takes 9,604 runs."""
    batch = play(store, precision=0.02, precision_for="level@2025-11-01")

    assert batch.n in (9000, 10_000)
    assert mean(batch.values["level@2025-11-01"]).half_width <= 0.02


def test_drawn_parameters_are_counted_by_vector(store: Store) -> None:
    """Runs that share a vector tell less: the same half-width takes more of them."""
    batch = play(store, precision=0.02, precision_for="level", parameters="prior")

    assert batch.n > 40_000
    assert mean(batch.values["level"], clusters=batch.clusters).half_width <= 0.02


def test_without_an_outcome_every_headline_probability_is_meant(store: Store) -> None:
    """The one known worst, class a with p = 0.5, takes 9,604 runs."""
    assert play(store, precision=0.01).n in (9000, 10_000)


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_stored_and_who_plays_do_not_count(store: Store, workers: int) -> None:
    """A longer batch in the store, two workers, a second call: the same number of runs."""
    fresh = play(store, precision=0.02, precision_for="hit")
    other = Store(store.root.parent / "other")
    play(other, n=6500)

    again = play(other, precision=0.02, precision_for="hit", workers=workers)

    assert (again.n, again.computed) == (fresh.n, 0)


def test_each_run_is_looked_at_once_and_few_looks_are_taken(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the way to 39,000 runs the store is read four times, and no shard twice."""
    spans: list[tuple[int, int]] = []
    read = Folder.read

    def spy(self: Folder, columns: Iterable[Any], n: int, first: int = 0) -> dict[str, Any]:
        spans.append((first, n))
        return read(self, columns, n, first)

    monkeypatch.setattr(Folder, "read", spy)

    batch = play(store, precision=0.005)

    assert len(spans) <= 6
    assert [first for first, _ in spans] == [0, *(end for _, end in spans[:-1])]
    assert spans[-1][1] == batch.n
    assert batch.n <= 1.1 * 0.25 * (1.96 / 0.005) ** 2


def test_a_limit_stops_and_says_how_far_it_came(store: Store) -> None:
    """The note names the outcome and the half-width reached."""
    notes: list[str] = []

    batch = play(store, precision=0.001, most=5500, note=notes.append)

    assert batch.n == 5000
    assert len(notes) == 1
    assert "stopped at 5000 runs (--max-runs): the half-width of kind is 0.0138" in notes[0]


def test_the_limit_holds_over_the_usual_number_of_runs(store: Store) -> None:
    """Most wins over -n, which has a default."""
    assert play(store, n=2000, precision=0.001, most=1000, note=lambda text: None).n == 1000


def test_what_no_run_tells_is_played_to_the_limit(store: Store) -> None:
    """A mean of nothing has no half-width: only the limit ends the batch."""
    column = toy_engine.COLUMNS[0]
    empty = toy_engine.run_block(TOY, 1, 0, 10).values["level"] * math.nan
    finished = empty != empty  # noqa: PLR0124 - NaN alone differs from itself

    assert precision.half_width(column, empty, finished, None) == math.inf
    goal = precision.Goal(0.01, (column,), 1000, 50_000)
    assert goal.next_look(1000, math.inf) == 10_000
    assert goal.next_look(10_000, math.inf) == 50_000


def test_an_outcome_that_is_none_is_not_found(store: Store) -> None:
    """A misspelt outcome is told with the nearest one, before anything is played."""
    with pytest.raises(NotFoundError, match=r"did you mean level@2025-11-01\?"):
        play(store, precision=0.01, precision_for="levl@2025-11-01")

    assert not store.root.exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"precision_for": "hit"}, "--precision-for hit.*add --precision"),
        ({"most": 5000}, "--max-runs 5000.*add --precision"),
        ({"precision": 0.01, "most": 999}, "--max-runs.* 999 is below 1000"),
        ({"precision": 0.01, "most": 2.5}, "--max-runs"),
        ({"precision": 0.6}, "between 0 and 0.5"),
        ({"precision": 0.0, "precision_for": "level"}, "mean of level"),
        ({"precision": math.inf, "precision_for": "level"}, "finite number above 0"),
        ({"precision": math.nan}, "between 0 and 0.5"),
    ],
)
def test_precision_out_of_range_is_a_usage_error(
    store: Store, options: dict[str, object], message: str
) -> None:
    """Each fault is told by the name of its option, before anything is written."""
    with pytest.raises(UsageError, match=message):
        play(store, **options)

    assert not store.root.exists()
