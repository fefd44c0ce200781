"""The five numbers people ask for, each with both doubts."""

from __future__ import annotations

from typing import Final

from sim.report.page import Page, numeric, worded
from sim.report.pages.run.digest import Digest
from sim.report.pages.run.headlines import Headline, meeting, truce
from sim.report.words.numbers import NOTHING, band, chance, chance_range, number_text, step_of

AMOUNTS: Final = (
    ("us_addon_pp", "points of US duty added since Jan 2025"),
    ("us_household_cost_usd_per_year", "cost per US household, $ a year"),
)
"""Amounts people ask for, at the end of a run."""

_TITLES: Final = ("", "central", "luck", "luck, ignorance")


def asked_table(page: Page, digest: Digest) -> None:
    """Adds the numbers people ask for as a table, if any run finished."""
    if digest.quantiles("us_addon_pp") is None:
        return
    page.heading("What people ask for (shares of runs; amounts: median, middle 90% of runs)")
    titles, rows = asked(digest)
    page.table([worded(titles[0]), *map(numeric, titles[1:])], rows)


def asked(digest: Digest) -> tuple[tuple[str, ...], list[list[str]]]:
    """Returns the titles and the rows of the numbers people ask for."""
    shares = (
        truce(digest),
        meeting(digest),
        Headline("relations end in open conflict", "path_class", "conflict"),
    )
    rows = [_share_row(digest, headline) for headline in shares]
    rows += [_amount_row(digest, name, words) for name, words in AMOUNTS]
    titles = ("", "drawn", "ignorance") if digest.drawn else _TITLES
    return titles, rows


def _share_row(digest: Digest, headline: Headline) -> list[str]:
    share = digest.share(headline.column, headline.label)
    ranges = digest.over_ranges(headline.column, headline.label)
    both = chance_range(ranges.low, ranges.high) if ranges else NOTHING
    luck = [] if digest.drawn else [chance_range(share.low, share.high)]
    return [headline.words, chance(share.value), *luck, both]


def _amount_row(digest: Digest, name: str, words: str) -> list[str]:
    step = step_of(name)
    q = digest.quantiles(name)
    drawn = digest.ranges.quantiles(name) if digest.ranges else None
    luck = [] if digest.drawn else [_middle(q, step)]
    return [words, number_text(q["p50"], step=step) if q else NOTHING, *luck, _middle(drawn, step)]


def _middle(q: dict[str, float] | None, step: float | None) -> str:
    if q is None:
        return NOTHING
    low, high = q["p05"], q["p95"]
    if low >= 0.0:
        return band(low, high, step=step).replace("-", " to ")
    return f"{number_text(low, step=step)} to {number_text(high, step=step)}"
