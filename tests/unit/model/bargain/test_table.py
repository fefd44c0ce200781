"""The bargaining table: ranks, bans, amounts and terms, looked up by the code of a package."""

from __future__ import annotations

from typing import Any

import pytest

from sim.model.bargain.table import (
    apply_terms,
    clause_amount,
    is_feasible,
    is_open,
    makes_headlines,
    prolongs,
)
from sim.model.tables.codes import (
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    AGREEMENT_SIGNED,
    CLAUSE_MINERALS,
    CLAUSE_PRECURSORS,
    CN,
    LEADERS,
    MINISTERS,
    PACKAGE_COMPREHENSIVE,
    PACKAGE_FENTANYL,
    PACKAGE_SWAP,
    RARE_EARTHS,
    TECH,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import SIGN_FIRST, Package

UNKNOWN = len(Package)


@pytest.fixture
def swap(state: State) -> State:
    """Returns a state in which minerals can be swapped for technology."""
    state.control[US][TECH] = state.control[CN][RARE_EARTHS] = 1
    return state


@pytest.mark.parametrize(
    ("package", "rank", "expected"),
    [
        (PACKAGE_SWAP, MINISTERS, True),
        (PACKAGE_SWAP, LEADERS, True),
        (PACKAGE_COMPREHENSIVE, MINISTERS, False),
        (PACKAGE_COMPREHENSIVE, LEADERS, True),
        (PACKAGE_FENTANYL, LEADERS, False),
    ],
)
def test_a_package_waits_for_its_rank_and_its_day(
    swap: State, params: Params, package: int, rank: int, expected: bool
) -> None:
    """People of its rank or above can table it, if its row says it can be tabled today."""
    # Fails if the comparison of ranks is turned or strict, or the row is not asked.
    assert is_open(swap, params, package, rank) is expected
    assert is_feasible(swap, params, package, rank) is expected


@pytest.mark.parametrize("side", [US, CN])
def test_either_side_can_be_forbidden_to_sign(swap: State, params: Params, side: int) -> None:
    """A ban on one side's signature keeps the package off the table, other packages stay."""
    # Fails if one side's ban is not looked at, or the wrong code is.
    swap.forbidden[side][SIGN_FIRST + PACKAGE_SWAP] = True

    assert not is_feasible(swap, params, PACKAGE_SWAP, LEADERS)
    assert is_open(swap, params, PACKAGE_SWAP, LEADERS)
    assert is_feasible(swap, params, PACKAGE_COMPREHENSIVE, LEADERS)


def test_amounts_are_those_of_the_row(swap: State, params: Params) -> None:
    """A clause the package names has its amount, another none."""
    # Fails if an unnamed clause counts for something.
    assert clause_amount(swap, params, PACKAGE_SWAP, CLAUSE_MINERALS) == 1.0
    assert clause_amount(swap, params, PACKAGE_SWAP, CLAUSE_PRECURSORS) == 0.0


def test_terms_are_those_of_the_row(swap: State, params: Params) -> None:
    """Carrying out a package carries out its own effect."""
    # Fails if another row's effect is carried out, or none.
    apply_terms(swap, params, PACKAGE_SWAP)

    assert (swap.control[US][TECH], swap.control[CN][RARE_EARTHS]) == (0, 0)


@pytest.mark.parametrize("look_up", [is_open, clause_amount])
def test_a_package_that_does_not_exist_is_an_error(
    state: State, params: Params, look_up: Any
) -> None:
    """An unknown code is found nowhere, and never taken for another package."""
    # Fails if the look-up falls back to a row.
    with pytest.raises(KeyError):
        look_up(state, params, UNKNOWN, 0)
    with pytest.raises(KeyError):
        apply_terms(state, params, UNKNOWN)


@pytest.mark.parametrize("package", Package)
def test_a_truce_and_its_extension_make_no_headlines(package: Package) -> None:
    """Anything more is attacked at home."""
    # Fails if a pause is taken for a deal, or a deal for a pause.
    assert makes_headlines(package) is (package not in {Package.TRUCE, Package.EXTENSION})


@pytest.mark.parametrize("package", Package)
@pytest.mark.parametrize("level", [AGREEMENT_NONE, AGREEMENT_PAUSE, AGREEMENT_SIGNED])
def test_what_is_signed_in_a_pause_prolongs_it(state: State, level: int, package: Package) -> None:
    """All but the comprehensive deal, which replaces the pause."""
    # Fails if no pause need be in force, or the comprehensive deal prolongs.
    state.agreement = level
    expected = level == AGREEMENT_PAUSE and package != Package.COMPREHENSIVE

    assert prolongs(state, package) is expected
