"""Chronicle: lines that need the whole day."""

from __future__ import annotations

from sim.engine.chronicle import EMPTY_ROUND, Event, with_empty_rounds


def event(day: int, act: str) -> Event:
    """Returns an event of a day, with no words."""
    return Event(day=day, phase="meetings", side=None, act=act, text="", levels={})


def test_a_round_that_decides_on_no_offer_says_so() -> None:
    """One with an offer signed, refused or stopped at home on its day does not."""
    # Fails if only signatures count, or an offer of another day does.
    told = with_empty_rounds(
        [
            event(1, "ministers_round"),
            event(2, "ministers_round"),
            event(2, "bundle_refused"),
            event(3, "ministers_round"),
            event(3, "sign_truce"),
            event(4, "stall"),
        ]
    )
    assert [each.details for each in told] == [(EMPTY_ROUND,), (), (), (), (), ()]
