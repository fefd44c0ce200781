"""Ledger of a backtest: who said what, and no outcome."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from sim.backtest.act_questions import SEVEN
from sim.backtest.backtests.ledger import MODEL, WHO, entries, ledger_text, seal_of
from sim.backtest.baselines.rates import drifting_rate
from sim.backtest.baselines.records import EventRecord
from sim.history.acts import FIRST_DAY, ActType
from tests.unit.backtest.backtests.made import EVES, HORIZONS, forecasts


def test_every_question_of_every_day_has_an_entry() -> None:
    """Origins times horizons times types, each with a probability of everybody."""
    # Fails if a horizon or a forecaster is left out.
    rows = entries(forecasts(lambda kind, eve, horizon: 0.25)[:2])
    assert len(rows) == 2 * len(HORIZONS) * len(SEVEN)
    asked = {(row.origin, row.horizon) for row in rows}
    assert asked == {(eve, horizon) for eve in EVES[:2] for horizon in HORIZONS}
    for row in rows:
        assert set(row.told) == set(WHO)
        assert row.told[MODEL] == 0.25
        assert all(0.0 < row.told[who] < 1.0 for who in WHO[1:])


def test_a_ledger_holds_the_forecasts_and_its_hash_shows_a_change() -> None:
    """One row an entry, to six decimals, without a column for what came."""
    # Fails if a row is lost, an outcome is written, or the hash is of something else.
    rows = entries(forecasts(lambda kind, eve, horizon: 0.25)[:1])
    text = ledger_text(rows)
    table = list(csv.DictReader(io.StringIO(text)))
    assert list(table[0]) == ["as_of", "horizon_days", "act", *WHO]
    assert len(table) == len(rows)
    assert {row["model"] for row in table} == {"0.250000"}
    assert seal_of(text) == seal_of(ledger_text(rows)) != seal_of(text.replace("0.25", "0.26", 1))


def test_baselines_read_the_days_of_their_type(monkeypatch: pytest.MonkeyPatch) -> None:
    """A type of which there is no act has the drifting rate of an empty record."""
    # Fails if the days of another type are read.
    monkeypatch.setattr(
        "sim.backtest.backtests.ledger.act_days",
        lambda acts, kind: np.array([], np.int64) if kind == ActType.TRUCE else np.array([EVES[0]]),
    )
    rows = entries(forecasts(lambda kind, eve, horizon: 0.25)[:1])
    empty = EventRecord.known(np.array([], np.int64), FIRST_DAY, EVES[0])
    for row in rows:
        same = row.told["drifting"] == drifting_rate(empty, row.horizon)
        assert same == (row.kind == ActType.TRUCE)
