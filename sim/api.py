"""What a notebook and the command line call: run, compare, sweep, trace, and what goes with them.

Functions take names of scenarios (or paths of files) and plain values, and return frozen answers
that turn into text (`.page()`, `print`) and into one JSON object (`.to_json()`). What they need
is imported when they are called, so that help and completion stay quick.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Unpack

from sim.errors import NotFoundError, Problem, ScenarioError, UsageError, nearest
from sim.report.impact_inputs import DRAWS, FIRST_DAY, MONTHS, WORLD, ImpactOptions
from sim.report.inputs import (
    EXECUTOR,
    PER_VECTOR,
    RUNS,
    SEED,
    Options,
    Progress,
    WorldOptions,
    day,
    days_of,
    is_stored,
    open_store,
    pairs,
    play,
    resolve,
    resolve_batch,
    until_of,
    word,
)

if TYPE_CHECKING:
    from sim.report import answers, checks_text
    from sim.report.compare_text import Contrast
    from sim.report.impact_text import Calculation
    from sim.report.result import Result
    from sim.report.side_by_side import SideBySide
    from sim.report.sweep_text import Grid

PARAMETER_WORLD: Final = "october-2025-apec"
"""The scenario whose parameters `params` shows; the file of parameters is common to all."""


def run(scenario: str, **options: Unpack[Options]) -> Result:
    """Plays a scenario many times.

    Args:
        scenario: Name or path.
        **options: See `Options`.

    Raises:
        CheckFailedError: No run meets what is given.
        NotFoundError: There is no such scenario, or nothing a condition names.
        ScenarioError: The scenario or a change to it is wrong.
        UsageError: An option is out of range, or the results folder cannot be used.
    """
    from sim.report.result import Result

    return Result(play(resolve_batch(scenario, options), options))


def compare(
    *scenarios: str | Result,
    everything: bool = False,
    comparing: Progress | None = None,
    **options: Unpack[Options],
) -> Contrast:
    """Holds scenarios against the first, with the same luck, and tells what differs.

    Args:
        *scenarios: Two or more: names or paths, stored results (`@latest`, a folder's name), or
            results of `run`.
        everything: Whether the page shows every outcome, not only those that differ most.
        comparing: Told (done, 100) once all is played.
        **options: See `Options`; applied to scenarios given by name, `given` to all.

    Raises:
        CheckFailedError: No run of one of them meets what is given.
        NotFoundError: There is no such scenario or result, or nothing a condition names.
        ScenarioError: A scenario or a change to it is wrong.
        UsageError: An option is out of range, there are fewer than two, or they have no day or
            outcome in common.
    """
    from sim.experiment.compare import compare_all
    from sim.report.compare_text import Contrast
    from sim.report.sides import batches_of

    reference, *others = batches_of(scenarios, options)
    return Contrast(compare_all(reference, others, comparing), everything)


def side_by_side(*scenarios: str, replicate: int, **options: Unpack[Options]) -> SideBySide:
    """Plays one history of two scenarios with the same luck and tells where they part.

    Args:
        *scenarios: Two: names or paths, or stored results (`@latest`, a folder's name).
        replicate: Which history of the seed, 0 to 2**32 - 1.
        **options: See `Options`; how batches are played has no meaning here.

    Raises:
        CheckFailedError: A stored history does not come out as it is stored.
        NotFoundError: There is no such scenario, result or history.
        ScenarioError: A scenario or a change to it is wrong.
        UsageError: They are not two, share no luck or have no day in common, or an option is out
            of range.
    """
    from sim.report.histories import play_both
    from sim.report.side_by_side import SideBySide

    return SideBySide(*play_both(scenarios, replicate, options))


def sweep(
    scenario: str,
    axes: Sequence[str] | Mapping[str, Sequence[object]],
    **options: Unpack[Options],
) -> Grid:
    """Plays a scenario at every point of a grid, with the same luck.

    Args:
        scenario: Name or path.
        axes: What to vary: `{"us.hawks.influence": [0, 0.5, 1]}`, or text as on the command line,
            `["us.hawks.influence=0..1/5"]`.
        **options: See `Options`; `precision`, what goes with it, and `paths` have
            no meaning here.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: A point of the grid is no valid scenario; nothing was played.
        UsageError: An axis or an option cannot be read; nothing was played.
    """
    from sim.experiment.sweep import Axis
    from sim.experiment.sweep import sweep as play_grid
    from sim.report.sweep_text import Grid

    varied: list[str | Axis] = [*axes]
    if isinstance(axes, Mapping):
        varied = [Axis(name, tuple(map(word, values))) for name, values in axes.items()]
    return Grid(
        play_grid(
            scenario,
            varied,
            store=open_store(options.get("results")),
            n=options.get("n", RUNS),
            seed=options.get("seed", SEED),
            parameters=options.get("parameters", "fixed"),
            per_vector=options.get("per_vector", PER_VECTOR),
            sets=pairs(options.get("sets", ())),
            until=until_of(options),
            at=days_of(options),
            workers=options.get("workers"),
            engine=options.get("engine", "auto"),
            executor=options.get("executor", EXECUTOR),
            scheduler=options.get("scheduler"),
            force=options.get("force", False),
            progress=options.get("progress"),
            note=options.get("note"),
            waiting=options.get("waiting"),
        )
    )


def trace(
    scenario: str,
    *,
    replicate: int = 0,
    seed: int | None = None,
    waits: bool = False,
    results: str | Path | None = None,
    **changes: Unpack[WorldOptions],
) -> answers.History:
    """Plays one history and tells it.

    Args:
        scenario: Name or path; or a stored result, `@latest` or its folder, whose history is
            played again and must come out as it is stored.
        replicate: Which history of the seed, 0 to 2**32 - 1.
        seed: Which luck; None for the usual one, or that of the stored result.
        waits: Also tell of decisions to do nothing.
        results: Folder for results.
        **changes: See `WorldOptions`; a stored result takes none.

    Raises:
        CheckFailedError: A stored history does not come out as it is stored.
        NotFoundError: There is no such scenario, result or history.
        ScenarioError: The scenario or a change to it is wrong.
        UsageError: The seed is no key.
    """
    from sim.engine.chronicle import trace as play_one
    from sim.experiment.batch import stored_batch
    from sim.experiment.replay import replay
    from sim.report.answers import History

    if is_stored(scenario, results):
        if seed is not None or any(changes.values()):
            raise UsageError(
                f"{scenario} is a stored result, told as it was played: leave --seed, --set and "
                "--until out, or name the scenario instead"
            )
        return History(
            replay(stored_batch(open_store(results), scenario), replicate).chronicle, waits
        )
    if not 0 <= replicate < 2**32:
        raise NotFoundError(
            f"there is no history {replicate}: they are numbered from 0 to {2**32 - 1}"
        )
    return History(
        play_one(resolve(scenario, changes), SEED if seed is None else seed, replicate), waits
    )


def impact(us: float, cn: float, **options: Unpack[ImpactOptions]) -> Calculation:
    """Reckons what a pair of tariff add-ons does; no negotiation is played.

    Args:
        us: Points the US adds on Chinese goods, 0 to 1000, counted from 20 January 2025.
        cn: Points China adds on US goods.
        **options: See `ImpactOptions`.

    Raises:
        NotFoundError: There is no such sector.
        ScenarioError: A change to a number is wrong.
        UsageError: A number, a day or the second pair cannot be used.
    """
    from sim.experiment.impact import Pair, read_pair
    from sim.experiment.impact import impact as reckon
    from sim.report.impact_text import Calculation

    pairs = [Pair(us, cn)]
    versus = options.get("versus")
    if versus is not None:
        pairs.append(read_pair(versus) if isinstance(versus, str) else Pair(*versus))
    return Calculation(
        reckon(
            resolve(WORLD, {"sets": options.get("sets", ())}),
            pairs,
            start=day("--from", options.get("start", FIRST_DAY)),
            months=options.get("months", MONTHS),
            n=options.get("n", DRAWS),
            seed=options.get("seed", SEED),
            sector=options.get("sector"),
            progress=options.get("progress"),
        )
    )


def catalogue() -> answers.Catalogue:
    """Returns the scenarios that ship, with their questions."""
    from sim.report.answers import Catalogue

    return Catalogue(tuple(resolve(name, {}) for name in scenarios()))


def scenarios() -> list[str]:
    """Returns the names of the scenarios that ship."""
    from sim.scenario.catalog import names

    return names()


def world(name: str, **changes: Unpack[WorldOptions]) -> answers.World:
    """Returns a scenario as it will be played.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: It or a change to it is wrong.
    """
    from sim.report.answers import World

    return World(resolve(name, changes))


def explain(name: str, **changes: Unpack[WorldOptions]) -> answers.Explanation:
    """Returns every number behind a scenario with unit, kind and source.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: It or a change to it is wrong.
    """
    from sim.report.answers import Explanation

    return Explanation(resolve(name, changes))


def check(names: Sequence[str]) -> answers.Checked:
    """Checks scenario files and reports every fault in all of them at once.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: At least one of them is wrong.
    """
    from sim.report.answers import Checked

    problems: list[Problem] = []
    for name in names:
        try:
            resolve(name, {})
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return Checked(tuple(names))


def new_scenario(path: str | Path, *, base: str = "base/october-2025") -> answers.Written:
    """Writes a scenario file to fill in.

    Args:
        path: Where; the ending .yaml is added if it is missing.
        base: The scenario to start from.

    Raises:
        NotFoundError: There is no such base.
        UsageError: The file exists or cannot be written.
    """
    from sim.report.answers import Written
    from sim.scenario.template import new_scenario as template

    target = Path(path)
    if target.suffix not in {".yaml", ".yml"}:
        target = target.with_name(f"{target.name}.yaml")
    text = template(target.stem, base)
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(f"{target} exists already; choose another name") from error
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}") from error
    return Written(target, base)


def schema() -> dict[str, Any]:
    """Returns the JSON Schema of scenario files."""
    from sim.scenario.schema import editor_schema

    return editor_schema()


def explain_parameters(beginning: str | None = None) -> answers.ParameterList:
    """Returns parameters with meaning, value, range and source.

    Args:
        beginning: A name or the beginning of names; None for all.

    Raises:
        NotFoundError: No parameter begins so.
    """
    from sim.report.answers import ParameterList
    from sim.scenario.explain import explain as rows_of

    rows = [r for r in rows_of(resolve(PARAMETER_WORLD, {})) if r.section == "parameters"]
    found = tuple(row for row in rows if row.name.startswith(beginning or ""))
    if not found:
        hint = nearest(beginning or "", [row.name for row in rows])
        raise NotFoundError(f"there is no parameter {beginning!r}{hint}")
    return ParameterList(found)


def audit() -> answers.Audited:
    """Counts the parameters by kind of source and says what is wrong, over all scenarios."""
    from sim.report.answers import Audited
    from sim.scenario.explain import audit as audit_one

    audits = {name: audit_one(resolve(name, {})) for name in scenarios()}
    problems = dict.fromkeys(text for found in audits.values() for text in found.problems)
    unused = set.intersection(*(set(found.unused) for found in audits.values()))
    return Audited(audits[PARAMETER_WORLD].by_kind, tuple(problems), tuple(sorted(unused)))


def validate_economy() -> checks_text.Validation:
    """Holds the trade block to published figures, each with its tolerance and source."""
    from sim.experiment.economy_checks import verdicts
    from sim.report.checks_text import Validation

    return Validation(verdicts())


def stored(results: str | Path | None = None) -> answers.Shelf:
    """Returns the stored results, newest first."""
    from sim.report.answers import Shelf

    store = open_store(results)
    return Shelf(store.root, tuple(store.results()))


def load(reference: str, results: str | Path | None = None) -> Result:
    """Returns a stored result without playing anything.

    Args:
        reference: Name of its folder, its id, the beginning of either, `@latest` or `@1`.
        results: Folder for results.

    Raises:
        NotFoundError: No result, or more than one, answers to the reference.
    """
    from sim.experiment.batch import stored_batch
    from sim.report.result import Result

    return Result(stored_batch(open_store(results), reference))


def write_csv(reference: str, stream: IO[str], results: str | Path | None = None) -> None:
    """Writes the outcomes of a stored result as CSV, one line a run, whatever version made it.

    Raises:
        NotFoundError: No result, or more than one, answers to the reference.
    """
    open_store(results).find(reference).write_csv(stream)


def remove(reference: str, results: str | Path | None = None) -> answers.Removed:
    """Removes a stored result.

    Raises:
        NotFoundError: No result, or more than one, answers to the reference.
        UsageError: The folder cannot be changed.
    """
    from sim.report.answers import Removed

    return Removed(open_store(results).remove(reference))


def query(sql: str, results: str | Path | None = None) -> answers.Rows:
    """Answers a SELECT over the stored results (tables: runs, outcomes, paths, events).

    Raises:
        UsageError: The text is no single SELECT, or the database refuses it.
    """
    from sim.experiment.query import query as ask
    from sim.report.answers import Rows

    return Rows(ask(open_store(results), sql))
