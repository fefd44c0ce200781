"""Futures of the informed hazards, played day by day: each act moves the features of the next.

What a pause, a threat and a deadline become is ruled by the constants below. They restate what the
whole record shows, so they are hindsight too; see `hazards`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.backtest.baselines.features import (
    ADDED,
    DEADLINE_DAYS,
    EXPIRY_DAYS,
    FEATURES,
    LEFT,
    TRACES,
    ActHistory,
    design,
    in_season,
    nearness,
)
from sim.backtest.baselines.hazards import SPREAD, fit_hazards, probability_of
from sim.experiment.stats.intervals import Flags, Floats, Labels
from sim.history.acts import ActType
from sim.history.standing import PAUSE, SIGNED, THREAT

PATHS: Final = 2000
"""Futures played: a probability has a standard error of at most 0.011."""

SEED: Final = 1
"""Fixed, so that a forecast is a function of what was known at its origin."""

DATED: Final = 0.5
"""Share of threats that come with a date."""

SOONEST, LATEST = 3, 60
"""Days from a threat to its date, drawn evenly."""

FADES: Final = 0.012
"""Probability a day that a threat without a date is dropped in silence: the hazard with which
threats are resolved long before their deadline."""

POSTPONED: Final = 0.5
"""Share of softened deadlines that get a new date; the other threats are dropped."""

PAUSES_DATED: Final = 0.3
PAUSE_DAYS: Final = 90
"""Share of truces that expire on a date, and their length: three of ten, all of 90 days."""

PRIOR_BREAKS: Final = 1.0
PRIOR_DAYS: Final = 365.0
"""Gamma prior of the breaks of an agreement, of each kind: one in a year."""

NEVER: Final = np.inf


@dataclass(slots=True)
class Stand:
    """What stands in each future, shape (paths,) throughout.

    Attributes:
        paused: Whether a pause is in force.
        signed: Whether a signed agreement is.
        threats: Number of open threats.
        due: Day on which the next is to be carried out, an ordinal; infinite if it has no date.
        expires: Day on which the pause expires; infinite if it has no date.
    """

    paused: Flags
    signed: Flags
    threats: Labels
    due: Floats
    expires: Floats

    @classmethod
    def of(cls, history: ActHistory, paths: int) -> Stand:
        """Builds what stands at the origin of a history, in every future alike."""
        open_ = [spell for spell in history.spells if spell.stands_on(history.origin)]

        def stands(kind: str) -> Flags:
            return np.full(paths, any(spell.kind == kind for spell in open_))

        def date_of(kind: str) -> Floats:
            ahead = [
                spell.due
                for spell in open_
                if spell.kind == kind and spell.due is not None and spell.due > history.origin
            ]
            return np.full(paths, min(ahead, default=NEVER), dtype=np.float64)

        threats = np.full(paths, sum(spell.kind == THREAT for spell in open_))
        return cls(stands(PAUSE), stands(SIGNED), threats, date_of(THREAT), date_of(PAUSE))

    def features(self, day: int) -> Floats:
        """Returns the features of a day that are not traces, shape (paths, len(STANDING))."""
        return np.column_stack(
            (
                self.paused | self.signed,
                self.threats > 0,
                nearness(self.due - day, DEADLINE_DAYS),
                nearness(self.expires - day, EXPIRY_DAYS),
                np.full(len(self.due), in_season(day)),
            )
        )

    def advance(self, day: int, acts: Floats, breaks: tuple[float, float], u: Floats) -> None:
        """Brings it to the end of a day.

        A hike carries the next threat out; a cut or delay postpones it or ends it; a truce ends all
        and begins a pause, unless a signed agreement stands. A date that passes without an act is
        forgotten, and what it belonged to goes on. An agreement that breaks opens a threat.

        Args:
            day: The day, an ordinal.
            acts: 1 for each type that happens on it, in the order of `ActType`.
            breaks: Probability that a pause, and that a signed agreement, breaks on a day.
            u: Uniform draws, shape (paths, 6).
        """
        hike, cut, threat, truce = (
            acts[:, list(ActType).index(kind)] > 0.0
            for kind in (ActType.US_HIKE, ActType.US_CUT, ActType.US_THREAT, ActType.TRUCE)
        )
        broken = (self.paused & (u[:, 0] < breaks[0])) | (self.signed & (u[:, 0] < breaks[1]))
        self.paused &= ~broken
        self.signed &= ~broken
        self.expires[broken] = NEVER
        dated = np.isfinite(self.due)
        softened = (cut & (self.threats > 0)) & ~hike
        later = softened & dated & (u[:, 1] < POSTPONED)
        faded = (self.threats > 0) & ~dated & (u[:, 2] < FADES)
        closed = (hike | (softened & ~later) | faded) & (self.threats > 0)
        self.threats -= closed
        opened = threat | broken
        self.threats += opened
        self.due[closed | later | (self.due <= day)] = NEVER
        named = later | (opened & (u[:, 3] < DATED))
        new = day + SOONEST + np.floor(u[:, 4] * (LATEST - SOONEST + 1))
        self.due[named] = np.minimum(self.due, new)[named]
        self.expires[self.expires <= day] = NEVER
        self.threats[truce] = 0
        self.due[truce] = NEVER
        self.paused |= truce & ~self.signed
        lasting = truce & self.paused
        term = np.where(u[:, 5] < PAUSES_DATED, day + PAUSE_DAYS, NEVER)
        self.expires[lasting] = term[lasting]


def informed_hazards(
    history: ActHistory, horizon: int, spread: float = SPREAD, paths: int = PATHS
) -> dict[ActType, Floats]:
    """Returns, for each act of `hazards.PRIORS`, the probability that it comes within 1, 2, ... up
    to `horizon` days of the origin, shape (horizon,).

    Weights are drawn from their posterior, one draw a future; the luck of a future is the same at
    every origin. The probability is the share of futures with half a future with and half without
    added, so it is never 0 or 1.

    Args:
        history: Acts and spells as known at the origin.
        horizon: Days.
        spread: Standard deviation of the priors of weights.
        paths: Number of futures.
    """
    rng = np.random.default_rng(SEED)
    weights, kinds = _weights(history, spread, paths, rng)
    traces = np.repeat(design(history)[-1:, : len(TRACES)], paths, axis=0)
    stand = Stand.of(history, paths)
    breaks = tuple(_break_rate(history, kind) for kind in (PAUSE, SIGNED))
    places = [list(ActType).index(kind) for kind in kinds]
    came = np.zeros((paths, len(kinds)), np.bool_)
    shares = np.zeros((horizon, len(kinds)))
    for step in range(horizon):
        day = history.origin + 1 + step
        x = np.concatenate((np.ones((paths, 1)), traces, stand.features(day)), axis=1)
        hits = rng.random(came.shape) < probability_of(np.einsum("paf,pf->pa", weights, x))
        acts = np.zeros((paths, len(ActType)))
        acts[:, places] = hits
        traces = (traces + acts @ ADDED) * LEFT
        stand.advance(day, acts, (breaks[0], breaks[1]), rng.random((paths, 6)))
        came |= hits
        shares[step] = (came.sum(axis=0) + 0.5) / (paths + 1.0)
    return {kind: shares[:, place] for place, kind in enumerate(kinds)}


def _weights(
    history: ActHistory, spread: float, paths: int, rng: np.random.Generator
) -> tuple[Floats, tuple[ActType, ...]]:
    """Returns a draw of all weights for each future, shape (paths, acts, 1 + features), and the
    acts."""
    hazards = fit_hazards(history, spread)
    weights = np.zeros((paths, len(hazards), 1 + len(FEATURES)))
    for place, hazard in enumerate(hazards.values()):
        columns = [0, *(column + 1 for column in hazard.columns)]
        root = np.linalg.cholesky(hazard.covariance)
        normal = rng.standard_normal((paths, len(columns)))
        weights[:, place, columns] = hazard.mean + normal @ root.T
    return weights, tuple(hazards)


def _break_rate(history: ActHistory, kind: str) -> float:
    """Returns the probability a day that an agreement of a kind breaks or lapses; to be prolonged
    is no break."""
    spells = [spell for spell in history.spells if spell.kind == kind]
    ended = sum(spell.end not in ("", "prolonged") for spell in spells)
    days = sum((spell.until or history.origin + 1) - spell.day for spell in spells)
    return (ended + PRIOR_BREAKS) / (days + PRIOR_DAYS)
