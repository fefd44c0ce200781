"""What tests of single subjects of the field table share: rows, names, shipped values, checks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise

import yaml

from sim.history.places import data_root
from sim.model.tables.fields import FieldSpec, Slot, fields_of
from sim.model.tables.params import Params
from sim.scenario.baseline import sector_parameters
from sim.units import UNITS

FRACTIONS = ("share", "probability")


def rows(subject: type, record: type) -> dict[str, FieldSpec]:
    """Returns the rows that a subject adds to a record, by attribute."""
    return {spec.attr: spec for spec in fields_of(record) if spec.attr in vars(subject)}


def slots(subject: type, record: type) -> list[Slot]:
    """Returns the dotted names of a subject with their places."""
    return [slot for spec in rows(subject, record).values() for slot in spec.slots()]


def names(subject: type, record: type, attr: str) -> list[str]:
    """Returns the dotted names of one field, in the order of its places."""
    return [slot.name for slot in rows(subject, record)[attr].slots()]


@cache
def shipped() -> Mapping[str, tuple[float, str]]:
    """Returns the value and unit of every parameter that ships, sectors included."""
    text = (data_root() / "parameters.yaml").read_text(encoding="utf-8")
    written = yaml.load(text, Loader=yaml.CSafeLoader)["parameters"]
    values = {name: (entry["value"], entry["unit"]) for name, entry in written.items()}
    cells = {name: (cell.value, cell.unit) for name, (cell, _) in sector_parameters().items()}
    return values | cells


def value(name: str) -> float:
    """Returns the shipped value of a parameter."""
    return shipped()[name][0]


def check_rows(subject: type, record: type) -> None:
    """Every row of a subject is a sound row of the record: name, unit, sentence, once."""
    own = rows(subject, record)
    listed = [name for name, row in vars(subject).items() if isinstance(row, FieldSpec)]
    dotted = [slot.name for slot in slots(subject, record)]
    assert list(own) == listed != []
    assert len(set(dotted)) == len(dotted)
    assert {spec.unit for spec in own.values()} <= set(UNITS)
    assert all(spec.meaning.endswith(".") for spec in own.values())
    assert all(name == name.lower() and " " not in name for name in dotted)


def check_values(subject: type) -> None:
    """Every parameter of a subject has a shipped value, in its unit and its bounds."""
    for slot in slots(subject, Params):
        number, unit = shipped()[slot.name]
        assert unit == slot.spec.unit, slot.name
        assert slot.spec.least is None or number >= slot.spec.least, slot.name
        assert unit not in FRACTIONS or 0.0 <= number <= 1.0, slot.name
        assert slot.spec.type is not int or number == int(number), slot.name


def check_rising(*order: str) -> None:
    """Shipped values rise, or stay, in the order named."""
    for low, high in pairwise(order):
        assert value(low) <= value(high), f"{low} is above {high}"
