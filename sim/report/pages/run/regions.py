"""Table of real income and exports by region at the end of a run: who gains diverted trade."""

from __future__ import annotations

from sim.economy.records import REGIONS
from sim.report.page import Page, numeric, worded
from sim.report.pages.run.digest import Digest
from sim.report.words.glossary import REGION_NAMES
from sim.report.words.impact import REGIONS_NOTE
from sim.report.words.numbers import number_text, spread

OWN_NAMES = {"us": "us_real_income_pct", "cn": "cn_real_income_pct"}
"""Outcomes of the two sides, which do not have the name of a region in brackets."""


def say_long_run(page: Page, digest: Digest) -> None:
    """Adds what the long run is, and which duties are in it."""
    others = digest.resolved.parameters["trade.us.rest_added_pp"].value
    words = (
        f" and to the {others:g} points of the US on all other countries, which do not reply"
        if others
        else ""
    )
    page.say(
        f"Long run: once trade has adjusted to the duties in force at the end{words}. The "
        "elasticity is that of the trade flows above."
    )


def region_table(page: Page, digest: Digest) -> None:
    """Adds the table of the regions: changes by the duties in force at the end, in the long run."""
    page.heading("Regions in the long run, median (middle 90%)")
    rows = [
        [
            REGION_NAMES[region],
            _cell(digest, OWN_NAMES.get(region, f"real_income_pct[{region}]")),
            _cell(digest, f"exports_to_us_change_usd_bn_per_year[{region}]"),
        ]
        for region in REGIONS
    ]
    heads = ("real income,\nper cent", "exports to the US,\n$ bn a year")
    page.table([worded(""), *(numeric(head) for head in heads)], rows)
    page.say(
        "Changes from January 2025 by all duties added since, once trade has adjusted; dollars of "
        f"2023. {REGIONS_NOTE}"
    )


def _cell(digest: Digest, name: str) -> str:
    q = digest.quantiles(name) if digest.has(name) else None
    if q is None:
        return "-"
    return f"{number_text(q['p50'])} ({spread(q['p05'], q['p95'])})"
