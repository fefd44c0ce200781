"""B4: limits on inbound investment eat up China's investment offer."""

from __future__ import annotations

from pathlib import Path

from sim.model.bargain.packages import investment_share, is_feasible, package_gain
from sim.model.governments.menu import apply_act, is_legal
from sim.model.tables.codes import (
    CN,
    INBOUND_LIMITS,
    LEADERS,
    LIMIT_INBOUND,
    LIMIT_OUTBOUND,
    OUTBOUND_LIMITS,
    PACKAGE_INVESTMENT,
    US,
)
from tests.mission.helpers import paired
from tests.mission.plays import Sets, batch, forced, start, variant

OFFER = "investment-deal"
RICH: Sets = (("us.issue.investment", "3"), ("cn.issue.investment", "3"))
"""An offer both want, so that runs close it unless limits stand in the way."""


def test_B4_inbound_limits_shrink_the_offer_until_it_is_gone() -> None:
    """Each limit on inbound investment leaves less of China's offer to either side; after two of
    them it can no longer be tabled."""
    # Without the link every gain would stay and the package would remain on the table.
    state, params = start(OFFER)
    gains = [[package_gain(state, params, side, PACKAGE_INVESTMENT) for side in (US, CN)]]
    shares = [investment_share(state, params)]
    while is_legal(state, params, US, LIMIT_INBOUND):
        assert is_feasible(state, params, PACKAGE_INVESTMENT, LEADERS)
        tension, trust = state.tension, list(state.trust_kept)
        apply_act(state, params, US, LIMIT_INBOUND, 0.5, 0.5)
        # Only the worth of the offer is looked at, not the mood the limit makes.
        state.tension, state.trust_kept = tension, trust
        gains.append([package_gain(state, params, side, PACKAGE_INVESTMENT) for side in (US, CN)])
        shares.append(investment_share(state, params))
    assert state.control[US][INBOUND_LIMITS] == 2
    assert shares == [1.0, 0.5, 0.0]
    for side in (US, CN):
        assert gains[0][side] > gains[1][side] > gains[2][side]
    assert not is_feasible(state, params, PACKAGE_INVESTMENT, LEADERS)


def test_B4_outbound_limits_leave_the_offer_alone() -> None:
    """Limits on US investment in China are an instrument of their own and leave the share of
    China's offer that can come in untouched."""
    state, params = start(OFFER)
    apply_act(state, params, US, LIMIT_OUTBOUND, 0.5, 0.5)
    assert state.control[US][OUTBOUND_LIMITS] == 1
    assert investment_share(state, params) == 1.0


def test_B4_after_inbound_limits_no_run_closes_an_investment_deal(tmp_path: Path) -> None:
    """Where both want the investment deal some runs close it; with two early limits on inbound
    investment, on the same luck, none does."""
    limit = {"side": "us", "act": "limit_inbound"}
    limited = variant(tmp_path, OFFER, interventions={"early": forced("2025-02-20", limit, limit)})
    free = batch(OFFER, 200, RICH)["jobs"] > 0.0
    bound = batch(limited, 200, RICH)["jobs"] > 0.0
    assert paired(free, bound).positive
    assert not bound.any()
