"""C5: delegations sound Washington out, and argue that duties raise prices."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.model.diplomacy.talks import answer_probability
from sim.model.governments.menu import apply_act, is_legal
from sim.model.tables.codes import CN, SEND_DELEGATION, US, US_PRICES
from tests.mission.helpers import MARCH, paired
from tests.mission.plays import batch, forced, resolved, start, tapes, variant


def test_C5_each_delegation_narrows_what_china_believes() -> None:
    """Every one makes China's belief about the US floor more precise; Washington's stays."""
    state, params = start(MARCH)
    ours = state.belief_var[US]
    for luck in (0.2, 0.5, 0.8):
        assert is_legal(state, params, CN, SEND_DELEGATION)
        before = state.belief_var[CN]
        apply_act(state, params, CN, SEND_DELEGATION, luck, 0.4)
        assert state.belief_var[CN] < 0.95 * before
        assert state.belief_var[US] == ours
        assert not is_legal(state, params, CN, SEND_DELEGATION)
        state.day += 22


@pytest.mark.parametrize(("prices", "moved"), [(0.0, False), (0.6, True)])
def test_C5_the_argument_about_prices_counts_where_they_are_high(
    prices: float, moved: bool
) -> None:
    """After a delegation Washington agrees to talks more readily, if prices press it."""
    state, params = start(MARCH)
    state.pressure_part[US][US_PRICES] = params.pressure_rest[US][US_PRICES] + prices
    before = answer_probability(state, params, US)
    apply_act(state, params, CN, SEND_DELEGATION, 0.5, 0.5)
    after = answer_probability(state, params, US)
    assert (after > before + 0.05) is moved
    assert (after == before) is not moved


def test_C5_delegations_leave_china_better_informed(tmp_path: Path) -> None:
    """On the same luck, three delegations leave China's belief narrower two months later."""
    send = {"side": "cn", "act": "send_delegation"}
    days = ("2025-03-15", "2025-04-10", "2025-05-05")
    trips = {f"trip-{when}": forced(when, send) for when in days}
    sent = variant(tmp_path, MARCH, interventions=trips)
    when = "2025-05-10"
    name = f"cn_belief_spread@{when}"
    with_, without = (batch(path, 200, until=when, at=(when,))[name] for path in (sent, MARCH))
    assert paired(without, with_).positive


def test_C5_no_delegation_ever_signs_anything() -> None:
    """Once it is in Washington nothing is signed on its day, unless ministers or leaders meet as
    well; a pause prolonged by telephone in the morning is not its work."""
    sent = 0
    for tape in tapes(resolved(MARCH, (("cn.rate.send_delegation", "10"),)), range(60)):
        meetings = {note.day for note in tape.of("ministers_round", "summit_held")}
        for place, note in enumerate(tape.notes):
            if note.kind != "send_delegation":
                continue
            sent += 1
            signed = {one.day for one in tape.notes[place:] if one.kind.startswith("sign_")}
            assert note.day not in signed - meetings
    assert sent > 100
