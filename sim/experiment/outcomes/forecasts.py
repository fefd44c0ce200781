"""Forecasts: the probability of an event, or the distribution of a quantity, over a batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.experiment.outcomes.conditions import narrowed
from sim.experiment.outcomes.questions import RunQuestion
from sim.experiment.outcomes.readings import RunReading
from sim.experiment.stats import intervals
from sim.experiment.stats.intervals import Estimate, Flags, Floats
from sim.experiment.stats.json_form import finite, interval
from sim.experiment.stats.luck import ignorance_range
from sim.model.outcomes.outcome import Outcome

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch

QUANTILES: Final = {
    "p05": 0.05,
    "p10": 0.10,
    "p25": 0.25,
    "p50": 0.50,
    "p75": 0.75,
    "p90": 0.90,
    "p95": 0.95,
}
MEMBERS: Final = 200
"""Values that stand for a distribution when it is scored: the score of a distribution of 2,000 runs
changes by less than its luck."""


HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class EventForecast:
    """Probability that conditions hold.

    Attributes:
        probability: Share of the runs that count, with its 95% interval: of luck, and of the
            parameters too if they were drawn.
        moves_between: Range of the probability over the middle 90% of drawn parameters; None with
            fixed ones.
        n: Runs that count.
        of: Runs played.
    """

    probability: Estimate
    moves_between: tuple[float, float] | None
    n: int
    of: int

    def to_json(self) -> dict[str, Any]:
        """Returns the probability and what it rests on, as JSON holds them."""
        moves = self.moves_between
        told: dict[str, Any] = {
            "probability": finite(self.probability.value),
            "interval": interval(self.probability),
        }
        if moves is not None:
            told["moves_between"] = [finite(end) for end in moves]
        return told | {"n": self.n, "of": self.of}


@dataclass(frozen=True, slots=True)
class QuantityForecast:
    """Distribution of a number.

    Attributes:
        unit: Its unit, a key of `sim.units.UNITS`; days are ordinals.
        step: Finest step in which it is printed.
        quantiles: Name (p05) -> quantile over the runs to which the number applies; NaN if there
            are none.
        members: `MEMBERS` equally likely values that stand for the distribution, in order.
        n: Runs to which the number applies.
        of: Runs that count.
    """

    unit: str
    step: float
    quantiles: Mapping[str, float]
    members: tuple[float, ...]
    n: int
    of: int

    def to_json(self) -> dict[str, Any]:
        """Returns the quantiles and what they rest on, as JSON holds them; days as ISO text."""
        dated = self.unit == "date"
        quantiles = {name: finite(value, dated=dated) for name, value in self.quantiles.items()}
        return {"quantiles": quantiles, "unit": self.unit, "n": self.n, "of": self.of}


@dataclass(frozen=True, slots=True)
class MixingBase:
    """What the probability of an event is mixed with.

    Attributes:
        rate: Base rate, strictly between 0 and 1; None if there is none.
        reason: Why there is none; empty if there is one.
        weight: Weight of the runs in the mixture; 1 without a base rate.
        note: What is to be said of the weight; empty if nothing.
    """

    rate: float | None
    reason: str
    weight: float
    note: str = ""

    def mixed(self, raw: EventForecast) -> EventForecast:
        """Returns a forecast mixed with the base rate: the opinion pool of Stone (1961), end by
        end. Without one, the share of the runs with half a run added for and half against
        (Jeffreys), so that no probability is 0 or 1."""
        weight, rate = self.weight, self.rate
        if rate is None:
            weight, rate = raw.n / (raw.n + 1.0), HALF
        base = (1.0 - weight) * rate

        def pooled(share: float) -> float:
            return weight * share + base

        found = raw.probability
        moves = raw.moves_between
        return replace(
            raw,
            probability=Estimate(pooled(found.value), pooled(found.low), pooled(found.high)),
            moves_between=None if moves is None else (pooled(moves[0]), pooled(moves[1])),
        )


@dataclass(frozen=True, slots=True)
class DatedForecast:
    """Answer to a question on a day.

    Attributes:
        origin: Day on which the forecast is made.
        question: The question, with what it counts beginning after that day.
        raw: The answer of the runs.
        batch: The runs it was read from.
        base: What a probability is mixed with; None for a quantity.
    """

    origin: date
    question: RunQuestion
    raw: EventForecast | QuantityForecast
    batch: Batch
    base: MixingBase | None = None

    @property
    def answer(self) -> EventForecast | QuantityForecast:
        """The forecast: a probability mixed with the base rate, or the distribution as it is."""
        if self.base is None or isinstance(self.raw, QuantityForecast):
            return self.raw
        return self.base.mixed(self.raw)

    def to_json(self) -> dict[str, Any]:
        """Returns the day, the question and the answer, as JSON holds them."""
        told: dict[str, Any] = {"as_of": self.origin.isoformat(), "question": self.question.text}
        told |= self.answer.to_json()
        if self.base is None or isinstance(self.raw, QuantityForecast):
            return told
        return told | {
            "raw": finite(self.raw.probability.value),
            "raw_interval": interval(self.raw.probability),
            "weight": self.base.weight,
            "weight_note": self.base.note,
            "base_rate": self.base.rate,
            "base_rate_reason": self.base.reason,
        }


def forecast(question: RunQuestion, batch: Batch) -> EventForecast | QuantityForecast:
    """Returns the answer of a batch to a question.

    Raises:
        CheckFailedError: No run meets the conditions of the question.
        NotFoundError: The batch does not hold a day or the events that it needs.
    """
    counting = narrowed(batch, question.given)
    if question.quantity is not None:
        return _distribution(question.quantity, counting)
    held = np.logical_and.reduce([condition.met(batch) for condition in question.events])
    return _probability(np.asarray(held), counting)


def _probability(held: Flags, batch: Batch) -> EventForecast:
    counted, clusters = batch.counted, batch.clusters
    vectors = None if clusters is None else clusters[counted]
    estimate = intervals.probability(held[counted], clusters=vectors)
    moves = None
    if batch.per_vector:
        everyone = np.where(counted, held.astype(np.float64), np.nan)
        moves = ignorance_range(everyone, batch.per_vector)
    return EventForecast(estimate, moves, int(counted.sum()), batch.n)


def _distribution(reading: RunReading, batch: Batch) -> QuantityForecast:
    assert isinstance(reading.what, Outcome)
    counted = reading.values(batch)[batch.counted]
    values = np.sort(counted[~np.isnan(counted)])
    levels = (np.arange(MEMBERS) + 0.5) / MEMBERS
    return QuantityForecast(
        unit=reading.what.unit,
        step=reading.what.step,
        quantiles=dict(zip(QUANTILES, _quantiles(values, list(QUANTILES.values())), strict=True)),
        members=_quantiles(values, levels),
        n=len(values),
        of=len(counted),
    )


def _quantiles(values: Floats, levels: Any) -> tuple[float, ...]:
    """Returns quantiles, each a value that occurred; NaN if there are no values."""
    if not len(values):
        return (np.nan,) * len(levels)
    return tuple(map(float, np.quantile(values, levels, method="inverted_cdf")))
