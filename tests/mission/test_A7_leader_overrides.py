"""A7: the leader can override the hawks: with full autonomy their weight counts for nothing."""

from __future__ import annotations

import numpy as np

from sim.model.bargain.signature import sign_probability, veto_probability
from sim.model.tables.codes import US
from sim.model.tables.parameters.bargain import STRUCTURES
from sim.model.tables.vocabulary import Clause
from tests.mission.helpers import INVESTMENT, lay_out, lay_out_structure
from tests.mission.plays import batch, start

OFFER = INVESTMENT
OTHERS = (Clause.FENTANYL_CUT, Clause.PRECURSORS, Clause.SOYBEANS, Clause.TAIWAN)


def odds(autonomy: str, hawks: str, doves: str = "0.4") -> dict[Clause, tuple[float, float]]:
    """Returns the odds that Washington signs each clause alone and that it is stopped at home, with
    a rich investment offer."""
    state, params = start(
        OFFER,
        (
            ("us.issue.investment", "3"),
            ("us.issue.taiwan", "3"),
            ("us.leader.autonomy", autonomy),
            ("us.hawks.influence", hawks),
            ("us.doves.influence", doves),
        ),
    )
    found = {}
    for clause in (*OTHERS, *STRUCTURES):
        if clause in STRUCTURES:
            lay_out_structure(state, params, clause, hiring=True)
        else:
            lay_out(state, params, clause)
        found[clause] = sign_probability(state, params, US), veto_probability(state, params, US)
    return found


def test_A7_with_full_autonomy_hawks_do_not_count_in_acceptance() -> None:
    """With autonomy 1 the odds of signing any clause, and of its being stopped at home, are the
    same whatever the hawks weigh; without it they differ wherever security is touched."""
    # If factions spoke past the leader, the odds would differ as they do at autonomy 0.
    assert odds("1", "0.05") == odds("1", "1.0")
    tame, fierce = odds("0", "0.05"), odds("0", "1.0")
    for clause in (*STRUCTURES, Clause.TAIWAN):
        assert tame[clause][0] > fierce[clause][0]
        assert tame[clause][1] < fierce[clause][1]


def test_A7_without_autonomy_hawks_dominate_acceptance() -> None:
    """With autonomy 0 a Washington of hawks rejects plants of China's own, which it otherwise likes
    as not; the more the leader decides alone, the less the hawks matter."""
    swing = []
    for autonomy in ("0", "0.5", "1"):
        tame = odds(autonomy, "0.05", "1.0")[Clause.WHOLLY_OWNED][0]
        fierce = odds(autonomy, "1.0", "0.05")[Clause.WHOLLY_OWNED][0]
        swing.append(tame - fierce)
    assert swing[0] > swing[1] > swing[2] == 0.0
    fierce = odds("0", "1.0", "0.05")[Clause.WHOLLY_OWNED][0]
    tame = odds("0", "0.05", "1.0")[Clause.WHOLLY_OWNED][0]
    assert tame > 0.6
    assert fierce < 0.5 * tame


def test_A7_with_full_autonomy_whole_runs_ignore_the_hawks() -> None:
    """With autonomy 1 weak and strong hawks give the same runs to the last digit, with autonomy 0
    they do not."""
    same, differ = (
        [
            batch(
                OFFER,
                60,
                (("us.leader.autonomy", autonomy), ("us.hawks.influence", hawks)),
                until="2025-06-15",
            )
            for hawks in ("0.05", "1.0")
        ]
        for autonomy in ("1", "0")
    )
    for name, column in same[0].items():
        np.testing.assert_array_equal(column, same[1][name], err_msg=name)
    assert (differ[0]["us_measures"] != differ[1]["us_measures"]).mean() > 0.3
