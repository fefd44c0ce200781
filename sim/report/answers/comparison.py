"""Answer of `compare`: scenarios compared with the first one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from sim.report.exports.answer import Exportable
from sim.report.exports.batches import difference_rows, run_rows
from sim.report.exports.cover import batch_lines
from sim.report.exports.export import Export, bound
from sim.report.figures.plots import ContrastPlots
from sim.report.html.notebook import page_piece
from sim.report.json_values import clean
from sim.report.page import Page
from sim.report.pages.compare.page import compare_page
from sim.report.words.numbers import count_text
from sim.report.words.sides import side_names
from sim.scenario.explain import keys_of_world

if TYPE_CHECKING:
    from sim.experiment.compare.comparison import Comparison
    from sim.experiment.compare.contrast import Contrast
    from sim.experiment.runs.batch import Batch


@dataclass(frozen=True, slots=True, repr=False)
class ComparisonAnswer(Exportable):
    """Comparison of scenarios with the first one.

    Attributes:
        contrast: The comparisons with their background.
        full: Whether the page shows every outcome.
    """

    contrast: Contrast
    full: bool = False

    def _repr_html_(self) -> str:
        """Returns the HTML shown in a notebook."""
        return page_piece(self.page(), "-".join(batch.id for batch in self.batches))

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Comparisons with the first scenario, one for each other scenario."""
        return self.contrast.comparisons

    @property
    def batches(self) -> tuple[Batch, ...]:
        """Batches of all scenarios, the reference first."""
        return self.contrast.batches

    @property
    def plot(self) -> ContrastPlots:
        """Charts: `.plot.differences()`, `.plot.fan("us_addon_pp")`, `.plot.partings()`."""
        return ContrastPlots.of(self.contrast)

    def line(self) -> str:
        """Returns the scenarios, the number of runs and the ids."""
        names = " and ".join(side_names(self.batches[1:3], lettered=False))
        more = f" and {len(self.batches) - 3} more" if len(self.batches) > 3 else ""
        runs = count_text(self.batches[0].n, "run")
        ids = ", ".join(batch.id for batch in self.batches[:3])
        return f"{self.batches[0].resolved.name} against {names}{more}, {runs} each, id {ids}"

    def page(self) -> Page:
        """Returns the page of the comparison."""
        return compare_page(self.contrast, full=self.full)

    def tables(self, command: str = "") -> Export:
        """Returns the differences, and the outcomes of every scenario, as one long table (see
        `Exportable.tables`)."""
        from sim.experiment.outcomes.summary import summarise

        names = side_names(self.batches)
        differences = (
            difference_rows(comparison, names[0], name)
            for comparison, name in zip(self.comparisons, names[1:], strict=True)
        )
        sides = [*zip(names, self.batches, strict=True)]
        outcomes = (run_rows(name, b.resolved, clean(summarise(b))) for name, b in sides)
        about = chain.from_iterable(batch_lines(b, name) for name, b in sides)
        keys = set[str]().union(*(keys_of_world(b.resolved) for b in self.batches))
        rows = chain.from_iterable((*differences, *outcomes))
        return bound(about, rows, keys, command=command)

    def to_json(self) -> dict[str, Any]:
        """Returns the comparison as one JSON object: see `Contrast.to_json`."""
        return {"schema": 1, **clean(self.contrast.to_json())}
