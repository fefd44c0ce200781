"""K5: purchases pledged and delivered, jobs, the deficit, with units and the shortfall."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.model.commitments.purchases import apply_deliveries, apply_pledge
from sim.model.outcomes.politics import outcome_index
from sim.model.tables.codes import ACCORD_NEW, BUYER_FREEZE, CN, N_CATEGORIES
from tests.mission.plays import Values, batch, forced, start, variant

UNITS = {
    "purchases_pledged_usd_bn": "usd_bn",
    "purchases_delivered_usd_bn": "usd_bn",
    "purchases_shortfall_share": "share",
    "jobs": "jobs",
    "deficit_usd_bn_per_year": "usd_bn_per_year",
}


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Values:
    """Returns runs in which purchases and investment are signed on the second day."""
    acts = [{"side": "us", "act": act} for act in ("sign_purchases", "sign_investment")]
    folder: Path = tmp_path_factory.mktemp("signed")
    path = variant(folder, "investment-deal", interventions={"sign": forced("2025-02-16", *acts)})
    return batch(path, 100)


def test_K5_every_quantity_has_its_unit() -> None:
    """Pledges, deliveries, the shortfall, jobs and the deficit are outcomes with units."""
    index = outcome_index()
    for name, unit in UNITS.items():
        assert index[name].unit == unit
        assert index[name].kind == "number"


def test_K5_delivery_never_exceeds_the_pledge_and_the_shortfall_is_the_rest(
    signed: Values,
) -> None:
    """The shortfall share is what the pledge lacks: one minus delivered over pledged."""
    pledged = signed["purchases_pledged_usd_bn"]
    assert pledged.min() >= 30.0
    # Runs that make up nothing of the 2020 pledge still have the shortfall they began with.
    idle = signed["phase_one_gap_share"] == signed["phase_one_gap_share"].max()
    assert idle.sum() > 10
    bought = signed["purchases_delivered_usd_bn"]
    assert (bought[idle] <= pledged[idle]).all()
    assert (bought > 0.0).mean() > 0.8
    share = signed["purchases_shortfall_share"]
    assert share[idle] == pytest.approx(1.0 - bought[idle] / pledged[idle])
    assert share.min() >= 0.0
    assert share.max() <= 1.0


def test_K5_a_pledge_that_is_kept_is_kept_to_the_dollar() -> None:
    """However long and willingly China buys, no category is delivered beyond its pledge."""
    state, params = start("october-2025-apec")
    state.control[CN][BUYER_FREEZE] = 0
    for category in range(N_CATEGORIES):
        apply_pledge(state, params, category)
        params.compliance[category] = 0.95
    for _ in range(30):
        state.day += 30
        apply_deliveries(state, params, [0.9] * N_CATEGORIES)
    assert state.delivered_usd_bn[ACCORD_NEW] == pytest.approx(state.pledged_usd_bn[ACCORD_NEW])


def test_K5_jobs_come_with_investment(signed: Values) -> None:
    """An investment that passes the US review brings up to half a million jobs, fewer under limits
    on capital; runs in which it is stopped, or without one, bring none."""
    stopped = signed["investment_usd_bn"] == 0.0
    assert 0.0 < stopped.mean() < 0.5
    assert (signed["jobs"][stopped] == 0.0).all()
    assert signed["jobs"][~stopped].min() > 50_000.0
    assert signed["jobs"][~stopped].max() <= 500_000.0
    bare = batch("october-2025-apec", 200)
    without = bare["deal_status"] <= 2
    assert (bare["jobs"][without] == 0.0).all()


def test_K5_without_a_pledge_there_is_no_shortfall_to_report() -> None:
    """The shortfall is missing exactly where nothing was pledged."""
    values = batch("october-2025-apec", 200)
    none = values["purchases_pledged_usd_bn"] == 0.0
    assert 0.0 < none.mean() < 1.0
    assert (np.isnan(values["purchases_shortfall_share"]) == none).all()
