"""Worker processes: how they are started makes no difference, and no thread disturbs another."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Sequence
from datetime import date

import pytest

from sim.engine import simpy_loop
from sim.experiment.executors import processes
from sim.experiment.executors.interface import Job
from sim.experiment.executors.processes import Processes, no_main_module
from sim.scenario.load import resolve
from tests.unit.engine.alike import differences

ONLY_SPAWN = ("spawn",)
"""What Windows has."""

BOTH = ("fork", "spawn", "forkserver")
"""What Linux has."""


@pytest.mark.parametrize(
    ("methods", "chosen"), [(ONLY_SPAWN, "spawn"), (BOTH, "forkserver"), (BOTH[::-1], "forkserver")]
)
def test_workers_are_never_forked(
    monkeypatch: pytest.MonkeyPatch, methods: Sequence[str], chosen: str
) -> None:
    """A fork of a process with threads may inherit a lock that nobody will ever free."""
    # Fails if `_context` takes what the system prefers: `fork` on Linux before Python 3.14.
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: list(methods))

    assert processes._context().get_start_method() == chosen


@pytest.mark.parametrize("methods", [ONLY_SPAWN, BOTH])
def test_real_runs_are_the_same_however_workers_start(
    monkeypatch: pytest.MonkeyPatch, methods: Sequence[str]
) -> None:
    """Spawned workers and those of a fork server play what this process plays, to the bit, under
    parameters that they draw."""
    # Fails if a worker's runs depend on what this process did before, e.g. if seeds were kept in a
    # module that a new interpreter does not share.
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: list(methods))
    resolved = resolve("october-2025-apec", until=date(2025, 11, 15))
    lengths = {"longest_block": 6, "shortest_block": 6}
    job = Job(simpy_loop.run_block, resolved, 20251023, 4, **lengths, events=True)
    alone = Processes(1).play(job, 0, 12)

    with Processes(2) as crew:
        crew.start()
        shared = crew.play(job, 0, 12)

    assert sum(block.count for block in alone) == 12
    assert [differences(one, other) for one, other in zip(alone, shared, strict=True)] == [[], []]


@pytest.mark.parametrize(("system", "size"), [("win32", 61), ("linux", 200), ("darwin", 200)])
def test_windows_has_a_largest_pool(
    monkeypatch: pytest.MonkeyPatch, system: str, size: int
) -> None:
    """Python refuses larger ones there with a ValueError, so a machine of 64 threads had none."""
    # Fails if `_pool_size` returns what it is asked for.
    monkeypatch.setattr(sys, "platform", system)

    assert processes._pool_size(200) == size
    assert processes._pool_size(2) == 2


def test_the_script_comes_back_when_the_last_thread_is_done() -> None:
    """Two threads that start workers at the same time, of which the first ends first."""
    # Fails if each context puts back what it found: the second then puts back a hidden one.
    main = sys.modules["__main__"]
    first, second = no_main_module(), no_main_module()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert sys.modules["__main__"] is not main
    second.__exit__(None, None, None)

    assert sys.modules["__main__"] is main
