"""Studies: stored results with their headline figures, in the order asked for."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim.engine.blocks import Column
from sim.errors import SimError, UsageError, nearest
from sim.experiment.inputs.modes import FIXED
from sim.experiment.outcomes.figures import Figure, figures_of
from sim.experiment.runs.defaults import SEED
from sim.experiment.stats.intervals import vector_labels
from sim.experiment.store import parquet
from sim.experiment.store.results import SetAside, Store, Stored
from sim.model.outcomes.politics import outcome_index

DATE: Final = "date"
_ORDERS: Final[Mapping[str, Callable[[Stored], Any]]] = {
    DATE: lambda stored: 0,  # the store gives the newest first
    "scenario": lambda stored: str(stored.manifest["scenario"]),
    "runs": lambda stored: -stored.n,
}
"""What a list of studies is sorted by, beside the names of headline figures."""

HEADLINES: Final = tuple(
    Column(outcome.name, outcome, None) for outcome in outcome_index().values() if outcome.headline
)


@dataclass(frozen=True, slots=True)
class Study:
    """A stored result with its headline figures.

    Attributes:
        stored: The result.
        figures: Name -> headline figure at the end of the runs; of those this version knows.
        fault: Why they cannot be read; empty if they can.
    """

    stored: Stored
    figures: dict[str, Figure]
    fault: str = ""

    @property
    def changed(self) -> tuple[str, ...]:
        """What was changed on the command line: numbers, days, drawing of parameters and seed."""
        manifest = self.stored.manifest
        told = [self.stored.changes] if self.stored.changes else []
        if (drawn := manifest.get("parameters") or FIXED) != FIXED:
            told.append(f"parameters={drawn}")
        if manifest["seed"] != SEED:
            told.append(f"seed={manifest['seed']}")
        return tuple(told)


def study_of(stored: Stored) -> Study:
    """Returns a stored result with its figures, or with the reason why it has none."""
    try:
        return Study(stored, {each.name: each for each in _figures(stored)})
    except SimError as error:
        return Study(stored, {}, str(error))
    except (OSError, ValueError, TypeError, KeyError, IndexError) as error:
        # A table of another shape, as only another program writes it.
        why = " ".join(str(error).split())[:200]
        return Study(stored, {}, f"{stored.directory} cannot be read ({why})")


def readable_study(stored: Stored) -> Study:
    """Returns a stored result with its figures.

    Raises:
        UsageError: They cannot be read.
    """
    study = study_of(stored)
    if study.fault:
        raise UsageError(study.fault)
    return study


@dataclass(frozen=True, slots=True)
class StudyBench:
    """Content of a results folder.

    Attributes:
        root: The folder.
        sort: What the studies are sorted by.
        studies: Studies of which the figures were read, in order.
        of: Number of all studies.
        designs: Sampled points of sweeps and sensitivity analyses, newest first.
        set_aside: Folders whose manifest cannot be used.
    """

    root: Path
    sort: str
    studies: tuple[Study, ...]
    of: int
    designs: tuple[Stored, ...]
    set_aside: tuple[SetAside, ...]


def bench_of(store: Store, sort: str, most: int | None) -> StudyBench:
    """Returns the content of a results folder.

    Args:
        store: The folder.
        sort: What the studies are sorted by: date (newest first), scenario (by name), runs (most
            first), or the name of a figure (largest first); where they are equal, newest first.
        most: Number of studies returned, from the first; None for all.
    """
    results = store.results()
    if sort in _ORDERS:
        shown = [study_of(stored) for stored in sorted(results, key=_ORDERS[sort])[:most]]
    else:
        shown = sorted(map(study_of, results), key=lambda study: _rank(study, sort))[:most]
    return StudyBench(
        store.root,
        sort,
        tuple(shown),
        len(results),
        tuple(store.designs()),
        tuple(store.set_aside()),
    )


def _rank(study: Study, name: str) -> float:
    """Returns the place of a study by a figure: the largest first, those without it last."""
    figure = study.figures.get(name)
    if figure is None or math.isnan(figure.estimate.value):
        return math.inf
    return -float(figure.estimate.value)


def check_key(key: str) -> None:
    """Checks that a list can be sorted by a key.

    Raises:
        UsageError: It cannot; the message names the nearest key and all.
    """
    allowed = [*_ORDERS, *figure_names()]
    if key not in allowed:
        raise UsageError(
            f"--sort {key[:60]}: a list is sorted by {', '.join(allowed)}{nearest(key, allowed)}"
        )


def figure_names() -> list[str]:
    """Returns the names of the headline figures."""
    nothing = np.empty(0)
    return [figure.name for column in HEADLINES for figure in figures_of(column, nothing)]


def _figures(stored: Stored) -> list[Figure]:
    there = set(stored.manifest["columns"])
    known = [column for column in HEADLINES if column.name in there]
    if not known:
        return []
    files = stored.files("outcomes")
    values = parquet.read_outcomes(files, known, stored.n)
    # Nothing is made as large as a manifest says before its tables are found to be.
    if len(values[known[0].name]) != stored.n:
        raise ValueError(f"its tables do not hold the {stored.n:,} runs of its manifest")
    finished = np.ones(stored.n, np.bool_)
    finished[list(parquet.read_failures(files, stored.n))] = False
    vectors = stored.manifest["per_vector"]
    labels = vector_labels(stored.n, vectors) if vectors else None
    found: list[Figure] = []
    for column in known:
        own = values[column.name]
        counted = finished & ~np.isnan(own) if column.outcome.kind == "number" else finished
        clusters = None if labels is None else labels[counted]
        found += figures_of(column, own[counted], clusters)
    return found
