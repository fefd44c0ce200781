"""Ladders: tables of rules written out as source for compiled code.

Compiled code can neither loop over functions nor look one up in a table. A table is therefore
written out as source with one branch per row. The bodies of its lambdas are pasted in, because
compiling each separately would take ten times as long. Plain Python looks the row up instead;
`SWITCHES` pairs the two.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from numba.extending import overload, register_jitable

from sim.engine.blocks import GROUPS
from sim.engine.plan import OBSERVABLES
from sim.model.bargain import table
from sim.model.bargain.clauses import CLAUSES, no_worth, nothing
from sim.model.governments import menu
from sim.model.governments.acts import ACTS
from sim.model.outcomes.outcome import At, Outcome

# Division by 0 gives infinity, as numpy's does: Python's would raise, which rules never let happen.
_OPTIONS: Final[Any] = {"no_cfunc_wrapper": True, "error_model": "numpy"}

callable_compiled = register_jitable(**_OPTIONS)

Rule = Callable[..., Any]
Names = dict[str, Any]


@cache
def _lambdas(file: str) -> dict[int, ast.Lambda]:
    """Returns every lambda of a source file, by its first line."""
    tree = ast.parse(Path(file).read_text("utf-8"))
    return {node.lineno: node for node in ast.walk(tree) if isinstance(node, ast.Lambda)}


def call(rule: Rule, arguments: Sequence[str], names: Names) -> str:
    """Returns source that calls a rule; a lambda is replaced by its body.

    Args:
        rule: A rule, or a lambda of one line that is the only one on its line.
        arguments: Names of its arguments at the place of the call; a lambda must use the same
            names.
        names: Namespace to which the names used in the source are added.
    """
    if rule.__name__ != "<lambda>":
        names[rule.__name__] = rule
        return f"{rule.__name__}({', '.join(arguments)})"
    found = _lambdas(rule.__code__.co_filename)[rule.__code__.co_firstlineno]
    if [argument.arg for argument in found.args.args] != list(arguments):
        raise ValueError(f"a lambda of this table takes {arguments}: {ast.unparse(found)}")
    names.update({name: rule.__globals__[name] for name in _globals_of(found)})
    return ast.unparse(found.body)


def _globals_of(node: ast.Lambda) -> set[str]:
    own = {argument.arg for argument in node.args.args} | {"min", "max", "abs", "float", "int"}
    return {n.id for n in ast.walk(node.body) if isinstance(n, ast.Name)} - own


def ladder(head: str, branches: Iterable[str], tail: str, names: Names) -> Any:
    """Returns a function made of a head, one branch per row and a tail, callable from compiled
    code."""
    source = "\n".join([head, *branches, tail])
    exec(source, names)  # noqa: S102 - made only of our own source
    return callable_compiled(names["ladder"])


def reader(outcomes: Sequence[Outcome], line: str, head: str, tail: str = "") -> Any:
    """Returns a function that reads outcomes; `line` is written out once for each."""
    names: Names = {}
    rows = []
    for i, outcome in enumerate(outcomes):
        read: Any = outcome.read
        if isinstance(read, At):
            value = call(read.rule, ("s", "p", str(read.place)), names)
        else:
            value = call(read, ("s", "p"), names)
        rows.append(line.format(i=i, value=value))
    return ladder(head, rows, tail, names)


_IN_ROW: Final = "    row[place + {i}] = {value}"
READERS: Final = tuple(reader(group, _IN_ROW, "def ladder(s, p, row, place):") for group in GROUPS)
"""Reader of each group of `blocks.GROUPS`: writes outcomes into consecutive places of a row."""

observed: Final = reader(
    OBSERVABLES,
    "    if place == {i}:\n        return float({value})",
    "def ladder(s, p, place):",
    "    return 0.0",
)
"""Reader of one of `plan.OBSERVABLES`, by its position."""


def _acts_open() -> Any:
    names: Names = {}
    rows = [
        f"    if act == {row.act:d}:\n        return {call(row.legal, ('s', 'p', 'side'), names)}"
        for row in ACTS
    ]
    return ladder("def ladder(s, p, side, act):", rows, "    return False", names)


def _act_effects() -> Any:
    names: Names = {}
    rows = []
    for row in ACTS:
        effect = call(row.effect, ("s", "p", "side", "u1", "u2"), names)
        done = f"return {effect}" if row.asks else f"{effect}\n        return True"
        rows.append(f"    if act == {row.act:d}:\n        {done}")
    return ladder("def ladder(s, p, side, act, u1, u2):", rows, "    return False", names)


def _clause_units() -> Any:
    names: Names = {}
    rows = [
        f"    if clause == {row.clause:d}:\n        return {call(row.units, ('s', 'p'), names)}"
        for row in CLAUSES
    ]
    return ladder("def ladder(s, p, clause):", rows, "    return 0.0", names)


def _clause_worth() -> Any:
    names: Names = {}
    rows = [
        f"    if clause == {row.clause:d}:\n"
        f"        return {call(row.usd_bn, ('s', 'p', 'side'), names)}"
        for row in CLAUSES
        if row.usd_bn is not no_worth
    ]
    return ladder("def ladder(s, p, side, clause):", rows, "    return 0.0", names)


def _clause_effects() -> Any:
    names: Names = {}
    rows = [
        f"    if clause == {row.clause:d}:\n        {call(row.effect, ('s', 'p', 'amount'), names)}"
        for row in CLAUSES
        if row.effect is not nothing
    ]
    return ladder("def ladder(s, p, clause, amount):", rows, "    return", names)


SWITCHES: Final[dict[Rule, Any]] = {
    menu.is_open: _acts_open(),
    menu.apply_act: _act_effects(),
    table.clause_units: _clause_units(),
    table.clause_usd_bn: _clause_worth(),
    table.apply_clause: _clause_effects(),
}
"""Rules that look a row up, and the ladders that replace them in compiled code. A code without a
row raises an error in Python; in compiled code it is never legal and has no effect."""


def _stand_in(twin: Any) -> Callable[..., Any]:
    def typed(*_: Any) -> Any:
        return twin

    return typed


for _rule, _twin in SWITCHES.items():
    overload(_rule, jit_options=_OPTIONS, strict=False)(_stand_in(_twin))
