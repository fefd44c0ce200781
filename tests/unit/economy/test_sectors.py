"""The list of goods, and the constants the economy repeats because it may not import the model."""

from __future__ import annotations

from types import ModuleType

import pytest

from sim.economy import controls, costs, demand, flows, records, sectors
from sim.model.tables import codes
from sim.model.tables.vocabulary import Category, Instrument, Layer, Price


@pytest.mark.parametrize(
    ("module", "names"),
    [
        (
            records,
            """US CN N_SIDES N_LAYERS S301 S232 FENTANYL RECIPROCAL PARTIAL_REPLY FULL_REPLY
            N_CATEGORIES""",
        ),
        (
            costs,
            """US CN PRICE_US_TARIFF_CUT PRICE_CN_TARIFF_CUT PRICE_MINERALS PRICE_TECH
            PRICE_PURCHASES PRICE_US_BROAD_CUT N_PRICES N_LAYERS N_SIDES RARE_EARTHS""",
        ),
        (controls, "US CN TECH RARE_EARTHS"),
        (flows, "CN BUYER_FREEZE N_CATEGORIES"),
        (demand, "US PORT_FEES N_CATEGORIES N_SIDES"),
    ],
    ids=["records", "costs", "controls", "flows", "demand"],
)
def test_constants_are_those_of_the_vocabulary(module: ModuleType, names: str) -> None:
    """Copies of the vocabulary must not drift from it, nor a copy be missing from this list."""
    for name in names.split():
        assert getattr(module, name) == getattr(codes, name), name
    copies = {n for n in vars(module) if n.isupper() and hasattr(codes, n)}
    assert copies - {"US", "CN"} <= set(names.split())


def test_counts_are_those_of_the_vocabulary() -> None:
    """As many layers and clauses as the model has; a broad cut comes last, after the others."""
    assert len(Layer) == records.N_LAYERS
    assert len(Price) == costs.N_PRICES == costs.PRICE_US_BROAD_CUT + 1
    assert Instrument.PORT_FEES == demand.PORT_FEES


def test_goods_are_26_of_the_us_and_17_of_china() -> None:
    """US imports come first, China's next, every name once."""
    assert sectors.GOODS[:26] == tuple(f"us.{name}" for name in sectors.US_SECTORS)
    assert sectors.GOODS[26:] == tuple(f"cn.{name}" for name in sectors.CN_SECTORS)
    assert len(set(sectors.GOODS)) == sectors.N_GOODS == 43
    assert (*sectors.FIRST_GOOD, sectors.END_GOOD[1]) == (0, 26, 43)
    assert sectors.END_GOOD[0] == sectors.FIRST_GOOD[1]


def test_numbers_that_rules_name_are_those_goods() -> None:
    """A rule that says soybeans means soybeans."""
    named = {
        "us.toys": sectors.TOYS,
        "us.apparel": sectors.APPAREL,
        "us.vehicles_parts": sectors.VEHICLES,
        "us.footwear": sectors.FOOTWEAR,
        "cn.soybeans": sectors.SOYBEANS_GOOD,
        "cn.other_farm": sectors.LAST_FARM_GOOD,
        "cn.oil_gas_coal": sectors.ENERGY_GOOD,
        "cn.semiconductors": sectors.CHIPS_GOOD,
    }
    for name, good in named.items():
        assert sectors.GOODS[good] == name


def test_every_chinese_import_counts_towards_the_category_it_belongs_to() -> None:
    """Soybeans, other farm goods, energy and aircraft are pledged apart, the rest together."""
    kinds = dict(zip(sectors.GOODS, sectors.CATEGORY_OF_GOOD, strict=True))

    assert all(kind == -1 for name, kind in kinds.items() if name.startswith("us."))
    chinese = {name: kind for name, kind in kinds.items() if name.startswith("cn.")}
    assert chinese.pop("cn.soybeans") == Category.SOYBEANS
    assert chinese.pop("cn.oil_gas_coal") == Category.ENERGY
    assert chinese.pop("cn.aerospace") == Category.AIRCRAFT
    for farm in ("grains", "meat", "cotton", "other_farm"):
        assert chinese.pop(f"cn.{farm}") == Category.FARM
    assert set(chinese.values()) == {Category.OTHER}
