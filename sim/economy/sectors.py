"""Sectors of bilateral trade: 26 that the US buys from China, 17 that China buys from the US.

A *good* is one sector in one direction, numbered 0 to 42: US imports first, then Chinese imports.
Every list of the trade model has one element per good. Numbers never change: the rows of
`scenarios/economics/sectors.csv` are found by name, but compiled rules use numbers.
"""

from __future__ import annotations

from typing import Final

US_SECTORS: Final = (
    "phones",
    "computers",
    "machinery",
    "toys",
    "apparel",
    "metal_products",
    "electrical",
    "plastics",
    "furniture",
    "consumer_electronics",
    "batteries",
    "vehicles_parts",
    "footwear",
    "chemicals",
    "appliances",
    "instruments",
    "pharma",
    "stone_glass",
    "food",
    "wood_paper",
    "misc_manufactures",
    "semiconductors",
    "textiles",
    "basic_metals",
    "other_transport",
    "minerals_energy",
)
"""Sectors of US imports from China."""

CN_SECTORS: Final = (
    "soybeans",
    "grains",
    "meat",
    "cotton",
    "other_farm",
    "oil_gas_coal",
    "pharma",
    "chemicals",
    "instruments",
    "machinery",
    "vehicles_parts",
    "semiconductors",
    "aerospace",
    "electrical_computers",
    "metals",
    "misc_manufactures",
    "unlisted",
)
"""Sectors of Chinese imports from the US."""

N_GOODS: Final = 43
FIRST_GOOD: Final = (0, 26)
"""First good that a side (US, China) imports; China's first good is also the end of the US list."""
END_GOOD: Final = (26, 43)

GOODS: Final = tuple(f"us.{name}" for name in US_SECTORS) + tuple(
    f"cn.{name}" for name in CN_SECTORS
)
"""Names of the goods: importer and sector."""

TOYS: Final = 3
APPAREL: Final = 4
VEHICLES: Final = 11
FOOTWEAR: Final = 12
SOYBEANS_GOOD: Final = 26
LAST_FARM_GOOD: Final = 30
ENERGY_GOOD: Final = 31
CHIPS_GOOD: Final = 37
"""Goods named in rules: consumer goods in the public eye, farm goods, energy, semiconductors."""

CATEGORY_OF_GOOD: Final = (*(-1,) * 26, 0, 1, 1, 1, 1, 2, 4, 4, 4, 4, 4, 4, 3, 4, 4, 4, 4)
"""Purchase category that a good counts towards (soybeans, farm, energy, aircraft, other); -1 if
none."""
