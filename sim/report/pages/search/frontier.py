"""Section of a game page on the packages available at meetings, and those agreed."""

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
    """Adds the section on the packages available in some runs.

    Args:
        page: The page.
        frontier: The meetings.
        title: Description of these runs.
    """
    page.heading(f"Packages available at meetings: {title}")
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
            numeric("\nagreed"),
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
        "Counts are of meetings. Gains are means, compared with walking away, in utility points as "
        "each side judges them, without the bonus for a landmark deal. A package is on the "
        "frontier if both sides gain and no other package available at that meeting gives one side "
        "more without giving the other less. Extensions agreed by telephone are not counted."
    )


def frontier_words(frontier: Frontier) -> list[str]:
    """Returns sentences on how often both sides could gain, did gain, and gained the most."""
    meetings = len(frontier.meetings)
    if not meetings:
        return ["The two sides did not meet in these runs."]
    summits = meetings - frontier.rounds
    first = (
        f"{count_text(meetings, 'meeting')} ({count_text(frontier.rounds, 'round')} of ministers, "
        f"{count_text(summits, 'summit')}): in {_in_100(frontier.possible())} of them, some "
        "package would have been a gain to both sides"
    )
    struck = sum(tally.struck for tally in frontier.tallies())
    if math.isnan(frontier.used().value):
        return [f"{first}."]
    sentences = [f"{first}; in {_in_100(frontier.used())} of these, a package was agreed."]
    if struck:
        sentences.append(
            f"Of {count_text(struck, 'package')} agreed, {_in_100(frontier.on_frontier())} were on "
            "the Pareto frontier of the packages that could be signed. The product of gains was on "
            f"average {number_text(100.0 * frontier.nash_share().value, 0)}% of the best possible."
        )
    return sentences


def _in_100(share: Estimate) -> str:
    value, limits = chances(share.value, share.low, share.high)
    return value if value == NOTHING else f"{value}% {limits}"
