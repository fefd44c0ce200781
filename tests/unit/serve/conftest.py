"""A page of two scenarios with few runs, played on SimPy so that nothing is compiled."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from sim.experiment.runs import memory
from sim.experiment.runs.design import Means
from sim.experiment.store.results import Store
from sim.serve.app import application
from sim.serve.guard import Door
from sim.serve.settings import Offer
from sim.serve.workbench import Workbench
from tests.loops import in_a_loop

APEC = "october-2025-apec"
PORT = 8730

Asked = Callable[[httpx.AsyncClient], Awaitable[Any]]


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    """A workbench whose answers have twelve runs."""
    monkeypatch.setattr(memory, "can_compile", lambda: False)
    means = Means(Store(tmp_path / "results"), workers=1, engine="simpy")
    return Workbench(Offer((APEC, "summit-in-beijing")), 12, means)


@pytest.fixture
def visit(bench: Workbench) -> Callable[[Asked], Any]:
    """Runs a visit of the page, and returns what it returns."""
    app = application(bench, Door("127.0.0.1", PORT))

    def visited(asked: Asked) -> Any:
        async def go() -> Any:
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            base = f"http://127.0.0.1:{PORT}"
            async with httpx.AsyncClient(transport=transport, base_url=base) as client:
                return await asked(client)

        return in_a_loop(go())

    return visited


def setting(sets: dict[str, Any] | None = None, fork: Any = None) -> dict[str, Any]:
    """Returns a setting as the page sends it."""
    return {"scenario": APEC, "sets": sets or {}, "fork": fork}
