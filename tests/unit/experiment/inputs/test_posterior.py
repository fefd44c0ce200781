"""Posterior draws for a scenario: which posterior, which parameters, and no hindsight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import toy_engine

from sim.errors import NotFoundError, ScenarioError, UsageError
from sim.experiment.inputs import posterior as module
from sim.experiment.inputs.modes import FIXED, POSTERIOR, PRIOR
from sim.experiment.inputs.posterior import (
    check_hindsight,
    learned,
    posterior_named,
    scaled,
    without,
)
from sim.experiment.inputs.resolution import resolve
from sim.scenario.posterior import Posterior, posterior_text
from sim.scenario.resolved_scenario import Change

ROWS = tuple((float(k), 100.0 + k) for k in range(50))
MADE = Posterior(("mu", "late"), ROWS, date(2020, 12, 31).toordinal(), "r", "m")


def kept(folder: Path, made: Posterior = MADE) -> str:
    """The path of a file that holds a posterior."""
    path = folder / "mine.json"
    path.write_text(posterior_text(made, "detente calibrate", {}), "utf-8")
    return str(path)


def test_a_mode_names_its_posterior(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None for central values and priors, the shipped one by its name, others by their files."""
    # Fails if a prior batch is drawn from a posterior, or a file is not read.
    monkeypatch.setattr(module, "shipped_posterior", lambda: MADE)
    path = kept(tmp_path)

    assert posterior_named(FIXED) is None
    assert posterior_named(PRIOR) is None
    assert posterior_named(POSTERIOR) is MADE
    assert posterior_named(path) == replace(MADE, file=path)
    with pytest.raises(NotFoundError, match="no posterior"):
        posterior_named("none.json")


def test_what_was_changed_stays_as_it_was_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the scenario, by `--set`, or as told; all else is learned."""
    # Fails if the posterior overrides what a user sets.
    monkeypatch.setattr(module, "shipped_posterior", lambda: MADE)
    world = toy_engine.scenario()
    changed = replace(world, changes=(Change("late", "0", "1", "--set"),))

    assert learned(world, POSTERIOR).posterior == MADE
    assert learned(world, FIXED) is world
    for found in (learned(changed, POSTERIOR), learned(world, POSTERIOR, ["late"])):
        assert found.posterior is not None
        assert found.posterior.names == ("mu",)
        assert found.posterior.draws == tuple((one,) for one, _ in ROWS)


def test_a_set_parameter_is_kept_out_of_a_shipped_scenario(tmp_path: Path) -> None:
    """As typed with `--set`; another of the posterior is still drawn."""
    # Fails if changes of the command line leave no trace.
    names = ("us.rate.hike", "cn.reply.probability")
    path = kept(tmp_path, replace(MADE, names=names))
    usual = learned(resolve("october-2025-apec"), path)
    held = learned(resolve("october-2025-apec", sets=[("us.rate.hike", "7")]), path)

    assert usual.posterior is not None
    assert held.posterior is not None
    assert usual.posterior.names == names
    assert held.posterior.names == names[1:]
    assert held.parameters["us.rate.hike"].value == 7.0


def test_a_parameter_that_is_none_is_refused(tmp_path: Path) -> None:
    """With the file, the nearest name, and what to do."""
    # Fails if a posterior of another version sets nothing, or a traceback follows.
    path = kept(tmp_path, replace(MADE, names=("mu", "latte")))
    with pytest.raises(ScenarioError, match=r"'latte'; did you mean late.*make it anew") as caught:
        learned(toy_engine.scenario(), path)
    assert path in str(caught.value)


def test_fewer_parameters_and_scaled_ones() -> None:
    """The columns that stay are those of their names."""
    # Fails if columns shift, or all are multiplied.
    assert without(MADE, ["mu"]) == replace(
        MADE, names=("late",), draws=tuple((two,) for _, two in ROWS)
    )
    assert without(MADE, ["other"]) == MADE
    assert scaled(MADE, {"late": 2.0, "other": 9.0}) == replace(
        MADE, draws=tuple((one, 2.0 * two) for one, two in ROWS)
    )


def test_a_forecast_knows_no_later_act() -> None:
    """What was learned up to the day may be used, a day more may not; the way out is told."""
    # Fails if the day itself is refused, or a later one let through.
    check_hindsight(None, date(2019, 1, 1))
    check_hindsight(MADE, date(2020, 12, 31))
    with pytest.raises(UsageError) as caught:
        check_hindsight(MADE, date(2020, 12, 30))
    assert "up to 2020-12-31, later than the forecast of 2020-12-30" in str(caught.value)
    assert "detente calibrate --until 2020-12-30 --out FILE.json" in str(caught.value)
    assert "--parameters FILE.json" in str(caught.value)
