"""Requests for forecasts: one batch for each day, and the answers read from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sim.backtest.backtests.published import published_weights
from sim.backtest.conditioning.multipliers import conditioned, multipliers
from sim.backtest.forecasts.frozen_file import FrozenFile, freeze
from sim.backtest.recorded.base_rates import base_rate
from sim.errors import SimError, UsageError
from sim.experiment.inputs.as_of import replayed_world, shipped_for
from sim.experiment.inputs.posterior import check_hindsight, learned, posterior_named
from sim.experiment.inputs.resolution import resolve
from sim.experiment.outcomes.forecasts import DatedForecast, MixingBase, forecast
from sim.experiment.outcomes.questions import RunQuestion, UnansweredQuestion, refused
from sim.experiment.runs.batch import Batch
from sim.experiment.runs.defaults import PER_VECTOR, RUNS
from sim.experiment.store.disk import check_new
from sim.history.act_table import record_with
from sim.history.acts import RecordedAct
from sim.requests.forecasts.question_list import PlacedQuestion, QuestionList
from sim.requests.options import Options, changes_of, drawing_in, means_of, pairs
from sim.requests.run import BatchRequest
from sim.scenario.resolved_scenario import Resolved


@dataclass(frozen=True, slots=True)
class DayRequest:
    """Request for the forecasts of one day.

    Attributes:
        questions: The questions.
        batch: Request for the runs that answer them.
    """

    questions: tuple[PlacedQuestion, ...]
    batch: BatchRequest


def forecast_questions(
    asked: QuestionList, options: Options
) -> tuple[DatedForecast | UnansweredQuestion, ...]:
    """Answers questions, each from the runs of the world on its day, in the order typed.

    Everything is checked before anything is run. A question that cannot be answered does not stop
    the others.

    Raises:
        NotFoundError: There is no such scenario or file, or no question can be answered.
        ScenarioError: The scenario or a change to it is wrong, or a file is no table of questions.
        UsageError: An option is out of range, or no question can be answered.
    """
    rows = asked.read(options)
    acts = record_with(None if asked.record is None else Path(asked.record))
    answers: dict[int, DatedForecast | UnansweredQuestion] = {
        place: row for place, row in enumerate(rows) if isinstance(row, UnansweredQuestion)
    }
    groups: dict[date, list[int]] = {}
    for place, row in enumerate(rows):
        if isinstance(row, PlacedQuestion):
            groups.setdefault(row.origin, []).append(place)
    requests: dict[date, DayRequest] = {}
    for origin, places in groups.items():
        questions = [row for p in places if isinstance(row := rows[p], PlacedQuestion)]
        try:
            requests[origin] = _day_request(asked, origin, questions, options)
        except SimError as error:
            if asked.file is None:
                raise
            answers |= {p: q.unanswered(error) for p, q in zip(places, questions, strict=True)}
    for number, (origin, request) in enumerate(requests.items()):
        batch = request.batch.play(number, len(requests))
        answered = [_answer(question, batch, acts) for question in request.questions]
        answers |= dict(zip(groups[origin], answered, strict=True))
    found = tuple(answers[place] for place in range(len(rows)))
    wrong = [each for each in found if isinstance(each, UnansweredQuestion)]
    if len(wrong) == len(found):
        raise refused(wrong, len(found))
    return found


def freeze_questions(asked: QuestionList, path: str | Path, options: Options) -> FrozenFile:
    """Answers questions and writes the answers to a new file that cannot be changed unnoticed.

    Raises:
        SimError: As for `forecast_questions`; a single question that cannot be answered suffices.
        UsageError: The file exists or cannot be written.
    """
    target = Path(path)
    check_new(target, "the file of a frozen forecast")
    found = forecast_questions(asked, options)
    wrong = [each for each in found if isinstance(each, UnansweredQuestion)]
    if wrong:
        raise refused(wrong, len(found))
    return freeze([each for each in found if isinstance(each, DatedForecast)], target)


def _day_request(
    asked: QuestionList, origin: date, placed: Sequence[PlacedQuestion], options: Options
) -> DayRequest:
    """Returns the request for the questions of one day, whose run ends on the last day asked for
    and reports on all."""
    questions = [each.question for each in placed]
    last = max(day for question in questions if (day := question.last_day))
    at = sorted({day for question in questions for day in question.days})
    own: Options = {
        "n": options.get("n", RUNS),
        "parameters": drawing_in(options),
        "per_vector": options.get("per_vector", PER_VECTOR),
        "events": any(question.needs_events for question in questions),
        "paths": "none",
    }
    world = _world(asked, origin, options, last, at)
    return DayRequest(tuple(placed), BatchRequest(world, (), means_of(options), own))


def _world(
    asked: QuestionList, origin: date, options: Options, until: date, at: Sequence[date]
) -> Resolved:
    """Returns the world on the day of a forecast, under the posterior asked for, if one is."""
    mode = drawing_in(options)
    check_hindsight(posterior_named(mode), origin)
    name = asked.scenario
    if name is None and asked.record is None:
        name = shipped_for(origin)
    if name is not None:
        sets = changes_of(name, options)
        return learned(_written(asked, name, origin, sets, until, at), mode)
    if options.get("presets"):
        raise UsageError(
            "--preset: a preset belongs to a scenario file, and the world of this day is replayed "
            "from the record; name the file with --scenario, or use --set"
        )
    sets = pairs(options.get("sets", ()))
    acts = record_with(None if asked.record is None else Path(asked.record))
    world = replayed_world(origin, sets=sets, until=until, at=at, acts=acts)
    world = learned(world, mode, [key for key, _ in sets])
    return conditioned(world, multipliers(acts, origin.toordinal(), posterior=world.posterior))


def _written(
    asked: QuestionList,
    scenario: str,
    origin: date,
    sets: Sequence[tuple[str, str]],
    until: date,
    at: Sequence[date],
) -> Resolved:
    """Returns a scenario that says itself how things stand on the day of a forecast."""
    if asked.record is not None:
        raise UsageError(
            f"--record: {scenario} says itself how things stand; leave out --scenario to replay "
            "the record up to --as-of, or leave out --record"
        )
    start = date.fromordinal(resolve(scenario, sets=sets).start)
    if start != origin:
        raise UsageError(
            f"--scenario {scenario}: starts on {start}, and the forecast is of {origin}; leave out "
            f"--as-of, or set it to {start}"
        )
    return resolve(scenario, sets=sets, until=until, at=at)


def _answer(
    placed: PlacedQuestion, batch: Batch, acts: tuple[RecordedAct, ...]
) -> DatedForecast | UnansweredQuestion:
    question, origin = placed.question, placed.origin
    try:
        answer = forecast(question, batch)
    except SimError as error:
        return placed.unanswered(error)
    base = _mixing_base(question, origin, acts) if question.events else None
    return DatedForecast(origin, question, answer, batch, base)


def _mixing_base(question: RunQuestion, origin: date, acts: tuple[RecordedAct, ...]) -> MixingBase:
    """Returns what the probability of events is mixed with."""
    base = base_rate(question, origin, acts)
    if base.value is None or question.last_day is None:
        return MixingBase(None, base.reason, 1.0)
    ahead = (question.last_day - origin).days
    shipped = published_weights()
    weight = shipped.weight(origin.toordinal(), ahead)
    return MixingBase(base.value, "", weight, shipped.note)
