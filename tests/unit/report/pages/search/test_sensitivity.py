"""What `sensitivity` prints, and the analysis of the real model behind it."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.container import BarContainer

from sim import api
from sim.engine.blocks import Column
from sim.errors import CheckFailedError, NotFoundError, UsageError
from sim.experiment.inputs.factors import Factor
from sim.experiment.outcomes.targets import Target
from sim.experiment.sensitivity.analysis import (
    WORTH_TELLING,
    Drivers,
    Screened,
    Sensitivity,
    drivers_of,
)
from sim.experiment.sensitivity.sobol import saltelli
from sim.model.outcomes.politics import outcome_index
from sim.report.answers.studies import SensitivityAnswer
from sim.report.figures.plots import SensitivityPlots
from sim.report.page import render
from sim.report.pages.search.sensitivity import _more, in_short, sensitivity_page
from sim.scenario.resolved_scenario import Prior

N = 64
TENSION = Target("tension", Column("tension", outcome_index()["tension"], None))


def drivers(weights: list[float], noise: float, seed: int = 4) -> Drivers:
    """What drives a sum of weighted factors on 0 to 1, with luck of this size in each run."""
    factors = [
        Factor(name, "share", Prior("uniform", 0.0, 1.0, 0.0, 1.0), from_prior=True)
        for name in ("first", "second", "third")[: len(weights)]
    ]
    cube = saltelli(N, len(factors))
    luck = noise * np.random.default_rng(seed).standard_normal((len(cube), 16))
    y = (cube @ np.array(weights))[:, np.newaxis] + luck
    texts = [[f"{u:.12g}" for u in cube[:, place]] for place in range(len(factors))]
    return drivers_of(TENSION, factors, texts, N, y)


@pytest.fixture(scope="session")
def reasons(folder: Path) -> SensitivityAnswer:
    """A small analysis of two factors."""
    return api.sensitivity(
        "march-2025-escalation",
        ["us.hawks.influence=0..1", "us.leader.autonomy"],
        outcomes=["us_measures", "failed"],
        n=8,
        replicates=8,
        until="2025-04-10",
        results=folder,
    )


def bars_of(axes: Axes) -> list[BarContainer]:
    """The sets of bars drawn."""
    return [bars for bars in axes.containers if isinstance(bars, BarContainer)]


def test_the_page_says_how_many_replicates_would_tell_the_rest_apart() -> None:
    """Much luck hides a factor of a few percent: the number named shrinks its interval, which goes
    with the root of the replicates, to its share; a factor that does nothing is not worth any."""
    # Fails if the reach is not squared, if factors told already or worth nothing count, or if the
    # page keeps the number to itself.
    found = drivers([2.0, 0.6, 0.0], 3.0, seed=5)
    hidden = [s for s in found.shares if not s.is_significant and s.total.value >= WORTH_TELLING]
    reaches = [(s.total.value - s.total.low) / s.total.value for s in hidden]

    assert hidden
    assert found.replicates_needed(16) == max(math.ceil(16 * reach**2) for reach in reaches) > 16
    assert f"--replicates {found.replicates_needed(16)}" in _more(found, 16)
    assert drivers([2.0, 1.0, 0.0], 0.0).replicates_needed(16) is None
    assert "None of them" in _more(drivers([2.0, 1.0, 0.0], 0.0), 16)


def test_the_strongest_factor_is_named_first() -> None:
    """A weight of 2 beside 1 and 0: shares of 80 and 20 %, and the third is not told from zero."""
    found = drivers([2.0, 1.0, 0.0], 0.1)
    sentence = in_short(found)

    assert [share.factor.name for share in found.shares] == ["first", "second", "third"]
    assert found.shares[0].first.value == pytest.approx(0.8, abs=0.1)
    assert "It depends most on first (" in sentence
    assert not found.shares[2].is_significant
    assert "third" not in sentence


def test_where_no_factor_can_be_told_none_is_named() -> None:
    """The outcome moves, but which factor moves it is open: no sentence with a hole."""
    sentence = in_short(replace(drivers([1.0, 1.0], 0.1), shares=()))

    assert "No single factor stands out from noise." in sentence
    assert "depends most" not in sentence


def test_a_tornado_shows_swings_and_shares_and_says_what_is_not_told() -> None:
    """Bars from the mean to where either end of a range takes the outcome, and as long as the
    shares in 100; the strongest factor on top."""
    found = drivers([2.0, 1.0, 0.0], 0.1)
    answer = SimpleNamespace(
        drivers=(found,), scenario="a-scenario", points=N, replicates=16, seed=4
    )
    figure = SensitivityPlots(answer).tornado("tension")
    swings, shares = figure.axes
    lowest, highest = ([bar.get_x() + bar.get_width() for bar in bars] for bars in bars_of(swings))
    total, first = ([bar.get_width() for bar in bars] for bars in bars_of(shares))

    assert {bar.get_x() for bars in bars_of(swings) for bar in bars} == {found.mean}
    assert lowest == pytest.approx([s.curve.levels[0].mean.value for s in found.shares])
    assert highest == pytest.approx([s.curve.levels[-1].mean.value for s in found.shares])
    assert highest[0] - lowest[0] == pytest.approx(1.6, abs=0.1)
    assert total == pytest.approx([100.0 * max(0.0, s.total.value) for s in found.shares])
    assert first == pytest.approx([100.0 * max(0.0, s.first.value) for s in found.shares])
    assert [label.get_text() for label in swings.get_yticklabels()] == [
        "first", "second", "third\n(not distinguishable from zero)"
    ]  # fmt: skip
    with pytest.raises(NotFoundError, match="tension"):
        SensitivityPlots(answer).tornado("tensoin")


def test_a_curve_tells_which_way_a_factor_moves_the_outcome() -> None:
    """With a negative weight the outcome falls from the lowest fifth to the highest."""
    levels = drivers([-1.0, 0.2], 0.0).shares[0].curve.levels

    assert levels[-1].mean.value - levels[0].mean.value == pytest.approx(-0.8, abs=0.05)


def test_what_draws_of_the_factors_move_holds_no_luck() -> None:
    """A factor that moves the mean evenly from 0 to 1 moves it between 0.05 and 0.95 in 9 of 10
    draws, though luck spreads means of 16 runs from -0.3 to 1.3."""
    found = np.array([drivers([1.0], 1.5, seed).moves_between for seed in range(20)])

    assert found.mean(axis=0) == pytest.approx([0.05, 0.95], abs=0.06)
    assert drivers([1.0], 0.0).moves_between == pytest.approx([0.05, 0.95], abs=0.02)


def test_luck_that_hides_everything_is_said() -> None:
    """Nothing but luck: no factor is named, and the page says what would help."""
    sentence = in_short(drivers([0.0, 0.0], 1.0))

    assert "cannot be distinguished from luck" in sentence
    assert "first" not in sentence


def test_an_outcome_that_never_varies_is_said(reasons: SensitivityAnswer) -> None:
    """No run fails, so there is nothing to explain."""
    assert "failed: the same in every run" in str(reasons)


def test_the_page_fits_and_says_what_was_played(reasons: SensitivityAnswer) -> None:
    """8 x (2 + 2) points of 8 runs; each outcome with a heading; lines of 80 columns."""
    lines = str(reasons).splitlines()

    assert any("256 runs in all" in line for line in lines)
    assert "US non-tariff measures, mean (number)" in lines
    assert all(len(line) <= 80 for line in lines if not line.startswith("Runs and points"))


def test_json_has_indices_with_intervals(reasons: SensitivityAnswer) -> None:
    """One strict object; a row a factor and outcome."""
    told = json.loads(json.dumps(reasons.to_json(), allow_nan=False))

    assert told["schema"] == 1
    assert [outcome["outcome"] for outcome in told["outcomes"]] == ["us_measures", "failed"]
    measured = told["outcomes"][0]
    assert {row["factor"] for row in measured["factors"]} == {
        "us.hawks.influence", "us.leader.autonomy"
    }  # fmt: skip
    assert all(len(row["total_ci"]) == 2 for row in measured["factors"])
    assert measured["significant"] in (True, False)


def test_screening_keeps_the_strongest(folder: Path) -> None:
    """Two factors and room for one: the one that moves the outcome most goes on, the page names
    the strongest left out, and the design of the indices has that one alone."""
    found = api.sensitivity(
        "march-2025-escalation",
        ["us.leader.autonomy=0.4..0.41", "tension=0.1..0.9"],
        outcomes=["tension"],
        n=2,
        replicates=8,
        top=1,
        until="2025-04-10",
        results=folder,
    )
    screened = found.sensitivity.screened

    assert [row.kept for row in screened] == [True, False]
    assert screened[0].factor.name == "tension"
    assert [s.factor.name for s in found.sensitivity.drivers[0].shares] == ["tension"]
    said = " ".join(str(found).split())
    assert "not kept is leader's independence of factions: US (us.leader.autonomy)" in said


def test_what_was_left_out_is_measured_by_the_strongest_of_each_outcome(
    reasons: SensitivityAnswer,
) -> None:
    """One factor moves the first outcome most and hardly the second, another the second: the one
    left out makes 5 % of the first's effect and 90 % of the other's."""
    factor = reasons.sensitivity.drivers[0].shares[0].factor
    screened = tuple(
        Screened(
            replace(factor, name=name), (0.0,) * 2, (1.0,) * 2, (0.0,) * 2, strength, rank, kept
        )
        for name, strength, rank, kept in (
            ("first", (10.0, 0.1), 1, True),
            ("second", (4.0, 1.0), 2, True),
            ("third", (0.5, 0.9), 3, False),
        )
    )
    page = sensitivity_page(replace(reasons.sensitivity, screened=screened))
    text = " ".join(render(page).split())

    assert (
        "third: 5% of the strongest factor's effect on US non-tariff measures; 90% of the" in text
    )


@pytest.mark.parametrize(
    ("factors", "named", "error", "message"),
    [
        (["us.leader.autnomy"], {}, NotFoundError, "did you mean us.leader.autonomy"),
        (["us.leader.autonomy"], {"n": 100}, UsageError, "use 64 or 128"),
        (["us.leader.autonomy"], {"replicates": 7}, UsageError, "at least 8 .* resampling"),
        (["us.leader.autonomy"], {"top": 0}, UsageError, "at least 1 factor"),
        (["us.leader.autonomy"], {"outcomes": ["tensoin"]}, NotFoundError, "tension"),
        (["us.leader.autonomy"], {"n": 65536, "replicates": 500}, UsageError, "at most 20,000,000"),
        (["us.leader.autonomy"], {"outcomes": ["summit_day"]}, CheckFailedError, "does not apply"),
    ],
)
def test_what_cannot_be_analysed_is_refused(
    folder: Path, factors: list[str], named: dict[str, object], error: type[Exception], message: str
) -> None:
    """Unknown, uneven, too few, too many: the message says what to do."""
    options: dict[str, object] = {"n": 2, "replicates": 8, "until": "2025-04-10", **named}
    with pytest.raises(error, match=message):
        api.sensitivity("march-2025-escalation", factors, results=folder, **options)  # type: ignore[arg-type]


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Without SALib the message says what to install."""
    import sys

    monkeypatch.setitem(sys.modules, "SALib.sample.sobol", None)
    with pytest.raises(UsageError, match=r"pip install .*'salib"):
        api.sensitivity("march-2025-escalation", ["us.leader.autonomy"], n=2, results=folder)


def test_an_analysis_is_a_page(reasons: SensitivityAnswer) -> None:
    """str() is the page as text."""
    assert isinstance(reasons.sensitivity, Sensitivity)
    assert str(reasons) == render(reasons.page())
