"""Tables of duty and trade by sector at the end of each quarter, for supply-chain planning."""

from __future__ import annotations

from typing import Final

from sim.economy.sectors import GOODS
from sim.report.page import Page, numeric, worded
from sim.report.pages.run.digest import Digest
from sim.report.words.numbers import band, day_text, number_text, step_of
from sim.scenario.baseline import sector_labels

SIDES: Final = (("us.", "US imports from China"), ("cn.", "Chinese imports from the US"))
KINDS: Final = (
    ("duty, per cent", (("end of", "tariff_pct"), ("mean of", "tariff_mean_pct"))),
    ("$ bn a month", (("end of", "trade_usd_bn_per_month"),)),
)


def sector_tables(page: Page, digest: Digest) -> None:
    """Adds tables of duty and trade by sector: the quarters, then the end of the run. Duties come
    with their means over each quarter."""
    labels = sector_labels()
    times = quarters(digest)
    for prefix, title in SIDES:
        goods = [good for good in GOODS if good.startswith(prefix)]
        for words, readings in KINDS:
            columns = [
                (f"{reading}\n{quarter}", stem, f"@{quarter}")
                for quarter in times
                for reading, stem in readings
            ]
            columns.append(("end of\nthe run", readings[0][1], ""))
            page.heading(f"{title} by sector: {words}, median (middle 90%)")
            rows = [
                [
                    labels[good],
                    *(_cell(digest, f"{stem}[{good}]{time}") for _, stem, time in columns),
                ]
                for good in goods
            ]
            page.table([worded(""), *(numeric(head) for head, _, _ in columns)], rows)
    if times:
        page.say(
            f"A mean of a quarter is over its simulated days; the run begins on "
            f"{day_text(digest.batch.resolved.start)}."
        )


def quarters(digest: Digest) -> tuple[str, ...]:
    """Returns the quarters that end within the run, in order."""
    stem = f"tariff_pct[{GOODS[0]}]@"
    names = (column.name for column in digest.batch.columns)
    return tuple(name.removeprefix(stem) for name in names if name.startswith(stem))


def _cell(digest: Digest, name: str) -> str:
    q = digest.quantiles(name)
    if q is None:
        return "-"
    step = step_of(name)
    return f"{number_text(q['p50'], step=step)} ({band(q['p05'], q['p95'], step=step)})"
