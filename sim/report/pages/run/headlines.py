"""Headline outcomes of a batch: what is reported first, at the dates its scenario is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sim.experiment.stats.json_form import finite
from sim.model.bargain.clauses import CLAUSE_ROWS
from sim.model.tables.vocabulary import Clause
from sim.report.pages.run.digest import Digest, on
from sim.report.words.glossary import outcome_words
from sim.report.words.numbers import day_text, iso_day, number_text

if TYPE_CHECKING:
    from sim.scenario.answers import QuestionAnswer

LIKELY: Final = 0.5
DUTIES: Final = {
    "us_addon_pp": "US duties added on Chinese goods",
    "cn_addon_pp": "Chinese duties added on US goods",
}
"""Numbers among the headlines, at the end of the run."""

CLAUSES: Final[dict[tuple[str, str], str]] = {
    ("truce_in_force", "true"): "a truce is in force on {day}",
    ("leaders_met", "true"): "the leaders have met by {day}",
    ("threat_in_effect", "true"): (
        "the threatened US tariff increase of {size} points is in force on {day}"
    ),
    ("talks_running", "true"): "talks are running on {day}",
    ("confrontation", "true"): "three-digit duties last a quarter without talks",
    ("path_class", "conflict"): "relations end in open conflict",
    ("path_class", "improved"): "relations end better than they began",
    ("deal_status", "package"): "a package is in force on {day}",
    ("deal_status", "comprehensive"): "a comprehensive deal is in force on {day}",
    ("truce_expiry", "extended"): "the truce is extended",
    ("truce_expiry", "deal"): "a deal replaces the truce",
    ("truce_expiry", "snapback"): "the truce lapses",
    ("summit_result", "failure"): "the leaders meet and fail in public",
    ("summit_result", "package"): "the leaders meet and sign a package",
}
"""Outcomes and classes as clauses, as far as a scenario asks about them."""


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

    @property
    def target(self) -> str:
        """The headline as `--outcome` takes it."""
        return self.column if self.label == "true" else f"{self.column}={self.label}"


def answers(digest: Digest) -> tuple[Headline, ...]:
    """Returns what answers the question of a scenario, the most telling first: what its file names,
    as far as these runs tell it, or else the headlines."""
    named = digest.resolved.answers
    told = tuple(_of_answer(digest, answer) for answer in named if digest.has(answer.column))
    return told or headlines(digest)


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


def _of_answer(digest: Digest, answer: QuestionAnswer) -> Headline:
    """Returns an answer that a scenario names, in words."""
    day = answer.day or digest.resolved.until
    words = CLAUSES.get((answer.name, answer.label))
    if words is None and answer.name.startswith("signed["):
        clause = Clause[answer.name.removeprefix("signed[").rstrip("]").upper()]
        words = f"a deal on {CLAUSE_ROWS[clause].noun} is signed by {{day}}"
    elif words is None:
        words = outcome_words(answer.column, "" if answer.label == "true" else answer.label)
    size = number_text(digest.resolved.state["threat.size_pp"], 0)
    text = words.format(day=day_text(day), size=size)
    return Headline(text, answer.name, answer.label, answer.day)


def headlines_json(digest: Digest, told: Sequence[Headline] | None = None) -> list[dict[str, Any]]:
    """Returns the headlines, or what else is told, as JSON.

    Each has the share of runs with its 95% interval, which reflects luck alone unless the runs draw
    the assumed numbers, and the share over their ranges.

    Args:
        digest: The runs.
        told: What to tell; None for the headlines.
    """
    if digest.quantiles("us_addon_pp") is None:
        return []
    rows = []
    for headline in headlines(digest) if told is None else told:
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
