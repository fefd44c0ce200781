"""Names of outcomes in words."""

from __future__ import annotations

import pytest

from sim.economy.records import REGIONS
from sim.model.outcomes.politics import OUTCOMES
from sim.report.words.glossary import REGION_NAMES, outcome_words


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("real_income_pct[vietnam]", "real income, Vietnam"),
        ("exports_to_us_change_usd_bn_per_year[cn]", "change of exports to the US, China"),
        ("real_income_pct[eu]@2025-11-01", "real income, European Union on 1 Nov 2025"),
        ("tariff_pct[us.toys]@2025Q4", "tariff US toys at the end of 2025Q4"),
        ("trade_usd_bn_per_month[cn.soybeans]", "trade Chinese soybeans"),
        ("us_duty_pp[fentanyl]", "US duty, fentanyl"),
        ("us_duty_avg_pp[s122]@2025-11-01", "average US duty, section 122 on 1 Nov 2025"),
    ],
)
def test_regions_and_sectors_follow_their_outcome(column: str, words: str) -> None:
    """What stands in brackets is spelt out: a region, a layer, or a sector with its importer."""
    # Fails if a region is taken for a sector, which has an importer, or the other way round.
    assert outcome_words(column) == words


def test_every_outcome_has_words() -> None:
    """No name is left in code, and no region is without its own."""
    # Fails if a region of the equilibrium has no name.
    assert set(REGION_NAMES) == set(REGIONS)
    for outcome in OUTCOMES:
        assert not set("_[]") & set(outcome_words(outcome.name)) or "." in outcome.name
