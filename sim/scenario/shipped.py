"""Names of what ships, as they stand in folders and files: quick enough to complete a word with.

Nothing of it reads YAML or loads the model.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any, Final

from sim.history.places import data_root

NOT_SCENARIOS: Final = {"knowledge", "parameters", "sources"}

SCHEMA: Final = "schema/scenario.json"
"""Schema of scenario files for editors, which has all names that may stand in one."""

START: Final = "start"
"""Section of the state that a scenario sets."""

RESTING: Final = "resting"
"""Section of the state that it leaves at the model's neutral value."""

GOODS: Final = "goods"
"""Section of what the trade model knows of each good, which are most of the numbers."""

CALENDAR: Final = "calendar"
"""Section of the dates."""


def names() -> list[str]:
    """Returns the names of the shipped scenarios, in alphabetical order."""
    return sorted(p.stem for p in data_root().glob("*.yaml") if p.stem not in NOT_SCENARIOS)


def parts() -> tuple[str, ...]:
    """Returns the sections of an explanation in order, the calendar aside: a parameter belongs to
    the module that declares it."""
    found = find_spec("sim.model.tables.parameters")
    assert found is not None
    modules = iter_modules(found.submodule_search_locations)
    return (START, RESTING, *(module.name for module in modules), GOODS)


def parameters() -> list[str]:
    """Returns the names of the parameters."""
    return list(_properties()["parameters"]["propertyNames"]["enum"])


def settings() -> list[str]:
    """Returns the names of all numbers of a scenario: of its initial state, and parameters."""
    return [*_properties()["state"]["propertyNames"]["enum"], *parameters()]


def outcomes() -> list[str]:
    """Returns the names of the outcomes, and of each class of one."""
    return list(_properties()["answers"]["items"]["examples"])


@cache
def _properties() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((data_root() / SCHEMA).read_text("utf-8"))["properties"]
    return read
