"""Functions that a notebook and the command line call: run, compare, sweep, trace and the others.

They take names of scenarios (or paths to files) and plain values. They return frozen answers that
print as text (`.page()`, `print`) or as one JSON object (`.to_json()`). Each function checks the
names of its options, passes the request to `sim.requests`, and wraps the result in its answer
(`sim.report.answers`). Both packages are imported only when a function is called, so that help and
completion stay quick. `sim.requests.options.Options` describes the options; the error about an
unknown option lists them.
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
    from sim.report.answers.single_run import RunPairAnswer, TraceAnswer
    from sim.report.answers.store import QueryAnswer, RemovalAnswer, StoreAnswer
    from sim.report.answers.studies import SensitivityAnswer, SweepAnswer
    from sim.report.answers.tariffs import ImpactAnswer, ValidationAnswer


def run(scenario: str, **options: Unpack[Options]) -> RunAnswer:
    """Runs a scenario many times.

    Args:
        scenario: Name or path.
        **options: See `Options`.

    Raises:
        CheckFailedError: No run meets the condition of `given`.
        NotFoundError: There is no such scenario, or a condition names something unknown.
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
    """Compares scenarios with the first, on the same random draws.

    Args:
        *scenarios: Two or more names or paths, stored results (`@latest`, the name of a folder), or
            answers of `run`.
        everything: Whether the page shows every outcome instead of those that differ most.
        brief: Whether to omit the partings and the verdicts over the assumed ranges, which take
            additional runs.
        comparing: Called with (done, 100) once all runs are simulated.
        **options: See `Options`. They apply to scenarios named here; `given` also applies to
            stored results.

    Raises:
        CheckFailedError: In one of them no run meets the condition of `given`.
        NotFoundError: There is no such scenario or result, or a condition names something unknown.
        ScenarioError: A scenario or a change to it is wrong.
        UsageError: An option is out of range, there are fewer than two scenarios, or they have no
            day or outcome in common.
    """
    check_options(options, Options)
    from sim.report.answers.comparison import ComparisonAnswer
    from sim.requests.comparison import compare_scenarios

    contrast = compare_scenarios(_batches(scenarios), options, brief=brief, comparing=comparing)
    return ComparisonAnswer(contrast, everything)


def side_by_side(*scenarios: str, replicate: int, **options: Unpack[Options]) -> RunPairAnswer:
    """Simulates one run under two scenarios, on the same random draws, and finds the parting.

    Args:
        *scenarios: Two names or paths, or stored results (`@latest`, the name of a folder).
        replicate: Number of the run, 0 to 2**32 - 1.
        **options: See `Options`. Those about batches have no effect here.

    Raises:
        CheckFailedError: A stored run cannot be reproduced.
        NotFoundError: There is no such scenario, result or run.
        ScenarioError: A scenario or a change to it is wrong.
        UsageError: There are not exactly two, they differ in seed or have no day in common, or an
            option is out of range.
    """
    check_options(options, Options)
    from sim.report.answers.single_run import RunPairAnswer
    from sim.report.pages.compare.run_pair import RunPair
    from sim.requests.single_run import play_both

    return RunPairAnswer(RunPair(*play_both(scenarios, replicate, options)))


