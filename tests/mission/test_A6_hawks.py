"""A6: the hawks block investment, take measures, and quarrel only over investment."""

from __future__ import annotations

from sim.model.bargain.signature import sign_probability
from sim.model.governments.agents import act_utility, apply_signals
from sim.model.tables.codes import (
    LEADERS,
    LEVERAGE,
    LIMIT_INBOUND,
    LIMIT_OUTBOUND,
    PACKAGE_INVESTMENT,
    TIGHTEN_TECH,
    US,
)
from tests.mission.helpers import MARCH, paired
from tests.mission.plays import Sets, batch, start

OFFER = "investment-deal"
RICH: Sets = (("us.issue.investment", "3"), ("cn.issue.investment", "3"))
"""An offer so good that only the security camp stands in its way."""


def hawks(influence: str) -> Sets:
    """Returns the setting of the security camp's influence."""
    return (("us.hawks.influence", influence),)


def test_A6_hawks_lower_the_odds_of_an_investment_deal() -> None:
    """The odds that Washington signs an investment offer fall with every step of the hawks'
    weight."""
    # Without the security content of packages the odds would not move.
    odds = []
    for influence in ("0.1", "0.4", "0.7", "1.0"):
        state, params = start(OFFER, (*RICH, *hawks(influence)))
        odds.append(sign_probability(state, params, US, PACKAGE_INVESTMENT, LEADERS))
    assert odds == sorted(odds, reverse=True)
    assert odds[0] > odds[-1] + 0.15


def test_A6_hawks_reject_investment_offers_more_often() -> None:
    """In the investment scenario, on the same luck, fewer runs close the investment deal with
    strong hawks than with weak ones."""
    weak = batch(OFFER, 300, hawks("0.1"))["jobs"] > 0.0
    strong = batch(OFFER, 300, hawks("1.0"))["jobs"] > 0.0
    assert paired(strong, weak).negative


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
