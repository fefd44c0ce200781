"""The contract of acts: every row fulfils it, and a row with a part taken out does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from sim.model.governments import acts
from sim.model.governments.acts import ACTS, ActRow, always, nothing
from sim.model.tables.vocabulary import Act
from tests.contract.checks import (
    ALWAYS,
    check_act_effect,
    check_act_is_traced,
    check_act_legality,
    check_act_words,
)
from tests.contract.situations import Situation

Change = Callable[[ActRow], ActRow]

ROWS = pytest.mark.parametrize("row", ACTS, ids=lambda row: row.act.name.lower())
CHOSEN = pytest.mark.parametrize(
    "row", [row for row in ACTS if row.act != Act.WAIT], ids=lambda row: row.act.name.lower()
)


def without(row: ActRow, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> ActRow:
    """Returns a row with parts exchanged, which the menu then uses in its place."""
    changed = replace(row, **changes)
    monkeypatch.setitem(acts.ROWS, row.act, changed)
    return changed


@ROWS
def test_an_act_has_words(row: ActRow) -> None:
    """The chronicle, lists of chances and early signs all have words for it."""
    check_act_words(row)


@ROWS
def test_an_act_is_legal_somewhere_and_illegal_somewhere(
    row: ActRow, pool: Sequence[Situation]
) -> None:
    """Its legality says something, and only about the sides that may take it."""
    check_act_legality(row, pool)


@ROWS
def test_an_act_changes_what_its_row_lists(row: ActRow, pool: Sequence[Situation]) -> None:
    """Each field it lists changes somewhere, no other field anywhere."""
    check_act_effect(row, pool)


@CHOSEN
def test_an_act_can_be_traced(row: ActRow) -> None:
    """Forced on a day, it stands in the chronicle."""
    check_act_is_traced(row)


@CHOSEN
def test_the_contract_notices_a_missing_effect(
    row: ActRow, pool: Sequence[Situation], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An act that changes nothing breaks it."""
    with pytest.raises(AssertionError):
        check_act_effect(without(row, monkeypatch, effect=nothing), pool)


@CHOSEN
def test_the_contract_notices_the_effect_of_another_act(
    row: ActRow, pool: Sequence[Situation], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An act that does what another one does breaks it, unless that changes its fields too."""
    others = [other for other in ACTS if not set(other.changes) >= set(row.changes)]
    with pytest.raises(AssertionError):
        check_act_effect(without(row, monkeypatch, effect=others[-1].effect), pool)


@pytest.mark.parametrize(
    "row", [row for row in ACTS if row.act not in ALWAYS], ids=lambda row: row.act.name.lower()
)
def test_the_contract_notices_a_missing_legality(
    row: ActRow, pool: Sequence[Situation], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An act whose row says nothing of when it is open breaks it."""
    with pytest.raises(AssertionError):
        check_act_legality(without(row, monkeypatch, legal=always), pool)


@pytest.mark.parametrize("part", ["text", "brief", "noun"])
@ROWS
def test_the_contract_notices_a_missing_word(row: ActRow, part: str) -> None:
    """An act without one of its words breaks it."""
    with pytest.raises(AssertionError):
        check_act_words(replace(row, **{part: ""}))
