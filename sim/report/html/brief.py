"""Brief of a run: one A4 page to be printed, and read by someone who was not there.

It has the question, the answer with both doubts, the truce week by week with its dates, the numbers
people ask for, what would change the answer most, and what it all rests on.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from sim.experiment.compare.fork import fork_options
from sim.report.html.command import command
from sim.report.html.parts.document import GENERATOR
from sim.report.html.parts.pictures import WIDE, Gallery, Picture, hung
from sim.report.html.parts.templates import asset, fill
from sim.report.pages.run.essentials import asked
from sim.report.pages.run.headlines import answers
from sim.report.pages.run.lead import lead
from sim.report.pages.run.movers import how_to_find_out, mover_words, unknown_movers
from sim.report.words.commands import command_line
from sim.report.words.conditions import given_words
from sim.report.words.names.scenarios import title_of
from sim.report.words.numbers import count_text, day_text, sentence_case
from sim.scenario.evidence import facts_named, sources
from sim.scenario.explain import assumed_counts, keys_of_world
from sim.version import __version__

if TYPE_CHECKING:
    from markupsafe import Markup
    from matplotlib.figure import Figure

    from sim.experiment.runs.batch import Batch
    from sim.experiment.sensitivity.movers import Movers
    from sim.report.pages.run.digest import Digest

TITLE: Final = "Brief by detente"
"""Beginning of the title, by which a brief is known among other files."""

MOST: Final = 4
"""Numbers shown that would change the answer most."""

CHART: Final = (7.1, 1.85)
"""Width and height of the chart in inches: as wide as the page without its margins."""

SMALL: Final = 6.5
"""Size of the dates in the chart in points, so that several fit above each other."""

SIZES: Final = (8.8, 8.0, 7.2)
"""Sizes of the text in points; the first at which all fits one page is taken."""


def brief_document(
    digest: Digest, movers: Movers | None, scenario: str, day: str, size: float = SIZES[0]
) -> str:
    """Returns the brief of a batch as HTML.

    Args:
        digest: Outcomes of the runs.
        movers: What moves the first answer; None if that is not known.
        scenario: The scenario as typed, for the command that repeats the brief.
        day: Day on which the runs were simulated, as a text.
        size: Size of the text in points.
    """
    batch, resolved = digest.batch, digest.resolved
    assumed, numbers = assumed_counts(resolved)
    finished = digest.quantiles("us_addon_pp") is not None
    titles, rows = asked(digest) if finished else ((), [])
    told = mover_words(movers, MOST) if finished else []
    names = ["truce.ends_on", *(each.parameter for each in told)]
    return fill(
        "brief.html",
        title=f"{TITLE}: {resolved.name.encode('ascii', 'replace').decode()}",
        generator=f"{GENERATOR} {__version__}",
        style=asset("brief.css"),
        size=size,
        heading=title_of(resolved.name),
        span=f"{day_text(resolved.start)} to {day_text(resolved.until)}",
        question=resolved.question,
        given=given_words(batch) if batch.given else "",
        failed=count_text(len(batch.failures), "run") if batch.failures else "",
        lead=sentence_case(lead(digest)),
        chart=_chart(digest) if finished else None,
        titles=titles,
        rows=rows,
        movers=[(each, _rests_on(digest, each.parameter)) for each in told],
        unknown=unknown_movers(movers),
        find_out=command_line(*how_to_find_out(resolved, answers(digest)[0].target))
        if finished
        else "",
        assumed=f"{assumed} of {count_text(numbers, 'number')}",
        articles=_articles(digest, names),
        publications=_publications(digest),
        explain=command_line("scenario", "explain", resolved.reference, "--full"),
        facts=_facts(digest, day),
        command=_command(batch, scenario),
    )


def is_brief(beginning: str) -> bool:
    """Returns whether a file with this beginning is a brief, printed or not."""
    # Text is stored as it is if it is ASCII, which is why the title is.
    return f"<title>{TITLE}" in beginning or f"/Title ({TITLE}" in beginning


def _chart(digest: Digest) -> Markup | None:
    """Returns the chart of the truce, week by week; None if the weeks were not stored."""
    if digest.survival is None:
        return None
    alt = "Share of runs with a truce in force, week by week."
    picture = Picture("truce", "Truce", alt, partial(_low_survival, digest.batch))
    (shown,) = hung([Gallery("charts", "", (picture,))], frames=(WIDE,))
    return shown


def _low_survival(batch: Batch) -> Figure:
    """Returns the chart of the truce, so low that a page holds all else as well."""
    from sim.report.figures.runs import survival_figure

    figure = survival_figure([batch])
    figure.set_size_inches(*CHART)
    (axes,) = figure.axes
    axes.set_ylabel("runs (%)")
    for day in axes.texts:
        day.set_fontsize(SMALL)
        day.set_zorder(0.9)  # below the line
        day.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.6})
    return figure


def _rests_on(digest: Digest, name: str) -> str:
    """Returns what a number rests on: its kind, its source, and the facts its reason names."""
    parameter = digest.resolved.parameters[name]
    facts = sorted(facts_named(parameter.reason))
    return ", ".join(filter(None, (parameter.kind, parameter.source, *facts)))


def _facts_of(digest: Digest, names: list[str]) -> set[str]:
    """Returns the keys of the sources of a scenario's numbers and dates, and of the facts that
    reasons of some numbers name."""
    resolved = digest.resolved
    keys = keys_of_world(resolved) | {entry.source for entry in resolved.calendar}
    known = (resolved.parameters[name] for name in names if name in resolved.parameters)
    return keys.union(*(facts_named(parameter.reason) for parameter in known))


def _articles(digest: Digest, names: list[str]) -> list[tuple[str, str]]:
    """Returns the articles that numbers rest on, each with the ids of the facts taken from it."""
    known = sources()
    facts: dict[str, list[str]] = {}
    for key in sorted(_facts_of(digest, names) & known.keys()):
        if known[key].article:
            facts.setdefault(known[key].article, []).append(key)
    dated = sorted(facts, key=lambda article: known[article].published)
    return [
        (f"{known[article].text} ({day_text(known[article].published)})", ", ".join(facts[article]))
        for article in dated
    ]


def _publications(digest: Digest) -> str:
    """Returns the keys of the other sources."""
    known = sources()
    found = _facts_of(digest, []) & known.keys()
    return ", ".join(sorted(key for key in found if not known[key].article))


def _facts(digest: Digest, day: str) -> list[tuple[str, str]]:
    """Returns what identifies the runs."""
    batch = digest.batch
    drawn = f", and {count_text(digest.draws, 'draw')} of the assumed numbers"
    return [
        ("simulated", day),
        ("runs", f"{batch.n:,}{drawn if digest.draws and not digest.drawn else ''}"),
        ("seed", str(batch.seed)),
        ("result", batch.id),
        ("version", f"détente {__version__}, model {batch.model_version}"),
    ]


def _command(batch: Batch, scenario: str) -> str:
    """Returns the command that repeats the brief; that of its runs if they are a fork; empty if
    none does."""
    if fork_options(batch.resolved):
        return command("run", [scenario], batch)
    return command("report", [scenario, "--brief"], batch)
