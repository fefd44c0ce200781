"""Modules as their definitions and the names they bind.

A definition is a statement at the top of a module: a function, a class, a table.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from sim.experiment.store.program.scribe import write_down
from sim.experiment.store.program.syntax import Import, Written, chain_of, imported_names

_AS_PROGRAM: Final = ast.dump(ast.parse('__name__ == "__main__"', mode="eval").body)


@dataclass(slots=True, eq=False, repr=False)
class Definition:
    """A statement of a module.

    Attributes:
        module: The module.
        written: The statement.
    """

    module: Module
    written: Written


@dataclass(slots=True, eq=False, repr=False)
class Module:
    """A module.

    Attributes:
        name: Its full name.
        is_package: Whether it may hold other modules.
        definitions: Its statements, imports left out.
        bindings: Name -> what binds it.
        stars: Imports of all names of a module.
        whole: Leads to all its definitions.
        order: Leads to those whose order matters, in order.
    """

    name: str
    is_package: bool
    definitions: list[Definition] = field(default_factory=list)
    bindings: dict[str, list[Definition | Import]] = field(default_factory=dict)
    stars: list[Import] = field(default_factory=list)
    whole: Definition = field(init=False)
    order: Definition = field(init=False)

    def __post_init__(self) -> None:
        self.whole = Definition(self, Written("whole"))
        self.order = Definition(self, Written("order"))

    def read(self, statements: Iterable[ast.stmt]) -> None:
        """Adds statements."""
        for statement in statements:
            if isinstance(statement, ast.Import | ast.ImportFrom):
                self._bind(imported_names(statement))
            elif _is_for_types(statement):
                assert isinstance(statement, ast.If)
                self.read(statement.body)
            elif not _does_nothing(statement):
                definition = Definition(self, write_down(statement))
                self.definitions.append(definition)
                for name in definition.written.names:
                    self.bindings.setdefault(name, []).append(definition)
                if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
                    self._bind(definition.written.imports)

    def full_name(self, name: str) -> str:
        """Returns the full name of a module as this one imports it: dots in front are levels."""
        stem = name.lstrip(".")
        level = len(name) - len(stem)
        if not level:
            return name
        parts = self.name.split(".")
        above = parts[: len(parts) - level + self.is_package]
        return ".".join([*above, stem] if stem else above)

    def _bind(self, imports: Iterable[Import]) -> None:
        for found in imports:
            if found.name == "*":
                self.stars.append(found)
            else:
                self.bindings.setdefault(found.name, []).append(found)


def _is_for_types(statement: ast.stmt) -> bool:
    """Tells whether a statement holds nothing but imports that type checkers alone see."""
    return (
        isinstance(statement, ast.If)
        and not statement.orelse
        and chain_of(statement.test)[-1:] == ("TYPE_CHECKING",)
        and all(isinstance(part, ast.Import | ast.ImportFrom) for part in statement.body)
    )


def _does_nothing(statement: ast.stmt) -> bool:
    """Tells whether a statement does nothing when its module is imported."""
    if isinstance(statement, ast.If):
        return not statement.orelse and ast.dump(statement.test) == _AS_PROGRAM
    is_constant = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return is_constant or isinstance(statement, ast.Pass)
