"""Page of the tariff calculator: effects of duties with bands, and their sources."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import Final

from sim.experiment.tariffs.duties import Duties, Pair
from sim.experiment.tariffs.impact import Impact, Triple
from sim.experiment.tariffs.lines import Line
from sim.report.page import Page, TableColumn, numeric
from sim.report.pages.tariffs.estimates import (
    MARK,
    Shown,
    band_text,
    estimate_text,
    shown_as,
    triple_text,
    value_text,
)
from sim.report.pages.tariffs.impact_json import (
    ASSUMED,
    all_keys,
    macro_note,
    main_source,
    used_equations,
)
from sim.report.pages.tariffs.sectors import sector_tables
from sim.report.words.impact import (
    CONTENT_NOTE,
    EQUATIONS,
    GROUPS,
    ORDER,
    REGION_GROUPS,
    REGIONS_NOTE,
    compared_text,
    duties_heading,
    idle_text,
    sector_heading,
    short_names,
    words_of,
)
from sim.report.words.numbers import count_text, day_text
from sim.scenario.duty_targets import parts_of
from sim.scenario.equilibrium_table import equilibrium_table
from sim.scenario.evidence import sources

SOURCE_WIDTH: Final = 20
LABEL_WIDTH: Final = 32
INDENT: Final = 2
FEW_DRAWS: Final = 100

Row = list[str]


def impact_page(found: Impact, *, regions: bool = False) -> Page:
    """Returns the page of a calculation: summary, table, sources, and notes on the bands.

    Args:
        found: The calculation.
        regions: Whether to show real income and exports of all regions.
    """
    page = Page()
    say_head(page, found)
    page.gap()
    rows: list[Row] = []
    for heading, lines in groups(found, regions=regions):
        rows += [[""]] if rows else []
        rows += [[heading], *(table_row(found, line) for line in lines)]
    if len(found.duties) == 1:
        columns = [TableColumn(""), numeric("value"), numeric("90% band"), TableColumn("source")]
    else:
        first, second = short_names(found.duties)
        titles = [f"\n{first}", f"\n{second}", f"{first} minus\n{second}"]
        # Numbers of five digits and more may wrap; they are never cut.
        columns = [TableColumn("\n"), *(TableColumn(title, "right", True) for title in titles)]
    page.table(columns, rows, indent=0)
    if found.sectors:
        sector_tables(page, found)
    say_sources(page, found)
    page.say(CONTENT_NOTE)
    say_long_run(page, found, regions=regions)
    say_bands(page, found)
    return page


def say_head(page: Page, found: Impact) -> None:
    """Adds the title, the assumptions of the calculation, and a summary."""
    first, *others = found.duties
    page.title(duties_heading(first, found.start))
    for other in others:
        page.say(compared_text(other, first, found.start))
    page.say(
        f"State after {count_text(len(found.days), 'month')}, on {day_text(found.days[-1])}, "
        "without negotiation. Changes are from January 2025; changes in trade are from 2024."
    )
    if short_names(found.duties) == ORDER:
        page.say("The two are called first and second below.")
    page.gap()
    page.say(f"In short: {in_short(found)}")
    if len(found.duties) == 2:
        page.say(set_beside(found))
    for duties, played in zip(found.duties, found.played, strict=True):
        if not isinstance(duties, Pair):
            for sentence in idle_text(duties, played):
                page.say(sentence)


def in_short(found: Impact) -> str:
    """Returns a summary of the first duties."""
    return (
        f"US imports from China change by {said(found, 'us_imports_change_pct', '%')}, Chinese "
        f"imports from the US by {said(found, 'cn_imports_change_pct', '%')}. US revenue on "
        "Chinese goods changes by "
        f"{said(found, 'us_revenue_change_usd_bn_per_year', ' bn dollars a year')}, the cost to a "
        f"US household by {said(found, 'us_household_cost_usd_per_year', ' dollars a year')}. "
        f"Real income changes by {said(found, 'us_real_income_pct', '%')} in the US and by "
        f"{said(found, 'cn_real_income_pct', '%')} in China in the long run."
    )


def set_beside(found: Impact) -> str:
    """Returns a summary of the difference between two sets of duties."""
    first, second = short_names(found.duties)
    higher = round(100.0 * found.share_higher(found.place("us_revenue_usd_bn_per_year")))
    return (
        f"{first} minus {second}: US imports "
        f"{apart(found, 'us_imports_usd_bn_per_month', ' bn dollars a month')}, US revenue "
        f"{apart(found, 'us_revenue_usd_bn_per_year', ' bn dollars a year')}, higher in {higher}% "
        f"of draws, US real income {apart(found, 'us_real_income_pct', ' points')}."
    )


def said(found: Impact, name: str, unit: str) -> str:
    """Returns a line of the first duties for a sentence, as `-40% (-57 to -27)`."""
    place = found.place(name)
    return triple_text(found.estimate(0, place), shown_as(found.lines[place]), unit)


def apart(found: Impact, name: str, unit: str) -> str:
    """Returns a difference for a sentence, as `+8 bn dollars (-28 to +31)`."""
    place = found.place(name)
    shown = replace(shown_as(found.lines[place]), change=True)
    return triple_text(found.difference(place), shown, unit)


def groups(found: Impact, *, regions: bool) -> list[tuple[str, tuple[Line, ...]]]:
    """Returns the headings with their lines, starting with the requested sector."""
    shown = [*GROUPS, *(REGION_GROUPS if regions else ())]
    if found.sector is None:
        return shown
    own = tuple(line for line in found.lines if line.name.endswith(f"[{found.sector}]"))
    return [(sector_heading(found.sector), own), *shown]


def table_row(found: Impact, line: Line) -> Row:
    """Returns the row of a line: value, band and source, or two values and their difference."""
    words, shown = words_of(line), shown_as(line)
    place = found.place(line.name)
    label = f"  {words.label}"
    if words.before:
        label += f"; was {value_text(float(found.before[place]), shown)}"
    source = source_text(found, line)
    if len(found.duties) == 1:
        values = found.estimate(0, place)
        return [label, estimate_text(values, shown), band_text(values, shown), wrapped(source)]
    cells = [cell(found.estimate(which, place), shown) for which in range(2)]
    cells.append(cell(found.difference(place), replace(shown, change=True)))
    return [f"{label}\n{under(label, source)}", *cells]


def cell(values: Triple, shown: Shown) -> str:
    """Returns an estimate with its band on the line below."""
    return f"{estimate_text(values, shown)}\n{band_text(values, shown)}"


def source_text(found: Impact, line: Line) -> str:
    """Returns the main source of a line: the number of its equation and the key of a source."""
    key = main_source(found, line)
    return f"({line.equations[0]}) {key}" if line.equations else key


def under(label: str, source: str) -> str:
    """Returns a source to print below a label, wrapped at hyphens and indented."""
    # All lines of a cell have the indent of its first line.
    room = LABEL_WIDTH - (len(label) - len(label.lstrip())) - INDENT
    lines = textwrap.wrap(source, room, break_on_hyphens=True)
    return "\n".join(" " * INDENT + line for line in lines)


def wrapped(text: str) -> str:
    """Returns a source wrapped at hyphens to fit its column."""
    return "\n".join(textwrap.wrap(text, SOURCE_WIDTH, break_on_hyphens=True))


def say_sources(page: Page, found: Impact) -> None:
    """Adds the equations and the sources of the lines."""
    page.heading("Equations of the trade model")
    for number in used_equations(found):
        page.say(f"({number}) {EQUATIONS[number]}", indent=2)
    page.heading("Sources")
    for key in all_keys(found):
        page.say(f"{key}: {sources()[key].text} [{sources()[key].mark}]", indent=2)
    page.say(
        f"{ASSUMED}: no source gives the number; it has a range and a reason "
        "(detente params explain)",
        indent=2,
    )
    page.gap()


def say_long_run(page: Page, found: Impact, *, regions: bool) -> None:
    """Adds notes on the long run: how it differs from the months played, and what it leaves out."""
    page.say(
        f"Trade, revenue and prices are those after {count_text(len(found.days), 'month')}. "
        "The long run is the equilibrium of eight regions once all trade has adjusted, which takes "
        "seven to ten years, at the same elasticity. Its US imports from China differ, because "
        "buyers have had time, home goods replace them as readily as foreign ones, and wages "
        "change. Dollars are those of 2023."
    )
    if any(found.rest_pp):
        page.say(
            f"The long run includes the {rest_text(found)} points the US adds on all other "
            "countries; the cost to a household and the static gain are of the duties on China "
            "alone."
        )
    if regions:
        page.say(REGIONS_NOTE)
    if found.draws_beyond:
        thetas = equilibrium_table().thetas
        page.say(
            f"In {found.draws_beyond} of {found.n} draws the elasticity is beyond the table of "
            f"the long run, which spans {1.0 + thetas[0]:g} to {1.0 + thetas[-1]:g}; its ends "
            "are used."
        )


def rest_text(found: Impact) -> str:
    """Returns the points on all other countries, as `12` or `12 (a.csv) or 0 (30/10)`."""
    if len(set(found.rest_pp)) == 1:
        return f"{found.rest_pp[0]:g}"
    both = zip(found.rest_pp, short_names(found.duties), strict=True)
    return " or ".join(f"{points:g} ({name})" for points, name in both)


def say_bands(page: Page, found: Impact) -> None:
    """Adds notes on how to read the numbers and what the bands cover."""
    page.say(f"{points_note(found)}By imports: weighted by imports of 2024.")
    if note := macro_note(found):
        page.say(note)
    if found.beyond_table:
        page.say("The long run is taken from the end of its table, because the points exceed it.")
    edge = [name for name in found.drawn if at_the_edge(found, name)]
    if edge:
        page.say(
            f"The central value of {', '.join(edge)} is at an end of its range, so values that "
            "depend on it lie towards one side of their bands."
        )
    if any_median(found):
        page.say(
            f"{MARK} Median of the draws. All other values are at the central parameters; here "
            "these lie outside the band, because lower and higher elasticities both weaken the "
            "effect."
        )
    few = " (few; use a larger -n)" if found.n < FEW_DRAWS else ""
    page.say(
        f"The bands contain 90% of {count_text(found.n, 'draw')}{few} of {len(found.drawn)} "
        f"parameters (seed {found.seed}). They cover uncertainty about elasticities, pass-through "
        "and responses, not about government decisions."
    )


def points_note(found: Impact) -> str:
    """Returns sentences on the goods that points fall on."""
    note = ""
    if any(isinstance(duties, Pair) for duties in found.duties):
        cap = found.resolved.parameters["us.fentanyl.cap_pp"].value
        note += (
            f"The first {cap:g} US points are the fentanyl tariff, on all goods; points above that "
            "are the reciprocal tariff, which exempts phones and computers. "
        )
    if any(on_goods(duties) for duties in found.duties):
        note += (
            "Points on sectors and chapters count by imports only; the other averages are of legal "
            "layers. A chapter falls on a sector by its share of the sector's imports of 2024. "
        )
    return note


def on_goods(duties: Duties) -> bool:
    """Returns whether any points are on a sector or a chapter."""
    return not isinstance(duties, Pair) and any(parts_of(step.on) for step in duties.steps)


def at_the_edge(found: Impact, name: str) -> bool:
    """Returns whether a parameter's central value is an end of its prior."""
    parameter = found.resolved.parameters[name]
    prior = parameter.prior
    return prior is not None and prior.family == "uniform" and parameter.value in (prior.a, prior.b)


def any_median(found: Impact) -> bool:
    """Returns whether any estimate shown is a median of the draws."""
    places = range(len(found.lines))
    each = range(len(found.duties))
    shown = [found.estimate(which, place) for which in each for place in places]
    if len(found.duties) == 2:
        shown += [found.difference(place) for place in places]
    return any(values.is_median for values in shown)
