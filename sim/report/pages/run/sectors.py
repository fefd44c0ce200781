"""Tables of duty and trade by sector at the end of each quarter, for supply-chain planning."""

from __future__ import annotations

from typing import Final

from sim.economy.sectors import GOODS
from sim.report.page import Page, numeric, worded
from sim.report.pages.run.digest import Digest
from sim.report.words.numbers import band, number_text
from sim.scenario.baseline import sector_labels

SIDES: Final = (("us.", "US imports from China"), ("cn.", "Chinese imports from the US"))


def sector_tables(page: Page, digest: Digest) -> None:
    """Adds tables of duty and trade by sector: one column per quarter, then the end of the run."""
    labels = sector_labels()
    ends = ("", *(f"@{quarter}" for quarter in quarters(digest)))
    times = [*ends[1:], ends[0]]
    heads = [f"end of\n{end.lstrip('@')}" if end else "end of\nthe run" for end in times]
    for prefix, title in SIDES:
        goods = [good for good in GOODS if good.startswith(prefix)]
        for stem, words in (
            ("tariff_pct", "duty, per cent"),
            ("trade_usd_bn_per_month", "$ bn a month"),
        ):
            page.heading(f"{title} by sector: {words}, median (middle 90%)")
            rows = [
                [labels[good], *(_cell(digest, f"{stem}[{good}]{end}") for end in times)]
                for good in goods
            ]
            page.table([worded(""), *(numeric(head) for head in heads)], rows)


def quarters(digest: Digest) -> tuple[str, ...]:
    """Returns the quarters that end within the run, in order."""
    stem = f"tariff_pct[{GOODS[0]}]@"
    names = (column.name for column in digest.batch.columns)
    return tuple(name.removeprefix(stem) for name in names if name.startswith(stem))


def _cell(digest: Digest, name: str) -> str:
    q = digest.quantiles(name)
    if q is None:
        return "-"
    return f"{number_text(q['p50'])} ({band(q['p05'], q['p95'])})"
