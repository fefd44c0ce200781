"""The relay from SimPy to compiled code: the same bytes wherever one takes over from the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import toy_engine

from sim.engine.blocks import Block
from sim.engine.choice import COMPILED, LATER, SIMPY, SOON
from sim.experiment.executors import relay
from sim.experiment.executors.choice import choose
from sim.experiment.executors.interface import Job
from sim.experiment.executors.processes import Processes
from sim.experiment.executors.relay import Relay
from sim.experiment.executors.threads import Threads
from sim.experiment.runs import batch as batch_module
from sim.experiment.runs.batch import Batch, run_batch
from sim.experiment.store.results import Store
from sim.scenario.resolved_scenario import Resolved

TOY = toy_engine.scenario()


class Bench:
    """Two engines that note what they play, and code that is ready when a test says so.

    Attributes:
        slow: Blocks played by the first, as (first, count).
        fast: Blocks played by the second.
        is_ready: Whether the code is ready.
        prepared: What was prepared.
    """

    def __init__(self) -> None:
        self.slow: list[tuple[int, int]] = []
        self.fast: list[tuple[int, int]] = []
        self.is_ready: Callable[[], bool] = lambda: False
        self.prepared: list[str] = []
        self.fits = True

    def engine(self, noted: list[tuple[int, int]]) -> Any:
        """Returns the toy engine, with a note of what it plays."""

        def play(
            resolved: Resolved,
            seed: int,
            first: int,
            count: int,
            drawn: Sequence[Mapping[str, float]] | None = None,
            *,
            events: bool = False,
        ) -> Block:
            noted.append((first, count))
            return toy_engine.run_block(resolved, seed, first, count, drawn, events=events)

        return play

    def job(self) -> Job:
        """Returns the job for the first engine."""
        return Job(self.engine(self.slow), TOY, 1, 0)

    def compiled(self, job: Job) -> Job:
        """Returns the same job for the second engine."""
        return replace(job, engine=self.engine(self.fast), longest_block=500, shortest_block=500)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    """The bench, in place of the engines and the compiler."""
    found = Bench()
    monkeypatch.setattr(relay, "is_ready", lambda engine: found.is_ready())
    monkeypatch.setattr(relay, "takes", lambda resolved: found.fits)
    monkeypatch.setattr(relay, "prepare", lambda engine, waiting: found.prepared.append(engine))
    monkeypatch.setattr(relay, "in_compiled_code", found.compiled)
    return found


def runs(played: Sequence[tuple[int, int]]) -> int:
    """Number of runs of some blocks."""
    return sum(count for _, count in played)


@pytest.mark.parametrize("workers", [1, 2])
def test_the_rest_is_played_in_compiled_code(bench: Bench, workers: int) -> None:
    """Every run once, in order, and each is counted."""
    bench.is_ready = lambda: len(bench.slow) >= 3
    counted: list[int] = []
    with Relay(Threads(workers), Threads(workers), LATER) as crew:
        blocks = crew.play(bench.job(), 100, 1000, counted.append)

    ends = [block.first + block.count for block in blocks]
    assert [block.first for block in blocks] == [100, *ends[:-1]]
    assert ends[-1] == 1100
    assert sum(counted) == 1000
    if workers == 1:  # several play on until they are stopped
        assert runs(bench.slow) == 150
        assert bench.fast == [(250, 500), (750, 350)]
        assert crew.engines == (SIMPY, COMPILED)
        assert bench.prepared == [COMPILED]


def test_the_relay_is_handed_over_once(bench: Bench) -> None:
    """Whatever comes later is played in compiled code at once, by workers started once."""
    with Relay(Threads(1), Threads(1), SOON) as crew:
        crew.play(bench.job(), 0, 100)
        assert crew.engines == (SIMPY,)
        bench.is_ready = lambda: True
        crew.play(bench.job(), 100, 100)
        bench.is_ready = lambda: pytest.fail("asked again")
        crew.play(bench.job(), 200, 100)

    assert bench.slow == [(0, 50), (50, 50)]
    assert bench.fast == [(100, 100), (200, 100)]
    assert crew.engines == (COMPILED,)
    assert bench.prepared == [COMPILED]


def test_a_scenario_without_room_stays_on_simpy(bench: Bench) -> None:
    """Though the code is ready."""
    bench.fits = False
    bench.is_ready = lambda: len(bench.slow) >= 3
    with Relay(Threads(1), Threads(1), LATER) as crew:
        blocks = crew.play(bench.job(), 0, 1000)

    assert sum(block.count for block in blocks) == 1000
    assert bench.fast == []
    assert crew.engines == (SIMPY,)


def test_blocks_lost_in_between_are_played_by_the_second(bench: Bench) -> None:
    """A worker may be killed while a later block is finished."""

    class Lossy(Threads):
        def play(self, job: Job, first: int, count: int, *others: Any) -> list[Block]:
            blocks = super().play(job, first, count, *others)
            bench.is_ready = lambda: True
            return [block for block in blocks if block.first not in (50, 100, 950)]

    with Relay(Lossy(1), Threads(1), LATER) as crew:
        blocks = crew.play(bench.job(), 0, 1000)

    assert bench.fast == [(50, 100), (950, 50)]
    assert sorted(n for b in blocks for n in range(b.first, b.first + b.count)) == [*range(1000)]
    assert [block.first for block in blocks] == sorted(block.first for block in blocks)


def test_workers_of_the_first_are_stopped_before_the_second_begins(bench: Bench) -> None:
    """They would take its processors."""
    first = Processes(2)
    crew = Relay(first, Threads(2), SOON)
    crew.start()
    assert first.is_open
    bench.is_ready = lambda: True
    crew.play(bench.job(), 0, 100)

    assert not first.is_open


@pytest.mark.parametrize(
    ("engine", "workers", "cores", "beside"),
    [
        (LATER, 2, 2, 2),  # a compiler in nobody's way
        (SOON, 2, 2, 1),
        (SOON, 8, 8, 7),
        (SOON, 2, 8, 2),  # there are cores to spare
        (SOON, 1, 2, 1),
    ],
)
def test_a_fast_compiler_has_a_core_to_itself(
    monkeypatch: pytest.MonkeyPatch, engine: str, workers: int, cores: int, beside: int
) -> None:
    """Until it is finished; the second has all workers."""
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    crew = choose("auto", workers, None, engine)
    assert isinstance(crew, Relay)

    assert isinstance(crew._first, Processes)
    assert isinstance(crew._second, Threads)
    assert (crew._first.count, crew._second.count) == (beside, workers)
    assert crew._first.gentle == (engine == SOON)


# -------------------------------------------------------------------------------- whole batches


def batch(store: Store, ready_after: float, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Batch:
    """Plays a batch of three shards whose code is ready after a number of blocks."""
    bench.is_ready = lambda: len(bench.slow) >= ready_after
    monkeypatch.setattr(batch_module, "run_block", bench.engine(bench.slow))
    monkeypatch.setattr(batch_module, "choose_engine", lambda *_: LATER)
    monkeypatch.setattr(batch_module, "prepare", lambda *_: 0.0)
    return run_batch(TOY, store=store, n=2300, parameters="prior", per_vector=7, workers=1)


def contents(folder: Path) -> dict[str, bytes]:
    """The tables of a batch, byte for byte."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*.parquet"))
    }


@pytest.mark.parametrize(
    ("ready_after", "engine"),
    [(0, "compiled"), (1, "simpy+compiled"), (33, "simpy+compiled"), (10**6, "simpy")],
)
def test_a_batch_is_the_same_wherever_the_engine_changed(
    store: Store,
    bench: Bench,
    monkeypatch: pytest.MonkeyPatch,
    ready_after: float,
    engine: str,
) -> None:
    """And tells which engines played it, now and when it is read again."""
    alone = run_batch(
        TOY, store=Store(store.root.parent / "alone"), n=2300, parameters="prior", per_vector=7
    )
    shared = batch(store, ready_after, bench, monkeypatch)

    assert contents(shared.directory) == contents(alone.directory)
    assert shared.engine == engine
    assert store.find(shared.id).manifest["engine"] == engine
    assert runs(bench.slow) == min(50 * ready_after, 2300)
