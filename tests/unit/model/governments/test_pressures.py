"""Domestic pressure: what trade does to each part of it, month by month and day by day."""

from __future__ import annotations

import pytest

from sim.economy.sectors import END_GOOD, FIRST_GOOD, LAST_FARM_GOOD, N_GOODS, SOYBEANS_GOOD
from sim.model.governments.pressures import (
    apply_industry_day,
    apply_part,
    apply_pressure_index,
    apply_pressure_month,
    export_loss,
    farm_loss,
    growth_loss_pct,
)
from sim.model.tables.codes import (
    CN,
    CN_EXPORTS,
    CN_GROWTH,
    CN_JOBS,
    CN_PRICES,
    US,
    US_FARM,
    US_INDUSTRY,
    US_MARKETS,
    US_PRICES,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import changed

FARM = range(SOYBEANS_GOOD, LAST_FARM_GOOD + 1)


def sell(state: State, goods: range, share: float) -> None:
    """Makes some goods sell a share of what they did in the base year, 12 billion each."""
    for good in goods:
        state.good_base_usd_bn[good] = 12.0
        state.good_usd_bn_per_month[good] = share


@pytest.fixture
def trade(state: State) -> State:
    """Returns a state in which every good sells as in the base year."""
    sell(state, range(N_GOODS), 1.0)
    return state


def test_growth_is_lost_to_duties_and_missing_chips(state: State, params: Params) -> None:
    """Half of 40 billion of chips in 2000 is one point; real income of -0.5 costs another."""
    # Fails if a sign is turned, a part is left out, or the US side is read.
    params.trade_inputs_exposed_usd_bn = [99.0, 40.0]
    params.cn_gdp_usd_bn, params.growth_per_real_income = 2000.0, 2.0
    state.input_short, state.real_income_pct = [0.9, 0.5], [9.0, -0.5, 9.0]

    assert growth_loss_pct(state, params) == 2.0


@pytest.mark.parametrize(("exporter", "importer"), [(CN, US), (US, CN)])
@pytest.mark.parametrize(("share", "expected"), [(0.75, 0.25), (1.25, 0.0), (-0.5, 1.0)])
def test_an_exporter_loses_what_the_other_side_no_longer_buys(
    trade: State, exporter: int, importer: int, share: float, expected: float
) -> None:
    """The share of base-year sales gone, from none to all; its own imports do not count."""
    # Fails if the exporter's own imports are read, or a bound is taken away.
    sell(trade, range(FIRST_GOOD[importer], END_GOOD[importer]), share)

    assert export_loss(trade, exporter) == pytest.approx(expected)
    assert export_loss(trade, importer) == pytest.approx(0.0)


@pytest.mark.parametrize(("share", "expected"), [(0.5, 0.5), (1.5, 0.0), (-0.5, 1.0)])
def test_farmers_lose_what_china_no_longer_buys_of_farm_goods(
    trade: State, share: float, expected: float
) -> None:
    """Soybeans to the last farm good; other sales do not count."""
    # Fails if a farm good is left out, another is counted, or a bound is taken away.
    sell(trade, range(N_GOODS), 0.0)
    sell(trade, FARM, share)

    assert farm_loss(trade) == pytest.approx(expected)


def test_one_farm_good_alone_is_a_fifth_of_the_loss(trade: State) -> None:
    """The last farm good counts like the first."""
    # Fails if the run of goods ends too early or too late.
    assert len(FARM) == 5
    trade.good_usd_bn_per_month[LAST_FARM_GOOD] = 0.0
    trade.good_usd_bn_per_month[LAST_FARM_GOOD + 1] = 0.0
    trade.good_usd_bn_per_month[SOYBEANS_GOOD - 1] = 0.0

    assert farm_loss(trade) == pytest.approx(0.2)


# ------------------------------------------------------------------------------------- a month


MONTH = [
    (US, US_PRICES, "pressure_per_price"),
    (US, US_FARM, "pressure_per_farm"),
    (CN, CN_GROWTH, "pressure_per_growth"),
    (CN, CN_EXPORTS, "pressure_per_export"),
    (CN, CN_JOBS, "pressure_per_job"),
    (CN, CN_PRICES, "pressure_per_glut"),
]
DRIVERS = {
    "pressure_per_price": 0.25,
    "pressure_per_farm": 0.25,
    "pressure_per_growth": 0.75,
    "pressure_per_export": 0.25,
    "pressure_per_job": 0.125,
    "pressure_per_glut": 0.25,
}
"""How strong each part's cause is below; a quarter of sales is lost, half of it resold."""


@pytest.mark.parametrize(("side", "part", "name"), MONTH)
def test_a_month_moves_a_part_halfway_to_what_trade_implies(
    trade: State, params: Params, side: int, part: int, name: str
) -> None:
    """Each part heads for its rest and what its own cause adds."""
    # Fails if a part follows another's cause, its rest is left out, or the sign is turned.
    params.pressure_speed_per_month = 0.5
    params.pressure_rest[side][part] = 0.125
    setattr(params, name, 2.0)
    params.growth_per_real_income, params.trade_resold_share = 1.0, [0.0, 0.5]
    trade.pressure_part[side][part] = 0.0
    trade.border_price_log[US], trade.real_income_pct[CN] = 0.25, -0.75
    sell(trade, range(N_GOODS), 0.75)

    apply_pressure_month(trade, params)

    expected = 0.5 * (0.125 + 2.0 * DRIVERS[name])
    assert trade.pressure_part[side][part] == pytest.approx(expected)


def test_cheaper_imports_press_nobody(trade: State, params: Params) -> None:
    """Prices that fall at the border take no pressure away."""
    # Fails if the floor of zero is taken away.
    params.pressure_speed_per_month, params.pressure_per_price = 1.0, 2.0
    params.pressure_rest[US][US_PRICES] = 0.5
    trade.border_price_log[US] = -0.125

    apply_pressure_month(trade, params)

    assert trade.pressure_part[US][US_PRICES] == 0.5


def test_a_month_leaves_markets_and_industry_to_the_days(trade: State, params: Params) -> None:
    """Six parts move by the month, the two others stay."""
    # Fails if a part of the day is moved too.
    params.pressure_speed_per_month = 0.5

    assert changed(trade, lambda: apply_pressure_month(trade, params)) == {"pressure_part"}
    assert trade.pressure_part[US][US_MARKETS] == 0.2
    assert trade.pressure_part[US][US_INDUSTRY] == 0.2


@pytest.mark.parametrize(
    ("target", "expected"), [(1.0, 0.625), (0.0, 0.375), (9.0, 1.0), (-9.0, 0.0)]
)
def test_a_part_moves_by_its_speed_within_bounds(
    state: State, params: Params, target: float, expected: float
) -> None:
    """A quarter of the way, between none and acute."""
    # Fails if a bound is taken away, or another part moves.
    params.pressure_speed_per_month = 0.25
    state.pressure_part = [[0.5] * 4, [0.5] * 4]

    apply_part(state, params, CN, CN_EXPORTS, target)

    assert state.pressure_part[CN][CN_EXPORTS] == expected
    assert sum(state.pressure_part[US] + state.pressure_part[CN]) == 3.5 + expected


# ------------------------------------------------------------------------------------- a day


@pytest.mark.parametrize(
    ("short", "before", "expected"), [(0.5, 0.25, 0.375), (0.0, 0.25, 0.25), (9.0, 0.5, 1.0)]
)
def test_industry_feels_missing_minerals_day_by_day(
    state: State, params: Params, short: float, before: float, expected: float
) -> None:
    """A quarter of the way to its rest and the output lost, at most acute."""
    # Fails if China's shortage is read, the rest is left out, or the bound is taken away.
    params.industry_speed_per_day, params.industry_rest = 0.25, 0.25
    state.input_short = [short, 0.9]
    state.pressure_part[US][US_INDUSTRY] = before

    assert changed(state, lambda: apply_industry_day(state, params)) <= {"pressure_part"}
    assert state.pressure_part[US][US_INDUSTRY] == expected


def test_industrys_pressure_does_not_fall_below_none(state: State, params: Params) -> None:
    """However fast it eases, it ends at zero."""
    # Fails if the bound is taken away.
    params.industry_speed_per_day = 4.0
    state.pressure_part[US][US_INDUSTRY] = 0.5

    apply_industry_day(state, params)

    assert state.pressure_part[US][US_INDUSTRY] == 0.0


def test_pressure_is_the_mean_of_its_parts_markets_of_today_among_them(state: State) -> None:
    """Market stress is a part of US pressure; each side has the mean of its four."""
    # Fails if markets are not taken over, a part is left out, or the sides are mixed up.
    state.pressure_part = [[0.25, 0.9, 0.5, 0.25], [1.0, 0.5, 0.25, 0.25]]
    state.market_stress = 1.0

    fields = changed(state, lambda: apply_pressure_index(state))

    assert fields == {"pressure_part", "pressure"}
    assert state.pressure_part[US][US_MARKETS] == 1.0
    assert state.pressure == [0.5, 0.5]
    state.pressure_part[CN][CN_JOBS] = 0.75
    apply_pressure_index(state)
    assert state.pressure == [0.5, 0.625]
