"""A program as its definitions, with what their names lead to.

The content of a definition is its text, with each name replaced by the content of what it leads
to, however that was imported; a name of another library stands for itself. Modules and their names
are no part of it, so that code can move without becoming other code. Where it cannot be known what
a name leads to, everything it may lead to counts. What is not followed: a module imported under a
name that is worked out when the program runs.
"""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from sim.experiment.store.program.modules import Definition, Module
from sim.experiment.store.program.syntax import OPEN, Chain, Import

Target = tuple[Definition | Module | str, Chain]
"""What the beginning of a chain leads to, text for what is outside the program, and the rest."""

Targets = list[Target]
"""What a chain may lead to: several things where a name is bound several times."""

Seen = frozenset[tuple[Module, str]]
"""Names on the way, where imports may run in a circle."""


class Program:
    """The modules of a package, read when they are needed.

    Args:
        root: Folder of the package.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._modules: dict[str, Module | None] = {}
        self._targets: dict[tuple[Module, str], Targets] = {}

    def digest(self, packages: Iterable[str] = (), names: Iterable[tuple[str, str]] = ()) -> str:
        """Returns 64 hex digits of all definitions in packages and all that they lead to.

        Args:
            packages: Full names of packages.
            names: Further definitions, each the name of its module and its own.

        Raises:
            LookupError: There is no such package or definition.
        """
        with _uncollected():
            start = [
                definition
                for package in packages
                for module in self._below(package)
                for definition in module.definitions
            ]
            start += [self._definition(module, name) for module, name in names]
            contents = _contents(self._followed(start))
        return blake2b(b"".join(sorted(contents)), digest_size=32).hexdigest()

    def _followed(self, start: Iterable[Definition]) -> dict[Definition, list[Targets]]:
        """Returns definitions, and all they lead to, with what their chains lead to."""
        found: dict[Definition, list[Targets]] = {}
        modules: set[Module] = set()
        waiting = list(start)
        while waiting:
            definition = waiting.pop()
            if definition in found:
                continue
            found[definition] = self._inside(definition)
            beside = [self._chain(definition, chain) for chain in definition.written.annotated]
            for targets in found[definition] + beside:
                for target, _ in targets:
                    waiting += self._definitions(target)
            module = definition.module
            if module not in modules:
                modules.add(module)
                # A module where nothing has an order is as good as none.
                waiting += [module.order] if self._inside(module.order) else []
        return found

    def _inside(self, definition: Definition) -> list[Targets]:
        """Returns what each chain of a definition leads to."""
        module = definition.module
        if definition is module.whole:
            named = sorted(module.definitions, key=lambda part: sorted(part.written.names))
            return [[(part, ())] for part in (*named, module.order)]
        if definition is module.order:
            return [[(part, ())] for part in module.definitions if self._changes(part)]
        inside = [self._chain(definition, chain) for chain in definition.written.chains]
        if definition.written.by_text:
            inside += self._names(module)
        return inside

    def _definitions(self, target: Definition | Module | str) -> list[Definition]:
        """Returns the definitions a target stands for."""
        if isinstance(target, Module):
            modules = self._below(target.name) if target.is_package else [target]
            return [module.whole for module in modules]
        return [target] if isinstance(target, Definition) else []

    def _changes(self, definition: Definition) -> bool:
        """Tells whether running a statement may change what another one finds.

        Functions of other libraries are taken to leave the program's own tables alone.
        """
        return definition.written.changes or any(
            not chain or not all(isinstance(t, str) for t, _ in self._chain(definition, chain))
            for chain in definition.written.called
        )

    def _chain(self, definition: Definition, chain: Chain) -> Targets:
        """Returns what a chain of a definition leads to."""
        first, rest = chain[0], chain[1:]
        module, written = definition.module, definition.written
        targets = list(self._named(module, first))
        for found in written.imports:
            if found.name == first:
                targets += self._imported(module, found)
        walked = [end for target in targets for end in self._walk(target, rest)]
        if first in written.hidden or not targets:
            walked.append((first, rest))
        return walked

    def _names(self, module: Module) -> Iterator[Targets]:
        """Yields all names of a module, with what they lead to."""
        for name in sorted(module.bindings):
            targets = self._named(module, name)
            # A package is bound on the way to one of its modules, which is used by its full name.
            inside = [t for t in targets if not (isinstance(t[0], Module) and t[0].is_package)]
            yield [(name, ()), *inside]

    def _named(self, module: Module, name: str) -> Targets:
        """Returns what a name of a module leads to."""
        key = module, name
        if key not in self._targets:
            self._targets[key] = self._searched(module, name, frozenset())
        return self._targets[key]

    def _searched(self, module: Module, name: str, seen: Seen) -> Targets:
        """Returns what a name of a module leads to, imports followed to their end."""
        if (module, name) in seen:
            return []
        seen |= {(module, name)}
        targets: Targets = []
        for binding in module.bindings.get(name, ()):
            if isinstance(binding, Definition):
                targets.append((binding, ()))
            else:
                targets += self._imported(module, binding, seen)
        for star in module.stars:
            source = self._find(module.full_name(star.module))
            outside: Targets = [(f"{star.module}.{name}", ())]
            targets += self._searched(source, name, seen) if source else outside
        if module.is_package and (inner := self._find(f"{module.name}.{name}")):
            targets.append((inner, ()))
        return targets

    def _imported(self, module: Module, found: Import, seen: Seen = frozenset()) -> Targets:
        """Returns what an import leads to."""
        name = module.full_name(found.module)
        source = self._find(name)
        if source is None:
            return [(f"{name}.{found.attribute}" if found.attribute else name, ())]
        return self._walk((source, ()), (found.attribute,) if found.attribute else (), seen)

    def _walk(self, target: Target, rest: Chain, seen: Seen = frozenset()) -> Targets:
        """Returns what attributes of a target lead to, modules passed through."""
        start, before = target
        if not rest or before or not isinstance(start, Module):
            return [(start, before + rest)]
        known = self._searched(start, rest[0], seen) if seen else self._named(start, rest[0])
        inside = known or [(start, rest[:1])]
        return [end for found in inside for end in self._walk(found, rest[1:])]

    def _below(self, package: str) -> list[Module]:
        """Returns a package and all modules below it."""
        folder = self._root.parent.joinpath(*package.split("."))
        names = []
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(self._root.parent).with_suffix("").parts
            names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
        found = [module for name in names if (module := self._find(name))]
        if not found:
            raise LookupError(f"{self._root} holds no package {package}")
        return found

    def _definition(self, module_name: str, name: str) -> Definition:
        """Returns the last definition of a name."""
        module = self._find(module_name)
        for target, _ in reversed(self._named(module, name) if module else []):
            if isinstance(target, Definition):
                return target
        raise LookupError(f"{self._root} holds no {module_name}.{name}")

    def _find(self, name: str) -> Module | None:
        """Returns a module; None if the program has none of that name."""
        if name not in self._modules:
            self._modules[name] = self._read(name)
        return self._modules[name]

    def _read(self, name: str) -> Module | None:
        parts = name.split(".")
        place = self._root.parent.joinpath(*parts)
        if parts[0] != self._root.name:
            return None
        is_package = place.is_dir()
        file = place / "__init__.py" if is_package else place.with_suffix(".py")
        if not (is_package or file.is_file()):
            return None
        module = Module(name, is_package)
        if file.is_file():
            module.read(ast.parse(file.read_bytes()).body)
        return module


def _contents(followed: dict[Definition, list[Targets]]) -> list[bytes]:
    """Returns a hash of the content of each definition.

    Definitions lead to each other in circles. So hashes are made in rounds, each of the last
    round's hashes of what a definition leads to; when a round tells no more definitions apart than
    the last one did, no later round will.
    """
    places = {definition: place for place, definition in enumerate(followed)}
    contents, inside = [], []
    for definition, chains in followed.items():
        text, led_to = _text(definition, chains)
        contents.append(_hash(text.encode()))
        inside.append([places[other] for other in led_to])
    told_apart = 0
    while told_apart < (now := len(set(contents))):
        told_apart = now
        contents = [
            _hash(contents[place] + b"".join([contents[other] for other in led_to]))
            for place, led_to in enumerate(inside)
        ]
    return contents


def _text(definition: Definition, chains: list[Targets]) -> tuple[str, list[Definition]]:
    """Returns the text of a definition, and the definitions that belong where it is open."""
    parts = [definition.written.text]
    led_to = []
    for targets in chains:
        parts.append("\n")
        for start, rest in targets:
            target = start.whole if isinstance(start, Module) and not start.is_package else start
            if isinstance(target, Definition):
                led_to.append(target)
            # A package is a place to look for modules by name: its own name is what counts.
            outside = target.name if isinstance(target, Module) else target
            head = OPEN if isinstance(outside, Definition) else outside
            parts.append(".".join((head, *rest)) + "|")
    return "".join(parts), led_to


def _hash(content: bytes) -> bytes:
    return blake2b(content, digest_size=16).digest()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Holds the garbage collector, which would go through all syntax trees again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
