"""The contract of packages: every row fulfils it, and a row with a part taken out does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from sim.model.bargain import packages
from sim.model.bargain.packages import PACKAGES, PackageRow, nothing
from sim.model.tables.vocabulary import Package
from tests.contract.checks import (
    check_package_amounts,
    check_package_feasibility,
    check_package_is_traced,
    check_package_terms,
    check_package_words,
)
from tests.contract.situations import Situation

ROWS = pytest.mark.parametrize("row", PACKAGES, ids=lambda row: row.package.name.lower())
WITH_TERMS = pytest.mark.parametrize(
    "row",
    [row for row in PACKAGES if row.package != Package.EXTENSION],
    ids=lambda row: row.package.name.lower(),
)
"""All but the extension, which is what every signature during a pause does."""


def without(row: PackageRow, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> PackageRow:
    """Returns a row with parts exchanged, which the bargaining table then uses in its place."""
    changed = replace(row, **changes)
    monkeypatch.setitem(packages.PACKAGE_ROWS, row.package, changed)
    return changed


@ROWS
def test_a_package_has_words(row: PackageRow) -> None:
    """The chronicle and early signs have words for signing it."""
    check_package_words(row)


@ROWS
def test_a_package_is_feasible_somewhere_and_not_everywhere(
    row: PackageRow, pool: Sequence[Situation]
) -> None:
    """Its feasibility says something, and ministers sign only what they may."""
    check_package_feasibility(row, pool)


@ROWS
def test_a_package_changes_what_its_row_lists(row: PackageRow, pool: Sequence[Situation]) -> None:
    """Each field it lists changes somewhere, no other field anywhere."""
    check_package_terms(row, pool)


@ROWS
def test_a_package_holds_its_clauses(row: PackageRow, pool: Sequence[Situation]) -> None:
    """Each clause it names is worth something somewhere."""
    check_package_amounts(row, pool)


@ROWS
def test_a_package_can_be_traced(row: PackageRow) -> None:
    """Forced on a day, its signature stands in the chronicle."""
    check_package_is_traced(row)


@WITH_TERMS
def test_the_contract_notices_a_missing_effect(
    row: PackageRow, pool: Sequence[Situation], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package that changes nothing breaks it."""
    with pytest.raises(AssertionError):
        check_package_terms(without(row, monkeypatch, effect=nothing), pool)


@ROWS
def test_the_contract_notices_a_missing_feasibility(
    row: PackageRow, pool: Sequence[Situation], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package that can always be tabled breaks it."""
    with pytest.raises(AssertionError):
        check_package_feasibility(without(row, monkeypatch, feasible=lambda s, p: True), pool)


@ROWS
def test_the_contract_notices_an_empty_clause(
    row: PackageRow, pool: Sequence[Situation], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clause that holds nothing breaks it."""
    for clause in row.units:
        empty = {**row.units, clause: lambda s, p: 0.0}
        with pytest.raises(AssertionError):
            check_package_amounts(without(row, monkeypatch, units=empty), pool)


@pytest.mark.parametrize("part", ["text", "noun"])
@ROWS
def test_the_contract_notices_a_missing_word(row: PackageRow, part: str) -> None:
    """A package without one of its words breaks it."""
    with pytest.raises(AssertionError):
        check_package_words(replace(row, **{part: ""}))
