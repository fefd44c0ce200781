"""A15: sceptics of a deal make China's offers later and smaller."""

from __future__ import annotations

import numpy as np

from sim.model.tables.codes import OPENING_TABLED
from tests.mission.helpers import INVESTMENT, MARCH, paired
from tests.mission.plays import Sets, batch, resolved, tapes

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
