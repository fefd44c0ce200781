"""The sentences a reader should take away, built from the numbers by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sim.model.vocabulary import CalendarKind
from sim.report.words import band, day_text, number_text, of_runs

if TYPE_CHECKING:
    from sim.report.digest import Digest

ENDINGS: Final = {
    "improved": "with relations better than at the start",
    "managed": "neither better nor in open conflict",
    "conflict": "in open conflict",
}
LIKELY: Final = 0.5


def takeaway(digest: Digest) -> str:
    """Returns what a reader should remember of a batch: meeting, truce, duties, ending."""
    return " ".join((_meeting_and_truce(digest), _duties(digest), _ending(digest)))


def _meeting_and_truce(digest: Digest) -> str:
    met = _meeting(digest)
    day = _truce_day(digest)
    if day is None:
        share = digest.share("truce_in_force").value
        day = digest.resolved.until
    else:
        share = digest.share_on("truce_in_force", day).value
    truce = f"a truce is in force on {day_text(day)} in {of_runs(share)}"
    return f"{met}; {truce}."


def _meeting(digest: Digest) -> str:
    """Names the first date by which a meeting is likely, else the last day."""
    for day in digest.days:
        share = digest.share_on("leaders_met", day).value
        if share >= LIKELY:
            return f"The leaders have met by {day_text(day)} in {of_runs(share)}"
    share = digest.share("leaders_met").value
    return f"The leaders meet by {day_text(digest.resolved.until)} in {of_runs(share)}"


def _truce_day(digest: Digest) -> int | None:
    """Returns the last deadline on the calendar that the report covers."""
    days = [
        entry.day
        for entry in digest.resolved.calendar
        if entry.kind == CalendarKind.DEADLINE and entry.day in digest.days
    ]
    return max(days, default=None)


def _duties(digest: Digest) -> str:
    q = digest.quantiles("us_addon_pp")
    if q is None:
        return "No run was finished."
    middle = number_text(q["p50"], 0)
    text = f"US duties added since January 2025 end at {middle} points in the median run"
    spread = band(round(q["p05"]), round(q["p95"]))
    if "-" not in spread:
        return f"{text}, and in nearly all others."
    return f"{text} and within {spread} points in 9 of 10 runs."


def _ending(digest: Digest) -> str:
    shares = {name: digest.share("path_class", name).value for name in ENDINGS}
    top = max(shares, key=lambda name: shares[name])
    text = f"The commonest ending is {ENDINGS[top]} ({of_runs(shares[top])})"
    if top == "conflict":
        return f"{text}; {of_runs(shares['improved'])} end {ENDINGS['improved']}."
    return f"{text}; {of_runs(shares['conflict'])} end {ENDINGS['conflict']}."
