"""Published backtest: its files agree with each other, and ship."""

from __future__ import annotations

import csv
import json
from hashlib import sha256
from pathlib import Path

import pytest

from sim.backtest.backtests import published as module
from sim.backtest.backtests.backtest import Backtest
from sim.backtest.backtests.ledger import BASE, MODEL, entries
from sim.backtest.backtests.published import (
    FOLDER,
    LEDGER_FILE,
    MANIFEST_FILE,
    WEIGHTS_FILE,
    publish_backtest,
    published_weights,
    read_weights,
)
from sim.backtest.backtests.resolved import MIXED
from sim.errors import ScenarioError
from sim.history.places import published_root
from tests.unit.backtest.backtests.made import EVES, HORIZONS, forecasts, truth


def backtest() -> Backtest:
    """Returns a backtest whose forecasts are made by hand."""
    made = forecasts(truth)
    rows = entries(made)
    return Backtest(EVES, HORIZONS, 3, 1, "fixed", "ended", Path(), "seal", rows, tuple(made), ())


def test_a_published_backtest_reads_back(tmp_path: Path) -> None:
    """The ledger holds what came; hashes are those of the files; no mixture is certain."""
    # Fails if outcomes are of other days, or a file is not the one that was hashed.
    publish_backtest(backtest(), tmp_path / "new")
    folder = tmp_path / "new"
    manifest = json.loads((folder / MANIFEST_FILE).read_text())
    rows = list(csv.DictReader((folder / LEDGER_FILE).read_text().splitlines()))

    for name in (LEDGER_FILE, WEIGHTS_FILE):
        assert sha256((folder / name).read_bytes()).hexdigest() == manifest["sha256"][name]
    assert len(rows) == len(EVES) * len(HORIZONS) * 7
    for row in rows:
        assert float(row["outcome"]) == float(row[MODEL])
        low, high = sorted((float(row[MODEL]), float(row[BASE])))
        assert 0.0 <= low < float(row[MIXED]) < high <= 1.0
    assert read_weights(folder).weight(EVES[0], 30) == pytest.approx(0.5)
    assert read_weights(folder).note == ""


def test_other_versions_are_told_and_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Weights of another version are used, with a note; without any, both weigh the same."""
    # Fails if a new model has no forecasts, or hides that its weights are of an old one.
    publish_backtest(backtest(), tmp_path)
    before = read_weights(tmp_path).weight(EVES[-1], 30)
    monkeypatch.setattr(module, "model_version", lambda: "another")

    assert "this is another" in read_weights(tmp_path).note
    assert read_weights(tmp_path).weight(EVES[-1], 30) == before != 0.5
    assert read_weights(tmp_path / "none").weight(EVES[-1], 30) == 0.5
    assert "no backtest is published" in read_weights(tmp_path / "none").note


@pytest.mark.parametrize("text", ["", "{}", "[1]"])
def test_a_damaged_manifest_is_told(tmp_path: Path, text: str) -> None:
    """With what writes it anew."""
    # Fails if a traceback is shown.
    publish_backtest(backtest(), tmp_path)
    (tmp_path / MANIFEST_FILE).write_text(text)
    with pytest.raises(ScenarioError, match="--publish"):
        read_weights(tmp_path)


def test_the_shipped_backtest_is_as_it_was_published() -> None:
    """Its files have the hashes of the manifest, and its weights cover the usual horizons."""
    # Fails if a file was edited by hand, or only one of them was renewed.
    folder = published_root() / FOLDER
    manifest = json.loads((folder / MANIFEST_FILE).read_text())
    for name, told in manifest["sha256"].items():
        assert sha256((folder / name).read_bytes()).hexdigest() == told
    assert {each.horizon for each in published_weights().weights} == {30, 90, 180, 365}
