"""Evidence: what was done on each day, what was signed at each meeting, and nothing of later."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest

from sim.backtest.conditioning.channels import CHANNELS, PLACES, THREAT_DROPPED, THREAT_ENDS
from sim.backtest.conditioning.evidence import (
    SIGNED_WITHIN_DAYS,
    Evidence,
    evidence_until,
    meeting_days,
    negotiations,
    quietly_dropped,
    signed_at,
    what_came,
)
from sim.engine.replay import STALE_TALKS_DAYS
from sim.experiment.inputs.as_of import BASE
from sim.history.act_table import acts_on_record
from sim.history.acts import ActType, RecordedAct
from sim.model.tables.codes import LEADERS, MINISTERS
from sim.model.tables.fields import dtype_of
from sim.model.tables.state import State
from sim.scenario.load import resolve

FIRST = 737000


def act(day: int, kind: ActType, leg: str, **more: object) -> RecordedAct:
    """An act of a record made for a test, some days after its first."""
    made = RecordedAct(FIRST + day, kind, "made for a test", None, True, "test", "high", leg)
    return replace(made, **more)  # type: ignore[arg-type] - fields by name


def test_acts_are_told_on_their_days() -> None:
    """Twice on one day is once; an act without a channel is nothing."""
    # Fails if days are counted from another, or acts are counted instead of days.
    told = what_came(
        [
            act(0, ActType.ROUND, "round"),
            act(2, ActType.US_THREAT, "threaten"),
            act(2, ActType.US_THREAT, "threaten", size_pp=5.0),
            act(1, ActType.PLEDGE, "pledge"),
            act(3, ActType.US_THREAT, "threaten", bilateral=False),
        ],
        FIRST,
        4,
    )
    expected = np.zeros((4, len(CHANNELS)))
    expected[0, PLACES["round of talks"]] = expected[2, PLACES["US threat"]] = 1.0

    np.testing.assert_array_equal(told, expected)


def test_a_threat_that_comes_due_in_silence_was_dropped() -> None:
    """Not before its day, not if it was ended on it, and not where none is open."""
    # Fails if an end on record is counted twice, or the day is missed by one.
    states = np.zeros(5, dtype_of(State))
    states["day"] = FIRST + np.arange(5)
    states["threat_open"] = [True, True, True, False, True]
    states["threat_deadline"] = FIRST + np.array([1, 1, 2, 3, 4])
    told = np.zeros((5, len(CHANNELS)))
    told[2, PLACES[THREAT_ENDS[0]]] = 1.0
    told[4, PLACES["US threat"]] = 1.0

    assert quietly_dropped(states, told).tolist() == [False, True, False, False, True]


def test_leaders_settle_what_ministers_on_their_day_do_not() -> None:
    """Whichever is told first; a call is no meeting, and rounds of a lower rank are none."""
    # Fails if a day has two meetings, a rank is lost, or rows of no leg count.
    days, ranks = meeting_days(
        [
            act(9, ActType.CONTACT, "meeting"),
            act(9, ActType.ROUND, "round"),
            act(2, ActType.ROUND, "round"),
            act(4, ActType.ROUND, "none"),
            act(5, ActType.CONTACT, "call"),
            act(7, ActType.ROUND, "round"),
            act(7, ActType.CONTACT, "meeting"),
        ]
    )

    assert days.tolist() == [FIRST + 2, FIRST + 7, FIRST + 9]
    assert ranks.tolist() == [MINISTERS, LEADERS, LEADERS]


def test_what_is_signed_belongs_to_the_last_meeting_before() -> None:
    """On its day or within five; a pause prolonged belongs to none."""
    # Fails if later signatures count, an earlier meeting takes them, or extensions do.
    days = FIRST + np.array([10, 20, 40, 60])
    signed = signed_at(
        days,
        [
            act(3, ActType.TRUCE, "truce"),
            act(20 + SIGNED_WITHIN_DAYS, ActType.TRUCE, "truce"),
            act(40 + SIGNED_WITHIN_DAYS + 1, ActType.TRUCE, "truce"),
            act(60, ActType.TRUCE, "extension"),
            act(10, ActType.PLEDGE, "pledge"),
        ],
    )

    assert signed.tolist() == [False, True, False, False]
    assert signed_at(days, [act(60, ActType.TRUCE, "truce")]).tolist() == [False] * 3 + [True]
    assert signed_at(days[:0], [act(60, ActType.TRUCE, "truce")]).tolist() == []


def test_a_negotiation_ends_with_a_signature_or_with_silence() -> None:
    """The next meeting then has floors of its own."""
    # Fails if the meeting that signs is put into the next one, or a gap at the limit parts two.
    days = FIRST + np.cumsum([0, 10, 10, STALE_TALKS_DAYS, STALE_TALKS_DAYS + 1, 5])
    signed = np.array([False, True, False, False, False, True])

    assert negotiations(days, signed).tolist() == [0, 0, 1, 1, 2, 2]
    assert negotiations(days[:0], signed[:0]).tolist() == []


def test_a_threat_of_the_record_is_dropped_by_silence() -> None:
    """On the day by which it was to be carried out, a month before the last."""
    # Fails if silent drops do not reach what is told.
    first = resolve(BASE).start
    made = act(0, ActType.US_THREAT, "threaten", size_pp=10.0, points_pp=10.0)
    threat = replace(made, day=first + 10, until=first + 30)
    told = evidence_until([threat], first + 60).told

    assert np.argwhere(told).tolist() == [
        [10, PLACES["US threat"]],
        [30, PLACES[THREAT_DROPPED]],
    ]


def parts(found: Evidence) -> dict[str, bytes]:
    """The bytes of evidence; those between the fields of a record mean nothing."""
    told = {}
    for each in fields(Evidence):
        array = np.asarray(getattr(found, each.name))
        for name in array.dtype.names or ():
            told[f"{each.name}.{name}"] = array[name].tobytes()
        if array.dtype.names is None:
            told[each.name] = array.tobytes()
    return told


@pytest.fixture(scope="module")
def year() -> tuple[int, Evidence]:
    """The evidence up to a day, and the day."""
    until = date(2018, 9, 20).toordinal()
    return until, evidence_until(acts_on_record(), until)


def test_evidence_has_a_row_for_each_day(year: tuple[int, Evidence]) -> None:
    """From the first of the record to the last asked for, its meetings among them."""
    # Fails if the last day is left out, or states are those of evenings.
    until, found = year
    days = until - found.first + 1
    told = {channel.name: found.told[:, place].sum() for place, channel in enumerate(CHANNELS)}

    assert found.first == resolve(BASE).start
    assert found.states["day"].tolist() == list(range(found.first, until + 1))
    assert found.told.shape == (days, len(CHANNELS))
    assert told[THREAT_ENDS[0]] == 3.0
    assert len(found.meetings) == len(found.ranks) == len(found.signed) == len(found.talks)
    assert (np.diff(found.meetings) > 0).all()
    assert (np.diff(found.talks) >= 0).all()
    hike = date(2018, 6, 15).toordinal() - found.first
    assert found.states["threat_open"][hike]
    assert found.states["duty_pp"][hike].tobytes() != found.states["duty_pp"][-1].tobytes()


def test_what_comes_later_changes_nothing(year: tuple[int, Evidence]) -> None:
    """A record cut after the day, and one with other acts after it, give the same bytes."""
    # Fails if any array looks at later acts: a leak of the future into a posterior.
    until, found = year
    acts = acts_on_record()
    cut = [done for done in acts if done.day <= until]
    later = [
        replace(done, type=ActType.US_THREAT, leg="threaten", until=None, executes=False)
        for done in acts
        if done.day > until
    ]
    tomorrow = replace(cut[-1], day=until + 1, type=ActType.TRUCE, leg="truce", executes=False)
    for others in (cut, [*cut, tomorrow, *later]):
        again = evidence_until(others, until)
        assert parts(again) == parts(found)
