"""Summary sentences of a batch, composed from its numbers."""

from __future__ import annotations

from typing import Final

from sim.report.pages.run.digest import Digest, on
from sim.report.words.numbers import day_text, number_text, of_runs

LIKELY: Final = 0.5


def takeaway(digest: Digest) -> str:
    """Returns the summary of a batch: meeting, truce, threat, duties, final state."""
    q = digest.quantiles("us_addon_pp")
    if q is None:
        return "no run finished, so there are no results."
    first = "; ".join(text for text in (_meeting(digest), _truce(digest), _threat(digest)) if text)
    return " ".join((f"{first}.", _duties(q), _ending(digest)))


def truce_day(digest: Digest) -> int | None:
    """Returns the day on which the initial truce would end, if it is a reporting date."""
    day = int(digest.resolved.state["truce.ends_on"])
    return day if day in digest.days else None


def threat_day(digest: Digest) -> int | None:
    """Returns the deadline of a threat pending at the start, if it is a reporting date."""
    state = digest.resolved.state
    day = int(state["threat.deadline"])
    return day if state["threat.open"] and day in digest.days else None


def meeting_day(digest: Digest) -> int | None:
    """Returns the first reporting date by which most runs have a leaders' meeting, or None."""
    return next(
        (d for d in digest.days if digest.share(on("leaders_met", d)).value >= LIKELY), None
    )


def _truce(digest: Digest) -> str:
    day = truce_day(digest)
    name = "truce_in_force" if day is None else on("truce_in_force", day)
    when = day_text(digest.resolved.until if day is None else day)
    return f"a truce is in force on {when} in {of_runs(digest.share(name).value)}"


def _threat(digest: Digest) -> str:
    day = threat_day(digest)
    if day is None:
        return ""
    share = digest.share(on("threat_in_effect", day)).value
    size = number_text(digest.resolved.state["threat.size_pp"], 0)
    return (
        f"the threatened US tariff increase of {size} points is in force on {day_text(day)} in "
        f"{of_runs(share)}"
    )


def _meeting(digest: Digest) -> str:
    day = meeting_day(digest)
    if day is not None:
        share = digest.share(on("leaders_met", day)).value
        return f"the leaders have met by {day_text(day)} in {of_runs(share)}"
    share = digest.share("leaders_met").value
    return f"the leaders meet by {day_text(digest.resolved.until)} in {of_runs(share)}"


def _duties(q: dict[str, float]) -> str:
    text = f"US duties added since January 2025 end at {number_text(q['p50'], 0)} points"
    low, high = (number_text(q[key], 0) for key in ("p05", "p95"))
    if low == high:
        return f"{text} in nearly every run."
    return f"{text} in the median run and between {low} and {high} in 90% of runs."


def _ending(digest: Digest) -> str:
    better, between, conflict = (
        of_runs(digest.share("path_class", name).value)
        for name in ("improved", "managed", "conflict")
    )
    return (
        f"Relations end better than they began in {better}, in open conflict in {conflict}, and "
        f"somewhere in between in {between}."
    )
