"""Time in charts: dates on the axis, the record of duties, and marks on days that matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from matplotlib.axes import Axes

from sim.engine.dates import MONTHS
from sim.history.tariffs import LAST_DAY, duty_steps
from sim.report.figures.style import GREY, INK, SMALL
from sim.report.words.deadlines import marked_days
from sim.report.words.numbers import day_text
from sim.scenario.resolved_scenario import Resolved

STEPPED: Final = frozenset(
    {"us_addon_pp", "cn_addon_pp", "us_avg_pct", "cn_avg_pct", "truce_in_force"}
)
"""Weekly paths that stand still between acts, and are drawn as steps."""

PAST_DAYS: Final = 280
"""Days of history shown before the start: from October 2025, this covers the first duty of 2025."""

_CLOSE: Final = 0.04
"""Share of the axis below which two days have one label, else one would hide the other on a
phone."""


def stepped(name: str, weeks: Any, values: Any, until: int) -> tuple[Any, Any]:
    """Returns the points of a weekly path as they are to be joined by lines.

    Args:
        name: The path; one that stands still between acts gets corners, and lasts to the end.
        weeks: Mondays, ordinal days.
        values: Values on them.
        until: Last day.
    """
    if name not in STEPPED:
        return weeks, values
    days, levels = [], []
    for week, after, value in zip(weeks, [*weeks[1:], max(until, weeks[-1])], values, strict=True):
        days += [week, after]
        levels += [value, value]
    return days, levels


def draw_record(axes: Axes, name: str, start: int, until: int) -> int:
    """Draws the historical record of a duty, and returns the first day shown."""
    steps = duty_steps(name)
    first = max(steps[0].day, start - PAST_DAYS)
    last = min(LAST_DAY, until)
    days = [max(step.day, first) for step in steps if step.day <= last]
    levels = [step.value for step in steps if step.day <= last]
    # Steps before the first day shown set the initial level.
    axes.step(
        [*days, last], [*levels, levels[-1]], where="post", color=INK, linewidth=1.5, zorder=4,
        label="record to 23 Oct 2025",
    )  # fmt: skip
    return first


def as_dates(axes: Axes, start: int, until: int) -> None:
    """Labels an axis of ordinal days with dates."""
    begin, end = date.fromordinal(start), date.fromordinal(until)
    months = (end.year - begin.year) * 12 + end.month - begin.month
    step = max(1, -(-months // 7))
    ticks, labels = [], []
    for month in range(0, months + 1, step):
        year, place = divmod(begin.year * 12 + begin.month - 1 + month, 12)
        day = date(year, place + 1, 1).toordinal()
        if start <= day <= until:
            ticks.append(day)
            labels.append(f"{MONTHS[place]}\n{year}")
    axes.set_xticks(ticks, labels)
    axes.set_xlim(start, until)


def mark_days(axes: Axes, worlds: Iterable[Resolved], start: int, until: int) -> None:
    """Marks the deadlines, the ends of a pause and the meetings of scenarios with their dates.

    Args:
        axes: Axes with ordinal days on the x axis.
        worlds: The scenarios shown.
        start: First day of the axis.
        until: Last day of it.
    """
    room = _CLOSE * (until - start)
    for days in _close(list(_days_of(worlds)), start, room):
        for day in days:
            axes.axvline(day, color=GREY, linewidth=0.9, linestyle=":", zorder=0.5)
        # Left of its line, unless that is outside.
        inside = days[0] - start >= room
        axes.text(
            days[0] if inside else days[-1], 0.02, ", ".join(map(_short, days)), rotation=90,
            fontsize=SMALL, color=INK, ha="right" if inside else "left", va="bottom",
            transform=axes.get_xaxis_transform(),
        )  # fmt: skip


def days_text(worlds: Iterable[Resolved]) -> str:
    """Returns what the marked days are, for the source line; empty if there are none."""
    found = _days_of(worlds)
    if not found:
        return ""
    return f" Dotted: {'; '.join(f'{_short(day)}, {words}' for day, words in found.items())}."


def _days_of(worlds: Iterable[Resolved]) -> dict[int, str]:
    """Returns the marked days of all scenarios shown, in order."""
    found: dict[int, str] = {}
    for resolved in worlds:
        found |= marked_days(resolved)
    return dict(sorted(found.items()))


def _close(days: Sequence[int], start: int, room: float) -> list[list[int]]:
    """Returns days in groups that have one label: those that follow each other within the room of
    a label, or of two if the first stands right of its line."""
    groups: list[list[int]] = []
    for day in days:
        if groups and day - groups[-1][-1] < room * (1 + (groups[-1][0] - start < room)):
            groups[-1].append(day)
        else:
            groups.append([day])
    return groups


def _short(day: int) -> str:
    return day_text(day).rpartition(" ")[0]
