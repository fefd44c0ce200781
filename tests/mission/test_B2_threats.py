"""B2: a threat has a size and a deadline and is not its execution."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from sim.model.duties.layers import addon_pp, apply_pending
from sim.model.duties.threats import apply_threat_execution
from sim.model.governments.menu import apply_act
from sim.model.tables.codes import CN, RARE_EARTHS, THREATEN, US
from tests.mission.helpers import JANUARY, JUNE, MARCH, OCTOBER, between
from tests.mission.plays import Note, Sets, resolved, start, tapes

ENDS = ("execute_threat", "drop_threat")
VOIDS = ("sign_", "court_strikes")
"""Beginnings of events that end a threat, if one is open."""


def test_B2_a_threat_moves_moods_and_no_duties() -> None:
    """A threat sets a size and a day to come, raises tension and lowers rapport, and leaves every
    duty and everything announced alone."""
    # If a threat were a hike, duties would move; if it were mere talk, the mood would not.
    for luck in (0.1, 0.5, 0.99):
        state, params = start(MARCH)
        duties, averages = [row[:] for row in state.duty_pp], state.avg_pct[:]
        tension, rapport = state.tension, state.rapport
        apply_act(state, params, US, THREATEN, luck, 0.5)
        assert state.threat_open
        assert state.threat_pp in {10.0, 34.0, 50.0, 100.0}
        assert state.threat_deadline > state.day
        assert state.duty_pp == duties
        assert state.avg_pct == averages
        assert not any(state.pending_due)
        assert state.tension > tension + 0.01
        assert state.rapport < rapport - 0.01


def test_B2_execution_moves_duties_by_the_threatened_size() -> None:
    """An executed threat adds the points threatened, on the deadline and not before."""
    state, params = start(MARCH)
    state.hike_day[CN] = state.day
    apply_act(state, params, US, THREATEN, 0.99, 0.5)
    before = addon_pp(state, US)
    state.day = state.threat_deadline - 2
    apply_threat_execution(state, params)
    assert not state.threat_open
    assert addon_pp(state, US) == before
    state.day = state.threat_deadline - 1
    apply_pending(state, params)
    assert addon_pp(state, US) == before
    state.day = state.threat_deadline
    apply_pending(state, params)
    assert addon_pp(state, US) == before + 100.0


def test_B2_october_opens_with_the_threat_of_a_hundred_points() -> None:
    """On 23 October 2025 a threat of 100 points by 1 November stands."""
    state, _ = start(OCTOBER)
    assert state.threat_open
    assert state.threat_pp == 100.0
    assert state.threat_deadline - state.day == 9


@pytest.mark.parametrize("name", [JANUARY, JUNE])
def test_B2_every_threat_of_a_run_is_made_and_then_resolved(name: str) -> None:
    """In every run each threat is first made, may be renewed or postponed, and then is executed,
    dropped, signed away or struck down; a renewed one is not made smaller. No duty moves on the day
    it is made or postponed."""
    ends = set()
    made = renewed = 0
    for tape in tapes(
        resolved(name),
        range(60),
        lambda s, p: (
            s.threat_open,
            s.threat_deadline,
            s.threat_pp,
            addon_pp(s, US),
            s.avg_pct[US],
        ),
    ):
        standing = name == JANUARY
        before = None
        stood_at = 10.0 if standing else 0.0
        for note in tape.notes:
            is_open, deadline, points, *duties = note.seen
            if note.kind == "threaten":
                assert is_open
                assert deadline > note.day
                assert points >= stood_at or not standing
                renewed += standing
                standing = True
                made += 1
            elif note.kind in ENDS or (note.kind.startswith(VOIDS) and standing and not is_open):
                assert standing
                assert not is_open
                standing = False
                ends.add(note.kind)
            elif note.kind == "postpone_threat":
                assert standing
                assert deadline > note.day
                ends.add(note.kind)
            if note.kind in {"threaten", "postpone_threat"} and before is not None:
                assert duties == before
            before, stood_at = duties, points
        assert standing == tape.end.threat_open
    assert made > 20
    assert renewed > 5
    assert {"execute_threat", "drop_threat", "postpone_threat"} <= ends


OFTEN: Sets = (("us.rate.threaten", "12"),)
"""More threats than there are, so that runs show what becomes of them."""


def threats(name: str, kind: str, sets: Sets = OFTEN) -> list[tuple[Note, list[Note]]]:
    """Returns the events of a kind in a scenario's runs, each with what follows in its run; `seen`
    holds the days of China's last softening, hike and rare-earth measure, and the points of the
    threat."""
    runs = tapes(
        resolved(name, sets),
        range(90),
        lambda s, p: (
            s.softened_day,
            s.hike_day[CN],
            s.tightened_day[CN][RARE_EARTHS],
            s.threat_pp,
        ),
    )
    return [
        (note, tape.notes[at + 1 :])
        for tape in runs
        for at, note in enumerate(tape.notes)
        if note.kind == kind
    ]


@pytest.mark.parametrize("name", [JANUARY, JUNE])
def test_B2_a_dropped_threat_is_not_followed_by_another_at_once(name: str) -> None:
    """For three weeks after it gave up a threat, Washington makes none and raises no duty
    unasked."""
    dropped = threats(name, "drop_threat")
    assert len(dropped) > 15
    for note, later in dropped:
        soon = {one.kind for one in later if one.day - note.day < 21}
        assert not soon & {"threaten", "hike"}


def test_B2_a_threat_is_put_off_twice_at_most_as_a_rule() -> None:
    """In the record nothing was put off more than twice; in the runs hardly anything is."""
    made = len(threats(JUNE, "threaten"))
    again = 0
    for _, later in threats(JUNE, "threaten"):
        times = 0
        for one in later:
            if one.kind in {"threaten", *ENDS}:
                break
            times += one.kind == "postpone_threat"
        again += times > 2
    assert made > 100
    assert again < 0.01 * made


def test_B2_a_threat_is_seldom_given_up_for_nothing() -> None:
    """Of the threats that end, Washington drops most if China took a step towards it within a
    month, and few if it did not."""
    dropped: dict[bool, list[bool]] = {True: [], False: []}
    for name, kind in product((JANUARY, JUNE, OCTOBER), ENDS):
        for note, _ in threats(name, kind):
            softened = 0 < note.day - note.seen[0] <= 30
            dropped[softened].append(kind == "drop_threat")
    asked, unasked = (np.array(dropped[softened]) for softened in (True, False))
    assert min(len(asked), len(unasked)) > 10
    assert between(asked, unasked).positive
    assert unasked.mean() < 0.4


@pytest.mark.parametrize("name", [JANUARY, JUNE])
def test_B2_large_threats_answer_china(name: str) -> None:
    """Fifty or a hundred points are threatened only within a month of a Chinese hike or a measure
    on rare earths, or where as much was threatened already; and then often."""
    sizes = {True: 0, False: 0}
    runs = tapes(
        resolved(name, OFTEN),
        range(90),
        lambda s, p: (
            max(s.hike_day[CN], s.tightened_day[CN][RARE_EARTHS]),
            s.threat_pp if s.threat_open else 0.0,
        ),
    )
    for tape in runs:
        for one, note in zip(tape.notes, tape.notes[1:], strict=False):
            if note.kind == "threaten":
                last, points = note.seen
                asked = 0 < last >= note.day - 30
                large = points > 40.0
                assert asked or not large or points == one.seen[1]
                sizes[large] += asked
    assert min(sizes.values()) > 10


def test_B2_no_duty_is_added_where_trade_has_stopped() -> None:
    """From 120 points on Washington neither threatens nor carries a threat out nor answers a
    match: 145 points were the end of the spiral of 2025."""
    runs = tapes(resolved(MARCH, OFTEN), range(120), lambda s, p: addon_pp(s, US))
    stopped = 0
    for tape in runs:
        before = 0.0
        for note in tape.notes:
            stopped += before >= 120.0
            if note.kind in {"threaten", "execute_threat", "counter_hike"}:
                assert before < 120.0, note
            before = note.seen
    assert stopped > 100
