"""H3: a summit is confirmed three times: Washington early, the host in between, Beijing late."""

from __future__ import annotations

import pytest

from sim.model.tables.codes import PARTY_CN, PARTY_HOST, US
from tests.mission.helpers import OCTOBER
from tests.mission.plays import resolved, start, tapes

CASES = (
    ("summit-in-beijing", "2025-06-20"),
    (OCTOBER, "2025-11-01"),
    ("summit-in-washington", "2025-06-20"),
)


@pytest.mark.parametrize(("name", "until"), CASES)
def test_H3_every_summit_has_three_dates_in_order(name: str, until: str) -> None:
    """Every summit held was confirmed by all three before it, in most runs Washington first and
    Beijing last."""
    scenario = resolved(name, (), until)
    held = [
        note
        for tape in tapes(scenario, range(100), lambda s, p: tuple(s.confirmed))
        for note in tape.of("summit_held")
    ]
    assert len(held) >= 10
    for note in held:
        assert all(0 < day <= note.day for day in note.seen)
    ordered = [note.seen[US] <= note.seen[PARTY_HOST] <= note.seen[PARTY_CN] for note in held]
    assert sum(ordered) > 0.9 * len(held)


def test_H3_a_third_host_waits_for_washington() -> None:
    """Where Washington has not confirmed yet, the host confirms on the same day or later."""
    silent = (("summit.confirmed.us", "null"), ("summit.confirmed.host", "null"))
    told = 0
    for tape in tapes(resolved(OCTOBER, silent, "2025-11-01"), range(60)):
        us = [note.day for note in tape.of("confirm_us")]
        for host in tape.of("confirm_host"):
            told += 1
            assert us
            assert us[0] <= host.day
    assert told > 20


def test_H3_washington_speaks_long_before_beijing() -> None:
    """Ahead of a summit in Beijing the US confirms weeks before, China in the last days."""
    scenario = resolved("summit-in-beijing", (), "2025-06-20")
    held = [
        note
        for tape in tapes(scenario, range(100), lambda s, p: tuple(s.confirmed))
        for note in tape.of("summit_held")
    ]
    us = sum(note.day - note.seen[US] for note in held) / len(held)
    cn = sum(note.day - note.seen[PARTY_CN] for note in held) / len(held)
    assert us > 10.0
    assert cn < 0.6 * us
    _, params = start("summit-in-beijing")
    window = params.confirm_window_days
    assert window[PARTY_CN] < 0.6 * window[US]
    assert max(note.day - note.seen[PARTY_CN] for note in held) <= window[PARTY_CN]


@pytest.mark.parametrize(("name", "until"), CASES)
def test_H3_the_log_tells_each_confirmation(name: str, until: str) -> None:
    """Each party's confirmation is a dated line of the log; where one of the two is the host, no
    third speaks."""
    # In October Washington and Seoul have confirmed before the start.
    parties = ("cn",) if name == OCTOBER else ("us", "cn")
    held = 0
    for tape in tapes(resolved(name, (), until), range(40)):
        for note in tape.of("summit_held"):
            held += 1
            for party in parties:
                told = [told.day for told in tape.of(f"confirm_{party}")]
                assert told
                assert told[-1] <= note.day
        assert not tape.of("confirm_host") or name == OCTOBER
    assert held > 5
