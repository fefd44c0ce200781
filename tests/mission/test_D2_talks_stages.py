"""D2: the talks never skip a stage, and may stall after a truce."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.commitments.agreements import apply_truce
from sim.model.diplomacy import talks
from sim.model.diplomacy.talks import apply_stage, stall_hazard
from sim.model.tables.codes import CN, FULL_REPLY, RECIPROCAL, TALKS_ACTIVE, US
from sim.model.tables.state import State
from sim.model.tables.vocabulary import TalksStage
from sim.model.world import shocks
from tests.mission.helpers import JANUARY, JUNE, MARCH, paired
from tests.mission.plays import batch, resolved, start, tapes

NEXT = {
    TalksStage.NONE: {TalksStage.PREPARING},
    TalksStage.PREPARING: {TalksStage.ACTIVE},
    TalksStage.ACTIVE: {TalksStage.STALLED},
    TalksStage.STALLED: {TalksStage.RESUMED},
    TalksStage.RESUMED: {TalksStage.ACTIVE, TalksStage.STALLED},
}


@pytest.mark.parametrize("name", [JANUARY, MARCH])
def test_D2_stages_are_never_skipped(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In every run each change of stage is one of those the state machine knows, and every one
    of these occurs."""
    moves: set[tuple[TalksStage, TalksStage]] = set()

    def spy(state: State, stage: int) -> None:
        moves.add((TalksStage(state.talks), TalksStage(stage)))
        apply_stage(state, stage)

    for module in (talks, shocks):
        monkeypatch.setattr(module, "apply_stage", spy)
    last = {tape.end.talks for tape in tapes(resolved(name), range(300))}
    assert moves == {(stage, after) for stage, nexts in NEXT.items() for after in nexts}
    assert len(last) > 2


def test_D2_no_round_without_talks() -> None:
    """Ministers meet only while talks are being prepared or run; leaders who meet resume them."""
    before = [
        one.seen
        for tape in tapes(resolved(MARCH), range(60), lambda s, p: TalksStage(s.talks))
        for one, note in zip(tape.notes, tape.notes[1:], strict=False)
        if note.kind == "ministers_round" and one.kind != "summit_held"
    ]
    assert len(before) > 60
    assert not {TalksStage.NONE, TalksStage.STALLED} & set(before)


def test_D2_a_truce_makes_talks_likelier_to_stall() -> None:
    """In the month after a truce running talks stall more readily than before it, for the same
    tension; later they no longer do."""
    state, params = start(MARCH)
    state.talks = TALKS_ACTIVE
    state.duty_pp[US][RECIPROCAL] = state.duty_pp[CN][FULL_REPLY] = 84.0
    tension = state.tension
    # A truce also settles the account of earlier hikes, which make talks stall.
    state.recent_hike = [0.0, 0.0]
    before = stall_hazard(state, params)
    apply_truce(state, params)
    state.tension = tension
    after = stall_hazard(state, params)
    assert after > 2.0 * before
    state.day += 31
    assert stall_hazard(state, params) == before


def test_D2_some_truces_are_followed_by_a_stall() -> None:
    """From January 2025 a good part of the truces signed is followed by a stall within 30 days,
    and a good part is not."""
    stalled = [
        any(0 <= stall.day - truce.day <= 30 for stall in tape.of("stall"))
        for tape in tapes(resolved(JANUARY, (), "2025-10-31"), range(150))
        for truce in tape.of("agree_pause")
        if truce.day + 30 <= tape.end.day
    ]
    assert len(stalled) > 30
    share = sum(stalled) / len(stalled)
    error = (share * (1.0 - share) / len(stalled)) ** 0.5
    assert share > 2.0 * error
    assert share < 1.0 - 2.0 * error


def test_D2_talks_do_not_stall_as_soon_as_they_begin() -> None:
    """None stalls within twelve days of a round, of a call or of its opening; many do later."""
    ages = [
        note.day - max(note.seen)
        for name in (JANUARY, JUNE)
        for tape in tapes(
            resolved(name),
            range(120),
            lambda s, p: (s.round_day, s.talks_resumed_day, s.call_day),
        )
        for note in tape.of("stall")
    ]
    assert len(ages) > 30
    assert min(ages) > 12
    assert min(ages) < 40


def test_D2_nobody_proposes_talks_as_soon_as_they_stall() -> None:
    """After a stall neither side proposes talks for two weeks; later they do."""
    seen = 0
    for tape in tapes(resolved(MARCH), range(100), lambda s, p: s.stall_day):
        for one, note in zip(tape.notes, tape.notes[1:], strict=False):
            if note.kind == "seek_talks" and one.seen > 0:
                assert note.day - one.seen > 14
                seen += 1
    assert seen > 10


def test_D2_rounds_that_bring_nothing_thin_out() -> None:
    """On the same luck ministers meet less often than they would if nothing tired them."""
    tireless = batch(MARCH, 300, (("round.fatigue", "0"),), until="2025-12-31")["rounds"]
    rounds = batch(MARCH, 300, until="2025-12-31")["rounds"]
    assert paired(tireless, rounds).positive
    assert np.quantile(rounds, 0.95) < np.quantile(tireless, 0.95)
