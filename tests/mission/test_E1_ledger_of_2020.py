"""E1: the accord of 2020 stands in the ledger: what was pledged, delivered, missed."""

from __future__ import annotations

import pytest

from sim.model.commitments.purchases import apply_catch_up, delivered, gap_share, pledged
from sim.model.tables.codes import ACCORD_PHASE_ONE
from sim.model.tables.vocabulary import Category
from tests.mission.plays import batch, resolved, start

SCENARIOS = ("phase-one-redux", "january-2025-first-100-days", "october-2025-apec")


@pytest.mark.parametrize("name", SCENARIOS)
def test_E1_the_pledge_of_200_billion_stands_in_the_ledger(name: str) -> None:
    """At the start the ledger holds 200 billion dollars pledged in 2020, every category of it,
    and a large gap."""
    state, _ = start(name)
    assert pledged(state, ACCORD_PHASE_ONE) == pytest.approx(200.0)
    assert len(state.pledged_usd_bn[ACCORD_PHASE_ONE]) == len(Category)
    assert min(state.pledged_usd_bn[ACCORD_PHASE_ONE]) > 0.0
    for promised, bought in zip(
        state.pledged_usd_bn[ACCORD_PHASE_ONE],
        state.delivered_usd_bn[ACCORD_PHASE_ONE],
        strict=True,
    ):
        assert 0.0 <= bought < promised
    assert gap_share(state, ACCORD_PHASE_ONE) == pytest.approx(
        1.0 - delivered(state, ACCORD_PHASE_ONE) / 200.0
    )
    assert gap_share(state, ACCORD_PHASE_ONE) > 0.5


def test_E1_farm_goods_and_energy_are_told_apart() -> None:
    """Each category of the accord has its own target and delivery, with a source or a reason."""
    scenario = resolved("phase-one-redux")
    for category in Category:
        for entry in ("pledged", "delivered"):
            name = f"ledger.phase_one.{entry}.{category.name.lower()}_usd_bn"
            assert scenario.sources[name].source or scenario.sources[name].reason


def test_E1_the_ledger_is_reported_from_the_first_day() -> None:
    """The gap is an outcome: that of the ledger on the first day, then what catch-up leaves."""
    values = batch("phase-one-redux", 20, until="2025-03-15", at=("2025-02-15", "2025-03-15"))
    state, params = start("phase-one-redux")
    full = gap_share(state, ACCORD_PHASE_ONE)
    assert values["phase_one_gap_share@2025-02-15"].max() == full
    apply_catch_up(state, params)
    left = gap_share(state, ACCORD_PHASE_ONE)
    assert left < full
    shares = set(values["phase_one_gap_share@2025-03-15"].round(6))
    assert shares <= {round(full - i * (full - left), 6) for i in range(6)}
