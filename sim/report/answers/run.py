"""Answer of `run`: a batch as text, as JSON, and as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import NotFoundError, nearest
from sim.report.answers.notebook.pictures import RunPictures
from sim.report.answers.notebook.probability import RunProbability, probability_of
from sim.report.exports.answer import Exportable
from sim.report.exports.batches import run_rows
from sim.report.exports.cover import batch_lines
from sim.report.exports.export import Export, bound
from sim.report.exports.frame import check_frames
from sim.report.html.notebook import run_piece
from sim.report.json_values import clean
from sim.report.page import Page
from sim.report.pages.run.answer import answer_page
from sim.report.pages.run.digest import Digest
from sim.report.pages.run.headlines import answers, headlines_json
from sim.report.pages.run.page import run_page
from sim.report.pages.run.survival import survival_json
from sim.report.words.numbers import count_text, of_runs
from sim.scenario.explain import keys_of_world

if TYPE_CHECKING:
    import pandas as pd

    from sim.experiment.runs.batch import Batch
    from sim.experiment.sensitivity.movers import Movers
    from sim.experiment.store.parquet import Array


@dataclass(frozen=True, repr=False)
class RunAnswer(Exportable):
    """Batch of runs of a scenario.

    `print(result)` prints the page, `result.plot()` draws it;
    `result.p("truce_in_force@2025-11-11")` is a probability with its interval, and
    `result.values["us_addon_pp@2025-11-11"]` the numbers of every run.

    Attributes:
        batch: The runs.
        drawn: Its companion: runs in which the assumed numbers are drawn from their ranges.
        sectors: Whether the page shows duty and trade by sector and quarter.
        regions: Whether the page shows real income and exports of all regions.
        full: Whether the page has every table instead of one screen.
        movers: What moves the first answer of the scenario; None if that was not asked.
    """

    batch: Batch
    drawn: Batch | None = None
    sectors: bool = False
    regions: bool = False
    full: bool = False
    movers: Movers | None = None

    def _repr_html_(self) -> str:
        """Returns the HTML shown in a notebook."""
        return run_piece(self.digest)

    @property
    def values(self) -> Mapping[str, Array]:
        """Column name -> array of shape (n,): numbers float64 (NaN = does not apply), flags bool,
        classes int64 codes in the order of the outcome's classes (-1 = the run failed)."""
        return self.batch.values

    @property
    def directory(self) -> Path:
        """Directory of the result files."""
        return self.batch.directory

    @property
    def reused(self) -> int:
        """Number of runs that were already stored."""
        return self.batch.reused

    @property
    def reuse_note(self) -> str:
        """Sentence on the number of runs that were already stored."""
        there = count_text(self.batch.reused, "run")
        verb = "was" if self.batch.reused == 1 else "were"
        return f"{there} {verb} already stored in {self.directory}; use --force to run again"

    @cached_property
    def digest(self) -> Digest:
        """Summary of the outcomes for reports."""
        return Digest(self.batch, self.drawn)

    @cached_property
    def described(self) -> dict[str, dict[str, Any]]:
        """Column name -> kind, unit, and mean, quantiles or probabilities with intervals."""
        return {column.name: self.digest.about(column.name) for column in self.batch.columns}

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """Counted runs, one row each (see `frames.outcome_frame`)."""
        from sim.report.answers.notebook import frames

        check_frames()
        return frames.outcome_frame(self.batch)

    @cached_property
    def paths(self) -> pd.DataFrame:
        """Weekly paths of the counted runs (see `frames.path_frame`)."""
        from sim.report.answers.notebook import frames

        check_frames()
        return frames.path_frame(self.batch)

    def summary(self) -> pd.DataFrame:
        """Returns each outcome with its interval (see `frames.summary_frame`)."""
        from sim.report.answers.notebook import frames

        check_frames()
        return frames.summary_frame(self.digest)

    @property
    def plot(self) -> RunPictures:
        """Charts: `.plot()` for the four that answer most questions, or one of them by its name:
        `.plot.fan("us_addon_pp")`, `.plot.survival()`, `.plot.classes()`, `.plot.sectors()`."""
        return RunPictures((self.batch,), self.sectors)

    def p(self, question: str) -> RunProbability:
        """Returns the share of runs in which something holds: a number with `low`, `high`, `n`.

        Args:
            question: An event as `forecast`, `given` and `expect:` take it (docs/questions.md):
                `truce_in_force@2025-11-11`, `path_class=conflict`, `us_addon_pp@2025-12-31>=60`,
                `calls@2025-11-30>=1 and rounds@2025-11-30>=1`, each with ` | CONDITION` if wanted.

        Raises:
            CheckFailedError: No run meets the condition.
            NotFoundError: There is no such outcome, class or event, or the runs do not hold it.
            UsageError: It is no question about an event, or one about a day outside the runs.
        """
        return probability_of(question, self.batch)

    def quantile(self, name: str, q: float = 0.5) -> float:
        """Returns a quantile of a number over the counted runs it applies to; NaN if there are
        none.

        Raises:
            NotFoundError: There is no such column, or it is not a number.
        """
        import numpy as np

        if self.about(name)["kind"] != "number":
            raise NotFoundError(f"{name} is not a number; use .p()")
        values = self.values[name]
        known = values[self.batch.counted & ~np.isnan(values)]
        return float(np.quantile(known, q, method="inverted_cdf")) if len(known) else float("nan")

    def about(self, name: str) -> dict[str, Any]:
        """Returns the full summary of a column.

        Raises:
            NotFoundError: There is no such column.
        """
        if not self.digest.has(name):
            raise NotFoundError(
                f"there is no outcome {name!r}{nearest(name, self.values)}\n"
                "dated outcomes are recorded on the calendar's dates; use --at to add a day"
            )
        return self.digest.about(name)

    def line(self) -> str:
        """Returns the scenario, the number of runs, how often a truce holds at the end, the id."""
        batch, given = self.batch, f" given {self.batch.given[0]}" if self.batch.given else ""
        counted = count_text(int(batch.counted.sum()), "run")
        truce = f"truce at the end in {of_runs(self.p('truce_in_force'))}"
        return f"{batch.resolved.name}, {counted}{given}, {truce}, id {batch.id}"

    def page(self) -> Page:
        """Returns the page of the result."""
        if self.full:
            return run_page(self.digest, sectors=self.sectors, regions=self.regions)
        return answer_page(self.digest, self.movers, sectors=self.sectors, regions=self.regions)

    def tables(self, command: str = "") -> Export:
        """Returns the outcomes as one long table (see `Exportable.tables`)."""
        resolved = self.batch.resolved
        rows = run_rows(resolved.name, resolved, clean(self.described))
        return bound(batch_lines(self.batch), rows, keys_of_world(resolved), command=command)

    def to_json(self) -> dict[str, Any]:
        """Returns the result as one JSON object."""
        batch, resolved = self.batch, self.batch.resolved
        return {
            "schema": 1,
            "scenario": resolved.name,
            "scenario_hash": resolved.hash,
            "model_version": batch.model_version,
            "seed": batch.seed,
            "n": batch.n,
            "engine": batch.engine or None,
            "parameters": batch.parameters,
            "given": batch.given_json,
            "startup_s": clean(batch.timings.startup_s),
            "compile_s": clean(batch.timings.compile_s),
            "elapsed_s": clean(batch.timings.elapsed_s),
            "answers": clean(headlines_json(self.digest, answers(self.digest))),
            "headlines": clean(headlines_json(self.digest)),
            "movers": clean(self.movers.to_json()) if self.movers else None,
            "truce": survival_json(self.digest),
            "outcomes": clean(self.described),
            "results_dir": str(batch.directory),
        }
