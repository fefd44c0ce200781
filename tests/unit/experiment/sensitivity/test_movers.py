"""What moves the first answer of a run: told from a screen, or from runs that are at hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sim.experiment.runs import ends, memory
from sim.experiment.runs.batch import Batch, run_batch
from sim.experiment.runs.design import Means
from sim.experiment.sensitivity import movers, screen
from sim.experiment.sensitivity.movers import SUSPECTS, movers_of
from sim.experiment.store.results import Store
from sim.scenario.load import resolve

FIRST = "truce_in_force@2025-11-10"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """A few dozen draws of all numbers, over the summit weeks."""
    world = resolve("october-2025-apec", until=date(2025, 11, 12))
    store = Store(tmp_path_factory.mktemp("results"))
    return run_batch(
        world, store=store, n=60, per_vector=2, parameters="prior", engine="simpy", workers=1
    )


@pytest.fixture
def means(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Means:
    """A small screen on SimPy, in an empty folder."""
    monkeypatch.setattr(memory, "can_compile", lambda: False)
    monkeypatch.setattr(screen, "VECTORS", 24)
    monkeypatch.setattr(screen, "PER_VECTOR", 2)
    return Means(Store(tmp_path / "results"), workers=1)


def test_every_suspect_has_a_range() -> None:
    """Else nothing could be told of it."""
    # Fails if a suspect is renamed or becomes a fact.
    resolved = resolve("october-2025-apec")

    assert len(ends.ends_of(resolved, SUSPECTS)) == 2 * len(SUSPECTS)


def test_the_strongest_come_first_with_values_near_the_ends(
    drawn: Batch, means: Means, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen that is quick is played, and all its numbers are ranked."""
    # Fails if they are not ordered by size, or the values are not those of their priors.
    monkeypatch.setattr(movers, "_is_quick", lambda *_: True)
    found = movers_of(drawn.resolved, drawn, means)

    assert found is not None
    assert (found.target, found.runs) == (FIRST, 48)
    assert found.of > 500
    sizes = [abs(mover.correlation) for mover in found.movers]
    assert sizes == sorted(sizes, reverse=True)
    for mover in found.movers:
        prior = drawn.resolved.parameters[mover.parameter].prior
        assert prior is not None
        assert mover.low_value <= mover.high_value
    assert list((means.store.root / screen.FOLDER).iterdir())


def test_before_code_is_compiled_the_draws_at_hand_tell_of_the_suspects(
    drawn: Batch, means: Means
) -> None:
    """Nothing is played and nothing kept; a screen kept by an earlier run is told all the same."""
    # Fails if a first run plays a screen on SimPy, tells nothing, or forgets what is known.
    simpy = replace(means, engine="simpy")
    few = movers_of(drawn.resolved, drawn, simpy)

    assert few is not None
    assert (few.runs, few.of) == (60, len(SUSPECTS))
    assert {mover.parameter for mover in few.movers} == set(SUSPECTS)
    assert not (means.store.root / screen.FOLDER).exists()

    screen.find_screen(drawn.resolved, means)
    known = movers_of(drawn.resolved, drawn, simpy)
    assert known is not None
    assert known.of > len(SUSPECTS)


def test_what_would_take_long_is_not_begun(
    drawn: Batch, means: Means, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SimPy, on a cluster, before the code is compiled, or with too many days; what else the
    machine does is no reason."""
    # Fails if a run waits for a screen that the user did not ask for.
    monkeypatch.setattr(movers, "can_compile", lambda: True)
    monkeypatch.setattr(movers.code_cache, "is_kept", lambda: True)
    monkeypatch.setattr(movers, "takes", lambda _: True)
    monkeypatch.setattr(screen, "VECTORS", 1000)
    monkeypatch.setattr(screen, "PER_VECTOR", 5)
    world = drawn.resolved
    longest, too_long = (
        resolve("october-2025-apec", until=date(year, 9, 7)) for year in (2026, 2028)
    )

    assert movers._is_quick(longest, replace(means, workers=1))
    assert not movers._is_quick(too_long, means)
    assert not movers._is_quick(world, replace(means, engine="simpy"))
    assert not movers._is_quick(world, replace(means, executor="dask"))
    monkeypatch.setattr(movers.code_cache, "is_kept", lambda: False)
    assert not movers._is_quick(world, means)


def test_a_folder_that_cannot_be_written_is_no_error(
    drawn: Batch, means: Means, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The draws at hand tell what they can."""
    monkeypatch.setattr(movers, "_is_quick", lambda *_: True)
    means.store.root.mkdir(parents=True)
    (means.store.root / screen.FOLDER).write_text("", "utf-8")

    found = movers_of(drawn.resolved, drawn, means)
    assert found is not None
    assert found.of == len(SUSPECTS)
