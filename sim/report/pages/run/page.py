"""Page of a batch: text and tables that a newcomer can read from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sim.economy.constants import DAYS_PER_MONTH, PERCENT
from sim.model.tables.vocabulary import CalendarKind, CourtCase
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.pages.run.digest import Digest, on
from sim.report.pages.run.essentials import asked_table
from sim.report.pages.run.headlines import truce
from sim.report.pages.run.lead import lead
from sim.report.pages.run.regions import region_table, say_long_run
from sim.report.pages.run.scenario import assumed_line, needs_line
from sim.report.pages.run.sectors import sector_tables
from sim.report.pages.run.survival import survival_section
from sim.report.words.commands import say_sources
from sim.report.words.conditions import say_given
from sim.report.words.deadlines import deadlines
from sim.report.words.glossary import KIND_WORDS, class_words, held_fixed
from sim.report.words.impact import TWO_ESTIMATES, held_note
from sim.report.words.numbers import (
    band,
    chance,
    count_text,
    day_text,
    interval_name,
    number_text,
    of_runs,
    quantity,
    scale_text,
    seconds_text,
    sentence_case,
    spaced,
    spread,
    step_of,
)

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch

PURCHASES: Final = (
    ("purchases_pledged_usd_bn", "pledged during the run"),
    ("purchases_delivered_usd_bn", "delivered, with catch-up on the 2020 pledge"),
    ("purchases_shortfall_share", "share of that pledge not delivered"),
    ("phase_one_gap_share", "share of the 2020 pledge not delivered"),
    ("jobs", "US jobs from agreed Chinese investment"),
)
DURING_THE_RUN: Final = (
    ("us_hikes", "US tariff increases"),
    ("cn_hikes", "Chinese increases matching US ones"),
    ("us_measures", "US measures other than tariffs"),
    ("cn_measures", "Chinese measures other than tariffs"),
    ("calls", "calls held between leaders (declined ones not counted)"),
    ("rounds", "rounds of talks between ministers"),
    ("tension", "tension at the end (1 = rupture)"),
    ("deficit_usd_bn_per_year", "US goods deficit with China, last twelve months"),
    ("deficit_annual_rate_usd_bn_per_year", "the same, last month at an annual rate"),
    ("decoupling", "fall in goods trade since 2024"),
)
ECONOMY: Final = (
    ("us_imports_usd_bn_per_month", "US imports from China"),
    ("cn_imports_usd_bn_per_month", "Chinese imports from the US"),
    ("us_revenue_usd_bn_per_year", "US duties collected on China"),
    ("cn_revenue_usd_bn_per_year", "Chinese duties collected on the US"),
    ("yuan_fall_pct", "fall of the yuan against the dollar"),
    ("us_border_price_pct", "rise in the duty-paid price of Chinese goods at the US border"),
    ("us_shelf_price_pct", "rise in the retail price of Chinese goods in the US"),
    ("us_prices_direct_pct", "rise in US consumer prices by content of Chinese goods"),
    ("us_prices_with_inputs_pct", "  with Chinese inputs in other goods"),
    ("us_household_cost_usd_per_year", "cost per US household"),
    ("us_real_income_pct", "change in US real income, long run"),
    ("cn_real_income_pct", "change in Chinese real income, long run"),
    ("cn_exports_change_usd_bn_per_year", "change in China's exports to all, long run"),
    ("us_output_pct", "change in US output, based on published estimates"),
    ("us_output_china_pct", "  due to duties on China"),
    ("us_output_others_pct", "  due to duties on other countries"),
    ("us_output_magnets_pct", "  for lack of rare-earth magnets"),
    ("us_consumer_prices_pct", "change in US consumer prices, likewise"),
    ("us_consumer_prices_china_pct", "  due to duties on China"),
    ("us_consumer_prices_others_pct", "  due to duties on other countries"),
    ("us_unemployment_pp", "change in US unemployment, likewise"),
    ("us_unemployment_china_pp", "  due to duties on China"),
    ("us_unemployment_others_pp", "  due to duties on other countries"),
    ("us_jobs_thousand", "change in US jobs, likewise"),
    ("us_jobs_china_thousand", "  due to duties on China"),
    ("us_jobs_others_thousand", "  due to duties on other countries"),
    ("cn_growth_shortfall_pct", "loss of Chinese growth"),
    ("us_farm_exports_lost_pct", "loss of US farm exports to China"),
    ("us_magnet_output_lost_usd_bn_per_year", "US output lost for lack of rare-earth magnets"),
    ("cn_resold_usd_bn_per_month", "Chinese exports diverted to third countries"),
)
AT_END: Final = (
    "path_class",
    "deal_status",
    "summit_day",
    "summit_venue",
    "summit_result",
    "summit_to_talks_days",
    "court_case",
    "court_decision_day",
    "emergency_duties_in_force",
    "us_reciprocal_authority",
)
BY_DATE: Final = (
    "leaders_met",
    "truce_in_force",
    "truce_strained",
    "threat_in_effect",
    "us_addon_pp",
    "cn_addon_pp",
    "us_avg_pct",
    "cn_avg_pct",
    "us_avg_seed_pct",
)
LAW: Final = (
    ("emergency_paid_usd_bn", "paid on Chinese goods since February 2025"),
    ("court_refund_usd_bn", "refunded to importers"),
)
IF_ANY: Final = ("jobs",)
IN_PER_CENT: Final = ("purchases_shortfall_share", "phase_one_gap_share", "decoupling")
SPREAD: Final = (numeric("median"), numeric("middle 50%"), numeric("middle 90%"))
WORDS_AND_SHARES: Final = (worded(""), numeric(""), TableColumn(""))
TWO_SIDES: Final = (
    TableColumn("\ndate"),
    *(
        numeric(f"{side}\n{what}")
        for side in ("US", "China")
        for what in ("median", "middle\n50%", "middle\n90%")
    ),
)
THRESHOLD: Final = "class.conflict_addon_pp"


def run_page(digest: Digest, *, sectors: bool = False, regions: bool = False) -> Page:
    """Returns the page of a batch with every table, optionally with duty and trade by sector and
    quarter, and with real income and exports by region."""
    page = Page()
    digest.batch.expect(_names(digest))
    _head(page, digest)
    add_tables(page, digest, sectors=sectors, regions=regions)
    _foot(page, digest)
    return page


def add_tables(page: Page, digest: Digest, *, sectors: bool = False, regions: bool = False) -> None:
    """Adds the results of a batch: a heading and a table for each topic."""
    _endings(page, digest)
    _meeting(page, digest)
    _truce(page, digest)
    survival_section(page, digest)
    _duties(page, digest)
    _law(page, digest)
    _amounts(page, digest, "Chinese purchases of US goods", PURCHASES)
    _amounts(page, digest, "During the run", DURING_THE_RUN)
    _amounts(
        page,
        digest,
        "Trade, prices and incomes at the end (changes: since January 2025)",
        ECONOMY,
    )
    _economy_notes(page, digest)
    say_long_run(page, digest)
    if regions:
        region_table(page, digest)
    if sectors:
        sector_tables(page, digest)
    if digest.drawn:
        _ignorance(page, digest)


def _names(digest: Digest) -> list[str]:
    """Returns the columns the page shows."""
    amounts = (name for name, _ in (*PURCHASES, *DURING_THE_RUN, *ECONOMY, *LAW))
    by_date = (on(name, day) for name in BY_DATE for day in digest.days)
    return [*AT_END, *BY_DATE, *amounts, *by_date]


def say_question(page: Page, digest: Digest, answer: str) -> None:
    """Adds the scenario, its runs, the question they answer, and the answer in short."""
    resolved, batch = digest.resolved, digest.batch
    page.title(f"{resolved.name}   {day_text(resolved.start)} to {day_text(resolved.until)}")
    page.say(f"{count_text(batch.n, 'run')}, seed {batch.seed}")
    say_given(page, batch)
    page.say(resolved.question)
    page.gap()
    page.say(f"In short: {answer}")


def _head(page: Page, digest: Digest) -> None:
    resolved = digest.resolved
    say_question(page, digest, lead(digest))
    asked_table(page, digest)
    dates = {
        entry.day: entry.label or spaced(CalendarKind(entry.kind).name.lower())
        for entry in resolved.calendar
        if entry.day in digest.days
    }
    for deadline in deadlines(resolved):
        dates.setdefault(deadline.day, sentence_case(deadline.words))
    if dates:
        page.heading("Dates on the calendar")
        rows = [[day_text(day), dates[day]] for day in sorted(dates)]
        page.table([TableColumn(""), worded("")], rows)


def _shares(digest: Digest) -> str:
    """Returns what the numbers of a table of shares are."""
    return f"% of runs, {interval_name(drawn=digest.drawn)} in brackets"


def _endings(page: Page, digest: Digest) -> None:
    page.heading(f"Outcome at the end ({_shares(digest)})")
    page.table(WORDS_AND_SHARES, _class_rows(digest, "path_class"))
    page.heading(f"Furthest-reaching agreement in force on {day_text(digest.resolved.until)}")
    page.table(WORDS_AND_SHARES, _class_rows(digest, "deal_status"))


def _class_rows(digest: Digest, name: str, leave_out: Sequence[str] = ()) -> list[list[str]]:
    points = digest.resolved.parameters[THRESHOLD].value
    return [
        _share_row(class_words(name, label, points=points), digest, name, label)
        for label in digest.classes(name)
        if label not in leave_out and digest.occurs(name, label)
    ]


def _share_row(words: str, digest: Digest, name: str, label: str = "true") -> list[str]:
    share, interval = digest.chances(name, label)
    return [words, f"{share}%", interval]


def _meeting(page: Page, digest: Digest) -> None:
    until = day_text(digest.resolved.until)
    page.heading("First meeting of the leaders")
    rows = [
        _share_row(f"held by {day_text(day)}", digest, on("leaders_met", day))
        for day in digest.days
        if digest.occurs(on("leaders_met", day))
    ]
    rows.append(_share_row(f"held by {until}", digest, "leaders_met"))
    page.table(WORDS_AND_SHARES, rows)
    q = digest.quantiles("summit_day")
    if q is None:
        return
    page.say("venue", indent=2)
    page.table(WORDS_AND_SHARES, _class_rows(digest, "summit_venue", ["none"]), indent=4)
    page.say("result", indent=2)
    page.table(WORDS_AND_SHARES, _class_rows(digest, "summit_result", ["not_held"]), indent=4)
    first, middle, last = (day_text(q[key]) for key in ("p05", "p50", "p95"))
    if first == last:
        text = f"date: {middle} in nearly all runs with a meeting"
    else:
        text = f"date: median {middle}; 90% of meetings from {first} to {last}"
    some = digest.applies("summit_day")
    page.say(f"{text} ({some})" if some else text, indent=2)
    _talks_after(page, digest)


def _talks_after(page: Page, digest: Digest) -> None:
    q = digest.quantiles("summit_to_talks_days")
    if q is not None:
        share = of_runs(digest.applicable("summit_to_talks_days"))
        wait = quantity(q["p50"], "days", step=step_of("summit_to_talks_days"))
        page.say(
            f"after the meeting, talks open or resume in {share} (in those, after a median of "
            f"{wait})",
            indent=2,
        )


def _truce(page: Page, digest: Digest) -> None:
    page.heading(f"Truce and threatened duty by date ({_shares(digest)})")
    columns = [
        TableColumn("date"),
        numeric("truce in force"),
        numeric("in force, strained*"),
        numeric("threatened duty in force"),
    ]
    names = ("truce_in_force", "truce_strained", "threat_in_effect")
    rows = [
        [day_text(day), *(" ".join(digest.chances(on(name, day))) for name in names)]
        for day in digest.days
    ]
    end = [" ".join(digest.chances(name)) for name in names]
    rows.append([day_text(digest.resolved.until), *end])
    page.table(columns, rows)
    page.say(
        "* strained: new export controls, blacklistings or accusations since it was signed ",
        indent=2,
    )


def _duties(page: Page, digest: Digest) -> None:
    page.heading("Duties added since 20 Jan 2025, percentage points (US on China, China on US)")
    page.table(TWO_SIDES, _dated_rows(digest, "us_addon_pp", "cn_addon_pp"))
    page.say("middle 50%, middle 90%: ranges containing the middle 50% and 90% of runs", indent=2)
    page.say(
        "Duties on only part of the trade, such as China's partial retaliation, are left "
        "out here but included in the average duties below.",
        indent=2,
    )
    page.heading("Average duty, per cent (all duties, weighted by trade)")
    page.table(TWO_SIDES, _dated_rows(digest, "us_avg_pct", "cn_avg_pct"))
    page.heading("US average duty on the scale used in the press, per cent (14.5 + points added)")
    page.table([TableColumn("date"), *SPREAD], _dated_rows(digest, "us_avg_seed_pct"))


def _law(page: Page, digest: Digest) -> None:
    """Adds what becomes of the duties under the emergency powers, if a case is open."""
    if digest.resolved.state["court.case"] != CourtCase.PENDING:
        return
    until = day_text(digest.resolved.until)
    page.heading(f"Duties under the emergency powers, before the courts ({_shares(digest)})")
    rows = _class_rows(digest, "court_case", ["none"])
    rows.append(_share_row(f"in force on {until}", digest, "emergency_duties_in_force"))
    page.table(WORDS_AND_SHARES, rows)
    if q := digest.quantiles("court_decision_day"):
        first, middle, last = (day_text(q[key]) for key in ("p05", "p50", "p95"))
        some = digest.applies("court_decision_day")
        text = f"ruling: median {middle}; 90% of rulings from {first} to {last}"
        page.say(f"{text} ({some})" if some else text, indent=2)
    page.say(f"the reciprocal duty, or what replaced it, rests on {until} on", indent=2)
    page.table(WORDS_AND_SHARES, _authority_rows(digest), indent=4)
    _amounts(page, digest, "Duty paid under the emergency powers", LAW)


def _authority_rows(digest: Digest) -> list[list[str]]:
    """Returns the authorities that the reciprocal duty can rest on, with their shares."""
    return _class_rows(digest, "us_reciprocal_authority", ["s232", "pntr"])


def _dated_rows(digest: Digest, *names: str) -> list[list[str]]:
    """Returns one row per date, the end last: median, middle 50% and 90% of each outcome."""
    rows = [
        [day_text(day), *(cell for name in names for cell in digest.spread(on(name, day)))]
        for day in digest.days
    ]
    end = [cell for name in names for cell in digest.spread(name)]
    return [*rows, [day_text(digest.resolved.until), *end]]


def _amounts(page: Page, digest: Digest, title: str, lines: Sequence[tuple[str, str]]) -> None:
    rows = []
    for name, words in lines:
        q = digest.quantiles(name)
        if q is None or (name in IF_ANY and not digest.mean(name)):
            continue
        scale, unit = (100.0, "per cent") if name in IN_PER_CENT else (1.0, "")
        some, step = digest.applies(name), step_of(name, scale)
        rows.append(
            [
                f"{words} (in {some})" if some else words,
                number_text(scale * digest.mean(name), step=step),
                number_text(scale * q["p50"], step=step),
                _range(scale * q["p05"], scale * q["p95"], step),
                unit or scale_text(digest.unit(name)),
            ]
        )
    if rows:
        page.heading(title)
        columns = [worded(""), numeric("mean"), SPREAD[0], SPREAD[2], TableColumn("unit")]
        page.table(columns, rows)


def _economy_notes(page: Page, digest: Digest) -> None:
    """Adds how two lines on prices are related, what the scenario assumes of duties on other
    countries, and how the age of the duties compares with the published responses."""
    page.say(TWO_ESTIMATES, indent=2)
    parameters = digest.resolved.parameters
    others = parameters["trade.us.rest_added_pp"]
    if others.value:
        points = number_text(float(others.value), step=step_of("us_addon_pp"))
        paid = number_text(PERCENT * float(parameters["trade.us.collect_rest"].value))
        page.say(
            f"Duties on other countries: {points} points added on all of them throughout, "
            f"{KIND_WORDS[others.kind].partition(';')[0]} (trade.us.rest_added_pp); "
            f"{paid} % of these are paid (trade.us.collect_rest).",
            indent=2,
        )
    days = digest.resolved.until - digest.resolved.start
    age = days / DAYS_PER_MONTH + float(parameters["trade.opening_age_months"].value)
    fade = float(parameters["macro.us.fade_months"].value)
    if note := held_note(age, fade, several=True):
        page.say(note, indent=2)


def _range(low: float, high: float, step: float | None) -> str:
    return (band if low >= 0.0 else spread)(low, high, step=step)


def _ignorance(page: Page, digest: Digest) -> None:
    """Adds the section on how far results move over the ranges of the assumed numbers."""
    first = truce(digest)
    parts = [
        (first.words, digest.about(first.column)["probabilities"]["true"]),
        ("open conflict at the end", digest.about("path_class")["probabilities"]["conflict"]),
    ]
    page.heading("Luck and ignorance: how results move over the ranges of the assumed numbers")
    rows = []
    for words, about in parts:
        low, high = about["spread"]["moves_between"]
        share = about["spread"]["ignorance_share"]
        moves = "-" if low is None else f"{chance(low)} to {chance(high)}"
        part = "-" if share is None else f"{number_text(100.0 * share, 0)}%"
        rows.append([words, moves, part])
    spread_of_duty = digest.about("us_addon_pp")["spread"]
    low, high = spread_of_duty["moves_between"]
    share = spread_of_duty["ignorance_share"]
    rows.append(
        [
            "mean US duty added at the end, points",
            "-" if low is None else _range(low, high, step_of("us_addon_pp")),
            "-" if share is None else f"{number_text(100.0 * share, 0)}%",
        ]
    )
    columns = [worded(""), numeric("90% range over draws"), numeric("due to ignorance")]
    page.table(columns, rows)
    page.say("Share of the variance between runs; the rest is luck.", indent=2)
    page.say(held_fixed(), indent=2)


def say_failures(page: Page, batch: Batch) -> None:
    """Adds how many runs failed, and how the first did, if any."""
    if batch.failures:
        first = batch.failures[0]
        page.say(
            f"{count_text(len(batch.failures), 'run')} of {batch.n:,} failed and are excluded from "
            f"all results. The first was run {first.replicate}: {first.type}: {first.message}"
        )


def _foot(page: Page, digest: Digest) -> None:
    batch = digest.batch
    page.gap()
    say_failures(page, batch)
    page.say("What happened in no run is left out of the tables of shares.")
    page.say(assumed_line(digest.resolved))
    if not digest.drawn:
        page.say(
            "The tables above use their central values, so their intervals reflect only luck. For "
            "every outcome over the ranges, add: --parameters prior"
        )
    if unbuilt := needs_line(digest.resolved):
        page.say(unbuilt)
    say_sources(page, digest.resolved)
    say_simulated(page, digest)
    page.verbatim(f"Files: {batch.directory}")


def say_simulated(page: Page, digest: Digest) -> None:
    """Adds how many runs were simulated, where and in how long, if any."""
    batch = digest.batch
    if not batch.computed:
        return
    beside = digest.ranges.batch if digest.ranges and not digest.drawn else None
    runs = batch.computed + (beside.computed if beside else 0)
    took = seconds_text(batch.timings.elapsed_s + (beside.timings.elapsed_s if beside else 0.0))
    engine = {"simpy": "on SimPy", "compiled": "in compiled code"}
    where = ", then ".join(engine[name] for name in batch.engine.split("+"))
    page.say(f"Simulated {count_text(runs, 'run')} {where} in {took}.")
