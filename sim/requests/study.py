"""What a caller of `sweep` or `sensitivity` types, made into what studies take."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from sim.requests.options import (
    EXECUTOR,
    SEED,
    Progress,
    WorldOptions,
    days_of,
    open_store,
    pairs,
    until_of,
    word,
)

if TYPE_CHECKING:
    from sim.experiment.inputs.axes import Axis
    from sim.experiment.inputs.base import StudyBase
    from sim.experiment.runs.design import Means

Axes = Sequence[str] | Mapping[str, object]


class StudyOptions(WorldOptions, total=False):
    """How the runs of a study are played; see `inputs.Options`, which has these too."""

    seed: int
    engine: str
    workers: int | None
    executor: str
    scheduler: str | None
    force: bool
    results: str | Path | None
    progress: Progress | None
    note: Callable[[str], None] | None
    waiting: Callable[[str], AbstractContextManager[object]] | None


def start_of(scenario: str, options: WorldOptions) -> StudyBase:
    """Returns a scenario with what is changed alike in every run.

    Raises:
        UsageError: A date is none.
    """
    from sim.experiment.inputs.base import StudyBase

    return StudyBase(scenario, pairs(options.get("sets", ())), until_of(options), days_of(options))


def means_of(options: StudyOptions) -> Means:
    """Returns where and by what runs are played.

    Raises:
        UsageError: The results folder cannot be used.
    """
    from sim.experiment.runs.batch import to_stderr
    from sim.experiment.runs.design import Means

    return Means(
        store=open_store(options.get("results")),
        seed=options.get("seed", SEED),
        workers=options.get("workers"),
        engine=options.get("engine", "auto"),
        executor=options.get("executor", EXECUTOR),
        scheduler=options.get("scheduler"),
        force=options.get("force", False),
        progress=options.get("progress"),
        note=options.get("note") or to_stderr,
        waiting=options.get("waiting"),
    )


def axes_of(axes: Axes) -> list[str | Axis]:
    """Returns what is to be varied, from text or from a mapping of names to values.

    A value may be a list, a text as on the command line (`"0..1/5"`), or None for the prior.
    """
    from sim.experiment.inputs.axes import Axis

    if not isinstance(axes, Mapping):
        return [*axes]
    varied: list[str | Axis] = []
    for name, values in axes.items():
        if values is None:
            varied.append(name)
        elif isinstance(values, Sequence) and not isinstance(values, str):
            varied.append(Axis(name, tuple(map(word, values))))
        else:
            varied.append(f"{name}={word(values)}")
    return varied
