"""Record of trade and duties by month, as customs and the Treasury counted them.

US imports from China, US exports to China and all US imports are of the Census (published by 4
September 2025, not seasonally adjusted), duties of the Monthly Treasury Statement (16 October
2025).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from sim.history.csv_table import csv_rows
from sim.history.places import data_root

RECORD: Final = "economics/trade_by_month.csv"
_MILLION_PER_BILLION: Final = 1000.0


@dataclass(frozen=True, slots=True)
class TradeMonth:
    """A month of the record; None for a number that was not published by the cutoff.

    Attributes:
        first: First day of the month.
        us_imports: US imports from China, USD bn.
        cn_imports: Chinese imports from the US, as the US counts its exports, USD bn.
        all_us_imports: US imports of goods from all countries, USD bn.
        us_duties: US customs duties on goods of all countries, USD bn.
    """

    first: date
    us_imports: float | None
    cn_imports: float | None
    all_us_imports: float | None
    us_duties: float | None


@cache
def trade_by_month() -> tuple[TradeMonth, ...]:
    """Returns the record from January 2024, month by month.

    Raises:
        ScenarioError: The file cannot be read.
    """
    names = ("us_imports", "cn_imports", "all_us_imports", "us_duties")
    columns = tuple(f"{name}_usd_mn" for name in names)
    return tuple(
        TradeMonth(
            date.fromisoformat(f"{row['month']}-01"),
            *(float(row[name]) / _MILLION_PER_BILLION if row[name] else None for name in columns),
        )
        for _, row in csv_rows(data_root() / RECORD, ("month", *columns))
    )
