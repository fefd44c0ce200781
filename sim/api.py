"""Functions that a notebook and the command line call: run, compare, sweep, trace and the others.

They take names of scenarios (or paths to files) and plain values. They return frozen answers that
print as text (`.page()`, `print`) or as one JSON object (`.to_json()`). Each function checks the
names of its options, passes the request to `sim.requests`, and wraps the result in its answer
(`sim.report.answers`). Both packages are imported only when a function is called, so that help and
completion stay quick. `takes_options` checks every argument, and lists the options in `help`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Unpack

from sim.experiment.inputs.modes import FIXED, PRIOR
from sim.requests.arguments.signature import takes_options
from sim.requests.forecasts.span import (
    EACH,
    FIRST,
    HORIZONS,
    LAST,
    PARTICLES,
    PHASE_ONE,
    WINDOW_RUNS,
)
from sim.requests.impact import ImpactOptions
from sim.requests.options import (
    Axes,
    Day,
    Note,
    Options,
    Progress,
    Scenario,
    StudyOptions,
    Waiting,
    WorldOptions,
    resolve,
)

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.report.answers.comparison import ComparisonAnswer
    from sim.report.answers.discovery import CausesAnswer, DiscoveryAnswer
    from sim.report.answers.forecasts.backtest import BacktestAnswer
    from sim.report.answers.forecasts.behaviour import BehaviourAnswer
    from sim.report.answers.forecasts.calibration import CalibrationAnswer
    from sim.report.answers.forecasts.expectations import ExpectationsAnswer
    from sim.report.answers.forecasts.forecast import ForecastAnswer
    from sim.report.answers.forecasts.frozen import FrozenAnswer, ScoreAnswer
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
        RecordAnswer,
        RecordCheckAnswer,
        ScenarioAnswer,
        ScenarioListAnswer,
    )
    from sim.report.answers.single_run import RunPairAnswer, TraceAnswer
    from sim.report.answers.store import (
        PublicationAnswer,
        QueryAnswer,
        RemovalAnswer,
        RerunAnswer,
        StoreAnswer,
        StudyDifferenceAnswer,
    )
    from sim.report.answers.studies import SensitivityAnswer, SweepAnswer
    from sim.report.answers.tariffs import ImpactAnswer, ValidationAnswer


@takes_options(Options)
def run(
    scenario: Scenario,
    *,
    brief: bool = False,
    regions: bool = False,
    full: bool = False,
    **options: Unpack[Options],
) -> RunAnswer:
    """Runs a scenario many times.

    From 1,000 runs on, the answer over the ranges of the assumed numbers is found as well, with a
    small batch in which they are drawn; and with compiled code, what would change it most.

    Args:
        scenario: Name or path.
        brief: Whether to omit the answer over the assumed ranges, and what would change it most.
        regions: Whether the page shows long-run real income and exports by region.
        full: Whether the page has every table instead of one screen.
        **options: See below.

    Raises:
        CheckFailedError: No run meets the condition of `given`.
        NotFoundError: There is no such scenario, or a condition names something unknown.
        ScenarioError: The scenario or a change to it is wrong.
        UsageError: An option is out of range, or the results folder cannot be used.
    """
    from sim.report.answers.run import RunAnswer
    from sim.requests.run import movers_of_batch, play_scenario

    batch, drawn = play_scenario(str(scenario), options, brief=brief)
    moved = movers_of_batch(batch, drawn, options)
    return RunAnswer(batch, drawn, regions=regions, full=full, movers=moved)


@takes_options(Options)
def compare(
    *scenarios: Scenario | RunAnswer,
    full: bool = False,
    brief: bool = False,
    comparing: Progress | None = None,
    **options: Unpack[Options],
) -> ComparisonAnswer:
    """Compares scenarios with the first, on the same random draws.

    Args:
        *scenarios: Two or more names or paths, stored results (`@latest`, the name of a folder), or
            answers of `run`.
        full: Whether the page shows every outcome instead of those that differ most.
        brief: Whether to omit the partings and the verdicts over the assumed ranges, which take
            additional runs.
        comparing: Called with (done, 100) once all runs are simulated.
        **options: See below. They apply to scenarios named here; `given` also applies to
            stored results.

    Raises:
        CheckFailedError: In one of them no run meets the condition of `given`.
        NotFoundError: There is no such scenario or result, or a condition names something unknown.
        ScenarioError: A scenario or a change to it is wrong.
        UsageError: An option is out of range, there are fewer than two scenarios, or they have no
            day or outcome in common.
    """
    from sim.report.answers.comparison import ComparisonAnswer
    from sim.requests.comparison import compare_scenarios

    contrast = compare_scenarios(_batches(scenarios), options, brief=brief, comparing=comparing)
    return ComparisonAnswer(contrast, full)


@takes_options(Options)
def check(
    names: Sequence[Scenario], *, junit: str | Path | None = None, **options: Unpack[Options]
) -> ExpectationsAnswer:
    """Runs scenarios and judges what their files expect of the runs (see docs/questions.md).

    Args:
        names: Names or paths.
        junit: File to which the verdicts are written in the XML of JUnit; None for none.
        **options: See below. `given`, `events`, `paths`, `precision` and its companions have no
            effect here.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: A scenario, a line of it or a change to it is wrong.
        UsageError: No scenario expects anything, an option is out of range, or the file exists and
            holds something else, or cannot be written.
    """
    from sim.report.answers.forecasts.expectations import ExpectationsAnswer
    from sim.requests.forecasts.checking import check_expectations

    found = check_expectations(tuple(map(str, names)), junit, options)
    return ExpectationsAnswer(tuple((each.name, each.batch, each.lines) for each in found))


@takes_options(Options)
def side_by_side(*scenarios: Scenario, replicate: int, **options: Unpack[Options]) -> RunPairAnswer:
    """Simulates one run under two scenarios, on the same random draws, and finds the parting.

    Args:
        *scenarios: Two names or paths, or stored results (`@latest`, the name of a folder).
        replicate: Number of the run, 0 to 2**32 - 1.
        **options: See below. Those about batches have no effect here.

    Raises:
        CheckFailedError: A stored run cannot be reproduced.
        NotFoundError: There is no such scenario, result or run.
        ScenarioError: A scenario or a change to it is wrong.
        UsageError: There are not exactly two, they differ in seed or have no day in common, or an
            option is out of range.
    """
    from sim.report.answers.single_run import RunPairAnswer
    from sim.report.pages.compare.run_pair import RunPair
    from sim.requests.single_run import play_both

    return RunPairAnswer(RunPair(*play_both(tuple(map(str, scenarios)), replicate, options)))


@takes_options(Options, n=20_000, per_vector=5)
def discover(
    scenario: Scenario,
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
        **options: See below; `n` is 20,000 and `per_vector` 5 by default. Parameters are always
            drawn and events always stored; `precision` and its companions have no effect here.

    Raises:
        CheckFailedError: The outcome is too rare or too frequent, or no run meets the condition of
            `given`.
        NotFoundError: There is no such scenario, outcome, class or event.
        ScenarioError: The scenario or a change to it is wrong.
        UsageError: An option is out of range, or a library is missing.
    """
    from sim.report.answers.discovery import DiscoveryAnswer
    from sim.requests.discovery import discover_signs

    return DiscoveryAnswer(discover_signs(str(scenario), outcome, by, searching, options))


