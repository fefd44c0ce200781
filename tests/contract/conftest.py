"""States for the contract suite: from played runs, and random ones inside the vocabulary."""

from __future__ import annotations

import pytest

from tests.contract.situations import Situation, situations, tables


@pytest.fixture(scope="session")
def pool() -> tuple[Situation, ...]:
    """States of runs of several scenarios, and random states."""
    return situations()


@pytest.fixture(scope="session")
def laid_out() -> tuple[Situation, ...]:
    """States of the pool with the clauses on the table, before ministers and before leaders."""
    return tables()
