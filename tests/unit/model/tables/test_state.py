"""The record of a run: every subject is in it, once, and no rule turns the day."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from pathlib import Path

import sim
from sim.model.tables import variables
from sim.model.tables.fields import FieldSpec, fields_of
from sim.model.tables.state import State

ROOT = Path(sim.__file__).parent


def listed() -> list[str]:
    """Returns the fields that the modules of variables list."""
    found = []
    for info in pkgutil.iter_modules(variables.__path__):
        module = importlib.import_module(f"{variables.__name__}.{info.name}")
        for item in vars(module).values():
            if isinstance(item, type) and item.__module__ == module.__name__:
                found += [n for n, row in vars(item).items() if isinstance(row, FieldSpec)]
    return found


def writes_the_day(file: Path) -> bool:
    """Tells whether a module assigns to `day` of anything."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets += [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []
        flat = [part for target in targets for part in ast.walk(target)]
        if any(isinstance(part, ast.Attribute) and part.attr == "day" for part in flat):
            return True
    return False


def test_every_subject_is_part_of_the_record() -> None:
    """No field of a subject is left out, none stands in two, and the day stands last."""
    # Fails if a subject is not a base of the record.
    names = [spec.attr for spec in fields_of(State)]

    assert len(listed()) == len(set(listed()))
    assert set(names) == {*listed(), "day"}
    assert names[-1] == "day"


def test_no_rule_turns_the_day() -> None:
    """The engine alone writes it."""
    # Fails if a rule assigns to the day; the engine's own assignment shows that it would be seen.
    rules = [*(ROOT / "model").rglob("*.py"), *(ROOT / "economy").rglob("*.py")]

    assert len(rules) > 50
    assert not [str(file) for file in rules if writes_the_day(file)]
    assert writes_the_day(ROOT / "engine" / "world.py")


def test_a_misspelt_field_is_an_error() -> None:
    """The record takes no name that is not in the table."""
    # Fails if the record is an open class.
    assert not hasattr(State(), "__dict__")
    assert not hasattr(State(), "tensions")
