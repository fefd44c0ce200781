"""The replay of 2025: what it compares, and how near it comes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.experiment.tariffs.bench import WORLD, Bench
from sim.experiment.tariffs.replay import (
    SERIES,
    ReplayMonth,
    estimated_collection,
    estimated_front_loading,
    quarters,
    replay,
)
from sim.scenario import trade_record
from sim.scenario.load import resolve
from sim.scenario.trade_record import trade_by_month

ALLOWED_PCT = 10.0


@pytest.fixture(scope="module")
def january() -> Bench:
    """The world of January 2025, before any duty was added."""
    return Bench(resolve(WORLD))


@pytest.fixture(scope="module")
def months(january: Bench) -> list[ReplayMonth]:
    """The replay at central values."""
    return replay(january)


def test_the_record_is_that_of_the_sources() -> None:
    """Five months of imports of 148.53 billion and the twelve months to June, as printed."""
    # Fails if a month is missing, a column is taken for another, or a unit is wrong.
    record = {month.first: month for month in trade_by_month()}
    year = [date(2024 + (m > 12), (m - 1) % 12 + 1, 1) for m in range(7, 19)]

    assert len(record) == 21
    spring = [record[date(2025, m, 1)].us_imports or 0.0 for m in range(1, 6)]
    assert sum(spring) == pytest.approx(148.53, abs=0.005)
    gap = sum((record[m].us_imports or 0.0) - (record[m].cn_imports or 0.0) for m in year)
    assert gap == pytest.approx(279.68, abs=0.05)
    assert record[date(2025, 9, 1)].us_duties == 29.675
    assert record[date(2025, 8, 1)].us_imports is None


def test_imports_and_duties_come_near_the_record(months: list[ReplayMonth]) -> None:
    """Every sum over three months is within ten per cent, but for duties from February to April:
    the duty of 5 April counts from May."""
    # Fails if announcements, the season, goods under way or duties on others are left out.
    missed = {
        (series, q.last.month)
        for series in ("us_imports", "us_duties")
        for q in quarters(months, series)
        if abs(q.error_pct) > ALLOWED_PCT
    }

    assert missed == {("us_duties", 4)}


def test_what_is_summed(months: list[ReplayMonth]) -> None:
    """Three months in a row on both sides; none that the record has not got whole."""
    # Fails if windows overlap the end of the record, or the model's months are others.
    found = quarters(months, "cn_imports")

    assert [q.last.month for q in found] == [3, 4, 5, 6, 7]
    assert found[0].model == sum(month.model["cn_imports"] for month in months[:3])
    assert found[0].record == pytest.approx(9.9013 + 10.4616 + 11.4582)
    assert [q.last.month for q in quarters(months, "us_duties")] == [3, 4, 5, 6, 7, 8, 9]
    for month in months:
        gap = month.model["us_imports"] - month.model["cn_imports"]
        assert month.model["deficit"] == gap
    assert set(months[0].model) == set(SERIES)


def test_duties_elsewhere_are_the_points_in_law_times_the_share_paid(january: Bench) -> None:
    """In September: 13.28 points since August, of which the share is paid, on the mean imports of
    the last three months on record, besides the duty of 2024."""
    # Fails if points of another date count, or all of them as paid, or imports of another month.
    whole, half = (replay(january, {"trade.us.collect_rest": c})[-1] for c in (1.0, 0.5))
    elsewhere = (255.909 + 246.569 + 265.804) / 3
    freed = 0.5 * (25.0 / 30.4) ** 2 * (13.28 - 9.9)

    gap = whole.model["us_duties"] - half.model["us_duties"]
    gap -= whole.china_duties - half.china_duties
    assert gap == pytest.approx(elsewhere * 0.5 * (13.28 - freed) / 100.0, rel=1e-4)


def test_the_shares_that_ship_are_those_estimated(january: Bench) -> None:
    """The share paid elsewhere is that of April to June; front-loading is sure to exist, and less
    than the estimate, since buyers feared more than was announced."""
    # Fails if the announcements on record are not played.
    collection = estimated_collection(january)
    loading = estimated_front_loading(january)
    ships = january.resolved.parameters

    assert ships["trade.us.collect_rest"].value == pytest.approx(collection, abs=0.01)
    assert loading.value > 3.0 * loading.error > 0.0
    assert ships["trade.front_loading"].value == pytest.approx(loading.value / 3.0, abs=0.05)


def test_a_record_that_was_spoilt_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A missing column is named."""
    # Fails if columns are read by place.
    path = tmp_path / "trade.csv"
    path.write_text("month,us_imports_usd_mn\n2025-01,1\n")
    monkeypatch.setattr(trade_record, "data_root", lambda: tmp_path)
    monkeypatch.setattr(trade_record, "RECORD", "trade.csv")
    trade_by_month.cache_clear()
    try:
        with pytest.raises(ScenarioError, match="has no column cn_imports_usd_mn"):
            trade_by_month()
    finally:
        trade_by_month.cache_clear()
