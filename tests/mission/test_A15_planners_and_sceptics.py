"""A15: sceptics of a deal make China's offers later and smaller."""

from __future__ import annotations

import numpy as np

from sim.model.information.opening_bid import opening_hazard
from sim.model.tables.codes import (
    OPENING_PREPARED,
    OPENING_TABLED,
    OPENING_WITHHELD,
    TALKS_ACTIVE,
)
from tests.mission.helpers import INVESTMENT, MARCH, paired
from tests.mission.plays import Sets, batch, resolved, start, tapes

SCEPTICAL: Sets = (("cn.sceptics.influence", "0.8"), ("cn.planners.influence", "0.2"))
EAGER: Sets = (("cn.sceptics.influence", "0.2"), ("cn.planners.influence", "0.8"))


def test_A15_sceptics_make_offers_later_and_smaller() -> None:
    """On the same luck the bid comes later where sceptics weigh more, and it is smaller."""
    later = batch(MARCH, 500, SCEPTICAL)["opening_bid_day"]
    sooner = batch(MARCH, 500, EAGER)["opening_bid_day"]
    late, soon = (np.nan_to_num(days, nan=1.0e6) for days in (later, sooner))
    assert paired(late > soon, late < soon).positive
    sizes = []
    for sets in (SCEPTICAL, (), EAGER):
        runs = tapes(resolved(INVESTMENT, sets), range(60))
        sizes.append([t.end.opening_size for t in runs if t.end.opening >= OPENING_TABLED])
    assert min(map(len, sizes)) > 15
    assert max(sizes[0]) < min(sizes[1]) == 1.0 == max(sizes[2])


def test_A15_the_more_sceptics_weigh_the_slower_a_bid_is_drafted_and_tabled() -> None:
    """At either stage the odds of a day fall with their weight, whatever becomes of the talks."""
    for stage in (OPENING_PREPARED, OPENING_WITHHELD):
        odds = []
        for sets in (EAGER, (), SCEPTICAL):
            state, params = start(MARCH, sets)
            state.opening, state.talks = stage, TALKS_ACTIVE
            odds.append(opening_hazard(state, params))
        assert odds[0] > odds[1] > odds[2] > 0.0
