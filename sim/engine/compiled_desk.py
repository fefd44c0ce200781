"""Compiled twins of `desk`, and the registration of every function that compiled code calls.

Importing this module makes every rule, every clock function and every outcome reader callable from
compiled code. They remain ordinary Python functions; nothing in them is changed.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Sequence
from functools import cache
from types import ModuleType
from typing import Any, Final

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic, overload

import sim.economy
import sim.model
from sim.engine import act_rates, desk, interventions, processes, statements, third_parties
from sim.engine.draws import (
    HALF_SPAN,
    HIGH_BITS,
    KEY_STEP_0_WORD,
    KEY_STEP_1_WORD,
    LOW_BITS,
    MASK_WORD,
    MULTIPLIER_0_WORD,
    MULTIPLIER_2_WORD,
    ROUNDS,
    SPAN,
)
from sim.engine.ladders import SWITCHES, callable_compiled, observed
from sim.engine.plan import N_PARAMETERS, NUMBERS, PLACES, Plan
from sim.engine.sites import COLUMNS
from sim.model.tables.fields import Slot, dtype_of
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.equilibrium_table import equilibrium_table

_STREAMS: Final = np.array([stream for stream, _ in COLUMNS], np.uint64)
_KS: Final = np.array([k for _, k in COLUMNS], np.uint64)

# Numba prints the arguments of every function at every stage of compiling it, including all fields
# of a record. That takes a tenth of the time.
types.Record.__repr__ = cache(types.Record.__repr__)  # type: ignore[method-assign]

GRID_SHAPE: Final = equilibrium_table().results.shape
MOST_STEPS: Final = 512
RING_EVENTS: Final = MOST_STEPS + 64
"""Events that one ring of a clock may write: one for each step of an intervention, and more than
the rules of any ring write."""
MOST_CONDITIONS: Final = 128
MOST_ROWS: Final = 16
MOST_SLOTS: Final = 64
MOST_SEATS: Final = 64

_PLAN: Final = np.dtype(
    [
        ("start", "i8"),
        ("until", "i8"),
        ("sets_parameters", "i8"),
        ("step_do", "i8", MOST_STEPS),
        ("step_side", "i8", MOST_STEPS),
        ("step_act", "i8", MOST_STEPS),
        ("step_value", "f8", MOST_STEPS),
        ("step_day", "i8", MOST_STEPS),
        ("n_dated", "i8"),
        ("n_rows", "i8"),
        ("when_steps", "i8", MOST_ROWS + 1),
        ("when_conditions", "i8", MOST_ROWS + 1),
        ("when_rest", "i8", MOST_ROWS),
        ("condition_observable", "i8", MOST_CONDITIONS),
        ("condition_operator", "i8", MOST_CONDITIONS),
        ("condition_value", "f8", MOST_CONDITIONS),
        ("condition_days", "i8", MOST_CONDITIONS),
        ("summit_slots", "i8", MOST_SLOTS),
        ("seat_post", "i8", MOST_SEATS),
        ("seat_camp", "i8", MOST_SEATS),
        ("seat_voice", "f8", MOST_SEATS),
        ("seat_mandate", "f8", MOST_SEATS),
        ("grid", "f8", GRID_SHAPE),
        ("grid_logs", "f8", GRID_SHAPE[0]),
        ("grid_rest_pp", "f8", GRID_SHAPE[1]),
    ],
    align=True,
)
"""Compiled twin of `Plan`: columns with more room than scenarios need; unused elements are 0."""

WORLD: Final = np.dtype(
    [
        ("state", dtype_of(State)),
        ("params", dtype_of(Params)),
        ("plan", _PLAN),
        ("seed", "u8"),
        ("replicate", "u8"),
        ("next_step", "i8"),
        ("fired", "i8", MOST_ROWS),
        ("streaks", "i8", MOST_CONDITIONS),
        ("scratch", "f8", len(COLUMNS)),
        ("records", "i8"),
        ("n_events", "i8"),
        ("event_day", "i8", RING_EVENTS),
        ("event_side", "i8", RING_EVENTS),
        ("event_act", "i8", RING_EVENTS),
        ("event_size", "f8", RING_EVENTS),
    ],
    align=True,
)
"""Compiled twin of `World`: one block of memory, passed as one pointer. `scratch` has room for the
uniforms of a day; `records` is 1 if events are to be stored.
"""


def fill_plan(plan: Plan, target: Any) -> None:
    """Copies a plan into its compiled twin."""
    for name, values in plan._asdict().items():
        if isinstance(values, int):
            target[name] = values
        elif values:
            target[name][: len(values)] = values


def fits(plan: Plan) -> bool:
    """Returns whether the compiled twin has room for a plan."""
    return all(
        isinstance(values, int) or len(values) <= _PLAN[name].shape[0]
        for name, values in plan._asdict().items()
    )


REAL: Final = 0
WHOLE: Final = 1
TRUTH: Final = 2


def _kind_and_offset(record: np.dtype[Any], slot: Slot) -> tuple[int, int]:
    """Returns the type of a number in a compiled record, and its offset in bytes."""
    assert record.fields is not None
    dtype, offset = record.fields[slot.attr][:2]
    inside = int(np.ravel_multi_index(slot.index, dtype.shape)) if slot.index else 0
    kinds = {"f": REAL, "i": WHOLE, "b": TRUTH}
    return kinds[dtype.base.kind], offset + inside * dtype.base.itemsize


_PLACES: Final = [
    _kind_and_offset(WORLD["params"] if i < N_PARAMETERS else WORLD["state"], slot)
    for i, slot in enumerate(NUMBERS)
]
_NUMBER_KIND: Final = np.array([kind for kind, _ in _PLACES], np.int64)
_NUMBER_BYTE: Final = np.array([byte for _, byte in _PLACES], np.int64)
WORD_BYTES: Final = 8

# No parameter is a flag, which alone would be narrower than a word.
assert TRUTH not in _NUMBER_KIND[:N_PARAMETERS]


def set_parameters(words: np.ndarray[Any, Any], names: Sequence[str], numbers: Any) -> None:
    """Writes numbers into compiled parameters, in the types of their fields.

    Args:
        words: Parameters as 64-bit words, shape (vectors, words).
        names: Names of the parameters.
        numbers: Their values, shape (vectors, names).
    """
    places = np.array([PLACES[name] for name in names], np.int64)
    kinds, columns = _NUMBER_KIND[places], _NUMBER_BYTE[places] // WORD_BYTES
    for kind, dtype in ((REAL, np.float64), (WHOLE, np.int64)):
        of_kind = kinds == kind
        words[:, columns[of_kind]] = numbers[:, of_kind].astype(dtype).view(np.uint64)


@callable_compiled
def uniform(seed: Any, replicate: Any, day: int, stream: Any, k: Any) -> float:
    """Returns the same as `draws.uniform`; words are uint64 holding 32 bits."""
    c0, c1, c2, c3 = np.uint64(day), stream, k, np.uint64(0)
    k0, k1 = seed, replicate
    for _ in range(ROUNDS):
        product_0 = MULTIPLIER_0_WORD * c0
        product_2 = MULTIPLIER_2_WORD * c2
        c0 = (product_2 >> HIGH_BITS) ^ c1 ^ k0
        c1 = product_2 & MASK_WORD
        c2 = (product_0 >> HIGH_BITS) ^ c3 ^ k1
        c3 = product_0 & MASK_WORD
        k0 = (k0 + KEY_STEP_0_WORD) & MASK_WORD
        k1 = (k1 + KEY_STEP_1_WORD) & MASK_WORD
    high, low = np.int64(c0 >> LOW_BITS), np.int64(c1 >> LOW_BITS)
    return (high * HALF_SPAN + low + 0.5) / SPAN


@overload(desk.draw)
def _draw(world: Any, site: Any) -> Any:
    def draw(world: Any, site: Any) -> Any:
        return uniform(world.seed, world.replicate, world.state.day, _STREAMS[site], _KS[site])

    return draw


@overload(desk.draws)
def _draws(world: Any, site: Any, count: Any) -> Any:
    def draws(world: Any, site: Any, count: Any) -> Any:
        for i in range(site, site + count):
            world.scratch[i] = desk.draw(world, i)
        return world.scratch[site : site + count]

    return draws


@overload(desk.note)
def _note(world: Any, kind: Any, side: Any, size: Any) -> Any:
    def note(world: Any, kind: Any, side: Any, size: Any) -> Any:
        place = world.n_events
        if world.records == 1 and place < RING_EVENTS:
            world.event_day[place] = world.state.day
            world.event_side[place] = side
            world.event_act[place] = kind
            world.event_size[place] = size
            world.n_events = place + 1

    return note


@overload(desk.note_decision)
def _note_decision(world: Any, side: Any, act: Any) -> Any:
    def note_decision(world: Any, side: Any, act: Any) -> Any:
        return None

    return note_decision


@overload(desk.note_proposal)
def _note_proposal(world: Any, side: Any, u_us: Any, u_cn: Any) -> Any:
    def note_proposal(world: Any, side: Any, u_us: Any, u_cn: Any) -> Any:
        return None

    return note_proposal


def _store(dtype: Any) -> Any:
    """Returns a function that writes a number of a given type at a byte offset of a record.

    Numba's records do not offer this.
    """

    @intrinsic
    def store(context: Any, record: Any, byte: Any, value: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            record, byte, value = arguments
            start = builder.bitcast(record, ir.IntType(8).as_pointer())
            kind = context.get_data_type(dtype)
            target = builder.bitcast(builder.gep(start, [byte]), kind.as_pointer())
            builder.store(context.get_value_as_data(builder, dtype, value), target)
            return context.get_dummy_value()

        return types.void(record, types.intp, dtype), generate

    return store


_store_real = _store(types.float64)
_store_whole = _store(types.int64)
_store_truth = _store(types.boolean)


@overload(desk.write_number)
def _write_number(world: Any, place: Any, value: Any) -> Any:
    def write_number(world: Any, place: Any, value: Any) -> Any:
        if place < N_PARAMETERS:
            write(world.params, place, value)
        else:
            write(world.state, place, value)

    return write_number


@callable_compiled
def write(record: Any, place: int, value: float) -> None:
    """Writes a number into its record, in the type of its field."""
    kind, byte = _NUMBER_KIND[place], _NUMBER_BYTE[place]
    if kind == REAL:
        _store_real(record, byte, value)
    elif kind == WHOLE:
        _store_whole(record, byte, int(value))
    else:
        _store_truth(record, byte, value != 0.0)


@overload(desk.observe)
def _observe(world: Any, observable: Any) -> Any:
    def observe(world: Any, observable: Any) -> Any:
        return observed(world.state, world.params, observable)

    return observe


def _register(module: ModuleType) -> None:
    for function in vars(module).values():
        own = inspect.isfunction(function) and function.__module__ == module.__name__
        if own and function not in SWITCHES:
            callable_compiled(function)


for _package in (sim.economy, sim.model):
    for _info in pkgutil.walk_packages(_package.__path__, f"{_package.__name__}."):
        _register(importlib.import_module(_info.name))
_register(act_rates)
_register(processes)
_register(third_parties)
_register(interventions)
_register(statements)
