"""Quick screen: which uncertain numbers of a scenario go with its answers, in a few seconds.

All uncertain numbers are drawn from their ranges at once, a few runs for each draw, and each is
ranked by its rank correlation with an outcome over the draws. `detente sensitivity` ranks them more
surely, in minutes. What was found is kept in a small file beside the results, whole or not at all,
for whatever asks next: a run, the page, a report.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.engine.blocks import columns
from sim.experiment.executors.interface import Stop
from sim.experiment.inputs.priors import Priors
from sim.experiment.outcomes.targets import Target, read_targets
from sim.experiment.runs.memory import hold_batch
from sim.experiment.stats.intervals import Flags, Floats
from sim.experiment.stats.screening import screen as correlate
from sim.experiment.store.disk import unwritable, write_text
from sim.experiment.store.identity import drawing_version, folder_name, model_version

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.experiment.runs.design import Means
    from sim.scenario.answers import QuestionAnswer
    from sim.scenario.resolved_scenario import Resolved

OUTCOMES: Final = ("us_addon_pp", "truce_in_force", "path_class=conflict")
"""What a screen asks of each number, beside the first answer of the scenario: does it move duties,
the truce, or peace?"""

VECTORS: Final = 1_000
PER_VECTOR: Final = 5
"""Draws of all numbers, and runs of each: as many as take two or three seconds in compiled code. A
number is noticed if its rank correlation is about 0.13 or more. More runs of fewer draws, or fewer
of more, would take as long and notice less."""

TAIL: Final = 0.2
"""Share of the draws at either end of a range whose outcomes are told."""

FOLDER: Final = "screens"
"""Subfolder of the results, hidden from `@latest` and from queries."""

_DIGITS: Final = 4

Advance = Callable[[int], None]
Rows = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """Result of a screen; its rows belong to `targets`, their entries to `names`.

    Attributes:
        targets: Outcomes, as `--outcome` takes them; first the first answer of the scenario.
        names: Parameters that were drawn.
        runs: Number of runs it rests on.
        threshold: Absolute rank correlation that the largest of all exceeds by luck in 5% of
            screens.
        correlations: Rank correlation of each parameter with each outcome.
        lows: Mean of each outcome over the draws with a parameter in the lowest fifth of its range.
        highs: The same for the highest fifth.
    """

    targets: tuple[str, ...]
    names: tuple[str, ...]
    runs: int
    threshold: float
    correlations: Rows
    lows: Rows
    highs: Rows


def find_screen(
    base: Resolved,
    means: Means,
    advance: Advance = lambda runs: None,
    stop: Stop = lambda: False,
) -> Screen | None:
    """Returns the screen of a scenario, kept or played now.

    Args:
        base: The scenario.
        means: Store, seed and workers.
        advance: Called with the number of runs of each finished block.
        stop: Asked between blocks whether to stop.

    Returns:
        The screen; None if it was stopped.

    Raises:
        UsageError: The results folder cannot be written.
    """
    if known := kept_screen(base, means):
        return known
    batch = hold_batch(
        base, n=VECTORS * PER_VECTOR, seed=means.seed, store=means.store, per_vector=PER_VECTOR,
        workers=means.workers, advance=advance, stop=stop, waiting=means.waiting,
    )  # fmt: skip
    if batch is None:
        return None
    found = screen_of(batch, targets_of(base))
    _keep(_file(base, means), found)
    return found


def kept_screen(base: Resolved, means: Means) -> Screen | None:
    """Returns the screen that was kept of a scenario; None if there is none that can be read."""
    try:
        told = json.loads(_file(base, means).read_text("utf-8"))
        found = Screen(
            targets=tuple(map(str, told["targets"])),
            names=tuple(map(str, told["names"])),
            runs=int(told["runs"]),
            threshold=float(told["threshold"]),
            correlations=_read_rows(told["correlations"]),
            lows=_read_rows(told["lows"]),
            highs=_read_rows(told["highs"]),
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return found if _is_whole(found) else None


def targets_of(base: Resolved) -> tuple[str, ...]:
    """Returns the outcomes of a screen: the first answer of a scenario, and three that all have."""
    answer = first_answer(base)
    return tuple(dict.fromkeys((*([answer.target] if answer else []), *OUTCOMES)))


def first_answer(base: Resolved) -> QuestionAnswer | None:
    """Returns the first answer of a scenario that its runs tell; None if they tell none."""
    told = {column.name for column in columns(base)}
    return next((answer for answer in base.answers if answer.column in told), None)


def screen_of(batch: Batch, targets: tuple[str, ...], names: Iterable[str] = ()) -> Screen:
    """Returns the screen of runs with drawn numbers, whole draws of them.

    Args:
        batch: The runs.
        targets: Outcomes, flags or numbers with or without a condition.
        names: Parameters to ask about; none for all that were drawn. The fewer are asked, the less
            of what is found has to be put down to luck.
    """
    priors = Priors(batch.resolved)
    asked = tuple(names) or priors.names
    places = [priors.names.index(name) for name in asked if name in priors.names]
    vectors = batch.n // batch.per_vector
    levels = priors.shares(batch.seed, np.arange(vectors), places)
    answers = _answers(batch, read_targets(targets, batch.columns), vectors)
    found = correlate(levels, answers)
    return Screen(
        targets=targets,
        names=tuple(priors.names[place] for place in places),
        runs=vectors * batch.per_vector,
        threshold=round(found.threshold, _DIGITS),
        correlations=_rows(found.correlations.T),
        lows=_rows(_means(answers, levels < TAIL)),
        highs=_rows(_means(answers, levels > 1.0 - TAIL)),
    )


def _answers(batch: Batch, targets: Iterable[Target], vectors: int) -> Floats:
    """Returns the mean of each outcome over the runs of each draw, shape (draws, outcomes); NaN if
    a run failed."""
    n = vectors * batch.per_vector
    failed = ~batch.finished[:n]
    columns = [
        target.of(batch.values[target.column.name][:n], failed).reshape(vectors, batch.per_vector)
        for target in targets
    ]
    return np.stack([column.mean(axis=1) for column in columns], axis=1)


def _means(answers: Floats, held: Flags) -> Floats:
    """Returns the mean of each outcome over the draws that a mask of each parameter holds, shape
    (outcomes, parameters)."""
    there = ~np.isnan(answers)
    sums = np.where(there, answers, 0.0).T @ held
    return np.asarray(sums / np.maximum(there.T @ held.astype(np.float64), 1.0))


def _rows(values: Floats) -> Rows:
    return tuple(tuple(row) for row in np.round(values, _DIGITS).tolist())


def _read_rows(told: Iterable[Iterable[float]]) -> Rows:
    return tuple(tuple(map(float, row)) for row in told)


def _is_whole(screen: Screen) -> bool:
    """Returns whether a screen that was read has a number for each outcome and parameter."""
    shape = (len(screen.targets), len(screen.names))
    tables = (screen.correlations, screen.lows, screen.highs)
    return all(
        len(rows) == shape[0] and {len(row) for row in rows} == {shape[1]} for rows in tables
    )


def _file(base: Resolved, means: Means) -> Path:
    """Returns the file of a screen, named after all that it depends on."""
    parts = (
        *(base.prior_hash, model_version(), drawing_version(), str(means.seed)),
        *(str(VECTORS), str(PER_VECTOR), str(TAIL), *targets_of(base)),
    )
    name = folder_name(base.name, sha256("\n".join(parts).encode()).hexdigest()[:10])
    return means.store.root / FOLDER / f"{name}.json"


def _keep(file: Path, found: Screen) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_text(file, json.dumps(asdict(found)))
    except OSError as error:
        raise unwritable(file.parent, error) from error
