"""Command line that reproduces a result."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from sim.experiment.compare.fork import fork_options
from sim.experiment.inputs.changes import added_dates
from sim.experiment.sweep.points import GRID
from sim.report.words.commands import command_line, from_anywhere, world_options

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.experiment.sweep.points import Sweep
    from sim.scenario.resolved_scenario import Resolved


def command(verb: str, words: Sequence[str], batch: Batch) -> str:
    """Returns a command that reproduces a batch or a comparison; "" if no command can, because
    the runs were forked more than once.

    Args:
        verb: `run` or `compare`.
        words: Scenarios, as typed.
        batch: The runs; of a comparison, those of the first scenario.
    """
    given = [word for text in batch.given for word in ("--given", text)]
    size = ["-n", str(batch.n), "--seed", str(batch.seed)]
    drawn = ["--parameters", batch.parameters, "--per-vector", str(batch.per_vector)]
    parts = (words, size, drawn if batch.per_vector else (), _changes(batch.resolved), given)
    turns = fork_options(batch.resolved) if verb == "run" else ()
    if len(turns) > 1:
        return ""
    return _joined("fork" if turns else verb, *parts, *turns)


def sweep_command(
    sweep: Sweep, base: Resolved, scenario: str, axes: Sequence[str], *, asked: bool
) -> str:
    """Returns a command that reproduces a sweep.

    Args:
        sweep: The points and their runs.
        base: The scenario before any input is varied.
        scenario: The scenario, as typed.
        axes: The varied inputs, as typed.
        asked: Whether outcomes were requested by name.
    """
    runs, seed = str(sweep.points[0].n), ["--seed", str(sweep.seed)]
    size = ["-n", runs]
    if sweep.method != GRID:
        size = ["--sample", sweep.method, "-n", str(len(sweep.points)), "--replicates", runs]
    drawn = [] if sweep.parameters == "fixed" else ["--parameters", sweep.parameters]
    targets = [t.text for t in sweep.targets] if asked else []
    outcomes = [word for text in targets for word in ("--outcome", text)]
    return _joined("sweep", [scenario, *axes], size, seed, drawn, _changes(base), outcomes)


def _joined(verb: str, *parts: Sequence[str]) -> str:
    return command_line(verb, *map(from_anywhere, chain(*parts)))


def _changes(resolved: Resolved) -> list[str]:
    """Returns the options that changed a scenario on the command line."""
    words = [*world_options(resolved)]
    for day in added_dates(resolved):
        words += ["--at", day]
    return words
