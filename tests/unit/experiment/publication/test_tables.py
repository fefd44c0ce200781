"""Tables of figures: shares and means of the runs, with their error, there and back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest
import toy_engine

from sim.errors import ScenarioError
from sim.experiment.publication.tables import COLUMNS, read_table, table_of
from sim.experiment.runs.batch import run_batch
from sim.experiment.store.results import Store

TOY = toy_engine.scenario()


def test_a_table_holds_the_headlines_at_the_end_of_the_runs(store: Store) -> None:
    """A share for a flag and for each class, a mean for a number, each with its error and runs."""
    # Fails if dated or other outcomes enter, a class is left out, or the error is that of a run.
    batch = run_batch(TOY, n=800, seed=7, store=store)
    table = table_of(batch)

    assert list(table.figures) == ["level", "hit", "kind=a", "kind=b", "kind=c"]
    assert (table.scenario, table.scenario_hash, table.seed) == ("toy", TOY.hash, 7)
    assert table.model_version == batch.model_version
    level, hit = table.figures["level"], table.figures["hit"]
    values = batch.values["level"]
    assert (level.unit, level.runs) == ("pp", 800)
    assert level.value == pytest.approx(values.mean())
    assert level.error == pytest.approx(values.std(ddof=1) / np.sqrt(800))
    share = batch.values["hit"].mean()
    assert (hit.unit, hit.value) == ("share", pytest.approx(share))
    assert hit.error == pytest.approx(np.sqrt(share * (1 - share) / 800))


def test_failed_runs_are_behind_no_figure(store: Store) -> None:
    """Only runs that finished are counted."""
    table = table_of(run_batch(toy_engine.scenario(fails=3.0), n=100, store=store))
    assert {figure.runs for figure in table.figures.values()} == {99}


def test_a_table_is_read_as_it_was_written(store: Store, tmp_path: Path) -> None:
    """A file holds all of a table, with six digits of a value and two of its error."""
    table = table_of(run_batch(TOY, n=200, store=store))
    file = tmp_path / "toy.csv"
    file.write_text(table.text(), encoding="utf-8")
    again = read_table(file)

    assert tuple(next(csv.reader(io.StringIO(table.text())))) == COLUMNS
    assert (again.scenario, again.scenario_hash) == (table.scenario, table.scenario_hash)
    assert (again.model_version, again.seed) == (table.model_version, table.seed)
    assert list(again.figures) == list(table.figures)
    for name, figure in table.figures.items():
        assert again.figures[name].value == pytest.approx(figure.value, rel=1e-5)
        assert again.figures[name].error == pytest.approx(figure.error, rel=0.05)
        assert (again.figures[name].unit, again.figures[name].runs) == (figure.unit, figure.runs)
    assert again.text() == table.text()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("hit,share,much,0.1,9,1,h,v", "much"),
        ("hit,share,0.5,0.1,few,1,h,v", "few"),
        ("hit,share,0.5,0.1,9,none,h,v", "none"),
        ("hit,share,nan,0.1,9,1,h,v", "no finite value"),
        ("hit,share,0.5,-1,9,1,h,v", "no finite value"),
        ("hit,share,0.5,0.1,0,1,h,v", "no finite value"),
        ("hit,share,0.5", "fields of the header"),
    ],
)
def test_a_damaged_table_is_told_by_its_line(row: str, said: str, tmp_path: Path) -> None:
    """No damage ends in a traceback, or passes for a figure."""
    file = tmp_path / "toy.csv"
    file.write_text(f"{','.join(COLUMNS)}\n{row}\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=said) as caught:
        read_table(file)
    assert "toy.csv:2" in str(caught.value)
