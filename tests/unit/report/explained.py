"""An explanation made by hand: two questions, three causes, each with another verdict."""

from __future__ import annotations

import math

import numpy as np

from sim.experiment.explain.accounts import Account, PauseTally
from sim.experiment.explain.causes import DELEGATIONS, QUIET, STRAINS, reason
from sim.experiment.explain.events.pauses import PauseEnd
from sim.experiment.explain.events.questions import EventQuestion
from sim.experiment.explain.explanation import Explanation
from sim.experiment.explain.removal import CONFIRMED, OPEN, REFUTED, Removal, change_of
from sim.experiment.explain.shares import CauseShare
from sim.experiment.stats.intervals import Estimate
from sim.model.tables.codes import US
from sim.model.tables.vocabulary import Feature
from sim.scenario.load import resolve

RUNS = 100
BASE = np.tile([1.0, 3.0], RUNS // 2)
LEVERAGE, COST = reason(US, Feature.LEVERAGE), reason(US, Feature.COST)
MEASURES = STRAINS[2]


def about(value: float) -> Estimate:
    """Returns an estimate known to within a tenth."""
    return Estimate(value, value - 0.1, value + 0.1, 0.05, 0.0)


def removal(question: EventQuestion, change: float, expected: float, verdict: str) -> Removal:
    """Returns a removal that changes two events a run by some."""
    noise = np.tile([0.5, -0.5, 0.0, 0.0], RUNS // 4)
    everyone = np.ones(RUNS, np.bool_)
    return Removal(change_of(question, BASE + change + noise, BASE, everyone), expected, verdict)


def explained() -> Explanation:
    """Returns the explanation."""
    hikes = Account(
        EventQuestion.US_HIKES,
        200,
        about(2.0),
        (("execute_threat", about(0.75)), ("hike", about(0.25))),
        about(0.6),
        about(0.2),
        about(0.4),
        (
            CauseShare(LEVERAGE.key, 60, about(0.3), about(0.0), about(0.6), adjusted=0.001),
            CauseShare(COST.key, 0, about(0.1), about(0.25), about(-0.5), adjusted=0.001),
        ),
        (LEVERAGE, COST),
    )
    strains = Account(
        EventQuestion.STRAINS,
        200,
        about(2.0),
        (("us_measures", about(1.0)),),
        None,
        None,
        None,
        (CauseShare(MEASURES.key, 200, about(0.9), None, about(0.4), about(0.5), 0.001),),
        (MEASURES, DELEGATIONS, QUIET),
    )
    return Explanation(
        resolve("october-2025-apec"),
        7,
        RUNS,
        (hikes, strains),
        {
            (EventQuestion.US_HIKES, LEVERAGE.key): removal(
                EventQuestion.US_HIKES, -1.0, -0.6, CONFIRMED
            ),
            (EventQuestion.US_HIKES, COST.key): removal(EventQuestion.US_HIKES, -0.5, 0.5, REFUTED),
            (EventQuestion.STRAINS, MEASURES.key): removal(
                EventQuestion.STRAINS, 0.1, math.nan, OPEN
            ),
        },
        (),
        0,
        PauseTally(200, about(0.7), {end: about(0.2) for end in PauseEnd}),
        {cause.key: cause for cause in (LEVERAGE, COST, MEASURES)},
    )
