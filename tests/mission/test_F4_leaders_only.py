"""F4: nuclear arms are a topic for the leaders alone."""

from __future__ import annotations

from sim.model.bargain.logroll import apply_table
from sim.model.tables.codes import LEADERS, MINISTERS, US
from sim.model.tables.vocabulary import Clause
from tests.mission.helpers import GRAND, bundles
from tests.mission.plays import batch, resolved, start, tapes


def test_F4_ministers_have_no_say_over_nuclear_arms() -> None:
    """Nuclear arms are to be had at the leaders' table, and not at that of their ministers."""
    state, params = start(GRAND)
    apply_table(state, params, US, MINISTERS, False, forced=False)
    assert state.units[Clause.NUCLEAR] == 0.0
    apply_table(state, params, US, LEADERS, False, forced=False)
    assert state.units[Clause.NUCLEAR] == 1.0


def test_F4_nuclear_arms_close_only_when_leaders_meet() -> None:
    """In the grand bargain every signature on nuclear arms falls on the day of a leaders' meeting,
    and there are some; ministers sign much else on other days."""
    nuclear, by_ministers = [], 0
    for tape in tapes(resolved(GRAND), range(150)):
        meetings = {note.day for note in tape.of("summit_held")}
        for bundle in bundles(tape):
            if "nuclear" in bundle.clauses:
                nuclear.append(bundle.day in meetings)
            elif bundle.day not in meetings:
                by_ministers += 1
    assert len(nuclear) > 5
    assert all(nuclear)
    assert by_ministers > 10


def test_F4_without_a_leaders_meeting_no_run_closes_it() -> None:
    """Over many runs of the grand bargain none closes the nuclear topic without a meeting, however
    much both want it."""
    keen = (("us.issue.nuclear", "4"), ("cn.issue.nuclear", "4"))
    values = batch(GRAND, 1000, keen)
    signed = values["signed[nuclear]"] > 0
    met = values["leaders_meetings"] > 0
    assert signed.mean() > 0.05
    assert not (signed & ~met).any()
    apart = batch(GRAND, 300, (*keen, ("summit.agree_per_day", "0"), ("summit.date_per_day", "0")))
    assert not (apart["signed[nuclear]"] > 0).any()
