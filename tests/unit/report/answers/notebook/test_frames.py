"""Results as data frames."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim import api
from sim.errors import UsageError
from sim.report.answers.run import RunAnswer


@pytest.fixture(scope="module")
def october(tmp_path_factory: pytest.TempPathFactory) -> RunAnswer:
    """Two hundred runs from October 2025."""
    folder: Path = tmp_path_factory.mktemp("results")
    return api.run("october-2025-apec", n=200, results=folder)


def test_outcomes_have_a_row_a_run_and_types(october: RunAnswer) -> None:
    """Numbers, truth values, categories and days, as the store holds them."""
    frame = october.outcomes

    assert frame.index.name == "replicate"
    assert len(frame) == 200
    np.testing.assert_array_equal(frame["us_addon_pp"], october.values["us_addon_pp"])
    assert frame["leaders_met"].dtype == bool
    assert list(frame["path_class"].cat.categories) == ["improved", "managed", "conflict"]
    assert frame["path_class"].eq("conflict").mean() == october.p("path_class=conflict")
    met = frame["summit_day"].notna()
    assert frame["summit_day"].dt.year[met].between(2025, 2026).all()


def test_paths_have_a_row_a_run_and_week(october: RunAnswer) -> None:
    """A column is a path, and weeks are Mondays."""
    # Fails if weeks run before runs, or stand in columns.
    weeks, path = october.batch.path("tension")
    frame = october.paths

    assert frame.index.names == ["replicate", "week"]
    assert len(frame) == 200 * len(weeks)
    np.testing.assert_array_equal(frame["tension"].unstack().to_numpy(), path)
    assert (frame.index.get_level_values("week").day_of_week == 0).all()


def test_the_summary_has_intervals(october: RunAnswer) -> None:
    """Shares as `p` gives them, quantiles of numbers, days counted from the start."""
    summary = october.summary()
    row = summary.loc[("leaders_met@2025-11-01", "true")]

    assert row["estimate"] == october.p("leaders_met@2025-11-01")
    assert row["low"] < row["estimate"] < row["high"]
    assert summary.loc[("us_addon_pp", ""), "p50"] == october.quantile("us_addon_pp")
    day = summary.loc[("summit_day", ""), "p50"]
    assert day == october.quantile("summit_day") - october.batch.resolved.start
    assert ("failed", "false") not in summary.index


def test_runs_that_do_not_count_are_left_out(october: RunAnswer) -> None:
    """What is given narrows every frame, and replicates keep their numbers."""
    given = api.run(
        "october-2025-apec",
        n=200,
        given=["leaders_met@2025-11-01=yes"],
        results=october.directory.parent,
    )
    met = np.flatnonzero(october.values["leaders_met@2025-11-01"])

    assert given.outcomes.index.tolist() == met.tolist()
    assert given.paths.index.unique("replicate").tolist() == met.tolist()


def test_without_pandas_it_is_named(october: RunAnswer, monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback: what to install."""
    monkeypatch.setattr("sim.report.exports.frame.find_spec", lambda name: None)

    with pytest.raises(UsageError, match=r"pip install .pandas"):
        october.summary()
    with pytest.raises(UsageError, match=r"pip install .pandas"):
        october.frame()
