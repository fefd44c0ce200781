"""Statements as they are written down: a text, and the names left open in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

Chain = tuple[str, ...]
"""A name and the attributes read off it: `np.linalg.norm` is a chain of three words."""

OPEN: Final = "@"
"""Stands for a chain; what a program says itself is in quotes."""


@dataclass(frozen=True, slots=True)
class Import:
    """A name an import binds.

    Attributes:
        name: The name; `*` for all names of a module.
        module: The module, with a dot in front for each level of a relative import.
        attribute: What is taken from it; None for the module itself.
    """

    name: str
    module: str
    attribute: str | None = None


@dataclass(slots=True)
class Written:
    """A statement, written down.

    Attributes:
        text: Its text, `OPEN` in place of each chain.
        chains: The chains, in order.
        annotated: Chains of annotations that are not part of the text.
        hidden: Names bound in it, which may stand before those of its module.
        names: Names it binds in its module.
        imports: Names bound by imports within it.
        called: Chains of what it calls when it is run; empty ones for what is no chain.
        changes: Whether it does more than define names, whatever it calls.
        by_text: Whether it may read any name of its module by a text.
    """

    text: str = ""
    chains: list[Chain] = field(default_factory=list)
    annotated: list[Chain] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    imports: list[Import] = field(default_factory=list)
    called: list[Chain] = field(default_factory=list)
    changes: bool = False
    by_text: bool = False


def imported_names(statement: ast.Import | ast.ImportFrom) -> Iterator[Import]:
    """Yields the names an import binds."""
    if isinstance(statement, ast.ImportFrom):
        module = "." * statement.level + (statement.module or "")
        for alias in statement.names:
            yield Import(alias.asname or alias.name, module, alias.name)
        return
    for alias in statement.names:
        first = alias.name.partition(".")[0]
        yield Import(alias.asname or first, alias.name if alias.asname else first)


def chain_of(node: ast.expr) -> Chain:
    """Returns the chain an expression is; an empty one if it is none."""
    words: list[str] = []
    while isinstance(node, ast.Attribute):
        words.append(node.attr)
        node = node.value
    return (node.id, *reversed(words)) if isinstance(node, ast.Name) else ()
