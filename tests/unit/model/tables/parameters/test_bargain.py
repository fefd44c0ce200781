"""Parameters of the bargain: rows, names, shipped values."""

from __future__ import annotations

import pytest

from sim.model.tables.parameters.bargain import BargainParams
from sim.model.tables.params import Params
from sim.model.tables.vocabulary import Issue, Package
from tests.unit.model.tables.subjects import check_rows, check_values, names, value

CATEGORIES = ("soybeans", "farm", "energy", "aircraft", "other")
PACKAGES = ("truce", "extension", "swap", "purchases", "fentanyl", "investment", "comprehensive")


def test_rows_are_sound_and_have_values() -> None:
    """Every row has a name, a unit, a meaning and a shipped value in its unit."""
    # Fails if a row or its value is missing, or a unit differs.
    check_rows(BargainParams, Params)
    check_values(BargainParams)


@pytest.mark.parametrize(
    ("attr", "expected"),
    [
        ("promise_share", [f"package.{package}.promise_share" for package in PACKAGES]),
        ("security_content", [f"package.{package}.security_content" for package in PACKAGES]),
        ("landmark_share", [f"package.{package}.landmark_share" for package in PACKAGES]),
        ("pledge_share", [f"cn.pledge_share.{category}" for category in CATEGORIES]),
        ("compliance", [f"cn.compliance.{category}" for category in CATEGORIES]),
        ("aspiration", ["us.bargain.aspiration", "cn.bargain.aspiration"]),
    ],
)
def test_arrays_are_named_by_their_codes(attr: str, expected: list[str]) -> None:
    """Packages, categories and sides have names, in the order of their codes."""
    # Fails if codes are renamed or reordered.
    assert names(BargainParams, Params, attr) == expected


@pytest.mark.parametrize("package", Package)
def test_a_package_settles_the_issues_it_names(package: Package) -> None:
    """A share for each issue of the enum's list, none for others."""
    # Fails if an issue is added to a package without a share, or a share has no issue.
    head = f"package.{package.name.lower()}.settles."
    shares = [n for n in names(BargainParams, Params, "package_settles") if n.startswith(head)]

    assert shares == [f"{head}{issue.name.lower()}" for issue in Issue if issue in package.issues]
    assert shares


def test_a_comprehensive_deal_settles_everything_whole() -> None:
    """All issues in full, more of a landmark than any other package."""
    # Fails if a share of it is lowered.
    shares = names(BargainParams, Params, "package_settles")[-len(Issue) :]

    assert {value(share) for share in shares} == {1.0}
    assert value("package.comprehensive.landmark_share") == max(
        value(f"package.{package}.landmark_share") for package in PACKAGES
    )


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
