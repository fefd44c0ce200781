"""What a notebook and the command line call: run, compare, sweep, trace, and what goes with them.

Functions take names of scenarios (or paths of files) and plain values, and return frozen answers
that turn into text (`.page()`, `print`) and into one JSON object (`.to_json()`). What they need
is imported when they are called, so that help and completion stay quick. What `**options` may be
stands in `sim.requests.options.Options`, and in the error that names one which is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Unpack

from sim.errors import NotFoundError, Problem, ScenarioError, UsageError, nearest
from sim.requests.impact import DRAWS, FIRST_DAY, MONTHS, WORLD, ImpactOptions
from sim.requests.options import (
    PER_VECTOR,
    RUNS,
    SEED,
    Day,
    Options,
    Progress,
    WorldOptions,
    check_options,
    day,
    is_stored,
    open_store,
    play,
    resolve,
    resolve_batch,
)
from sim.requests.study import StudyOptions

if TYPE_CHECKING:
    from sim.report.answers import lookups
    from sim.report.answers.result import Result
    from sim.report.answers.side_by_side import SideBySide
    from sim.report.pages.compare.fork import ForkValue
    from sim.report.pages.compare.page import Contrast
    from sim.report.pages.search.discovery import Discovered
    from sim.report.pages.search.game import Game
    from sim.report.pages.search.sensitivity import Reasons
    from sim.report.pages.search.sweep import SweepResult
    from sim.report.pages.tariffs import checks
    from sim.report.pages.tariffs.impact import Calculation
    from sim.requests.report import Report
    from sim.requests.study import Axes

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
    check_options(options, Options)
    from sim.report.answers.result import Result

    return Result(play(resolve_batch(scenario, options), options))


def compare(
    *scenarios: str | Result,
    everything: bool = False,
    brief: bool = False,
    comparing: Progress | None = None,
    **options: Unpack[Options],
) -> Contrast:
    """Holds scenarios against the first, with the same luck, and tells what differs.

    Args:
        *scenarios: Two or more: names or paths, stored results (`@latest`, a folder's name), or
            results of `run`.
        everything: Whether the page shows every outcome, not only those that differ most.
        brief: Whether to leave out where the histories first part and what becomes of the
            verdicts over the assumed ranges, which takes more playing.
        comparing: Told (done, 100) once all is played.
        **options: See `Options`; applied to scenarios given by name, `given` to all.

    Raises:
        CheckFailedError: No run of one of them meets what is given.
        NotFoundError: There is no such scenario or result, or nothing a condition names.
        ScenarioError: A scenario or a change to it is wrong.
        UsageError: An option is out of range, there are fewer than two, or they have no day or
            outcome in common.
    """
    check_options(options, Options)
    from sim.experiment.compare.comparison import compare_all
    from sim.report.pages.compare.page import Contrast
    from sim.requests.comparison import batches_of, deeper_of

    reference, *others = batches_of(scenarios, options)
    comparisons = compare_all(reference, others, comparing)
    deeper = () if brief else tuple(deeper_of(each, options) for each in comparisons)
    return Contrast(comparisons, everything, deeper)


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
    check_options(options, Options)
    from sim.report.answers.side_by_side import SideBySide
    from sim.requests.history import play_both

    return SideBySide(*play_both(scenarios, replicate, options))


def discover(
    scenario: str,
    outcome: str,
    *,
    by: Day | None = None,
    searching: Progress | None = None,
    **options: Unpack[Options],
) -> Discovered:
    """Tells which early signs and which assumptions an outcome goes with.

    Args:
        scenario: Name or path.
        outcome: What to explain, written as a condition: `path_class=conflict`,
            `truce_in_force@2025-11-11=no`, `us_addon_pp>=60`.
        by: Day up to which signs are watched for; None for 20 days after the start.
        searching: Told (done, total) steps of the search.
        **options: See `Options`; `n` is 20,000 and `per_vector` 5 if left out. Parameters are
            always drawn and events kept; `precision` and what goes with it have no meaning here.

    Raises:
        CheckFailedError: The outcome comes too seldom or too often, or no run meets what is given.
        NotFoundError: There is no such scenario, outcome, class or event.
        ScenarioError: The scenario or a change to it is wrong.
        UsageError: An option is out of range, or a library is missing.
    """
    check_options(options, Options)
    from sim.report.pages.search.discovery import Discovered
    from sim.requests.discovery import discovered

    return Discovered(discovered(scenario, outcome, by, searching, options))


def fork(
    scenario: str,
    *,
    on: Day,
    do: str | Sequence[str],
    through: Day | None = None,
    everything: bool = False,
    comparing: Progress | None = None,
    **options: Unpack[Options],
) -> ForkValue:
    """Changes one decision on a day, with the same luck before and after, and tells its value.

    Args:
        scenario: Name or path, or a stored result (`@latest`, a folder's name).
        on: The day.
        do: What is different: `us.extend_truce=no`, `us.hike=20`, `tension=0.8`.
        through: Last day on which what is forbidden stays so; that day alone by default.
        everything: Whether the page shows every outcome, not only those that differ most.
        comparing: Told (done, total) runs of those played again to see where histories part.
        **options: See `Options`; a stored result takes none that would change it.

    Raises:
        CheckFailedError: No run meets what is given, or a stored result does not come out.
        NotFoundError: There is no such scenario, result, act or number.
        ScenarioError: The scenario, a change to it or a decision is wrong.
        UsageError: An option is out of range, or a day lies outside the run.
    """
    check_options(options, Options)
    from sim.report.pages.compare.fork import ForkValue
    from sim.requests.fork import fork_batch

    decisions = [do] if isinstance(do, str) else do
    return ForkValue(fork_batch(scenario, on, decisions, through, comparing, options), everything)


def fork_history(
    scenario: str,
    *,
    on: Day,
    do: str | Sequence[str],
    replicate: int,
    through: Day | None = None,
    **options: Unpack[Options],
) -> SideBySide:
    """Changes one decision of one history, with the same luck before and after.

    Args:
        scenario: Name or path, or a stored result (`@latest`, a folder's name).
        on: The day.
        do: What is different, as for `fork`.
        replicate: Which history of the seed, 0 to 2**32 - 1.
        through: Last day on which what is forbidden stays so; that day alone by default.
        **options: See `Options`; how batches are played has no meaning here.

    Raises:
        CheckFailedError: A stored history does not come out as it is stored.
        NotFoundError: There is no such scenario, result, history, act or number.
        ScenarioError: The scenario, a change to it or a decision is wrong.
        UsageError: An option is out of range, or a day lies outside the run.
    """
    check_options(options, Options)
    from sim.report.pages.compare.fork import told_of_one
    from sim.requests.fork import fork_one

    decisions = [do] if isinstance(do, str) else do
    return told_of_one(*fork_one(scenario, on, decisions, through, replicate, options))


def sweep(
    scenario: str,
    axes: Axes,
    *,
    outcomes: Sequence[str] = (),
    sample: str | None = None,
    replicates: int | None = None,
    **options: Unpack[Options],
) -> SweepResult:
    """Plays a scenario at every point of a grid, or at points drawn between, with the same luck.

    Args:
        scenario: Name or path.
        axes: What to vary: `{"us.hawks.influence": [0, 0.5, 1]}`, or text as on the command line,
            `["us.hawks.influence=0..1/5"]`; with `sample` also a name alone (None in a mapping)
            for its prior, and `0..1` for all between.
        outcomes: What to tell, as `tension`, `truce_in_force@2025-11-11`, `path_class=conflict`
            or `us_addon_pp>=60`; none for the headline outcomes.
        sample: `sobol` or `lhs` for points drawn between; None for a grid.
        replicates: Histories at each drawn point (default 64).
        **options: See `Options`; `n` are histories at each point of a grid, or drawn points
            (default 256). `precision`, what goes with it, `given`, `events` and `paths` have no
            meaning here.

    Raises:
        NotFoundError: There is no such scenario, input or outcome.
        ScenarioError: A point is no valid scenario; nothing was played.
        UsageError: An axis or an option cannot be read; nothing was played.
    """
    check_options(options, Options)
    from sim.experiment.sweep import grid as grids
    from sim.experiment.sweep import sample as draws
    from sim.report.pages.search.sweep import SweepResult
    from sim.requests.study import axes_of, means_of, start_of

    start, means, asked = start_of(scenario, options), means_of(options), bool(outcomes)
    parameters = options.get("parameters", "fixed")
    if sample is None:
        if replicates is not None:
            raise UsageError(
                f"--replicates {replicates}: says how many histories a drawn point has; add "
                "--sample sobol or lhs, or give the histories of a grid's points with -n"
            )
        played = grids.sweep(
            start,
            axes_of(axes),
            means,
            outcomes=outcomes,
            n=options.get("n", RUNS),
            parameters=parameters,
            per_vector=options.get("per_vector", PER_VECTOR),
        )
        return SweepResult(played, asked)
    if parameters != "fixed":
        raise UsageError(
            f"--sample {sample} and --parameters {parameters} do not go together: name the "
            "parameters that are to be drawn as axes, without a value"
        )
    played = draws.sweep_drawn(
        start,
        axes_of(axes),
        means,
        method=sample,
        outcomes=outcomes,
        n=options.get("n", draws.POINTS),
        replicates=draws.REPLICATES if replicates is None else replicates,
    )
    return SweepResult(played, asked)


def sensitivity(
    scenario: str,
    factors: Axes = (),
    *,
    outcomes: Sequence[str] = (),
    n: int = 256,
    replicates: int = 64,
    screen: bool | None = None,
    top: int = 20,
    **options: Unpack[StudyOptions],
) -> Reasons:
    """Tells which assumptions the outcomes of a scenario hang on, and how much of them is luck.

    Args:
        scenario: Name or path.
        factors: What may vary: names (over their priors), `a=0..1`, `a=x,y`, or a mapping as for
            `sweep`; every uncertain parameter if left out.
        outcomes: As for `sweep`; none for `us_addon_pp`.
        n: Points of the sequence, a power of two; factors + 2 points are played for each.
        replicates: Histories at each point, with the same luck; 8 or more.
        screen: Whether to screen the factors first; None if there are more than `top`.
        top: Factors that go on from screening.
        **options: See `Options`, of which those of `StudyOptions` have a meaning here.

    Raises:
        CheckFailedError: An outcome does not apply to every history.
        NotFoundError: There is no such scenario, input or outcome.
        ScenarioError: The scenario or a value is wrong; nothing was played.
        UsageError: An option is out of range, or a library is missing.
    """
    check_options(options, StudyOptions)
    from sim.experiment.sensitivity.analysis import sensitivity as analyse
    from sim.report.pages.search.sensitivity import Reasons
    from sim.requests.study import axes_of, means_of, start_of

    return Reasons(
        analyse(
            start_of(scenario, options),
            axes_of(factors),
            outcomes,
            means_of(options),
            n=n,
            replicates=replicates,
            screen=screen,
            top=top,
        )
    )


def game(
    scenario: str,
    *,
    us: str | Sequence[str] = ("hawk", "dealmaker"),
    cn: str | Sequence[str] = ("measured", "matching"),
    us_payoff: str | None = None,
    cn_payoff: str | None = None,
    histories: int = 100,
    solving: Progress | None = None,
    replaying: Progress | None = None,
    **options: Unpack[Options],
) -> Game:
    """Plays every pair of strategies with the same luck and tells where neither side would change.

    Args:
        scenario: Name or path.
        us: Strategies of the US: names that ship, `baseline` or paths; or one text with commas.
        cn: Strategies of China.
        us_payoff: What the US plays for: `us_real_income_pct` (the default), `tension:-1`, or a
            weighted sum with commas.
        cn_payoff: What China plays for; `cn_real_income_pct` by default.
        histories: Histories of the leading pair in which to look at what was on the table,
            at most `n`; 0 for none.
        solving: Told (done, total) resampled games.
        replaying: Told (done, total) of those histories.
        **options: See `Options`; `precision` and what goes with it, `given`, `events` and `paths`
            have no meaning here.

    Raises:
        CheckFailedError: A payoff does not apply to every history.
        NotFoundError: There is no such scenario, strategy or outcome.
        ScenarioError: The scenario or a strategy is wrong; nothing was played.
        UsageError: An option is out of range, or a library is missing; nothing was played.
    """
    check_options(options, Options)
    from sim.experiment.games.game import play_game
    from sim.experiment.games.payoffs import DEFAULTS
    from sim.report.pages.search.game import Game
    from sim.requests.study import means_of, start_of

    of_us, of_cn = (own.split(",") if isinstance(own, str) else own for own in (us, cn))
    return Game(
        play_game(
            start_of(scenario, options),
            (of_us, of_cn),
            means_of(options),
            payoffs=(us_payoff or DEFAULTS["us"], cn_payoff or DEFAULTS["cn"]),
            n=options.get("n", RUNS),
            parameters=options.get("parameters", "fixed"),
            per_vector=options.get("per_vector", PER_VECTOR),
            histories=histories,
            solving=solving,
            replaying=replaying,
        )
    )


def write_report(
    *words: str | Result,
    file: str | Path | None = None,
    brief: bool = False,
    outcomes: Sequence[str] = (),
    sample: str | None = None,
    replicates: int | None = None,
    comparing: Progress | None = None,
    drawing: Progress | None = None,
    **options: Unpack[Options],
) -> Report:
    """Writes a run, a comparison or a sweep as one page of HTML, playing what is not there.

    Args:
        *words: A scenario, a stored result or a result of `run`; several of them to compare; or a
            scenario and what to vary, as for `sweep`.
        file: Where; in the results folder, under a name of its own, by default.
        brief: See `compare`.
        outcomes: See `sweep`.
        sample: See `sweep`.
        replicates: See `sweep`.
        comparing: Told (done, 100) as a comparison goes on.
        drawing: Told (done, total) pictures.
        **options: See `Options`, of which those have a meaning here that have one for `run`,
            `compare` or `sweep`.

    Raises:
        CheckFailedError: No run meets what is given.
        NotFoundError: There is no such scenario, result, input or outcome.
        ScenarioError: A scenario or a change to it is wrong.
        UsageError: An option is out of range or means nothing here, a library is missing, or the
            file is another's or cannot be written.
    """
    check_options(options, Options)
    from sim.report.answers.result import Result
    from sim.report.figures.plots import check_plotting
    from sim.requests import report
    from sim.requests.comparison import batch_of

    kind = report.kind_of(words, sample)
    own = {"brief": brief, "outcomes": outcomes, "sample": sample, "replicates": replicates}
    report.check_options(kind, {**options, **own})
    check_plotting()
    if file is not None:
        report.check_target(Path(file))
    found: Result | Contrast | SweepResult
    if kind == report.RUN:
        found = Result(batch_of(words[0], options))
    elif kind == report.COMPARISON:
        found = compare(*words, brief=brief, comparing=comparing, **options)
    else:
        scenario, *axes = map(str, words)
        found = sweep(
            scenario, axes, outcomes=outcomes, sample=sample, replicates=replicates, **options
        )
    return report.publish(found, words, file, options, drawing)


def trace(
    scenario: str,
    *,
    replicate: int = 0,
    seed: int | None = None,
    waits: bool = False,
    results: str | Path | None = None,
    **changes: Unpack[WorldOptions],
) -> lookups.History:
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
    check_options(changes, WorldOptions)
    from sim.engine.chronicle import trace as play_one
    from sim.experiment.runs.batch import stored_batch
    from sim.experiment.runs.replay import replay
    from sim.report.answers.lookups import History

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
    check_options(options, ImpactOptions)
    from sim.experiment.tariffs.impact import Pair, read_pair
    from sim.experiment.tariffs.impact import impact as reckon
    from sim.report.pages.tariffs.impact import Calculation

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


def catalogue() -> lookups.Catalogue:
    """Returns the scenarios that ship, with their questions."""
    from sim.report.answers.lookups import Catalogue

    return Catalogue(tuple(resolve(name, {}) for name in scenarios()))


def scenarios() -> list[str]:
    """Returns the names of the scenarios that ship."""
    from sim.scenario.catalog import names

    return names()


def world(name: str, **changes: Unpack[WorldOptions]) -> lookups.ScenarioView:
    """Returns a scenario as it will be played.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: It or a change to it is wrong.
    """
    check_options(changes, WorldOptions)
    from sim.report.answers.lookups import ScenarioView

    return ScenarioView(resolve(name, changes))


def explain(name: str, **changes: Unpack[WorldOptions]) -> lookups.Explanation:
    """Returns every number behind a scenario with unit, kind and source.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: It or a change to it is wrong.
    """
    check_options(changes, WorldOptions)
    from sim.report.answers.lookups import Explanation

    return Explanation(resolve(name, changes))


def check(names: Sequence[str]) -> lookups.Checked:
    """Checks scenario files and reports every fault in all of them at once.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: At least one of them is wrong.
    """
    from sim.report.answers.lookups import Checked

    problems: list[Problem] = []
    for name in names:
        try:
            resolve(name, {})
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return Checked(tuple(names))


def new_scenario(path: str | Path, *, base: str = "base/october-2025") -> lookups.NewScenario:
    """Writes a scenario file to fill in.

    Args:
        path: Where; the ending .yaml is added if it is missing.
        base: The scenario to start from.

    Raises:
        NotFoundError: There is no such base.
        UsageError: The file exists or cannot be written.
    """
    from sim.report.answers.lookups import NewScenario
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
    return NewScenario(target, base)


def schema() -> dict[str, Any]:
    """Returns the JSON Schema of scenario files."""
    from sim.scenario.schema import editor_schema

    return editor_schema()


def explain_parameters(beginning: str | None = None) -> lookups.ParameterList:
    """Returns parameters with meaning, value, range and source.

    Args:
        beginning: A name or the beginning of names; None for all.

    Raises:
        NotFoundError: No parameter begins so.
    """
    from sim.report.answers.lookups import ParameterList
    from sim.scenario.explain import explain as rows_of

    rows = [r for r in rows_of(resolve(PARAMETER_WORLD, {})) if r.section == "parameters"]
    found = tuple(row for row in rows if row.name.startswith(beginning or ""))
    if not found:
        hint = nearest(beginning or "", [row.name for row in rows])
        raise NotFoundError(f"there is no parameter {beginning!r}{hint}")
    return ParameterList(found)


def audit() -> lookups.Audited:
    """Counts the parameters by kind of source and says what is wrong, over all scenarios."""
    from sim.report.answers.lookups import Audited
    from sim.scenario.explain import audit as audit_one

    audits = {name: audit_one(resolve(name, {})) for name in scenarios()}
    problems = dict.fromkeys(text for found in audits.values() for text in found.problems)
    unused = set.intersection(*(set(found.unused) for found in audits.values()))
    return Audited(audits[PARAMETER_WORLD].by_kind, tuple(problems), tuple(sorted(unused)))


def validate_economy() -> checks.Validation:
    """Holds the trade block to published figures, each with its tolerance and source."""
    from sim.experiment.tariffs.checks import verdicts
    from sim.report.pages.tariffs.checks import Validation

    return Validation(verdicts())


def stored(results: str | Path | None = None) -> lookups.Shelf:
    """Returns the stored results and designs, newest first."""
    from sim.report.answers.lookups import Shelf

    store = open_store(results)
    return Shelf(store.root, tuple(store.results()), tuple(store.designs()))


def load(reference: str, results: str | Path | None = None) -> Result:
    """Returns a stored result without playing anything.

    Args:
        reference: Name of its folder, its id, the beginning of either, `@latest` or `@1`.
        results: Folder for results.

    Raises:
        NotFoundError: No result, or more than one, answers to the reference.
    """
    from sim.experiment.runs.batch import stored_batch
    from sim.report.answers.result import Result

    return Result(stored_batch(open_store(results), reference))


def write_csv(reference: str, stream: IO[str], results: str | Path | None = None) -> None:
    """Writes the outcomes of a stored result as CSV, one line a run, whatever version made it.

    Raises:
        NotFoundError: No result, or more than one, answers to the reference.
    """
    open_store(results).find(reference).write_csv(stream)


def remove(reference: str, results: str | Path | None = None) -> lookups.Removed:
    """Removes a stored result or design.

    Raises:
        NotFoundError: No result, or more than one, answers to the reference.
        UsageError: The folder cannot be changed.
    """
    from sim.report.answers.lookups import Removed

    return Removed(open_store(results).remove(reference))


def query(sql: str, results: str | Path | None = None) -> lookups.QueryAnswer:
    """Answers a SELECT over the stored results (tables: runs, outcomes, paths, events).

    Raises:
        UsageError: The text is no single SELECT, or the database refuses it.
    """
    from sim.experiment.store.sql import query as ask
    from sim.report.answers.lookups import QueryAnswer

    return QueryAnswer(ask(open_store(results), sql))
