"""H2: rapport decays without contact."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.model.diplomacy.talks import apply_call
from sim.model.relations.mood import apply_mood_decay
from sim.model.tables.codes import US
from tests.mission.plays import QUIET, batch, start

MARCH = "march-2025-escalation"


def test_H2_the_half_life_shows_in_a_quiet_run() -> None:
    """With no contact at all, the warmth above its resting level halves in the half-life the
    parameter states, week after week."""
    sets = (*QUIET, ("rapport", "0.9"), ("summit.stage", "none"), ("calendar.reviews", "null"))
    values = batch(MARCH, 2, sets, "2025-09-06")
    _, params = start(MARCH)
    above = values["path:rapport"][0] - params.rapport_rest
    weekly = above[1:] / above[:-1]
    assert weekly.max() < 0.999
    assert weekly == pytest.approx(np.full(len(weekly), weekly[0]), abs=1e-9)
    half_life = 7.0 * math.log(2.0) / -math.log(weekly[0])
    stated = math.log(2.0) / -math.log(1.0 - params.rapport_reversion_per_day)
    assert half_life == pytest.approx(stated, rel=1e-6)
    assert 20.0 < half_life < 180.0


def test_H2_contact_restores_what_silence_takes() -> None:
    """A month of silence cools the leaders; a call warms them again."""
    state, params = start(MARCH, (("rapport", "0.8"),))
    for _ in range(30):
        apply_mood_decay(state, params)
    cooled = state.rapport
    assert cooled < 0.72
    apply_call(state, params, US)
    assert state.rapport > cooled + 0.05
