"""Page of the tariff calculator: effects of add-ons with bands, and their sources."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, replace
from typing import Final

from sim.experiment.tariffs.impact import Impact, Triple
from sim.experiment.tariffs.lines import Line
from sim.report.page import Page, TableColumn, numeric
from sim.report.pages.tariffs.impact_json import (
    ASSUMED,
    all_keys,
    macro_note,
    main_source,
    used_equations,
)
from sim.report.words.impact import (
    CONTENT_NOTE,
    EQUATIONS,
    GROUPS,
    REGION_GROUPS,
    REGIONS_NOTE,
    sector_heading,
    words_of,
)
from sim.report.words.numbers import count_text, day_text, number_text, signed
from sim.scenario.equilibrium_table import equilibrium_table
from sim.scenario.evidence import sources

SOURCE_WIDTH: Final = 20
LABEL_WIDTH: Final = 32
INDENT: Final = 2
FEW_DRAWS: Final = 100
MARK: Final = "*"

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
    if len(found.pairs) == 1:
        columns = [TableColumn(""), numeric("value"), numeric("90% band"), TableColumn("source")]
    else:
        first, second = found.pairs
        titles = [f"\n{first}", f"\n{second}", f"{first} minus\n{second}"]
        # Numbers of five digits and more may wrap; they are never cut.
        columns = [TableColumn("\n"), *(TableColumn(title, "right", True) for title in titles)]
    page.table(columns, rows, indent=0)
    say_sources(page, found)
    page.say(CONTENT_NOTE)
    say_long_run(page, found, regions=regions)
    say_bands(page, found)
    return page


def say_head(page: Page, found: Impact) -> None:
    """Adds the title, the assumptions of the calculation, and a summary."""
    first = found.pairs[0]
    page.title(
        f"US +{first.us_pp:g} points on China, China +{first.cn_pp:g} on the US, in force from "
        f"{day_text(found.start)}"
    )
    for other in found.pairs[1:]:
        page.say(f"Compared with: US +{other.us_pp:g} points, China +{other.cn_pp:g}.")
    page.say(
        f"State after {count_text(len(found.days), 'month')}, on {day_text(found.days[-1])}, "
        "without negotiation. Changes are from January 2025; changes in trade are from 2024."
    )
    page.gap()
    page.say(f"In short: {in_short(found)}")
    if len(found.pairs) == 2:
        page.say(set_beside(found))


def in_short(found: Impact) -> str:
    """Returns a summary of the first pair."""
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
    """Returns a summary of the difference between two pairs."""
    first, second = found.pairs
    higher = round(100.0 * found.share_higher(found.place("us_revenue_usd_bn_per_year")))
    return (
        f"{first} minus {second}: US imports "
        f"{apart(found, 'us_imports_usd_bn_per_month', ' bn dollars a month')}, US revenue "
        f"{apart(found, 'us_revenue_usd_bn_per_year', ' bn dollars a year')}, higher in {higher}% "
        f"of draws, US real income {apart(found, 'us_real_income_pct', ' points')}."
    )


def said(found: Impact, name: str, unit: str) -> str:
    """Returns a line of the first pair for a sentence, as `-40% (-57 to -27)`."""
    place = found.place(name)
    return triple_text(found.estimate(0, place), shown_as(found.lines[place]), unit)


def apart(found: Impact, name: str, unit: str) -> str:
    """Returns a difference of the pairs for a sentence, as `+8 bn dollars (-28 to +31)`."""
    place = found.place(name)
    shown = replace(shown_as(found.lines[place]), change=True)
    return triple_text(found.difference(place), shown, unit)


@dataclass(frozen=True, slots=True)
class Shown:
    """How the numbers of a line are shown: in which step, and whether with their sign."""

    step: float
    change: bool


def shown_as(line: Line) -> Shown:
    """Returns how the numbers of a line are shown."""
    return Shown(line.step, words_of(line).change)


def triple_text(values: Triple, shown: Shown, unit: str) -> str:
    """Returns an estimate with its unit, and its band in brackets."""
    text = value_text(values.value, shown) + unit + MARK * values.is_median
    band = band_text(values, shown)
    return f"{text} ({band})" if band else text


def value_text(value: float, shown: Shown) -> str:
    """Returns a value in the step of its line, signed if it is a change."""
    write = signed if shown.change else number_text
    return write(value, step=shown.step)


def estimate_text(values: Triple, shown: Shown) -> str:
    """Returns an estimate, marked if it is the median of the draws."""
    return value_text(values.value, shown) + MARK * values.is_median


def band_text(values: Triple, shown: Shown) -> str:
    """Returns a band, as `21 to 29.3`; empty if the priors have no effect."""
    if values.low == values.high == values.value:
        return ""
    return f"{value_text(values.low, shown)} to {value_text(values.high, shown)}"


def groups(found: Impact, *, regions: bool) -> list[tuple[str, tuple[Line, ...]]]:
    """Returns the headings with their lines, starting with the requested sector."""
    shown = [*GROUPS, *(REGION_GROUPS if regions else ())]
    if found.sector is None:
        return shown
    known = {line.name for _, lines in (*GROUPS, *REGION_GROUPS) for line in lines}
    own = tuple(line for line in found.lines if line.name not in known)
    return [(sector_heading(found.sector), own), *shown]


def table_row(found: Impact, line: Line) -> Row:
    """Returns the row of a line: value, band and source, or two pairs and their difference."""
    words, shown = words_of(line), shown_as(line)
    place = found.place(line.name)
    label = f"  {words.label}"
    if words.before:
        label += f"; was {value_text(float(found.before[place]), shown)}"
    source = source_text(found, line)
    if len(found.pairs) == 1:
        values = found.estimate(0, place)
        return [label, estimate_text(values, shown), band_text(values, shown), wrapped(source)]
    cells = [cell(found.estimate(pair, place), shown) for pair in range(2)]
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
    others = found.resolved.parameters["trade.us.rest_added_pp"].value
    page.say(
        f"Trade, revenue and prices are those after {count_text(len(found.days), 'month')}. "
        "The long run is the equilibrium of eight regions once all trade has adjusted, which takes "
        "seven to ten years, at the same elasticity. Its US imports from China differ, because "
        "buyers have had time, home goods replace them as readily as foreign ones, and wages "
        "change. Dollars are those of 2023."
    )
    if others:
        page.say(
            f"The long run includes the {others:g} points the US adds on all other countries; the "
            "cost to a household and the static gain are of the duties on China alone."
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


def say_bands(page: Page, found: Impact) -> None:
    """Adds notes on how to read the numbers and what the bands cover."""
    cap = found.resolved.parameters["us.fentanyl.cap_pp"].value
    page.say(
        f"The first {cap:g} US points are the fentanyl tariff, on all goods; points above that are "
        "the reciprocal tariff, which exempts phones and computers. By imports: weighted by "
        "imports of 2024."
    )
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


def at_the_edge(found: Impact, name: str) -> bool:
    """Returns whether a parameter's central value is an end of its prior."""
    parameter = found.resolved.parameters[name]
    prior = parameter.prior
    return prior is not None and prior.family == "uniform" and parameter.value in (prior.a, prior.b)


def any_median(found: Impact) -> bool:
    """Returns whether any estimate shown is a median of the draws."""
    places = range(len(found.lines))
    shown = [found.estimate(pair, place) for pair in range(len(found.pairs)) for place in places]
    if len(found.pairs) == 2:
        shown += [found.difference(place) for place in places]
    return any(values.is_median for values in shown)
