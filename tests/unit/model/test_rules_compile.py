"""Every rule, compiled alone, equals its Python self to the bit."""

from __future__ import annotations

import importlib
import inspect
import math
import pkgutil
import random
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import Any

import numba
import numpy as np
import pytest
from numba.extending import register_jitable

import sim.economy
import sim.model
from sim.economy.macro import HORIZON_MONTHS, N_CAUSES, N_MACRO
from sim.economy.sectors import N_GOODS
from sim.engine.ladders import SWITCHES
from sim.model.tables import vocabulary as v
from sim.model.tables.fields import FieldSpec, copy_record, dtype_of, fields_of, to_struct
from sim.model.tables.parameters.bargain import STRUCTURES
from sim.model.tables.params import Params
from sim.model.tables.state import State

NOT_RULES = {
    "outcome",
    "legal",
    "politics",
    "trade",
    "equilibrium",
    "records",
    "sectors",
}
STATES = 1000


def rule_modules() -> Iterator[ModuleType]:
    """Yields the modules that hold rules, found by walking the packages."""
    for package in (sim.economy, sim.model):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            table = info.name.startswith("sim.model.tables.") or (
                info.name.rpartition(".")[2] in NOT_RULES
            )
            if not info.ispkg and not table:
                yield importlib.import_module(info.name)


def rules() -> dict[str, Callable[..., Any]]:
    """Returns every function defined in a rule module by its dotted name."""
    return {
        f"{module.__name__}.{name}": function
        for module in rule_modules()
        for name, function in vars(module).items()
        if inspect.isfunction(function) and function.__module__ == module.__name__
    }


RULES = rules()
for _rule in RULES.values():
    if _rule not in SWITCHES:
        register_jitable(_rule)


def random_slot(spec: FieldSpec, draw: random.Random) -> Any:
    """Returns a random value inside the vocabulary of a field."""
    if spec.type is bool:
        return draw.random() < 0.3
    if spec.unit == "date":
        return draw.choice([0, 0, 739_280 + draw.randrange(60)])
    if spec.attr in {"pending_side", "call_by"}:
        return draw.randrange(2)
    if spec.attr == "pending_layer":
        return draw.randrange(len(v.Layer))
    if spec.attr.startswith("reply_instrument"):
        return draw.randrange(len(v.Instrument) + 1)
    if spec.type is int:
        return draw.randrange(5)
    if spec.attr in {"table_structure", "approval_structure"}:
        return int(draw.choice(STRUCTURES))
    if spec.attr == "structure_signed":
        return int(draw.choice((-1, -1, *STRUCTURES)))
    if spec.type is not float:
        return draw.randrange(len(spec.type))
    if spec.attr == "units":
        # What can be had of a clause comes in tens of points, levels or shares, or not at all.
        return draw.choice([0.0, 0.0, 0.5, 1.0, 1.0, 2.0, 3.4])
    if spec.attr == "offer":
        return draw.choice([0.0, 0.0, 1.0, 1.0, 0.3])
    if spec.attr in {"gain", "believed"}:
        return draw.gauss(0.0, 1.0)
    if spec.unit in {"share", "probability", "1/day"}:
        return draw.random()
    return draw.uniform(-1.0, 60.0) if draw.random() < 0.3 else draw.random() * 3.0


def fill(cls: type, draw: random.Random) -> tuple[Any, Any]:
    """Returns a random record twice: as the readable object and as the compiled struct."""
    twin = np.zeros(1, dtype_of(cls))
    obj = cls()
    for spec in fields_of(cls):
        flat = [random_slot(spec, draw) for _ in range(math.prod(spec.lengths))]
        shaped = np.array(flat).reshape(spec.lengths) if spec.shape else flat[0]
        twin[spec.attr][0] = shaped
        setattr(obj, spec.attr, shaped.tolist() if spec.shape else shaped)
    if cls is State:
        obj.day = 739_320
        twin["day"][0] = 739_320
    return obj, twin[0]


@cache
def pool(cls: type, count: int) -> list[tuple[Any, Any]]:
    """Returns random records that every rule is tried on; making them anew would take longer than
    trying."""
    draw = random.Random(20251023)  # noqa: S311 - test data, not luck of the model
    return [fill(cls, draw) for _ in range(count)]