@takes_options(StudyOptions)
def explain(
    scenario: Scenario,
    *,
    n: int = 200,
    recording: Progress | None = None,
    **options: Unpack[StudyOptions],
) -> CausesAnswer:
    """Finds what drove what happens in a scenario, and verifies it by runs without each cause.

    Args:
        scenario: Name or path.
        n: Number of runs, 60 to 5,000; as many are run without each cause.
        recording: Called with (done, total) runs of which the decisions are recorded.
        **options: See below. Nothing is stored, so that `results` and `force` have no effect here,
            nor have `executor` and `scheduler`.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: The scenario or a change to it is wrong.
        UsageError: An option is out of range.
    """
    from sim.report.answers.discovery import CausesAnswer
    from sim.requests.discovery import explain_causes

    return CausesAnswer(explain_causes(str(scenario), n, recording, options))


@takes_options(StudyOptions)
def calibrate(
    *,
    record: str | Path | None = None,
    out: str | Path | None = None,
    particles: int = PARTICLES,
    **options: Unpack[StudyOptions],
) -> CalibrationAnswer:
    """Learns from the record how the two sides decide, as draws of the parameters it can move.

    Args:
        record: CSV file of acts of your own, laid over the shipped record.
        out: New file for the draws, to be given as `parameters`; None for none.
        particles: Number of draws.
        **options: See below; `until` is the last day to learn from, by default the last of the
            record. Beside it only `seed`, `workers`, `progress`, `note` and `waiting` have an
            effect here.

    Raises:
        ScenarioError: The file of acts is wrong.
        UsageError: An option is out of range, numba is missing, or the file cannot be written.
    """
    from sim.report.answers.forecasts.calibration import CalibrationAnswer
    from sim.requests.forecasts.calibrating import calibrate_parameters

    own = None if record is None else str(record)
    return CalibrationAnswer(calibrate_parameters(own, out, particles, options))


