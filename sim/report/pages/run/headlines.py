"""Headline outcomes of a batch: what is reported first, at the dates its scenario is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sim.experiment.stats.json_form import finite
from sim.report.pages.run.digest import Digest, on
from sim.report.words.numbers import day_text, iso_day, number_text

LIKELY: Final = 0.5
DUTIES: Final = {
    "us_addon_pp": "US duties added on Chinese goods",
    "cn_addon_pp": "Chinese duties added on US goods",
}
"""Numbers among the headlines, at the end of the run."""


@dataclass(frozen=True, slots=True)
class Headline:
    """Share of the runs in which something holds.

    Attributes:
        words: What holds, a clause: `a truce is in force on 10 Nov 2025`.
        name: Name of the outcome.
        label: Its class; `true` for a flag.
        day: Ordinal day it refers to; 0 for the end of the run.
    """

    words: str
    name: str
    label: str = "true"
    day: int = 0

    @property
    def column(self) -> str:
        """Column of the batch."""
        return on(self.name, self.day) if self.day else self.name


def headlines(digest: Digest) -> tuple[Headline, ...]:
    """Returns the headlines of a batch: meeting, truce, threat, conflict, improvement."""
    ends = (
        Headline("relations end in open conflict", "path_class", "conflict"),
        Headline("relations end better than they began", "path_class", "improved"),
    )
    first = (meeting(digest), truce(digest), threat(digest))
    return (*(found for found in first if found), *ends)


def meeting(digest: Digest) -> Headline:
    """Returns the headline on the leaders' meeting: on the first reporting date by which most runs
    have one, or else at the end."""
    for day in digest.days:
        if digest.share(on("leaders_met", day)).value >= LIKELY:
            return Headline(f"the leaders have met by {day_text(day)}", "leaders_met", day=day)
    until = day_text(digest.resolved.until)
    return Headline(f"the leaders meet by {until}", "leaders_met")


def truce(digest: Digest) -> Headline:
    """Returns the headline on the truce: on the day on which the initial one would end, if that is
    a reporting date, or else at the end."""
    day = int(digest.resolved.state["truce.ends_on"])
    day = day if day in digest.days else 0
    when = day_text(day or digest.resolved.until)
    return Headline(f"a truce is in force on {when}", "truce_in_force", day=day)


def threat(digest: Digest) -> Headline | None:
    """Returns the headline on a threat pending at the start; None if there is none, or if its
    deadline is not a reporting date."""
    state = digest.resolved.state
    day = int(state["threat.deadline"])
    if not state["threat.open"] or day not in digest.days:
        return None
    size = number_text(state["threat.size_pp"], 0)
    words = f"the threatened US tariff increase of {size} points is in force on {day_text(day)}"
    return Headline(words, "threat_in_effect", day=day)


def headlines_json(digest: Digest) -> list[dict[str, Any]]:
    """Returns the headlines as JSON: the share of runs with its 95% interval, which reflects luck
    alone unless the runs draw the assumed numbers, and the share over their ranges."""
    if digest.quantiles("us_addon_pp") is None:
        return []
    rows = []
    for headline in headlines(digest):
        share = digest.share(headline.column, headline.label)
        ranges = digest.over_ranges(headline.column, headline.label)
        rows.append(
            {
                "what": headline.words,
                "outcome": headline.name,
                "class": None if headline.label == "true" else headline.label,
                "day": iso_day(headline.day or digest.resolved.until),
                "p": finite(share.value),
                "ci": [finite(share.low), finite(share.high)],
                "ci_covers": "luck and assumptions" if digest.drawn else "luck",
                "over_ranges": {
                    "mean": finite(ranges.mean),
                    "middle_90": [finite(ranges.low), finite(ranges.high)],
                    "draws": digest.draws,
                }
                if ranges
                else None,
            }
        )
    return rows
