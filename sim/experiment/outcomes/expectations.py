"""Expectations of a scenario file: a question, how likely its answer is to be, and the verdict.

    expect:
      us_addon_pp@2025-12-31<=60: at least 0.9
      threat_in_effect@2025-10-24: never
      calls@2025-11-30>=1 | truce_in_force@2025-11-11: between 0.2 and 0.6

The question is one of `questions`, about an event, and read as `--given` reads it: counts begin
with the run. A bound on a probability is judged by the 95% interval of the share of runs: pass or
fail if the interval lies on one side of the bound, and cannot tell if it straddles it. `always` and
`never` are about the runs themselves: one run that does otherwise is a failure.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, Final

from sim.errors import CheckFailedError, Problem, ScenarioError, SimError, UsageError
from sim.experiment.outcomes.forecasts import EventForecast, forecast
from sim.experiment.outcomes.questions import RunQuestion, read_question
from sim.experiment.stats import intervals
from sim.experiment.store.folder import MOST_RUNS
from sim.experiment.store.manifest import SHARD
from sim.scenario.load import drafted
from sim.scenario.wording import short

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.scenario.compose import Placed
    from sim.scenario.resolved_scenario import Resolved

PASSES: Final = "pass"
FAILS: Final = "fail"
CANNOT_TELL: Final = "cannot tell"

SECTION: Final = "expect"
POWER: Final = 0.8
"""Probability that the recommended number of runs decides, if the share is as it was found."""

_BOUND: Final = re.compile(
    r"always|never|(at\s+least|at\s+most)\s+(\S+)|between\s+(\S+)\s+and\s+(\S+)"
)
_SHARE: Final = re.compile(r"[01]|[01]?\.[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Bound:
    """Probability that is expected: from `least` to `most`.

    Attributes:
        text: The bound as written.
        least: Smallest probability; 1 for `always`.
        most: Largest probability; 0 for `never`.
    """

    text: str
    least: float
    most: float

    @property
    def is_certain(self) -> bool:
        """Whether it is about every run, and not about a probability."""
        return self.least == self.most

    def verdict(self, found: EventForecast) -> str:
        """Returns pass, fail or cannot tell."""
        share = found.probability
        if self.is_certain:
            return PASSES if share.value == self.least else FAILS
        if share.low >= self.least and share.high <= self.most:
            return PASSES
        return FAILS if share.high < self.least or share.low > self.most else CANNOT_TELL


@dataclass(frozen=True, slots=True)
class Expectation:
    """A line of `expect:`.

    Attributes:
        question: The question, about an event.
        bound: What is expected of its probability.
        placed: Place of the line.
    """

    question: RunQuestion
    bound: Bound
    placed: Placed

    @property
    def text(self) -> str:
        """The line, as written."""
        return f"{self.question.text}: {self.bound.text}"

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.placed.file}:{self.placed.line}"

    def check(self, resolved: Resolved) -> Problem | None:
        """Returns the problem if a day of the question lies outside the run, None if none does."""
        try:
            for reading in self.question.readings:
                reading.check(resolved)
        except UsageError as error:
            way_out = "; move the day, or take an inherited line out with null"
            return _problem(self.placed, f"{_told(error)}{way_out}")
        return None


@dataclass(frozen=True, slots=True)
class JudgedExpectation:
    """An expectation with its verdict.

    Attributes:
        expectation: The expectation.
        found: Share of the runs; None if no run counts.
        verdict: pass, fail or cannot tell.
        runs_needed: Number of runs that would probably decide; None if it is decided, or if no
            number can be given.
    """

    expectation: Expectation
    found: EventForecast | None
    verdict: str
    runs_needed: int | None

    def to_json(self) -> dict[str, Any]:
        """Returns the line and its verdict, as JSON holds them."""
        line = self.expectation
        told: dict[str, Any] = {
            "question": line.question.text,
            "expected": line.bound.text,
            "place": line.place,
            "verdict": self.verdict,
            "runs_needed": self.runs_needed,
        }
        nothing = {"probability": None, "interval": None, "n": 0, "of": 0}
        return told | (nothing if self.found is None else self.found.to_json())


def read_expectations(scenario: str) -> tuple[Expectation, ...]:
    """Returns the expectations of a scenario, those it inherits first.

    Args:
        scenario: Name or path.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: A line cannot be read; lists every such line.
    """
    found, problems = [], []
    for text, placed in drafted(scenario).expect.items():
        try:
            found.append(Expectation(_event(text), read_bound(placed.entry), placed))
        except SimError as error:
            problems.append(_problem(placed, _told(error)))
    if problems:
        raise ScenarioError(problems)
    return tuple(found)


def judge_expectations(lines: Sequence[Expectation], batch: Batch) -> tuple[JudgedExpectation, ...]:
    """Returns the verdicts on expectations, from runs that report on their days.

    Raises:
        NotFoundError: The batch does not hold a day or the events that a question needs.
    """
    return tuple(_judged(line, batch) for line in lines)


def read_bound(text: str) -> Bound:
    """Parses what is expected of a probability.

    Raises:
        UsageError: It cannot be read, or cannot be tested by runs.
    """
    form = _BOUND.fullmatch(text.strip())
    if form is None:
        raise UsageError(
            f"{short(text)} is not what one can expect of an event; write always, never, at least "
            "0.9, at most 0.1, or between 0.2 and 0.6"
        )
    word, bound, low, high = form.groups()
    if word:
        share = _share(bound)
        if share in {0.0, 1.0}:
            raise UsageError(
                f"{short(text)}: no number of runs shows a probability of {share:g}; write "
                f"{'never' if share == 0.0 else 'always'} for what every run is to show"
            )
        return Bound(text, share, 1.0) if word.endswith("least") else Bound(text, 0.0, share)
    if low:
        least, most = _share(low), _share(high)
        if least >= most:
            raise UsageError(f"{short(text)}: {low} is not below {high}; write the lower one first")
        return Bound(text, least, most)
    certain = float(text.strip() == "always")
    return Bound(text, certain, certain)


def runs_needed(bound: Bound, found: EventForecast, per_vector: int) -> int | None:
    """Returns the number of runs with which the interval would lie on one side of the nearest end
    of a bound with probability `POWER`, if the share is as it was found; None if no number does.

    Args:
        bound: What is expected.
        found: The share of the runs.
        per_vector: Runs that share a parameter vector; 0 with fixed parameters.
    """
    share = found.probability.value
    ends = [end for end in (bound.least, bound.most) if 0.0 < end < 1.0]
    needed = max(_runs_beside(end, share) for end in ends) * _alike(found, per_vector)
    runs = needed * found.of / found.n
    if runs > MOST_RUNS:
        return None
    return max(found.of // SHARD + 1, math.ceil(runs / SHARD)) * SHARD


def _runs_beside(end: float, share: float) -> float:
    """Returns the number of independent runs whose Wilson interval leaves out an end, which it does
    if a score test rejects it."""
    if share == end:
        return math.inf
    reach = intervals.normal_critical() * math.sqrt(end * (1.0 - end))
    reach += NormalDist().inv_cdf(POWER) * math.sqrt(share * (1.0 - share))
    return (reach / (share - end)) ** 2


def _alike(found: EventForecast, per_vector: int) -> float:
    """Returns how many runs are worth one independent run: more than one if they share drawn
    parameters."""
    if not per_vector:
        return 1.0
    share, error = found.probability.value, found.probability.error
    variance = share * (1.0 - share)
    if not (variance > 0.0 and error > 0.0):
        return float(per_vector)
    return max(1.0, error * error * found.n / variance)


def _judged(line: Expectation, batch: Batch) -> JudgedExpectation:
    try:
        found = forecast(line.question, batch)
    except CheckFailedError:  # no run meets its condition
        return JudgedExpectation(line, None, CANNOT_TELL, None)
    assert isinstance(found, EventForecast)
    if not found.n:  # every run that counts failed
        return JudgedExpectation(line, None, CANNOT_TELL, None)
    verdict = line.bound.verdict(found)
    needed = None
    if verdict == CANNOT_TELL:
        needed = runs_needed(line.bound, found, batch.per_vector)
    return JudgedExpectation(line, found, verdict, needed)


def _event(text: str) -> RunQuestion:
    question = read_question(text, SECTION)
    if question.quantity is not None:
        name = question.quantity.name
        raise UsageError(
            f"{text}: {name} is a number, and what is expected is an event; compare it, e.g. "
            f"`{name}>=1: at least 0.9`"
        )
    return question


def _share(text: str) -> float:
    if not _SHARE.fullmatch(text) or float(text) > 1.0:
        raise UsageError(f"{short(text)} is not a probability; write a number from 0 to 1 like 0.9")
    return float(text)


def _told(error: SimError) -> str:
    return str(error).removeprefix(f"{SECTION} ")


def _problem(placed: Placed, message: str) -> Problem:
    return placed.problem(SECTION, message)
