"""Outcomes of trade: each row reads what it says, in its unit, of whom it says."""

from __future__ import annotations

import math

import pytest

from sim.economy.macro import EMPLOYMENT, GDP, ON_CHINA, ON_OTHERS, PRICES, UNEMPLOYMENT
from sim.economy.records import DIRECT, REGIONS, THROUGH_INPUTS
from sim.economy.sectors import (
    APPAREL,
    CHIPS_GOOD,
    END_GOOD,
    FIRST_GOOD,
    GOODS,
    LAST_FARM_GOOD,
    N_GOODS,
    SOYBEANS_GOOD,
    TOYS,
    VEHICLES,
)
from sim.model.outcomes.trade import (
    REGION_OUTCOMES,
    SECTOR_OUTCOMES,
    TRADE_OUTCOMES,
    border_price_pct,
    chip_tariff_equivalent_pct,
    due_to_all,
    due_to_china,
    due_to_others,
    good_tariff_pct,
    good_trade_usd_bn,
    jobs_thousand,
    per_cent,
)
from sim.model.tables.codes import CN, RECIPROCAL, TECH, US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.units import UNITS
from tests.unit.model.records import place

ROWS = {row.name: row for row in (*TRADE_OUTCOMES, *SECTOR_OUTCOMES)}
QUARTER = math.log(1.25)
"""Log of a price a quarter higher."""


# ------------------------------------------------------------------------------------- rules


@pytest.mark.parametrize(("log", "expected"), [(0.0, 0.0), (QUARTER, 25.0), (math.log(0.5), -50.0)])
def test_a_log_change_is_turned_into_per_cent(log: float, expected: float) -> None:
    """Rises and falls alike, none for no change."""
    # Fails if one is not taken off, or the log itself is returned.
    assert per_cent(log) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("good", "expected"),
    [
        (0, 25.0),
        (END_GOOD[US] - 1, 25.0),
        (FIRST_GOOD[CN], 100.0 * (1.25**0.5 - 1.0)),
        (N_GOODS - 1, 100.0 * (1.25**0.5 - 1.0)),
    ],
)
def test_a_duty_is_passed_through_by_its_importer(
    state: State, params: Params, good: int, expected: float
) -> None:
    """Whole into the US, half (of the log) into China."""
    # Fails if the importer of a good is another's, or pass-through is left out.
    params.trade_pass_through = [1.0, 0.5]
    state.good_duty_log = [QUARTER] * N_GOODS

    assert border_price_pct(state, params, good) == pytest.approx(expected)


def test_jobs_follow_employment(state: State, params: Params) -> None:
    """Half a per cent of 160 million is 800 thousand jobs lost."""
    # Fails if the sign or the unit is another's.
    params.macro_employment_million = 160.0

    assert jobs_thousand(params, -0.5) == -800.0


@pytest.mark.parametrize("variable", [GDP, PRICES, UNEMPLOYMENT, EMPLOYMENT])
def test_each_cause_has_its_own_part_of_the_total(
    state: State, params: Params, variable: int
) -> None:
    """Duties on China and on other countries add up to all duties; jobs are in thousands."""
    # Fails if a cause reads the other's response, the total leaves one out, or jobs are left in
    # per cent.
    params.macro_employment_million = 160.0
    state.macro[ON_CHINA][variable], state.macro[ON_OTHERS][variable] = -0.25, -0.5
    factor = 1600.0 if variable == EMPLOYMENT else 1.0

    assert due_to_china(state, params, variable) == -0.25 * factor
    assert due_to_others(state, params, variable) == -0.5 * factor
    assert due_to_all(state, params, variable) == -0.75 * factor


@pytest.mark.parametrize(("level", "expected"), [(2, 0.0), (4, 100.0 * (2.0**0.5 - 1.0))])
def test_licences_have_a_tariff_equivalent(
    state: State, params: Params, level: int, expected: float
) -> None:
    """Half the sales at an elasticity of 2: the duty that doubles the price squared."""
    # Fails if the cap is not that of chips, or the elasticity is another good's.
    params.chips_cut_per_level, params.chips_base_level = 0.25, 2
    state.good_sigma = [9.0] * N_GOODS
    state.good_sigma[CHIPS_GOOD] = 2.0
    state.control[US][TECH] = level

    assert chip_tariff_equivalent_pct(state, params) == pytest.approx(expected)


