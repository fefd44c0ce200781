"""E5: without a deal tariffs never fall on their own, and pressure at home speaks for one."""

from __future__ import annotations

from sim.model.bargain.worth import mood_gain
from sim.model.duties.layers import addon_pp
from sim.model.tables.codes import CN, US
from tests.mission.helpers import MARCH, OCTOBER
from tests.mission.plays import QUIET, batch, resolved, start, tapes


def test_E5_tariffs_hardly_fall_without_a_deal() -> None:
    """In two runs of a hundred at most Washington cuts duties alone, and only at duties that
    prohibit trade, with markets under stress."""
    runs = tapes(
        resolved(MARCH),
        range(300),
        lambda s, p: (addon_pp(s, US) + p.hike_step_pp, s.market_stress),
    )
    cuts = [note.seen for tape in runs for note in tape.of("cut_tariff")]
    assert len(cuts) <= 6
    assert all(addon >= 120.0 and stress >= 0.4 for addon, stress in cuts)


def test_E5_duties_stay_where_they_are_if_nobody_acts() -> None:
    """With both governments at rest and no meeting, no run ends with less than it began with."""
    sets = (*QUIET, ("summit.stage", "none"), ("talks.stage", "none"))
    end = batch(MARCH, 20, sets)["us_addon_pp"]
    state, _ = start(MARCH)
    assert min(end) >= addon_pp(state, US)


def test_E5_pressure_speaks_for_a_deal() -> None:
    """Any signature is worth more to a side that is pressed at home."""
    for side in (US, CN):
        worth = []
        for pressure in (0.1, 0.3, 0.6):
            state, params = start(OCTOBER)
            state.pressure[side] = pressure
            worth.append(mood_gain(state, params, side))
        assert worth[0] < worth[1] < worth[2]
