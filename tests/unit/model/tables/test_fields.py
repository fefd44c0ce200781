"""The field table: one declaration, and slots, names, records and structs that agree with it."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.tables.fields import (
    copy_record,
    dtype_of,
    field,
    fields_of,
    get_slot,
    memory_index,
    record,
    set_slot,
    slot_index,
    to_struct,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.units import UNITS


class Colour(IntEnum):
    """A code for these tests."""

    RED = 0
    DARK_BLUE = 1


def _odd(index: tuple[int, ...]) -> str | None:
    return None if index[0] == 0 else f"odd.{index[0]}"


@record
class Small:
    """A record with one field of each sort."""

    plain: float = field("a.plain", unit="share", meaning="A number.", init=0.5)
    count: int = field("a.count", unit="count", init=2, meaning="A count.")
    on: bool = field("a.on", unit="flag", init=True, meaning="A switch.")
    colour: int = field("a.colour", unit="code", init=1, code=Colour, meaning="A code.")
    row: list[float] = field("{c}.row", unit="pp", shape=(Colour,), meaning="One a colour.")
    table: list[list[int]] = field(
        "t.{c}.{i}", unit="level", init=[[1, 2, 3], [4, 5, 6]], shape=(Colour, 3), meaning="Six."
    )
    flags: list[bool] = field("f.{i}", unit="flag", init=False, shape=(2,), meaning="Two switches.")
    odd: list[float] = field(_odd, unit="1", shape=(2,), meaning="Named by a function.")
    hidden: int = field("", unit="1", init=7, meaning="Bookkeeping.")


@record
class Remembered:
    """A record with memory and without."""

    days: list[list[int]] = field("", unit="date", shape=(Colour, 2), meaning="M.", is_memory=True)
    once: int = field("", unit="date", meaning="Day.", is_memory=True)
    count: int = field("", unit="count", meaning="Since the start.")


def test_memory_is_indexed_by_attribute_and_place() -> None:
    """A slot for each number of the marked fields, which lead to that number."""
    # Fails if a counter is remembered, or two places share a slot.
    slots, found = memory_index(Remembered), Remembered()
    assert list(slots) == ["days.0.0", "days.0.1", "days.1.0", "days.1.1", "once"]
    set_slot(found, slots["days.1.0"], 7.0)
    set_slot(found, slots["once"], 9.0)

    assert get_slot(found, slots["days.1.0"]) == 7
    assert (found.days, found.once, found.count) == ([[0, 0], [7, 0]], 9, 0)  # type: ignore[attr-defined]


def test_no_memory_is_also_set_by_scenarios() -> None:
    """A field has one way into the first day: a name, or memory."""
    # Fails if a world as of a day writes a number twice.
    memory = [spec for spec in fields_of(State) if spec.is_memory]
    assert memory
    assert not [spec.attr for spec in memory if list(spec.slots())]
    assert not [spec.attr for spec in fields_of(Params) if spec.is_memory]


def test_names_expand_in_order_of_declaration() -> None:
    """Placeholders become lower-case names or indices; fields without a path have no name."""
    assert list(slot_index(Small)) == [
        "a.plain", "a.count", "a.on", "a.colour", "red.row", "dark_blue.row",
        "t.red.0", "t.red.1", "t.red.2", "t.dark_blue.0", "t.dark_blue.1", "t.dark_blue.2",
        "f.0", "f.1", "odd.1",
    ]  # fmt: skip


def test_types_follow_from_the_initial_value_or_the_code() -> None:
    """A field is a float, an int, a bool or a code, as its initial value or enum says."""
    types = {spec.attr: spec.type for spec in fields_of(Small)}
    assert types["plain"] is float
    assert types["count"] is int
    assert types["on"] is bool
    assert types["colour"] is Colour
    assert types["table"] is int
    assert types["flags"] is bool


def test_a_record_starts_with_the_values_of_its_table() -> None:
    """Scalars are repeated over a shape, nested values are taken as they stand."""
    small = Small()
    assert (small.plain, small.count, small.on, small.colour, small.hidden) == (0.5, 2, True, 1, 7)
    assert small.row == [0.0, 0.0]
    assert small.table == [[1, 2, 3], [4, 5, 6]]
    assert small.flags == [False, False]
    for name, slot in slot_index(Small).items():
        assert get_slot(small, slot) == slot.initial, name


def test_two_records_share_no_list() -> None:
    """Writing into one record leaves another, and the table's initial values, alone."""
    one, two = Small(), Small()
    one.table[0][0] = 99
    one.row[1] = 5.0
    assert two.table[0][0] == Small().table[0][0] == 1
    assert two.row == [0.0, 0.0]


