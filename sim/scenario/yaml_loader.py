"""A small strict YAML reader that records the place of every key and value and executes nothing.

Scalars follow YAML 1.2 (`NO` is text, `1e-3` a number, `12:30` text). Anchors, aliases, tags,
multiple documents, duplicate keys, NaN, infinity and unprintable characters are rejected; size,
depth and number of entries are limited. Scenario files are untrusted input.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import yaml

from sim.errors import Problem, ScenarioError
from sim.history.text_files import NOT_TEXT

MAX_BYTES: Final = 512_000
MAX_DEPTH: Final = 16
MAX_NODES: Final = 50_000
MAX_TEXT: Final = 2_000
MAX_DIGITS: Final = 30
MAX_PROBLEMS: Final = 100
MAX_QUESTION: Final = 1_000

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEY: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}")
EXPECT: Final = "expect"
"""Section whose keys are questions, not words."""
_INT: Final = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_ZERO_LED: Final = re.compile(r"[-+]?0[0-9]+(\.[0-9]*)?")
_FLOAT: Final = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?")
_NOT_FINITE: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_QUOTED: Final = ("'", '"', "|", ">")


class Faulty:
    """Placeholder for a value that could not be read, and whose problem has been recorded."""


FAULTY: Final = Faulty()

Scalar = str | int | float | bool | date | Faulty | None


@dataclass(frozen=True, slots=True)
class YamlNode:
    """A value with its place (1-based). `value` is a scalar, or a dict or list of nodes."""

    value: Any
    line: int
    column: int
    key_line: int = 0
    key_column: int = 0

    @property
    def sound(self) -> bool:
        """Whether everything in this node could be read."""
        if isinstance(self.value, dict):
            return all(node.sound for node in self.value.values())
        if isinstance(self.value, list):
            return all(node.sound for node in self.value)
        return self.value is not FAULTY

    def plain(self) -> Any:
        """Returns the value without places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def at(self, path: tuple[Any, ...]) -> YamlNode:
        """Returns the deepest node that exists on a path of keys and list indices."""
        node = self
        for step in path:
            if isinstance(node.value, dict) and step in node.value:
                node = node.value[step]
            elif isinstance(node.value, list) and isinstance(step, int):
                node = node.value[min(step, len(node.value) - 1)] if node.value else node
        return node


@dataclass(frozen=True, slots=True)
class Document:
    """The readable content of a file, and the problems found in it."""

    root: YamlNode
    problems: tuple[Problem, ...]


def read_document(text: str, file: str) -> Document:
    """Returns the mapping in a text, with `FAULTY` in place of invalid values.

    Raises:
        ScenarioError: The text is not the plain YAML this project reads; the problem names file,
            line and column.
    """
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise _error(file, 0, 0, "", f"larger than {MAX_BYTES // 1000} kB; split the scenario")
    return _Reader(text, file).document()


def read_yaml(text: str, file: str) -> YamlNode:
    """Returns the mapping in a text.

    Raises:
        ScenarioError: As in `read_document`, or for invalid values; reports all of them at once.
    """
    document = read_document(text, file)
    if document.problems:
        raise ScenarioError(document.problems)
    return document.root


def _error(file: str, line: int, column: int, key: str, message: str) -> ScenarioError:
    return ScenarioError([Problem(file, line, column, key, message)])


