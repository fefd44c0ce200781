"""D11: both sides gather leverage in the weeks before a meeting, and rest once it is confirmed."""

from __future__ import annotations

import pytest

from sim.model.governments.agents import act_utility, apply_signals
from sim.model.tables.codes import (
    CN,
    LEVERAGE,
    OPEN_PROBE,
    SUMMIT_CONFIRMED,
    SUMMIT_DATED,
    TIGHTEN_TECH,
    US,
)
from tests.mission.helpers import MARCH, rate_gap
from tests.mission.plays import resolved, start, tapes

OWN = (
    "tighten_tech", "list_entities", "limit_inbound", "limit_outbound", "set_port_fees",
    "limit_visas", "tighten_rare_earths", "freeze_purchases", "open_probe",
)  # fmt: skip


@pytest.mark.parametrize(("side", "act"), [(US, TIGHTEN_TECH), (CN, OPEN_PROBE)])
def test_D11_a_chip_is_worth_most_in_the_weeks_before_a_meeting(side: int, act: int) -> None:
    """One to five weeks before the day, and less once all have confirmed, or earlier."""
    seen = []
    for stage, left in ((SUMMIT_DATED, 25), (SUMMIT_DATED, 60), (SUMMIT_CONFIRMED, 25)):
        state, params = start(MARCH)
        state.summit, state.summit_day = stage, state.day + left
        apply_signals(state, params, side)
        seen.append((state.signal[side][LEVERAGE], act_utility(state, params, side, act)))
    assert seen[0][0] > seen[1][0] == seen[2][0]
    assert seen[0][1] > seen[1][1] == seen[2][1]


def test_D11_measures_peak_before_a_set_meeting_and_drop_with_its_confirmation() -> None:
    """From the tenth to the 35th day before a dated meeting there are more measures a week than
    between its confirmation and its day."""
    before = after = 0
    days = [0, 0]
    for name in (MARCH, "summit-in-beijing"):
        for tape in tapes(resolved(name), range(250), lambda s, p: s.summit_day):
            taken = [note.day for note in tape.notes if note.kind in OWN]
            for held in tape.of("summit_held"):
                dated = [n.day for n in tape.of("summit_dated") if n.day < held.day]
                confirmed = [n.day for n in tape.of("confirm_cn") if n.day <= held.day]
                if not dated or not confirmed:
                    continue
                first = max(dated[-1], held.day - 35)
                last = min(confirmed[-1], held.day - 10)
                if last > first:
                    before += sum(first < day <= last for day in taken)
                    days[0] += last - first
                after += sum(confirmed[-1] < day < held.day for day in taken)
                days[1] += held.day - confirmed[-1]
    assert min(days) > 300
    assert rate_gap(before, days[0], after, days[1]).positive
