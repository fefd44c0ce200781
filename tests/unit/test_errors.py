"""Errors: exit codes, places, hints, and survival of the way back from a worker."""

from __future__ import annotations

import copy
import pickle
from importlib import metadata

import pytest

from sim.errors import (
    CheckFailedError,
    NotFoundError,
    Problem,
    RunFailure,
    ScenarioError,
    SimError,
    UsageError,
    nearest,
    needs,
)

PLACED = Problem("mine.yaml", 12, 3, "us.leader.autonomy", "is missing")
BARE = Problem("--set", 0, 0, "", "unknown name")


@pytest.mark.parametrize(
    ("error", "code", "builtin"),
    [
        (SimError("x"), 1, Exception),
        (UsageError("x"), 2, ValueError),
        (ScenarioError([PLACED]), 3, ValueError),
        (NotFoundError("x"), 4, LookupError),
        (CheckFailedError("x"), 5, Exception),
        (RunFailure("x"), 1, Exception),
    ],
)
def test_each_kind_has_its_exit_code_and_its_builtin_parent(
    error: SimError, code: int, builtin: type[Exception]
) -> None:
    """The command line returns the code; library users catch what Python programmers expect."""
    assert error.exit_code == code
    assert isinstance(error, SimError)
    assert isinstance(error, builtin)


@pytest.mark.parametrize(
    "error",
    [
        SimError("two words"),
        UsageError("a", "b"),
        NotFoundError("there is no scenario 'x'"),
        CheckFailedError("no"),
        RunFailure("full"),
        ScenarioError([PLACED, BARE]),
        ScenarioError.single("f.yaml", "is empty"),
    ],
)
def test_errors_survive_pickling_and_copying(error: SimError) -> None:
    """A worker's error arrives with its type, text, exit code and problems."""
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301
        assert type(twin) is type(error)
        assert str(twin) == str(error)
        assert twin.exit_code == error.exit_code
        assert getattr(twin, "problems", None) == getattr(error, "problems", None)


def test_a_problem_names_its_place_as_editors_do() -> None:
    """file:line:column: key: message, without what is not known."""
    assert str(PLACED) == "mine.yaml:12:3: us.leader.autonomy: is missing"
    assert str(BARE) == "--set: unknown name"
    assert str(Problem("f", 0, 0, "k", "m")) == "f: k: m"
    assert str(Problem("f", 1, 2, "", "m")) == "f:1:2: m"


def test_a_scenario_error_says_all_its_problems_one_a_line() -> None:
    """Nothing found is held back, and the order is kept."""
    error = ScenarioError([PLACED, BARE])
    assert error.problems == (PLACED, BARE)
    assert str(error).splitlines() == [str(PLACED), str(BARE)]
    assert ScenarioError.single("f", "m", "k").problems == (Problem("f", 0, 0, "k", "m"),)


@pytest.mark.parametrize(
    ("found", "hint"),
    [
        ("tensoin", "; did you mean tension?"),
        ("us.leadr.autonomy", "; did you mean us.leader.autonomy?"),
        ("autonomy", "; did you mean us.leader.autonomy?"),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_the_nearest_name_is_offered_or_none(found: str, hint: str) -> None:
    """A misspelt name, or the last part of a dotted one, leads to the right name."""
    assert nearest(found, ["tension", "us.leader.autonomy", "rapport"]) == hint


def test_the_nearest_of_nothing_is_nothing() -> None:
    """An empty list of choices, or one that can be read once only, does no harm."""
    assert nearest("x", []) == ""
    assert nearest("tensoin", iter(["tension"])) == "; did you mean tension?"


def test_a_missing_library_is_asked_for_by_its_own_name() -> None:
    """The program is on no package index: its name there may be a stranger's."""
    said = str(needs("explore"))

    assert "pip install 'ema-workbench>=" in said
    assert "'nashpy>=" in said
    assert "detente" not in said


def test_without_an_installation_the_checkout_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is only on Python's path knows no libraries of its extras."""

    def missing(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", missing)

    assert "pip install -e '.[plot]'" in str(needs("plot"))
