"""The questions many rules ask of the two ladders."""

from __future__ import annotations

import pytest

from sim.model.relations.stages import (
    contact_today,
    is_time_of_courtesy,
    summit_ahead,
    talks_running,
)
from sim.model.tables.codes import CONTACT_CALL, CONTACT_MEETING, CONTACT_NONE, CONTACT_ROUND
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import SummitStage, TalksStage


@pytest.mark.parametrize("stage", TalksStage)
def test_talks_run_when_active_or_resumed(state: State, stage: TalksStage) -> None:
    """Talks being prepared or stalled do not run."""
    # Fails if a stage is added to the running ones or taken from them.
    state.talks = stage

    assert talks_running(state) is (stage in {TalksStage.ACTIVE, TalksStage.RESUMED})


@pytest.mark.parametrize("stage", SummitStage)
def test_a_summit_is_ahead_when_dated_or_confirmed(state: State, stage: SummitStage) -> None:
    """A meeting merely agreed, or already held, is not ahead."""
    # Fails if a stage is added to those ahead or taken from them.
    state.summit = stage

    assert summit_ahead(state) is (stage in {SummitStage.DATED, SummitStage.CONFIRMED})


@pytest.mark.parametrize(("ago", "expected"), [(0, True), (5, True), (6, False), (None, False)])
def test_a_step_towards_each_other_brings_days_of_courtesy(
    state: State, params: Params, ago: int | None, expected: bool
) -> None:
    """Neither side strikes on the day, nor on the five days after it."""
    # Fails if the window moves by a day, or no step at all counts as one on day 0.
    params.courtesy_contact_days = 5
    if ago is None:
        params.courtesy_contact_days = 10**6
    else:
        state.goodwill_day = state.day - ago

    assert is_time_of_courtesy(state, params) is expected


@pytest.mark.parametrize(
    ("days", "contact"),
    [
        ((), CONTACT_NONE),
        (("round_day",), CONTACT_ROUND),
        (("round_day", "call_day"), CONTACT_CALL),
        (("round_day", "call_day", "summit_last_day"), CONTACT_MEETING),
    ],
)
def test_the_highest_contact_of_the_day_counts(
    state: State, days: tuple[str, ...], contact: int
) -> None:
    """A meeting goes before a call, a call before a round."""
    # Fails if a rank is exchanged or left out.
    for name in days:
        setattr(state, name, state.day)

    assert contact_today(state) == contact


def test_a_contact_of_yesterday_is_no_contact_of_today(state: State) -> None:
    """Accounts are given on the day."""
    # Fails if the day is not compared.
    state.round_day = state.call_day = state.summit_last_day = state.day - 1

    assert contact_today(state) == CONTACT_NONE
