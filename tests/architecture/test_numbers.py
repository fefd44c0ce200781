"""No number in a rule without a source: rules use parameters, and a short table of constants."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RULES = [
    path
    for folder in ("sim/model", "sim/economy")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "tables" not in path.parts
    and path.name not in {"constants.py", "sectors.py", "outcome.py", "equilibrium.py"}
]
"""Modules of rules. Tables of what there is hold codes, lengths and margins; the solver of the
equilibrium makes a table that runs read, and its numbers are those of a numerical method."""

FREE = frozenset({0, 1})
WITH_A_REASON = frozenset({0.5, 2})
MOST_CONSTANTS = 20


def numbers(node: ast.AST) -> Iterator[ast.Constant]:
    """Yields the numbers written below a node of a syntax tree."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and type(part.value) in (int, float):
            yield part


def unexplained(source: str) -> list[str]:
    """Returns the numbers in functions and lambdas of a module that need a name, by line."""
    lines = source.splitlines()
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.Lambda):
            continue
        for number in numbers(node):
            line = lines[number.lineno - 1]
            above = lines[number.lineno - 2].strip()
            reason = "#" in line or above.startswith("#")
            allowed = number.value in FREE or (number.value in WITH_A_REASON and reason)
            if not allowed:
                found.append(f"{number.lineno}: {number.value} in `{line.strip()}`")
    return sorted(set(found))


def named(source: str) -> list[str]:
    """Returns the names a module gives to plain numbers other than 0 and 1."""
    found = []
    for node in ast.parse(source).body:
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        plain = value.operand if isinstance(value, ast.UnaryOp) else value
        if isinstance(plain, ast.Constant) and type(plain.value) is float:
            found.append(ast.unparse(node))
    return found


@pytest.mark.parametrize("path", RULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_rules_hold_no_number_without_a_source(path: Path) -> None:
    """A number in a rule is a parameter or a named constant; 0.5 and 2 have a reason there."""
    source = path.read_text("utf-8")

    assert unexplained(source) == []
    assert named(source) == []


def test_the_table_of_constants_is_short() -> None:
    """It holds conversions of units and numerical guards, and cannot become a second home."""
    tree = ast.parse((ROOT / "sim/economy/constants.py").read_text("utf-8"))
    rows = [node for node in tree.body if isinstance(node, ast.AnnAssign)]

    assert 0 < len(rows) <= MOST_CONSTANTS


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("def rule(s):\n    return 0.3 * s.x\n", 1),
        ("ROW = lambda s, p: s.x < 7\n", 1),
        ("def rule(s):\n    return 0.5 * s.x\n", 1),
        ("def rule(s):\n    # Even odds.\n    return 0.5 * s.x\n", 0),
        ("def rule(s):\n    return 2 * s.x  # both sides\n", 0),
        ("def rule(s):\n    return 3 * s.x  # a reason is not enough\n", 1),
        ("def rule(s):\n    return 1.0 - s.x\n", 0),
    ],
)
def test_a_planted_number_is_found(source: str, count: int) -> None:
    """The test of rules counts what it should."""
    assert len(unexplained(source)) == count


def test_a_planted_constant_is_found() -> None:
    """A number named beside the rules is found too."""
    assert named("FACTOR: Final = 0.3\nN_GOODS = 43\n") == ["FACTOR: Final = 0.3"]
