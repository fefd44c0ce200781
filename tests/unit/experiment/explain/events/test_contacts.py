"""Reopenings of stories made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.engine.happenings import CODES, NOBODY
from sim.experiment.explain.events.contacts import Reopening, reopenings_of
from sim.experiment.explain.events.opening import FirstDay
from sim.experiment.outcomes.stories import NO_QUESTION, Seen
from sim.model.tables.codes import (
    CN,
    TALKS_ACTIVE,
    TALKS_NONE,
    TALKS_PREPARING,
    TALKS_RESUMED,
    TALKS_STALLED,
    US,
)

FIRST = FirstDay(1, False, False, TALKS_ACTIVE, freeze_days=30, cause_days=10)


def seen(day: int, act: str, side: int = NOBODY, agreed: int = NO_QUESTION) -> Seen:
    """Returns an event."""
    return Seen(day, side, CODES[act], agreed, 0.0)


STALL, CRISIS = seen(5, "stall"), seen(5, "crisis")


@pytest.mark.parametrize(
    ("story", "channels", "stage"),
    [
        ([], [], TALKS_ACTIVE),
        ([seen(3, "call_leader", US, 1)], [], TALKS_ACTIVE),
        ([STALL], [], TALKS_STALLED),
        ([STALL, seen(9, "seek_talks", CN, 0)], [], TALKS_STALLED),
        ([STALL, seen(9, "seek_talks", CN, 1)], ["cn_seek_talks"], TALKS_RESUMED),
        (
            [STALL, seen(9, "call_leader", US, 1), seen(9, "call_leader", CN, 1)],
            ["us_call_leader"],
            TALKS_RESUMED,
        ),
        ([STALL, seen(9, "summit_dated")], ["summit_dated"], TALKS_RESUMED),
        ([STALL, seen(9, "summit_held"), seen(9, "readout", US)], ["summit_held"], TALKS_RESUMED),
        ([STALL, seen(9, "summit_held"), seen(9, "summit_fails")], [], TALKS_STALLED),
        ([STALL, seen(9, "ministers_round")], ["ministers_round"], TALKS_ACTIVE),
        ([CRISIS, seen(9, "summit_dated")], [], TALKS_STALLED),
        ([CRISIS, seen(35, "summit_dated")], ["summit_dated"], TALKS_RESUMED),
        ([STALL, seen(9, "send_delegation", CN)], [], TALKS_STALLED),
    ],
)
def test_talks_reopen_by_the_first_contact_that_both_want(
    story: list[Seen], channels: list[str], stage: int
) -> None:
    """A request that is declined, a meeting in discord or a contact in a crisis opens nothing."""
    # Fails if consent, discord or the freeze after a crisis is not looked at.
    found, at_end = reopenings_of(story, FIRST)

    assert [each.channel for each in found] == channels
    assert at_end == stage


def test_talks_that_never_began_are_prepared_first() -> None:
    """A crisis does not end what is only in preparation."""
    story = [seen(2, "seek_talks", US, 1), seen(3, "crisis")]
    found, stage = reopenings_of(story, replace(FIRST, talks=TALKS_NONE))

    assert found == [Reopening("us_seek_talks", delegation=False)]
    assert stage == TALKS_PREPARING


def test_a_delegation_counts_since_the_talks_ended() -> None:
    """One that went before prepared nothing of this."""
    # Fails if a delegation is remembered over a stall.
    early = [seen(2, "send_delegation", CN), STALL, seen(9, "seek_talks", US, 1)]
    late = [STALL, seen(6, "send_delegation", CN), seen(9, "seek_talks", US, 1)]

    assert [each.delegation for each in reopenings_of(early, FIRST)[0]] == [False]
    assert [each.delegation for each in reopenings_of(late, FIRST)[0]] == [True]
