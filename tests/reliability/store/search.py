"""Seeded searches: a check is tried on many generated cases, always the same ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

import pytest
from hypothesis import Phase, given, settings
from hypothesis.strategies import SearchStrategy

Case = TypeVar("Case")

CASES: Final = [200, pytest.param(10_000, marks=pytest.mark.full)]
"""Number of cases in the gate, and in the full search."""


def search(cases: SearchStrategy[Case], examples: int, check: Callable[[Case], object]) -> None:
    """Tries a check on cases; the first that fails is shortened and shown."""

    @settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
    )
    @given(cases)
    def tried(case: Case) -> None:
        check(case)

    tried()
