"""Parameters of the law: rows, names, shipped values."""

from __future__ import annotations

import pytest

from sim.model.tables.parameters.law import LawParams
from sim.model.tables.params import Params
from tests.unit.model.tables.subjects import check_rising, check_rows, check_values, names, value


def test_rows_are_sound_and_have_values() -> None:
    """Every row has a name, a unit, a meaning and a shipped value in its unit."""
    # Fails if a row or its value is missing, or a unit differs.
    check_rows(LawParams, Params)
    check_values(LawParams)


@pytest.mark.parametrize(
    ("attr", "statutes"),
    [
        ("statute_highest_pp", ("s122", "s338")),
        ("statute_longest_days", ("s122",)),
        ("statute_lead_days", ("s301", "s232", "s122", "s338")),
    ],
)
def test_limits_are_those_the_law_states(attr: str, statutes: tuple[str, ...]) -> None:
    """A statute without a limit has no name for one."""
    # Fails if a limit is invented, or one can no longer be set.
    ending = attr.removeprefix("statute_")

    assert names(LawParams, Params, attr) == [f"law.{statute}.{ending}" for statute in statutes]


def test_limits_have_the_values_of_the_law() -> None:
    """Section 122: 15 points for 150 days; section 338: 50 points."""
    # Fails if a legal fact is changed.
    assert value("law.s122.highest_pp") == 15.0
    assert value("law.s122.longest_days") == 150
    assert value("law.s338.highest_pp") == 50.0


def test_inquiries_take_longer_than_notices() -> None:
    """The fastest statute needs neither."""
    # Fails if values are exchanged.
    check_rising(*(f"law.{statute}.lead_days" for statute in ("s122", "s338", "s232", "s301")))
