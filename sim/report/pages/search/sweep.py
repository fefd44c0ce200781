"""Text page of a sweep: each input's effect, a map or curve tables, and one row per point."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.words.differences import two_stories
from sim.report.words.names.inputs import named
from sim.report.words.numbers import (
    NOTHING,
    chances,
    count_text,
    interval_name,
    known_text,
    number_text,
    out_of,
    scale_text,
    step_of,
    typed_text,
)
from sim.report.words.targets import (
    estimate_text,
    half_width_text,
    mean_text,
    partial_text,
    target_step,
    target_title,
    target_words,
)

if TYPE_CHECKING:
    from sim.experiment.outcomes.targets import Target
    from sim.experiment.sweep.points import Point, Sweep
    from sim.experiment.sweep.response import Curve, HeatMap, Level

Key = tuple[str, str | None]

SHARES: Final[dict[Key, str]] = {
    ("path_class", "improved"): "\nimproved",
    ("path_class", "conflict"): "\nconflict",
    ("leaders_met", "true"): "leaders\nmet",
    ("truce_in_force", "true"): "truce in\nforce",
    ("threat_in_effect", "true"): "threatened\nduty",
}
MEANS: Final[dict[Key, str]] = {
    ("us_addon_pp", None): "US duty\nadded, pp",
    ("cn_addon_pp", None): "Chinese duty\nadded, pp",
    ("us_hikes", None): "US tariff\nincreases",
    ("us_measures", None): "other US\nmeasures",
    ("purchases_delivered_usd_bn", None): "purchases,\n$ bn",
}

MOST_LINES: Final = 30
"""Maximum number of points listed one per line, if several inputs vary."""

SHOWN: Final = 4
"""Number of outcomes shown side by side, if none were requested."""

_SCALES: Final = ("share", "probability", "level", "count")
"""Units that are omitted when a difference is printed."""

PARTS: Final = {"sobol": "Sobol points", "lhs": "Latin hypercube points"}


def sweep_page(sweep: Sweep, *, asked: bool) -> Page:
    """Returns the page of a sweep.

    Args:
        sweep: The points and their runs.
        asked: Whether outcomes were requested by name; if so, all of them are shown.
    """
    page = Page()
    drawn = PARTS.get(sweep.method)
    points = f"{len(sweep.points):,} {drawn}" if drawn else count_text(len(sweep.points), "point")
    page.title(
        f"{sweep.scenario}   {points}, {count_text(sweep.points[0].n, 'run')} each, the same luck "
        f"at every point, seed {sweep.seed}"
    )
    page.say(sweep.question)
    page.gap()
    curves = sweep.curves()
    for axis in sweep.axes:
        page.say(in_short(axis.name, [c for c in curves if c.axis == axis.name], sweep.answer))
    if drawn:
        _parts(page, sweep, curves, asked=asked)
    else:
        _grid(page, sweep, curves, asked=asked)
    failed = sum(point.failed for point in sweep.points)
    page.gap()
    if failed:
        page.say(f"{count_text(failed, 'run')} failed and are excluded from all results.")
    if drawn:
        page.say(
            "To list every point with its interval, use --json. To see how much each input "
            "contributes to the spread, use detente sensitivity."
        )
        page.verbatim(f"Runs and points: {sweep.points[0].directory}")
    else:
        page.say("For points with intervals, use --json; for other outcomes, --outcome NAME.")
    return page


def in_short(axis: str, curves: Sequence[Curve], answer: str = "") -> str:
    """Returns a sentence on what an input does to the answer of the scenario's question, one naming
    the outcome it affects most, measured in margins, and one for each outcome whose means and pairs
    tell different stories.

    Args:
        axis: The input.
        curves: Its curves, one for each outcome.
        answer: Text of the target that answers the question; empty if none does.
    """
    name = named(axis, begins=True)
    stories = [text for curve in curves if (text := _two_stories(curve))]
    best = max(curves, key=lambda curve: curve.size)
    asked = next((curve for curve in curves if curve.target.text == answer), None)
    if all(curve.is_flat for curve in curves):
        lead = f"{name} has no effect on the outcomes shown: all its values give the same results."
    elif asked is None:
        lead = _effect(name, best, "the outcomes shown", " most")
    elif asked is best:
        lead = _effect(name, asked, target_words(asked.target))
    else:
        own = _effect(name, asked, target_words(asked.target))
        most = _effect("It", best, "the other outcomes shown", " most")
        lead = f"{own} {most}"
    return " ".join([lead, *stories])


def _effect(subject: str, curve: Curve, outcomes: str, most: str = "") -> str:
    """Returns a sentence on an effect, or that there is none on some outcomes."""
    if curve.size == 0.0:
        return f"{subject} has no detectable effect on {outcomes}."
    low, high = curve.levels[curve.lowest], curve.levels[curve.highest]
    words = target_words(curve.target)
    span = curve.span
    text = (
        f"{subject} affects {words}{most}: {_value(curve.target, low)} at {_where(low)}, "
        f"{_value(curve.target, high)} at {_where(high)}, a difference of "
        f"{_size(curve.target, span.value)} ({_size(curve.target, span.low, bare=True)} to "
        f"{_size(curve.target, span.high, bare=True)})"
    )
    return f"{text}; this is too small to matter." if curve.size < 1.0 else f"{text}."


def _two_stories(curve: Curve) -> str:
    """Returns a sentence on pairs that contradict the means; empty if they agree."""
    target, common = curve.target, curve.common
    if common is None or not common.contradicts(curve.span):
        return ""
    low, high = curve.levels[curve.lowest], curve.levels[curve.highest]
    name = f"{target_words(target)} at {_where(high)} and at {_where(low)}"
    e = common.difference
    within = f"{_size(target, e.value)} ({_size(target, e.low, bare=True)} to "
    within += f"{_size(target, e.high, bare=True)})"
    return two_stories(name, _size(target, curve.span.value), common.pairs, within)


def _where(level: Level) -> str:
    """Returns the value of a level, with the number of runs if the outcome exists in only some."""
    text = typed_text(level.text)
    return text if level.n == level.of else f"{text} (in {out_of(level.n, level.of)})"


def _value(target: Target, level: Level) -> str:
    value = level.mean.value
    if target.is_share:
        return f"{number_text(100.0 * value, 0 if value >= 0.1 else 1)}%"
    return mean_text(target, value)


def _size(target: Target, value: float, *, bare: bool = False) -> str:
    scale = 100.0 if target.is_share else 1.0
    places = 1 if target.is_share else None
    text = number_text(scale * value, places, step=target_step(target))
    if bare or target.is_share:
        return text
    unit = "days" if target.unit == "date" else scale_text(target.unit)
    return f"{text} {unit}" if unit and target.unit not in _SCALES else text


def _grid(page: Page, sweep: Sweep, curves: Sequence[Curve], *, asked: bool) -> None:
    """Adds the output for a grid: a map of two axes, then one line per point if there are few."""
    if len(sweep.axes) > 1:
        shown = _telling(sweep, curves, asked=asked, most=1)
        for target in shown:
            mine = sorted(
                (curve for curve in curves if curve.target is target), key=lambda c: -c.size
            )
            # With more than two axes, use the two with the largest effect; average over the rest.
            two = {curve.axis for curve in mine[:2]}
            down, across = [axis.name for axis in sweep.axes if axis.name in two]
            _map(page, sweep.heat_map(down, across, target), others=len(sweep.axes) > 2)
    if len(sweep.points) > MOST_LINES and len(sweep.axes) > 1:
        return
    letters = [chr(ord("a") + place) for place in range(len(sweep.axes))]
    page.gap()
    for letter, axis in zip(letters, sweep.axes, strict=True):
        page.say(f"{letter} = {named(axis.name)}")
    axes = [worded(f"\n{letter}") for letter in letters]
    if asked:
        for target in sweep.targets:
            page.heading(target_title(target))
            columns = [*axes, numeric("\nestimate"), numeric("difference\nfrom first")]
            rows = _asked_table(sweep, target)
            if sweep.readings(target).is_partial:
                columns.append(numeric("\nin"))
                rows = [
                    [*row, out_of(found["n_valid"], found["of"])]
                    for row, found in zip(rows, _rows_of(sweep, target), strict=True)
                ]
            page.table(columns, rows, indent=0)
        return
    drawn = sweep.parameters != "fixed"
    page.heading(f"At the end, % of runs ({interval_name(drawn=drawn)} in brackets)")
    titles = [numeric(title) for title in SHARES.values()]
    page.table([*axes, *titles], _table(sweep, SHARES, _chances), indent=0)
    page.heading("At the end, means over runs")
    titles = [numeric(title) for title in MEANS.values()]
    page.table([*axes, *titles], _table(sweep, MEANS, _mean), indent=0)


def _telling(
    sweep: Sweep, curves: Sequence[Curve], *, asked: bool, most: int
) -> tuple[Target, ...]:
    """Returns the outcomes to show: those requested, else the one that answers the question and
    those with the largest effects."""
    if asked:
        return sweep.targets
    size = {
        target.text: max(curve.size for curve in curves if curve.target is target)
        for target in sweep.targets
    }
    ranked = sorted(sweep.targets, key=lambda t: (t.text != sweep.answer, -size[t.text]))
    chosen = ranked[:most]
    return tuple(t for t in chosen if size[t.text] > 0.0 or t.text == sweep.answer) or tuple(chosen)


def _map(page: Page, found: HeatMap, *, others: bool) -> None:
    """Adds a table of an outcome over two axes; the axis with more values runs down the rows."""
    means = found.means
    down, across = found.down, found.across
    rows, columns = ([*map(typed_text, texts)] for texts in (found.rows, found.columns))
    if len(columns) > len(rows):
        means = means.T
        down, across, rows, columns = across, down, columns, rows
    page.heading(f"{target_title(found.target)}, by {named(across)} across and {named(down)} down")
    table = [
        [row, *(mean_text(found.target, float(mean)) for mean in means[i])]
        for i, row in enumerate(rows)
    ]
    page.table([worded(""), *map(numeric, columns)], table, indent=0)
    notes = [known_text(half_width_text(found.target, found.widest), found.unsure)]
    if others:
        notes.append("Values are means over the other inputs.")
    notes.append(
        partial_text(
            found.target, found.n.ravel().tolist(), found.of.ravel().tolist(), "each value"
        )
    )
    page.say(" ".join(filter(None, notes)))


def _parts(page: Page, sweep: Sweep, curves: Sequence[Curve], *, asked: bool) -> None:
    """Adds one table per input of a sampled sweep: mean outcomes in each part of its range."""
    shown = _telling(sweep, curves, asked=asked, most=SHOWN)
    for axis in sweep.axes:
        mine = {curve.target.text: curve for curve in curves if curve.axis == axis.name}
        page.heading(f"By {named(axis.name)}, means over points (95% interval in brackets)")
        columns = [TableColumn(""), *(worded(target_title(target)) for target in shown)]
        rows = [
            [typed_text(level.text), *(_level(t, mine[t.text].levels[place]) for t in shown)]
            for place, level in enumerate(mine[shown[0].text].levels)
        ]
        page.table(columns, rows, indent=0)
        for target in shown:
            parts = mine[target.text].levels
            n, of = [part.n for part in parts], [part.of for part in parts]
            if text := partial_text(target, n, of, "each row"):
                page.say(text)


def _level(target: Target, level: Level) -> str:
    return estimate_text(target, level.mean.value, level.mean.low, level.mean.high)


def _asked_table(sweep: Sweep, target: Target) -> list[list[str]]:
    rows = zip(sweep.points, _rows_of(sweep, target), strict=True)
    return [
        [*_point_values(point), _estimate(target, row), _difference(target, row)]
        for point, row in rows
    ]


def _rows_of(sweep: Sweep, target: Target) -> list[Mapping[str, Any]]:
    """Returns the row of an outcome at every point."""
    key = target.outcome, target.label or None
    found = (row for point in sweep.points for row in point.rows)
    return [row for row in found if (row["outcome"], row["class"]) == key]


def _estimate(target: Target, row: Mapping[str, Any]) -> str:
    if row["estimate"] is None or isinstance(row["estimate"], str):
        return row["estimate"] or NOTHING
    return estimate_text(target, row["estimate"], _or_nan(row["low"]), _or_nan(row["high"]))


def _difference(target: Target, row: Mapping[str, Any]) -> str:
    if row["difference"] is None:
        return NOTHING
    ends = [_or_nan(row[key]) for key in ("difference_low", "difference_high")]
    text = _size(target, row["difference"], bare=True)
    if not all(map(math.isfinite, ends)):
        return text
    return f"{text} ({' to '.join(_size(target, end, bare=True) for end in ends)})"


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value


def _table(
    sweep: Sweep, keys: Iterable[Key], cell: Callable[[Mapping[str, Any]], str]
) -> list[list[str]]:
    rows = []
    for point in sweep.points:
        found = {(row["outcome"], row["class"]): row for row in point.rows}
        rows.append([*_point_values(point), *(cell(found[key]) for key in keys)])
    return rows


def _chances(row: Mapping[str, Any]) -> str:
    if row["estimate"] is None:
        return NOTHING
    return " ".join(chances(row["estimate"], row["low"], row["high"]))


def _mean(row: Mapping[str, Any]) -> str:
    if row["estimate"] is None:
        return NOTHING
    return number_text(row["estimate"], step=step_of(row["outcome"]))


def _point_values(point: Point) -> list[str]:
    """Returns the values of a point, shortened if they are long."""
    return [typed_text(value) for _, value in point.values]