def test_a_record_takes_no_attribute_that_is_not_declared() -> None:
    """A misspelt field is an error, not a new field."""
    with pytest.raises(AttributeError):
        Small().plian = 1.0  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "written", "read", "kind"),
    [
        ("a.plain", 1, 1.0, float),
        ("a.count", 3.0, 3, int),
        ("a.on", 0.0, False, bool),
        ("a.colour", 0.0, 0, int),
        ("dark_blue.row", 2, 2.0, float),
        ("t.dark_blue.2", 9.0, 9, int),
        ("f.1", 1.0, True, bool),
    ],
)
def test_a_slot_is_written_in_its_own_type(
    name: str, written: float, read: object, kind: type
) -> None:
    """Scenarios hold floats; the record gets the type its rules expect, in one slot only."""
    small, slots = Small(), slot_index(Small)
    set_slot(small, slots[name], written)
    assert get_slot(small, slots[name]) == read
    assert type(get_slot(small, slots[name])) is kind
    untouched = Small()
    for other, slot in slots.items():
        if other != name:
            assert get_slot(small, slot) == get_slot(untouched, slot)


@given(st.lists(st.floats(-1e6, 1e6), min_size=6, max_size=6))
def test_a_copy_is_equal_and_independent(values: list[float]) -> None:
    """A copied record holds the same values and none of the same lists."""
    one = Small()
    one.row = values[:2]
    one.plain = values[2]
    two = copy_record(one)
    assert type(two) is Small
    assert all(getattr(two, s.attr) == getattr(one, s.attr) for s in fields_of(Small))
    two.row[0] += 1.0
    two.table[1][2] = -1
    assert one.row == values[:2]
    assert one.table[1][2] == 6


def test_a_copy_is_independent_down_to_the_last_dimension() -> None:
    """Writing into a cube of a copy leaves the original alone."""
    params = Params()
    twin = copy_record(params)
    twin.ge_results[0][0][0] += 1.0
    assert params.ge_results[0][0][0] == 0.0


def test_the_struct_holds_the_same_values() -> None:
    """The compiled twin has a field for each of the record's, of the same shape and value."""
    small = Small()
    small.table[1][0] = 42
    struct = to_struct(small)
    assert struct.dtype == dtype_of(Small)
    assert struct.dtype.names == tuple(spec.attr for spec in fields_of(Small))
    assert struct["table"][0].tolist() == small.table
    assert struct["plain"][0] == 0.5
    assert struct["on"][0]
    assert struct["flags"].dtype == np.int64
    assert struct["row"].shape == (1, 2)


def test_a_unit_that_is_not_in_the_list_is_refused() -> None:
    """Units are a closed vocabulary."""
    with pytest.raises(ValueError, match="'furlongs'"):
        field("a.b", unit="furlongs", meaning="No.")


@pytest.mark.parametrize("cls", [State, Params])
def test_the_real_tables_are_sound(cls: type) -> None:
    """Names are unique and plain, units known, meanings sentences, initial values of their type."""
    names = [slot.name for spec in fields_of(cls) for slot in spec.slots()]
    assert len(names) == len(set(names)) == len(slot_index(cls))
    for spec in fields_of(cls):
        assert spec.unit in UNITS
        assert spec.meaning[0].isupper() or spec.meaning[0].isdigit()
        assert spec.meaning.endswith(".")
        assert (spec.unit == "flag") == (spec.type is bool)
        assert spec.unit != "code" or issubclass(spec.type, IntEnum | int)
    for name, slot in slot_index(cls).items():
        assert name == name.lower()
        assert len(name.split()) == 1
        assert float(slot.initial) == float(get_slot(cls(), slot))


def test_state_and_parameters_share_no_name() -> None:
    """A dotted name means one thing, wherever it is set."""
    assert not set(slot_index(State)) & set(slot_index(Params))
