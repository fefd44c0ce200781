"""B4: limits on inbound investment eat up China's investment offer."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sim.model.bargain.logroll import apply_table
from sim.model.bargain.terms import investment_share
from sim.model.governments.menu import apply_act, is_legal
from sim.model.tables.codes import (
    CN,
    INBOUND_LIMITS,
    LEADERS,
    LIMIT_INBOUND,
    LIMIT_OUTBOUND,
    OUTBOUND_LIMITS,
    US,
)
from sim.model.tables.parameters.bargain import STRUCTURES
from tests.mission.helpers import INVESTMENT, lay_out_structure, paired
from tests.mission.plays import Sets, Values, batch, forced, start, variant

OFFER = INVESTMENT
RICH: Sets = (("us.issue.investment", "3"), ("cn.issue.investment", "3"))
"""An offer both want, so that runs close it unless limits stand in the way."""


def test_B4_inbound_limits_shrink_the_offer_until_it_is_gone() -> None:
    """Each limit on inbound investment leaves less of China's offer, in each structure, to either
    side; after two of them no structure can be tabled any more."""
    # Without the link every gain would stay and the offer would remain on the table.
    for structure in STRUCTURES:
        state, params = start(OFFER, RICH)
        gains, shares = [], [investment_share(state, params)]
        while is_legal(state, params, US, LIMIT_INBOUND):
            lay_out_structure(state, params, structure, hiring=True)
            gains.append([state.gain[side][structure] for side in (US, CN)])
            assert state.units[structure] == shares[-1]
            tension, trust = state.tension, list(state.trust_kept)
            apply_act(state, params, US, LIMIT_INBOUND, 0.5, 0.5)
            # Only the worth of the offer is looked at, not the mood the limit makes, and the next
            # limit need not wait.
            state.tension, state.trust_kept = tension, trust
            state.tightened_day[US][INBOUND_LIMITS] = 0
            shares.append(investment_share(state, params))
        assert state.control[US][INBOUND_LIMITS] == 2
        assert shares == [1.0, 0.5, 0.0]
        for side in (US, CN):
            assert gains[0][side] > gains[1][side] > 0.0
        apply_table(state, params, US, LEADERS, False, forced=False)
        assert all(state.units[each] == 0.0 for each in STRUCTURES)


def test_B4_outbound_limits_leave_the_offer_alone() -> None:
    """Limits on US investment in China are an instrument of their own and leave the share of
    China's offer that can come in untouched."""
    state, params = start(OFFER)
    apply_act(state, params, US, LIMIT_OUTBOUND, 0.5, 0.5)
    assert state.control[US][OUTBOUND_LIMITS] == 1
    assert investment_share(state, params) == 1.0


def closed(values: Values) -> np.ndarray:
    """Returns for each run whether it signed an investment of some structure."""
    signed = [values[f"signed[{each.name.lower()}]"] > 0 for each in STRUCTURES]
    return np.logical_or.reduce(signed)


def test_B4_after_inbound_limits_no_run_closes_an_investment_deal(tmp_path: Path) -> None:
    """Where both want the investment some runs sign it; with two early limits on inbound
    investment, on the same luck, none does as long as they stand, and no dollar comes."""
    limit = {"side": "us", "act": "limit_inbound"}
    limited = variant(tmp_path, OFFER, interventions={"early": forced("2025-02-20", limit, limit)})
    kept = (*RICH, ("issue.capital_limits", "false"), ("us.rate.ease_controls", "1e-9"))
    free, bound = batch(OFFER, 300, kept), batch(limited, 300, kept)
    assert paired(closed(free), closed(bound)).positive
    standing = bound["us_inbound_limits_level"] >= 2
    assert standing.mean() > 0.9
    assert not closed(bound)[standing].any()
    assert not bound["investment_usd_bn"][standing].any()
