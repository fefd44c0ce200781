"""Reads of parameters in the code of the model: which fields its modules look at."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sim.model.tables.fields import fields_of
from sim.model.tables.params import Params

PACKAGE: Final = Path(__file__).parents[1]
READERS: Final = ("model", "economy", "engine")
"""Packages whose code plays the runs and reads the outcomes off them."""

NAMES: Final = frozenset({"params", "p"})
"""Names of the parameters in rules, and in the one-line rules of the tables."""


def attributes_read(tree: ast.AST) -> frozenset[str]:
    """Returns the fields of the parameters that a piece of code reads."""
    known = {spec.attr for spec in fields_of(Params)}
    return frozenset(
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Load)
        and node.attr in known
        and _name(node.value) in NAMES
    )


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def unread(package: Path = PACKAGE) -> tuple[str, ...]:
    """Returns the dotted names of the parameters that no module of the model reads, sorted.

    Names are found in the source, which a wheel contains as well. An array counts as read as a
    whole: that a single element of it moves nothing shows in runs alone.

    Args:
        package: Folder of the package `sim`.
    """
    sources = (path.read_text(encoding="utf-8") for path in _modules(package))
    read = frozenset[str]().union(*(attributes_read(ast.parse(source)) for source in sources))
    slots = (slot for spec in fields_of(Params) if spec.attr not in read for slot in spec.slots())
    return tuple(sorted(slot.name for slot in slots))


def _modules(package: Path) -> Iterator[Path]:
    for reader in READERS:
        yield from sorted((package / reader).rglob("*.py"))
