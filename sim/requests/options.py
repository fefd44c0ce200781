"""Options of a call: names, defaults, checks and parsing.

Nothing heavy is imported at the top, so that the command line can use the defaults defined here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypedDict

from sim.errors import UsageError, nearest
from sim.experiment.inputs.modes import FIXED
from sim.experiment.runs.defaults import PER_VECTOR, RUNS, SEED

if TYPE_CHECKING:
    from sim.experiment.outcomes.conditions import Condition
    from sim.experiment.runs.design import Means
    from sim.experiment.store.results import Store
    from sim.scenario.resolved_scenario import Resolved

RESULTS: Final = "results"
RESULTS_VARIABLE: Final = "DETENTE_RESULTS"
EXECUTOR: Final = "auto"
Sets = Mapping[str, object] | Sequence[str] | str
Day = str | date
Scenario = str | Path
"""Name of a scenario, a stored result, or the path of a file."""
Axes = Sequence[str] | Mapping[str, object]
Progress = Callable[[int, int], None]
Note = Callable[[str], None]
Waiting = Callable[[str], AbstractContextManager[object]]
DEFAULTS: Final[Mapping[str, object]] = {
    "presets": (),
    "sets": (),
    "at": (),
    "seed": SEED,
    "engine": "auto",
    "executor": EXECUTOR,
    "force": False,
    "n": RUNS,
    "parameters": "fixed",
    "per_vector": PER_VECTOR,
    "events": False,
    "paths": "first",
    "given": (),
}
"""Values of options that are not set; None for all others."""


class WorldOptions(TypedDict, total=False):
    """Options that change a scenario.

    Attributes:
        presets: Names of presets of the scenario, whose changes are made before those of `sets`.
        sets: Numbers to change: dotted name -> value, e.g. `{"us.hawks.influence": 0.6}`, or as
            typed on the command line, `["us.hawks.influence=0.6"]`.
        until: Last day of the run, instead of the file's.
        at: Additional reporting dates.
    """

    presets: Sequence[str] | str
    sets: Sets
    until: Day | None
    at: Sequence[Day] | Day


class StudyOptions(WorldOptions, total=False):
    """Options of all commands that simulate runs.

    Attributes:
        seed: Random seed, 0 to 2**32 - 1 (default 20251023).
        engine: `simpy`, `compiled` or `auto`; results do not depend on it.
        workers: Number of threads or processes; None for an automatic choice.
        executor: Where runs are simulated: `threads`, `processes`, `dask` (a cluster), or `auto`.
        scheduler: Address of a running Dask scheduler, `tcp://HOST:PORT`; without one, `dask`
            starts workers on this machine.
        force: Whether to run again what is already stored.
        results: Folder for results; else $DETENTE_RESULTS, else ./results.
        progress: Progress callback; receives (done, total).
        note: Callback for notes; receives a sentence.
        waiting: Callback for slow steps; receives a sentence and returns a context manager that is
            left when the step ends.
    """

    seed: int
    engine: str
    workers: int | None
    executor: str
    scheduler: str | None
    force: bool
    results: str | Path | None
    progress: Progress | None
    note: Note | None
    waiting: Waiting | None


class Options(StudyOptions, total=False):
    """Options of a batch.

    Attributes:
        n: Number of runs (default 2000).
        parameters: `fixed` for central values, `prior` to draw them from their ranges, `posterior`
            to draw what the record tells about them from what it tells, or the path of a posterior
            file (see `calibrate`).
        per_vector: Runs that share one draw of parameters (default 20).
        precision: Half-width of the 95% interval of headline probabilities at which to stop.
        precision_for: Outcome that `precision` applies to instead; for a number, its mean.
        max_runs: Maximum number of runs with `precision` (default 1,000,000).
        events: Whether to store the events.
        paths: Weekly paths to store: of the `first` 10,000 runs, of `all`, or `none`.
        given: Conditions a run must meet to be counted, e.g. `us_addon_pp@2025-11-01>=60` or
            `ministers_round_by@2025-11-01=no`.
    """

    n: int
    parameters: str
    per_vector: int
    precision: float | None
    precision_for: str | None
    max_runs: int | None
    events: bool
    paths: str
    given: Sequence[str] | str


TABLES: Final = (WorldOptions, StudyOptions, Options)
"""Tables of options, each of which extends those before it."""


def check_options(options: Mapping[str, object], known: type) -> None:
    """Checks that all options exist; an unknown one would have no effect.

    Args:
        options: Options given, by name.
        known: The `TypedDict` of all options.

    Raises:
        UsageError: One is unknown; the message names the nearest one, and all.
    """
    names = sorted(known.__annotations__)
    for name in options:
        if name not in names:
            raise UsageError(
                f"there is no option {name!r}{nearest(name, names)}\noptions: {', '.join(names)}"
            )


def results_root(results: str | Path | None = None) -> Path:
    """Returns the folder of results: the given one, else $DETENTE_RESULTS, else ./results."""
    return Path(results or os.environ.get(RESULTS_VARIABLE) or RESULTS)


def open_store(results: str | Path | None = None) -> Store:
    """Returns the store in a folder of results (see `results_root`)."""
    from sim.experiment.store.results import Store

    return Store(results_root(results))


def is_stored(reference: str, store: Store) -> bool:
    """Returns whether a reference names a stored result: `@latest` and the like, or a folder."""
    if reference.startswith("@"):
        return True
    try:
        # Scenarios cannot be mistaken for results, which are named `<scenario>-<id>`.
        return (store.root / Path(reference).name / "manifest.json").exists()
    except (OSError, ValueError):  # longer than the system allows, or with a null character
        return False


def means_of(options: StudyOptions) -> Means:
    """Returns the store and the executor of runs.

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
        NotFoundError: There is no such scenario or preset.
        ScenarioError: It, what it expects or a change to it is wrong.
        UsageError: A date is invalid.
    """
    from sim.experiment.inputs.posterior import learned
    from sim.experiment.inputs.resolution import resolve as load_scenario
    from sim.experiment.outcomes.expectations import read_expectations

    found = load_scenario(
        name, sets=changes_of(name, world), until=until_of(world), at=days_of(world)
    )
    read_expectations(name)
    return learned(found, drawing_in(world))


def changes_of(name: str, world: WorldOptions) -> tuple[tuple[str, str], ...]:
    """Returns the changes of presets and of `sets`, in this order, as (name, value) pairs of text.

    Args:
        name: Scenario, by name or path.
        world: The changes.

    Raises:
        NotFoundError: There is no such scenario, or it has no such preset.
        ScenarioError: The scenario cannot be read.
        UsageError: A text of `sets` has no `=`, or no name before it.
    """
    typed, names = pairs(world.get("sets", ())), several(world.get("presets", ()))
    if not names:
        return typed
    from sim.scenario import presets
    from sim.scenario.load import drafted

    return presets.changes_of(drafted(name), name, names) + typed


def drawing_in(options: Mapping[str, Any]) -> str:
    """Returns how parameters are drawn: one of `MODES`, or a posterior file."""
    return str(options.get("parameters", FIXED))


def conditions_of(options: Options) -> tuple[Condition, ...]:
    """Returns the conditions a run must meet to be counted.

    Raises:
        NotFoundError: There is no such outcome, class or event.
        UsageError: A condition cannot be parsed, or a precision is requested as well.
    """
    texts = several(options.get("given", ()))
    if not texts:
        return ()
    if options.get("precision") is not None:
        raise UsageError(
            "--given and --precision cannot be combined, because a precision refers to all runs; "
            "set the number of runs with -n"
        )
    from sim.experiment.outcomes.conditions import read_conditions

    return tuple(condition for text in texts for condition in read_conditions(text))


def until_of(world: WorldOptions) -> date | None:
    """Returns the requested last day, or None for the file's own."""
    until = world.get("until")
    return None if until is None else day("--until", until)


