"""The modules the tests of faults share, and one server of commands for all of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from bench import Bench


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Plays commands in folders of its own."""
    with Bench(tmp_path_factory.mktemp("bench")) as opened:
        yield opened
