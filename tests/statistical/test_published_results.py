"""Published results: what the model does now agrees with the tables in results/published.

A golden test: the tables are our own output, written by `detente publish`. If this fails, either
the change of the model is a mistake, or the tables are to be published anew with a reason.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.experiment.publication.checkout import find_checkout
from sim.experiment.publication.moves import Tables, moves
from sim.experiment.publication.publication import RUNS, SEED
from sim.experiment.publication.tables import table_of
from sim.experiment.runs.batch import run_batch
from sim.experiment.store.results import Store
from sim.scenario.load import resolve
from sim.scenario.shipped import names

FEW = 1000
OTHER_SEED = 20251023
PLAYED = ("october-2025-apec", "march-2025-escalation", "june-2025-resumed-talks")
"""Scenarios that are played again: an autumn with a truce, a spring without, a summer of talks."""


@pytest.fixture(scope="module")
def published() -> Tables:
    """The published tables."""
    return find_checkout().tables()


def played(name: str, folder: Path, *sets: tuple[str, str]) -> Tables:
    """Returns the table of a small batch of a scenario, with changed numbers if any are given."""
    world = resolve(name, sets=sets)
    batch = run_batch(
        world, n=FEW, seed=OTHER_SEED, engine="compiled", store=Store(folder), paths="none"
    )
    return {name: table_of(batch)}


def test_every_scenario_has_a_table_of_the_usual_size(published: Tables) -> None:
    """No scenario ships without published figures, and no table outlives its scenario."""
    assert sorted(published) == names()
    for table in published.values():
        assert table.seed == SEED
        assert {figure.runs for figure in table.figures.values()} == {RUNS}
        classes = [f.value for f in table.figures.values() if f.name.startswith("path_class=")]
        assert sum(classes) == pytest.approx(1.0, abs=1e-5)


def test_the_model_still_gives_the_published_figures(published: Tables, tmp_path: Path) -> None:
    """Small batches of other draws agree within the Monte Carlo error of both, at one false alarm
    in a thousand over all of their figures together."""
    now = {k: table for name in PLAYED for k, table in played(name, tmp_path).items()}
    assert moves(published, now) == ()


def test_a_change_of_the_model_that_moves_results_would_be_noticed(
    published: Tables, tmp_path: Path
) -> None:
    """With twice the usual rate of hikes the figures are no longer those that were published."""
    # Fails if the comparison is so wide that a changed rule could pass it.
    now = played("march-2025-escalation", tmp_path, ("us.rate.hike", "20"))
    assert "us_hikes" in {move.figure for move in moves(published, now)}
