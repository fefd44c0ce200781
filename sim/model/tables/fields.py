"""Fields of record classes, declared once.

A record class lists its fields with `field(...)`. This list yields the `__slots__` class of the
SimPy engine, the structured dtype of the compiled engine, the dotted names a scenario may set, and
the reference pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache
from itertools import product
from typing import Any, TypeVar

import numpy as np

from sim.units import UNITS

Path = str | Callable[[tuple[int, ...]], str | None]
Dimension = type[IntEnum] | int
T = TypeVar("T")

_SCALARS = {"float": float, "int": int, "bool": bool}
_PLACEHOLDER = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """Row of the field table.

    Attributes:
        attr: Name of the attribute in the record.
        path: Dotted name with one `{placeholder}` per dimension, or a function from the index to
            the name (None if that index is unused). An empty string marks a field for bookkeeping,
            which no scenario may set.
        unit: A key of `sim.units.UNITS`.
        meaning: One sentence, with the sign convention if there is one.
        type: float, int, bool or an IntEnum (a code); taken from the annotation unless a code.
        init: Initial value, a scalar or nested sequences of the field's shape.
        shape: One enum or length per dimension; empty for a scalar.
        least: Lowest value allowed; None if the unit determines it.
        is_definition: Whether a parameter only defines how an outcome is read off a run: no change
            of it changes what happens. Such a parameter is never drawn from its range.
        is_memory: Whether it tells what was done before, so that a world as of a day takes it over
            from the record, although no scenario may set it.
    """

    attr: str
    path: Path
    unit: str
    meaning: str
    type: type
    init: Any
    shape: tuple[Dimension, ...]
    least: float | None = None
    is_definition: bool = False
    is_memory: bool = False

    @property
    def lengths(self) -> tuple[int, ...]:
        """Returns the length of each dimension."""
        return _lengths(self.shape)

    def slots(self) -> Iterator[Slot]:
        """Yields one slot for each dotted name of this field."""
        for index in product(*(range(length) for length in self.lengths)):
            name = self.path(index) if callable(self.path) else self._name(index)
            if name:
                yield Slot(name, self.attr, index, self)

    def _name(self, index: tuple[int, ...]) -> str:
        assert isinstance(self.path, str)
        labels = iter(
            str(i) if isinstance(dim, int) else dim(i).name.lower()
            for i, dim in zip(index, self.shape, strict=True)
        )
        return _PLACEHOLDER.sub(lambda _: next(labels), self.path)


@dataclass(frozen=True, slots=True)
class Slot:
    """Number of a record under its dotted name, e.g. `us.addon.fentanyl_pp`."""

    name: str
    attr: str
    index: tuple[int, ...]
    spec: FieldSpec

    @property
    def initial(self) -> Any:
        """Returns the initial value of this slot."""
        value = self.spec.init
        for i in self.index:
            if not isinstance(value, Sequence):
                break
            value = value[i]
        return value


def field(
    path: Path,
    *,
    unit: str,
    meaning: str,
    init: Any = 0,
    shape: tuple[Dimension, ...] = (),
    code: type[IntEnum] | None = None,
    least: float | None = None,
    is_definition: bool = False,
    is_memory: bool = False,
) -> Any:
    """Declares a field of a record class (see `FieldSpec` for the arguments)."""
    if unit not in UNITS:
        raise ValueError(f"unit {unit!r} of {path!r} is not in sim.units.UNITS")
    # `record` takes name and type from the class body.
    return FieldSpec(
        "", path, unit, meaning, code or object, init, shape, least, is_definition, is_memory
    )


def record(cls: type[T]) -> type[T]:
    """Turns a class that lists fields into a `__slots__` class with their initial values.

    Fields of base classes come first, in the order of the bases.
    """
    specs = tuple(
        _named(spec, name, base.__annotations__[name])
        for base in (*cls.__bases__, cls)
        for name, spec in vars(base).items()
        if isinstance(spec, FieldSpec)
    )

    def fill(self: Any) -> None:
        for spec in specs:
            setattr(self, spec.attr, _filled(spec.init, spec.lengths))

    body = {
        "__doc__": cls.__doc__,
        "__module__": cls.__module__,
        "__slots__": tuple(spec.attr for spec in specs),
        "__annotations__": {s.attr: s.type for s in specs},
        "__init__": fill,
        "FIELDS": specs,
        "DTYPE": np.dtype([(s.attr, _scalar_type(s), s.lengths) for s in specs], align=True),
    }
    return type(cls.__name__, (), body)


def fields_of(cls: type) -> tuple[FieldSpec, ...]:
    """Returns the rows of a record class in declaration order."""
    specs: tuple[FieldSpec, ...] = cls.FIELDS  # type: ignore[attr-defined]
    return specs


def slot_index(cls: type) -> dict[str, Slot]:
    """Returns every dotted name of a record class with its slot, in declaration order."""
    return {slot.name: slot for spec in fields_of(cls) for slot in spec.slots()}


def memory_index(cls: type) -> dict[str, Slot]:
    """Returns the slots of what a world as of a day remembers, by attribute and place, e.g.
    `hike_day.0`, in declaration order."""
    found = {}
    for spec in fields_of(cls):
        for index in product(*map(range, spec.lengths)) if spec.is_memory else ():
            name = ".".join([spec.attr, *map(str, index)])
            found[name] = Slot(name, spec.attr, index, spec)
    return found


def get_slot(obj: object, slot: Slot) -> Any:
    """Returns the value an object holds in a slot."""
    value = getattr(obj, slot.attr)
    for i in slot.index:
        value = value[i]
    return value


def set_slot(obj: object, slot: Slot, value: float) -> None:
    """Writes a value into a slot, in the type of the slot."""
    kind = slot.spec.type if slot.spec.type in (float, bool) else int
    typed = kind(value)
    if not slot.index:
        setattr(obj, slot.attr, typed)
        return
    target = getattr(obj, slot.attr)
    for i in slot.index[:-1]:
        target = target[i]
    target[slot.index[-1]] = typed


def copy_record(obj: T) -> T:
    """Returns an independent copy of a record (arrays included)."""
    cls = type(obj)
    twin = cls.__new__(cls)
    for spec in fields_of(cls):
        setattr(twin, spec.attr, _copied(getattr(obj, spec.attr), len(spec.shape)))
    return twin


def dtype_of(cls: type) -> np.dtype[Any]:
    """Returns the structured dtype of the compiled twin of a record class."""
    dtype: np.dtype[Any] = cls.DTYPE  # type: ignore[attr-defined]
    return dtype


def to_struct(obj: object) -> np.ndarray[Any, Any]:
    """Returns a one-element structured array with the values of a record."""
    out = np.zeros(1, dtype_of(type(obj)))
    for spec in fields_of(type(obj)):
        out[spec.attr][0] = getattr(obj, spec.attr)
    return out


def _named(spec: FieldSpec, name: str, annotation: str) -> FieldSpec:
    """Returns a field with the name of its attribute and the type of its annotation."""
    scalar = annotation.replace("list[", "").rstrip("]")
    kind = spec.type if spec.type is not object else _SCALARS[scalar]
    init = _typed(spec.init, bool if kind is bool else int if kind is not float else float)
    return replace(spec, attr=name, type=kind, init=init)


def _typed(init: Any, kind: type) -> Any:
    return [_typed(row, kind) for row in init] if isinstance(init, Sequence) else kind(init)


@cache
def _lengths(shape: tuple[Dimension, ...]) -> tuple[int, ...]:
    return tuple(d if isinstance(d, int) else len(d) for d in shape)


def _copied(value: Any, depth: int) -> Any:
    """Returns a deep copy of nested lists with the given number of dimensions."""
    if depth == 0:
        return value
    return value[:] if depth == 1 else [_copied(row, depth - 1) for row in value]


def _scalar_type(spec: FieldSpec) -> type[np.generic]:
    if spec.type is float:
        return np.float64
    # Compiled records cannot hold arrays of booleans, so an integer 0 or 1 is used.
    return np.bool_ if spec.type is bool and not spec.shape else np.int64


def _filled(init: Any, lengths: tuple[int, ...]) -> Any:
    if not lengths:
        return init
    rows = init if isinstance(init, Sequence) else [init] * lengths[0]
    return [_filled(row, lengths[1:]) for row in rows]
