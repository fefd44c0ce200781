"""A6: the hawks block investment, take measures, and quarrel only over investment."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.bargain.signature import sign_probability, veto_probability
from sim.model.governments.agents import act_utility, apply_signals
from sim.model.tables.codes import LEVERAGE, LIMIT_INBOUND, LIMIT_OUTBOUND, TIGHTEN_TECH, US
from sim.model.tables.parameters.bargain import STRUCTURES
from sim.model.tables.vocabulary import Clause
from tests.mission.helpers import INVESTMENT, MARCH, lay_out_structure, paired
from tests.mission.plays import Sets, Values, batch, start

OFFER = INVESTMENT
RICH: Sets = (("us.issue.investment", "3"), ("cn.issue.investment", "3"))
"""An offer so good that only the security camp stands in its way."""


def hawks(influence: str) -> Sets:
    """Returns the setting of the security camp's influence."""
    return (("us.hawks.influence", influence),)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_A6_hawks_lower_the_odds_of_an_investment_deal(structure: Clause) -> None:
    """For each structure the odds that Washington signs an investment fall with every step of the
    hawks' weight, and the odds that it is stopped at home rise; softer structures lose less."""
    # Without the security content of clauses the odds would not move.
    odds, stopped = [], []
    for influence in ("0.1", "0.4", "0.7", "1.0"):
        state, params = start(OFFER, (*RICH, *hawks(influence)))
        lay_out_structure(state, params, structure, hiring=True)
        odds.append(sign_probability(state, params, US))
        stopped.append(veto_probability(state, params, US))
    assert odds == sorted(odds, reverse=True)
    assert stopped == sorted(stopped)
    assert stopped[-1] > stopped[0]
    assert odds[0] > odds[-1] + 0.15 * params.security_content[structure]


def closed(values: Values) -> np.ndarray:
    """Returns for each run whether it signed an investment of some structure."""
    signed = [values[f"signed[{each.name.lower()}]"] > 0 for each in STRUCTURES]
    return np.logical_or.reduce(signed)


def test_A6_hawks_reject_investment_offers_more_often() -> None:
    """In the investment scenario, on the same luck, fewer runs sign an investment with strong hawks
    than with weak ones, and what they sign is softer."""
    weak, strong = batch(OFFER, 600, hawks("0.1")), batch(OFFER, 600, hawks("1.0"))
    assert paired(closed(strong), closed(weak)).negative
    soft = [values["signed[licence]"] > 0 for values in (strong, weak)]
    assert paired(*soft).positive


def test_A6_hawks_take_more_measures() -> None:
    """With strong hawks Washington takes clearly more non-tariff measures than with weak ones."""
    weak = batch(OFFER, 300, hawks("0.1"))["us_measures"]
    strong = batch(OFFER, 300, hawks("1.0"))["us_measures"]
    assert paired(strong, weak).positive
    assert strong.mean() > 1.2 * weak.mean()


def test_A6_hawks_see_a_security_risk_in_capital_and_technology() -> None:
    """With every step of the hawks' weight Washington wants limits on investment and technology
    more, and not only as bargaining chips."""
    wishes = []
    for influence in ("0.1", "0.4", "0.7", "1.0"):
        state, params = start(OFFER, hawks(influence))
        # The leverage hawks see in any hostile act is left out.
        state.weight[US][LEVERAGE] = params.weight[US][LEVERAGE]
        apply_signals(state, params, US)
        acts = (LIMIT_INBOUND, LIMIT_OUTBOUND, TIGHTEN_TECH)
        wishes.append([act_utility(state, params, US, act) for act in acts])
    for wish in zip(*wishes, strict=True):
        assert list(wish) == sorted(wish)
        assert wish[-1] > wish[0] + 0.2


def test_A6_discord_needs_an_investment_deal_on_the_table() -> None:
    """Internal discord is nil on every day read where no investment deal is on the table, and
    positive where one is."""
    dates = ("2025-03-20", "2025-04-20")
    without = batch(MARCH, 60, hawks("1.0"), until="2025-05-01", at=dates)
    table = batch(OFFER, 60, hawks("1.0"), until="2025-05-01", at=dates)
    for when in dates:
        assert without[f"us_discord@{when}"].max() == 0.0
        # Limits on inbound investment take the offer off the table in a few runs.
        assert (table[f"us_discord@{when}"] > 0.0).mean() > 0.8
    withdrawn = batch(OFFER, 60, (*hawks("1.0"), ("issue.investment", "false")), until="2025-05-01")
    assert withdrawn["us_discord"].max() == 0.0
