"""D3: ministers meet in the two weeks before a summit."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from sim.model.diplomacy.talks import round_hazard
from sim.model.tables.codes import SUMMIT_DATED, TALKS_ACTIVE
from tests.mission.helpers import JANUARY, JUNE, MARCH, OCTOBER, RUNS, january_to_october
from tests.mission.plays import batch, resolved, start, tapes


@pytest.mark.parametrize("name", [JANUARY, JUNE, OCTOBER])
def test_D3_nine_summits_in_ten_follow_a_round(name: str) -> None:
    """At least nine in ten summits held come within 14 days of a ministers' round."""
    values = january_to_october() if name == JANUARY else batch(name, RUNS)
    gaps = values["summit_round_gap_days"][values["leaders_met"]]
    assert gaps.size > 50
    # A missing gap (no round at all) counts against it.
    assert np.less_equal(gaps, 14.0).mean() >= 0.9


def test_D3_a_coming_summit_brings_ministers_together() -> None:
    """With a summit within two weeks and no round yet in that span, a round is far likelier, and
    certain in the last two days."""
    # Without this pull a round would be as likely as at any time.
    state, params = start(MARCH)
    state.talks, state.mandate = TALKS_ACTIVE, [1.0, 1.0]
    usual = round_hazard(state, params)
    state.summit, state.summit_day = SUMMIT_DATED, state.day + 10
    assert round_hazard(state, params) > 3.0 * usual
    state.summit_day = state.day + 2
    assert round_hazard(state, params) == 1.0
    state.round_day = state.day - 1
    assert round_hazard(state, params) < 1.0


def test_D3_rounds_keep_their_distance() -> None:
    """No two rounds lie closer than the shortest distance, whether the calendar, a summit or chance
    brings them."""
    scenario = resolved(OCTOBER)
    shortest = int(start(OCTOBER)[1].round_spacing_days)
    gaps = [
        later.day - earlier.day
        for tape in tapes(scenario, range(120))
        for earlier, later in itertools.pairwise(tape.of("ministers_round"))
    ]
    assert len(gaps) > 100
    assert min(gaps) >= shortest
