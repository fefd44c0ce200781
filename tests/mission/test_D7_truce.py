"""D7: the truce is mutual and temporary: 145 to 30 and 125 to 10 points, for 90 days."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.model.commitments.agreements import apply_expiry, apply_truce
from sim.model.duties.layers import addon_pp
from sim.model.tables.codes import CN, FULL_REPLY, N_LAYERS, RECIPROCAL, US
from tests.mission.helpers import MARCH
from tests.mission.plays import day, played, record_of_2025, start, tapes


def test_D7_the_truce_of_may_2025_is_reproduced(tmp_path: Path) -> None:
    """Signed on 12 May 2025 after the hikes of the spring, the truce leaves 30 and 10 points."""
    at = ("2025-05-11", "2025-05-12", "2025-08-09", "2025-08-10")
    values = played(record_of_2025(tmp_path, "2025-09-01", at), 3).values
    for side, before, after in (("us", 145.0, 30.0), ("cn", 125.0, 10.0)):
        assert values[f"{side}_addon_pp@2025-05-11"] == pytest.approx([before] * 3)
        assert values[f"{side}_addon_pp@2025-05-12"] == pytest.approx([after] * 3)


def test_D7_the_cut_is_symmetric_and_partly_suspended(tmp_path: Path) -> None:
    """Both sides cut 115 points, 24 of them only suspended, and the pause ends on 10 August."""
    seen = tapes(
        record_of_2025(tmp_path, "2025-05-14"),
        [0],
        lambda s, p: (addon_pp(s, US), addon_pp(s, CN), s.suspended_pp, s.truce_ends_on),
    )[0].of("sign_truce")[0]
    us, cn, suspended, ends = seen.seen
    assert 145.0 - us == pytest.approx(115.0)
    assert 125.0 - cn == pytest.approx(115.0)
    assert suspended[US][RECIPROCAL] == pytest.approx(24.0, abs=0.01)
    assert suspended[CN][FULL_REPLY] == pytest.approx(24.0, abs=0.01)
    assert ends == day("2025-08-10")


def test_D7_the_truce_holds_for_ninety_days_and_no_longer(tmp_path: Path) -> None:
    """Without an extension the truce is in force up to 9 August and gone on 10 August, when the
    24 points that were only suspended come back on both sides."""
    at = ("2025-05-11", "2025-05-12", "2025-08-09", "2025-08-10")
    values = played(record_of_2025(tmp_path, "2025-09-01", at), 20).values
    prolonged = values["truce_expiry"] == 1
    assert not values["truce_in_force@2025-05-11"].any()
    assert values["truce_in_force@2025-05-12"].all()
    assert values["truce_in_force@2025-08-09"].all()
    assert (values["truce_in_force@2025-08-10"] == prolonged).all()
    assert not prolonged.all()
    for side, points in (("us", 30.0), ("cn", 10.0)):
        assert values[f"{side}_addon_pp@2025-08-09"] == pytest.approx([points] * 20)
        back = values[f"{side}_addon_pp@2025-08-10"][~prolonged]
        assert back == pytest.approx([points + 24.0] * len(back), abs=0.01)


@pytest.mark.parametrize(("duty", "suspended"), [(125.0, 24.0), (34.0, 24.0), (20.0, 10.0)])
def test_D7_every_truce_keeps_as_many_points_in_reserve(duty: float, suspended: float) -> None:
    """What a later, smaller cut only suspends is not a share of it: the first 24 points come back
    if the pause lapses, or all of a cut that is smaller."""
    state, params = start(MARCH)
    state.duty_pp[US][RECIPROCAL] = state.duty_pp[CN][FULL_REPLY] = duty
    state.suspended_pp = [[0.0] * N_LAYERS for _ in state.suspended_pp]
    state.pause_days = 90
    apply_truce(state, params)
    assert state.suspended_pp[US][RECIPROCAL] == suspended
    before = addon_pp(state, US)
    state.day = state.truce_ends_on
    assert apply_expiry(state, params)
    assert addon_pp(state, US) == before + suspended
