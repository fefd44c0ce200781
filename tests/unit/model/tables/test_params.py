"""The record of parameters: every subject is in it, once, and a blank one is all zeros."""

from __future__ import annotations

import importlib
import pkgutil

from sim.model.tables import parameters
from sim.model.tables.fields import FieldSpec, fields_of, get_slot, slot_index
from sim.model.tables.params import Params
from tests.unit.model.tables.subjects import shipped


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
