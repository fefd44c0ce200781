"""Options of a call: their names and defaults, checked and read.

Nothing heavy is imported at the top, so that the command line may take its defaults from here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypedDict

from sim.errors import UsageError, nearest
from sim.experiment.runs.defaults import SEED

if TYPE_CHECKING:
    from sim.experiment.runs.conditions import Condition
    from sim.experiment.runs.design import Means
    from sim.experiment.store.results import Store
    from sim.scenario.resolved_scenario import Resolved

RESULTS: Final = "results"
RESULTS_VARIABLE: Final = "DETENTE_RESULTS"
EXECUTOR: Final = "auto"
Sets = Mapping[str, object] | Sequence[str] | str
Day = str | date
Axes = Sequence[str] | Mapping[str, object]
Progress = Callable[[int, int], None]


class WorldOptions(TypedDict, total=False):
    """How a scenario may be changed on the way.

    Attributes:
        sets: Numbers to change: dotted name -> value, e.g. `{"us.leader.autonomy": 0.4}`, or as
            typed on the command line, `["us.leader.autonomy=0.4"]`.
        until: Last day to play, instead of the file's.
        at: Further days to report the state on.
    """

    sets: Sets
    until: Day | None
    at: Sequence[Day] | Day


class StudyOptions(WorldOptions, total=False):
    """How runs are played, whatever plays them.

    Attributes:
        seed: Which luck, 0 to 2**32 - 1 (default 20251023).
        engine: `simpy`, `compiled` or `auto`; the numbers do not depend on it.
        workers: Threads or processes; None chooses.
        executor: What plays: `threads`, `processes`, `dask` (a cluster), or `auto`.
        scheduler: Address of a running Dask scheduler, `tcp://HOST:PORT`; without one, `dask`
            starts workers on this machine.
        force: Play again what is already there.
        results: Folder for results; else $DETENTE_RESULTS, else ./results.
        progress: Told (done, total).
        note: Told in a sentence what else happened.
        waiting: Told in a sentence that something takes long; what it returns is left then.
    """

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


class Options(StudyOptions, total=False):
    """How a batch is played.

    Attributes:
        n: Histories (default 2000).
        parameters: `fixed` for central values, `prior` to draw them from their ranges.
        per_vector: Histories that share one draw of parameters (default 20).
        precision: Play on until every headline probability is known to plus or minus this.
        precision_for: The outcome this is asked of instead; of a number, of its mean.
        most: Histories at which to stop without it (default 1,000,000).
        events: Keep what happened, at most 512 events a history.
        paths: Weekly paths kept: of the `first` 10,000 histories, `all` or `none`.
        given: Conditions a history must meet to count, e.g. `us_addon_pp@2025-11-01>=60` or
            `ministers_round_by@2025-11-01=no`.
    """

    n: int
    parameters: str
    per_vector: int
    precision: float | None
    precision_for: str | None
    most: int | None
    events: bool
    paths: str
    given: Sequence[str] | str


def check_options(options: Mapping[str, object], known: type) -> None:
    """Refuses options that are none, which would otherwise pass without effect.

    Args:
        options: What was given, by name.
        known: The `TypedDict` of all there are.

    Raises:
        UsageError: One is unknown; the message names the nearest, and all.
    """
    names = sorted(known.__annotations__)
    for name in options:
        if name not in names:
            raise UsageError(
                f"there is no option {name!r}{nearest(name, names)}\noptions are {', '.join(names)}"
            )


def open_store(results: str | Path | None = None) -> Store:
    """Returns the store in a folder: the one given, else $DETENTE_RESULTS, else ./results."""
    from sim.experiment.store.results import Store

    return Store(Path(results or os.environ.get(RESULTS_VARIABLE) or RESULTS))


def is_stored(reference: str, store: Store) -> bool:
    """Tells whether a reference is to a stored result: `@latest` and the like, or its folder."""
    if reference.startswith("@"):
        return True
    # No scenario is taken for one: results are named `<scenario>-<id>`.
    return (store.root / Path(reference).name / "manifest.json").exists()


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


def resolve(name: str, world: WorldOptions) -> Resolved:
    """Returns a scenario resolved with changes.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: It or a change to it is wrong.
        UsageError: A date is none.
    """
    from sim.scenario.load import resolve as load_scenario

    return load_scenario(
        name, sets=pairs(world.get("sets", ())), until=until_of(world), at=days_of(world)
    )


def conditions_of(options: Options) -> tuple[Condition, ...]:
    """Returns the conditions a history must meet to count.

    Raises:
        NotFoundError: There is no such outcome, class or event.
        UsageError: One is no condition, or a precision is asked for as well.
    """
    texts = several(options.get("given", ()))
    if not texts:
        return ()
    if options.get("precision") is not None:
        raise UsageError(
            "--given and --precision do not go together: a precision is that of all histories; "
            "choose the number of runs with -n"
        )
    from sim.experiment.runs.conditions import read_condition

    return tuple(read_condition(text) for text in texts)


def until_of(world: WorldOptions) -> date | None:
    """Returns the last day asked for, None for the file's own."""
    until = world.get("until")
    return None if until is None else day("--until", until)


def days_of(world: WorldOptions) -> tuple[date, ...]:
    """Returns the further days to report on."""
    return tuple(day("--at", value) for value in several(world.get("at", ())))


def pairs(sets: Sets) -> tuple[tuple[str, str], ...]:
    """Returns changes as (name, value) pairs of text, as the command line would give them.

    Raises:
        UsageError: A text has no `=`, or nothing before it.
    """
    if isinstance(sets, Mapping):
        return tuple((str(name), word(value)) for name, value in sets.items())
    found = []
    for text in several(sets):
        name, equals, value = str(text).partition("=")
        if not equals or not name.strip():
            raise UsageError(
                f"--set {text}: expected name=value, e.g. --set us.leader.autonomy=0.4"
            )
        found.append((name.strip(), value.strip()))
    return tuple(found)


def several(values: Any) -> tuple[Any, ...]:
    """Returns one value or several as several; a text or a day is one."""
    return (values,) if isinstance(values, str | date) else tuple(values)


def word(value: object) -> str:
    """Returns a value as one would type it on the command line."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def day(option: str, value: Day) -> date:
    """Returns a day given as a date or as text.

    Raises:
        UsageError: The text is no day of the calendar.
    """
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(
            f"{option} {value}: expected a day of the calendar as YYYY-MM-DD, e.g. 2026-06-30"
        ) from error
