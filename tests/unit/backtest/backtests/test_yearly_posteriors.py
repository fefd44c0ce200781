"""Posteriors of a backtest: one a year, learned from nothing later, and kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sim.backtest.backtests import yearly_posteriors as module
from sim.backtest.backtests.yearly_posteriors import FOLDER, year_before, yearly_posteriors
from sim.scenario.posterior import Posterior, read_posterior
from tests.unit.backtest.conditioning.made import fitted

ORIGINS = tuple(
    date.fromisoformat(each).toordinal()
    for each in ("2018-02-28", "2018-12-31", "2019-01-01", "2019-06-30", "2021-03-31")
)

CODING = (("us.rate.hike", "7"),)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The days up to which posteriors were learned."""
    found: list[int] = []

    def fit(acts: Any, until: int, **more: Any) -> Any:
        assert (more["seed"], more["sets"]) == (7, CODING)
        found.append(until)
        return fitted(until)

    monkeypatch.setattr(module, "fit_posterior", fit)
    return found


def learned(folder: Path, progress: Any = None) -> dict[int, Posterior]:
    """The posteriors of all origins."""
    return yearly_posteriors(ORIGINS, folder, seed=7, workers=1, sets=CODING, progress=progress)


@pytest.mark.parametrize(
    ("day", "end"),
    [("2018-01-01", "2017-12-31"), ("2018-12-31", "2017-12-31"), ("2020-02-29", "2019-12-31")],
)
def test_a_year_ends_before_its_days(day: str, end: str) -> None:
    """Whatever the day."""
    # Fails if the last day of a year looks at itself, or leap years shift the end.
    found = year_before(date.fromisoformat(day).toordinal())
    assert date.fromordinal(found).isoformat() == end


def test_each_year_is_learned_once_from_what_came_before(asked: list[int], tmp_path: Path) -> None:
    """And each origin has that of the year before it."""
    # Fails if a posterior knows of the year of its forecasts, or is learned for each origin.
    told: list[tuple[int, int]] = []
    found = learned(tmp_path, lambda *each: told.append(each))

    assert [date.fromordinal(day).year for day in asked] == [2017, 2018, 2020]
    assert {origin: found[origin].until for origin in ORIGINS} == {
        origin: year_before(origin) for origin in ORIGINS
    }
    assert all(found[origin].until < origin for origin in ORIGINS)
    assert told == [(0, 3), (1, 3), (2, 3)]


def test_what_was_learned_is_kept(asked: list[int], tmp_path: Path) -> None:
    """The second time nothing is learned but what is damaged."""
    # Fails if files are not read, or a damaged one ends the backtest.
    first = learned(tmp_path)
    asked.clear()
    second = learned(tmp_path)
    assert asked == []
    assert [each.digest for each in second.values()] == [each.digest for each in first.values()]

    file = tmp_path / FOLDER / "2018-12-31.json"
    file.write_text(file.read_text()[:100])
    third = learned(tmp_path)
    assert [date.fromordinal(day).isoformat() for day in asked] == ["2018-12-31"]
    assert [each.digest for each in third.values()] == [each.digest for each in first.values()]
    assert read_posterior(file).until == date(2018, 12, 31).toordinal()