def days_of(world: WorldOptions) -> tuple[date, ...]:
    """Returns the additional reporting dates."""
    return tuple(day("--at", value) for value in several(world.get("at", ())))


def pairs(sets: Sets) -> tuple[tuple[str, str], ...]:
    """Returns changes as (name, value) pairs of text, as on the command line.

    Raises:
        UsageError: A text has no `=`, or no name before it.
    """
    if isinstance(sets, Mapping):
        return tuple((str(name), word(value)) for name, value in sets.items())
    found = []
    for text in several(sets):
        name, equals, value = str(text).partition("=")
        if not equals or not name.strip():
            raise UsageError(
                f"--set {text}: expected name=value, e.g. --set us.hawks.influence=0.6"
            )
        found.append((name.strip(), value.strip()))
    return tuple(found)


def several(values: Any) -> tuple[Any, ...]:
    """Returns one or several values as a tuple; a text or a day is one value."""
    return (values,) if isinstance(values, str | date) else tuple(values)


def word(value: object) -> str:
    """Returns a value as typed on the command line.

    Raises:
        UsageError: It is a number of thousands of digits.
    """
    from sim.scenario.grammar import typed

    try:
        return typed(value)
    except ValueError:  # Python prints no number of thousands of digits
        raise UsageError("a value has thousands of digits; write it with an exponent") from None


def day(option: str, value: Day) -> date:
    """Returns a day given as a date or as text.

    Raises:
        UsageError: The text is not a date.
    """
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(
            f"{option} {value}: expected a date as YYYY-MM-DD, e.g. 2026-06-30"
        ) from error
