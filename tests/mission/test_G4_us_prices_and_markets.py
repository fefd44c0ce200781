"""G4: tariffs press on US prices and markets; markets calm down once a truce or summit is sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.economy.block import apply_trade_month
from sim.model.commitments.agreements import apply_truce
from sim.model.diplomacy.summit import apply_confirmation
from sim.model.duties.hikes import apply_us_hike
from sim.model.duties.layers import apply_averages
from sim.model.governments.agents import act_utility, apply_signals, cost_signal
from sim.model.governments.pressures import apply_pressure_index, apply_pressure_month
from sim.model.tables.codes import (
    BUYER_FREEZE,
    CN,
    FULL_REPLY,
    HIKE,
    RECIPROCAL,
    US,
    US_FARM,
    US_PRICES,
    WAIT,
)
from sim.model.tables.vocabulary import Party
from tests.mission.plays import QUIET, Sets, batch, forced, played, resolved, start, variant

MARCH = "march-2025-escalation"
UNPAID: Sets = (("trade.us.collect", "0"), ("trade.cn.collect", "0"))


def pressed(points: float, sets: Sets = (), freeze: int = 0) -> tuple[float, list[float]]:
    """Returns US pressure and its parts half a year after so many reciprocal points."""
    state, params = start(MARCH, sets)
    state.duty_pp[US][RECIPROCAL] += points
    state.control[CN][BUYER_FREEZE] = freeze
    apply_averages(state, params)
    for _ in range(6):
        apply_trade_month(state, params)
        apply_pressure_month(state, params)
    apply_pressure_index(state)
    return state.pressure[US], list(state.pressure_part[US])


def test_G4_us_pressure_is_monotone_in_the_add_on() -> None:
    """The more the US adds, the more prices press at home."""
    points = (0.0, 10.0, 34.0, 84.0, 125.0)
    index, parts = zip(*(pressed(p) for p in points), strict=True)

    prices = [part[US_PRICES] for part in parts]
    assert list(index) == sorted(index)
    assert prices == sorted(prices)
    assert prices[-1] > prices[0] + 0.1


def test_G4_duties_press_on_the_government_of_a_run(tmp_path: Path) -> None:
    """With nobody else acting, a hike of 84 points leaves more pressure on Washington four months
    later if its points are paid than if they are not; markets were as frightened by both."""
    hike = forced("2025-03-12", {"side": "us", "act": "hike", "size_pp": 84.0})
    path = variant(tmp_path, MARCH, interventions={"hike": hike})
    sets = (*QUIET, ("calendar.reviews", "null"), ("summit.stage", "none"))

    paid, unpaid = (batch(path, 2, (*sets, *more), "2025-07-12") for more in ((), UNPAID))

    assert paid["market_stress"] == pytest.approx(unpaid["market_stress"])
    assert (paid["us_pressure"] > unpaid["us_pressure"] + 0.02).all()


def test_G4_farmers_feel_a_buyer_freeze_through_trade() -> None:
    """With state buyers frozen, soybeans go unsold and farm pressure rises."""
    _, free = pressed(0.0)
    _, frozen = pressed(0.0, freeze=1)

    assert frozen[US_FARM] > free[US_FARM] + 0.1


def test_G4_markets_calm_at_a_confirmation_and_a_truce() -> None:
    """Market stress after a hike falls when China confirms a summit, and when a truce is signed."""
    state, params = start(MARCH)
    apply_us_hike(state, params)
    excited = state.market_stress
    apply_confirmation(state, params, Party.CN)
    confirmed = state.market_stress
    state.duty_pp[US][RECIPROCAL] = state.duty_pp[CN][FULL_REPLY] = 34.0
    apply_truce(state, params)

    assert excited > confirmed > state.market_stress


@pytest.mark.parametrize("points", [0.0, 34.0])
def test_G4_without_its_trade_effect_a_tariff_costs_nothing_to_decide(points: float) -> None:
    """Where no point of duty is paid, the cost a government weighs is nil but for prohibitive
    rates, and a hike looks better than it did."""
    utility = {}
    for name, sets in (("paid", ()), ("unpaid", UNPAID)):
        state, params = start(MARCH, sets)
        state.duty_pp[US][RECIPROCAL] += points
        apply_averages(state, params)
        apply_trade_month(state, params)
        apply_signals(state, params, US)
        utility[name] = act_utility(state, params, US, HIKE) - act_utility(state, params, US, WAIT)
        if name == "unpaid":
            assert state.own_cost_per_pp[US][RECIPROCAL] == 0.0
            assert cost_signal(state, params, CN) == 0.0

    assert utility["unpaid"] > utility["paid"] + 0.05


def test_G4_zeroing_the_trade_effect_changes_what_is_decided() -> None:
    """On the same luck, governments whose duties cost nothing raise them more often: decisions
    hang on the trade model, not on a constant."""
    at_cost = played(resolved(MARCH, (), "2025-09-01"), 200).values
    for_free = played(resolved(MARCH, UNPAID, "2025-09-01"), 200).values

    more = for_free["us_hikes"] - at_cost["us_hikes"]
    assert more.mean() > 2.0 * more.std() / 200**0.5
    assert (for_free["deal_status"] != at_cost["deal_status"]).any()
