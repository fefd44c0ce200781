"""Classes of published figures: only those that no parameter owes anything to test the model.

A figure that is a parameter in disguise moves with that parameter alone. One that tests the model
depends on several, and neither on its published value nor on its tolerance.
"""

from __future__ import annotations

import csv
import json
import math
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sim.experiment.tariffs.bench import WORLD
from sim.experiment.tariffs.checks import verdicts
from sim.history.places import data_root
from sim.scenario.checks import Check, FigureClass, checks
from sim.scenario.load import resolve

PROJECT = data_root().parent
STEP = 1.01
"""Factor by which a parameter is moved."""
MOVED = (
    "trade.us.collect",
    "trade.us.collect_rest",
    "trade.us.pass_through",
    "trade.cn.pass_through",
    "trade.us.sigma_12m",
    "trade.cn.sigma_12m",
    "trade.cn.sigma_homogeneous",
    "trade.sigma_long_ratio",
    "trade.slow_share",
    "trade.eta",
    "trade.adjustment",
    "trade.front_loading",
    "trade.dollar_share",
    "trade.retail_share",
    "trade.retail_months",
    "trade.us.toys.penetration",
    "macro.us.gdp_in_the_long_run",
    "macro.us.prices_in_the_long_run",
    "cn.minerals_share.level_3",
)
"""Parameters that figures may depend on: those of prices, trade and the long run, and all that a
figure sets."""

READ = """
import json
from sim.experiment.tariffs.checks import verdicts
from sim.scenario.shipped import names
from sim.scenario.load import resolve
numbers = {n: {k: repr(p.value) + repr(p.prior) for k, p in resolve(n).parameters.items()}
           for n in names()}
print(json.dumps([numbers, {v.check.key: [v.ours, v.check.published] for v in verdicts()}]))
"""
"""Program that prints every parameter of every scenario, our figures and the published ones."""


def of_class(kind: FigureClass) -> list[Check]:
    """Returns the figures of a class."""
    return [check for check in checks() if check.kind == kind]


@cache
def ours(name: str = "") -> Mapping[str, float]:
    """Returns our figures, with one parameter moved by a hundredth."""
    changes = {name: STEP * resolve(WORLD).parameters[name].value} if name else {}
    return {v.check.key: v.ours for v in verdicts(changes)}


@cache
def movers(key: str) -> frozenset[str]:
    """Returns the parameters that move one of our figures."""
    return frozenset(n for n in MOVED if not math.isclose(ours(n)[key], ours()[key], rel_tol=1e-9))


def read_in(folder: Path) -> Any:
    """Returns what the project in a folder says of its parameters and figures."""
    done = subprocess.run(
        [sys.executable, "-c", READ],
        env={**os.environ, "PYTHONPATH": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_no_parameter_and_no_value_of_ours_owes_anything_to_a_figure_out_of_sample(
    tmp_path: Path,
) -> None:
    """With every such figure and tolerance altered, all parameters and our values stay."""
    for folder in ("sim", "scenarios"):
        shutil.copytree(
            PROJECT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    file = tmp_path / "scenarios" / "economics" / "checks.csv"
    rows = [*csv.DictReader(file.read_text("utf-8").splitlines())]
    for row in rows:
        if row["class"] == FigureClass.OUT_OF_SAMPLE:
            for column in ("published", "low", "high"):
                row[column] = str(3.0 * float(row[column]) + 7.0)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)

    (numbers, figures), (numbers_there, figures_there) = read_in(PROJECT), read_in(tmp_path)

    assert numbers_there == numbers
    assert len(numbers) > 10
    for check in checks():
        assert figures_there[check.key][0] == figures[check.key][0]
        altered = figures_there[check.key][1] != figures[check.key][1]
        assert altered == (check.kind == FigureClass.OUT_OF_SAMPLE)


@pytest.mark.parametrize("check", of_class(FigureClass.OUT_OF_SAMPLE), ids=lambda c: c.key)
def test_a_figure_out_of_sample_depends_on_several_parameters(check: Check) -> None:
    """What moves with one parameter alone, or with none, is an input, an echo or the law."""
    # Fails if the share borne at the border, or points of law, is called out of sample.
    assert len(movers(check.key)) > 1
    assert check.sets == ()


@pytest.mark.parametrize("check", of_class(FigureClass.OUT_OF_SAMPLE), ids=lambda c: c.key)
def test_a_source_that_also_sets_a_parameter_says_which(check: Check) -> None:
    """If another figure of the study sets a parameter, or a row of them, the note of this one names
    it."""
    for name, parameter in resolve(WORLD).parameters.items():
        if parameter.source == check.source:
            row = name.rpartition(".")[0] if ".season." in name else name
            assert row in check.note, (check.key, name)


@pytest.mark.parametrize("check", of_class(FigureClass.ECHO), ids=lambda c: c.key)
def test_an_echo_moves_with_nothing_but_what_it_names(check: Check) -> None:
    """A parameter that is printed back alone moves it, and rests on another source, or it would be
    an input; what adds up the law moves with none."""
    if check.sets[0].endswith(".csv"):
        assert (data_root() / check.sets[0]).is_file()
        assert movers(check.key) == set()
    else:
        assert movers(check.key) == set(check.sets)
        parameters = resolve(WORLD).parameters
        assert all(parameters[name].source != check.source for name in check.sets)


@pytest.mark.parametrize("key", ["border_share_1", "border_share_2", "border_share_3"])
def test_the_share_borne_at_the_border_is_the_parameter(key: str) -> None:
    """It rises by a hundredth if the parameter does: the model adds nothing to it."""
    there = ours("trade.us.pass_through")[key]

    assert there == pytest.approx(STEP * ours()[key], rel=1e-12)
    assert {check.key: check.kind for check in checks()}[key] == FigureClass.ECHO


@pytest.mark.parametrize("check", of_class(FigureClass.INPUT), ids=lambda c: c.key)
def test_an_input_is_what_a_parameter_cites(check: Check) -> None:
    """The parameter has the figure's source, moves our value alone, and agrees to the rounding."""
    (name,) = check.sets
    parameter = resolve(WORLD).parameters[name]

    assert parameter.source == check.source
    assert movers(check.key) == {name}
    assert ours(name)[check.key] == pytest.approx(STEP * ours()[check.key], rel=1e-12)
    assert check.low <= ours()[check.key] <= check.high


@pytest.mark.parametrize("check", of_class(FigureClass.FITTED), ids=lambda c: c.key)
def test_a_fitted_figure_names_the_parameters_chosen_with_it(check: Check) -> None:
    """The parameters exist, rest on judgement or on the source, and at least one moves the
    figure."""
    parameters = resolve(WORLD).parameters

    assert check.sets
    for name in check.sets:
        chosen = parameters[name]
        assert chosen.kind == "assumed" or chosen.source == check.source
    assert movers(check.key) & set(check.sets)


def test_only_figures_out_of_sample_are_counted() -> None:
    """Not a single input, echo or fitted figure enters the headline."""
    assert {v.check.kind for v in verdicts() if v.counts} == {FigureClass.OUT_OF_SAMPLE}
    assert {v.check.kind for v in verdicts() if not v.counts} == {*FigureClass} - {
        FigureClass.OUT_OF_SAMPLE
    }
