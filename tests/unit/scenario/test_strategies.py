"""Strategies: what a side plays, as a file of changes to its own numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import NotFoundError, ScenarioError
from sim.scenario.load import resolve
from sim.scenario.strategies import BASELINE, find_strategy, strategies

WORLD = "march-2025-escalation"
SHIPPED = [(side, name) for side in ("us", "cn") for name in strategies(side)]

GOOD = """
title: "No threats"
parameters:
  us.rate.threaten:
    value: 0.1
    unit: "1/year"
    kind: assumed
    range: [0.01, 0.5]
    reason: "the premise"
"""


@pytest.mark.parametrize(("side", "name"), SHIPPED)
def test_each_shipped_strategy_fits_a_scenario_and_changes_its_side_alone(
    side: str, name: str
) -> None:
    """It says what it means and changes numbers of its side, baseline none."""
    strategy = find_strategy(side, name)
    changed = {
        change.key
        for change in resolve(WORLD, strategies=[strategy]).changes
        if "strategies/" in change.by
    }

    assert strategy.title
    assert all(key.startswith(f"{side}.") for key in changed)
    assert (not changed) == (name == BASELINE)


def test_baseline_is_the_scenario_as_it_is() -> None:
    """Both sides at baseline, the scenario is that which `run` plays."""
    both = [find_strategy(side, BASELINE) for side in ("us", "cn")]

    assert resolve(WORLD, strategies=both) == resolve(WORLD)


def test_a_strategy_of_ones_own_is_given_by_its_path(tmp_path: Path) -> None:
    """It is called after its file; what the command line sets stands above it."""
    file = tmp_path / "calm.yaml"
    file.write_text(GOOD)
    calm = find_strategy("us", str(file))
    sets = [("us.rate.threaten", "3")]

    assert (calm.name, calm.title) == ("calm", "No threats")
    assert resolve(WORLD, strategies=[calm]).parameters["us.rate.threaten"].value == 0.1
    assert resolve(WORLD, strategies=[calm], sets=sets).parameters["us.rate.threaten"].value == 3.0


def test_an_unknown_strategy_names_the_nearest_and_all_there_are() -> None:
    """The error lists what ships for that side, with what it means."""
    with pytest.raises(NotFoundError) as error:
        find_strategy("us", "hawks")

    told = str(error.value)
    assert "did you mean hawk?" in told
    assert all(f"{name}: " in told for name in strategies("us"))
    assert "measured" not in told


def test_a_missing_file_is_not_found() -> None:
    """A path that leads nowhere is no strategy."""
    with pytest.raises(NotFoundError, match=r"no file './nowhere\.yaml'"):
        find_strategy("us", "./nowhere.yaml")


def test_what_no_strategy_may_hold_is_told_with_its_place(tmp_path: Path) -> None:
    """Dates, the other side's numbers, unknown names and a missing title come in one error."""
    file = tmp_path / "bad.yaml"
    file.write_text(
        "start: 2025-03-10\n"
        "parameters:\n"
        "  cn.noise: {value: 1.0, unit: '1', kind: assumed, range: [0, 2], reason: x}\n"
        "  us.nois: {value: 1.0, unit: '1', kind: assumed, range: [0, 2], reason: x}\n"
    )

    with pytest.raises(ScenarioError) as error:
        resolve(WORLD, strategies=[find_strategy("us", str(file))])

    told = str(error.value)
    assert "bad.yaml:1:1: start: not allowed in a strategy" in told
    assert "title: is missing" in told
    assert "bad.yaml:3:3: parameters.cn.noise: a strategy of us may change only numbers" in told
    assert "bad.yaml:4:3: parameters.us.nois: unknown name; did you mean us.noise?" in told
