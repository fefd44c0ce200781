"""Chapters of the customs tariff (HS): the sectors of US imports from China that each holds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from sim.economy.sectors import GOODS
from sim.history.csv_table import csv_rows
from sim.history.places import data_root

TABLE: Final = "economics/chapters.csv"
COLUMNS: Final = ("chapter", "sector", "imports_usd_mn", "kind", "source", "note")


class ChapterPart(NamedTuple):
    """Part of a sector that belongs to a chapter.

    Attributes:
        good: Number of the good.
        imports_usd_mn: US imports from China of this part in 2024, in millions of dollars.
        share: Share of the part in the imports of the sector, 0 to 1.
    """

    good: int
    imports_usd_mn: float
    share: float


@cache
def chapters() -> Mapping[str, tuple[ChapterPart, ...]]:
    """Returns the parts of each chapter by its name, `hs01` to `hs97`."""
    rows = [row for _, row in csv_rows(data_root() / TABLE, COLUMNS)]
    totals: dict[str, float] = {}
    for row in rows:
        sector = row["sector"]
        totals[sector] = totals.get(sector, 0.0) + float(row["imports_usd_mn"])
    found: dict[str, tuple[ChapterPart, ...]] = {}
    for row in rows:
        imports = float(row["imports_usd_mn"])
        good = GOODS.index(f"us.{row['sector']}")
        part = ChapterPart(good, imports, imports / totals[row["sector"]])
        name = f"hs{row['chapter']}"
        found[name] = (*found.get(name, ()), part)
    return found
