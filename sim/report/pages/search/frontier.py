"""Section of a game page on the clauses and bundles bargained for at meetings."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from sim.experiment.games.meetings import Ending
from sim.model.tables.codes import CN, US
from sim.report.page import Page, numeric, worded
from sim.report.words.glossary import PACKAGE_WORDS, clause_words
from sim.report.words.numbers import (
    NOTHING,
    chances,
    count_text,
    interval_name,
    number_text,
    rounded_up,
    signed,
    spread,
)

if TYPE_CHECKING:
    from sim.experiment.games.frontier import Frontier
    from sim.experiment.stats.intervals import Estimate

STEP: Final = 0.01
"""Step to which gains are rounded, in utility points."""

_WHO: Final = ("Washington", "Beijing")


def add_frontier(page: Page, frontier: Frontier, title: str) -> None:
    """Adds the section on the bargains of some runs.

    Args:
        page: The page.
        frontier: The meetings.
        title: Description of these runs.
    """
    page.heading(f"Bargains at meetings: {title}")
    for text in frontier_words(frontier):
        page.say(text, indent=2)
    if not frontier.meetings:
        return
    level = interval_name(drawn=frontier.per_vector > 0)
    page.heading("Clauses at these meetings (gains in utility points)")
    page.table(
        (
            worded("\nclause"),
            worded("given\nby"),
            numeric("to be\nhad"),
            numeric("US\ngain"),
            numeric("Chinese\ngain"),
            numeric("\nagreed"),
            numeric("refused\nby US"),
            numeric("by\nChina"),
        ),
        [
            (
                *clause_words(tally.clause),
                f"{tally.offered:,}",
                _gain(tally.us),
                _gain(tally.cn),
                f"{tally.struck:,}",
                f"{tally.refused[US]:,}",
                f"{tally.refused[CN]:,}",
            )
            for tally in frontier.clauses()
        ],
    )
    page.say(
        "Counts are of meetings, by their last proposal. Gains are means of what a clause would "
        f"give each side as the side itself judges it, ± the farther end of the {level} (none if "
        "too few runs differ). A clause is refused by the side for whose sake the proposer "
        "leaves it out, as far as it knows; in the other cases it stood in a bundle that came to "
        "nothing, or pleased neither side."
    )
    page.heading("Bundles proposed at these meetings (clauses and gains: means of those agreed)")
    page.table(
        (
            worded("\nbundle"),
            numeric("pro-\nposed"),
            numeric("\nagreed"),
            numeric("\nclauses"),
            numeric("US gain beyond\nits reserve"),
            numeric("Chinese gain\nbeyond its reserve"),
        ),
        [
            (
                PACKAGE_WORDS[tally.package.name.lower()],
                f"{tally.proposed:,}",
                f"{tally.struck:,}",
                number_text(tally.size.value, 1),
                _range(tally.beyond[US]),
                _range(tally.beyond[CN]),
            )
            for tally in frontier.bundles()
        ],
    )
    page.say(
        f"Below each gain: {level}. A bundle is named by the furthest-reaching of its clauses. "
        "Gains leave out the prestige "
        "of a landmark deal. A side's reserve is private, drawn for each run: the gain over "
        "walking away below which it hardly signs. --json also has the gains over walking away. "
        "Pauses prolonged or revived by telephone are not counted."
    )


def frontier_words(frontier: Frontier) -> list[str]:
    """Returns sentences on how often both sides could gain, did gain, and gained the most."""
    meetings = len(frontier.meetings)
    if not meetings:
        return ["The two sides did not bargain in these runs."]
    summits = meetings - frontier.rounds
    sentences = [
        f"{count_text(meetings, 'meeting')} ({count_text(frontier.rounds, 'round')} of ministers, "
        f"{count_text(summits, 'summit')}): in {_in_100(frontier.possible())} of them, some bundle "
        "of the clauses to be had would have given both sides more than their reserves"
        + (
            "."
            if math.isnan(frontier.used().value)
            else f"; in {_in_100(frontier.used())} of these, a bundle was agreed."
        ),
        f"{ending_words(frontier)}.",
    ]
    struck = len(frontier.signed)
    if struck:
        sentences.append(
            f"Of {count_text(struck, 'bundle')} agreed, {_in_100(frontier.on_frontier())} were "
            "efficient: no other bundle gave one side more without giving the other less. In place "
            f"of {_in_100(frontier.better_for_both())}, another would have given both sides more."
        )
    if not math.isnan(frontier.nash_share().value):
        share = number_text(100.0 * frontier.nash_share().value, 0)
        sentences.append(
            f"The product of both gains beyond the reserves was on average {share}% of the largest "
            "on the Pareto frontier."
        )
    return sentences


def ending_words(frontier: Frontier) -> str:
    """Returns how the meetings ended: how many bundles were agreed, stopped, refused, withheld."""
    counts = frontier.endings()
    parts = [f"{counts[Ending.SIGNED, None]:,} ended with a signature"]
    for ending, words in (
        (Ending.STOPPED, "an agreement that {} could not get at home"),
        (Ending.REFUSED, "a bundle that {} refused"),
        (Ending.WITHHELD, "nothing that {} found worth proposing"),
    ):
        for (found, side), count in sorted(counts.items(), key=lambda item: -item[1]):
            if found == ending and side is not None:
                parts.append(f"{count:,} with {words.format(_WHO[side])}")
    return ", ".join(parts)


def _gain(gain: Estimate) -> str:
    """Returns a mean gain and how far its interval reaches; the gain alone if it has none."""
    if math.isnan(gain.value):
        return NOTHING
    value = signed(gain.value, step=STEP)
    farther = max(gain.high - gain.value, gain.value - gain.low)
    if not math.isfinite(farther):
        return value
    return f"{value} ±{number_text(rounded_up(farther, STEP), step=STEP)}"


def _range(gain: Estimate) -> str:
    """Returns a mean gain with its interval below; the gain alone if it has none."""
    if math.isnan(gain.value):
        return NOTHING
    value = signed(gain.value, step=STEP)
    if not math.isfinite(gain.half_width):
        return value
    return f"{value}\n{spread(gain.low, gain.high, step=STEP)}"


def _in_100(share: Estimate) -> str:
    value, limits = chances(share.value, share.low, share.high)
    return value if value == NOTHING else f"{value}% {limits}"