@pytest.mark.parametrize(("added", "expected"), [(30.0, 34.0), (-2.0, 2.0), (-9.0, 0.0)])
def test_a_goods_duty_is_that_of_2024_and_what_was_added(
    state: State, params: Params, added: float, expected: float
) -> None:
    """Never below zero."""
    # Fails if a part is left out, or the floor is taken away.
    params.good_duty_pct[TOYS], state.good_added_pp[TOYS] = 4.0, added

    assert good_tariff_pct(state, params, TOYS) == expected


def test_a_goods_trade_is_that_of_the_month(state: State, params: Params) -> None:
    """The flow of the good itself."""
    # Fails if another good's flow is read.
    state.good_usd_bn_per_month[TOYS] = 2.5

    assert good_trade_usd_bn(state, params, TOYS) == 2.5
    assert good_trade_usd_bn(state, params, TOYS + 1) == 0.0


# -------------------------------------------------------------------------------------- rows


READS: list[tuple[str, str, tuple[int, ...], float, float]] = [
    ("us_revenue_usd_bn_per_year", "revenue_usd_bn_per_year", (US,), 80.0, 80.0),
    ("cn_revenue_usd_bn_per_year", "revenue_usd_bn_per_year", (CN,), 80.0, 80.0),
    ("us_border_price_pct", "border_price_log", (US,), QUARTER, 25.0),
    ("cn_border_price_pct", "border_price_log", (CN,), QUARTER, 25.0),
    ("us_shelf_price_pct", "retail_price_log", (US,), QUARTER, 25.0),
    ("us_prices_direct_pct", "content_price_pct", (DIRECT,), 0.25, 0.25),
    ("us_prices_with_inputs_pct", "content_price_pct", (DIRECT,), 0.25, 0.25),
    ("us_prices_with_inputs_pct", "content_price_pct", (THROUGH_INPUTS,), 0.5, 0.5),
    ("us_household_cost_usd_per_year", "buyers_cost_usd_bn_per_year", (US,), 25.0, 100.0),
    ("us_static_gain_usd_bn_per_year", "static_gain_usd_bn_per_year", (US,), -4.0, -4.0),
    ("cn_static_gain_usd_bn_per_year", "static_gain_usd_bn_per_year", (CN,), -4.0, -4.0),
    ("us_real_income_pct", "real_income_pct", (US,), -0.5, -0.5),
    ("cn_real_income_pct", "real_income_pct", (CN,), -0.5, -0.5),
    ("cn_exports_change_usd_bn_per_year", "cn_exports_change_usd_bn", (), -99.0, -99.0),
    *(
        (f"real_income_pct[{name}]", "real_income_pct", (region,), 0.5, 0.5)
        for region, name in enumerate(REGIONS)
        if region > CN
    ),
    *(
        (
            f"exports_to_us_change_usd_bn_per_year[{name}]",
            "exports_to_us_change_usd_bn",
            (region,),
            9.0,
            9.0,
        )
        for region, name in enumerate(REGIONS)
        if region != US
    ),
    ("us_output_pct", "macro", (ON_CHINA, GDP), -0.5, -0.5),
    ("us_output_china_pct", "macro", (ON_CHINA, GDP), -0.5, -0.5),
    ("us_output_others_pct", "macro", (ON_OTHERS, GDP), -0.5, -0.5),
    ("us_consumer_prices_pct", "macro", (ON_OTHERS, PRICES), 1.5, 1.5),
    ("us_consumer_prices_china_pct", "macro", (ON_CHINA, PRICES), 1.5, 1.5),
    ("us_consumer_prices_others_pct", "macro", (ON_OTHERS, PRICES), 1.5, 1.5),
    ("us_unemployment_pp", "macro", (ON_CHINA, UNEMPLOYMENT), 0.25, 0.25),
    ("us_unemployment_china_pp", "macro", (ON_CHINA, UNEMPLOYMENT), 0.25, 0.25),
    ("us_unemployment_others_pp", "macro", (ON_OTHERS, UNEMPLOYMENT), 0.25, 0.25),
    ("us_jobs_thousand", "macro", (ON_OTHERS, EMPLOYMENT), -0.5, -800.0),
    ("us_jobs_china_thousand", "macro", (ON_CHINA, EMPLOYMENT), -0.5, -800.0),
    ("us_jobs_others_thousand", "macro", (ON_OTHERS, EMPLOYMENT), -0.5, -800.0),
    ("us_magnet_output_lost_usd_bn_per_year", "input_short", (US,), 0.25, 8.0),
    ("us_output_magnets_pct", "input_short", (US,), 0.25, -0.04),
    ("us_output_pct", "input_short", (US,), 0.25, -0.04),
    ("cn_chip_output_lost_usd_bn_per_year", "input_short", (CN,), 0.25, 10.0),
    ("us_toys_price_pct", "good_duty_log", (TOYS,), QUARTER, 25.0),
    ("us_apparel_price_pct", "good_duty_log", (APPAREL,), QUARTER, 25.0),
    ("us_vehicles_price_pct", "good_duty_log", (VEHICLES,), QUARTER, 25.0),
    ("us_cost_of_us_point_usd_bn_per_year", "own_cost_per_pp", (US, RECIPROCAL), 0.5, 0.5),
    ("cn_cost_of_us_point_usd_bn_per_year", "other_cost_per_pp", (CN, RECIPROCAL), 0.5, 0.5),
    ("cn_resold_usd_bn_per_month", "lost_sales_usd_bn_per_month", (CN,), 8.0, 4.0),
    ("third_country_barriers", "third_barrier", (), 0.5, 0.5),
    ("us_rerouted_usd_bn_per_month", "lost_sales_usd_bn_per_month", (CN,), 8.0, 1.0),
    ("us_import_avg_pct", "added_avg_pp", (US,), 10.0, 14.0),
    ("cn_import_avg_pct", "added_avg_pp", (CN,), 10.0, 18.0),
]


