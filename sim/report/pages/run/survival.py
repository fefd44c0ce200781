"""Section of a run's page on the truce, week by week: its survival, its largest fall, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from sim.experiment.outcomes.weekly import Fall, Survival
from sim.report.json_values import clean
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.words.deadlines import deadlines, ends_words, truce_ends_between
from sim.report.words.numbers import chances, day_text, iso_day, number_text

if TYPE_CHECKING:
    from sim.report.pages.run.digest import Digest
    from sim.scenario.resolved_scenario import Resolved

STEP: Final = 0.03
"""Change of the share from which a week is shown; the curve is drawn between the weeks shown."""

BLOCKS: Final = "▁▂▃▄▅▆▇█"
"""Characters of the heights of a curve of text, from 0 to 100% (see `page.PLAIN`)."""

WIDTH: Final = 60
"""Characters of a curve of text."""

GUTTER: Final = 7
TAIL: Final = 4
"""Characters before and behind it, for the first and the last share."""

BAR: Final = 20
"""Length of the bar of a share of 100%, in characters."""


def survival_section(page: Page, digest: Digest) -> None:
    """Adds the share of runs with a truce in force, week by week, to a page."""
    found = digest.survival
    if found is None:
        return
    page.heading("Truce in force, week by week (% of runs)")
    ends = {deadline.day: deadline.words for deadline in deadlines(digest.resolved)}
    columns = [
        TableColumn(""),
        numeric(""),
        TableColumn(""),
        TableColumn("", draws=True),
        worded(""),
    ]
    page.table(columns, [_row(found, k, ends) for k in _shown(found, ends)])
    page.say(
        f"Weeks in which the share changed by less than {number_text(100.0 * STEP, 0)} percentage "
        "points and nothing falls due are left out. "
        + (fall_sentence(digest.resolved, found.largest_fall) or "The share never falls.")
    )


def survival_lines(digest: Digest) -> list[str]:
    """Returns the share of runs with a truce in force as three lines: what it is, characters as
    high as the share from the first week to the last, and days below it; nothing if no weeks were
    stored."""
    found = digest.survival
    if found is None:
        return []
    shares = [share.value for share in found.shares]
    weeks = [place * len(shares) // WIDTH for place in range(WIDTH)]
    curve = "".join(BLOCKS[_height(shares[week])] for week in weeks)
    low = min(range(len(shares)), key=shares.__getitem__)
    first, least, last = (number_text(100.0 * shares[k], 0) for k in (0, low, -1))
    return [
        f"Truce in force, % of runs week by week; lowest on {day_text(found.weeks[low])}: {least}%",
        f"  {first:>3}% {curve} {last}%",
        _days_below([found.weeks[week] for week in weeks]).rjust(GUTTER + WIDTH + TAIL),
    ]


def _height(share: float) -> int:
    return min(len(BLOCKS) - 1, int(share * len(BLOCKS)))


def _days_below(weeks: Sequence[int]) -> str:
    """Returns a line of days, as wide as a curve and its last share: both ends in full, and the
    quarters between them as far as they fit."""
    line, end = day_text(weeks[0]), day_text(weeks[-1])
    room = WIDTH + TAIL - len(end)
    for place in (WIDTH // 4, WIDTH // 2, 3 * WIDTH // 4):
        day = day_text(weeks[place]).rpartition(" ")[0]
        if len(line) + 2 <= place <= room - len(day) - 2:
            line = line.ljust(place) + day
    return line.ljust(room) + end


def fall_sentence(resolved: Resolved, fall: Fall | None) -> str:
    """Returns a sentence on the largest fall of the share within a week; empty without a fall."""
    if fall is None:
        return ""
    high, low = (number_text(100.0 * share, 0) for share in (fall.high, fall.low))
    return (
        f"The share with a truce in force falls most between {day_text(fall.before)} and "
        f"{day_text(fall.after)}, from {high}% to {low}%, "
        f"{ends_words(truce_ends_between(resolved, fall.before, fall.after))}."
    )


def survival_json(digest: Digest) -> dict[str, Any] | None:
    """Returns the survival of the truce as JSON, with the deadlines of the scenario; None if no
    weekly values were stored."""
    found = digest.survival
    if found is None:
        return None
    fall = found.largest_fall
    told: dict[str, Any] = {
        "runs": found.runs,
        "weeks": [
            {"week": iso_day(week), "p": share.value, "ci": [share.low, share.high]}
            for week, share in zip(found.weeks, found.shares, strict=True)
        ],
        "largest_fall": {
            "after": iso_day(fall.before),
            "by": iso_day(fall.after),
            "from": fall.high,
            "to": fall.low,
            "reason": ends_words(truce_ends_between(digest.resolved, fall.before, fall.after)),
        }
        if fall
        else None,
        "deadlines": [
            {"day": iso_day(deadline.day), "what": deadline.words}
            for deadline in deadlines(digest.resolved)
        ],
    }
    cleaned: dict[str, Any] = clean(told)
    return cleaned


def _shown(found: Survival, ends: dict[int, str]) -> Sequence[int]:
    """Returns the weeks to show: the first, the last, those of a deadline, and both ends of every
    change worth showing."""
    shown = {0, len(found.weeks) - 1}
    last = 0
    for k in range(1, len(found.weeks)):
        falls_due = any(found.weeks[k - 1] < day <= found.weeks[k] for day in ends)
        if falls_due or abs(found.shares[k].value - found.shares[last].value) >= STEP:
            shown |= {k - 1, k}
            last = k
    return sorted(shown)


def _row(found: Survival, k: int, ends: dict[int, str]) -> list[str]:
    week, share = found.weeks[k], found.shares[k]
    before = found.weeks[k - 1] if k else 0
    due = [
        f"{day_text(day)}: {words}" for day, words in ends.items() if before < day <= week and k > 0
    ]
    bar = "#" * round(BAR * share.value)
    middle, interval = chances(share.value, share.low, share.high)
    return [day_text(week), middle, interval, bar, "\n".join(due)]