ARGUMENTS: dict[str, Callable[[random.Random], Any]] = {
    "side": lambda d: d.randrange(2),
    "exporter": lambda d: d.randrange(2),
    "importer": lambda d: d.randrange(2),
    "layer": lambda d: d.randrange(len(v.Layer)),
    "instrument": lambda d: d.randrange(-1, len(v.Instrument)),
    "authority": lambda d: d.randrange(len(v.Authority)),
    "statute": lambda d: d.randrange(len(v.Authority)),
    "ruling": lambda d: d.randrange(len(v.CourtCase)),
    "act": lambda d: d.randrange(v.N_CHOICES),
    "package": lambda d: d.randrange(len(v.Package)),
    "clause": lambda d: d.randrange(len(v.Clause)),
    "structure": lambda d: int(d.choice(STRUCTURES)),
    "barred": lambda d: d.randrange(-1, len(v.Clause)),
    "proposer": lambda d: d.randrange(2),
    "price": lambda d: d.randrange(len(v.Price)),
    "issue": lambda d: d.randrange(len(v.Issue)),
    "rank": lambda d: d.randrange(2),
    "accord": lambda d: d.randrange(2),
    "part": lambda d: d.randrange(4),
    "party": lambda d: d.randrange(3),
    "venue": lambda d: d.randrange(5),
    "stage": lambda d: d.randrange(5),
    "event": lambda d: d.randrange(len(v.ToneEvent)),
    "post": lambda d: d.randrange(4),
    "lead": lambda d: d.randrange(4),
    "good": lambda d: d.randrange(N_GOODS),
    "who": lambda d: d.randrange(2),
    "region": lambda d: d.randrange(3),
    "variable": lambda d: d.randrange(N_MACRO),
    "cause": lambda d: d.randrange(N_CAUSES),
    "slot": lambda d: d.randrange(HORIZON_MONTHS),
    "age": lambda d: d.randrange(HORIZON_MONTHS),
    "months": lambda d: d.randrange(HORIZON_MONTHS + 6),
    "category": lambda d: d.randrange(len(v.Category)),
    "slot_day": lambda d: d.choice([0, 739_400]),
}


def argument(parameter: inspect.Parameter, draw: random.Random) -> Any:
    """Returns a random argument for a rule's parameter, by its name and annotation."""
    if parameter.name in ARGUMENTS and parameter.annotation == "int":
        low = ARGUMENTS[parameter.name](draw)
        return max(low, 0) if parameter.name == "instrument" and draw.random() < 0.9 else low
    if parameter.annotation == "Sequence[float]":
        return np.array([draw.random() for _ in range(32)])
    if parameter.annotation == "bool":
        return draw.random() < 0.5
    if parameter.annotation == "int":
        return draw.randrange(3)
    if parameter.name.startswith("u"):
        return draw.random()
    return draw.uniform(-2.0, 60.0)


def disagreements(rule: Callable[..., Any], compiled: Callable[..., Any]) -> int:
    """Returns in how many of 1,000 random states a rule and its compiled self part."""
    draw = random.Random(20251023)  # noqa: S311 - test data, not luck of the model
    parameters = list(inspect.signature(rule).parameters.values())
    parted = 0
    for i in range(STATES):
        params, params_twin = pool(Params, STATES // 10)[i // 10]
        readable: list[Any] = []
        bulk: list[Any] = []
        state: Any = None
        for parameter in parameters:
            if parameter.name == "state":
                obj, struct = pool(State, STATES)[i]
                # Byte by byte: numpy's own copy leaves what is between the fields to chance.
                raw = bytearray(struct.tobytes())
                state, state_twin = copy_record(obj), np.frombuffer(raw, struct.dtype)[0]
                readable.append(state)
                bulk.append(state_twin)
            elif parameter.name == "params":
                readable.append(params)
                bulk.append(params_twin)
            else:
                value = argument(parameter, draw)
                readable.append(value)
                bulk.append(value)
        expected, actual = rule(*readable), compiled(*bulk)
        same = (
            np.float64(0 if expected is None else expected).tobytes()
            == np.float64(0 if actual is None else actual).tobytes()
        )
        if state is not None:
            same = same and to_struct(state)[0].tobytes() == state_twin.tobytes()
        parted += not same
    return parted


@pytest.mark.parametrize("name", sorted(RULES))
def test_rule_equals_its_compiled_self(name: str) -> None:
    """A rule gives the same bits in both engines on 1,000 random states."""
    rule = RULES[name]

    # A rule that looks a row up has a ladder in compiled code.
    assert disagreements(rule, numba.njit(SWITCHES.get(rule, rule))) == 0


def planted(x: float) -> float:
    """A rule that breaks the law: whole numbers without bound in Python, of 64 bits compiled."""
    return float((int(x) + 3) ** 40 % 1000)


def test_planted_breach_is_caught() -> None:
    """The comparison fails on a rule that raises to a power, whatever the machine's own exp."""
    assert disagreements(planted, numba.njit(planted)) > 0


def test_rules_follow_the_law() -> None:
    """No rule raises to a power, sums, draws, or is decorated; no module imports numpy or time."""
    banned = (" ** ", " sum(", "np.", "random", "datetime", " open(", "lambda")
    for name, rule in RULES.items():
        source = inspect.getsource(rule).split('"""')
        code = "".join(source[::2])
        assert not any(word in code for word in banned), name
        assert not code.lstrip().startswith("@"), name
