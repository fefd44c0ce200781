"""What a caller types, made into what the simulator takes: options, scenarios, batches.

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

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.experiment.runs.conditions import Condition
    from sim.experiment.store.results import Store
    from sim.scenario.resolved_scenario import Resolved

RESULTS: Final = "results"
RESULTS_VARIABLE: Final = "DETENTE_RESULTS"
RUNS: Final = 2000
SEED: Final = 20251023
PER_VECTOR: Final = 20
EXECUTOR: Final = "auto"
Sets = Mapping[str, object] | Sequence[str] | str
Day = str | date
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


class Options(WorldOptions, total=False):
    """How a batch is played.

    Attributes:
        n: Histories (default 2000).
        seed: Which luck, 0 to 2**32 - 1 (default 20251023).
        parameters: `fixed` for central values, `prior` to draw them from their ranges.
        per_vector: Histories that share one draw of parameters (default 20).
        precision: Play on until every headline probability is known to plus or minus this.
        precision_for: The outcome this is asked of instead; of a number, of its mean.
        most: Histories at which to stop without it (default 1,000,000).
        engine: `simpy`, `compiled` or `auto`; the numbers do not depend on it.
        events: Keep what happened, at most 512 events a history.
        paths: Weekly paths kept: of the `first` 10,000 histories, `all` or `none`.
        workers: Threads or processes; None chooses.
        executor: What plays: `threads`, `processes`, `dask` (a cluster), or `auto`.
        scheduler: Address of a running Dask scheduler, `tcp://HOST:PORT`; without one, `dask`
            starts workers on this machine.
        force: Play again what is already there.
        results: Folder for results; else $DETENTE_RESULTS, else ./results.
        progress: Told (done, total).
        note: Told in a sentence what else happened.
        waiting: Told in a sentence that something takes long; what it returns is left then.
        given: Conditions a history must meet to count, e.g. `us_addon_pp@2025-11-01>=60` or
            `ministers_round_by@2025-11-01=no`.
    """

    n: int
    seed: int
    parameters: str
    per_vector: int
    precision: float | None
    precision_for: str | None
    most: int | None
    engine: str
    events: bool
    paths: str
    workers: int | None
    executor: str
    scheduler: str | None
    force: bool
    results: str | Path | None
    progress: Progress | None
    note: Callable[[str], None] | None
    waiting: Callable[[str], AbstractContextManager[object]] | None
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


def is_stored(reference: str, results: str | Path | None = None) -> bool:
    """Tells whether a reference is to a stored result: `@latest` and the like, or its folder."""
    if reference.startswith("@"):
        return True
    # No scenario is taken for one: results are named `<scenario>-<id>`.
    name = Path(reference).name
    return (open_store(results).root / name / "manifest.json").exists()


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


def resolve_batch(name: str, options: Options) -> Resolved:
    """Returns a scenario as a batch of it is played: it reports on the days of its conditions.

    Raises:
        NotFoundError: There is no such scenario, or nothing a condition names.
        ScenarioError: It or a change to it is wrong.
        UsageError: A date is none, or a condition cannot be read or lies outside the run.
    """
    from sim.experiment.runs.conditions import watching

    conditions = conditions_of(options)
    return watching(resolve(name, options), conditions)


def play(resolved: Resolved, options: Options) -> Batch:
    """Plays a resolved scenario and counts the runs that meet what is given.

    Raises:
        CheckFailedError: No run meets it.
        UsageError: An option is out of range, or the results folder cannot be used.
    """
    from sim.experiment.runs.batch import run_batch, to_stderr
    from sim.experiment.runs.conditions import narrowed

    conditions = conditions_of(options)
    store, seed = open_store(options.get("results")), options.get("seed", SEED)
    mode, per_vector = options.get("parameters", "fixed"), options.get("per_vector", PER_VECTOR)
    drawn = per_vector if mode == "prior" else 0
    if there := store.played_by_another_version(resolved, seed, drawn):
        (options.get("note") or to_stderr)(
            f"{there.name} holds {there.n:,} of these runs as another version of the model played "
            "them; this version plays its own"
        )
    batch = run_batch(
        resolved,
        store=store,
        n=options.get("n", RUNS),
        seed=seed,
        parameters=mode,
        per_vector=per_vector,
        precision=options.get("precision"),
        precision_for=options.get("precision_for"),
        most=options.get("most"),
        engine=options.get("engine", "auto"),
        events=options.get("events", False) or any(c.needs_events for c in conditions),
        paths=options.get("paths", "first"),
        workers=options.get("workers"),
        executor=options.get("executor", EXECUTOR),
        scheduler=options.get("scheduler"),
        force=options.get("force", False),
        progress=options.get("progress"),
        note=options.get("note"),
        waiting=options.get("waiting"),
    )
    return narrowed(batch, conditions)


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