def discover(
    scenario: str,
    outcome: str,
    *,
    by: Day | None = None,
    searching: Progress | None = None,
    **options: Unpack[Options],
) -> DiscoveryAnswer:
    """Finds the early signs and the assumptions associated with an outcome.

    Args:
        scenario: Name or path.
        outcome: Outcome to explain, written as a condition: `path_class=conflict`,
            `truce_in_force@2025-11-11=no`, `us_addon_pp>=60`.
        by: Last day on which signs are watched for; None for 20 days after the start.
        searching: Called with (done, total) steps of the search.
        **options: See `Options`; `n` is 20,000 and `per_vector` 5 by default. Parameters are always
            drawn and events always stored; `precision` and its companions have no effect here.

    Raises:
        CheckFailedError: The outcome is too rare or too frequent, or no run meets the condition of
            `given`.
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
    """Changes one decision on a day and measures its effect, on the same random draws.

    Args:
        scenario: Name or path, or a stored result (`@latest`, the name of a folder).
        on: Day of the change.
        do: The change, e.g. `us.extend_truce=no`, `us.hike=20`, `tension=0.8`.
        through: Last day on which an action is prevented; by default the same day.
        everything: Whether the page shows every outcome instead of those that differ most.
        comparing: Called with (done, total) of the runs repeated to find partings.
        **options: See `Options`. A stored result accepts none that would change it.

    Raises:
        CheckFailedError: No run meets the condition of `given`, or a stored result cannot be
            reproduced.
        NotFoundError: There is no such scenario, result, act or number.
        ScenarioError: The scenario, a change to it or a decision is wrong.
        UsageError: An option is out of range, or a day lies outside the run.
    """
    check_options(options, Options)
    from sim.report.answers.fork import ForkAnswer
    from sim.requests.fork import TurnRequest, fork_scenario

    turn = TurnRequest(on, do, through)
    return ForkAnswer(fork_scenario(scenario, turn, comparing, options), everything)


def fork_run(
    scenario: str,
    *,
    on: Day,
    do: str | Sequence[str],
    replicate: int,
    through: Day | None = None,
    **options: Unpack[Options],
) -> RunPairAnswer:
    """Changes one decision of a single run, on the same random draws.

    Args:
        scenario: Name or path, or a stored result (`@latest`, the name of a folder).
        on: Day of the change.
        do: The change, as for `fork`.
        replicate: Number of the run, 0 to 2**32 - 1.
        through: Last day on which an action is prevented; by default the same day.
        **options: See `Options`. Those about batches have no effect here.

    Raises:
        CheckFailedError: A stored run cannot be reproduced.
        NotFoundError: There is no such scenario, result, run, act or number.
        ScenarioError: The scenario, a change to it or a decision is wrong.
        UsageError: An option is out of range, or a day lies outside the run.
    """
    check_options(options, Options)
    from sim.report.answers.single_run import RunPairAnswer
    from sim.report.pages.compare.fork import fork_pair
    from sim.requests import fork as forks

    turn = forks.TurnRequest(on, do, through)
    return RunPairAnswer(fork_pair(*forks.fork_run(scenario, turn, replicate, options)))


def sweep(
    scenario: str,
    axes: Axes,
    *,
    outcomes: Sequence[str] = (),
    sample: str | None = None,
    replicates: int | None = None,
    **options: Unpack[Options],
) -> SweepAnswer:
    """Runs a scenario at every point of a grid, or at sampled points, on the same random draws.

    Args:
        scenario: Name or path.
        axes: Inputs to vary: `{"us.hawks.influence": [0, 0.5, 1]}`, or text as on the command line,
            `["us.hawks.influence=0..1/5"]`. With `sample` also a name alone (None in a mapping) for
            its prior, and `0..1` for that interval.
        outcomes: Outcomes to report, e.g. `tension`, `truce_in_force@2025-11-11`,
            `path_class=conflict` or `us_addon_pp>=60`; by default the headline outcomes.
        sample: `sobol` or `lhs` for sampled points; None for a grid.
        replicates: Runs at each sampled point (default 64).
        **options: See `Options`; `n` is the number of runs at each point of a grid, or the number
            of sampled points (default 256). `precision` and its companions, `given`, `events` and
            `paths` have no effect here.

    Raises:
        NotFoundError: There is no such scenario, input or outcome.
        ScenarioError: A point is not a valid scenario; no run was simulated.
        UsageError: An axis or an option cannot be read; no run was simulated.
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
    """Measures which assumptions drive the outcomes of a scenario, and how much is luck.

    Args:
        scenario: Name or path.
        factors: Parameters to vary: names (over their priors), `a=0..1`, `a=x,y`, or a mapping as
            for `sweep`; by default every uncertain parameter.
        outcomes: As for `sweep`; by default `us_addon_pp`.
        n: Number of base points, a power of two; factors + 2 points are simulated for each.
        replicates: Runs at each point, 8 or more; every point uses the same random draws.
        screen: Whether to screen the factors first; None to screen if there are more than `top`.
        top: Number of factors kept after screening.
        **options: See `StudyOptions`.

    Raises:
        CheckFailedError: An outcome does not apply to every run.
        NotFoundError: There is no such scenario, input or outcome.
        ScenarioError: The scenario or a value is wrong; no run was simulated.
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
    examine: int = 100,
    solving: Progress | None = None,
    replaying: Progress | None = None,
    **options: Unpack[Options],
) -> GameAnswer:
    """Runs every pair of strategies on the same random draws and finds the equilibria.

    Args:
        scenario: Name or path.
        us: Strategies of the US: names of shipped strategies, `baseline`, or paths; or one text
            with commas.
        cn: Strategies of China.
        us_payoff: Payoff of the US: `us_real_income_pct` (the default), `tension:-1`, or a weighted
            sum with commas.
        cn_payoff: Payoff of China; `cn_real_income_pct` by default.
        examine: Number of runs of the leading pair in which to examine the packages available at
            each meeting, at most `n`; 0 to skip.
        solving: Called with (done, total) resampled games.
        replaying: Called with (done, total) of the runs examined.
        **options: See `Options`; `precision` and its companions, `given`, `events` and `paths` have
            no effect here.

    Raises:
        CheckFailedError: A payoff does not apply to every run.
        NotFoundError: There is no such scenario, strategy or outcome.
        ScenarioError: The scenario or a strategy is wrong; no run was simulated.
        UsageError: An option is out of range, or a library is missing; no run was simulated.
    """
    check_options(options, Options)
    from sim.report.answers.game import GameAnswer
    from sim.requests.game import play_strategies
    from sim.requests.studies import request_study

    study, payoffs = request_study(scenario, options), (us_payoff, cn_payoff)
    listeners = (solving, replaying)
    return GameAnswer(play_strategies(study, (us, cn), payoffs, examine, listeners, options))


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
    """Writes a run, a comparison or a sweep as one HTML page; simulates whatever is not stored.

    Args:
        *words: A scenario, a stored result or an answer of `run`; several of them to compare; or a
            scenario and the inputs to vary, as for `sweep`.
        file: File to write; by default a new file in the results folder.
        brief: See `compare`.
        outcomes: See `sweep`.
        sample: See `sweep`.
        replicates: See `sweep`.
        comparing: Called with (done, 100) during a comparison.
        drawing: Called with (done, total) charts.
        **options: See `Options`; an option has the effect it has for `run`, `compare` or `sweep`.

    Raises:
        CheckFailedError: No run meets the condition of `given`.
        NotFoundError: There is no such scenario, result, input or outcome.
        ScenarioError: A scenario or a change to it is wrong.
        UsageError: An option is out of range or has no effect here, a library is missing, or the
            file exists and is not a page of this program, or cannot be written.
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
) -> TraceAnswer:
    """Simulates one run and describes it day by day.

    Args:
        scenario: Name or path; or a stored result, `@latest` or its folder, whose run is repeated
            and must match the stored one.
        replicate: Number of the run, 0 to 2**32 - 1.
        seed: Random seed; None for the default, or for that of the stored result.
        waits: Whether to show decisions to do nothing.
        results: Folder for results.
        **changes: See `WorldOptions`; a stored result accepts none.

    Raises:
        CheckFailedError: A stored run cannot be reproduced.
        NotFoundError: There is no such scenario, result or run.
        ScenarioError: The scenario or a change to it is wrong.
        UsageError: The seed is out of range.
    """
    check_options(changes, WorldOptions)
    from sim.report.answers.single_run import TraceAnswer
    from sim.requests.single_run import trace_run

    return TraceAnswer(trace_run(scenario, replicate, seed, results, changes), waits)


