"""C12: crossing China's red line over Taiwan breaks off all contacts for a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.model.diplomacy.summit import cancel_hazard, step_hazard
from sim.model.diplomacy.talks import apply_talks_opened, can_call, round_hazard
from sim.model.tables.codes import (
    SUMMIT_CONFIRMED,
    SUMMIT_FLOATED,
    SUMMIT_NONE,
    TALKS_ACTIVE,
    TALKS_RESUMED,
    TALKS_STALLED,
    US,
)
from sim.model.world.shocks import apply_crisis
from tests.mission.helpers import JUNE, MARCH, OCTOBER, paired
from tests.mission.plays import QUIET, Tape, batch, day, forced, resolved, start, tapes, variant

CONTACTS = ("ministers_round", "call_leader", "summit_held", "summit_agreed", "summit_dated")
CASES = ((MARCH, "2025-03-20"), (JUNE, "2025-06-20"), (OCTOBER, "2025-10-24"))


def crossed(folder: Path, name: str, when: str) -> str:
    """Returns a variant in which Washington crosses the red line on a day."""
    act = {"side": "us", "act": "cross_taiwan"}
    return variant(folder, name, interventions={"crossing": forced(when, act, source="E126")})


def contacts(tape: Tape, first: int, last: int) -> list[str]:
    """Returns the contacts from one day until before another; a call that was refused is none."""
    return [
        note.kind
        for note in tape.of(*CONTACTS)
        if first <= note.day < last and not (note.kind == "call_leader" and note.size <= 0.0)
    ]


@pytest.mark.parametrize(("name", "when"), CASES)
def test_C12_all_contacts_freeze_in_all_runs(tmp_path: Path, name: str, when: str) -> None:
    """After the red line is crossed no run has a round, a call or a step to a summit for the time
    of the freeze, and talks do not run on any of its days; some have them once it is over, and on
    the same luck many have them in those weeks where nothing was crossed."""
    path = crossed(tmp_path, name, when)
    _, params = start(name)
    first, last = day(when), day(when) + params.freeze_days
    frozen = tapes(resolved(path), range(40), lambda s, p: s.talks)
    assert all(tape.of("cross_taiwan")[0].day == first for tape in frozen)
    assert [contacts(tape, first, last) for tape in frozen] == [[]] * len(frozen)
    running = {TALKS_ACTIVE, TALKS_RESUMED}
    notes = [note for tape in frozen for note in tape.notes if first <= note.day < last]
    assert not any(note.seen in running for note in notes)
    after = sum(bool(contacts(tape, last, last + 365)) for tape in frozen)
    assert after > 5
    free = tapes(resolved(name), range(20))
    assert sum(bool(contacts(tape, first, last)) for tape in free) > 10


def test_C12_every_door_is_shut_while_it_lasts_and_opens_again() -> None:
    """While frozen, rounds and calls cannot be had, a floated summit does not advance, one that is
    confirmed is cancelled at once, and nobody can open talks; on the first day after, all of this
    is possible again."""
    state, params = start(JUNE)
    state.day += 30
    apply_crisis(state, params)
    assert state.talks == TALKS_STALLED
    for shut in (True, False):
        if not shut:
            state.day = state.frozen_until
        state.summit = SUMMIT_NONE
        assert can_call(state, params, US) is not shut
        state.summit = SUMMIT_FLOATED
        assert (step_hazard(state, params) == 0.0) is shut
        state.summit, state.summit_day = SUMMIT_CONFIRMED, state.day + 40
        assert (cancel_hazard(state, params) == 1.0) is shut
        state.talks = TALKS_STALLED
        apply_talks_opened(state)
        assert (state.talks == TALKS_STALLED) is shut
        state.talks = TALKS_ACTIVE
        assert (round_hazard(state, params) == 0.0) is shut


def test_C12_the_summit_of_october_is_lost(tmp_path: Path) -> None:
    """A red line crossed six days before the summit of October 2025 cancels it in every run."""
    path = crossed(tmp_path, OCTOBER, "2025-10-24")
    met = batch(path, 200, until="2025-11-20")["leaders_met"]
    assert not met.any()
    assert batch(OCTOBER, 200, until="2025-11-20")["leaders_met"].mean() > 0.8


def test_C12_tension_leaps_and_stays_up(tmp_path: Path) -> None:
    """In every run tension is higher on the day of the crossing than without it, on the same luck,
    and still higher a month later."""
    at = ("2025-06-20", "2025-07-20")
    path = crossed(tmp_path, JUNE, at[0])
    with_it = batch(path, 100, QUIET, until="2025-08-01", at=at)
    without = batch(JUNE, 100, QUIET, until="2025-08-01", at=at)
    leap = with_it[f"tension@{at[0]}"] - without[f"tension@{at[0]}"]
    assert leap.min() > 0.05
    later = paired(with_it[f"tension@{at[1]}"], without[f"tension@{at[1]}"])
    assert later.positive
    assert later.mean > 0.03
