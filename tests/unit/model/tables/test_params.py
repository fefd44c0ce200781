"""The record of parameters: every subject is in it, once, and a blank one is all zeros."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

import sim
from sim.errors import ScenarioError
from sim.experiment.inputs.factors import uncertain
from sim.model.tables import parameters
from sim.model.tables.fields import FieldSpec, fields_of, get_slot, slot_index
from sim.model.tables.params import DEFINITIONS, Params
from sim.scenario.load import resolve
from tests.unit.model.tables.subjects import shipped

PACKAGE = Path(sim.__file__).parent


def subjects() -> list[type]:
    """Returns the classes of the parameters' modules that list fields."""
    modules = [
        importlib.import_module(f"{parameters.__name__}.{info.name}")
        for info in pkgutil.iter_modules(parameters.__path__)
    ]
    return [
        item
        for module in modules
        for item in vars(module).values()
        if isinstance(item, type)
        and item.__module__ == module.__name__
        and any(isinstance(row, FieldSpec) for row in vars(item).values())
    ]


def test_every_subject_is_part_of_the_record() -> None:
    """No field of a subject is left out, and none stands in two."""
    # Fails if a subject is not a base of the record.
    listed = [
        name
        for subject in subjects()
        for name, row in vars(subject).items()
        if isinstance(row, FieldSpec)
    ]

    assert len(listed) == len(set(listed))
    assert {spec.attr for spec in fields_of(Params)} == set(listed)


def test_every_parameter_ships_with_a_value_and_nothing_else_does() -> None:
    """The names of the table are those of the files."""
    # Fails if a parameter has no value, or a value no parameter.
    assert set(slot_index(Params)) == set(shipped())


def test_blank_parameters_are_all_zero() -> None:
    """Values come from files alone; the table holds none."""
    # Fails if a default hides in the code.
    blank = Params()

    assert {get_slot(blank, slot) for slot in slot_index(Params).values()} == {0}


def test_a_misspelt_parameter_is_an_error() -> None:
    """The record takes no name that is not in the table."""
    # Fails if the record is an open class.
    assert not hasattr(Params(), "__dict__")
    assert not hasattr(Params(), "hike_step")


FACTS_OF_OUTCOMES = {"macro.us.employment_million"}
"""Parameters that only outcomes read, but that are facts of the world: they may be uncertain."""

THRESHOLDS = ("over_threshold", "is_decoupled")
"""Comparisons of duties with the thresholds of outcomes."""

COUNTERS = {
    "high_days", "high_days_max", "cut_off_days", "cut_off_days_max", "regime_days",
    "regime_days_max",
}  # fmt: skip
"""Fields that count days for the classes of paths."""


@cache
def uses() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Returns where the model reads each field (`params.name`, `state.name`) and calls each
    function, as `file:function`; what stands outside functions counts as the file itself."""
    read: defaultdict[str, set[str]] = defaultdict(set)
    called: defaultdict[str, set[str]] = defaultdict(set)
    packages = ("model", "economy", "engine")
    for file in (file for name in packages for file in sorted(PACKAGE.glob(f"{name}/**/*.py"))):
        if "tables" in file.parts:
            continue
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            place = f"{file.relative_to(PACKAGE)}:{getattr(node, 'name', '')}"
            for part in ast.walk(node):
                if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
                    owner = "params" if part.value.id in ("params", "p") else "state"
                    if isinstance(part.ctx, ast.Load):
                        read[f"{owner}.{part.attr}"].add(place)
                if isinstance(part, ast.Call) and isinstance(part.func, ast.Name):
                    called[part.func.id].add(place)
    return read, called


def is_outcome(reader: str) -> bool:
    """Returns whether a function stands among the outcomes."""
    return reader.startswith("model/outcomes/")


def test_what_only_outcomes_read_is_a_definition() -> None:
    """A parameter that no rule reads is marked as one, unless it is a fact of the world."""
    read, _ = uses()
    for name, slot in slot_index(Params).items():
        if all(map(is_outcome, read[f"params.{slot.attr}"])) and name not in FACTS_OF_OUTCOMES:
            assert slot.spec.is_definition, name


def test_no_rule_that_changes_what_happens_reads_a_definition() -> None:
    """Outside the outcomes, a definition is read by the comparison of duties with a threshold
    alone, which feeds counters of days that nothing but outcomes and the counters read."""
    read, called = uses()
    counting = "model/world/bookkeeping.py:apply_day_end"
    for name in DEFINITIONS:
        others = {r for r in read[f"params.{slot_index(Params)[name].attr}"] if not is_outcome(r)}
        assert others <= {f"model/duties/hikes.py:{rule}" for rule in THRESHOLDS}, name
    for rule in THRESHOLDS:
        assert called[rule] == {counting}
    for attr in COUNTERS:
        assert {r for r in read[f"state.{attr}"] if not is_outcome(r)} <= {counting}, attr


def test_definitions_are_never_drawn() -> None:
    """A definition has a range for readers but no prior, so no batch, screening or search draws it;
    a prior of its own is refused."""
    known = resolve("october-2025-apec").parameters

    assert DEFINITIONS
    for name in DEFINITIONS:
        assert known[name].low is not None
        assert known[name].prior is None
    assert not set(DEFINITIONS) & {factor.name for factor in uncertain(resolve("phase-one-redux"))}
    with pytest.raises(ScenarioError, match="only defines an outcome"):
        resolve("october-2025-apec", sets=[("class.conflict_days", "uniform:20:40")])
