"""H4: each side gives its own account of a contact; posts precede accounts."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.information.words import readout_warmth
from sim.model.tables.codes import CN, US
from sim.model.tables.vocabulary import SummitResult
from tests.mission.helpers import JANUARY, JUNE, OCTOBER, paired
from tests.mission.plays import Tape, batch, resolved, start, tapes

POSTS = ("post_praise", "post_optimism", "post_frustration")
RUNS = 400
MANY = 2000
"""Enough for the few meetings that end in discord."""


def accounts(tape: Tape) -> list[tuple[float, float]]:
    """Returns the warmth of the US and the Chinese account of each contact of a run."""
    by_day: dict[int, dict[int, float]] = {}
    for note in tape.of("readout"):
        by_day.setdefault(note.day, {})[note.side or 0] = note.size
    return [(both[US], both[CN]) for both in by_day.values() if len(both) == 2]


@pytest.mark.parametrize("name", [JANUARY, OCTOBER])
def test_H4_one_contact_gives_two_accounts(name: str) -> None:
    """Every contact of every run is told twice, never alike, and mostly better by Washington."""
    told = []
    for tape in tapes(resolved(name), range(40)):
        pairs = accounts(tape)
        contacts = {note.day for note in tape.of("ministers_round", "summit_held")}
        contacts |= {note.day for note in tape.of("call_leader") if note.size > 0.0}
        assert contacts <= {note.day for note in tape.of("readout")}
        assert all(us != cn for us, cn in pairs)
        told += pairs
    assert len(told) > 100
    ours, theirs = np.array(told).T
    assert (ours - theirs).mean() > 0.1
    assert 0.6 < (ours > theirs).mean() < 1.0


def test_H4_posts_precede_accounts_and_washington_speaks_first() -> None:
    """On a day of words the US posts first, then gives its account; Beijing follows on the same
    day."""
    days = 0
    for tape in tapes(resolved(JUNE), range(40)):
        by_day: dict[int, list[str]] = {}
        for note in tape.of(*POSTS, "readout"):
            word = "post" if note.kind in POSTS else ("us", "cn")[note.side or 0]
            by_day.setdefault(note.day, []).append(word)
        for words in by_day.values():
            assert words == [word for word in ("post", "us", "cn") if word in words]
            days += "post" in words and "cn" in words
    assert days > 30


def test_H4_accounts_follow_what_was_so() -> None:
    """Both accounts are warmer after a signature and colder under tension, whatever the bias."""
    for side in (US, CN):
        state, params = start(OCTOBER)
        state.goodwill_day = state.last_signed_day = state.talks_resumed_day = 0
        usual = readout_warmth(state, params, side, 0.5)
        state.tension += 0.2
        tense = readout_warmth(state, params, side, 0.5)
        state.last_signed_day = state.day
        assert tense < usual
        assert readout_warmth(state, params, side, 0.5) > tense + 0.1
        assert readout_warmth(state, params, side, 0.9) != readout_warmth(state, params, side, 0.1)


def test_H4_the_other_side_can_read_the_last_account() -> None:
    """The state keeps what each side said last, and when."""
    for tape in tapes(resolved(OCTOBER), range(10)):
        for side in (US, CN):
            last = [note for note in tape.of("readout") if note.side == side][-1]
            assert tape.end.readout[side] == last.size
            assert tape.end.readout_day[side] == last.day


def test_H4_the_us_account_calms_markets_and_the_chinese_one_moves_its_tone() -> None:
    """The same runs without US accounts have more stress in markets and a colder US tone. Without
    Chinese ones China's tone is colder where a meeting brought a package, warmer after discord."""
    usual = batch(OCTOBER, MANY, at=("2025-11-15",))
    ours = batch(OCTOBER, MANY, (("us.readout.share", "0"),), at=("2025-11-15",))
    theirs = batch(OCTOBER, MANY, (("cn.readout.share", "0"),), at=("2025-11-15",))
    when = "@2025-11-15"
    assert paired(usual[f"market_stress{when}"], ours[f"market_stress{when}"]).negative
    assert paired(usual[f"us_tone{when}"], ours[f"us_tone{when}"]).positive
    tone, mute = usual[f"cn_tone{when}"], theirs[f"cn_tone{when}"]
    for result, warms in ((SummitResult.PACKAGE, True), (SummitResult.FAILURE, False)):
        ended = (usual["summit_result"] == result) & (theirs["summit_result"] == result)
        gap = paired(tone[ended], mute[ended])
        assert gap.positive if warms else gap.negative


def test_H4_accounts_are_read_for_what_the_other_would_sign() -> None:
    """Where accounts show nothing of their side's floor, both know it less well."""
    told = batch(JUNE, RUNS, (("readout.candour", "0.6"),))
    mute = batch(JUNE, RUNS, (("readout.candour", "0"),))
    for side in ("us", "cn"):
        name = f"{side}_belief_error"
        assert paired(told[name], mute[name]).negative


def test_H4_washington_overstates_more_than_beijing() -> None:
    """On average US statements are warmer than things stood, by more than Chinese ones."""
    values = batch(OCTOBER, RUNS)
    assert np.nanmean(values["us_overstated"]) > 0.05
    assert np.nanmean(values["us_overstated"]) > np.nanmean(values["cn_overstated"]) + 0.05
