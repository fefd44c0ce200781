"""What `sweep` prints."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim import api
from sim.engine.blocks import columns
from sim.experiment.outcomes.targets import read_targets
from sim.experiment.stats.intervals import Estimate
from sim.experiment.sweep.points import row_of
from sim.experiment.sweep.readings import Readings
from sim.report.answers.studies import SweepAnswer
from sim.report.figures.plots import GridPlots
from sim.report.page import render
from sim.report.pages.search.sweep import in_short, sweep_page
from sim.scenario.load import resolve


@pytest.fixture(scope="session")
def grid(folder: Path) -> SweepAnswer:
    """Two lengths of a truce, six runs each."""
    return api.sweep(
        "june-2025-resumed-talks",
        {"truce.length_days": [60, 90]},
        n=6,
        until="2025-08-15",
        results=folder,
    )


def test_a_row_a_point_in_both_tables(grid: SweepAnswer) -> None:
    """Shares and means stand beside the value that gave them, under a legend."""
    lines = str(grid).splitlines()

    assert "a = length of a truce and of each extension (truce.length_days)" in lines
    assert [line.split()[0] for line in lines if line.startswith(("60 ", "90 "))] == [
        *("60", "90", "60", "90")
    ]
    assert all(len(line) <= 80 for line in lines)


def test_the_means_are_those_of_the_points(grid: SweepAnswer) -> None:
    """The table of means holds what the tidy rows hold."""
    row = next(
        r for r in grid.rows() if r["outcome"] == "us_hikes" and r["truce.length_days"] == 60
    )
    line = [line for line in str(grid).splitlines() if line.startswith("60 ")][1]

    assert float(line.split()[3]) == pytest.approx(row["estimate"], abs=0.01)


def test_the_first_sentence_says_what_an_input_moves_most(grid: SweepAnswer) -> None:
    """The outcome with the largest span in margins is named, with both ends of the curve; where
    none can be told the sentence says so."""
    curves = grid.sweep.curves()
    best = max(curves, key=lambda curve: curve.size)
    sentence = in_short("truce.length_days", curves, grid.sweep.answer)

    assert sentence in " ".join(str(grid).split())
    if best.size == 0.0:
        assert "(truce.length_days) has no effect on the outcomes shown" in sentence
    still = [curve for curve in curves if not curve.is_significant]
    nearly = replace(still[0], span=Estimate(0.1, -0.1, 0.3))
    assert in_short("x", [nearly]) == "x has no detectable effect on the outcomes shown."
    flat = replace(still[0], span=Estimate(0.0, -0.1, 0.1))
    assert in_short("x", [flat]).startswith("x has no effect on the outcomes shown")
    assert "effect on the outcomes shown" in in_short("x", still[:1])


def test_a_sweep_leads_with_the_question_of_its_scenario(grid: SweepAnswer) -> None:
    """What its file names as the answer comes first, however small its effect; then what is
    affected most."""
    # Fails if the outcome with the largest effect leads.
    curves = {curve.target.text: curve for curve in grid.sweep.curves()}
    answer = replace(curves["truce_expiry=extended"], span=Estimate(0.04, 0.03, 0.05))
    most = replace(curves["us_measures"], span=Estimate(3.0, 2.8, 3.2))
    nothing = replace(answer, span=Estimate(0.04, -0.01, 0.09))

    assert grid.sweep.answer == grid.to_json()["answer"] == "truce_expiry=extended"
    told = in_short("us.noise", [most, answer], grid.sweep.answer)
    assert re.match(
        r"Unpredictability of choices: US \(us.noise\) affects truce expiry: extended: .*"
        r" It affects US non-tariff measures most: ",
        told,
    )
    told = in_short("us.noise", [most, nothing], grid.sweep.answer)
    assert "(us.noise) has no detectable effect on truce expiry: extended. It affects" in told
    assert "It affects" not in in_short("us.noise", [answer], grid.sweep.answer)


@pytest.fixture(scope="session")
def crossed(folder: Path) -> SweepAnswer:
    """Three influences by two lengths of a truce, six runs each."""
    return api.sweep(
        "march-2025-escalation",
        ["us.hawks.influence=0..1/3", "truce.length_days=60,90"],
        outcomes=["us_measures"],
        n=6,
        until="2025-04-20",
        results=folder,
    )


def test_two_axes_make_a_map(crossed: SweepAnswer) -> None:
    """Every cell is the mean of its point, rows and columns named by the values typed; the axis
    with more values stands down."""
    lines = str(crossed).splitlines()
    top = next(
        i for i, line in enumerate(lines) if line.startswith("US non-tariff measures (number), by")
    )

    title = " ".join(lines[top : top + 3])
    assert title.endswith(
        "by length of a truce and of each extension (truce.length_days) across and influence of "
        "the hawks: US (us.hawks.influence) down"
    )
    top += 2
    assert lines[top + 1].split() == ["60", "90"]
    means = [row["estimate"] for row in crossed.rows()]
    found = [float(cell) for line in lines[top + 2 : top + 5] for cell in line.split()[1:]]
    assert found == pytest.approx(means, abs=0.051)


def test_a_map_does_not_vouch_for_values_of_one_run(crossed: SweepAnswer) -> None:
    """Where the outcome applies to a single run of two points, the page and the picture say that
    two values rest on too few runs, and vouch for the others alone."""
    ((key, runs),) = crossed.sweep.runs.items()
    few = runs.copy()
    few[:2, 1:] = np.nan
    sweep = replace(crossed.sweep, runs={key: few})
    source = GridPlots(sweep).heat("us_measures").texts[-1].get_text()

    said = "2 values have too few runs for an interval; all other 95% intervals are within"
    assert said in " ".join(render(sweep_page(sweep, asked=True)).split())
    assert said in " ".join(source.split())
    assert "too few runs" not in str(crossed)


def test_outcomes_asked_for_are_shown_with_paired_differences(folder: Path) -> None:
    """Each has a table of its own: estimate, and less the first point; dates too."""
    swept = api.sweep(
        "march-2025-escalation",
        {"us.hawks.influence": [0, 1]},
        outcomes=["us_measures", "us_addon_pp@2025-04-10>=20", "summit_day"],
        n=8,
        until="2025-04-20",
        results=folder,
    )
    text = str(swept)
    row = next(r for r in swept.rows() if r["outcome"] == "us_measures" and r["point"] == 1)

    for heading in (
        "US non-tariff measures (number)",
        "us_addon_pp@2025-04-10>=20, % of runs",
        "summit day",
    ):
        assert heading in text.splitlines()
    lines = [line for line in text.splitlines() if line.startswith("1  ")]
    assert len(lines) == 3
    assert f"{row['difference']:.1f}" in lines[0]


def test_drawn_points_are_told_by_parts_of_their_range(folder: Path) -> None:
    """A table an input: five parts of a number, each value of a list; where the runs are."""
    swept = api.sweep(
        "march-2025-escalation",
        ["us.hawks.influence=0..1", "truce.length_days=60,90"],
        sample="lhs",
        n=20,
        replicates=2,
        until="2025-04-01",
        results=folder,
    )
    lines = str(swept).splitlines()

    top = next(i for i, line in enumerate(lines) if line.startswith("By influence of the hawks"))
    parts = [line.split("  ")[0] for line in lines[top:] if line[:1].isdigit()]
    assert sum(" to " in part for part in parts) == 5
    top = next(i for i, line in enumerate(lines) if line.startswith("By length of a truce"))
    assert {line.split()[0] for line in lines[top + 2 :] if line[:2] in ("60", "90")} == {
        "60",
        "90",
    }
    assert any(line.startswith("Runs and points: ") for line in lines)
    assert all(len(line) <= 80 for line in lines if not line.startswith("Runs and points"))


def test_json_is_one_object(grid: SweepAnswer) -> None:
    """Axes, points and tidy rows, readable by a strict reader."""
    told = json.loads(json.dumps(grid.to_json(), allow_nan=False))

    assert told["schema"] == 1
    assert told["axes"] == {"truce.length_days": [60, 90]}
    assert len(told["points"]) == 2
    assert len(told["rows"]) == len(grid.rows())
    assert {curve["axis"] for curve in told["curves"]} == {"truce.length_days"}


def test_an_outcome_some_runs_lack_says_in_how_many_it_exists(grid: SweepAnswer) -> None:
    """Where runs with a short wait have none at the second value, the mean rises and the pairs
    fall: the table counts the runs of each point, and a sentence says why the two differ."""
    luck = np.random.default_rng(1).random(600)
    y = np.stack([100.0 * luck, np.where(luck > 0.5, 100.0 * luck - 10.0, np.nan)])
    target = read_targets(["summit_to_talks_days"], columns(resolve("june-2025-resumed-talks")))[0]
    points = tuple(
        replace(point, rows=(row_of(target, Readings(part[np.newaxis])),))
        for point, part in zip(grid.sweep.points, y, strict=True)
    )
    swept = replace(
        grid.sweep, points=points, targets=(target,), runs={(target.outcome, ""): y}, failed=None
    )

    there = int(np.sum(luck > 0.5))
    text = " ".join(render(sweep_page(swept, asked=True)).split())
    assert f"{there} of 600 runs" in text
    assert "means and pairs tell different stories" in text
    assert f"in the {there} pairs in which both runs have it, by -10 days (-10 to -10)" in text
