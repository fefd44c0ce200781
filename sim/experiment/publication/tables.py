"""Tables of `results/published/`: the headline figures of a scenario, with their Monte Carlo error.

A figure is the share of runs with a flag or of a class, or the mean of a number, at the end of the
runs and at central parameters.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sim.engine.blocks import Column
from sim.errors import ScenarioError
from sim.experiment.outcomes.figures import figures_of
from sim.experiment.outcomes.summary import sample
from sim.experiment.runs.batch import Batch
from sim.history.csv_table import csv_rows

COLUMNS: Final = (
    "figure", "unit", "value", "standard_error", "runs", "seed", "scenario_hash", "model_version",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """Figure of a table.

    Attributes:
        name: Name of an outcome, followed by `=` and the class if it has classes.
        unit: Unit of the value; `share` for flags and classes.
        value: Share of the runs, or mean.
        error: Monte Carlo standard error of the value.
        runs: Number of runs behind it: those that finished and to which the outcome applies.
    """

    name: str
    unit: str
    value: float
    error: float
    runs: int


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """Headline figures of a scenario.

    Attributes:
        scenario: Name of the scenario.
        scenario_hash: Hash of all that determines its runs.
        model_version: Version of the model that played them.
        seed: Seed of the runs.
        figures: The figures, by name.
    """

    scenario: str
    scenario_hash: str
    model_version: str
    seed: int
    figures: dict[str, PublishedFigure]

    def text(self) -> str:
        """Returns the table as CSV; values have six significant digits."""
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for each in self.figures.values():
            numbers = (f"{each.value:.6g}", f"{each.error:.2g}", each.runs, self.seed)
            row = (each.name, each.unit, *numbers, self.scenario_hash, self.model_version)
            writer.writerow(row)
        return stream.getvalue()


def table_of(batch: Batch) -> PublishedTable:
    """Returns the headline figures of a batch at the end of its runs."""
    headlines = [c for c in batch.columns if c.outcome.headline and c.day is None]
    batch.expect(column.name for column in headlines)
    figures = [figure for column in headlines for figure in _figures(batch, column)]
    return PublishedTable(
        batch.resolved.name,
        batch.resolved.hash,
        batch.model_version,
        batch.seed,
        {figure.name: figure for figure in figures},
    )


def _figures(batch: Batch, column: Column) -> Iterator[PublishedFigure]:
    for each in figures_of(column, sample(batch, column, batch.counted).values):
        found = each.estimate
        yield PublishedFigure(each.name, each.unit, found.value, found.error, each.runs)


def read_table(path: Path) -> PublishedTable:
    """Returns a table from its file, which is named after the scenario.

    Raises:
        ScenarioError: The file cannot be read, or is no such table.
    """
    figures = {}
    head = ("", "", "0")
    for line, row in csv_rows(path, COLUMNS):
        try:
            value, error = float(row["value"]), float(row["standard_error"])
            runs = int(row["runs"])
            int(row["seed"])
        except ValueError as fault:
            raise ScenarioError.single(f"{path.name}:{line}", str(fault), row["figure"]) from None
        if not math.isfinite(value + error) or error < 0.0 or runs < 1:
            message = "has no finite value, error and number of runs; run `detente publish`"
            raise ScenarioError.single(f"{path.name}:{line}", message, row["figure"])
        figures[row["figure"]] = PublishedFigure(row["figure"], row["unit"], value, error, runs)
        head = (row["scenario_hash"], row["model_version"], row["seed"])
    return PublishedTable(path.stem, head[0], head[1], int(head[2]), figures)