def impact(us: float, cn: float, **options: Unpack[ImpactOptions]) -> ImpactAnswer:
    """Calculates the effects of a pair of tariff add-ons, without simulating the negotiation.

    Args:
        us: Percentage points of duty on Chinese goods that the US adds to those of 20 January 2025,
            0 to 1000.
        cn: Percentage points that China adds on US goods.
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
    """Returns the shipped scenarios, with the question each one answers."""
    from sim.report.answers.scenarios import ScenarioListAnswer
    from sim.requests.scenarios import shipped

    return ScenarioListAnswer(shipped())


def scenarios() -> list[str]:
    """Returns the names of the shipped scenarios."""
    from sim.scenario.catalog import names

    return names()


def world(name: str, **changes: Unpack[WorldOptions]) -> ScenarioAnswer:
    """Returns a scenario as it will run.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: The scenario or a change to it is wrong.
    """
    check_options(changes, WorldOptions)
    from sim.report.answers.scenarios import ScenarioAnswer

    return ScenarioAnswer(resolve(name, changes))


def explain(name: str, **changes: Unpack[WorldOptions]) -> ExplanationAnswer:
    """Returns every number behind a scenario, with unit, kind and source.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: The scenario or a change to it is wrong.
    """
    check_options(changes, WorldOptions)
    from sim.report.answers.scenarios import ExplanationAnswer

    return ExplanationAnswer(resolve(name, changes))


def check(names: Sequence[str]) -> CheckAnswer:
    """Checks scenario files and reports all errors in them at once.

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
        path: File to write; `.yaml` is appended if it is missing.
        base: Scenario to start from.

    Raises:
        NotFoundError: There is no such base scenario.
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
        beginning: A name, or the beginning of one or more names; None for all.

    Raises:
        NotFoundError: No name begins like that.
    """
    from sim.report.answers.scenarios import ParametersAnswer
    from sim.requests.scenarios import parameter_rows

    return ParametersAnswer(parameter_rows(beginning))


def audit() -> AuditAnswer:
    """Counts the parameters of all scenarios by kind of source and reports errors."""
    from sim.report.answers.scenarios import AuditAnswer
    from sim.requests.scenarios import audit_shipped

    return AuditAnswer(audit_shipped())


def validate_economy() -> ValidationAnswer:
    """Checks the trade model against published figures, each with its tolerance and source."""
    from sim.experiment.tariffs.checks import verdicts
    from sim.report.answers.tariffs import ValidationAnswer

    return ValidationAnswer(verdicts())


def stored(results: str | Path | None = None) -> StoreAnswer:
    """Returns the stored results and sampled sweeps, newest first."""
    from sim.report.answers.store import StoreAnswer
    from sim.requests.store import listing

    return StoreAnswer(*listing(results))


def load(reference: str, results: str | Path | None = None) -> RunAnswer:
    """Returns a stored result without simulating any run.

    Args:
        reference: Name of its folder, its id, the beginning of either, `@latest` or `@1`.
        results: Folder for results.

    Raises:
        NotFoundError: No result, or more than one, matches the reference.
        UsageError: A file of the result is missing or damaged.
    """
    from sim.report.answers.run import RunAnswer
    from sim.requests.store import read_result

    return RunAnswer(read_result(reference, results))


def write_csv(reference: str, stream: IO[str], results: str | Path | None = None) -> None:
    """Writes the outcomes of a stored result as CSV, one line per run, whichever version made it.

    Raises:
        NotFoundError: No result, or more than one, matches the reference.
    """
    from sim.requests.store import write_outcomes

    write_outcomes(reference, stream, results)


def remove(reference: str, results: str | Path | None = None) -> RemovalAnswer:
    """Removes a stored result or a sampled sweep, named in full, by its id or as `@latest`.

    Raises:
        NotFoundError: No result, or more than one, matches the reference.
        UsageError: The folder cannot be changed.
    """
    from sim.report.answers.store import RemovalAnswer
    from sim.requests.store import remove_result

    return RemovalAnswer(remove_result(reference, results))


def query(sql: str, results: str | Path | None = None) -> QueryAnswer:
    """Returns the rows of a SELECT over the stored results.

    The tables `outcomes`, `paths` and `events` hold each scenario as shipped, once; `all_outcomes`,
    `all_paths` and `all_events` hold every batch; `runs` has a row for each.

    Raises:
        UsageError: The text is not a single SELECT, the database refuses it, or a stored file that
            it needs is missing or damaged.
    """
    from sim.report.answers.store import QueryAnswer
    from sim.requests.store import ask

    return QueryAnswer(ask(sql, results))


def _batches(words: Sequence[str | RunAnswer]) -> list[str | Batch]:
    """Returns names unchanged, and the batch of each answer of `run`."""
    return [word if isinstance(word, str) else word.batch for word in words]