@takes_options(StudyOptions)
def backtest_forecasts(
    *,
    first: str = FIRST,
    last: str = LAST,
    every: int = 1,
    horizons: Sequence[int] = HORIZONS,
    n: int = EACH,
    phase_one: str = PHASE_ONE,
    parameters: str = FIXED,
    publish: bool = False,
    **options: Unpack[StudyOptions],
) -> BacktestAnswer:
    """Forecasts from past days, and scores it against the record and against simple baselines.

    Args:
        first: First month, `YYYY-MM`; a forecast is made on its eve.
        last: Last month.
        every: Months from one forecast to the next.
        horizons: Days from each forecast.
        n: Number of runs of each.
        phase_one: Whether the accord of 2020 `ended` with 2021, or was `in-force` until 2025.
        parameters: `fixed` for central values, `prior` or `posterior` to draw them; a posterior is
            learned anew for each year from the record before it.
        publish: Whether to write ledger and weights to `results/published` of a checkout.
        **options: See below; `sets`, `until`, `at`, `executor`, `scheduler` and `force` have no
            effect here.

    Raises:
        UsageError: An option is out of range, or the results folder cannot be used.
    """
    from sim.report.answers.forecasts.backtest import BacktestAnswer
    from sim.requests.forecasts.backtesting import backtest

    months = first, last, every
    found, files = backtest(months, horizons, n, phase_one, parameters, options, publish=publish)
    return BacktestAnswer(found, files)


@takes_options(Options)
def forecast(
    *questions: str,
    as_of: Day | None = None,
    file: str | Path | None = None,
    scenario: Scenario | None = None,
    record: str | Path | None = None,
    **options: Unpack[Options],
) -> ForecastAnswer:
    """Answers dated questions from the runs of the world on a day (see docs/questions.md).

    Args:
        *questions: Questions, e.g. `truce_in_force@2025-11-11`, `us_addon_pp@2025-12-31` or
            `calls@2025-11-30>=1 | truce_in_force@2025-11-11`.
        as_of: Day of their forecasts; by default the start of `scenario`.
        file: CSV file of more questions, with the columns `as_of` and `question`.
        scenario: Scenario that is the world on the day; by default the one shipped for it, or the
            record replayed up to the day.
        record: CSV file of acts to add to the record that is replayed.
        **options: See below; `until` and `at` follow from the questions, and `given`, `events`,
            `paths`, `precision` and its companions have no effect here.

    Raises:
        CheckFailedError: No run meets the conditions of the question.
        NotFoundError: There is no such scenario or file, or the question names something unknown.
        ScenarioError: The scenario or a change to it is wrong, or the file is no such table.
        UsageError: An option is out of range, or the question cannot be answered. Of several
            questions those that can be are answered.
    """
    from sim.report.answers.forecasts.forecast import ForecastAnswer
    from sim.requests.forecasts.forecasting import forecast_questions
    from sim.requests.forecasts.question_list import QuestionList

    return ForecastAnswer(
        forecast_questions(QuestionList(questions, as_of, file, _name(scenario), record), options)
    )


@takes_options(Options)
def freeze_forecast(
    *questions: str,
    to: str | Path,
    as_of: Day | None = None,
    file: str | Path | None = None,
    scenario: Scenario | None = None,
    record: str | Path | None = None,
    **options: Unpack[Options],
) -> FrozenAnswer:
    """Answers dated questions and writes the answers to a new file, dated and sealed by a hash.

    Args:
        *questions: As for `forecast`.
        to: File to write.
        as_of: As for `forecast`.
        file: As for `forecast`.
        scenario: As for `forecast`.
        record: As for `forecast`.
        **options: See below and `forecast`.

    Raises:
        SimError: As for `forecast`; a single question that cannot be answered suffices.
        UsageError: The file exists or cannot be written.
    """
    from sim.report.answers.forecasts.frozen import FrozenAnswer
    from sim.requests.forecasts.forecasting import freeze_questions
    from sim.requests.forecasts.question_list import QuestionList

    asked = QuestionList(questions, as_of, file, _name(scenario), record)
    return FrozenAnswer(Path(to), freeze_questions(asked, to, options))


