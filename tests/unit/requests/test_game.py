"""Requests for games."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim import api
from sim.experiment.games import equilibria

WORLD = "march-2025-escalation"


@pytest.fixture(autouse=True)
def few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough to go through all that is told of them."""
    monkeypatch.setattr(equilibria, "RESAMPLES", 20)


def test_baseline_against_baseline_is_the_run_of_the_scenario(tmp_path: Path) -> None:
    """Histories played before cost nothing; a game without a choice rests where it is."""
    options: dict[str, Any] = {
        "n": 20,
        "until": "2025-05-01",
        "engine": "compiled",
        "results": tmp_path,
    }
    run = api.run(WORLD, **options)
    game = api.game(WORLD, us="baseline", cn="baseline", examine=0, **options)
    (batch,) = game.table.batches

    assert (batch.id, batch.computed) == (run.batch.id, 0)
    assert game.table.solution.cells[0].verdict == "equilibrium"
    assert "Bargains at meetings" not in str(game)


def test_what_is_played_for_decides(tmp_path: Path) -> None:
    """A Washington that plays for the duty itself takes the hawks, one that plays against it the
    dealmakers."""
    options: dict[str, Any] = {"n": 60, "until": "2025-06-01", "results": tmp_path}
    for text, best, other in (("us_addon_pp", 0, 1), ("us_addon_pp:-1", 1, 0)):
        game = api.game(WORLD, us_payoff=text, examine=0, engine="compiled", **options)
        solution = game.table.solution

        assert solution.dominates(0, best, other)
