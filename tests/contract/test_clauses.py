"""The contract of clauses: every row fulfils it, and a row with a part taken out does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from sim.model.bargain import clauses
from sim.model.bargain.clauses import CLAUSES, ClauseRow, no_worth, nothing
from sim.model.tables.vocabulary import Rank
from tests.contract.checks import (
    check_clause_effect,
    check_clause_is_traced,
    check_clause_units,
    check_clause_words,
    check_clause_worth,
)
from tests.contract.situations import Situation


def of(rows: Sequence[ClauseRow]) -> pytest.MarkDecorator:
    """Returns the mark of a test of some rows."""
    return pytest.mark.parametrize("row", rows, ids=lambda row: row.clause.name.lower())


ROWS = of(CLAUSES)


def without(row: ClauseRow, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> ClauseRow:
    """Returns a row with parts exchanged, which the bargaining table then uses in its place."""
    changed = replace(row, **changes)
    monkeypatch.setitem(clauses.CLAUSE_ROWS, row.clause, changed)
    return changed


@ROWS
def test_a_clause_has_words(row: ClauseRow) -> None:
    """The chronicle and early signs have words for agreeing to it and for refusing it."""
    check_clause_words(row)


@ROWS
def test_a_clause_is_to_be_had_somewhere_and_not_everywhere(
    row: ClauseRow, laid_out: Sequence[Situation]
) -> None:
    """Its units say something, and ministers sign only what they may."""
    check_clause_units(row, laid_out)


@ROWS
def test_a_clause_with_a_price_is_worth_something(
    row: ClauseRow, laid_out: Sequence[Situation]
) -> None:
    """The trade model makes something of it for each side, somewhere."""
    check_clause_worth(row, laid_out)


@ROWS
def test_a_clause_changes_what_its_row_lists(row: ClauseRow, laid_out: Sequence[Situation]) -> None:
    """Each field it lists changes somewhere, no other field anywhere."""
    check_clause_effect(row, laid_out)


@ROWS
def test_a_clause_can_be_traced(row: ClauseRow) -> None:
    """Once signed, it stands in the chronicle."""
    check_clause_is_traced(row)


@of([row for row in CLAUSES if row.effect is not nothing])
def test_the_contract_notices_a_missing_effect(
    row: ClauseRow, laid_out: Sequence[Situation], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clause that changes nothing breaks it."""
    with pytest.raises(AssertionError):
        check_clause_effect(without(row, monkeypatch, effect=nothing), laid_out)


@of([row for row in CLAUSES if row.changes])
def test_the_contract_notices_a_field_left_out(
    row: ClauseRow, laid_out: Sequence[Situation]
) -> None:
    """A clause that changes more than it lists breaks it, and one that lists more does."""
    for changes in (row.changes[1:], (*row.changes, "optimism")):
        with pytest.raises(AssertionError):
            check_clause_effect(replace(row, changes=changes), laid_out)


@pytest.mark.parametrize("units", [0.0, 1.0])
@ROWS
def test_the_contract_notices_missing_units(
    row: ClauseRow, units: float, laid_out: Sequence[Situation], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clause that is always to be had breaks it, and one that never is."""
    with pytest.raises(AssertionError):
        check_clause_units(without(row, monkeypatch, units=lambda s, p: units), laid_out)


@of([row for row in CLAUSES if row.usd_bn is not no_worth])
def test_the_contract_notices_an_empty_price(
    row: ClauseRow, laid_out: Sequence[Situation], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clause with a price of nothing breaks it."""
    with pytest.raises(AssertionError):
        check_clause_worth(without(row, monkeypatch, usd_bn=lambda s, p, side: 0.0), laid_out)


@ROWS
def test_the_contract_notices_another_rank(row: ClauseRow, laid_out: Sequence[Situation]) -> None:
    """A clause that ministers may sign, or may not, against its row breaks it."""
    other = Rank.LEADERS if row.lowest_rank == Rank.MINISTERS else Rank.MINISTERS
    with pytest.raises(AssertionError):
        check_clause_units(replace(row, lowest_rank=other), laid_out)


@pytest.mark.parametrize("part", ["text", "noun"])
@ROWS
def test_the_contract_notices_a_missing_word(row: ClauseRow, part: str) -> None:
    """A clause without one of its words breaks it."""
    with pytest.raises(AssertionError):
        check_clause_words(replace(row, **{part: ""}))