@takes_options()
def score_forecast(
    file: str | Path, outcomes: str | Path | None = None, record: str | Path | None = None
) -> ScoreAnswer:
    """Scores a frozen file against what came.

    Args:
        file: File that `freeze_forecast` wrote.
        outcomes: CSV file with the columns `question` and `outcome` (1 or 0, a number or a day;
            empty if not known), and `as_of` if a question was asked on several days. Without
            it, what came is read off the record.
        record: CSV file of acts to add to the record, from which is decided what `outcomes` do not
            tell.

    Raises:
        CheckFailedError: The frozen file was changed after it was written.
        NotFoundError: There is no such file.
        ScenarioError: A file cannot be read, or an outcome is wrong.
    """
    from sim.report.answers.forecasts.frozen import ScoreAnswer
    from sim.requests.forecasts.scoring import score_file

    return ScoreAnswer(*score_file(file, outcomes, record))


@takes_options(Options)
def fork(
    scenario: Scenario,
    *,
    on: Day,
    do: str | Sequence[str],
    through: Day | None = None,
    full: bool = False,
    comparing: Progress | None = None,
    **options: Unpack[Options],
) -> ForkAnswer:
    """Changes one decision on a day and measures its effect, on the same random draws.

    Args:
        scenario: Name or path, or a stored result (`@latest`, the name of a folder).
        on: Day of the change.
        do: The change, e.g. `us.extend_truce=no`, `us.hike=20`, `tension=0.8`.
        through: Last day on which an action is prevented; by default the same day.
        full: Whether the page shows every outcome instead of those that differ most.
        comparing: Called with (done, total) of the runs repeated to find partings.
        **options: See below. A stored result accepts none that would change it.

    Raises:
        CheckFailedError: No run meets the condition of `given`, or a stored result cannot be
            reproduced.
        NotFoundError: There is no such scenario, result, act or number.
        ScenarioError: The scenario, a change to it or a decision is wrong.
        UsageError: An option is out of range, or a day lies outside the run.
    """
    from sim.report.answers.fork import ForkAnswer
    from sim.requests.fork import TurnRequest, fork_scenario

    turn = TurnRequest(on, do, through)
    return ForkAnswer(fork_scenario(str(scenario), turn, comparing, options), full)