@pytest.mark.parametrize(("name", "field", "index", "value", "expected"), READS)
def test_an_outcome_reads_its_field(
    state: State,
    params: Params,
    name: str,
    field: str,
    index: tuple[int, ...],
    value: float,
    expected: float,
) -> None:
    """Each row is moved by one field of one side, in the unit of the row."""
    # Fails if a row reads another field, side or good, or leaves out its conversion.
    params.trade_pass_through = [1.0, 9.0]
    params.macro_employment_million = 160.0
    params.trade_dollar_share, params.trade_households_million = 0.5, 125.0
    params.trade_inputs_exposed_usd_bn = [32.0, 40.0]
    params.ge_gdp_usd_bn[US] = 20_000.0
    params.trade_resold_share, params.trade_rerouted_share = [9.0, 0.5], 0.25
    state.good_base_usd_bn = [1.0] * N_GOODS
    params.good_duty_pct = [4.0] * END_GOOD[US] + [8.0] * (N_GOODS - END_GOOD[US])
    before = ROWS[name].read(state, params)

    place(state, field, value, *index)

    assert ROWS[name].read(state, params) == pytest.approx(expected)
    assert before != ROWS[name].read(state, params)


def test_farm_sales_lost_are_those_of_farm_goods(state: State, params: Params) -> None:
    """Half of what China bought of soybeans to the last farm good is gone."""
    # Fails if a good is left out or added.
    state.good_base_usd_bn = [12.0] * N_GOODS
    for good in range(SOYBEANS_GOOD, LAST_FARM_GOOD + 1):
        state.good_usd_bn_per_month[good] = 0.5

    assert ROWS["us_farm_exports_lost_pct"].read(state, params) == pytest.approx(50.0)
    state.good_usd_bn_per_month[LAST_FARM_GOOD] = 0.0
    assert ROWS["us_farm_exports_lost_pct"].read(state, params) == pytest.approx(60.0)


def test_barriers_of_third_countries_keep_resold_goods_out(state: State, params: Params) -> None:
    """Half of the half that is resold finds a market."""
    # Fails if barriers are left out.
    params.trade_resold_share = [9.0, 0.5]
    state.lost_sales_usd_bn_per_month[CN], state.third_barrier = 8.0, 0.5

    assert ROWS["cn_resold_usd_bn_per_month"].read(state, params) == 2.0


