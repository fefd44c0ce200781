"""D8: a pause that falls due is extended, replaced by a deal, or snaps back."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.commitments.agreements import apply_expiry, truce_in_force
from sim.model.duties.layers import addon_pp
from sim.model.tables.codes import CN, US
from sim.model.tables.vocabulary import Expiry
from tests.mission.plays import batch, start

CASES = (
    ("october-2025-apec", "2025-11-10", "2025-11-09"),
    ("rare-earth-squeeze", "2025-11-10", "2025-11-09"),
    ("june-2025-resumed-talks", "2025-08-10", "2025-08-09"),
)


@pytest.mark.parametrize(("name", "due", "eve"), CASES)
def test_D8_every_pause_ends_in_exactly_one_way(name: str, due: str, eve: str) -> None:
    """On the expiry date every run is extended, under a deal, or snapped back. A pause that nobody
    broke by a hike is in force until then, and after it exactly where it has not snapped back."""
    values = batch(name, 200, until=due, at=(eve, due))
    ways = np.stack([values["truce_expiry"] == way for way in (1, 2, 3)])
    assert (ways.sum(axis=0) == 1).all()
    snapped = values["truce_expiry"] == Expiry.SNAPBACK
    kept = values["us_hikes"] == 0
    assert kept.mean() > 0.5
    assert (values[f"truce_in_force@{due}"] == ~snapped)[kept].all()
    assert values[f"truce_in_force@{eve}"][kept].all()
    assert 0.0 < snapped.mean() < 0.6


def test_D8_a_hike_breaks_the_pause() -> None:
    """Where the threat of October 2025 is carried out before the pause ends, it is over, and what
    it suspended comes back on its date unless a new truce is signed."""
    values = batch("october-2025-apec", 400, until="2025-11-10", at=("2025-11-09",))
    broken = values["us_hikes@2025-11-09"] > 0
    lost = broken & ~values["truce_in_force@2025-11-09"]
    assert lost.sum() > 0.5 * broken.sum() > 0
    ends = values["truce_expiry"][lost]
    assert (ends == Expiry.SNAPBACK).any()


def test_D8_snapback_raises_both_add_ons_on_the_day() -> None:
    """Where the pause of 2025 lapses, both add-ons rise that day by the 24 points suspended."""
    values = batch("october-2025-apec", 200, until="2025-11-10", at=("2025-11-09", "2025-11-10"))
    snapped = values["truce_expiry"] == Expiry.SNAPBACK
    for side in ("us", "cn"):
        rise = values[f"{side}_addon_pp@2025-11-10"] - values[f"{side}_addon_pp@2025-11-09"]
        assert rise[snapped].min() >= 24.0
        assert np.median(rise[snapped]) == 24.0
        assert np.median(rise[~snapped]) == 0.0


@pytest.mark.parametrize("points", [24.0, 80.0])
def test_D8_snapback_restores_the_configured_rate(points: float) -> None:
    """The rate that returns is the one the scenario suspended, whatever it is."""
    state, params = start(
        "october-2025-apec",
        (
            ("us.suspended.reciprocal_pp", str(points)),
            ("cn.suspended.full_reply_pp", str(points)),
        ),
    )
    us, cn, tension = addon_pp(state, US), addon_pp(state, CN), state.tension
    state.day = state.truce_ends_on - 1
    assert not apply_expiry(state, params)
    assert truce_in_force(state)
    state.day = state.truce_ends_on
    assert apply_expiry(state, params)
    assert addon_pp(state, US) == us + points
    assert addon_pp(state, CN) == cn + points
    assert state.tension > tension
    assert not truce_in_force(state)


def test_D8_without_the_right_to_extend_pauses_lapse() -> None:
    """Forbidding the extension makes snapback the rule: the truce does not prolong itself."""
    free = batch("october-2025-apec", 200, until="2025-11-12")
    lapse = batch("truce-lapses", 200, until="2025-11-12")
    back = int(Expiry.SNAPBACK)
    assert (lapse["truce_expiry"] == back).mean() > (free["truce_expiry"] == back).mean() + 0.5
