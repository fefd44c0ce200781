"""Telling inputs: the parameters of a scenario that move its headline answers most.

They are read off a stored sensitivity analysis if the results folder has one. Otherwise a quick
screen ranks them by rank correlation over draws from all ranges at once, and keeps the ranking in a
small file beside the results, whole or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import numpy as np

from sim.errors import UsageError
from sim.experiment.executors.interface import Stop
from sim.experiment.inputs.base import StudyBase
from sim.experiment.inputs.priors import Priors
from sim.experiment.outcomes.targets import read_targets
from sim.experiment.runs.batch import Batch
from sim.experiment.runs.design import Means
from sim.experiment.runs.memory import hold_batch
from sim.experiment.sensitivity.analysis import OUTCOME, stored_screening
from sim.experiment.stats.intervals import Floats
from sim.experiment.stats.screening import screen
from sim.experiment.store.disk import unwritable, write_text
from sim.experiment.store.identity import drawing_version, folder_name, model_version
from sim.scenario.resolved_scenario import Parameter, Resolved

MOST: Final = 10
"""Number of inputs a reader is shown first."""

OUTCOMES: Final = (OUTCOME, "truce_in_force", "path_class=conflict")
"""What a quick screen asks of each input: does it move duties, the truce, or peace?"""

VECTORS: Final = 2_000
PER_VECTOR: Final = 5
"""Draws of all inputs, and runs of each: as many as take less than ten seconds in compiled code. An
input is noticed if its rank correlation is about 0.08 or more."""

ANALYSIS: Final = "sensitivity analysis"
SCREEN: Final = "quick screen"

FOLDER: Final = "screens"
"""Subfolder of the results, hidden from `@latest` and from queries."""

Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class TellingInput:
    """One input among the most telling.

    Attributes:
        name: Name of the parameter.
        outcome: Outcome it moves most.
        size: Strength: root mean square effect in the unit of the outcome, if an analysis found
            it; rank correlation with the outcome, with its sign, if a quick screen did.
        is_told: Whether the strength exceeds what luck alone would give one input of all.
    """

    name: str
    outcome: str
    size: float
    is_told: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """The most telling inputs of a scenario, and how they were found.

    Attributes:
        method: `ANALYSIS` or `SCREEN`.
        runs: Number of runs it rests on.
        of: Number of inputs that were ranked.
        threshold: Rank correlation that the largest of all exceeds by luck in 5% of screens; 0 for
            an analysis.
        inputs: The inputs that may be moved, most telling first.
    """

    method: str
    runs: int
    of: int
    threshold: float
    inputs: tuple[TellingInput, ...]


def is_movable(parameter: Parameter) -> bool:
    """Returns whether a reader may move an input: its range is stated."""
    return parameter.low is not None and parameter.high is not None


def rank_inputs(
    start: StudyBase,
    means: Means,
    advance: Advance = lambda runs: None,
    stop: Stop = lambda: False,
) -> Ranking | None:
    """Returns the most telling inputs of a scenario.

    Args:
        start: The scenario.
        means: Store, seed and workers.
        advance: Called with the number of runs of each finished block of a quick screen.
        stop: Asked between blocks whether to stop.

    Returns:
        The ranking; None if it was stopped.

    Raises:
        UsageError: The results folder cannot be written.
    """
    base = start.resolved()
    return _analysed(start, base, means) or screen_inputs(base, means, advance, stop)


def screen_inputs(
    base: Resolved,
    means: Means,
    advance: Advance = lambda runs: None,
    stop: Stop = lambda: False,
) -> Ranking | None:
    """Returns the most telling inputs of a scenario by a quick screen, kept or made now; arguments
    and errors are those of `rank_inputs`."""
    file = _file(base, means)
    if known := _kept(file):
        return known
    made = _screened(base, means, advance, stop)
    if made is not None:
        _keep(file, made)
    return made


def _analysed(start: StudyBase, base: Resolved, means: Means) -> Ranking | None:
    """Returns the ranking of a stored analysis; None if there is none of this scenario."""
    # Its points take seconds to build, so they are built only if there might be such a folder.
    if not any(means.store.root.glob(f"{base.name}-design-*")):
        return None
    try:
        screened, runs = stored_screening(start, means)
    except UsageError:  # without the library that draws its points, no analysis was made here
        return None
    if not screened:
        return None
    inputs = tuple(
        TellingInput(row.factor.name, OUTCOME, row.strength[0], row.strength[0] > 0.0)
        for row in screened
        if is_movable(base.parameters[row.factor.name])
    )
    return Ranking(ANALYSIS, runs, len(screened), 0.0, inputs[:MOST])


def _screened(base: Resolved, means: Means, advance: Advance, stop: Stop) -> Ranking | None:
    priors = Priors(base)
    n = VECTORS * PER_VECTOR
    batch = hold_batch(
        base, n=n, seed=means.seed, store=means.store, per_vector=PER_VECTOR,
        workers=means.workers, advance=advance, stop=stop, waiting=means.waiting,
    )  # fmt: skip
    if batch is None:
        return None
    places = range(len(priors.names))
    levels = priors.shares(means.seed, np.arange(VECTORS), places)
    found = screen(levels, _answers(batch))
    best = np.abs(found.correlations).argmax(axis=1)
    sizes = found.correlations[[*places], best]
    order = np.argsort(-np.abs(sizes), kind="stable").tolist()
    inputs = tuple(
        TellingInput(
            priors.names[place],
            OUTCOMES[best[place]],
            round(float(sizes[place]), 4),
            bool(abs(sizes[place]) > found.threshold),
        )
        for place in order
        if is_movable(base.parameters[priors.names[place]])
    )
    return Ranking(SCREEN, n, len(places), round(found.threshold, 4), inputs[:MOST])


def _answers(batch: Batch) -> Floats:
    """Returns the mean of each outcome over the runs of each draw, shape (draws, outcomes)."""
    failed = ~batch.finished
    columns = [
        target.of(batch.values[target.column.name], failed).reshape(VECTORS, PER_VECTOR)
        for target in read_targets(OUTCOMES, batch.columns)
    ]
    return np.stack([column.mean(axis=1) for column in columns], axis=1)


def _file(base: Resolved, means: Means) -> Path:
    """Returns the file of a quick screen, named after all that it depends on."""
    parts = (
        *(base.prior_hash, model_version(), drawing_version(), str(means.seed)),
        *(str(VECTORS), str(PER_VECTOR), *OUTCOMES),
    )
    name = folder_name(base.name, sha256("\n".join(parts).encode()).hexdigest()[:10])
    return means.store.root / FOLDER / f"{name}.json"


def _kept(file: Path) -> Ranking | None:
    """Returns a ranking that was kept; None if there is none that can be read."""
    try:
        told = json.loads(file.read_text("utf-8"))
        inputs = tuple(TellingInput(**row) for row in told.pop("inputs"))
        return Ranking(**told, inputs=inputs)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _keep(file: Path, ranking: Ranking) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_text(file, json.dumps(asdict(ranking), indent=1))
    except OSError as error:
        raise unwritable(file.parent, error) from error
