"""The grammar of what is varied."""

from __future__ import annotations

import pytest

from sim.errors import UsageError
from sim.experiment.inputs.axes import Axis, grid_of, parse_axes, parse_axis, range_of, typed

DIGITS = "9" * 5000
"""A number that Python refuses to read."""


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a=0..1/5", ("0", "0.25", "0.5", "0.75", "1")),
        ("a=0..1/11", tuple(f"{i / 10:g}" for i in range(11))),
        ("b=60,90", ("60", "90")),
        ("a=12..15", ("12", "13", "14", "15")),
        ("a=-2..1", ("-2", "-1", "0", "1")),
        ("a=1..0/3", ("1", "0.5", "0")),
        ("a=-0.5..1e1/2", ("-0.5", "10")),
        ("a=null,0.5,beta:6:4", ("null", "0.5", "beta:6:4")),
        ("a=2025-11-01, 2025-12-01", ("2025-11-01", "2025-12-01")),
        ("a=0,10..12", ("0", "10", "11", "12")),
        ("x.y=true", ("true",)),
    ],
)
def test_axes_are_read(text: str, values: tuple[str, ...]) -> None:
    """Lists, even points, whole numbers and their mixtures stand for what they say."""
    assert parse_axis(text).values == values


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a", "expected name=values"),
        ("=1,2", "expected name=values"),
        ("a=", "empty value"),
        ("a=1,,2", "empty value"),
        ("a=0.5..1.5", "without a number of points"),
        ("a=0..1/0", "found /0"),
        ("a=0..1/1", "found /1"),
        ("a=0..1/x", "found /x"),
        ("a=0..1/", "found / in"),
        ("a=0..1/2.5", "found /2.5"),
        ("a=0..1/1000000", "found /1000000"),
        ("a=low..high/3", "found the range"),
        ("a=0...1/3", "found the range"),
        ("a=15..12", "the smaller number"),
        ("a=1..9999999", "at most 1000"),
        ("a=1,1", "appears twice"),
        (f"a=0..1/{DIGITS}", "whole number of points"),
        ("a=0..1/1e5000", "whole number of points"),
        (f"a=0..{DIGITS}", "without a number of points"),
        (f"a={DIGITS}..{DIGITS}1", "without a number of points"),
        ("a=0..1e999/3", "finite numbers"),
        (f"a=-{DIGITS}..0/3", "finite numbers"),
        ("a=0..\u0661\u0662/3", "found the range"),
    ],
)
def test_axes_that_cannot_be_read_teach(text: str, found: str) -> None:
    """The message names the axis, what was found and what is allowed."""
    with pytest.raises(UsageError) as caught:
        parse_axis(text)

    assert found in str(caught.value)
    assert str(caught.value).startswith(text.partition("=")[0])


@pytest.mark.parametrize(
    ("axes", "message"),
    [
        ([], "at least one axis"),
        (["a=1,2", "a=3"], "appears 2 times"),
        (["a=1..100", "b=1..100"], "10000 points"),
        ([Axis("a", ())], "no values"),
    ],
)
def test_grids_that_make_no_sense_are_refused(axes: list[str | Axis], message: str) -> None:
    """No axis, one axis twice, or a grid no one would wait for."""
    with pytest.raises(UsageError, match=message):
        parse_axes(axes)


def test_the_last_axis_moves_fastest() -> None:
    """The order of points is that of nested loops."""
    grid = list(grid_of([Axis("a", ("1", "2")), Axis("b", ("x", "y"))]))

    assert grid == [
        (("a", "1"), ("b", "x")),
        (("a", "1"), ("b", "y")),
        (("a", "2"), ("b", "x")),
        (("a", "2"), ("b", "y")),
    ]


def test_values_are_numbers_where_they_are() -> None:
    """Rows hold numbers as numbers, and words as words."""
    assert [typed(t) for t in ("3", "-0.5", "1e3", "null", "2025-11-01", "hawk")] == [
        3, -0.5, 1000.0, None, "2025-11-01", "hawk"
    ]  # fmt: skip
    assert isinstance(typed("3"), int)


def test_a_range_without_a_number_of_points_has_two_ends() -> None:
    """`0..1` is everything between, `0..1/5` and a list are not."""
    assert range_of("0..1") == (0.0, 1.0)
    assert range_of(" -2.5..1e1 ") == (-2.5, 10.0)
    assert range_of("0..1/5") is None
    assert range_of("1,2") is None
