"""Movers: the numbers that move the first answer of a run most, told in passing.

They are read off the quick screen of the scenario, which is played if that takes a few seconds. If
it would take longer, as before any code is compiled, the runs that were played anyway with drawn
numbers say what they can of a few usual suspects.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from sim.engine import code_cache
from sim.engine.choice import AUTO, COMPILED, COMPILED_DAY_S, can_compile, takes
from sim.errors import UsageError
from sim.experiment.executors.choice import AUTO as ANYWHERE
from sim.experiment.inputs.priors import quantile_of
from sim.experiment.sensitivity import screen
from sim.experiment.sensitivity.screen import TAIL, Screen

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch
    from sim.experiment.runs.design import Means
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
screened (`sensitivity.morris`). A few dozen draws tell something of these, but not of a thousand
numbers, the largest of which luck alone would make half as strong as can be."""

MOST: Final = 15
"""Movers that are told."""

MOST_S: Final = 4.0
"""Seconds of one core, as the constants of `sim.engine.choice` count them, that the runs of a
screen may take. It is no measured time, so that what a run tells does not hang on what else the
machine is doing."""


@dataclass(frozen=True, slots=True)
class AnswerMover:
    """A number, and an outcome near either end of its range, all other numbers drawn from theirs.

    Attributes:
        parameter: Name of the parameter.
        unit: Its unit.
        low_value: Value in the middle of the lowest fifth of its range.
        high_value: Value in the middle of the highest fifth.
        low: Share of the runs with the outcome, with the number in the lowest fifth.
        high: The same for the highest fifth.
        correlation: Rank correlation of the number with the outcome over the draws.
        is_sure: Whether that is more than luck gives any number in 95% of screens.
    """

    parameter: str
    unit: str
    low_value: float
    high_value: float
    low: float
    high: float
    correlation: float
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Movers:
    """What moves an outcome.

    Attributes:
        target: The outcome, as `--outcome` takes it.
        runs: Number of runs this rests on.
        of: Number of parameters that were asked about.
        movers: The strongest, at most `MOST`; the strongest first.
    """

    target: str
    runs: int
    of: int
    movers: tuple[AnswerMover, ...]

    @property
    def sure(self) -> tuple[AnswerMover, ...]:
        """Those that move the outcome by more than luck."""
        return tuple(mover for mover in self.movers if mover.is_sure)

    def to_json(self) -> dict[str, Any]:
        """Returns the movers as a JSON-serialisable dict."""
        return asdict(self)


def movers_of(resolved: Resolved, drawn: Batch, means: Means) -> Movers | None:
    """Returns what moves the first answer of a scenario; None if its runs tell none.

    Args:
        resolved: The scenario.
        drawn: Runs of it with drawn numbers, which tell a little if a screen would take long.
        means: Store, seed, workers and engine.
    """
    answer = screen.first_answer(resolved)
    if answer is None:
        return None
    found = screen.kept_screen(resolved, means)
    if found is None and _is_quick(resolved, means):
        # What cannot be kept is no reason to tell nothing: the folder's trouble is told elsewhere.
        with suppress(UsageError):
            found = screen.find_screen(resolved, means)
    if found is None:
        found = screen.screen_of(drawn, (answer.target,), SUSPECTS)
    return _told(found, resolved, answer.target)


def _told(found: Screen, resolved: Resolved, target: str) -> Movers:
    place = found.targets.index(target)
    sizes = found.correlations[place]
    order = sorted(range(len(sizes)), key=lambda k: -abs(sizes[k]))[:MOST]
    movers = []
    for k in order:
        parameter = resolved.parameters[found.names[k]]
        assert parameter.prior is not None
        value = quantile_of(found.names[k], parameter.prior)
        ends = (value(TAIL / 2.0), value(1.0 - TAIL / 2.0))
        shares = (found.lows[place][k], found.highs[place][k])
        is_sure = abs(sizes[k]) > found.threshold
        movers.append(
            AnswerMover(found.names[k], parameter.unit, *ends, *shares, sizes[k], is_sure)
        )
    return Movers(target, found.runs, len(sizes), tuple(movers))


def _is_quick(resolved: Resolved, means: Means) -> bool:
    """Returns whether a screen takes a few seconds: with compiled code that is there."""
    runs = screen.VECTORS * screen.PER_VECTOR
    days = resolved.until - resolved.start + 1
    return (
        COMPILED_DAY_S * days * runs <= MOST_S
        and means.engine in {AUTO, COMPILED}
        and means.executor == ANYWHERE
        and can_compile()
        and code_cache.is_kept()
        and takes(resolved)
    )
