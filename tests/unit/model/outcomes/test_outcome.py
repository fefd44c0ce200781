"""What an outcome is: how rows are made, and which of them may be observed."""

from __future__ import annotations

import math
from dataclasses import FrozenInstanceError

import pytest

from sim.model.outcomes.outcome import (
    CHANCE_STEP,
    NEVER,
    At,
    Outcome,
    class_row,
    day_or_never,
    default_step,
    flag_row,
    names_of,
    row,
    truth,
)
from sim.model.outcomes.politics import OUTCOMES
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import PathClass, SummitStage


def tension(state: State, params: Params) -> float:
    """Reads tension."""
    return state.tension


def test_a_row_is_a_dated_number_unless_it_says_otherwise() -> None:
    """Name, unit, margin, meaning and reader are given; the rest has defaults."""
    # Fails if a default is turned, or arguments are swapped.
    assert row("tension", "share", 0.03, "Tension.", tension) == Outcome(
        name="tension",
        kind="number",
        unit="share",
        margin=0.03,
        headline=False,
        dated=True,
        meaning="Tension.",
        read=tension,
        classes=(),
        observable=False,
        quarterly=False,
    )


@pytest.mark.parametrize("name", ["headline", "quarterly"])
def test_a_row_can_be_a_headline_or_quarterly(name: str) -> None:
    """Each switch is set on its own."""
    # Fails if a switch is handed to another.
    made = row("a", "share", 0.1, "A.", tension, **{name: True})

    assert [getattr(made, key) for key in ("headline", "quarterly")] == [
        key == name for key in ("headline", "quarterly")
    ]


def test_a_row_is_observable_only_if_it_says_so() -> None:
    """An outcome added without a word on it does not use up one of the forty places."""
    # Fails if the default is turned, or the switch is not handed on.
    made = row("a", "share", 0.1, "A.", tension, observable=True)

    assert made.observable
    assert not row("a", "share", 0.1, "A.", tension).observable


def test_a_class_names_its_codes() -> None:
    """Its unit is a code, its margin a difference of probability."""
    # Fails if the names are left out, or a switch is not handed on.
    made = class_row("path", PathClass, "P.", tension, headline=True, dated=False, observable=True)

    assert (made.kind, made.unit, made.margin) == ("class", "code", 0.03)
    assert made.classes == ("improved", "managed", "conflict")
    assert (made.headline, made.dated, made.observable) == (True, False, True)


def test_a_flag_is_a_flag() -> None:
    """Its unit and kind are those of a flag, its margin a difference of probability."""
    # Fails if a flag is taken for a number.
    made = flag_row("met", "Met.", tension, headline=True)

    assert (made.kind, made.unit, made.margin, made.headline) == ("flag", "flag", 0.03, True)
    assert made.dated
    assert not flag_row("met", "Met.", tension).headline


def test_names_of_codes_stand_in_their_order() -> None:
    """Lower case, by code."""
    # Fails if names are sorted or written large.
    assert names_of(SummitStage) == ("none", "floated", "agreed", "dated", "confirmed", "held")


def test_one_rule_reads_many_places(state: State, params: Params) -> None:
    """A place of a rule is a reader; places of one rule are equal, those of others are not."""
    # Fails if the place is not handed on.
    state.good_usd_bn_per_month[7] = 2.5

    def good(state: State, params: Params, place: int) -> float:
        """Reads a good."""
        return state.good_usd_bn_per_month[place]

    assert At(good, 7)(state, params) == 2.5
    assert At(good, 6)(state, params) == 0.0
    assert At(good, 7) == At(good, 7) != At(good, 6)


def test_an_outcome_cannot_be_changed() -> None:
    """A row is what it was declared as."""
    # Fails if rows are made mutable.
    made = flag_row("met", "Met.", tension)

    with pytest.raises(FrozenInstanceError):
        made.name = "other"  # type: ignore[misc]


@pytest.mark.parametrize(("value", "expected"), [(739_000, 739_000.0), (1, 1.0)])
def test_a_day_is_a_number(value: int, expected: float) -> None:
    """An ordinal day as a float."""
    # Fails if a day is taken for none.
    assert day_or_never(value) == expected
    assert isinstance(day_or_never(value), float)


@pytest.mark.parametrize("value", [0, -1])
def test_no_day_is_no_number(value: int) -> None:
    """Day 0 stands for never."""
    # Fails if never is read as a day.
    assert math.isnan(day_or_never(value))
    assert math.isnan(NEVER)


@pytest.mark.parametrize(("value", "expected"), [(True, 1.0), (False, 0.0)])
def test_truth_is_a_number(value: bool, expected: float) -> None:
    """One for true, zero for false."""
    # Fails if the two are swapped.
    assert truth(value) == expected


@pytest.mark.parametrize(
    ("margin", "step"),
    [(2.0, 1.0), (1.0, 0.1), (0.2, 0.1), (0.03, 0.01), (0.02, 0.01), (20.0, 10.0), (25.0, 10.0)],
)
def test_a_step_is_the_power_of_ten_within_half_the_margin(margin: float, step: float) -> None:
    """Half a margin that is a power of ten counts."""
    # Fails if the margin itself is taken, or 1 falls to 0.1 for a rounding error.
    assert default_step("number", margin) == step
    assert row("a", "share", margin, "A.", tension).step == step


def test_a_step_may_be_given_and_shares_of_runs_have_their_own() -> None:
    """Duties are published to a tenth; flags and classes have no margin of a value."""
    # Fails if the step given is overwritten, or a flag's follows from its margin.
    assert row("a", "pp", 2.0, "A.", tension, step=0.1).step == 0.1
    assert flag_row("f", "F.", tension).step == CHANCE_STEP
    assert class_row("path", PathClass, "P.", tension).step == CHANCE_STEP


def test_no_outcome_has_a_step_above_its_margin() -> None:
    """A difference that matters is never rounded away."""
    # Fails if a row is given a step by mistake of a decimal place.
    numbers = [outcome for outcome in OUTCOMES if outcome.kind == "number"]

    assert all(0.0 < outcome.step <= outcome.margin for outcome in numbers)