@takes_options(Options)
def fork_run(
    scenario: Scenario,
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
        **options: See below. Those about batches have no effect here.

    Raises:
        CheckFailedError: A stored run cannot be reproduced.
        NotFoundError: There is no such scenario, result, run, act or number.
        ScenarioError: The scenario, a change to it or a decision is wrong.
        UsageError: An option is out of range, or a day lies outside the run.
    """
    from sim.report.answers.single_run import RunPairAnswer
    from sim.report.pages.compare.fork import fork_pair
    from sim.requests import fork as forks

    turn = forks.TurnRequest(on, do, through)
    return RunPairAnswer(fork_pair(*forks.fork_run(str(scenario), turn, replicate, options)))


@takes_options(Options)
def sweep(
    scenario: Scenario,
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
        **options: See below; `n` is the number of runs at each point of a grid, or the number
            of sampled points (default 256). `precision` and its companions, `given`, `events` and
            `paths` have no effect here.

    Raises:
        NotFoundError: There is no such scenario, input or outcome.
        ScenarioError: A point is not a valid scenario; no run was simulated.
        UsageError: An axis or an option cannot be read; no run was simulated.
    """
    from sim.report.answers.studies import SweepAnswer
    from sim.requests.studies import request_study, sweep_scenario

    study = request_study(str(scenario), options)
    sweep = sweep_scenario(study, axes, outcomes, sample, replicates, options)
    return SweepAnswer(sweep, study.start.resolved(), bool(outcomes))


@takes_options(StudyOptions)
def sensitivity(
    scenario: Scenario,
    factors: Axes = (),
    *,
    outcomes: Sequence[str] = (),
    n: int = 64,
    replicates: int = 16,
    screen: bool | None = None,
    top: int = 20,
    parameters: str = PRIOR,
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
        parameters: What parameters named without values are varied over: `prior` for their ranges,
            `posterior` for what the record tells about them, or the path of a posterior file. The
            parts of a posterior that go together are then varied apart.
        **options: See below.

    Raises:
        CheckFailedError: An outcome does not apply to every run.
        NotFoundError: There is no such scenario, input or outcome.
        ScenarioError: The scenario or a value is wrong; no run was simulated.
        UsageError: An option is out of range, or a library is missing.
    """
    from sim.report.answers.studies import SensitivityAnswer
    from sim.requests.studies import analyse_scenario, request_study

    study = request_study(str(scenario), options, parameters)
    size = {"n": n, "replicates": replicates, "top": top}
    return SensitivityAnswer(analyse_scenario(study, factors, outcomes, screen=screen, **size))


@takes_options(Options)
def game(
    scenario: Scenario,
    *,
    us: str | Sequence[Scenario] = ("hawk", "dealmaker"),
    cn: str | Sequence[Scenario] = ("measured", "matching"),
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
        examine: Number of runs of the leading pair in which to examine, at each meeting, the
            clauses to be had and the bundle proposed, at most `n`; 0 to skip.
        solving: Called with (done, total) resampled games.
        replaying: Called with (done, total) of the runs examined.
        **options: See below; `precision` and its companions, `given`, `events` and `paths` have
            no effect here.

    Raises:
        CheckFailedError: A payoff does not apply to every run.
        NotFoundError: There is no such scenario, strategy or outcome.
        ScenarioError: The scenario or a strategy is wrong; no run was simulated.
        UsageError: An option is out of range, or a library is missing; no run was simulated.
    """
    from sim.report.answers.game import GameAnswer
    from sim.requests.game import play_strategies
    from sim.requests.studies import request_study

    study, payoffs = request_study(str(scenario), options), (us_payoff, cn_payoff)
    listeners = (solving, replaying)
    return GameAnswer(play_strategies(study, _names(us, cn), payoffs, examine, listeners, options))


@takes_options(Options)
def write_report(
    *words: Scenario | RunAnswer,
    file: str | Path | None = None,
    brief: bool = False,
    slices: bool = True,
    outcomes: Sequence[str] = (),
    sample: str | None = None,
    replicates: int | None = None,
    comparing: Progress | None = None,
    slicing: Progress | None = None,
    drawing: Progress | None = None,
    **options: Unpack[Options],
) -> ReportAnswer:
    """Writes a run, a comparison or a sweep as one HTML page, or a run as a brief of one A4 page;
    simulates whatever is not stored.

    Args:
        *words: A scenario, a stored result or an answer of `run`; several of them to compare; or a
            scenario and the inputs to vary, as for `sweep`.
        file: File to write; by default a new file in the results folder. That of a brief ends in
            `.pdf`, or in `.html`; without a Chromium to print it, it is HTML.
        brief: For a run, whether to write a brief; for a comparison, see `compare`.
        slices: Whether the page of a run at central values has its five most telling inputs to
            move; that takes compiled code and some twenty times the runs.
        outcomes: See `sweep`.
        sample: See `sweep`.
        replicates: See `sweep`.
        comparing: Called with (done, 100) during a comparison.
        slicing: Called with (done, total) runs of those settings.
        drawing: Called with (done, total) charts.
        **options: See below; an option has the effect it has for `run`, `compare` or `sweep`.

    Raises:
        CheckFailedError: No run meets the condition of `given`.
        NotFoundError: There is no such scenario, result, input or outcome.
        ScenarioError: A scenario or a change to it is wrong.
        UsageError: An option is out of range or has no effect here, a library is missing, or the
            file exists and is not a page of this program, or cannot be written.
    """
    from sim.report.answers.report import ReportAnswer
    from sim.requests.report import ReportOptions, write_page

    own = ReportOptions(
        brief=brief, slices=slices, outcomes=outcomes, sample=sample, replicates=replicates
    )
    listeners = {"comparing": comparing, "slicing": slicing, "drawing": drawing}
    written = write_page(_batches(words), file, own, options, **listeners)
    return ReportAnswer(*written)


@takes_options(Options)
def serve_page(
    *scenarios: Scenario,
    host: str = "127.0.0.1",
    port: int = 8730,
    token: str | None = None,
    opened: Note = print,
    **options: Unpack[Options],
) -> None:
    """Serves a page on this machine on which a reader changes a scenario and sees the answer
    change, until it is interrupted.

    Args:
        *scenarios: Names or paths to offer beside the shipped scenarios; the first is shown first.
        host: Address to answer on. Beyond the loopback interface, the page asks for a token.
        port: Port to answer on; 0 for any that is free.
        token: Token to ask for; None for one made here where one is needed.
        opened: Called with the address, token included, once the page answers.
        **options: See below; only `n`, `seed`, `workers`, `results`, `note` and `waiting` have an
            effect here.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: A scenario is wrong.
        UsageError: An option is out of range, the port is taken, or a library is missing.
    """
    from sim.serve.libraries import check_serving

    check_serving()
    from sim.serve.server import Place, serve

    serve(tuple(map(str, scenarios)), Place(host, port, token or ""), options, opened)


@takes_options(WorldOptions)
def trace(
    scenario: Scenario,
    *,
    replicate: int = 0,
    seed: int | None = None,
    waits: bool = False,
    news: bool = False,
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
        news: Whether to tell the run as two papers would, one of each country, day by day.
        results: Folder for results.
        **changes: See below; a stored result accepts none.

    Raises:
        CheckFailedError: A stored run cannot be reproduced.
        NotFoundError: There is no such scenario, result or run.
        ScenarioError: The scenario or a change to it is wrong.
        UsageError: The seed is out of range, or the papers are asked for decisions to do nothing.
    """
    from sim.report.answers.single_run import TraceAnswer
    from sim.requests.single_run import check_reading, trace_run

    check_reading(waits=waits, news=news)
    return TraceAnswer(trace_run(str(scenario), replicate, seed, results, changes), waits, news)


@takes_options(ImpactOptions)
def impact(
    us: float | None = None,
    cn: float | None = None,
    *,
    regions: bool = False,
    **options: Unpack[ImpactOptions],
) -> ImpactAnswer:
    """Calculates the effects of tariffs, without simulating the negotiation: of a pair of add-ons,
    or of a schedule of duties over time.

    Args:
        us: Percentage points of duty on Chinese goods that the US adds to those of 20 January 2025,
            0 to 1000; 0 if only `cn` is given.
        cn: Percentage points that China adds on US goods; 0 if only `us` is given.
        regions: Whether the page shows long-run real income and exports by region.
        **options: See below. A schedule, `path`, takes the place of `us` and `cn`.

    Raises:
        NotFoundError: There is no such sector or file.
        ScenarioError: A schedule or a change to a number is wrong.
        UsageError: A number or a day cannot be used, or the options contradict each other.
    """
    from sim.report.answers.tariffs import ImpactAnswer
    from sim.requests.impact import work_out

    return ImpactAnswer(work_out(us, cn, options), regions=regions)


@takes_options()
def duty_template() -> str:
    """Returns a schedule of duties to fill in and pass to `impact`, as the text of a CSV file."""
    from sim.requests.impact import template

    return template()


@takes_options()
def catalogue() -> ScenarioListAnswer:
    """Returns the shipped scenarios and those in the current folder, with their questions."""
    from sim.report.answers.scenarios import ScenarioListAnswer
    from sim.requests.scenarios import own_scenarios, shipped

    return ScenarioListAnswer(shipped(), own_scenarios())


@takes_options()
def scenarios() -> list[str]:
    """Returns the names of the shipped scenarios."""
    from sim.scenario.shipped import names

    return names()


@takes_options(WorldOptions)
def world(name: Scenario, **changes: Unpack[WorldOptions]) -> ScenarioAnswer:
    """Returns a scenario as it will run.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: The scenario or a change to it is wrong.
    """
    from sim.report.answers.scenarios import ScenarioAnswer
    from sim.requests.scenarios import scenario_notes

    return ScenarioAnswer(resolve(str(name), changes), scenario_notes(str(name)))


@takes_options(WorldOptions)
def explain_scenario(
    name: Scenario, *, only: str = "", full: bool = False, **changes: Unpack[WorldOptions]
) -> ExplanationAnswer:
    """Returns the numbers behind a scenario, with unit, kind and source.

    Args:
        name: Name or path.
        only: A section, or words to find in names and meanings; empty for every number.
        full: Whether the page shows every number instead of the sections there are.
        **changes: See below.

    Raises:
        NotFoundError: There is no such scenario, or no number with these words.
        ScenarioError: The scenario or a change to it is wrong.
    """
    from sim.report.answers.scenarios import ExplanationAnswer
    from sim.requests.scenarios import numbers_of

    resolved = resolve(str(name), changes)
    return ExplanationAnswer(resolved, numbers_of(resolved, only, full=full))


@takes_options()
def check_scenarios(names: Sequence[Scenario]) -> CheckAnswer:
    """Checks scenario files and reports all errors in them at once.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: At least one of them is wrong.
    """
    from sim.report.answers.scenarios import CheckAnswer
    from sim.requests.scenarios import check_files

    return CheckAnswer(check_files(tuple(map(str, names))))


@takes_options()
def new_scenario(path: str | Path, *, base: Scenario = "october-2025-apec") -> NewScenarioAnswer:
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

    return NewScenarioAnswer(write_new(path, str(base)), str(base))


@takes_options()
def schema() -> dict[str, Any]:
    """Returns the JSON Schema of scenario files."""
    from sim.scenario.schema import editor_schema

    return editor_schema()


@takes_options()
def explain_parameters(beginning: str | None = None) -> ParametersAnswer:
    """Returns parameters with meaning, value, range and source.

    Args:
        beginning: A name, the beginning of one or more names, or words in names and meanings; None
            for all.

    Raises:
        NotFoundError: No name begins like that, and none has these words.
    """
    from sim.report.answers.scenarios import ParametersAnswer
    from sim.requests.scenarios import parameter_rows

    return ParametersAnswer(parameter_rows(beginning))


@takes_options()
def audit() -> AuditAnswer:
    """Counts the parameters of all scenarios by kind of source and reports errors."""
    from sim.report.answers.scenarios import AuditAnswer
    from sim.requests.scenarios import audit_shipped

    return AuditAnswer(audit_shipped())


@takes_options()
def record(
    *,
    first: Day | None = None,
    last: Day | None = None,
    actor: str | None = None,
    kind: str | None = None,
    file: str | Path | None = None,
) -> RecordAnswer:
    """Returns acts of both governments on record since April 2017, by day.

    Args:
        first: First day; by default that of the record.
        last: Last day; by default that of the record.
        actor: `us`, `cn`, or `both` for what the two do together; by default all.
        kind: `hike`, `threat`, `cut`, `control`, `ease`, `round`, `contact`, `truce` or `pledge`;
            by default all.
        file: CSV file of acts that are added to the record (see `record_template`).

    Raises:
        NotFoundError: There is no such file.
        ScenarioError: The file is wrong; the error lists every problem in it.
        UsageError: There is no such side or act, or a day is none.
    """
    from sim.report.answers.scenarios import RecordAnswer
    from sim.requests.scenarios import acts_between

    path = None if file is None else Path(file)
    return RecordAnswer(*acts_between(first, last, actor, kind, path), str(file or ""))


@takes_options()
def check_record(file: str | Path) -> RecordCheckAnswer:
    """Checks a file of acts that are added to the record, and counts them by type.

    Raises:
        NotFoundError: There is no such file.
        ScenarioError: The file is wrong; the error lists every problem in it.
    """
    from sim.history.act_table import added_acts
    from sim.report.answers.scenarios import RecordCheckAnswer

    return RecordCheckAnswer(str(file), added_acts(Path(file)))


@takes_options()
def record_template() -> str:
    """Returns a table of acts to fill in and add to the record, as the text of a CSV file."""
    from sim.history.act_template import template

    return template()


@takes_options()
def validate_economy() -> ValidationAnswer:
    """Checks the trade model against published figures, each with its tolerance and source."""
    from sim.experiment.tariffs.checks import verdicts
    from sim.experiment.tariffs.replay import central_replay
    from sim.report.answers.tariffs import ValidationAnswer

    return ValidationAnswer(verdicts(), central_replay())


@takes_options(StudyOptions)
def validate_behaviour(
    *, n: int = WINDOW_RUNS, parameters: str = FIXED, **options: Unpack[StudyOptions]
) -> BehaviourAnswer:
    """Compares what the two governments do in runs with what they did, by administration.

    Args:
        n: Number of runs of each window of a year.
        parameters: `fixed` for central values, `prior` or `posterior` to draw them, or the path of
            a posterior file.
        **options: See below; only `seed`, `engine`, `progress` and `waiting` have an effect here.

    Raises:
        UsageError: An option is out of range.
    """
    from sim.report.answers.forecasts.behaviour import BehaviourAnswer
    from sim.requests.forecasts.behaviour import compare_behaviour

    return BehaviourAnswer(compare_behaviour(n, parameters, options))


@takes_options()
def publish(
    message: str | None = None,
    *,
    workers: int | None = None,
    results: str | Path | None = None,
    progress: Progress | None = None,
    note: Note | None = None,
    waiting: Waiting | None = None,
) -> PublicationAnswer:
    """Plays every shipped scenario and rewrites the tables in `results/published` of a checkout.

    Args:
        message: Why the results change, a line for the changelog. Without one, nothing is written
            if a figure moved beyond Monte Carlo error.
        workers: Number of workers; None for an automatic choice.
        results: Folder for the runs; else $DETENTE_RESULTS, else ./results.
        progress: Progress callback; receives (done, total).
        note: Callback for notes; receives a sentence.
        waiting: Callback for slow steps; see `run`.

    Raises:
        ScenarioError: A scenario is wrong, or a published table cannot be read.
        UsageError: The program is not that of a checkout, the message is not one line, or a file
            cannot be written.
    """
    from sim.experiment.publication.checkout import find_checkout
    from sim.experiment.publication.publication import publish
    from sim.report.answers.store import PublicationAnswer
    from sim.requests.options import means_of
    from sim.requests.scenarios import shipped

    checkout = find_checkout()
    options: StudyOptions = {
        "workers": workers,
        "results": results,
        "progress": progress,
        "note": note,
        "waiting": waiting,
    }
    return PublicationAnswer(publish(shipped(), means_of(options), checkout, message))


@takes_options()
def stored(
    results: str | Path | None = None, *, sort: str = "date", most: int | None = None
) -> StoreAnswer:
    """Returns the stored studies with their headline figures, and sampled sweeps.

    Args:
        results: Folder for results.
        sort: `date` (newest first), `scenario`, `runs` (most first), or a headline figure such as
            `truce_in_force`, `path_class=conflict` or `us_addon_pp` (largest first).
        most: Number of studies, from the first; None for all.

    Raises:
        UsageError: There is no such figure, or the results folder cannot be used.
    """
    from sim.report.answers.store import StoreAnswer
    from sim.requests.store import studies

    return StoreAnswer(studies(results, sort, most))


@takes_options()
def diff(a: Scenario, b: Scenario, results: str | Path | None = None) -> StudyDifferenceAnswer:
    """Compares two stored studies: inputs, settings, versions, headline figures.

    Args:
        a: Name of its folder, its id, the beginning of either, `@latest` or `@1`.
        b: The other study.
        results: Folder for results.

    Raises:
        NotFoundError: No result, or more than one, matches a reference.
        UsageError: A file of a result is missing, damaged, or of no known form.
    """
    from sim.report.answers.store import StudyDifferenceAnswer
    from sim.requests.store import difference

    return StudyDifferenceAnswer(difference(str(a), str(b), results))


@takes_options(StudyOptions)
def rerun(reference: Scenario, **options: Unpack[StudyOptions]) -> RerunAnswer:
    """Runs the inputs of a stored study again with this version of the model, and compares.

    Args:
        reference: As for `load`.
        **options: See below; the changes and the seed are those of the study, so that `presets`,
            `sets`, `until`, `at` and `seed` have no effect here.

    Raises:
        NotFoundError: No result, or more than one, matches the reference.
        UsageError: A file of the result is missing or damaged, an option is out of range, or the
            results folder cannot be used.
    """
    from sim.report.answers.store import RerunAnswer
    from sim.requests.store import play_again

    return RerunAnswer(play_again(str(reference), options))


@takes_options()
def load(reference: Scenario, results: str | Path | None = None) -> RunAnswer:
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

    return RunAnswer(*read_result(str(reference), results))


@takes_options()
def write_csv(reference: Scenario, stream: IO[str], results: str | Path | None = None) -> None:
    """Writes the outcomes of a stored result as CSV, one line per run, whichever version made it.

    Raises:
        NotFoundError: No result, or more than one, matches the reference.
    """
    from sim.requests.store import write_outcomes

    write_outcomes(str(reference), stream, results)


@takes_options()
def remove(reference: Scenario, results: str | Path | None = None) -> RemovalAnswer:
    """Removes a stored result or a sampled sweep, named in full, by its id or as `@latest`.

    Raises:
        NotFoundError: No result, or more than one, matches the reference.
        UsageError: The folder cannot be changed.
    """
    from sim.report.answers.store import RemovalAnswer
    from sim.requests.store import remove_result

    return RemovalAnswer(remove_result(str(reference), results))


@takes_options()
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


def _batches(words: Sequence[Scenario | RunAnswer]) -> list[str | Batch]:
    """Returns names and paths as text, and the batch of each answer of `run`."""
    return [str(word) if isinstance(word, str | Path) else word.batch for word in words]


def _name(scenario: Scenario | None) -> str | None:
    """Returns a name or a path as text."""
    return None if scenario is None else str(scenario)


def _names(us: str | Sequence[Scenario], cn: str | Sequence[Scenario]) -> Any:
    """Returns the strategies of both sides as text."""
    return tuple(own if isinstance(own, str) else tuple(map(str, own)) for own in (us, cn))
