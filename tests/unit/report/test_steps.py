"""No page prints a digit finer than the step of its outcome, and every band holds its estimate."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from sim import api
from sim.economy.sectors import GOODS
from sim.experiment.compare.difference import Difference
from sim.experiment.outcomes.summary import summarise
from sim.experiment.tariffs.lines import REGION_LINES
from sim.model.outcomes.politics import PATHS, outcome_index
from sim.report.answers.comparison import ComparisonAnswer
from sim.report.answers.run import RunAnswer
from sim.report.answers.studies import SweepAnswer
from sim.report.html.parts.differences import _row as difference_row
from sim.report.html.parts.fans import _fan_texts
from sim.report.html.parts.outcomes import _rows as outcome_rows
from sim.report.html.parts.tables import TableCell
from sim.report.html.run import headline_cards
from sim.report.page import Heading, Page, TextTable
from sim.report.pages.compare.tables import two_sided_table
from sim.report.pages.run.digest import Digest
from sim.report.pages.run.page import (
    DURING_THE_RUN,
    ECONOMY,
    IN_PER_CENT,
    PURCHASES,
    add_tables,
)
from sim.report.pages.search.sweep import sweep_page
from sim.report.pages.tariffs.impact import MARK, impact_page
from sim.report.words.differences import row_words
from sim.report.words.impact import words_of
from sim.report.words.targets import target_title
from sim.scenario.baseline import sector_labels
from sim.scenario.load import resolve
from sim.scenario.shipped import names

NUMBER = re.compile(r"(?<![\w.])[-+]?\d[\d,]*(?:\.\d+)?")
DUTIES = ("us_addon_pp", "cn_addon_pp", "us_avg_pct", "cn_avg_pct", "us_avg_seed_pct")


def numbers_in(text: str) -> list[float]:
    """Returns the numbers in a text; a dash between two is no sign."""
    plain = re.sub(r"(?<=\d)-(?=\d)", " ", text.replace("\N{MINUS SIGN}", "-"))
    return [float(word.replace(",", "")) for word in NUMBER.findall(plain)]


def too_fine(text: str, step: float) -> bool:
    """Returns whether a text holds a number that is no whole number of steps."""
    return any(abs(n / step - round(n / step)) > 1e-6 for n in numbers_in(text))


def tables_of(page: Page) -> Iterator[tuple[str, TextTable]]:
    """Yields the tables of a page, each with the heading above it."""
    heading = ""
    for part in page.parts:
        if isinstance(part, Heading):
            heading = part.text
        elif isinstance(part, TextTable):
            yield heading, part


@pytest.fixture(scope="module")
def tables(october: RunAnswer) -> Page:
    """The tables of forty runs, sectors included."""
    page = Page()
    add_tables(page, Digest(october.batch), sectors=True)
    return page


def test_what_is_too_fine_is_found() -> None:
    """The ruler of the tests below."""
    assert too_fine("-528,213", 10.0)
    assert too_fine("0.481 (0.46 to 0.62)", 0.01)
    assert too_fine("22-22.65", 0.1)
    assert not too_fine("-530 (-600 to -500)", 10.0)
    assert not too_fine("22.6-123", 0.1)


def test_amounts_of_a_run_page_are_in_steps(tables: Page) -> None:
    """Means, medians and ranges of purchases, counts and the economy."""
    # Fails if any of the three is written without the step of its outcome.
    lines = {words: name for name, words in (*PURCHASES, *DURING_THE_RUN, *ECONOMY)}
    seen = set()
    for heading, table in tables_of(tables):
        order = iter([name for name, _ in ECONOMY])
        for label, *cells in table.rows:
            words = re.sub(r" \(in .*\)$", "", label)
            if words not in lines or len(cells) != 4:
                continue
            # The parts of the economy share their words, but stand in order.
            economy = heading.startswith("Trade, prices")
            name = next(n for n in order if dict(ECONOMY)[n] == words) if economy else lines[words]
            step = outcome_index()[name].step * (100.0 if name in IN_PER_CENT else 1.0)
            assert not any(too_fine(cell, step) for cell in cells[:3]), (name, cells)
            seen.add(name)

    assert {name for name, _ in ECONOMY} <= seen
    assert "us_jobs_others_thousand" in seen


def test_duties_and_sectors_of_a_run_page_are_in_steps(tables: Page) -> None:
    """Duties by date, and duty and trade by sector."""
    # Fails if a spread, or a cell of a sector, is written without its step.
    labels, found = set(sector_labels().values()), 0
    for heading, table in tables_of(tables):
        if heading.startswith(("Duties added", "Average duty", "US average duty")):
            assert not any(too_fine(cell, 0.1) for row in table.rows for cell in row[1:])
            found += 1
        if "by sector" in heading:
            step = 0.1 if "duty" in heading else 0.01
            rows = [row for row in table.rows if row[0] in labels]
            assert len(rows) in (26, 17)
            assert not any(too_fine(cell, step) for row in rows for cell in row[1:])
            found += 1

    assert found == 3 + 4


def test_every_outcome_of_an_html_report_is_in_steps(october: RunAnswer) -> None:
    """The long table at its end, with intervals; sort keys keep all digits."""
    # Fails if a value or an interval is written without the step.
    seen = 0
    for name, about in summarise(october.batch).items():
        outcome = outcome_index()[name.partition("@")[0]]
        if about["kind"] != "number" or outcome.unit == "date":
            continue
        for row in outcome_rows(name, about):
            texts = [c.content if isinstance(c, TableCell) else c for c in row[1:6]]
            assert not any(too_fine(str(text), outcome.step) for text in texts), (name, texts)
            seen += 1
    assert seen > len(GOODS)


def test_tiles_and_readouts_of_an_html_report_are_in_steps(october: RunAnswer) -> None:
    """The duties on the cards, and the weekly values under the fans."""
    # Fails if a card, or a readout, is written without the step.
    for card in headline_cards(Digest(october.batch)):
        if card.unit == "points":
            assert not too_fine(f"{card.value} {card.range.partition(':')[2]}", 0.1)
    for name in PATHS:
        outcome = outcome_index()[name]
        if outcome.kind == "number":
            for text in _fan_texts(october.batch, name, outcome).values():
                plain = re.sub(r"90% of runs|\(.*?\)", "", text)
                assert not too_fine(plain, outcome.step), (name, text)


def test_a_compare_page_is_in_steps(contrast: ComparisonAnswer) -> None:
    """Values, differences and intervals of every outcome that is a number, as text and as HTML."""
    # Fails if a value or a difference is written without the step of its outcome.
    rows: list[Difference] = [
        d
        for d in contrast.comparisons[0].differences
        if d.kind == "number" and d.unit != "date" and not math.isnan(d.difference.value)
    ]
    page = Page()
    two_sided_table(page, rows)
    (_, table), *_ = tables_of(page)
    moved = 0
    for d, cells in zip(rows, table.rows, strict=True):
        step = outcome_index()[d.outcome.partition("@")[0]].step
        assert cells[0] == row_words([("B", d)])
        assert not any(too_fine(cell, step) for cell in cells[1:4]), cells
        html = [c.content if isinstance(c, TableCell) else c for c in difference_row(d, "B")]
        assert not any(too_fine(str(text), step) for text in html[1:5]), html
        moved += d.difference.value != 0.0
    assert moved > 10


def test_a_sweep_page_is_in_steps(folder: Path) -> None:
    """Estimates and differences of every number that a sweep is asked for."""
    # Fails if an estimate or a difference is written without the step of its outcome.
    numbers = [
        outcome.name
        for outcome in outcome_index().values()
        if outcome.kind == "number" and not outcome.quarterly and outcome.unit != "date"
    ]
    swept = api.sweep(
        "march-2025-escalation",
        {"us.hawks.influence": [0, 1]},
        n=6,
        until="2025-05-15",
        outcomes=numbers,
        results=folder,
    )
    assert isinstance(swept, SweepAnswer)
    targets = {target_title(target): target for target in swept.sweep.targets}
    seen = moved = 0
    for heading, table in tables_of(sweep_page(swept.sweep, asked=True)):
        if heading in targets:
            step = targets[heading].column.outcome.step
            texts = [cell for row in table.rows for cell in row[1:3]]
            assert not any(too_fine(text, step) for text in texts), (heading, texts)
            seen += 1
            moved += any(numbers_in(texts[-1]))
    assert seen == len(numbers)
    assert moved > 20


PAIRS = ((30, 10), (60, 60), (145, 125))


@pytest.mark.parametrize("months", [12, 24, 60])
@pytest.mark.parametrize(("us", "cn"), PAIRS)
def test_an_impact_table_is_in_steps_and_its_bands_hold_their_estimates(
    us: int, cn: int, months: int
) -> None:
    """As printed: low end, estimate, high end in order, none finer than its step."""
    # Fails if a cell is written without the step, or a central value outside its band is printed.
    found = api.impact(us, cn, months=months, n=60).impact
    (_, table), *_ = tables_of(impact_page(found))
    lines = (line for line in found.lines if line not in REGION_LINES)
    banded = 0
    for label, *cells in table.rows:
        if not cells or not label.startswith("  "):
            continue
        line = next(lines)
        assert label.strip().startswith(words_of(line).label.strip())
        assert not any(too_fine(cell, line.step) for cell in cells[:2]), (label, cells)
        value, band = float(cells[0].rstrip(MARK).replace(",", "")), numbers_in(cells[1])
        if band:
            assert band[0] <= value <= band[1], (label, cells)
            banded += 1
    assert next(lines, None) is None
    assert banded > 20


def test_two_impacts_and_their_difference_hold_their_estimates() -> None:
    """The bands of two pairs, and of what one has more than the other."""
    # Fails if a difference is printed at the central values though its band excludes it.
    found = api.impact(30, 10, versus="145/125", months=24, n=40).impact
    for place, line in enumerate(found.lines):
        shown = (found.estimate(0, place), found.estimate(1, place), found.difference(place))
        for value, low, high, is_median in shown:
            assert low <= value <= high, line.name
            assert is_median or value in (
                *found.central[:, place],
                found.central[0, place] - found.central[1, place],
            )


@pytest.mark.parametrize("name", sorted(names()))
def test_economy_rows_of_shipped_scenarios_hold_their_medians(name: str, folder: Path) -> None:
    """As printed, with parameters drawn: the median lies in the middle 90%."""
    # Fails if the two ends and the median are rounded in different ways.
    day = date.fromordinal(resolve(name).start) + timedelta(days=45)
    result = api.run(name, n=8, until=day, parameters="prior", per_vector=1, results=folder)
    page = Page()
    add_tables(page, Digest(result.batch))
    (rows,) = (t.rows for heading, t in tables_of(page) if heading.startswith("Trade, prices"))
    assert len(rows) == len(ECONOMY)
    for words, _, median, band, _ in rows:
        ends = numbers_in(band)
        assert ends[0] <= float(median.replace(",", "")) <= ends[-1], (words, median, band)
