"""Arguments of the API: what is taken, what is refused in a sentence, and what `help` says."""

from __future__ import annotations

import inspect
import io
import pydoc
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim import api
from sim.cli.options import OPTIONS
from sim.errors import UsageError
from sim.requests.arguments.kinds import checked
from sim.requests.arguments.signature import annotations_of, descriptions
from sim.requests.impact import ImpactOptions
from sim.requests.options import DEFAULTS, Options, StudyOptions, WorldOptions

FUNCTIONS = {
    name: function
    for name, function in vars(api).items()
    if inspect.isfunction(function) and function.__module__ == api.__name__ and name[0] != "_"
}
FILE = "question: What?\nextends: base/october-2025\nstart: 2025-10-23\nuntil: 2025-11-05\n"
HUGE = 10**5000
GOOD: dict[str, Any] = {
    "scenario": "october-2025-apec",
    "outcome": "path_class=conflict",
    "axes": ["tension=0,1"],
    "replicate": 0,
    "on": "2025-10-30",
    "do": "us.hike=20",
    "us": 30,
    "cn": 10,
    "name": "october-2025-apec",
    "names": ["october-2025-apec"],
    "path": "mine",
    "reference": "@latest",
    "stream": io.StringIO(),
    "sql": "select 1",
    "to": "frozen.json",
    "file": "frozen.json",
    "outcomes": "outcomes.csv",
    "a": "@latest",
    "b": "@latest",
}


def parameters() -> list[tuple[str, str]]:
    """Returns every argument of every function, options included."""
    return [
        (name, argument)
        for name, function in FUNCTIONS.items()
        for argument in inspect.signature(function).parameters
    ]


def call(name: str, argument: str, value: object) -> object:
    """Calls a function with one wrong argument; the others are in order."""
    function, words = FUNCTIONS[name], {}
    for other, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is parameter.VAR_POSITIONAL and other == argument:
            needed = {"side_by_side": {"replicate": 0}, "freeze_forecast": {"to": "x.json"}}
            return function(value, value, **needed.get(name, {}))
        if other == argument:
            words[other] = value
        elif (
            parameter.default is parameter.empty and parameter.kind is not parameter.VAR_POSITIONAL
        ):
            words[other] = GOOD[other]
    return function(**words)


@pytest.mark.parametrize("value", [object(), HUGE], ids=["object", "huge"])
@pytest.mark.parametrize(("name", "argument"), parameters())
def test_what_no_argument_can_be_is_refused_by_name(
    name: str, argument: str, value: object
) -> None:
    """In one short sentence, before anything is read or played."""
    with pytest.raises(UsageError, match=rf"^{argument}: expected .+, found ") as refused:
        call(name, argument, value)

    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("value", [None, {}, [], b"october-2025-apec", 1, 1.5, ("a",), object])
@pytest.mark.parametrize("name", ["run", "world", "trace", "discover", "game", "load", "fork"])
def test_a_scenario_is_a_name_or_a_path(name: str, value: object) -> None:
    """Nothing else is taken for one, and the sentence says so."""
    function = FUNCTIONS[name]
    first = next(iter(inspect.signature(function).parameters))

    with pytest.raises(UsageError, match="expected a name or the path of a file, found"):
        call(name, first, value)


@pytest.mark.parametrize(
    ("annotation", "value", "expected"),
    [
        ("Scenario", Path("a/b.yaml"), str(Path("a/b.yaml"))),
        ("int", np.int64(7), 7),
        ("float", np.float32(0.5), 0.5),
        ("float", 3, 3),
        ("Day", datetime(2025, 11, 1, 12, 30), date(2025, 11, 1)),  # noqa: DTZ001
        ("Sequence[str]", "one", ("one",)),
        ("Sequence[Scenario]", Path("one"), ("one",)),
        ("Sequence[Day] | Day", date(2025, 11, 1), (date(2025, 11, 1),)),
        ("str | Sequence[str]", "a,b", "a,b"),
        ("tuple[float, float]", [145, 125], (145, 125)),
        ("Axes", {"a": [0, 1]}, {"a": [0, 1]}),
        ("int | None", None, None),
    ],
)
def test_what_is_meant_is_taken(annotation: str, value: object, expected: object) -> None:
    """Types of numpy, paths, and single values where several may stand."""
    assert checked("x", value, annotation) == expected


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        ("int", True),
        ("int", 2.0),
        ("int", "7"),
        ("bool", 1),
        ("float", "0.5"),
        ("float", True + 0j),
        ("Sequence[str]", {"a": 1}),
        ("Sequence[str]", b"ab"),
        ("Sequence[str]", [1]),
        ("Sets", {1: 2}),
        ("Scenario", "a\0b"),
        ("str | Path | None", b"x"),
    ],
)
def test_what_may_be_a_slip_is_refused(annotation: str, value: object) -> None:
    """A flag is no number, a text no list of letters, bytes are no text."""
    with pytest.raises(UsageError, match=r"^x: expected"):
        checked("x", value, annotation)


def test_a_value_that_fails_to_describe_itself_is_refused_too() -> None:
    """Whatever its `repr` does."""

    class Odd:
        def __repr__(self) -> str:
            raise RuntimeError

    with pytest.raises(UsageError, match=r"found \.\.\. \(Odd\)"):
        checked("x", Odd(), "str")


def test_a_path_is_run(tmp_path: Path) -> None:
    """As its name would be."""
    file = tmp_path / "mine.yaml"
    file.write_text(FILE, "utf-8")

    assert api.run(file, n=np.int64(2), results=tmp_path).batch.resolved.name == "mine"
    assert api.check_scenarios(file).names == (str(file),)
    assert [api.world(file).resolved.until] == [date(2025, 11, 5).toordinal()]


def test_a_change_of_thousands_of_digits_is_refused() -> None:
    """Python could not even print it."""
    with pytest.raises(UsageError, match="thousands of digits"):
        api.world("october-2025-apec", sets={"tension": HUGE})
    with pytest.raises(UsageError, match="thousands of digits"):
        api.sweep("october-2025-apec", {"tension": [0, HUGE]})


@pytest.mark.parametrize("known", [Options, StudyOptions, WorldOptions, ImpactOptions])
def test_every_option_is_described(known: type) -> None:
    """In the docstring of the table it stands in, or of one that it extends."""
    assert annotations_of(known).keys() == descriptions(known).keys()


@pytest.mark.parametrize(
    ("function", "lines"),
    [
        (
            api.run,
            ["n: int = 2000", "seed: int = 20251023", "    n: Number of runs (de"],
        ),
        (api.discover, ["n: int = 20000", "per_vector: int = 5"]),
        (api.impact, ["months: int = 12", "    months: Months to simulate, 1 to 120"]),
        (api.world, ["sets: Sets = ()", "    until: Last day of the run"]),
    ],
)
def test_help_shows_the_options(function: Callable[..., object], lines: list[str]) -> None:
    """With their kinds, meanings and defaults, and nothing hidden behind asterisks."""
    text = pydoc.plain(pydoc.render_doc(function)).replace("'", "")

    for line in lines:
        assert line in text
    assert "Unpack" not in text


def test_the_command_line_has_the_same_defaults() -> None:
    """And the same names."""
    for name, (_, default) in OPTIONS.items():
        assert name in annotations_of(Options)
        assert DEFAULTS.get(name) == default
