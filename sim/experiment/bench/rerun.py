"""Rerun of a stored study: its inputs played by this version of the model, and what moved."""

from __future__ import annotations

from dataclasses import dataclass

from sim.errors import SimError
from sim.experiment.bench.difference import StudyDifference, difference_of
from sim.experiment.bench.stored_inputs import StoredInputs, inputs_of
from sim.experiment.bench.studies import readable_study
from sim.experiment.inputs.changes import changed_inputs
from sim.experiment.inputs.modes import FIXED
from sim.experiment.inputs.resolution import resolve
from sim.experiment.runs.batch import run_batch
from sim.experiment.runs.defaults import PER_VECTOR
from sim.experiment.runs.design import Means
from sim.experiment.store.folder import drawing_of
from sim.experiment.store.results import Stored
from sim.scenario.compose import COMMAND_LINE
from sim.scenario.resolved_scenario import Resolved


@dataclass(frozen=True, slots=True)
class Rerun:
    """A study as it is stored, and as this version of the model plays it.

    Attributes:
        difference: The stored study (a) and the new one (b).
        notes: Sentences on inputs that had to be added or left out.
        since: Inputs that the scenario's files now say otherwise than the study, as (section, key,
            value in the study, value now); None if they cannot be compared.
        since_reason: Why they cannot; empty if they can.
    """

    difference: StudyDifference
    notes: tuple[str, ...]
    since: tuple[tuple[str, str, str, str], ...] | None
    since_reason: str = ""

    @property
    def same_version(self) -> bool:
        """Whether this version of the model played the study in the first place."""
        return self.difference.a.stored.is_current


def rerun(stored: Stored, means: Means) -> Rerun:
    """Plays the inputs of a stored result with this version, and compares.

    Args:
        stored: The result.
        means: Store and executor of the runs; the seed is that of the result.

    Raises:
        UsageError: The scenario or a table of the result cannot be read, an option is out of range,
            or the results folder cannot be used.
    """
    readable_study(stored)  # what cannot be compared is not played
    inputs = inputs_of(stored)
    manifest, resolved = stored.manifest, inputs.resolved
    per_vector = int(manifest["per_vector"] or 0)
    batch = run_batch(
        resolved,
        n=stored.n,
        seed=int(manifest["seed"]),
        parameters=drawing_of(resolved, per_vector) if per_vector else FIXED,
        per_vector=per_vector or PER_VECTOR,
        workers=means.workers,
        engine=means.engine,
        executor=means.executor,
        scheduler=means.scheduler,
        store=means.store,
        force=means.force,
        events=bool(manifest["shards"].get("events")),
        progress=means.progress,
        note=means.note,
        waiting=means.waiting,
    )
    again = means.store.find(batch.directory.name)
    return Rerun(difference_of(stored, again), inputs.notes, *_since(inputs))


def _since(
    inputs: StoredInputs,
) -> tuple[tuple[tuple[str, str, str, str], ...] | None, str]:
    """Returns what the files of the scenario now say otherwise, or why that is not known."""
    resolved = inputs.resolved
    foreign = [c.by for c in resolved.changes if c.by.startswith("--") and c.by != COMMAND_LINE]
    if foreign:
        return None, f"the study was changed by {foreign[0]}, which is made anew each time"
    try:
        now = resolve(resolved.reference, sets=_sets(resolved))
    except SimError as error:
        return None, str(error).splitlines()[0]
    return tuple(changed_inputs(resolved, now, drawn=True)), ""


def _sets(resolved: Resolved) -> list[tuple[str, str]]:
    return [(c.key, c.new) for c in resolved.changes if c.by == COMMAND_LINE]
