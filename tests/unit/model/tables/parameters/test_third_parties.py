"""Parameters of third parties: rows, names, shipped values."""

from __future__ import annotations

import pytest

from sim.model.tables.parameters.third_parties import ThirdPartyParams
from sim.model.tables.params import Params
from tests.unit.model.tables.subjects import check_rising, check_rows, check_values, names


def test_rows_are_sound_and_have_values() -> None:
    """Every row has a name, a unit, a meaning and a shipped value in its unit."""
    # Fails if a row or its value is missing, or a unit differs.
    check_rows(ThirdPartyParams, Params)
    check_values(ThirdPartyParams)


def test_partners_and_matters_have_numbers_of_their_own() -> None:
    """One share of imports for each partner, one hazard for each matter."""
    # Fails if a code is added without a number.
    assert len(names(ThirdPartyParams, Params, "others_import_share")) == 3
    assert names(ThirdPartyParams, Params, "diverter_per_day")[-1] == "cn.diverter.session_per_day"


@pytest.mark.parametrize(
    "order",
    [
        ("us.others.execute_share", "us.threat.execute_share"),
        ("tension.per_contact", "tension.per_incident", "tension.per_crisis"),
        ("diverter.days_min", "diverter.days_max"),
        (
            "us.others.further.import_share",
            "us.others.europe.import_share",
            "us.others.neighbours.import_share",
        ),
    ],
)
def test_values_stand_in_the_order_the_articles_give(order: tuple[str, ...]) -> None:
    """Others are hit less often than China, a visit stirs less than a crisis (E022, E123, E127)."""
    # Fails if two values are swapped.
    check_rising(*order)
