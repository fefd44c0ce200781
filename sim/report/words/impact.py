"""Wording of the tariff calculator's lines: names and units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sim.economy.macro import LONGEST_FADE_MONTHS, PUBLISHED_MONTHS
from sim.economy.sectors import FIRST_GOOD, GOODS
from sim.experiment.tariffs.duties import Duties, Pair, unplayed_steps
from sim.experiment.tariffs.lines import (
    DUTIES,
    ECONOMY,
    GAINS,
    INDUSTRIES,
    LONG_RUN,
    PRICES,
    REGION_LINES,
    REVENUE,
    TRADE,
    Line,
)
from sim.experiment.tariffs.schedule import DutiesOfDay
from sim.report.words.glossary import REGION_NAMES
from sim.report.words.numbers import count_text, day_text
from sim.scenario.baseline import sector_labels
from sim.scenario.duty_schedule import DutySchedule, DutyStep


@dataclass(frozen=True, slots=True)
class Words:
    """Label of a line, and how its number is shown; the line has the step it is rounded to.

    Attributes:
        label: Name of the line, ending in its unit; duty scales start with the outcome's name.
        change: Whether the value is a change, shown with its sign.
        before: Whether to show the value without any add-on next to the label.
    """

    label: str
    change: bool = False
    before: bool = False


GROUPS: Final[tuple[tuple[str, tuple[Line, ...]], ...]] = (
    ("Duties", DUTIES),
    ("Trade", TRADE),
    ("Revenue", REVENUE),
    ("Prices", PRICES),
    ("Gains and losses", GAINS),
    ("In the long run", LONG_RUN),
    ("The whole economy", ECONOMY),
    ("Exposed industries", INDUSTRIES),
)
REGION_GROUPS: Final[tuple[tuple[str, tuple[Line, ...]], ...]] = tuple(
    (heading, tuple(line for line in REGION_LINES if line.name.startswith(stem)))
    for heading, stem in (
        ("Real income by region, long run", "real_income_pct"),
        ("Exports to the US, long run", "exports_to_us_change"),
    )
)
REGIONS_NOTE: Final = (
    "Vietnam's real income moves too much, perhaps fourfold: its exports, counted with the "
    "imported parts in them, are nearly as large as its output. Duties on all other countries "
    "count alike for each, though most trade with Mexico and Canada is exempt. Taiwan is not in "
    "the data."
)
LONGEST_NAME: Final = 14
"""Letters of a name of duties for which a column has room."""

ORDER: Final = ("first", "second")
MOST_NUMBERS: Final = 12
"""Rows without effect that are listed by their numbers."""
TWO_ESTIMATES: Final = (
    "US prices by content, with inputs, and the part of the change in US consumer prices that "
    "China causes are two estimates of one rise and must not be added."
)
CONTENT_NOTE: Final = (
    "US prices by content add up what duties on China make dearer in consumer spending: Chinese "
    "goods within months, Chinese inputs in other goods within one to two years. US consumer "
    "prices are a published response of the whole economy, in which wages, the dollar and the "
    f"central bank move as well. {TWO_ESTIMATES} The cost to a household counts all imports, "
    "machines for firms included."
)
DUE_TO_CHINA: Final = Words("  due to duties on China", change=True)
DUE_TO_OTHERS: Final = Words("  due to duties on others", change=True)
LABELS: Final[dict[str, Words]] = {
    "us_addon_pp": Words("us_addon_pp: US points added"),
    "cn_addon_pp": Words("cn_addon_pp: Chinese points"),
    "us_avg_seed_pct": Words("us_avg_seed_pct: 14.5 + points"),
    "us_avg_pct": Words("us_avg_pct: US, PIIE scale"),
    "cn_avg_pct": Words("cn_avg_pct: China, PIIE scale"),
    "us_import_avg_pct": Words("us_import_avg_pct: by imports"),
    "cn_import_avg_pct": Words("cn_import_avg_pct: by imports"),
    "us_imports_usd_bn_per_month": Words("US imports, $ bn a month"),
    "us_imports_change_pct": Words("  change from 2024, %", change=True),
    "cn_imports_usd_bn_per_month": Words("Chinese imports, $ bn a month"),
    "cn_imports_change_pct": Words("  change from 2024, %", change=True),
    "deficit_usd_bn_per_year": Words("US deficit, 12 months, $ bn"),
    "cn_resold_usd_bn_per_month": Words("Sold elsewhere, $ bn a month"),
    "us_rerouted_usd_bn_per_month": Words("Rerouted to US, $ bn a month"),
    "us_revenue_usd_bn_per_year": Words("US duties paid, $ bn a year"),
    "us_revenue_change_usd_bn_per_year": Words("  change, $ bn a year", change=True),
    "cn_revenue_usd_bn_per_year": Words("Chinese duties, $ bn a year"),
    "cn_revenue_change_usd_bn_per_year": Words("  change, $ bn a year", change=True),
    "yuan_fall_pct": Words("Fall of the yuan, %", change=True),
    "us_border_price_pct": Words("Chinese goods, US border, %", change=True),
    "cn_border_price_pct": Words("US goods, Chinese border, %", change=True),
    "us_shelf_price_pct": Words("Chinese goods, US shelf, %", change=True),
    "us_prices_direct_pct": Words("US prices by content, %", change=True),
    "us_prices_with_inputs_pct": Words("  with Chinese inputs, %", change=True),
    "us_household_cost_usd_per_year": Words("Cost to US household, $ a year", change=True),
    "us_static_gain_usd_bn_per_year": Words("US static gain, $ bn a year", change=True),
    "cn_static_gain_usd_bn_per_year": Words("Chinese, $ bn a year", change=True),
    "us_real_income_pct": Words("US real income, %", change=True),
    "cn_real_income_pct": Words("Chinese real income, %", change=True),
    "rest_real_income_pct": Words("Rest of the world, %", change=True),
    "us_imports_long_run_pct": Words("US imports from China, %", change=True),
    "cn_exports_change_usd_bn_per_year": Words("China's exports, $ bn a year", change=True),
    **{
        f"real_income_pct[{region}]": Words(f"{name}, %", change=True)
        for region, name in REGION_NAMES.items()
    },
    **{
        f"exports_to_us_change_usd_bn_per_year[{region}]": Words(
            f"{name}, $ bn a year", change=True
        )
        for region, name in REGION_NAMES.items()
    },
    "us_output_pct": Words("US output, %", change=True),
    "us_output_china_pct": DUE_TO_CHINA,
    "us_output_others_pct": DUE_TO_OTHERS,
    "us_consumer_prices_pct": Words("US consumer prices, %", change=True),
    "us_consumer_prices_china_pct": DUE_TO_CHINA,
    "us_consumer_prices_others_pct": DUE_TO_OTHERS,
    "us_unemployment_pp": Words("US unemployment, points", change=True),
    "us_unemployment_china_pp": DUE_TO_CHINA,
    "us_unemployment_others_pp": DUE_TO_OTHERS,
    "us_jobs_thousand": Words("US jobs, thousands", change=True),
    "us_jobs_china_thousand": DUE_TO_CHINA,
    "us_jobs_others_thousand": DUE_TO_OTHERS,
    "cn_growth_shortfall_pct": Words("Chinese growth lost, points"),
    "us_farm_exports_lost_pct": Words("US farm exports lost, %"),
    "us_toys_price_pct": Words("Toys, US border price, %", change=True),
    "us_apparel_price_pct": Words("Apparel, US border price, %", change=True),
    "us_vehicles_price_pct": Words("Vehicles, US border price, %", change=True),
}
_SECTOR: Final[dict[str, Words]] = {
    "tariff_pct": Words("Duty, %", before=True),
    "trade_usd_bn_per_month": Words("Trade, $ bn a month", before=True),
    "trade_change_pct": Words("  change from 2024, %", change=True),
    "border_price_pct": Words("Price at the border, %", change=True),
    "level_pct": Words("Price, all origins, %", change=True),
}
EQUATIONS: Final[dict[int, str]] = {
    1: "duty-paid price: pass-through x log of one plus the duty paid",
    2: "import price: index over the two sides and third countries (nested CES)",
    3: "price from all origins: index over imports and home goods",
    4: "quantity bought at those prices within a year",
    5: "value before duty, less exporters' price cuts; slow adjustment after a year",
    6: "each month, trade closes part of the gap to its new equilibrium",
    7: "revenue: duty collected x trade",
    8: "shelf price: a share of the duty is passed on, with a lag",
    9: "buyers' cost: spending x log price; static gain: added revenue less buyers' cost",
    10: "long run: equilibrium of eight regions after all trade has adjusted",
    11: "published estimates per point of average US duty, scaled linearly; fading to a long run",
    12: "deficit: US less Chinese imports over twelve months",
    17: "consumer prices by content: Chinese goods in spending, inputs after a year or two",
}


def points_text(duties: Duties) -> str:
    """Returns duties in a few words, as `US +30, China +10 points`, `duties.csv (22 rows)`."""
    if isinstance(duties, Pair):
        return f"US +{duties.us_pp:g}, China +{duties.cn_pp:g} points"
    return f"{duties.name} ({count_text(len(duties.steps), 'row')})"


def short_names(duties: Sequence[Duties]) -> tuple[str, ...]:
    """Returns names for columns: those of the duties, or their order if one is too long."""
    names = tuple(map(str, duties))
    return names if max(map(len, names)) <= LONGEST_NAME else ORDER[: len(names)]


def duties_heading(duties: Duties, start: int) -> str:
    """Returns which duties are played, and from when.

    Args:
        duties: The duties.
        start: Ordinal day on which a pair takes effect.
    """
    if isinstance(duties, Pair):
        return (
            f"US +{duties.us_pp:g} points on China, China +{duties.cn_pp:g} on the US, "
            f"{_since(start)}"
        )
    return _rows_heading(duties)


def compared_text(other: Duties, first: Duties, start: int) -> str:
    """Returns which duties the first are compared with; a pair beside another begins with it.

    Args:
        other: The duties to compare with.
        first: The first duties.
        start: Ordinal day on which a pair takes effect.
    """
    if not isinstance(other, Pair):
        return f"Compared with: {_rows_heading(other)}."
    since = "" if isinstance(first, Pair) else f", {_since(start)}"
    return f"Compared with: US +{other.us_pp:g} points, China +{other.cn_pp:g}{since}."


def _since(start: int) -> str:
    return f"in force from {day_text(start)}"


def _rows_heading(duties: DutySchedule) -> str:
    """Returns the name of a schedule, the number of its rows, and their days."""
    days = dict.fromkeys(day_text(duties.steps[place].day) for place in (0, -1))
    rows = count_text(len(duties.steps), "row")
    return f"Duties in {duties.name}: {rows}, dated {' to '.join(days)}"


def idle_text(duties: DutySchedule, played: Sequence[DutiesOfDay]) -> list[str]:
    """Returns sentences on the rows of a schedule that have no effect on the months played."""
    replaced, late = unplayed_steps(duties, played)
    found = []
    if replaced:
        found.append(
            f"No effect: {_rows_text(duties, replaced)}, replaced before the first day of a month, "
            "the only day whose duties count."
        )
    if late:
        found.append(
            f"No effect: {_rows_text(duties, late)}, not known by {day_text(played[-1].day)}, the "
            "end; more --months play them."
        )
    return found


def _rows_text(duties: DutySchedule, steps: Sequence[DutyStep]) -> str:
    """Returns the places of rows, as `lines 3, 7 and 8 of duties.csv`."""
    word = "line" if duties.file else "row"
    numbers = [str(step.line) for step in sorted(steps, key=lambda step: step.line)]
    most = numbers[:MOST_NUMBERS]
    more = len(numbers) - len(most)
    listed = " and ".join(filter(None, (", ".join(most[:-1]), most[-1])))
    listed = f"{', '.join(most)} and {more:,} more" if more else listed
    return f"{word if len(numbers) == 1 else word + 's'} {listed} of {duties.name}"


def words_of(line: Line) -> Words:
    """Returns the label and number format of a line."""
    return LABELS[line.name] if line.name in LABELS else _SECTOR[line.name.partition("[")[0]]


def sector_heading(sector: str) -> str:
    """Returns the heading of a sector's lines: the importer, then the sector name below."""
    importer = "US" if GOODS.index(sector) < FIRST_GOOD[1] else "Chinese"
    return f"{importer} imports:\n{sector_labels()[sector]}"


def held_note(months: float, fade_months: float, *, several: bool = False) -> str:
    """Returns how the age of the duties compares with the published responses of output, prices,
    unemployment and jobs; empty if it lies within the published quarters.

    Args:
        months: Months since the duties took effect.
        fade_months: Months from the last published quarter to the long run.
        several: Whether there are duties of several days; the months are those of the oldest.
    """
    if months <= PUBLISHED_MONTHS:
        return ""
    what = "Output, prices, unemployment and jobs: responses are published for"
    done = PUBLISHED_MONTHS + min(fade_months, LONGEST_FADE_MONTHS)
    who = "Those to the oldest duties" if several else "They"
    if months >= done:
        return (
            f"{what} {PUBLISHED_MONTHS} months. {who} have since faded, and are held at the "
            f"study's long run from month {done:g} on."
        )
    return (
        f"{what} {PUBLISHED_MONTHS} months. {who} have since been fading to the study's long run, "
        f"to be held there from month {done:g} on."
    )
