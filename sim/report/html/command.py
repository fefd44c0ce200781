"""The command line that makes a result again."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.experiment.batch import Batch
    from sim.scenario.resolved import Resolved


def command(verb: str, words: Sequence[str], batch: Batch) -> str:
    """Returns a command that plays what a batch holds.

    Args:
        verb: `run` or `compare`.
        words: Scenarios, as they were named.
        batch: The runs; of several, the first.
    """
    drawn = (
        ["--parameters", batch.parameters, "--per-vector", str(batch.per_vector)]
        if batch.per_vector
        else []
    )
    given = [word for text in batch.given for word in ("--given", text)]
    return shlex.join(
        [
            *("detente", verb, *words),
            *("-n", str(batch.n), "--seed", str(batch.seed)),
            *drawn,
            *changes_typed(batch.resolved),
            *given,
        ]
    )


def changes_typed(resolved: Resolved) -> list[str]:
    """Returns the options that changed a scenario on the command line."""
    words = []
    for change in resolved.changes:
        if not change.by.startswith("--"):
            continue
        if change.key == "until":
            words += ["--until", change.new]
        else:
            words += ["--set", f"{change.key}={change.new}"]
    entries = {entry.day for entry in resolved.calendar}
    for day in resolved.report_dates:
        if day not in entries:
            words += ["--at", date.fromordinal(day).isoformat()]
    return words
