"""E2: pledges can fall far short, and a shock that excuses it costs less trust."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.commitments.purchases import apply_compliance, apply_pledge
from sim.model.relations.mood import trust
from sim.model.tables.codes import ACCORD_NEW, N_CATEGORIES, US
from tests.mission.plays import Sets, Values, batch, forced, start, variant

SHOCK = ("shock.force_majeure", "1")
KEPT: Sets = (
    *(
        (f"cn.compliance.{category}", "1")
        for category in ("soybeans", "farm", "energy", "aircraft", "other")
    ),
    ("cn.compliance_spread", "0"),
)
"""China buys what it pledged, category by category."""
BLAMED = ("purchases.force_majeure_excuse", "0")
DAY = "2025-08-31"


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Values]:
    """Returns runs in which a new purchase accord is signed on the second day: calm ones, ones in
    which China keeps its word, and ones under a shock that excuses or does not."""
    act = {"side": "us", "act": "sign_purchases"}
    path = variant(
        tmp_path_factory.mktemp("signed"),
        "phase-one-redux",
        interventions={"sign": forced("2025-02-16", act)},
    )
    cases: dict[str, Sets] = {
        "calm": (),
        "kept": KEPT,
        "excused": (SHOCK,),
        "blamed": (SHOCK, BLAMED),
    }
    # Those who want the accord of 2020 enforced first would leave only catch-up purchases of it.
    off = ("us.enforcement_first", "false")
    return {
        case: batch(path, 120, (off, *sets), "2025-12-31", (DAY,)) for case, sets in cases.items()
    }


def ratio(values: Values) -> np.ndarray:
    """Returns what was delivered under the new accord as a share of what it pledged."""
    return 1.0 - values["purchases_shortfall_share"]


def test_E2_deliveries_fall_well_below_the_pledge(signed: dict[str, Values]) -> None:
    """Ten months after signing, delivery spreads over a range well below the target, and well below
    what a China that keeps its word has bought by then."""
    share = ratio(signed["calm"])
    assert np.isfinite(share).all()
    assert np.quantile(share, 0.05) < 0.5
    assert np.median(share) < 0.8
    assert share.max() < 1.0
    assert np.quantile(share, 0.95) - np.quantile(share, 0.05) > 0.1
    assert np.median(share) < 0.85 * np.median(ratio(signed["kept"]))


def test_E2_force_majeure_lowers_delivery(signed: dict[str, Values]) -> None:
    """On the same luck, a force-majeure shock lowers what is delivered."""
    calm, shock = signed["calm"], signed["excused"]
    both = (calm["purchases_pledged_usd_bn"] == 30.0) & (shock["purchases_pledged_usd_bn"] == 30.0)
    assert both.sum() > 50
    assert ratio(shock)[both].mean() < ratio(calm)[both].mean() - 0.05


def test_E2_an_excused_shortfall_costs_less_trust(signed: dict[str, Values]) -> None:
    """Under a force-majeure shock US trust ends higher with the excuse than without it."""
    name = f"us_trust@{DAY}"
    assert signed["excused"][name].mean() > signed["blamed"][name].mean() + 0.01


def test_E2_the_same_shortfall_is_blamed_less_under_a_shock() -> None:
    """For one and the same missing delivery, trust falls less where a shock excuses it, but it
    does fall: the excuse is disputed."""
    left = []
    for shock in (0.0, 1.0):
        state, params = start("phase-one-redux")
        before = trust(state, US)
        for category in range(N_CATEGORIES):
            apply_pledge(state, params, category)
        state.day += int(params.grace_days) + 30
        state.force_majeure = shock
        assert sum(state.delivered_usd_bn[ACCORD_NEW]) == 0.0
        assert apply_compliance(state, params)
        left.append(before - trust(state, US))
    assert left[0] > left[1] > 0.0
    assert left[1] == pytest.approx(left[0], rel=0.8)
