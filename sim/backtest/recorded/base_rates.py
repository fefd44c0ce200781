"""Base rates: how often the record up to a day lets one expect what a question asks.

Acts and events come at a rate that drifts (see `rates.drifting_rate`, of which this is the whole
distribution of their number). Facts, such as a truce in force or a duty above a level, are a chain
of two states, fitted to every day of the record (see `chains.state_in_force`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from scipy.stats import nbinom

from sim.backtest.baselines.chains import state_in_force
from sim.backtest.baselines.rates import drifting_posterior
from sim.backtest.baselines.records import EventRecord
from sim.backtest.recorded.facts import facts, is_fact, mornings
from sim.backtest.recorded.matching_acts import days_of, matches_of
from sim.experiment.inputs.as_of import last_day_of, recorded_base
from sim.experiment.outcomes.conditions import Condition
from sim.experiment.outcomes.event_days import Kind
from sim.experiment.outcomes.questions import RunQuestion
from sim.experiment.stats.intervals import Floats
from sim.history.acts import FIRST_DAY, RecordedAct

LARGEST_COUNT: Final = 1000
"""Numbers of acts beyond which nothing is added up: the rarest have less than a millionth."""

NEARLY: Final = 0.001
"""Distance of a base rate from 0 and 1 at least: eight years of record cannot show that a thing
never comes."""


@dataclass(frozen=True, slots=True)
class BaseRate:
    """Base rate of a question.

    Attributes:
        value: Probability, strictly between 0 and 1; None if there is none.
        reason: Why there is none, empty if there is one.
    """

    value: float | None
    reason: str = ""


def base_rate(question: RunQuestion, origin: date, acts: tuple[RecordedAct, ...]) -> BaseRate:
    """Returns the base rate of a question about events, as known on a day.

    Args:
        question: The question, with what it counts beginning after the day.
        origin: The day.
        acts: The record; what lies after the day is not looked at.
    """
    if question.given:
        return BaseRate(None, "the record has too few cases in which its condition held")
    if len(question.events) != 1:
        return BaseRate(None, "several things together have no frequency of their own on record")
    day = origin.toordinal()
    last = last_day_of(acts)
    if not recorded_base(last).start < day <= last:
        return BaseRate(None, f"the record does not reach {origin}")
    (condition,) = question.events
    if matches_of(condition.what) is not None:
        return _bounded(_of_acts(condition, day, acts))
    if isinstance(condition.what, Kind) or not is_fact(condition.what):
        return BaseRate(None, "it is no fact of which the record has each day")
    if condition.what.unit == "date":
        return BaseRate(None, "a calendar day comes once")
    return _bounded(_of_facts(condition, day, acts))


def _bounded(value: float) -> BaseRate:
    return BaseRate(min(max(value, NEARLY), 1.0 - NEARLY))


def _of_acts(condition: Condition, origin: int, acts: tuple[RecordedAct, ...]) -> float:
    matches = matches_of(condition.what)
    assert matches is not None
    assert condition.day is not None
    record = EventRecord.known(days_of(acts, matches), FIRST_DAY, origin)
    since = date.fromisoformat(condition.since).toordinal() if condition.since else origin
    numbers = np.arange(LARGEST_COUNT, dtype=np.float64)
    chances = count_chances(record, condition.day.toordinal() - since)
    counted = not isinstance(condition.what, Kind) and condition.what.kind == "number"
    held = condition.holds(numbers if counted else np.minimum(numbers, 1.0))
    return float(chances[held].sum())


def count_chances(record: EventRecord, horizon: int) -> Floats:
    """Returns the probabilities of 0, 1, 2, ... events within the horizon at a drifting rate, shape
    (LARGEST_COUNT,): a Poisson number whose rate has the gamma posterior of `drifting_rate`, which
    is negative binomial."""
    shape, days = drifting_posterior(record)
    numbers = np.arange(LARGEST_COUNT)
    return np.asarray(nbinom.pmf(numbers, shape, days / (days + horizon)))


def _of_facts(condition: Condition, origin: int, acts: tuple[RecordedAct, ...]) -> float:
    assert condition.day is not None
    last = last_day_of(acts)
    place = [fact.name for fact in facts()].index(condition.what.name)
    first = recorded_base(last).start
    # What stands on an evening is seen on the next morning.
    evenings = mornings(acts, last)[1 : origin - first + 2, place]
    return state_in_force(condition.holds(evenings), condition.day.toordinal() - origin)
