"""B2: a threat has a size and a deadline and is not its execution."""

from __future__ import annotations

import pytest

from sim.model.duties.layers import addon_pp, apply_pending
from sim.model.duties.threats import apply_threat_execution
from sim.model.governments.menu import apply_act
from sim.model.tables.codes import THREATEN, US
from tests.mission.helpers import JANUARY, JUNE, MARCH, OCTOBER
from tests.mission.plays import resolved, start, tapes

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
    apply_act(state, params, US, THREATEN, 0.99, 0.5)
    before = addon_pp(state, US)
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
    """In every run each threat is first made, may be postponed, and then is executed, dropped,
    signed away or struck down before the next one; no duty moves on the day it is made or
    postponed."""
    ends = set()
    made = 0
    for tape in tapes(
        resolved(name),
        range(60),
        lambda s, p: (s.threat_open, s.threat_deadline, addon_pp(s, US), s.avg_pct[US]),
    ):
        standing = name == JANUARY
        before = None
        for note in tape.notes:
            is_open, deadline, *duties = note.seen
            if note.kind == "threaten":
                assert not standing
                assert is_open
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
            before = duties
        assert standing == tape.end.threat_open
    assert made > 20
    assert {"execute_threat", "drop_threat", "postpone_threat"} <= ends
