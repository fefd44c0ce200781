"""What `run` prints: a page a newcomer can read from top to bottom."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sim.model.vocabulary import CalendarKind
from sim.report.digest import Digest
from sim.report.glossary import class_words
from sim.report.scenario_text import assumed_line
from sim.report.takeaway import takeaway
from sim.report.terminal import Column, Page, numeric, worded
from sim.report.words import (
    band,
    chances,
    count_text,
    day_text,
    number_text,
    quantity,
    scale_text,
    seconds_text,
)

if TYPE_CHECKING:
    from sim.scenario.resolved import CalendarEntry

ALONG_THE_WAY: Final = (
    ("us_hikes", "US tariff rises"),
    ("cn_hikes", "Chinese tariff rises in full reply"),
    ("us_measures", "US measures other than tariffs"),
    ("cn_measures", "Chinese measures other than tariffs"),
    ("calls", "calls between the leaders"),
    ("rounds", "rounds of talks between ministers"),
    ("tension", "tension at the end, 0 calm to 1 rupture"),
    ("deficit_usd_bn_per_year", "US trade deficit with China"),
)
PURCHASES: Final = (
    ("purchases_pledged_usd_bn", "pledged in the run"),
    ("purchases_delivered_usd_bn", "delivered by the end"),
    ("purchases_shortfall_share", "share of the pledge not delivered"),
    ("phase_one_gap_share", "share of the 2020 pledge not delivered"),
)
SPREAD: Final = (numeric("median"), numeric("half of runs"), numeric("9 in 10 runs"))


def run_page(digest: Digest) -> Page:
    """Returns the page of a batch."""
    page = Page()
    _head(page, digest)
    _endings(page, digest)
    _meeting(page, digest)
    _truce(page, digest)
    _duties(page, digest)
    _purchases(page, digest)
    _way(page, digest)
    _foot(page, digest)
    return page


def _head(page: Page, digest: Digest) -> None:
    resolved = digest.resolved
    page.title(
        f"{resolved.name}   {day_text(resolved.start)} to {day_text(resolved.until)}   "
        f"{count_text(digest.n, 'run')}, seed {digest.seed}"
    )
    page.say(resolved.question)
    page.gap()
    page.say(f"In short: {takeaway(digest)}")
    dates = [entry for entry in resolved.calendar if entry.day in digest.days]
    if dates:
        page.heading("Dates on the calendar")
        page.table([Column(""), worded("")], [[day_text(e.day), _label(e)] for e in dates])


def _label(entry: CalendarEntry) -> str:
    return entry.label or CalendarKind(entry.kind).name.lower().replace("_", " ")


def _endings(page: Page, digest: Digest) -> None:
    until = day_text(digest.resolved.until)
    page.heading("How it ends: runs in 100 (95 % interval)")
    page.table([worded(""), numeric("")], _class_rows(digest, "path_class"))
    page.heading(f"Best agreement in force on {until}: runs in 100 (95 % interval)")
    page.table([worded(""), numeric("")], _class_rows(digest, "deal_status"))


def _class_rows(digest: Digest, name: str, leave_out: Sequence[str] = ()) -> list[list[str]]:
    rows = []
    for label in digest.classes(name):
        if label not in leave_out:
            share = digest.share(name, label)
            rows.append([class_words(name, label), chances(share.value, share.low, share.high)])
    return rows


def _meeting(page: Page, digest: Digest) -> None:
    page.heading("Meeting of the leaders: runs in 100 (95 % interval)")
    rows = [
        [f"held by {day_text(day)}", digest.chances_on("leaders_met", day)] for day in digest.days
    ]
    rows.append([f"held by {day_text(digest.resolved.until)}", digest.chances_of("leaders_met")])
    page.table([worded(""), numeric("")], rows)
    if digest.share("leaders_met").value == 0.0:
        return
    page.say("Where the first one is held:", indent=2)
    page.table([worded(""), numeric("")], _class_rows(digest, "summit_venue", ["none"]), indent=4)
    page.say("What the first one brings:", indent=2)
    page.table([worded(""), numeric("")], _class_rows(digest, "summit_result"), indent=4)
    day = digest.quantiles("summit_day")
    if day is not None:
        page.say(
            f"Where it is held, the median day is {day_text(day['p50'])}; in 9 of 10 such runs it "
            f"lies between {day_text(day['p05'])} and {day_text(day['p95'])}.",
            indent=2,
        )


def _truce(page: Page, digest: Digest) -> None:
    page.heading("Truce and threat at the end of the day: runs in 100 (95 % interval)")
    columns = [
        Column("date"),
        numeric("truce in force"),
        numeric("truce strained*"),
        numeric("threatened duty in force"),
    ]
    names = ("truce_in_force", "truce_strained", "threat_in_effect")
    rows = [
        [day_text(day), *(digest.chances_on(name, day, short=True) for name in names)]
        for day in digest.days
    ]
    end = [digest.chances_of(name, short=True) for name in names]
    page.table(columns, [*rows, [day_text(digest.resolved.until), *end]])
    page.say("* a new control, listing or accusation has come since it was signed", indent=2)


def _duties(page: Page, digest: Digest) -> None:
    pair = ("us_addon_pp", "cn_addon_pp")
    page.heading("Duties added since 20 Jan 2025, percentage points")
    _side_by_side(page, digest, pair, ("by the US on China", "by China on the US"))
    page.heading("Average duty, per cent (all layers, weighted by trade)")
    pair = ("us_avg_pct", "cn_avg_pct")
    _side_by_side(page, digest, pair, ("of the US on China", "of China on the US"))
    page.heading("US average duty on the scale of press reports, per cent (14.5 + added)")
    rows = [[day_text(day), *digest.spread_on("us_avg_seed_pct", day)] for day in digest.days]
    rows.append([day_text(digest.resolved.until), *digest.spread_of("us_avg_seed_pct")])
    page.table([Column("date"), *SPREAD], rows)


def _side_by_side(
    page: Page, digest: Digest, names: tuple[str, str], titles: tuple[str, str]
) -> None:
    columns = [Column("date"), *SPREAD, *SPREAD]
    page.say(f"{'':13}{titles[0]:32}{titles[1]}", indent=2)
    rows = [
        [day_text(day), *(cell for name in names for cell in digest.spread_on(name, day))]
        for day in digest.days
    ]
    end = [cell for name in names for cell in digest.spread_of(name)]
    page.table(columns, [*rows, [day_text(digest.resolved.until), *end]])


def _purchases(page: Page, digest: Digest) -> None:
    rows = _spread_rows(digest, PURCHASES)
    if rows:
        page.heading("Chinese purchases of US goods")
        page.table([worded(""), numeric("mean"), *SPREAD[:1], SPREAD[2], Column("unit")], rows)


def _way(page: Page, digest: Digest) -> None:
    rows = _spread_rows(digest, ALONG_THE_WAY)
    page.heading("On the way")
    page.table([worded(""), numeric("mean"), *SPREAD[:1], SPREAD[2], Column("unit")], rows)


def _spread_rows(digest: Digest, lines: Sequence[tuple[str, str]]) -> list[list[str]]:
    rows = []
    for name, words in lines:
        q = digest.quantiles(name)
        if q is not None:
            mean = digest.mean(name).value
            unit = scale_text(digest.unit(name))
            rows.append(
                [words, number_text(mean), number_text(q["p50"]), band(q["p05"], q["p95"]), unit]
            )
    return rows


def _foot(page: Page, digest: Digest) -> None:
    page.gap()
    if digest.failures:
        page.say(
            f"{count_text(digest.failures, 'run')} of {digest.n:,} failed and count in no figure: "
            f"{digest.first_failure}."
        )
    page.say(assumed_line(digest.resolved))
    if digest.split is not None:
        page.say(_split_line(digest.split))
    if digest.resolved.needs:
        page.say(
            "Not built yet, so the runs go without (rows of the feature list): "
            f"{', '.join(digest.resolved.needs)}."
        )
    page.say(
        "Intervals say how much more runs would change a figure, not how right the model is."
        if digest.parameters == "fixed"
        else "Intervals cover luck and the ranges of the numbers, not the form of the model."
    )
    if digest.elapsed_s is not None:
        page.say(f"Played in {seconds_text(digest.elapsed_s)}. Files: {digest.directory}")


def _split_line(split: tuple[str, float, float, float]) -> str:
    name, share, low, high = split
    if math.isnan(share):
        return f"{name} does not vary between runs."
    return (
        f"Over the ranges of the assumed numbers, {name} moves between {quantity(low, 'pct')} and "
        f"{quantity(high, 'pct')}; {number_text(100 * share, 0)} % of its spread between runs "
        f"comes from not knowing those numbers, the rest from luck."
    )