def test_the_tariff_equivalent_of_licences_is_an_outcome() -> None:
    """The row is the rule."""
    # Fails if another rule is read.
    assert ROWS["cn_chip_tariff_equivalent_pct"].read is chip_tariff_equivalent_pct


# ----------------------------------------------------------------------------------- the tables


def test_every_row_of_trade_is_read_above() -> None:
    """A row added to the table wants a case of its own."""
    # Fails if a row has no case.
    tested = {name for name, *_ in READS}
    tested |= {"us_farm_exports_lost_pct", "cn_chip_tariff_equivalent_pct", "cn_minerals_share"}
    tested |= {"rest_real_income_pct", "us_imports_long_run_pct", "yuan_fall_pct"}
    tested |= {f"{side}_imports_unadjusted_usd_bn_per_month" for side in ("us", "cn")}

    assert {row.name for row in TRADE_OUTCOMES} == tested


def test_accounts_are_watched_by_nobody() -> None:
    """Neither side decides by them; no intervention may hang on them."""
    # Fails if an account is made observable.
    assert not any(row.observable for row in ROWS.values())


def test_every_good_has_its_duty_and_its_trade_by_quarter() -> None:
    """Names are the rule's and the good's, in the order of the goods."""
    # Fails if a good is left out, or the rows are read monthly.
    stems = ("tariff_pct", "tariff_mean_pct", "trade_usd_bn_per_month")
    expected = [f"{stem}[{good}]" for stem in stems for good in GOODS]

    assert [row.name for row in SECTOR_OUTCOMES] == expected
    assert all(row.quarterly for row in SECTOR_OUTCOMES)
    assert not any(row.quarterly for row in TRADE_OUTCOMES)


@pytest.mark.parametrize("good", [0, TOYS, CHIPS_GOOD, N_GOODS - 1])
def test_a_sectors_row_reads_its_own_good(state: State, params: Params, good: int) -> None:
    """The row of a name reads the place of that name."""
    # Fails if names and places are shifted.
    state.good_added_pp[good], state.good_usd_bn_per_month[good] = 30.0, 2.5
    state.good_tariff_sum_pct[good], state.quarter_days = 100.0, 4

    assert ROWS[f"tariff_pct[{GOODS[good]}]"].read(state, params) == 30.0
    assert ROWS[f"tariff_mean_pct[{GOODS[good]}]"].read(state, params) == 25.0
    assert ROWS[f"trade_usd_bn_per_month[{GOODS[good]}]"].read(state, params) == 2.5


def test_every_region_has_a_row() -> None:
    """Real income of the six that are no side, exports to the US of the seven that are not the US;
    the sides have names of their own, and all others together one more."""
    # Fails if a region is left out, or reads another's place.
    names = [row.name for row in REGION_OUTCOMES]
    stem = "exports_to_us_change_usd_bn_per_year"

    assert names == [
        *(f"real_income_pct[{region}]" for region in REGIONS[2:]),
        *(f"{stem}[{region}]" for region in REGIONS[1:]),
    ]
    assert {"us_real_income_pct", "cn_real_income_pct", "rest_real_income_pct"} <= set(ROWS)


def test_the_rest_and_the_long_run_of_imports(state: State, params: Params) -> None:
    """All regions but the sides, by output; and the share of US imports from China that is lost."""
    # Fails if a side counts among the rest, or the loss is not one of imports from China.
    state.real_income_pct = [9.0, 9.0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]
    params.ge_gdp_usd_bn = [1.0] * len(REGIONS)
    params.ge_exports_to_us_usd_bn[CN], state.exports_to_us_change_usd_bn[CN] = 400.0, -100.0

    assert ROWS["rest_real_income_pct"].read(state, params) == pytest.approx(0.5)
    assert ROWS["us_imports_long_run_pct"].read(state, params) == pytest.approx(-25.0)


def test_units_are_known_and_margins_positive() -> None:
    """Each row carries a unit of the closed list and says what difference matters."""
    # Fails if a unit is misspelt, or a margin is left out.
    assert {row.unit for row in ROWS.values()} <= set(UNITS)
    assert min(row.margin for row in ROWS.values()) > 0.0
