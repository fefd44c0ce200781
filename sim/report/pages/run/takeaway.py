"""Summary sentences of a batch, composed from its numbers."""

from __future__ import annotations

from sim.report.pages.run.digest import Digest
from sim.report.pages.run.headlines import Headline, meeting, threat, truce
from sim.report.words.numbers import chance, chance_range, count_text, number_text, of_runs


def takeaway(digest: Digest) -> str:
    """Returns the summary of a batch: meeting, truce, threat, duties, final state, each at the
    central values and over the assumed ranges."""
    if digest.quantiles("us_addon_pp") is None:
        return "no run finished, so there are no results."
    first = (meeting(digest), truce(digest), threat(digest))
    clauses = "; ".join(f"{h.words} in {_share(digest, h)}" for h in first if h)
    return " ".join((f"{clauses}.", _duties(digest), _ending(digest)))


def doubts(digest: Digest) -> str:
    """Returns a sentence on which doubts the summary covers."""
    if digest.drawn:
        return (
            f"The assumed numbers were drawn {count_text(digest.draws, 'time')} from their ranges. "
            "In brackets: the range that contains 90% of the draws."
        )
    if digest.ranges:
        return (
            "The first figures hold the assumed numbers at their central values. In brackets: the "
            f"mean over {count_text(digest.draws, 'draw')} of these numbers from their ranges, and "
            "the range that contains 90% of the draws."
        )
    return (
        "These figures hold the assumed numbers at their central values; how far they move over "
        "the ranges is not shown here. Intervals reflect luck alone."
    )


def _share(digest: Digest, headline: Headline) -> str:
    """Returns a share of runs with that over the ranges: `88% of runs (62%, 1% to 99%)`."""
    share = of_runs(digest.share(headline.column, headline.label).value)
    ranges = digest.over_ranges(headline.column, headline.label)
    if ranges is None:
        return share
    span = chance_range(ranges.low, ranges.high)
    return f"{share} ({span if digest.drawn else f'{chance(ranges.mean)}, {span}'})"


def _duties(digest: Digest) -> str:
    q = digest.quantiles("us_addon_pp")
    assert q is not None
    low, middle, high = (number_text(q[key], 0) for key in ("p05", "p50", "p95"))
    over = digest.ranges.quantiles("us_addon_pp") if digest.ranges and not digest.drawn else None
    central, outer = "", ""
    if over:
        central = f" ({number_text(over['p50'], 0)})"
        outer = f" ({number_text(over['p05'], 0)} to {number_text(over['p95'], 0)})"
    text = f"US duties added since January 2025 end at {middle} points"
    if low == high:
        return f"{text} in nearly every run{outer}."
    return f"{text} in the median run{central} and between {low} and {high} in 90% of runs{outer}."


def _ending(digest: Digest) -> str:
    better, between, conflict = (
        _share(digest, Headline("", "path_class", label))
        for label in ("improved", "managed", "conflict")
    )
    return (
        f"Relations end better than they began in {better}, in open conflict in {conflict}, and "
        f"somewhere in between in {between}."
    )
