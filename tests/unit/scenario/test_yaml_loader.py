"""The strict YAML reader: what it takes, what it refuses, and where it says the fault is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import Problem, ScenarioError
from sim.scenario.load import resolve
from sim.scenario.yaml_loader import MAX_BYTES, MAX_DEPTH, MAX_NODES, YamlNode, read_yaml


def value(text: str) -> Any:
    """Reads `a: text` and returns the value of a."""
    return read_yaml(f"a: {text}\n", "f.yaml").plain()["a"]


def problem(text: str) -> Problem:
    """Returns the first problem of a text."""
    with pytest.raises(ScenarioError) as caught:
        read_yaml(text, "f.yaml")
    return caught.value.problems[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("yes", "yes"),
        ("12:30", "12:30"),
        ("1e-3", 0.001),
        ("1E3", 1000.0),
        (".5", 0.5),
        ("-3.", -3.0),
        ("10", 10),
        ("-0", 0),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("2025-10-30", date(2025, 10, 30)),
        ('"2025-10-30"', "2025-10-30"),
        ("'1e-3'", "1e-3"),
        ('"null"', "null"),
        ("1_000", "1_000"),
        ("2025-10-30T00:00:00", "2025-10-30T00:00:00"),
        ("beta:6:4", "beta:6:4"),
        ("[1, two]", [1, "two"]),
        ("{b: 1}", {"b": 1}),
    ],
)
def test_scalars_follow_yaml_1_2(text: str, expected: object) -> None:
    """A country code stays text, a small power of ten is a number, a day is a day."""
    read = value(text)
    assert read == expected
    assert type(read) is type(expected)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("010", "leading zero; write 10"),
        ("-007", "leading zero"),
        (".nan", "not a number"),
        (".inf", "not a number"),
        ("-.INF", "not a number"),
        ("1e999", "number"),
        ("9" * 5000, "digits"),
        ("2025-02-30", "not a calendar day"),
        ("2025-13-01", "not a calendar day"),
    ],
)
def test_values_without_sense_are_refused_in_place(text: str, said: str) -> None:
    """A value that could be mistaken is refused, with line and column of the value."""
    found = problem(f"b: 1\na: {text}\n")
    assert said in found.message
    assert (found.file, found.line, found.column, found.key) == ("f.yaml", 2, 4, "a")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x 1\n", "anchors and aliases"),
        ("a: &x 1\nb: *x\n", "anchors and aliases"),
        ("&k a: 1\n", "anchors and aliases"),
        ("a: !!str 1\n", "tag"),
        ("a: !!python/object/apply:os.system [true]\n", "tag"),
        ("!!str a: 1\n", "tag"),
        ("a: 1\n---\nb: 2\n", "more than one document"),
        ("[1, 2]\n", "must be a mapping"),
        ("hello\n", "must be a mapping"),
        ("", "is empty"),
        ("# a remark\n", "is empty"),
        ("? [a]\n: 1\n", "keys must be plain words"),
        ("a:\n\tb: 1\n", "check indentation"),
        ('a: "open\n', "check indentation and quotes"),
        ("a: [1\n", "check indentation and quotes"),
    ],
)
def test_structures_that_surprise_are_refused(text: str, said: str) -> None:
    """Anchors, aliases, tags, odd keys, second documents and broken text are refused in words."""
    assert said in problem(text).message


def test_tab_is_named_with_its_line() -> None:
    """Broken YAML is reported with the line and column where reading stopped."""
    found = problem("a: 1\nb:\n\tc: 1\n")
    assert (found.line, found.column) == (3, 1)


def test_duplicate_keys_are_refused_with_both_lines() -> None:
    """A key given twice names the second place and the line of the first, at any depth."""
    found = problem("a:\n  b: 1\n  c: 2\n  b: 3\n")
    assert (found.line, found.column, found.key) == (4, 3, "a.b")
    assert "first on line 2" in found.message


def test_all_faults_of_values_are_reported_at_once() -> None:
    """One reading names every value that makes no sense."""
    with pytest.raises(ScenarioError) as caught:
        read_yaml("a: .nan\nb: 010\nc: 2025-02-30\nb: 1\n", "f.yaml")
    assert [p.line for p in caught.value.problems] == [1, 2, 3, 4]


def test_size_depth_and_number_of_values_are_bounded() -> None:
    """A file that is too large, too deep or too full is refused without being built."""
    assert "larger than" in problem("a: " + "x" * MAX_BYTES).message
    assert "nested" in problem("a: " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).message
    assert "more than" in problem("a: [" + "1," * MAX_NODES + "1]").message


def test_a_file_of_open_brackets_is_refused_quickly() -> None:
    """The bounds hold before all is parsed, as parsing open brackets takes quadratic time."""
    assert "nested" in problem("a: " + "[" * 400_000).message


def test_places_of_keys_and_values_are_kept() -> None:
    """A node knows the line and column of its key and of its value, counted from 1."""
    node = read_yaml("a:\n  b: [1, 22]\n", "f.yaml").at(("a", "b"))
    assert (node.key_line, node.key_column, node.line, node.column) == (2, 3, 2, 6)
    assert node.at((1,)).column == 10


def test_a_missing_path_leads_to_the_deepest_node_there_is() -> None:
    """Asking for a place that does not exist gives the nearest one above it."""
    root = read_yaml("a:\n  b: 1\n", "f.yaml")
    assert root.at(("a", "zz", "y")) == root.at(("a",))
    assert YamlNode([], 1, 1).at((0,)).value == []


def test_no_text_raises_anything_but_a_scenario_error() -> None:
    """Whatever is written is read or refused, and a refusal is problems of one line each."""

    @settings(max_examples=150, deadline=None)
    @given(st.text(max_size=200))
    def check(text: str) -> None:
        assert_orderly(problems_of(read_yaml, text, "f.yaml"))

    check()


PIECES = [
    "state:\n",
    "parameters:\n",
    "calendar:\n",
    "interventions:\n",
    "question: q\n",
    "extends: base/october-2025\n",
    "overrides: [calm-markets]\n",
    "start: 2025-10-23\n",
    "until: 9999-12-31\n",
    "  tension:\n",
    "  us.leader.autonomy:\n",
    "  my-key:\n",
    "    value: 0.5\n",
    "    value: .nan\n",
    "    value: 1e400\n",
    f"    value: {'9' * 400}\n",
    "    unit: share\n",
    "    kind: assumed\n",
    "    kind: info\n",
    "    range: [0, 1]\n",
    "    reason: r\n",
    "    label: l\n",
    "    source: record\n",
    "    prior: {family: beta, a: -1, b: 2}\n",
    "    date: 2025-11-01\n",
    '    when: "tension > 0.5 for 3 days"\n',
    "    do: {force: {side: us, act: hike}}\n",
    "  - 1\n",
    "null\n",
    "{}\n",
    "&a ",
    "*a ",
    "? ",
    "- ",
    ": ",
    "[",
    "}",
]


def test_no_pile_of_sections_raises_anything_but_a_scenario_error(tmp_path: Path) -> None:
    """Pieces of scenarios in any order never end in a traceback."""
    path = tmp_path / "pile.yaml"

    @settings(max_examples=150, deadline=None)
    @given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
    def check(text: str) -> None:
        path.write_text(text, encoding="utf-8")
        assert_orderly(problems_of(resolve, str(path)))

    check()


def problems_of(function: Callable[..., object], *arguments: str) -> list[Problem]:
    """Returns the problems a call raises as a scenario error, none if it returns."""
    try:
        function(*arguments)
    except ScenarioError as error:
        return [*error.problems, *([] if error.problems else [Problem("", 0, 0, "", "\n")])]
    return []


def assert_orderly(problems: list[Problem]) -> None:
    """Every problem is one line that fits a screen."""
    assert all(len(str(p).splitlines()) == 1 for p in problems)
    assert all(len(p.message) <= 200 for p in problems)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xff\xfea", "yaml:1:1: is not UTF-8 text; save it in the encoding UTF-8"),
        (b"question: q\nneeds: [caf\xe9]\n", "yaml:2:1: is not UTF-8 text"),
        ("question: q\n".encode("utf-16"), "yaml:1:1: is not UTF-8 text"),
        (b"", "is empty"),
        (b"question: \x01\n", "not valid YAML"),
    ],
)
def test_files_that_are_no_text_are_refused(tmp_path: Path, raw: bytes, said: str) -> None:
    """Bytes that are not UTF-8 text name the file and what is wrong with it."""
    path = tmp_path / "mine.yaml"
    path.write_bytes(raw)
    with pytest.raises(ScenarioError, match=said) as caught:
        resolve(str(path))
    assert "mine.yaml" in caught.value.problems[0].file


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    """Files saved by editors that put a mark before the text are read."""
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xef\xbb\xbfquestion: q\nextends: base/october-2025\n")
    assert resolve(str(path)).question == "q"
