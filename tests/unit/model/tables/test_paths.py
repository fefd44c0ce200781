"""Dotted names of fields kept by side."""

from __future__ import annotations

import pytest

from sim.model.tables.fields import FieldSpec
from sim.model.tables.paths import by_side, per_side, side_name
from sim.model.tables.vocabulary import Side

NAMES = (("apple", "pear"), (None, "fig"))


@pytest.mark.parametrize(("side", "expected"), [(0, "us"), (1, "cn")])
def test_a_side_has_a_short_name(side: int, expected: str) -> None:
    """Lower case."""
    # Fails if the sides are swapped.
    assert side_name(side) == expected


def test_there_is_no_third_side() -> None:
    """A number beyond the sides is an error, not a name."""
    # Fails if an unknown side is given the name of another.
    with pytest.raises(ValueError, match="2 is not a valid Side"):
        side_name(2)


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        ((0, 0), "us.fruit.apple_pp"),
        ((0, 1), "us.fruit.pear_pp"),
        ((1, 0), None),
        ((1, 1), "cn.fruit.fig_pp"),
    ],
)
def test_a_path_has_each_sides_own_word(index: tuple[int, int], expected: str | None) -> None:
    """Side, prefix, word and suffix; nothing where a side has no word."""
    # Fails if a side gets the other's word, or a gap gets a name.
    assert by_side("fruit", NAMES, "_pp")(index) == expected


def test_a_path_needs_no_suffix() -> None:
    """Without one the name ends with the word."""
    # Fails if the default is not empty.
    assert by_side("fruit", NAMES)((0, 0)) == "us.fruit.apple"


def test_a_number_per_side_cannot_be_set() -> None:
    """One place for each side, and no dotted name."""
    # Fails if a derived number is opened to scenarios.
    spec: FieldSpec = per_side("pp", "Points.")

    assert (spec.path, spec.unit, spec.meaning) == ("", "pp", "Points.")
    assert spec.shape == (Side,)
    assert list(spec.slots()) == []
