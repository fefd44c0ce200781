"""Packages that were on the table when the two sides met, and those they struck, as text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.report.page import Page, numeric
from sim.report.words.glossary import PACKAGE_WORDS
from sim.report.words.numbers import NOTHING, chances, count_text, number_text, signed

if TYPE_CHECKING:
    from sim.experiment.games.frontier import Frontier
    from sim.experiment.stats.intervals import Estimate


def add_frontier(page: Page, frontier: Frontier, title: str) -> None:
    """Adds what was on the table in some histories.

    Args:
        page: The page.
        frontier: The meetings.
        title: Which histories these are.
    """
    page.heading(f"What was on the table: {title}")
    for text in frontier_words(frontier):
        page.say(text, indent=2)
    if not frontier.meetings:
        return
    page.table(
        (
            numeric("\npackage"),
            numeric("could be\nsigned"),
            numeric("US\ngain"),
            numeric("Chinese\ngain"),
            numeric("both\ngain"),
            numeric("on the\nfrontier"),
            numeric("\nstruck"),
        ),
        [
            (
                PACKAGE_WORDS[tally.package.name.lower()],
                f"{tally.offered:,}",
                signed(tally.us.value, 2),
                signed(tally.cn.value, 2),
                f"{tally.mutual:,}",
                f"{tally.on_frontier:,}",
                f"{tally.struck:,}",
            )
            for tally in frontier.tallies()
        ],
    )
    page.say(
        "Counts of meetings. Gains are means, over walking away, in utility points as either side "
        "judges them, without the glory of a landmark. A package is on the frontier if both gain "
        "and no other on that menu gives one side more without giving the other less. "
        "Prolongations agreed by telephone are not counted."
    )


def frontier_words(frontier: Frontier) -> list[str]:
    """Returns in sentences how often a gain to both was to be had, was taken, and was the best."""
    meetings = len(frontier.meetings)
    if not meetings:
        return ["The two sides met at no table in these histories."]
    summits = meetings - frontier.rounds
    first = (
        f"{count_text(meetings, 'meeting')} ({count_text(frontier.rounds, 'round')} of ministers, "
        f"{count_text(summits, 'summit')}): at {_in_100(frontier.possible())} of 100 some package "
        "would have been a gain to both"
    )
    struck = sum(tally.struck for tally in frontier.tallies())
    if math.isnan(frontier.used().value):
        return [f"{first}."]
    told = [f"{first}; at {_in_100(frontier.used())} of 100 of those one was struck."]
    if struck:
        told.append(
            f"Of {count_text(struck, 'package')} struck, {_in_100(frontier.on_frontier())} of 100 "
            "were on the Pareto frontier of what could be signed. The product of gains was "
            f"{number_text(100.0 * frontier.nash_share().value, 0)} % of the best there was, on "
            "average."
        )
    return told


def _in_100(share: Estimate) -> str:
    value, limits = chances(share.value, share.low, share.high)
    return value if value == NOTHING else f"{value} {limits}"
