"""Seeded searches in blocks: a check is tried on many generated cases, always the same ones.

The gate tries one small block. `pytest -m full` tries a hundred larger ones, of which
DETENTE_FUZZ_BLOCKS=FIRST:END takes a part, so that a long round can be resumed where it stopped.
Each block prints its slowest case, which `-rP` shows.
"""

from __future__ import annotations

import gc
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

Case = TypeVar("Case")

VARIABLE: Final = "DETENTE_FUZZ_BLOCKS"
BLOCKS: Final = 100
"""Number of blocks of a full round, unless its cases are few and slow."""

MOST_S: Final = 2.0
"""Seconds of computing that one case may take."""

SHOWN: Final = 120
"""Letters of the slowest case that are printed."""

PYTHONS_OWN: Final = re.compile(r"Exceeds the limit|invalid literal|could not convert|codec can't")
"""Errors of Python's own parsers, which say nothing to a user."""

SEEDS: Final = st.integers(0, 2**64 - 1)
"""Cases of a check that draws by itself, from a generator of its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """A block of cases: the seed they are drawn from, and their number."""

    number: int
    cases: int


def blocks(gate: int, full: int, count: int = BLOCKS) -> list[Any]:
    """Returns the values of a test's parameter `block`: the gate's block, and the full round's.

    Args:
        gate: Number of cases in the gate.
        full: Number of cases in the full round.
        count: Number of blocks of the full round.
    """
    first, end = map(int, os.environ.get(VARIABLE, f"0:{count}").split(":"))
    whole = [
        pytest.param(Part(number, full // count), marks=pytest.mark.full, id=f"block {number}")
        for number in range(count)[first:end]
    ]
    return [pytest.param(Part(0, gate), id="gate"), *whole]


@contextmanager
def rare_collections() -> Iterator[None]:
    """Lets Python look for garbage as rarely as the command line does; it takes a third of the
    time otherwise."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 20)
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def search(
    cases: st.SearchStrategy[Case],
    block: Part,
    check: Callable[[Case], object],
    most_s: float = MOST_S,
) -> None:
    """Tries a check on the cases of a block; the first that fails is shown.

    Args:
        cases: The cases to draw from.
        block: The block.
        check: The check; it raises if a case fails.
        most_s: Seconds of computing that a case may take.
    """
    count, began = 0, time.perf_counter()
    slowest: tuple[float, str] = (0.0, "")

    @seed(block.number)
    @settings(
        max_examples=block.cases,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def tried(case: Case) -> None:
        nonlocal count, slowest
        count += 1
        start = time.process_time()
        check(case)
        taken = time.process_time() - start
        if taken > slowest[0]:
            slowest = taken, repr(case)

    with rare_collections():
        tried()
    taken, case = slowest
    told = (
        f"{count:,} cases in {time.perf_counter() - began:.1f} s, slowest {1000.0 * taken:.1f} ms"
    )
    print(f"block {block.number}: {told}: {case[:SHOWN]}")  # noqa: T201 - shown by pytest on request
    assert taken < most_s, case
