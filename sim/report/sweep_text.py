"""What `sweep` prints: the headline outcomes, one row a point of the grid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sim.report.numbers import clean
from sim.report.terminal import Page, numeric, render, worded
from sim.report.words import NOTHING, chances, count_text, number_text

if TYPE_CHECKING:
    from sim.experiment.sweep import Sweep

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
    ("us_hikes", None): "US tariff\nrises",
    ("us_measures", None): "other US\nmeasures",
    ("tension", None): "tension,\n0 to 1",
}


@dataclass(frozen=True, slots=True)
class Grid:
    """A scenario played over a grid of values, with the same luck at every point.

    Attributes:
        sweep: The points and their runs.
    """

    sweep: Sweep

    def __str__(self) -> str:
        return render(self.page())

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row a point and outcome (see `sim.experiment.sweep.Sweep.rows`)."""
        return self.sweep.rows()

    def page(self) -> Page:
        """Returns the grid as text."""
        return sweep_page(self.sweep)

    def to_json(self) -> dict[str, Any]:
        """Returns the grid as one JSON object."""
        return {"schema": 1, **clean(self.sweep.to_json())}


def sweep_page(sweep: Sweep) -> Page:
    """Returns a sweep as text: two tables with a row a point."""
    page = Page()
    page.title(
        f"{sweep.scenario}   {count_text(len(sweep.points), 'point')} of "
        f"{count_text(sweep.points[0].n, 'run')}, the same luck at every point, seed {sweep.seed}"
    )
    page.say(sweep.question)
    page.gap()
    letters = [chr(ord("a") + place) for place in range(len(sweep.axes))]
    for letter, axis in zip(letters, sweep.axes, strict=True):
        page.say(f"{letter} = {axis.name}")
    axes = [worded(f"\n{letter}") for letter in letters]
    page.heading("At the end, runs in 100 (95 % interval in brackets)")
    titles = [numeric(title) for title in SHARES.values()]
    page.table([*axes, *titles], _table(sweep, SHARES, _chances), indent=0)
    page.heading("At the end, means over runs")
    titles = [numeric(title) for title in MEANS.values()]
    page.table([*axes, *titles], _table(sweep, MEANS, _mean), indent=0)
    failed = sum(point.failed for point in sweep.points)
    if failed:
        page.say(f"{count_text(failed, 'run')} failed and count in no figure.")
    page.gap()
    page.say("Every outcome with its interval: --json, or detente query over the results.")
    return page


def _table(
    sweep: Sweep, keys: Iterable[Key], cell: Callable[[Mapping[str, Any]], str]
) -> list[list[str]]:
    rows = []
    for point in sweep.points:
        found = {(row["outcome"], row["class"]): row for row in point.rows}
        rows.append([*(value for _, value in point.values), *(cell(found[key]) for key in keys)])
    return rows


def _chances(row: Mapping[str, Any]) -> str:
    if row["estimate"] is None:
        return NOTHING
    return " ".join(chances(row["estimate"], row["low"], row["high"]))


def _mean(row: Mapping[str, Any]) -> str:
    return NOTHING if row["estimate"] is None else number_text(row["estimate"])
