"""Requests for slices: whether a batch has them, and their section of a report."""

from __future__ import annotations

from dataclasses import replace

from sim.engine.choice import can_compile, takes
from sim.experiment.runs.batch import Batch
from sim.experiment.runs.design import Means
from sim.experiment.runs.filler import Progress
from sim.experiment.sensitivity.screen import PER_VECTOR, VECTORS
from sim.experiment.sensitivity.slices import (
    INPUTS,
    MOST_RUNS,
    Slice,
    play_slices,
    runs_of_slices,
)
from sim.experiment.sensitivity.telling import screen_inputs
from sim.experiment.store.identity import model_version
from sim.report.html.parts.document import Section
from sim.report.html.parts.slices import slices_section, turned


def slices_of(
    batch: Batch, means: Means, slicing: Progress | None, drawing: Progress | None
) -> Section | None:
    """Returns the section in which a reader moves the most telling inputs of a scenario.

    Args:
        batch: Its runs.
        means: Store, workers and notes.
        slicing: Progress callback; receives (done, total) runs.
        drawing: Progress callback; receives (done, total) charts.

    Returns:
        The section; None where its settings would not be comparable with the batch (drawn numbers,
        conditions, another version of the model), where nothing finishes, or, with a note, without
        compiled code.

    Raises:
        UsageError: The results folder cannot be written.
    """
    base = batch.resolved
    known = batch.model_version == model_version() and batch.counted.any()
    if batch.per_vector or batch.given or not known:
        return None
    if not (can_compile() and takes(base)):
        means.note("the page has no inputs to move: they take compiled code, which needs numba")
        return None
    means = replace(means, seed=batch.seed)
    n, done, total = min(batch.n, MOST_RUNS), 0, VECTORS * PER_VECTOR

    def advance(runs: int) -> None:
        nonlocal done
        done += runs
        if slicing:
            slicing(done, total)

    means.note(
        f"finding the {INPUTS} most telling inputs, and playing {n:,} runs at each value of them; "
        "--no-slices does without"
    )
    ranking = screen_inputs(base, means, advance)
    assert ranking is not None, "only a question of `stop` ends it early"
    ranking = replace(ranking, inputs=ranking.inputs[:INPUTS])
    done, total = 0, runs_of_slices(base, ranking.inputs, n)
    played = play_slices(base, ranking.inputs, n, means, advance)
    slices = [turned(each, ranking) for each in played if _is_shown(each)]
    return slices_section(slices, base, ranking, n, drawing) if slices else None


def _is_shown(each: Slice) -> bool:
    """Returns whether a reader has something to move, and runs finish wherever it is moved to."""
    return len(each.levels) > 1 and all(batch.counted.any() for batch in each.batches)
