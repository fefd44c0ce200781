"""HTML report of a sweep."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from sim.experiment.inputs.axes import typed
from sim.experiment.stats.intervals import Estimate
from sim.experiment.store.identity import model_version
from sim.experiment.sweep.points import GRID
from sim.report.html.parts.document import Section, document
from sim.report.html.parts.pictures import Gallery, Picture, displayed, hung
from sim.report.html.parts.provenance import assumptions, provenance
from sim.report.html.parts.tables import TableCell, captioned, folded
from sim.report.html.parts.templates import joined
from sim.report.page import numeric, worded
from sim.report.pages.search.sweep import PARTS, in_short
from sim.report.words.names.inputs import input_words, named
from sim.report.words.names.scenarios import title_of
from sim.report.words.numbers import count_text, out_of, typed_text
from sim.report.words.signs import listed
from sim.report.words.targets import estimate_text, target_title

if TYPE_CHECKING:
    from sim.experiment.outcomes.targets import Target
    from sim.experiment.runs.filler import Progress
    from sim.experiment.sweep.points import Point, Sweep
    from sim.experiment.sweep.response import Curve
    from sim.scenario.resolved_scenario import Resolved

MOST_CURVES: Final = 6
"""Number of outcomes plotted for each input: those it affects most."""

MOST_MAPS: Final = 4
FEW: Final = 30
"""Number of points up to which the table of points is open; a longer one is folded."""

MOST_POINTS: Final = 1000
"""Maximum number of points that keeps the file below five megabytes."""


def sweep_document(
    sweep: Sweep, base: Resolved, command: str, drawing: Progress | None = None
) -> str:
    """Returns the HTML report of a sweep.

    Args:
        sweep: The points and their runs.
        base: The scenario before any input is varied.
        command: The command line that reproduces the report.
        drawing: Progress callback; receives (done, total) charts.
    """
    curves = sweep.curves()
    sections = [
        Section("pictures", "Charts", displayed(hung(_galleries(sweep, curves), drawing))),
        Section("responses", "Effect of each input", _responses(sweep, curves)),
        Section("points", "Every point", _points(sweep)),
        assumptions(base, drawn=sweep.parameters != "fixed"),
        provenance(_facts(sweep, base), command),
    ]
    title = f"{title_of(sweep.scenario)}, by {listed([input_words(a.name) for a in sweep.axes])}"
    return document("sweep.html", title, sections, **_masthead(sweep, curves))


def _masthead(sweep: Sweep, curves: Sequence[Curve]) -> dict[str, str | list[str]]:
    drawn = PARTS.get(sweep.method)
    points = f"{len(sweep.points):,} {drawn}" if drawn else count_text(len(sweep.points), "point")
    runs = count_text(sweep.points[0].n, "run")
    failed = sum(point.failed for point in sweep.points)
    warning = f"{count_text(failed, 'run')} failed and are excluded from all results."
    return {
        "kicker": f"Sweep · {points}, {runs} each, the same luck at every point",
        "question": sweep.question,
        "failed": warning if failed else "",
        "short": [
            in_short(a.name, [c for c in curves if c.axis == a.name], sweep.answer)
            for a in sweep.axes
        ],
    }


def _galleries(sweep: Sweep, curves: Sequence[Curve]) -> list[Gallery]:
    from sim.report.figures.studies import curve_figure

    galleries = []
    if sweep.method == GRID and len(sweep.axes) > 1:
        galleries.append(Gallery("maps", "Map of", tuple(_maps(sweep, curves))))
    for place, axis in enumerate(sweep.axes):
        mine = _ranked(sweep, (c for c in curves if c.axis == axis.name))
        drawn = [
            Picture(
                f"curve-{place}-{number}",
                target_title(curve.target),
                f"Curve: {target_title(curve.target)} over {named(axis.name)}, with 95% intervals. "
                "The tables below give the numbers.",
                partial(curve_figure, sweep, curve),
            )
            for number, curve in enumerate(mine[:MOST_CURVES])
        ]
        galleries.append(Gallery(f"curves-{place}", f"Over {named(axis.name)}", tuple(drawn)))
    return galleries


def _maps(sweep: Sweep, curves: Sequence[Curve]) -> list[Picture]:
    """Returns maps of the outcomes affected most, each over its two strongest inputs."""
    from sim.report.figures.studies import heat_figure

    sizes: dict[str, float] = {}
    for curve in curves:
        sizes[curve.target.text] = max(curve.size, sizes.get(curve.target.text, 0.0))
    telling = sorted(sweep.targets, key=lambda t: (t.text != sweep.answer, -sizes[t.text]))
    drawn = []
    for number, target in enumerate(telling[:MOST_MAPS]):
        mine = sorted((c for c in curves if c.target is target), key=lambda c: -c.size)
        two = {curve.axis for curve in mine[:2]}
        down, across = [axis.name for axis in sweep.axes if axis.name in two]
        drawn.append(
            Picture(
                f"map-{number}",
                target_title(target),
                f"Map: {target_title(target)} by {named(down)} and {named(across)}. The "
                "table of points has the numbers.",
                partial(heat_figure, sweep, sweep.heat_map(down, across, target)),
                is_wide=True,
            )
        )
    return drawn


def _ranked(sweep: Sweep, curves: Iterable[Curve]) -> list[Curve]:
    """Returns curves, that of the answer to the question first, then by the size of the effect."""
    return sorted(curves, key=lambda c: (c.target.text != sweep.answer, -c.size))


def _responses(sweep: Sweep, curves: Sequence[Curve]) -> Markup:
    """Returns a table per input: outcomes by its value, averaged over the other inputs."""
    found = []
    for place, axis in enumerate(sweep.axes):
        mine = _ranked(sweep, (c for c in curves if c.axis == axis.name))
        columns = [
            worded("outcome"),
            *(numeric(typed_text(level.text)) for level in mine[0].levels),
        ]
        rows: list[list[str | TableCell]] = [
            [
                target_title(curve.target),
                *(_estimate(curve.target, level.mean, level.n, level.of) for level in curve.levels),
            ]
            for curve in mine
        ]
        others = ", means over the other inputs" if len(sweep.axes) > 1 else ""
        caption = f"By {named(axis.name)}{others} (95% interval in brackets)"
        found.append(captioned(f"response-{place}", caption, columns, rows))
    return joined(found)


def _estimate(target: Target, e: Estimate, n: int, of: int) -> TableCell:
    text = estimate_text(target, e.value, e.low, e.high)
    if n != of:
        text = f"{text}, in {out_of(n, of)}"
    return TableCell(text, e.value if math.isfinite(e.value) else None)


def _points(sweep: Sweep) -> Markup:
    columns = [numeric("point"), *(worded(named(axis.name)) for axis in sweep.axes)]
    columns += [numeric(target_title(target)) for target in sweep.targets]
    shown = sweep.points[:MOST_POINTS]
    rows = [[str(place), *_point(point, sweep.targets)] for place, point in enumerate(shown)]
    table = captioned(
        "points-table",
        "Every point (% of runs, or means with unit; 95% interval in brackets)",
        columns,
        rows,
        filtered="Find a point",
    )
    summary = f"All {count_text(len(sweep.points), 'point')}"
    if len(shown) < len(sweep.points):
        summary = f"The first {len(shown):,} of {len(sweep.points):,} points (use --json for all)"
    return folded(summary, table, unfolded=len(rows) <= FEW)


def _point(point: Point, targets: Sequence[Target]) -> list[str | TableCell]:
    found = {(row["outcome"], row["class"]): row for row in point.rows}
    cells: list[str | TableCell] = [
        TableCell(typed_text(text), _key(text)) for _, text in point.values
    ]
    for target in targets:
        row = found[target.outcome, target.label or None]
        value, low, high = (_or_nan(row[key]) for key in ("estimate", "low", "high"))
        cells.append(_estimate(target, Estimate(value, low, high), row["n_valid"], row["of"]))
    return cells


def _or_nan(value: float | str | None) -> float:
    """Returns a number of a row, a day as its ordinal, NaN for a missing value."""
    if isinstance(value, str):
        return float(date.fromisoformat(value).toordinal())
    return math.nan if value is None else value


def _key(text: str) -> float | str:
    value = typed(text)
    return value if isinstance(value, int | float) else text


def _facts(sweep: Sweep, base: Resolved) -> list[tuple[str, str]]:
    drawn = "drawn from their ranges" if sweep.parameters != "fixed" else "at their central values"
    return [
        ("scenario", f"{base.name}, {base.hash}"),
        *((f"varied: {axis.name}", ", ".join(axis.values) or "its range") for axis in sweep.axes),
        ("points", f"{len(sweep.points):,}, {sweep.points[0].n:,} runs each, seed {sweep.seed}"),
        ("other parameters", drawn),
        ("model", model_version()),
    ]
