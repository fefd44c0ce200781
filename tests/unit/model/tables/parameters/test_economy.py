"""Parameters of the economy: rows, names, shipped values."""

from __future__ import annotations

import pytest

from sim.economy.sectors import GOODS
from sim.model.tables.parameters.economy import PRICED_BY_TRADE, EconomyParams
from sim.model.tables.params import Params
from tests.unit.model.tables.subjects import check_rows, check_values, names

US_GOODS = [good for good in GOODS if good.startswith("us.")]
CN_GOODS = [good for good in GOODS if good.startswith("cn.")]
QUARTERS = (0, 1, 2, 4, 6, 10)


def test_rows_are_sound_and_have_values() -> None:
    """Every row has a name, a unit, a meaning and a shipped value in its unit."""
    # Fails if a row or its value is missing, or a unit differs.
    check_rows(EconomyParams, Params)
    check_values(EconomyParams)


@pytest.mark.parametrize(
    ("attr", "expected"),
    [
        ("good_value_usd_bn", [f"trade.{good}.value_usd_bn" for good in GOODS]),
        ("good_homogeneous", [f"trade.{good}.homogeneous" for good in CN_GOODS]),
        (
            "good_cover",
            [f"trade.{good}.cover_s301" for good in US_GOODS]
            + [f"trade.{good}.cover_s232" for good in US_GOODS]
            + [f"trade.{good}.cover_reciprocal" for good in US_GOODS]
            + [f"trade.{good}.cover_partial" for good in CN_GOODS],
        ),
    ],
)
def test_goods_are_named_by_importer_and_sector(attr: str, expected: list[str]) -> None:
    """A column of the sector table has a number for each good it concerns."""
    # Fails if goods are renamed or reordered, or a column reaches goods it does not concern.
    assert sorted(names(EconomyParams, Params, attr)) == sorted(expected)


@pytest.mark.parametrize(
    ("attr", "expected"),
    [
        (
            "pressure_rest",
            [f"us.pressure_rest.{part}" for part in ("prices", "markets", "farm")]
            + [f"cn.pressure_rest.{part}" for part in ("growth", "exports", "prices", "jobs")],
        ),
        ("base_duty_pp", ["us.base_duty.s301_pp", "cn.base_duty.s301_reply_pp"]),
        (
            "coverage_reference",
            [f"us.coverage_reference.{layer}" for layer in ("s301", "s232", "reciprocal")],
        ),
        (
            "macro_response",
            [
                f"macro.us.{variable}_after_{quarters}_quarters"
                for variable in ("gdp", "prices", "unemployment", "employment")
                for quarters in QUARTERS
            ],
        ),
        (
            "clause_usd_bn",
            [
                "clause.us.port_fees_usd_bn",
                "clause.us.investment_usd_bn",
                "clause.us.precursors_usd_bn",
                "clause.cn.minerals_usd_bn",
                "clause.cn.port_fees_usd_bn",
                "clause.cn.investment_usd_bn",
                "clause.cn.precursors_usd_bn",
            ],
        ),
    ],
)
def test_arrays_are_named_by_their_codes(attr: str, expected: list[str]) -> None:
    """Parts, layers, variables and clauses have names; what has none cannot be set."""
    # Fails if codes are renamed or reordered, or a clause is priced twice or not at all.
    assert names(EconomyParams, Params, attr) == expected


def test_clauses_are_priced_by_trade_or_by_a_parameter() -> None:
    """Tariff cuts, purchases and technology have their price from trade, for both sides."""
    # Fails if a clause that trade prices gets a parameter too.
    priced = {clause.name.lower() for clause in PRICED_BY_TRADE}
    written = {n.split(".")[2] for n in names(EconomyParams, Params, "clause_usd_bn")}

    assert priced == {"us_tariff_cut", "cn_tariff_cut", "us_broad_cut", "purchases", "tech"}
    assert not {name.removesuffix("_usd_bn") for name in written} & priced


@pytest.mark.parametrize(
    "attr", ["ge_us_pp", "ge_cn_pp", "ge_results", "ge_gdp_usd_bn", "ge_exports_to_us_usd_bn"]
)
def test_the_table_of_equilibria_is_no_parameter_of_a_scenario(attr: str) -> None:
    """It ships as a file and is cut at the trade elasticity and the duties on other countries."""
    # Fails if a scenario could set it.
    assert names(EconomyParams, Params, attr) == []
