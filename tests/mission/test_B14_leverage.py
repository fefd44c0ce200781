"""B14: Washington escalates to build leverage while talks are pending, and rests after a deal."""

from __future__ import annotations

import numpy as np

from sim.model.governments.agents import act_utility, apply_signals
from sim.model.tables.codes import (
    AGREEMENT_NONE,
    AGREEMENT_PAUSE,
    LEVERAGE,
    LIST_ENTITIES,
    TALKS_ACTIVE,
    TALKS_NONE,
    TALKS_PREPARING,
    TALKS_RESUMED,
    TIGHTEN_TECH,
    US,
)
from sim.model.tables.vocabulary import DealStatus
from tests.mission.helpers import MARCH, daily, days_between, rate_gap
from tests.mission.plays import batch, start

TALKING = (TALKS_PREPARING, TALKS_ACTIVE, TALKS_RESUMED)


def test_B14_more_measures_while_talks_are_pending_than_after_a_deal() -> None:
    """From March 2025 Washington takes more non-tariff measures a week while talks run without a
    deal than once an agreement is in force."""
    # If neither the signal nor the agreement held Washington back, the rates would be alike.
    dates = days_between("2025-03-10", "2025-09-06")
    values = batch(MARCH, 200, at=dates)
    taken = np.diff(daily(values, "us_measures", dates), axis=1)
    talking = np.isin(daily(values, "talks_stage", dates)[:, :-1], TALKING)
    deal = daily(values, "deal_status", dates)[:, :-1] > DealStatus.NONE
    pending = talking & ~deal
    gap = rate_gap(
        int(taken[pending].sum()), pending.sum(), int(taken[deal].sum()), float(deal.sum())
    )
    assert gap.positive
    assert gap.mean > 0.05


def test_B14_a_bargaining_chip_is_worth_most_while_talks_are_pending() -> None:
    """The worth of one more chip is highest while talks are pending, lower without talks, and
    lowest under an agreement; the wish for measures follows it."""
    seen = []
    for talks, agreement in (
        (TALKS_ACTIVE, AGREEMENT_NONE),
        (TALKS_NONE, AGREEMENT_NONE),
        (TALKS_NONE, AGREEMENT_PAUSE),
    ):
        state, params = start(MARCH)
        state.talks, state.agreement = talks, agreement
        apply_signals(state, params, US)
        wishes = [act_utility(state, params, US, act) for act in (TIGHTEN_TECH, LIST_ENTITIES)]
        seen.append((state.signal[US][LEVERAGE], *wishes))
    for column in zip(*seen, strict=True):
        assert column[0] > column[1] > column[2]
