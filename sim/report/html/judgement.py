"""HTML reports of answers that judge the model or its assumptions: the printed page, with charts.

A backtest, checks of behaviour, and a sensitivity analysis.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from sim.report.figures.forecasts.plots import BacktestPlots, BehaviourPlots
from sim.report.figures.plots import SensitivityPlots, target_name
from sim.report.html.parts.document import Section, document
from sim.report.html.parts.pictures import Gallery, Picture, displayed, hung
from sim.report.html.parts.prose import prose
from sim.report.html.parts.provenance import provenance
from sim.report.page import Heading, Page, Part, TextTable, Title, Verbatim
from sim.report.pages.forecasts.backtest import backtest_page
from sim.report.pages.forecasts.behaviour import behaviour_page
from sim.report.pages.search.sensitivity import sensitivity_page
from sim.report.words.names.scenarios import title_of
from sim.report.words.targets import target_title

if TYPE_CHECKING:
    from sim.backtest.backtests.backtest import Backtest
    from sim.backtest.behaviour.checks import BehaviourChecks
    from sim.experiment.runs.filler import Progress
    from sim.experiment.sensitivity.analysis import Sensitivity

NO_COMMAND: Final = "This page was written from Python."


def backtest_document(found: Backtest, command: str, drawing: Progress | None = None) -> str:
    """Returns the HTML report of a backtest.

    Args:
        found: The backtest.
        command: The command that was typed; "" for none.
        drawing: Progress callback; receives (done, total) charts.
    """
    plot, tables = BacktestPlots(found), "The tables below give the numbers."
    pictures = [
        Picture(
            "skill",
            "Skill by horizon and by administration",
            f"Skill of the forecasts by horizon, in all and by administration. {tables}",
            plot.skill,
            narrow=partial(plot.skill, narrow=True),
            is_wide=True,
        ),
        Picture(
            "reliability",
            "Reliability: what came, over what was forecast",
            f"Shares of what came, over what was forecast, by horizon. {tables}",
            plot.reliability,
            narrow=partial(plot.reliability, narrow=True),
            is_wide=True,
        ),
        Picture(
            "forecast-fans",
            "Forecasts of both average duties over the record",
            "Forecasts of both average duties from several days, over what the duties were.",
            plot.fans,
            is_wide=True,
        ),
        Picture(
            "transforms",
            "Where duties fell in their forecasts",
            f"Shares of what came in each fifth of the forecasts of duties. {tables}",
            plot.transforms,
            narrow=partial(plot.transforms, narrow=True),
            is_wide=True,
        ),
    ]
    facts = [
        ("origins", f"{len(found.origins)}, {found.n:,} runs each, seed {found.seed}"),
        ("parameters", found.parameters),
        ("seal of the ledger", found.seal),
    ]
    return _document("Backtest", backtest_page(found), pictures, facts, command, drawing)


def behaviour_document(
    found: BehaviourChecks, command: str, drawing: Progress | None = None
) -> str:
    """Returns the HTML report of checks of behaviour; arguments as for `backtest_document`."""
    plot = BehaviourPlots(found)
    picture = Picture(
        "behaviour",
        "Acts on record beside those of the runs",
        "Counts of acts on record beside the middle 90% of runs, by administration. The tables "
        "below give the numbers.",
        plot.bands,
        narrow=partial(plot.bands, narrow=True),
        is_wide=True,
    )
    facts = [("runs", f"{found.n:,} of each window, seed {found.seed}")]
    return _document("Behaviour", behaviour_page(found), [picture], facts, command, drawing)


def sensitivity_document(found: Sensitivity, command: str, drawing: Progress | None = None) -> str:
    """Returns the HTML report of a sensitivity analysis; arguments as for `backtest_document`."""
    plot = SensitivityPlots(found)
    pictures = [
        Picture(
            f"drivers-{place}",
            target_title(drivers.target),
            f"Tornado: {target_title(drivers.target)} at both ends of each factor's range, and its "
            "share of the variance. The tables below give the numbers.",
            partial(plot.tornado, target_name(drivers.target)),
            narrow=partial(plot.tornado, target_name(drivers.target), narrow=True),
            is_wide=True,
        )
        for place, drivers in enumerate(found.drivers)
    ]
    facts = [
        ("scenario", found.scenario),
        ("runs", f"{found.runs:,}, seed {found.seed}"),
        ("design", f"{found.points} base points, {found.replicates} runs at each point"),
    ]
    page = Page([Title(f"{title_of(found.scenario)}, sensitivity to assumptions")])
    page.parts += sensitivity_page(found).parts[1:]
    return _document("Sensitivity analysis", page, pictures, facts, command, drawing)


def _document(
    kicker: str,
    page: Page,
    pictures: Sequence[Picture],
    facts: Sequence[tuple[str, str]],
    command: str,
    drawing: Progress | None,
) -> str:
    """Returns a report of a page that begins with its title and what it is about."""
    # Paths are of this machine, and a page is for others.
    title = page.parts[0]
    assert isinstance(title, Title)
    parts: list[Part] = [part for part in page.parts[1:] if not isinstance(part, Verbatim)]
    first = _beginning(parts)
    galleries = [Gallery(picture.key, "", (picture,)) for picture in pictures]
    sections = [
        Section("pictures", "Charts", displayed(hung(galleries, drawing))),
        Section("results", "Tables", prose(Page(parts[first:]), "results")),
        provenance(facts, command, NO_COMMAND),
    ]
    short = prose(Page(parts[:first]), "short")
    return document("judgement.html", title.text, sections, kicker=kicker, short=short)


def _beginning(parts: Sequence[Part]) -> int:
    """Returns the place of the first heading, or of the text that names the first table."""
    for place, part in enumerate(parts):
        if isinstance(part, Heading):
            return place
        if isinstance(part, TextTable):
            return place - 1
    return len(parts)
