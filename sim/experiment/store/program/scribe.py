"""Statements written down so that only what they do shows: no layout, comment or docstring.

Names that are read are left open: what a name leads to may stand anywhere, under any other name.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, Final

from sim.experiment.store.program.syntax import OPEN, Chain, Written, chain_of, imported_names

_BY_TEXT: Final = frozenset({"eval", "exec", "globals", "locals", "vars"})
_OF_ITS_OWN: Final = {"eval": 2, "exec": 2, "vars": 1}
"""Arguments from which on a function of `_BY_TEXT` reads what it is given, not the module."""

_LEFT_OUT: Final = frozenset({"ctx", "kind", "simple", "type_comment", "type_ignores"})
_ANNOTATED: Final = (ast.Name, ast.Attribute)
_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEFINING: Final = (*_FUNCTIONS, ast.ClassDef, ast.Assign, ast.AnnAssign)


def write_down(statement: ast.stmt) -> Written:
    """Returns a statement of a module, written down."""
    scribe = _Scribe()
    scribe.write(statement)
    result = scribe.result
    result.text = "".join(scribe.parts)
    if not isinstance(statement, _DEFINING):
        result.changes = True
    return result


class _Scribe:
    """Writes one statement down, and notes what it meets on the way.

    Attributes:
        parts: The text, in pieces.
        result: All else.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.result = Written()
        self._put = self.parts.append
        # Kinds of nodes around the present one that have names of their own.
        self._scopes: list[type[ast.AST]] = []

    def write(self, node: Any) -> None:
        """Writes a node, a list of nodes or a plain value."""
        kind = type(node)
        special = _SPECIAL.get(kind)
        if special is not None:
            special(self, node)
        elif kind is list:
            self._put("[")
            for item in node:
                self.write(item)
            self._put("]")
        elif isinstance(node, ast.AST):
            self._put(f"{kind.__name__}(")
            for name in _FIELDS[kind]:
                self.write(getattr(node, name))
            self._put(")")
        else:
            self._put("-" if node is None else f"{node!r},")

    def leave_out(self, node: ast.AST) -> None:
        """Writes nothing."""

    def constant(self, node: ast.Constant) -> None:
        """Writes a constant; `1`, `1.0` and `True` differ."""
        self._put(f"{node.value!r},")

    def expression(self, node: ast.Expr) -> None:
        """Writes an expression that stands alone; a constant does nothing, docstrings are such."""
        if not isinstance(node.value, ast.Constant):
            self._put("Expr(")
            self.write(node.value)
            self._put(")")

    def name(self, node: ast.Name) -> None:
        """Leaves a name open where it is read."""
        if isinstance(node.ctx, ast.Load):
            self._leave_open((node.id,))
            self.result.by_text |= node.id in _BY_TEXT
        else:
            self._bind(node.id)

    def attribute(self, node: ast.Attribute) -> None:
        """Leaves a name and its attributes open together."""
        chain = chain_of(node)
        if chain:
            self._leave_open(chain)
            self.result.by_text |= chain[:2] == ("sys", "modules")
            return
        self._put(f".{node.attr}(")
        self.write(node.value)
        self._put(")")

    def call(self, node: ast.Call) -> None:
        """Writes a call."""
        chain = chain_of(node.func)
        self._note_call(chain)
        self._put("Call(")
        if chain and len(node.args) >= _OF_ITS_OWN.get(chain[0], len(node.args) + 1):
            self._leave_open(chain)
        else:
            self.write(node.func)
        self.write(node.args)
        self.write(node.keywords)
        self._put(")")

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """Writes a function, with its annotations only where a decorator may read them."""
        self._bind(node.name)
        self._decorators(node)
        self._put(f"{type(node).__name__}(")
        for annotation in _annotations(node):
            if node.decorator_list:
                self.write(annotation)
            elif annotation is not None:
                self._mention(annotation)
        self.write(node.args)
        self._within(node, getattr(node, "type_params", []), node.body)
        self._put(")")

    def lambda_(self, node: ast.Lambda) -> None:
        """Writes a lambda."""
        self._put("Lambda(")
        self.write(node.args)
        self._within(node, node.body)
        self._put(")")

    def class_(self, node: ast.ClassDef) -> None:
        """Writes a class."""
        self._bind(node.name)
        self._decorators(node)
        self._put("ClassDef(")
        self.write(node.bases)
        self.write(node.keywords)
        self._within(node, getattr(node, "type_params", []), node.body)
        self._put(")")

    def argument(self, node: ast.arg) -> None:
        """Writes the name of an argument; `function` looks after annotations."""
        self.result.hidden.add(node.arg)
        self._put(f"{node.arg},")

    def assignment(self, node: ast.Assign | ast.AnnAssign) -> None:
        """Writes an assignment, annotated or not."""
        targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
        if self._is_run and not all(map(_is_name, targets)):
            self.result.changes = True
        if isinstance(node, ast.AnnAssign):
            if self._scopes[-1:] == [ast.ClassDef]:
                # The fields of data classes and records are made of annotations.
                self._put("field:")
                self.write(node.annotation)
            else:
                self._mention(node.annotation)
        self._put("Assign(")
        self.write(targets)
        self.write(node.value)
        self._put(")")

    def comprehension(self, node: ast.comprehension) -> None:
        """Writes a loop of a comprehension."""
        self._put("for:")
        self._within(node, node.target)
        self.write(node.iter)
        self.write(node.ifs)
        self._put(f"{node.is_async},")

    def import_(self, node: ast.Import | ast.ImportFrom) -> None:
        """Notes the names an import binds, and writes nothing."""
        self.result.imports.extend(imported_names(node))

    def global_(self, node: ast.Global) -> None:
        """Writes which names of the module a function binds."""
        self._put(f"global {','.join(node.names)},")
        self.result.names.update(node.names)

    def binder(self, node: ast.ExceptHandler | ast.MatchAs | ast.MatchMapping) -> None:
        """Writes a node that binds a name it holds as text."""
        self._put(f"{type(node).__name__}(")
        for name in _FIELDS[type(node)]:
            value = getattr(node, name)
            if isinstance(value, str):
                self._bind(value)
            else:
                self.write(value)
        self._put(")")

    @property
    def _is_run(self) -> bool:
        """Whether what is being written is run when the statement is."""
        return not any(kind in {*_FUNCTIONS, ast.Lambda} for kind in self._scopes)

    def _within(self, scope: ast.AST, *nodes: Any) -> None:
        self._scopes.append(type(scope))
        for node in nodes:
            # Python 3.11 knows no parameters of types: an empty list is as good as none.
            if node != []:
                self.write(node)
        self._scopes.pop()

    def _leave_open(self, chain: Chain) -> None:
        self._put(OPEN)
        self.result.chains.append(chain)

    def _bind(self, name: str) -> None:
        self._put(f"{name},")
        self.result.hidden.add(name)
        if not self._scopes:
            self.result.names.add(name)

    def _note_call(self, chain: Chain) -> None:
        if self._is_run:
            self.result.called.append(chain)

    def _decorators(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        for decorator in node.decorator_list:
            self._put("decorated:")
            self.write(decorator)
            if not isinstance(decorator, ast.Call):
                self._note_call(chain_of(decorator))

    def _mention(self, annotation: ast.expr) -> None:
        nodes = [annotation] if isinstance(annotation, ast.Name) else ast.walk(annotation)
        chains = (chain_of(node) for node in nodes if isinstance(node, _ANNOTATED))
        self.result.annotated.extend(chain for chain in chains if chain)


def _annotations(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.expr | None]:
    """Returns the annotations of all arguments and of the result."""
    known = function.args
    named = [*known.posonlyargs, *known.args, *known.kwonlyargs]
    collecting = [argument for argument in (known.vararg, known.kwarg) if argument]
    return [argument.annotation for argument in named + collecting] + [function.returns]


def _is_name(target: ast.expr) -> bool:
    """Tells whether assigning to a target binds names and does nothing else."""
    if isinstance(target, ast.Tuple | ast.List):
        return all(map(_is_name, target.elts))
    return (
        _is_name(target.value) if isinstance(target, ast.Starred) else isinstance(target, ast.Name)
    )


_FIELDS: Final[dict[type, tuple[str, ...]]] = {
    kind: tuple(name for name in kind._fields if name not in _LEFT_OUT)
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}

_SPECIAL: Final[dict[type, Callable[[_Scribe, Any], None]]] = {
    ast.AnnAssign: _Scribe.assignment,
    ast.Assign: _Scribe.assignment,
    ast.AsyncFunctionDef: _Scribe.function,
    ast.Attribute: _Scribe.attribute,
    ast.Call: _Scribe.call,
    ast.ClassDef: _Scribe.class_,
    ast.Constant: _Scribe.constant,
    ast.ExceptHandler: _Scribe.binder,
    ast.Expr: _Scribe.expression,
    ast.FunctionDef: _Scribe.function,
    ast.Global: _Scribe.global_,
    ast.Import: _Scribe.import_,
    ast.ImportFrom: _Scribe.import_,
    ast.Lambda: _Scribe.lambda_,
    ast.MatchAs: _Scribe.binder,
    ast.MatchMapping: _Scribe.binder,
    ast.MatchStar: _Scribe.binder,
    ast.Name: _Scribe.name,
    ast.Pass: _Scribe.leave_out,
    ast.arg: _Scribe.argument,
    ast.comprehension: _Scribe.comprehension,
}
