"""Functions that a notebook and the command line call: run, compare, sweep, trace and the others.

They take names of scenarios (or paths of files) and plain values, and return frozen answers
that turn into text (`.page()`, `print`) and into one JSON object (`.to_json()`). Each checks the
names of its options, passes the request on to `sim.requests`, and wraps what comes back in its
answer (`sim.report.answers`). Both are imported when a function is called, so that help and
completion stay quick. The options stand in `sim.requests.options.Options`, and in the error that
names one which is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Unpack

from sim.requests.impact import ImpactOptions
from sim.requests.options import (
    Axes,
    Day,
    Options,
    Progress,
    StudyOptions,
    WorldOptions,
    check_options,
    resolve,
)

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.report.answers.comparison import ComparisonAnswer
    from sim.report.answers.discovery import DiscoveryAnswer
    from sim.report.answers.fork import ForkAnswer
    from sim.report.answers.game import GameAnswer
    from sim.report.answers.history import HistoryAnswer, HistoryPairAnswer
    from sim.report.answers.report import ReportAnswer
    from sim.report.answers.run import RunAnswer
    from sim.report.answers.scenarios import (
        AuditAnswer,
        CheckAnswer,
        ExplanationAnswer,
        NewScenarioAnswer,
        ParametersAnswer,
        ScenarioAnswer,
        ScenarioListAnswer,
    )
    from sim.report.answers.store import QueryAnswer, RemovalAnswer, StoreAnswer
    from sim.report.answers.studies import SensitivityAnswer, SweepAnswer
    from sim.report.answers.tariffs import ImpactAnswer, ValidationAnswer


def run(scenario: str, **options: Unpack[Options]) -> RunAnswer:
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
    from sim.report.answers.run import RunAnswer
    from sim.requests.run import play_scenario

    return RunAnswer(play_scenario(scenario, options))


def compare(
    *scenarios: str | RunAnswer,
    everything: bool = False,
    brief: bool = False,
    comparing: Progress | None = None,
    **options: Unpack[Options],
) -> ComparisonAnswer:
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
    from sim.report.answers.comparison import ComparisonAnswer
    from sim.requests.comparison import compare_scenarios

    contrast = compare_scenarios(_batches(scenarios), options, brief=brief, comparing=comparing)
    return ComparisonAnswer(contrast, everything)


def side_by_side(*scenarios: str, replicate: int, **options: Unpack[Options]) -> HistoryPairAnswer:
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
    from sim.report.answers.history import HistoryPairAnswer
    from sim.report.pages.compare.history_pair import HistoryPair
    from sim.requests.history import play_both

    return HistoryPairAnswer(HistoryPair(*play_both(scenarios, replicate, options)))


def discover(
    scenario: str,
    outcome: str,
    *,
    by: Day | None = None,
    searching: Progress | None = None,
    **options: Unpack[Options],
) -> DiscoveryAnswer:
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
    from sim.report.answers.discovery import DiscoveryAnswer
    from sim.requests.discovery import discover_signs

    return DiscoveryAnswer(discover_signs(scenario, outcome, by, searching, options))


def fork(
    scenario: str,
    *,
    on: Day,
    do: str | Sequence[str],
    through: Day | None = None,
    everything: bool = False,
    comparing: Progress | None = None,
    **options: Unpack[Options],
) -> ForkAnswer:
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
    from sim.report.answers.fork import ForkAnswer
    from sim.requests.fork import TurnRequest, fork_scenario

    turn = TurnRequest(on, do, through)
    return ForkAnswer(fork_scenario(scenario, turn, comparing, options), everything)


def fork_history(
    scenario: str,
    *,
    on: Day,
    do: str | Sequence[str],
    replicate: int,
    through: Day | None = None,
    **options: Unpack[Options],
) -> HistoryPairAnswer:
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
    from sim.report.answers.history import HistoryPairAnswer
    from sim.report.pages.compare.fork import fork_pair
    from sim.requests import fork as forks

    turn = forks.TurnRequest(on, do, through)
    return HistoryPairAnswer(fork_pair(*forks.fork_history(scenario, turn, replicate, options)))


def sweep(
    scenario: str,
    axes: Axes,
    *,
    outcomes: Sequence[str] = (),
    sample: str | None = None,
    replicates: int | None = None,
    **options: Unpack[Options],
) -> SweepAnswer:
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
    from sim.report.answers.studies import SweepAnswer
    from sim.requests.studies import request_study, sweep_scenario

    study = request_study(scenario, options)
    sweep = sweep_scenario(study, axes, outcomes, sample, replicates, options)
    return SweepAnswer(sweep, bool(outcomes))


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
) -> SensitivityAnswer:
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
    from sim.report.answers.studies import SensitivityAnswer
    from sim.requests.studies import analyse_scenario, request_study

    study, size = request_study(scenario, options), {"n": n, "replicates": replicates, "top": top}
    return SensitivityAnswer(analyse_scenario(study, factors, outcomes, screen=screen, **size))


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
) -> GameAnswer:
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
    from sim.report.answers.game import GameAnswer
    from sim.requests.game import play_strategies
    from sim.requests.studies import request_study

    study, payoffs = request_study(scenario, options), (us_payoff, cn_payoff)
    listeners = (solving, replaying)
    return GameAnswer(play_strategies(study, (us, cn), payoffs, histories, listeners, options))


def write_report(
    *words: str | RunAnswer,
    file: str | Path | None = None,
    brief: bool = False,
    outcomes: Sequence[str] = (),
    sample: str | None = None,
    replicates: int | None = None,
    comparing: Progress | None = None,
    drawing: Progress | None = None,
    **options: Unpack[Options],
) -> ReportAnswer:
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
    from sim.report.answers.report import ReportAnswer
    from sim.requests.report import ReportOptions, write_page

    own = ReportOptions(brief=brief, outcomes=outcomes, sample=sample, replicates=replicates)
    written = write_page(_batches(words), file, own, options, comparing=comparing, drawing=drawing)
    return ReportAnswer(*written)


def trace(
    scenario: str,
    *,
    replicate: int = 0,
    seed: int | None = None,
    waits: bool = False,
    results: str | Path | None = None,
    **changes: Unpack[WorldOptions],
) -> HistoryAnswer:
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
    from sim.report.answers.history import HistoryAnswer
    from sim.requests.history import trace_history

    return HistoryAnswer(trace_history(scenario, replicate, seed, results, changes), waits)


def impact(us: float, cn: float, **options: Unpack[ImpactOptions]) -> ImpactAnswer:
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
    from sim.report.answers.tariffs import ImpactAnswer
    from sim.requests.impact import work_out

    return ImpactAnswer(work_out(us, cn, options))


def catalogue() -> ScenarioListAnswer:
    """Returns the scenarios that ship, with their questions."""
    from sim.report.answers.scenarios import ScenarioListAnswer
    from sim.requests.scenarios import shipped

    return ScenarioListAnswer(shipped())


def scenarios() -> list[str]:
    """Returns the names of the scenarios that ship."""
    from sim.scenario.catalog import names

    return names()


def world(name: str, **changes: Unpack[WorldOptions]) -> ScenarioAnswer:
    """Returns a scenario as it will be played.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: It or a change to it is wrong.
    """
    check_options(changes, WorldOptions)
    from sim.report.answers.scenarios import ScenarioAnswer

    return ScenarioAnswer(resolve(name, changes))


def explain(name: str, **changes: Unpack[WorldOptions]) -> ExplanationAnswer:
    """Returns every number behind a scenario with unit, kind and source.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: It or a change to it is wrong.
    """
    check_options(changes, WorldOptions)
    from sim.report.answers.scenarios import ExplanationAnswer

    return ExplanationAnswer(resolve(name, changes))


def check(names: Sequence[str]) -> CheckAnswer:
    """Checks scenario files and reports every fault in all of them at once.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: At least one of them is wrong.
    """
    from sim.report.answers.scenarios import CheckAnswer
    from sim.requests.scenarios import check_files

    return CheckAnswer(check_files(names))


def new_scenario(path: str | Path, *, base: str = "base/october-2025") -> NewScenarioAnswer:
    """Writes a scenario file to fill in.

    Args:
        path: Where; the ending .yaml is added if it is missing.
        base: The scenario to start from.

    Raises:
        NotFoundError: There is no such base.
        UsageError: The file exists or cannot be written.
    """
    from sim.report.answers.scenarios import NewScenarioAnswer
    from sim.requests.scenarios import write_new

    return NewScenarioAnswer(write_new(path, base), base)


def schema() -> dict[str, Any]:
    """Returns the JSON Schema of scenario files."""
    from sim.scenario.schema import editor_schema

    return editor_schema()


def explain_parameters(beginning: str | None = None) -> ParametersAnswer:
    """Returns parameters with meaning, value, range and source.

    Args:
        beginning: A name or the beginning of names; None for all.

    Raises:
        NotFoundError: No parameter begins so.
    """
    from sim.report.answers.scenarios import ParametersAnswer
    from sim.requests.scenarios import parameter_rows

    return ParametersAnswer(parameter_rows(beginning))


def audit() -> AuditAnswer:
    """Counts the parameters by kind of source and says what is wrong, over all scenarios."""
    from sim.report.answers.scenarios import AuditAnswer
    from sim.requests.scenarios import audit_shipped

    return AuditAnswer(audit_shipped())


def validate_economy() -> ValidationAnswer:
    """Holds the trade block to published figures, each with its tolerance and source."""
    from sim.experiment.tariffs.checks import verdicts
    from sim.report.answers.tariffs import ValidationAnswer

    return ValidationAnswer(verdicts())


def stored(results: str | Path | None = None) -> StoreAnswer:
    """Returns the stored results and designs, newest first."""
    from sim.report.answers.store import StoreAnswer
    from sim.requests.store import listing

    return StoreAnswer(*listing(results))


def load(reference: str, results: str | Path | None = None) -> RunAnswer:
    """Returns a stored result without playing anything.

    Args:
        reference: Name of its folder, its id, the beginning of either, `@latest` or `@1`.
        results: Folder for results.

    Raises:
        NotFoundError: No result, or more than one, answers to the reference.
    """
    from sim.report.answers.run import RunAnswer
    from sim.requests.store import read_result

    return RunAnswer(read_result(reference, results))


def write_csv(reference: str, stream: IO[str], results: str | Path | None = None) -> None:
    """Writes the outcomes of a stored result as CSV, one line a run, whatever version made it.

    Raises:
        NotFoundError: No result, or more than one, answers to the reference.
    """
    from sim.requests.store import write_outcomes

    write_outcomes(reference, stream, results)


def remove(reference: str, results: str | Path | None = None) -> RemovalAnswer:
    """Removes a stored result or design.

    Raises:
        NotFoundError: No result, or more than one, answers to the reference.
        UsageError: The folder cannot be changed.
    """
    from sim.report.answers.store import RemovalAnswer
    from sim.requests.store import remove_result

    return RemovalAnswer(remove_result(reference, results))


def query(sql: str, results: str | Path | None = None) -> QueryAnswer:
    """Answers a SELECT over the stored results (tables: runs, outcomes, paths, events).

    Raises:
        UsageError: The text is no single SELECT, or the database refuses it.
    """
    from sim.report.answers.store import QueryAnswer
    from sim.requests.store import ask

    return QueryAnswer(ask(sql, results))


def _batches(words: Sequence[str | RunAnswer]) -> list[str | Batch]:
    """Returns names as they are, and of answers of `run` the batch."""
    return [word if isinstance(word, str) else word.batch for word in words]
