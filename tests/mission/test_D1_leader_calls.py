"""D1: leader calls are rare, weigh much, and ministers meet soon after."""

from __future__ import annotations

import numpy as np

from sim.model.diplomacy.talks import apply_call
from sim.model.tables.codes import CN, TALKS_NONE, TALKS_PREPARING, TALKS_RESUMED, TALKS_STALLED, US
from tests.mission.helpers import JANUARY, MARCH, between, daily, days_between
from tests.mission.plays import batch, resolved, start, tapes

UNTIL = "2025-10-31"
DATES = days_between("2025-01-19", UNTIL)
WINDOW = 14
RUNS = 200
SILENT = (TALKS_NONE, TALKS_STALLED)


def test_D1_two_to_four_calls_are_typical() -> None:
    """From January to October 2025 the median run sees two to four calls, and so do most runs."""
    calls = batch(JANUARY, RUNS, (), UNTIL, DATES)["calls"]
    assert 2.0 <= np.median(calls) <= 4.0
    assert ((calls >= 2) & (calls <= 4)).mean() > 0.5


def test_D1_calls_keep_their_distance() -> None:
    """In no run do the leaders call each other again before the usual distance has passed."""
    # Without it some runs would see two calls in a week.
    apart = resolved(JANUARY).parameters["leaders.call_spacing_days"].value
    assert apart >= 7
    calls = daily(batch(JANUARY, RUNS, (), UNTIL, DATES), "calls", DATES)
    waits = [np.diff(np.flatnonzero(run)) for run in np.diff(calls, axis=1)]
    assert sum(gaps.size for gaps in waits) > 100
    assert min(gaps.min() for gaps in waits if gaps.size) > apart


def test_D1_a_call_warms_and_gets_talks_going() -> None:
    """A call raises rapport, lowers tension, and takes silent or stalled talks a stage further,
    whoever asked for it."""
    for asker in (US, CN):
        for before, after in ((TALKS_NONE, TALKS_PREPARING), (TALKS_STALLED, TALKS_RESUMED)):
            state, params = start(JANUARY)
            state.talks = before
            rapport, tension = state.rapport, state.tension
            apply_call(state, params, asker)
            assert state.talks == after
            assert state.rapport > rapport + 0.05
            assert state.tension < tension
            assert state.call_by == asker


def test_D1_talks_resume_within_a_fortnight_of_a_call_far_more_often() -> None:
    """Where talks are silent, they are running again within 14 days of a call at least twice as
    often as in a fortnight without one."""
    # If a call moved nothing, the two shares would be alike.
    after_call = [
        any(
            0 <= later.day - note.day <= WINDOW and later.seen not in SILENT for later in tape.notes
        )
        for tape in tapes(resolved(JANUARY, (), UNTIL), range(RUNS), lambda s, p: s.talks)
        for before, note in zip(tape.notes, tape.notes[1:], strict=False)
        if note.kind == "call_leader" and note.size > 0.0 and before.seen in SILENT
    ]
    values = batch(JANUARY, RUNS, (), UNTIL, DATES)
    silent = np.isin(daily(values, "talks_stage", DATES), SILENT)
    calls = daily(values, "calls", DATES)
    baseline: list[bool] = []
    # Windows side by side, so that they do not share days.
    for first in range(0, len(DATES) - WINDOW, WINDOW):
        last = first + WINDOW
        quiet = silent[:, first] & (calls[:, last] == calls[:, first])
        baseline += (~silent[quiet, first + 1 : last + 1]).any(axis=1).tolist()
    assert len(after_call) > 60
    assert len(baseline) > 300
    assert np.mean(after_call) > 2.0 * np.mean(baseline)
    assert between(after_call, baseline).positive


def test_D1_ministers_meet_soon_after_a_call() -> None:
    """A ministers' round follows within 14 days of a call at least one and a half times as often
    as within any fortnight."""
    after_call = [
        any(0 < later.day - note.day <= WINDOW for later in tape.of("ministers_round"))
        for tape in tapes(resolved(JANUARY, (), UNTIL), range(RUNS))
        for note in tape.of("call_leader")
        if note.size > 0.0 and note.day + WINDOW <= tape.end.day
    ]
    rounds = daily(batch(JANUARY, RUNS, (), UNTIL, DATES), "rounds", DATES)
    baseline = (rounds[:, WINDOW::WINDOW] > rounds[:, :-WINDOW:WINDOW]).ravel()
    assert np.mean(after_call) > 1.5 * baseline.mean()
    assert between(after_call, baseline).positive


OWN_STEPS = (
    "threaten", "hike", "tighten_tech", "list_entities", "limit_inbound", "limit_outbound",
    "set_port_fees", "limit_visas", "tighten_rare_earths", "freeze_purchases", "open_probe",
    "accuse", "rebuke",
)  # fmt: skip


def test_D1_neither_side_strikes_within_days_of_a_call() -> None:
    """For five days after the leaders spoke, or the sides agreed to talk, no hostile step is taken
    of a side's own accord; later ones do come."""
    later = 0
    for tape in tapes(resolved(MARCH), range(100)):
        agreed = 0
        for note in tape.notes:
            if note.kind in {"call_leader", "seek_talks"} and note.size > 0.0:
                agreed = note.day
            elif note.kind in OWN_STEPS and agreed:
                assert note.day - agreed > 5, note
                later += 1
    assert later > 100
