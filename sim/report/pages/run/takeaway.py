"""Summary of a batch in two paragraphs, composed from its numbers: the answer at the central values
of the assumed numbers, and the answer over their ranges."""

from __future__ import annotations

from sim.report.pages.run.digest import Digest
from sim.report.pages.run.headlines import Headline, headlines, meeting, threat, truce
from sim.report.pages.run.survival import summary_sentence
from sim.report.words.numbers import chance, chance_range, count_text, number_text, of_runs


def takeaway(digest: Digest) -> str:
    """Returns the summary of the runs: meeting, truce, threat, duties, final state."""
    q = digest.quantiles("us_addon_pp")
    if q is None:
        return "no run finished, so there are no results."
    first = (meeting(digest), truce(digest), threat(digest))
    clauses = "; ".join(
        f"{h.words} in {of_runs(digest.share(h.column, h.label).value)}" for h in first if h
    )
    sentences = (
        f"{clauses}.",
        summary_sentence(digest),
        f"US duties added since January 2025 end at {_duties(q)}.",
        _ending(digest),
    )
    return " ".join(filter(None, sentences))


def over_ranges(digest: Digest) -> str:
    """Returns the summary over the ranges of the assumed numbers: of each headline, the mean over
    the draws and the range that contains 90% of them, luck excluded.

    If there are no runs with drawn numbers, the sentence says that luck is the only doubt shown.
    """
    if digest.ranges is None:
        return (
            "These figures hold the assumed numbers at their central values, and the intervals "
            "below reflect luck alone. How far the answer moves over the ranges of these numbers "
            "is not known from these runs."
        )
    clauses = "; ".join(f"{h.words} in {_moves(digest, h)}" for h in headlines(digest))
    draws = count_text(digest.draws, "draw")
    if digest.drawn:
        return (
            f"These figures are means over {draws} of the assumed numbers from their ranges. Over "
            f"90% of the draws, {clauses}."
        )
    q = digest.ranges.quantiles("us_addon_pp")
    duties = f" US duties end at {_duties(q)}." if q else ""
    return (
        "That is with the assumed numbers at their central values. With these numbers drawn from "
        f"their ranges (mean over {draws}; in brackets the range of 90% of the draws), "
        f"{clauses}.{duties}"
    )


def _moves(digest: Digest, headline: Headline) -> str:
    """Returns the mean and the range of a share over the draws: `67% (1% to above 99%)`."""
    ranges = digest.over_ranges(headline.column, headline.label)
    assert ranges is not None
    span = chance_range(ranges.low, ranges.high)
    return f"{span} of runs" if digest.drawn else f"{chance(ranges.mean)} of runs ({span})"


def _duties(q: dict[str, float]) -> str:
    low, middle, high = (number_text(q[key], 0) for key in ("p05", "p50", "p95"))
    if low == high:
        return f"{middle} points in nearly every run"
    return f"{middle} points in the median run and between {low} and {high} in 90% of runs"


def _ending(digest: Digest) -> str:
    better, between, conflict = (
        of_runs(digest.share("path_class", label).value)
        for label in ("improved", "managed", "conflict")
    )
    return (
        f"Relations end better than they began in {better}, in open conflict in {conflict}, and "
        f"somewhere in between in {between}."
    )
