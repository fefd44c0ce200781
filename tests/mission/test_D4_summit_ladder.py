"""D4: a summit climbs from talk to a meeting, late as a rule, and may slip."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.tables.vocabulary import SummitStage
from tests.mission.helpers import JANUARY, JUNE, MARCH, OCTOBER, RUNS, WINDOWS, january_to_october
from tests.mission.plays import batch, resolved, share_error, tapes

S = SummitStage
MOVES = {
    "float_summit": {(S.NONE, S.FLOATED), (S.HELD, S.FLOATED)},
    "summit_agreed": {(S.FLOATED, S.AGREED)},
    "summit_dated": {(S.AGREED, S.DATED)},
    "confirm_cn": {(S.DATED, S.CONFIRMED)},
    "summit_held": {(S.CONFIRMED, S.HELD)},
    "summit_slips": {(S.DATED, S.AGREED), (S.CONFIRMED, S.AGREED)},
    "summit_lapses": {(S.FLOATED, S.NONE), (S.AGREED, S.NONE)},
    "substitute_sent": {(S.FLOATED, S.NONE)},
}


@pytest.mark.parametrize("name", [JANUARY, MARCH, JUNE])
def test_D4_the_ladder_is_climbed_rung_by_rung(name: str) -> None:
    """In every run the summit moves only one rung up at a time, slips back to being agreed, or
    lapses; it is held only when all parties have confirmed, and confirmed anew after a slip."""
    seen = set()
    for tape in tapes(
        resolved(name), range(80), lambda s, p: (S(s.summit), tuple(s.confirmed), s.summit_day)
    ):
        stage = S(resolved(name).state["summit.stage"])
        for note in tape.notes:
            now, confirmed, due = note.seen
            if now != stage:
                assert (stage, now) in MOVES[note.kind], note
                seen.add(note.kind)
            if note.kind == "summit_held":
                assert all(confirmed)
                assert due == note.day
            if note.kind == "summit_slips":
                assert not any(confirmed)
            stage = now
    assert {"summit_agreed", "summit_dated", "summit_held"} <= seen
    assert {"summit_slips", "summit_lapses"} & seen


def test_D4_most_runs_miss_the_windows_of_spring() -> None:
    """From January 2025 most runs see no summit within the hundred days, nor by the end of June,
    though some do."""
    values = january_to_october()
    for when in WINDOWS[:2]:
        met = values[f"leaders_met@{when}"].mean()
        assert 0.0 < met < 0.5 - 2.0 * share_error(met, n=RUNS)
    assert values[f"leaders_met@{WINDOWS[0]}"].mean() < values[f"leaders_met@{WINDOWS[1]}"].mean()


def test_D4_from_january_most_runs_have_met_by_the_end_of_october() -> None:
    """From January 2025 a summit by 30 October is likelier than not, and not certain."""
    met = january_to_october()[f"leaders_met@{WINDOWS[2]}"].mean()
    assert 0.5 < met < 1.0


def test_D4_from_october_the_meeting_of_the_30th_is_likely_but_not_certain() -> None:
    """From 23 October 2025 at least three runs in four see the leaders meet on 30 October, and
    some do not."""
    met = batch(OCTOBER, RUNS, until="2025-11-20", at=("2025-10-30",))["leaders_met@2025-10-30"]
    assert met.mean() - 2.0 * share_error(met.mean(), n=RUNS) > 0.75
    assert not met.all()


def test_D4_dates_slip() -> None:
    """From January 2025 a dated summit slips in more than one run in ten, and some of these runs
    hold one all the same."""
    values = january_to_october()
    slipped = values["summit_slips"] > 0
    assert slipped.mean() > 0.1
    assert np.any(slipped & values["leaders_met"])


def test_D4_a_plan_given_up_is_not_made_again_within_days() -> None:
    """For three weeks after the idea of a meeting was dropped nobody suggests one."""
    gaps = [
        one.day - note.day
        for tape in tapes(resolved(JANUARY, (("summit.lapse_per_day", "0.03"),)), range(150))
        for at, note in enumerate(tape.notes)
        if note.kind in {"summit_lapses", "substitute_sent"}
        for one in tape.notes[at:]
        if one.kind == "float_summit"
    ]
    assert len(gaps) > 20
    assert min(gaps) > 21
    assert min(gaps) < 60


def test_D4_an_agreed_meeting_stands_for_some_weeks() -> None:
    """One that was merely suggested may be dropped at once, an agreed one not for two weeks."""
    sets = (("summit.lapse_per_day", "0.05"), ("summit.date_per_day", "0.001"))
    ages = [
        note.day - note.seen
        for tape in tapes(resolved(JANUARY, sets), range(80), lambda s, p: s.summit_agreed_day)
        for note in tape.of("summit_lapses", "substitute_sent")
        if tape.of("summit_agreed")
    ]
    assert len(ages) > 20
    assert min(ages) == 15
