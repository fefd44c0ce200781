"""Requests for single runs of a scenario or a stored result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sim.engine.chronicle import Chronicle, trace
from sim.errors import NotFoundError, UsageError
from sim.experiment.compare.comparison import NotComparable, check_comparable
from sim.experiment.inputs.modes import FIXED
from sim.experiment.runs.batch import Batch, check_mode, stored_batch
from sim.experiment.runs.defaults import PER_VECTOR, SEED
from sim.experiment.runs.replay import Replay, check_playable, play_one, replay
from sim.experiment.store.results import Store
from sim.requests.options import Options, WorldOptions, is_stored, open_store, resolve
from sim.scenario.resolved_scenario import Resolved

LAST: Final = 2**32 - 1
"""Largest replicate number of a seed."""


@dataclass(frozen=True, slots=True)
class RunSource:
    """Source of single runs: a scenario or a stored result.

    Attributes:
        resolved: The scenario.
        seed: Random seed.
        parameters: `fixed`, `prior` or `posterior`.
        per_vector: Runs that share a parameter vector; 0 under fixed parameters.
        batch: The stored result, if any.
    """

    resolved: Resolved
    seed: int
    parameters: str
    per_vector: int
    batch: Batch | None = None

    def play(self, replicate: int) -> Replay:
        """Simulates one run; a run of a stored result must be reproduced exactly.

        Raises:
            CheckFailedError: A stored run is not reproduced.
            NotFoundError: There is no such run.
        """
        if self.batch is not None:
            return replay(self.batch, replicate)
        check_replicate(replicate)
        return play_one(self.resolved, self.seed, replicate, self.per_vector)


def stored_result(reference: str, store: Store, options: Options) -> Batch:
    """Returns a stored result.

    Raises:
        NotFoundError: There is no such result.
        UsageError: The options would change it.
    """
    if any(options.get(option) for option in ("presets", "sets", "until", "at")):
        raise UsageError(
            f"{reference} is a stored result and cannot be changed: omit --set, --preset and "
            "--until, or name the scenario instead"
        )
    batch = stored_batch(store, reference, options.get("note"))
    check_playable(batch)
    return batch


def source_of(scenario: str, store: Store, options: Options) -> RunSource:
    """Returns the source of single runs of a scenario or a stored result.

    Raises:
        CheckFailedError: Another version of the model made the result, and this one cannot play it.
        NotFoundError: There is no such scenario or result.
        ScenarioError: The scenario or a change to it is wrong.
        UsageError: The options would change a stored result, or a date is invalid.
    """
    if is_stored(scenario, store):
        batch = stored_result(scenario, store, options)
        return RunSource(batch.resolved, batch.seed, batch.parameters, batch.per_vector, batch)
    mode, per_vector = options.get("parameters", "fixed"), options.get("per_vector", PER_VECTOR)
    check_mode(mode, per_vector)
    drawn = per_vector if mode != FIXED else 0
    return RunSource(resolve(scenario, options), options.get("seed", SEED), mode, drawn)


def refuse_conditions(options: Options) -> None:
    """Checks that there are no conditions, which do not apply to a single run.

    Raises:
        UsageError: There is a condition.
    """
    if options.get("given"):
        raise UsageError(
            "--given selects among many runs, --replicate shows a single run; use only one of them"
        )


def check_reading(*, waits: bool, news: bool) -> None:
    """Checks that a run is to be read in one way.

    Raises:
        UsageError: Papers are asked for decisions to do nothing.
    """
    if waits and news:
        raise UsageError(
            "--news tells what happened, --waits adds decisions to do nothing, which no paper "
            "prints; use only one of them"
        )


def trace_run(
    scenario: str,
    replicate: int,
    seed: int | None,
    results: str | Path | None,
    changes: WorldOptions,
) -> Chronicle:
    """Simulates one run of a scenario, or reproduces one of a stored result.

    Args:
        scenario: Name or path, or a stored result.
        replicate: Replicate number of the run.
        seed: Random seed; None for the default, or that of the stored result.
        results: Folder for results.
        changes: Changes to the scenario.

    Raises:
        CheckFailedError: A stored run is not reproduced.
        NotFoundError: There is no such scenario, result or run.
        ScenarioError: The scenario or a change to it is wrong.
        UsageError: The seed is out of range, or the options would change a stored result.
    """
    store = open_store(results)
    if is_stored(scenario, store):
        if seed is not None or any(changes.values()):
            raise UsageError(
                f"{scenario} is a stored result and cannot be changed: omit --seed, --set and "
                "--until, or name the scenario instead"
            )
        return replay(stored_batch(store, scenario), replicate).chronicle
    check_replicate(replicate)
    return trace(resolve(scenario, changes), SEED if seed is None else seed, replicate)


def play_both(scenarios: Sequence[str], replicate: int, options: Options) -> tuple[Replay, Replay]:
    """Simulates one run of two scenarios or stored results with the same luck.

    Raises:
        CheckFailedError: A stored run is not reproduced.
        NotComparable: Their seeds differ, they have no day in common, or their parameters are not
            drawn in the same way.
        NotFoundError: There is no such scenario, result or run.
        ScenarioError: A scenario or a change to it is wrong.
        UsageError: There are not exactly two, or an option is out of range.
    """
    if len(scenarios) != 2:
        raise UsageError(
            f"--replicate {replicate} shows one run of two scenarios side by side; found "
            f"{len(scenarios)}: {', '.join(scenarios)}"
        )
    refuse_conditions(options)
    store = open_store(options.get("results"))
    ours, theirs = (source_of(scenario, store, options) for scenario in scenarios)
    check_comparable(ours, theirs)
    if ours.seed != theirs.seed:
        raise NotComparable(
            f"runs with seeds {ours.seed} and {theirs.seed} share no luck; use the same seed for "
            f"both, e.g. --seed {ours.seed}"
        )
    return ours.play(replicate), theirs.play(replicate)


def check_replicate(replicate: int) -> None:
    """Checks the number of a run.

    Raises:
        NotFoundError: There is no such run.
    """
    if not 0 <= replicate <= LAST:
        raise NotFoundError(f"there is no run {replicate}: runs are numbered from 0 to {LAST}")
