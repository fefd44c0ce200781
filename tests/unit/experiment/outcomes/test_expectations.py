"""Expectations: lines of scenario files, the verdicts of runs, and how many would decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.engine.blocks import Failure
from sim.errors import ScenarioError, UsageError
from sim.experiment.outcomes.expectations import (
    JudgedExpectation,
    judge_expectations,
    read_bound,
    read_expectations,
    runs_needed,
)
from sim.experiment.outcomes.forecasts import EventForecast
from sim.experiment.runs.batch import Batch, run_batch
from sim.experiment.stats.intervals import Estimate, wilson
from sim.experiment.store.results import Store
from sim.scenario.load import resolve

DAY = "2025-10-25"
N = 100


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """A batch of two days, whose values each test replaces."""
    store = Store(tmp_path_factory.mktemp("expectations") / "results")
    return run_batch(resolve("october-2025-apec", until=date(2025, 10, 25)), n=2, store=store)


def write(folder: Path, *lines: str, base: str = "october-2025-apec", name: str = "mine") -> str:
    """Writes a scenario file and returns its path."""
    file = folder / f"{name}.yaml"
    text = "".join(f"  {line}\n" for line in lines)
    file.write_text(f"question: q\nextends: {base}\nexpect:\n{text}", "utf-8")
    return str(file)


def judged(folder: Path, short: Batch, hits: int, line: str, **changes: Any) -> JudgedExpectation:
    """The verdict on a flag that holds in the first runs of a hundred."""
    values: dict[str, Any] = {f"truce_in_force@{DAY}": np.arange(N) < hits}
    batch = replace(short, values=values, n=N, **changes)
    file = write(folder, "leaders_met@2025-10-29: null", "snapback_by@2025-11-09: null", line)
    return judge_expectations(read_expectations(file), batch)[0]


@pytest.mark.parametrize(
    ("hits", "bound", "verdict"),
    [
        (90, "at least 0.8", "pass"),
        (85, "at least 0.8", "cannot tell"),
        (75, "at least 0.8", "cannot tell"),
        (60, "at least 0.8", "fail"),
        (10, "at most 0.2", "pass"),
        (15, "at most 0.2", "cannot tell"),
        (40, "at most 0.2", "fail"),
        (50, "between 0.2 and 0.8", "pass"),
        (25, "between 0.2 and 0.8", "cannot tell"),
        (99, "between 0.2 and 0.8", "fail"),
        (100, "always", "pass"),
        (99, "always", "fail"),
        (0, "never", "pass"),
        (1, "never", "fail"),
    ],
)
def test_the_interval_gives_the_verdict(
    hits: int, bound: str, verdict: str, tmp_path: Path, short: Batch
) -> None:
    """It passes or fails if the interval is on one side, and cannot tell if it straddles."""
    # Fails if the share is judged instead of its interval, or a bound is taken for its opposite.
    found = judged(tmp_path, short, hits, f"truce_in_force@{DAY}: {bound}")

    assert found.verdict == verdict
    assert found.found is not None
    low, high = wilson(hits, N)
    assert (found.found.probability.low, found.found.probability.high) == (low, high)
    assert (found.runs_needed is not None) == (verdict == "cannot tell")


def test_what_would_decide_decides() -> None:
    """With the recommended runs and the share as found, the interval leaves the bound out."""
    # Fails if the distance to the bound or the power is left out.
    bound = read_bound("at least 0.8")
    found = EventForecast(Estimate(0.82, *wilson(820, 1000)), None, 1000, 1000)
    needed = runs_needed(bound, found, 0)

    assert needed is not None
    assert needed % 1000 == 0
    assert wilson(0.82 * needed, needed)[0] > 0.8
    assert wilson(0.82 * needed / 3, needed / 3)[0] < 0.8


def test_runs_that_share_parameters_count_for_less() -> None:
    """Alike runs tell less than independent ones, and a condition leaves runs out."""
    # Fails if clusters or the share of runs that count are ignored.
    bound, share = read_bound("at most 0.5"), Estimate(0.45, 0.38, 0.52, error=0.035)
    alone = runs_needed(bound, EventForecast(share, None, 1000, 1000), 0)
    alike = runs_needed(bound, EventForecast(share, None, 1000, 1000), 20)
    few = runs_needed(bound, EventForecast(share, None, 1000, 4000), 0)

    assert alone is not None
    assert alike is not None
    assert few is not None
    assert alone < alike
    assert alone < few


def test_a_share_on_the_bound_is_never_decided() -> None:
    """No number of runs is promised for it."""
    # Fails if the number is computed by a division by zero or by an absurd number.
    found = EventForecast(Estimate(0.5, 0.4, 0.6), None, 100, 100)

    assert runs_needed(read_bound("at least 0.5"), found, 0) is None


def test_no_run_that_counts_tells_nothing(tmp_path: Path, short: Batch) -> None:
    """Neither an unmet condition nor runs that all failed are a pass or a failure."""
    # Fails if 0 of 0 is taken for never, or the error of a condition stops the check.
    line = f"truce_in_force@{DAY} | truce_in_force@{DAY}=no: always"
    unmet = judged(tmp_path, short, N, line)
    failed = tuple(Failure(each, "run", "ValueError", "") for each in range(N))
    none = judged(tmp_path, short, N, f"truce_in_force@{DAY}: never", failures=failed)

    assert (unmet.verdict, unmet.found, unmet.runs_needed) == ("cannot tell", None, None)
    assert (none.verdict, none.found) == ("cannot tell", None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("often", "write always, never, at least 0.9"),
        ("at least 90%", "'90%' is not a probability"),
        ("at least 1.5", "'1.5' is not a probability"),
        ("at least nan", "'nan' is not a probability"),
        ("at least 1", "write always"),
        ("at most 0", "write never"),
        ("between 0.6 and 0.2", "0.6 is not below 0.2"),
    ],
)
def test_a_bound_that_cannot_be_read_is_refused(text: str, told: str) -> None:
    """The error says what can be written."""
    # Fails if it is taken for something else.
    with pytest.raises(UsageError, match=told):
        read_bound(text)


def test_wrong_lines_are_reported_together_with_their_places(tmp_path: Path) -> None:
    """File, line and what is wrong, of every line."""
    # Fails if the first error hides the second, or the line is that of the section.
    file = write(
        tmp_path,
        "us_adon_pp@2025-12-31<=60: at least 0.9",
        "us_addon_pp@2025-12-31: at least 0.9",
        "truce_in_force@2025-11-11: seldom",
    )
    with pytest.raises(ScenarioError) as caught:
        read_expectations(file)
    problems = caught.value.problems

    assert [problem.line for problem in problems] == [4, 5, 6]
    assert "did you mean us_addon_pp" in problems[0].message
    assert "`us_addon_pp@2025-12-31>=1: at least 0.9`" in problems[1].message
    assert "'seldom'" in problems[2].message


def test_a_day_outside_the_run_is_a_problem(tmp_path: Path) -> None:
    """An inherited line about a day that a shorter run does not reach is named, with a way out."""
    # Fails if the line is silently left out or judged on another day.
    file = write(tmp_path, "leaders_met@2030-01-01: never")
    lines = read_expectations(file)
    problem = lines[-1].check(resolve(file))

    assert lines[0].check(resolve(file)) is None
    assert problem is not None
    assert problem.line == 4
    assert "lies outside the run of mine" in problem.message
    assert "with null" in problem.message


def test_expectations_are_inherited_line_by_line(tmp_path: Path) -> None:
    """A child has those of its base, may bound the same question anew, and removes one by null."""
    # Fails if a child starts from nothing, keeps both bounds, or cannot remove.
    write(tmp_path, "calls@2025-11-30>=1: never", "rounds@2025-11-30>=1: never", name="base")
    file = write(
        tmp_path,
        "calls@2025-11-30>=1: at least 0.2",
        "snapback_by@2025-11-09: null",
        base="base.yaml",
    )
    found = [line.text for line in read_expectations(file)]

    assert found == [
        "leaders_met@2025-10-29: never",
        "calls@2025-11-30>=1: at least 0.2",
        "rounds@2025-11-30>=1: never",
    ]
