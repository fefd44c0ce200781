"""Requests for scores: a frozen file, and what came, as a user tells it or the record does."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from sim.backtest.forecasts.frozen_file import FrozenFile, FrozenForecast, read_frozen
from sim.backtest.forecasts.scored_forecasts import ScoredForecast, score
from sim.backtest.recorded.decisions import decide
from sim.errors import Problem, ScenarioError, SimError, nearest
from sim.experiment.outcomes.questions import asked_on, read_question
from sim.history.act_table import record_with
from sim.history.acts import RecordedAct
from sim.history.text_files import shown
from sim.history.user_table import NOT_THE_FIELDS, TableShape, table_in_file

SHAPE: Final = TableShape(
    "a list of outcomes",
    "each row tells what came of a question",
    required=("question", "outcome"),
    optional=("as_of",),
)
_TRUTH: Final = {"1": 1.0, "yes": 1.0, "true": 1.0, "0": 0.0, "no": 0.0, "false": 0.0}

Key = tuple[str, str]
"""Day of a forecast and the shortest spelling of its question."""


class _CellFault(ValueError):
    """A row that cannot be used."""


def score_file(
    path: str | Path, outcomes: str | Path | None = None, record: str | Path | None = None
) -> tuple[FrozenFile, tuple[ScoredForecast, ...]]:
    """Scores the forecasts of a frozen file against what came.

    Args:
        path: The frozen file.
        outcomes: CSV file of what came, with the columns `question` and `outcome`, and `as_of` if a
            question was asked on several days; None without.
        record: CSV file of acts to lay over the shipped record, from which is decided what the
            outcomes do not tell, as far as it can be. Without either file the shipped record
            decides.

    Raises:
        CheckFailedError: The frozen file was changed after it was written.
        NotFoundError: There is no such file.
        ScenarioError: A file cannot be read; the error lists every fault in it.
    """
    frozen = read_frozen(Path(path))
    known = {} if outcomes is None else _read_outcomes(Path(outcomes), frozen.forecasts)
    lays = outcomes is None or record is not None
    acts = record_with(None if record is None else Path(record)) if lays else None
    return frozen, tuple(_scored(each, known, acts) for each in frozen.forecasts)


def _scored(
    forecast: FrozenForecast, known: dict[Key, float], acts: tuple[RecordedAct, ...] | None
) -> ScoredForecast:
    """Returns a forecast scored by what is told, else by what the record decides, if any."""
    told = known.get(_key(forecast))
    if told is not None or acts is None:
        return score(forecast, told, "" if told is not None else "no outcome is told")
    try:
        question = asked_on(read_question(forecast.question), forecast.as_of)
    except SimError as error:
        return score(forecast, None, f"this version cannot read it: {error}")
    found = decide(question, forecast.as_of, acts)
    return score(forecast, found.value, found.reason)


def _read_outcomes(path: Path, forecasts: Iterable[FrozenForecast]) -> dict[Key, float]:
    """Returns the outcomes that are known."""
    name = shown(path)
    frozen = {_key(each): each for each in forecasts}
    found: dict[Key, float] = {}
    lines: dict[Key, int] = {}
    problems = []
    for line, cells in table_in_file(path, SHAPE, "--outcomes"):
        try:
            if not cells:
                raise _CellFault(NOT_THE_FIELDS)
            for key in _meant(cells, frozen):
                if lines.setdefault(key, line) != line:
                    raise _CellFault(f"{key[1]} is told already ({name}:{lines[key]}); keep one")
                if cells["outcome"].strip():
                    found[key] = _outcome(cells["outcome"].strip(), frozen[key])
        except _CellFault as error:
            problems.append(Problem(f"{name}:{line}", 0, 0, "", str(error)))
    if problems:
        raise ScenarioError(problems)
    return found


def _key(forecast: FrozenForecast) -> Key:
    return forecast.as_of.isoformat(), _spelling(forecast.question)


def _spelling(text: str) -> str:
    """Returns a question in its shortest spelling; as typed if this version cannot read it."""
    try:
        return read_question(text).spelling
    except SimError:
        return " ".join(text.split())


def _meant(cells: dict[str, str], frozen: dict[Key, FrozenForecast]) -> list[Key]:
    """Returns the forecast that a row is about."""
    question, as_of = _spelling(cells["question"]), cells.get("as_of", "").strip()
    keys = [key for key in frozen if key[1] == question]
    if not keys:
        hint = nearest(question, [spelling for _, spelling in frozen])
        raise _CellFault(f"the frozen file has no question {question!r}{hint}")
    of_day = [key for key in keys if not as_of or key[0] == as_of]
    days = ", ".join(day for day, _ in keys)
    if not of_day:
        raise _CellFault(f"{question} was not asked on {as_of}, but on {days}")
    if len(of_day) > 1:
        raise _CellFault(f"{question} was asked on {days}; say which in a column as_of")
    return of_day


def _outcome(text: str, forecast: FrozenForecast) -> float:
    """Returns an outcome as a number: 1 or 0 for an event, the ordinal of a day."""
    if forecast.probability is not None:
        if text.lower() not in _TRUTH:
            raise _CellFault(f"{text!r} is neither 1 (it came) nor 0 (it did not)")
        return _TRUTH[text.lower()]
    if forecast.unit == "date":
        try:
            return float(date.fromisoformat(text).toordinal())
        except ValueError:
            raise _CellFault(f"{text!r} is not a day; write it as YYYY-MM-DD") from None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _CellFault(f"{text!r} is not a number ({forecast.unit})")
    return number
