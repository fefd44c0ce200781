"""A small strict YAML reader: places for every key and value, no surprises, nothing executed.

Scalars follow YAML 1.2 (`NO` is text, `1e-3` a number). Anchors, aliases, tags, several documents,
duplicate keys, NaN and infinity are refused; size and depth are bounded. Scenario files are
untrusted input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import yaml

from sim.errors import Problem, ScenarioError

MAX_BYTES: Final = 512_000
MAX_DEPTH: Final = 16
MAX_NODES: Final = 50_000

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT: Final = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_ZERO_LED: Final = re.compile(r"[-+]?0[0-9]+")
_FLOAT: Final = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?")
_NOT_FINITE: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORDS: Final = {"": None, "~": None, "null": None, "true": True, "false": False}

_QUOTED: Final = ("'", '"', "|", ">")

Scalar = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its place (1-based). `value` is a scalar, or a dict or list of nodes."""

    value: Any
    line: int
    column: int
    key_line: int = 0
    key_column: int = 0

    def plain(self) -> Any:
        """Returns the value without places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def at(self, path: tuple[Any, ...]) -> Node:
        """Returns the deepest node that exists on a path of keys and list indices."""
        node = self
        for step in path:
            if isinstance(node.value, dict) and step in node.value:
                node = node.value[step]
            elif isinstance(node.value, list) and isinstance(step, int):
                node = node.value[min(step, len(node.value) - 1)] if node.value else node
        return node


def read_yaml(text: str, file: str) -> Node:
    """Returns the mapping a text holds.

    Raises:
        ScenarioError: The text is not the plain YAML this project reads; the problem names file,
            line and column.
    """
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise _error(file, 0, 0, "", f"larger than {MAX_BYTES // 1000} kB; split the scenario")
    return _Reader(text, file).document()


def _error(file: str, line: int, column: int, key: str, message: str) -> ScenarioError:
    return ScenarioError([Problem(file, line, column, key, message)])


class _Reader:
    """Builds nodes from parse events, keeping count."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.nodes = 0
        self.problems: list[Problem] = []
        self.events: Iterator[Any] = iter(())
        try:
            self.events = iter(list(yaml.parse(text, Loader=_LOADER)))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
            what = error.problem or "not valid YAML"
            raise _error(file, line, column, "", f"{what}; check indentation and quotes") from None
        except yaml.YAMLError as error:
            raise _error(file, 0, 0, "", f"not valid YAML: {error}".splitlines()[0]) from None

    def document(self) -> Node:
        next(self.events)  # stream start
        first = next(self.events)
        if isinstance(first, yaml.StreamEndEvent):
            raise _error(self.file, 0, 0, "", "is empty; a scenario needs at least a question")
        root = self.node(next(self.events), 0, "")
        next(self.events)  # document end
        if not isinstance(next(self.events), yaml.StreamEndEvent):
            raise _error(self.file, 0, 0, "", "holds more than one document; keep one")
        if self.problems:
            raise ScenarioError(self.problems)
        if not isinstance(root.value, dict):
            raise _error(self.file, 1, 1, "", "must be a mapping of sections, e.g. `question: ...`")
        return root

    def node(self, event: Any, depth: int, key: str) -> Node:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise _error(self.file, line, column, key, "nested too deeply or too many entries")
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise _error(
                self.file,
                line,
                column,
                key,
                "anchors and aliases are not allowed; repeat the value",
            )
        if event.tag is not None and event.tag != "!":
            raise _error(
                self.file,
                line,
                column,
                key,
                f"the tag {event.tag} is not allowed; write a plain value",
            )
        if isinstance(event, yaml.ScalarEvent):
            return Node(self.scalar(event, line, column, key), line, column)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(self.items(depth, key), line, column)
        return Node(self.entries(depth, key), line, column)

    def items(self, depth: int, key: str) -> list[Node]:
        found = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self.node(event, depth + 1, key))
        return found

    def entries(self, depth: int, key: str) -> dict[str, Node]:
        found: dict[str, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line, column = event.start_mark.line + 1, event.start_mark.column + 1
            if not isinstance(event, yaml.ScalarEvent):
                raise _error(self.file, line, column, key, "keys must be plain words")
            name = event.value
            path = f"{key}.{name}" if key else name
            value = self.node(next(self.events), depth + 1, path)
            if name in found:
                self.problem(
                    line,
                    column,
                    path,
                    f"given twice (first in line {found[name].key_line}); keep one",
                )
            found[name] = Node(value.value, value.line, value.column, line, column)
        return found

    def scalar(self, event: Any, line: int, column: int, key: str) -> Scalar:
        text: str = event.value
        if event.style in _QUOTED:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INT.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
        if _ZERO_LED.fullmatch(text):
            self.problem(
                line, column, key, f"{text} has a leading zero; write {int(text)} or quote it"
            )
        elif _NOT_FINITE.fullmatch(text):
            self.problem(line, column, key, f"{text} is not a number; give a finite value")
        elif _DATE.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                self.problem(
                    line, column, key, f"{text} is not a day of the calendar; write YYYY-MM-DD"
                )
        return text

    def problem(self, line: int, column: int, key: str, message: str) -> None:
        self.problems.append(Problem(self.file, line, column, key, message))
