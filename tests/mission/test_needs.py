"""`needs:` of each shipped scenario names the features it is about that have no test here."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from sim.scenario.evidence import facts_named

HERE = Path(__file__).parent
SCENARIOS = HERE.parents[1] / "scenarios"


@cache
def facts() -> dict[str, set[str]]:
    """Returns the facts behind each row of the feature list and behind each shipped scenario."""
    with (HERE / "features.csv").open(encoding="utf-8") as lines:
        return {row["name"]: set(row["facts"].split()) for row in csv.DictReader(lines)}


def rows() -> set[str]:
    """Returns the rows of the feature list."""
    return {name for name in facts() if re.fullmatch(r"[A-K]\d+", name)}


def with_tests() -> set[str]:
    """Returns the rows that have a test named after them."""
    names = (re.match(r"test_([A-K]\d+)_", file.name) for file in HERE.glob("test_*.py"))
    return {match[1] for match in names if match}


def documented(name: str) -> set[str]:
    """Returns the facts that a scenario cites, its own and those of its bases."""
    text = (SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8")
    base = yaml.safe_load(text).get("extends")
    return facts_named(text) | (documented(base) if base else set())


SHIPPED = sorted(path.stem for path in SCENARIOS.glob("*.yaml") if "needs:" in path.read_text())


@pytest.mark.parametrize("name", SHIPPED)
def test_needs_names_every_feature_without_a_test(name: str) -> None:
    """Every row that shares a fact with the scenario, and has no test, is named; no row is named
    that has one, or that is not in the list."""
    text = (SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8")
    needs = yaml.safe_load(text)["needs"]
    behind = documented(name) | facts()[name]
    untested = rows() - with_tests()

    assert {row for row in untested if facts()[row] & behind} <= set(needs)
    assert set(needs) <= untested
    assert needs == sorted(set(needs), key=lambda row: (row[0], int(row[1:])))


def test_every_test_of_a_feature_has_a_row() -> None:
    """Tests are named after rows that exist, and all twelve scenarios are looked at."""
    assert with_tests() <= rows()
    assert len(SHIPPED) == 12
