"""Two-state Markov chains: for a state such as a truce in force, and for windows with an event."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.backtest.baselines.rates import JEFFREYS
from sim.backtest.baselines.records import EventRecord
from sim.experiment.stats.intervals import Flags

PRIOR_CHANGES: Final = 0.5
PRIOR_DAYS: Final = 182.5
"""Prior of the daily probability of a change out of either state: half a change in half a year.
Agreements and threats on record last between days and years, so the prior has the middle of that
as its mean, and the weight of half an event."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain of two states, on and off.

    Attributes:
        enter: Probability that a step leads from off to on, strictly between 0 and 1.
        leave: Probability that a step leads from on to off, strictly between 0 and 1.
    """

    enter: float
    leave: float

    def on_after(self, steps: int, *, now: bool) -> float:
        """Returns the probability of the state on after so many steps: it approaches the share of
        time spent on by a factor of 1 - enter - leave a step."""
        share = self.enter / (self.enter + self.leave)
        return share + (1.0 - self.enter - self.leave) ** steps * (float(now) - share)

    def changes_within(self, steps: int, *, now: bool) -> float:
        """Returns the probability that the state changes at least once in so many steps."""
        return -math.expm1(steps * math.log1p(-(self.leave if now else self.enter)))


def fit_chain(
    states: Flags, prior_changes: float = PRIOR_CHANGES, prior_steps: float = PRIOR_DAYS
) -> Chain:
    """Returns the posterior means of the two probabilities under a beta prior.

    Args:
        states: Whether the state was on, in order of time.
        prior_changes: Changes out of either state added to those seen.
        prior_steps: Steps from either state added to those seen, of which these are changes.
    """
    before, after = states[:-1], states[1:]

    def rate(state: bool) -> float:
        steps = np.sum(before == state)
        changes = np.sum((before == state) & (after != state))
        return float((changes + prior_changes) / (steps + prior_steps))

    return Chain(enter=rate(state=False), leave=rate(state=True))


def state_in_force(states: Flags, horizon: int) -> float:
    """Returns the probability that a state stands on the last day of the horizon.

    Args:
        states: Whether it stood at the end of each day until the origin, at least one day.
        horizon: Days.
    """
    return fit_chain(states).on_after(horizon, now=bool(states[-1]))


def event_after_window(record: EventRecord, horizon: int) -> float:
    """Returns the probability of an event within the horizon, given whether it came in the last
    window of this length, from windows that do not overlap and Jeffreys's prior.

    A record shorter than the horizon gives 1/2.

    Args:
        record: The event until the origin.
        horizon: Days.
    """
    windows = record.windows(horizon)
    if not len(windows):
        return 0.5
    return fit_chain(windows, JEFFREYS, 2.0 * JEFFREYS).on_after(1, now=bool(windows[-1]))
