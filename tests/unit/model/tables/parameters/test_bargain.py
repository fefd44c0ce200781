"""Parameters of the bargain: rows, names, shipped values."""

from __future__ import annotations

import pytest

from sim.model.bargain.clauses import CLAUSES, no_worth
from sim.model.tables.parameters.bargain import (
    LANDMARKS,
    LOADED,
    PRICED_ONLY,
    PROMISED,
    PURCHASED,
    SECURED,
    SETTLING,
    STRUCTURES,
    BargainParams,
)
from sim.model.tables.params import Params
from sim.model.tables.vocabulary import Clause, Issue
from tests.unit.model.tables.subjects import check_rows, check_values, names, value

CATEGORIES = ("soybeans", "farm", "energy", "aircraft", "other")


def paths(what: str, members: frozenset[Clause]) -> list[str]:
    """Returns the names of a number of some clauses, in the order of their codes."""
    return [f"clause.{clause.name.lower()}.{what}" for clause in sorted(members)]


def test_rows_are_sound_and_have_values() -> None:
    """Every row has a name, a unit, a meaning and a shipped value in its unit."""
    # Fails if a row or its value is missing, or a unit differs.
    check_rows(BargainParams, Params)
    check_values(BargainParams)


@pytest.mark.parametrize(
    ("attr", "expected"),
    [
        ("clause_settles", paths("settles", SETTLING)),
        ("promise_share", paths("promise_share", PROMISED)),
        ("security_content", paths("security_content", SECURED)),
        ("landmark_share", paths("landmark_share", LANDMARKS)),
        ("political_load", paths("political_load", LOADED)),
        ("structure_size", paths("size_share", frozenset(STRUCTURES))),
        ("pledge_share", [f"cn.pledge_share.{category}" for category in CATEGORIES]),
        ("compliance", [f"cn.compliance.{category}" for category in CATEGORIES]),
        ("aspiration", ["us.bargain.aspiration", "cn.bargain.aspiration"]),
    ],
)
def test_arrays_are_named_by_their_codes(attr: str, expected: list[str]) -> None:
    """Clauses, categories and sides have names, in the order of their codes."""
    # Fails if codes are renamed or reordered.
    assert names(BargainParams, Params, attr) == expected


def test_a_clause_settles_an_issue_or_spares_something() -> None:
    """What settles nothing has a price, or is the prolongation of a pause."""
    # Fails if a clause is worth nothing to anybody.
    priced = {row.clause for row in CLAUSES if row.usd_bn is not no_worth}

    assert PRICED_ONLY - priced == {Clause.PROLONG}
    assert set(Clause) == SETTLING | PRICED_ONLY
    assert all(value(f"clause.{clause.name.lower()}.settles") > 0.0 for clause in SETTLING)


def test_a_clause_under_guard_has_a_load_and_only_such_a_one() -> None:
    """Groups at home mind what is contested."""
    # Fails if a guard has nothing to attack, or a load nobody to carry it.
    assert {row.clause for row in CLAUSES if row.guard is not None} == LOADED


def test_pledges_rest_wholly_on_promises() -> None:
    """Purchases and investment come after the signature."""
    # Fails if a pledge is taken for a fact.
    for clause in (*PURCHASED, *STRUCTURES):
        assert value(f"clause.{clause.name.lower()}.promise_share") == 1.0


@pytest.mark.parametrize("what", ["size_share", "security_content", "political_load", "settles"])
def test_softer_structures_are_smaller_and_less_contested(what: str) -> None:
    """From plants of its own to junior stakes to licences (C8)."""
    # Fails if the order of structures is lost in a number.
    owned, stake, licence = (value(f"clause.{each.name.lower()}.{what}") for each in STRUCTURES)

    assert owned > stake > licence > 0.0


@pytest.mark.parametrize("issue", Issue)
def test_both_sides_weigh_every_issue(issue: Issue) -> None:
    """Each issue matters to each side, and is not a loss to both."""
    # Fails if an issue is added without a weight.
    weights = [value(f"{side}.issue.{issue.name.lower()}") for side in ("us", "cn")]

    assert 0.0 not in weights
    assert max(weights) > 0.0


def test_a_pledge_is_spread_whole() -> None:
    """The shares of the categories add up to one."""
    # Fails if a category is added without taking from the others.
    assert sum(value(f"cn.pledge_share.{c}") for c in CATEGORIES) == pytest.approx(1.0)


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_months_luck_leaves_deliveries_between_their_bounds(category: str) -> None:
    """Mean less spread is above nothing, mean plus spread below the most there can be."""
    # Fails if the spread is so wide that the bounds of the rule bite.
    mean, spread = value(f"cn.compliance.{category}"), value("cn.compliance_spread")

    assert 0.0 <= mean - spread <= mean + spread <= value("purchases.delivery_quality_max")
