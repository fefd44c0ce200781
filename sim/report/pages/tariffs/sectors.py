"""Tables of duty and trade of every sector under duties that are played."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from sim.economy.sectors import GOODS
from sim.experiment.tariffs.impact import Impact
from sim.report.page import Page, numeric, worded
from sim.report.pages.tariffs.estimates import shown_as, triple_text, value_text
from sim.report.words.impact import short_names
from sim.scenario.baseline import sector_labels

SIDES: Final = (("us.", "US imports from China"), ("cn.", "Chinese imports from the US"))
DUTY: Final = "tariff_pct"
TRADE: Final = "trade_usd_bn_per_month"
KINDS: Final = (
    ("duty, %", DUTY),
    ("imports,\n$ bn a month", TRADE),
    ("change from\n2024, %", "trade_change_pct"),
)

Reading = Callable[[Impact, str], str]


def sector_tables(page: Page, found: Impact) -> None:
    """Adds a table of the sectors of each side: duty before and at the end, imports and their
    change; of two sets of duties also the difference in imports."""
    labels = sector_labels()
    columns = readings(found)
    for prefix, title in SIDES:
        page.heading(f"{title} by sector, at the end (middle 90%)")
        rows = [
            [labels[good], *(read(found, good) for _, read in columns)]
            for good in GOODS
            if good.startswith(prefix)
        ]
        page.table([worded(""), *(numeric(head) for head, _ in columns)], rows)


def readings(found: Impact) -> list[tuple[str, Reading]]:
    """Returns the columns of the tables: heading, and what is read of a good."""
    names = short_names(found.duties)
    columns: list[tuple[str, Reading]] = [("duty\nbefore, %", _before)]
    for heading, stem in KINDS:
        for which, name in enumerate(names):
            title = heading if len(names) == 1 else f"{heading}:\n{name}"
            columns.append((title, _value(stem, which)))
    if len(names) == 2:
        columns.append((f"imports,\n{names[0]} minus\n{names[1]}", _difference))
    return columns


def _before(found: Impact, good: str) -> str:
    place = found.place(f"{DUTY}[{good}]")
    return value_text(float(found.before[place]), shown_as(found.lines[place]))


def _value(stem: str, which: int) -> Reading:
    """Returns the reading of a line of a good under one of the duties."""

    def read(found: Impact, good: str) -> str:
        place = found.place(f"{stem}[{good}]")
        return triple_text(found.estimate(which, place), shown_as(found.lines[place]), "")

    return read


def _difference(found: Impact, good: str) -> str:
    place = found.place(f"{TRADE}[{good}]")
    shown = replace(shown_as(found.lines[place]), change=True)
    return triple_text(found.difference(place), shown, "")