class _Reader:
    """Builds nodes from parse events, and counts them."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.nodes = 0
        self.problems: list[Problem] = []
        self.source = self.events(text)

    def events(self, text: str) -> Iterator[Any]:
        """Yields parse events one by one, so that limits apply before the whole text is parsed: the
        time to parse open brackets grows with the square of their number."""
        try:
            yield from yaml.parse(text, Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
            what = error.problem or "not valid YAML"
            message = f"{what}; check indentation and quotes"
            raise _error(self.file, line, column, "", message) from None
        except yaml.YAMLError as error:
            what = str(error).splitlines()[0]
            raise _error(self.file, 0, 0, "", f"not valid YAML: {what}") from None
        except UnicodeError:
            raise _error(self.file, 0, 0, "", NOT_TEXT) from None

    def document(self) -> Document:
        next(self.source)  # stream start
        if isinstance(next(self.source), yaml.StreamEndEvent):
            raise _error(self.file, 0, 0, "", "is empty; a scenario needs at least a question")
        root = self.node(next(self.source), 0, "")
        next(self.source)  # document end
        if not isinstance(next(self.source), yaml.StreamEndEvent):
            raise _error(self.file, 0, 0, "", "has more than one document; keep one")
        if not isinstance(root.value, dict):
            raise _error(self.file, 1, 1, "", "must be a mapping of sections, e.g. `question: ...`")
        return Document(root, tuple(self.problems))

    def node(self, event: Any, depth: int, key: str) -> YamlNode:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        self.nodes += 1
        if depth > MAX_DEPTH:
            raise _error(self.file, line, column, key, f"is nested deeper than {MAX_DEPTH} levels")
        if self.nodes > MAX_NODES:
            raise _error(self.file, line, column, "", f"has more than {MAX_NODES} values")
        self.check_plain(event, key)
        if isinstance(event, yaml.ScalarEvent):
            return YamlNode(self.scalar(event, line, column, key), line, column)
        if isinstance(event, yaml.SequenceStartEvent):
            return YamlNode(self.items(depth, key), line, column)
        return YamlNode(self.entries(depth, key), line, column)

    def check_plain(self, event: Any, key: str) -> None:
        """Rejects anchors, aliases and tags, which could change the meaning of a value."""
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            message = "anchors and aliases are not allowed; repeat the value"
            raise _error(self.file, line, column, key, message)
        if event.tag is not None and event.tag != "!":
            message = f"the tag {_short(event.tag)} is not allowed; write a plain value"
            raise _error(self.file, line, column, key, message)

    def items(self, depth: int, key: str) -> list[YamlNode]:
        found = []
        while not isinstance(event := next(self.source), yaml.SequenceEndEvent):
            found.append(self.node(event, depth + 1, key))
        return found

    def entries(self, depth: int, key: str) -> dict[str, YamlNode]:
        found: dict[str, YamlNode] = {}
        while not isinstance(event := next(self.source), yaml.MappingEndEvent):
            line, column = event.start_mark.line + 1, event.start_mark.column + 1
            if not isinstance(event, yaml.ScalarEvent):
                raise _error(self.file, line, column, key, "keys must be plain words")
            self.check_plain(event, key)
            name: str = event.value
            if fault := _fault_of_key(name, key):
                raise _error(self.file, line, column, key, fault)
            path = f"{key}.{name}" if key else name
            value = self.node(next(self.source), depth + 1, path)
            if name in found:
                first = found[name].key_line
                self.problem(line, column, path, f"appears twice (first on line {first}); keep one")
            found[name] = YamlNode(value.value, value.line, value.column, line, column)
        return found

    def scalar(self, event: Any, line: int, column: int, key: str) -> Scalar:
        text: str = event.value
        value = self.text(text) if event.style in _QUOTED else self.plain_scalar(text)
        if isinstance(value, _Fault):
            self.problem(line, column, key, value.message)
            return FAULTY
        return value

    def text(self, text: str) -> Scalar | _Fault:
        if len(text) > MAX_TEXT:
            return _Fault(f"has {len(text)} characters; at most {MAX_TEXT} are allowed")
        strange = next((c for c in text if not c.isprintable() and c != "\n"), None)
        if strange is not None:
            return _Fault(f"contains an unprintable character (U+{ord(strange):04X})")
        return text

    def plain_scalar(self, text: str) -> Scalar | _Fault:
        if text in _WORDS:
            return _WORDS[text]
        if _ZERO_LED.fullmatch(text):
            bare = text.lstrip("+-").lstrip("0") or "0"
            return _Fault(f"{_short(text)} has a leading zero; write {bare[:40]} or quote it")
        if _NOT_FINITE.fullmatch(text):
            return _Fault(f"{text} is not a number; give a finite value")
        if _INT.fullmatch(text) or _FLOAT.fullmatch(text):
            return _number(text)
        if _DATE.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                return _Fault(f"{text} is not a calendar day; write YYYY-MM-DD")
        return self.text(text)

    def problem(self, line: int, column: int, key: str, message: str) -> None:
        self.problems.append(Problem(self.file, line, column, key, message))
        if len(self.problems) >= MAX_PROBLEMS:
            raise ScenarioError(self.problems)


@dataclass(frozen=True, slots=True)
class _Fault:
    """Reason why a scalar is invalid."""

    message: str


def _fault_of_key(name: str, section: str) -> str:
    """Returns what is wrong with a key; "" if nothing is."""
    if section == EXPECT:
        if name and name.isprintable() and len(name) <= MAX_QUESTION:
            return ""
        return f"{_short(name)} is not a question of at most {MAX_QUESTION:,} printable letters"
    if _KEY.fullmatch(name):
        return ""
    return f"the key {_short(name)} is not a word of letters, digits and `_ . -`"


def _number(text: str) -> int | float | _Fault:
    if len(text) > MAX_DIGITS:
        return _Fault(f"{_short(text)} has {len(text)} digits; at most {MAX_DIGITS} are allowed")
    if _INT.fullmatch(text):
        return int(text)
    value = float(text)
    return value if math.isfinite(value) else _Fault(f"the number {text} is too large")


def _short(text: str) -> str:
    """Returns text for use in a message: quoted, and truncated to fit on a line."""
    return repr(text if len(text) <= 40 else text[:37] + "...")
