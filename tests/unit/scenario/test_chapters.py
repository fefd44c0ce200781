"""Chapters of the customs tariff and the sectors they hold."""

from __future__ import annotations

import pytest

from sim.economy.sectors import US_SECTORS
from sim.history.csv_table import csv_rows
from sim.history.places import data_root
from sim.scenario.baseline import sector_parameters
from sim.scenario.chapters import COLUMNS, TABLE, chapters

SPLIT = {"hs76": 2, "hs84": 3, "hs85": 6}
"""Chapters that belong to several sectors, with their number."""

ROUNDING_USD_MN = 1.5
"""Chapters are published to 0.1 million, sectors to 1 million; the largest discrepancy is 1.2."""


def test_every_chapter_with_goods_is_known() -> None:
    """All from 1 to 97 but the empty one; each belongs to one sector, but for three."""
    # Fails if a chapter is left out, or a row is read into another chapter.
    assert sorted(chapters()) == [f"hs{n:02}" for n in range(1, 98) if n != 77]
    assert {name: len(parts) for name, parts in chapters().items() if len(parts) > 1} == SPLIT


@pytest.mark.parametrize("good", range(len(US_SECTORS)))
def test_chapters_add_up_to_the_sector(good: int) -> None:
    """The parts of a sector are its imports of 2024 to the rounding, and their shares add up."""
    # Fails if a part is missing or in the wrong sector, or shares are of the chapter.
    parts = [part for each in chapters().values() for part in each if part.good == good]
    value = sector_parameters()[f"trade.us.{US_SECTORS[good]}.value_usd_bn"][0].value

    assert sum(part.imports_usd_mn for part in parts) == pytest.approx(
        1000.0 * value, abs=ROUNDING_USD_MN
    )
    assert sum(part.share for part in parts) == pytest.approx(1.0)


def test_a_part_by_calculation_says_how_it_was_found() -> None:
    """Whole chapters are measured; parts of a chapter are estimated, each with a reason."""
    # Fails if a split is passed off as a published figure.
    for _, row in csv_rows(data_root() / TABLE, COLUMNS):
        split = f"hs{row['chapter']}" in SPLIT
        assert row["kind"] == ("estimated" if split else "measured")
        assert bool(row["note"]) == split
