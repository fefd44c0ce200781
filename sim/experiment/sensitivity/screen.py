"""Quick screen: the usual suspects at both ends of their ranges, in a second or two.

`detente sensitivity` varies every uncertain number at once. A screen only asks which of a few
numbers, those that move most in the shipped scenarios, moves one outcome of this one. Every end is
played with the same replicates, all other numbers at their central values. What was found is kept
beside the runs it belongs to.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.engine import code_cache
from sim.engine.blocks import columns
from sim.engine.choice import AUTO, COMPILED, COMPILED_DAY_S, LOAD_S, can_compile, takes
from sim.experiment.executors.choice import AUTO as ANYWHERE
from sim.experiment.executors.choice import worker_count
from sim.experiment.outcomes.summary import classes_of
from sim.experiment.runs.ends import ends_of, play_ends
from sim.experiment.stats import intervals
from sim.experiment.stats.pairs import paired_mean
from sim.experiment.store.disk import write_text
from sim.experiment.store.folder import SCREEN

if TYPE_CHECKING:
    from pathlib import Path

    from sim.engine.blocks import Column
    from sim.experiment.runs.batch import Batch
    from sim.experiment.runs.design import Means
    from sim.experiment.stats.intervals import Estimate
    from sim.scenario.answers import QuestionAnswer
    from sim.scenario.resolved_scenario import Resolved

SUSPECTS: Final = (
    "truce.expiry.default",
    "summit.date_per_day",
    "summit.agree_per_day",
    "summit.lapse_per_day",
    "round.hazard_per_day",
    "us.doves.influence_base",
    "us.hawks.influence_base",
    "us.bargain.reserve",
    "cn.bargain.reserve",
    "bargain.concession_days",
    "us.noise",
    "us.review_per_day",
    "us.rate.wait",
    "us.weight.inertia",
    "us.prohibitive_pp",
)
"""Numbers that moved the answer of a shipped scenario most when all that are uncertain were
screened (`sensitivity.morris`)."""

RUNS: Final = 200
"""Runs at each end: enough to detect a swing of about ten percentage points."""

MOST_S: Final = 3.0
"""Seconds of which a screen may be expected to take no more."""


@dataclass(frozen=True, slots=True)
class Swing:
    """Share of the runs with an outcome, with a parameter at either end of its range.

    Attributes:
        parameter: Name of the parameter.
        unit: Its unit.
        low_value: Its value at the low end, the 5% quantile of its prior.
        high_value: Its value at the high end, the 95% quantile.
        low: Share of the runs at the low end.
        high: Share at the high end.
        is_sure: Whether the two differ by more than luck, after Holm's correction over all.
    """

    parameter: str
    unit: str
    low_value: float
    high_value: float
    low: float
    high: float
    is_sure: bool

    @property
    def size(self) -> float:
        """Difference of the two shares."""
        return abs(self.high - self.low)


@dataclass(frozen=True, slots=True)
class Screen:
    """Result of a screen.

    Attributes:
        target: The outcome, as `--outcome` takes it.
        runs: Runs at each end.
        swings: The parameters, the largest difference first.
    """

    target: str
    runs: int
    swings: tuple[Swing, ...]

    def to_json(self) -> dict[str, Any]:
        """Returns the screen as a JSON-serialisable dict."""
        return asdict(self)


def screen_of(batch: Batch, answer: QuestionAnswer, means: Means) -> Screen | None:
    """Returns the screen of a batch, from beside its runs or played now; None if that would take
    longer than `MOST_S`, so that it is for the user to decide.

    Args:
        batch: Runs of the scenario at central values, by this version of the model.
        answer: The outcome.
        means: Seed, workers and engine.
    """
    file = batch.directory / SCREEN
    known = _read(file, answer)
    loaded = bool(batch.computed) and COMPILED in batch.engine
    if known is not None or not _is_quick(batch.resolved, means, loaded=loaded):
        return known
    found = screen(batch.resolved, answer, means)
    # What cannot be kept is found again.
    with suppress(OSError):
        write_text(file, json.dumps(found.to_json()))
    return found


def screen(resolved: Resolved, answer: QuestionAnswer, means: Means, runs: int = RUNS) -> Screen:
    """Returns how far each of the suspects moves an outcome.

    Args:
        resolved: The scenario.
        answer: The outcome.
        means: Seed, workers and engine.
        runs: Runs at each end.
    """
    column = next(c for c in columns(resolved) if c.name == answer.column)
    at = ends_of(resolved, SUSPECTS)
    played = play_ends(resolved, means.seed, at, [column], replace(means, progress=None), runs)
    found: list[Swing] = []
    estimates: list[Estimate] = []
    for place in range(0, len(at), 2):
        (name, low_value), (_, high_value) = at[place : place + 2]
        held = played[place][1] & played[place + 1][1]
        low, high = (_holds(column, answer, played[place + k][0])[held] for k in (0, 1))
        estimates.append(paired_mean(high, low))
        unit = resolved.parameters[name].unit
        found.append(
            Swing(name, unit, low_value, high_value, float(low.mean()), float(high.mean()), False)
        )
    sure = intervals.holm([1.0 if np.isnan(e.p_value) else e.p_value for e in estimates])
    swings = [
        replace(swing, is_sure=p_value <= 1.0 - intervals.LEVEL)
        for swing, p_value in zip(found, sure, strict=True)
    ]
    return Screen(answer.target, runs, tuple(sorted(swings, key=lambda s: -s.size)))


def _holds(column: Column, answer: QuestionAnswer, values: Any) -> intervals.Floats:
    code = classes_of(column).index(answer.label)
    return np.asarray(values[column.name] == code, dtype=np.float64)


def _is_quick(resolved: Resolved, means: Means, *, loaded: bool) -> bool:
    """Returns whether a screen should take less than `MOST_S`, with compiled code that is there."""
    runs = len(ends_of(resolved, SUSPECTS)) * RUNS
    days = resolved.until - resolved.start + 1
    took = 0.0 if loaded else LOAD_S
    took += COMPILED_DAY_S * days * runs / worker_count(means.workers, runs)
    return (
        took <= MOST_S
        and means.engine in {AUTO, COMPILED}
        and means.executor == ANYWHERE
        and can_compile()
        and code_cache.is_kept()
        and takes(resolved)
    )


def _read(file: Path, answer: QuestionAnswer) -> Screen | None:
    """Returns the screen in a file; None if there is none of this outcome."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        raw = json.loads(file.read_text("utf-8"))
        swings = tuple(Swing(**each) for each in raw["swings"])
        if raw["target"] == answer.target and _covers([s.parameter for s in swings]):
            return Screen(raw["target"], raw["runs"], swings)
    return None


def _covers(names: Sequence[str]) -> bool:
    """Returns whether a screen that was kept asked about today's suspects."""
    return set(names) <= set(SUSPECTS) and bool(names)
