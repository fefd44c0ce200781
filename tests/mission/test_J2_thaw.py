"""J2: a thaw between Washington and Moscow makes China readier to deal with Washington."""

from __future__ import annotations

import numpy as np

from sim.model.diplomacy.talks import answer_probability
from sim.model.governments.agents import apply_signals, decide_act
from sim.model.tables.codes import CN, SEEK_TALKS, TALKS_NONE, US
from sim.model.tables.vocabulary import N_CHOICES
from sim.model.world.third_parties import apply_thaw, apply_third_parties_day
from tests.mission.helpers import MARCH, RUNS, paired
from tests.mission.plays import SEED, Sets, batch, resolved, start, tapes

NO_THAW: Sets = (("russia.thaw_per_day", "0"), ("russia.thaw", "0"))


def test_J2_a_thaw_makes_china_agree_to_talks_more_readily() -> None:
    """Its odds of a yes rise with each step; Washington's stay the same to the bit."""
    state, params = start(MARCH, NO_THAW)
    odds = [[answer_probability(state, params, side)] for side in (US, CN)]
    for _ in range(3):
        apply_thaw(state, params)
        for side in (US, CN):
            odds[side].append(answer_probability(state, params, side))

    assert len(set(odds[US])) == 1
    assert odds[CN] == sorted(set(odds[CN]))
    assert odds[CN][-1] - odds[CN][0] > 0.03


def test_J2_a_thaw_makes_china_seek_talks_more_often() -> None:
    """On the same luck, of many reviews by Beijing more end in a proposal of talks, and none that
    did so before ends otherwise."""
    luck = np.random.default_rng(SEED).random((2000, N_CHOICES))
    sought = {}
    for thaw in ("0", "1"):
        state, params = start(MARCH, (("russia.thaw", thaw),))
        state.talks = TALKS_NONE
        apply_signals(state, params, CN)
        sought[thaw] = np.array([decide_act(state, params, CN, row) for row in luck]) == SEEK_TALKS

    assert sought["1"].sum() > 1.2 * sought["0"].sum() > 0
    assert (sought["1"] >= sought["0"]).all()


def test_J2_without_a_thaw_china_is_less_eager() -> None:
    """On the same luck, runs without a thaw end with a China less eager to talk."""
    on, off = batch(MARCH, RUNS), batch(MARCH, RUNS, NO_THAW)

    assert paired(on["cn_eagerness"], off["cn_eagerness"]).positive
    assert not off["russia_thaw"].any()


def test_J2_a_thaw_comes_and_fades() -> None:
    """A thaw that is not renewed fades by half within three months; in runs it is told when it
    comes, and then it is stronger than the day before."""
    state, params = start(MARCH)
    strong = state.thaw
    for _ in range(90):
        apply_third_parties_day(state, params)
    assert 0.0 < state.thaw < 0.5 * strong

    notes = [
        n for t in tapes(resolved(MARCH), range(20), lambda s, p: s.thaw) for n in t.of("thaw")
    ]
    assert len(notes) > 5
    least = params.thaw_strength
    assert all(note.seen >= least for note in notes)
