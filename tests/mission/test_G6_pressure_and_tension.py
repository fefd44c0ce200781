"""G6: pressure pushes towards deals, tension away from them."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.bargain.logroll import apply_table
from sim.model.bargain.signature import sign_probability
from sim.model.bargain.worth import bundle_gain
from sim.model.diplomacy.talks import answer_probability
from sim.model.tables.codes import CN, LEADERS, US
from sim.model.tables.vocabulary import Clause, Expiry
from tests.mission.helpers import lay_out
from tests.mission.plays import SEED, played, resolved, start

JUNE = "june-2025-resumed-talks"
PARTS = (
    *(f"us.pressure.{part}" for part in ("prices", "farm", "industry")),
    "market.stress",
    *(f"cn.pressure.{part}" for part in ("growth", "exports", "prices", "jobs")),
)
DESIGNS = 60
RUNS = 30


def test_G6_deal_hazard_rises_with_pressure_and_falls_with_tension() -> None:
    """Over random starting points, a regression of a deal within 45 days gives pressure a
    positive and tension a negative coefficient, both beyond two standard errors."""
    rng = np.random.default_rng(SEED)
    rows, deals = [], []
    for design in range(DESIGNS):
        pressure, tension = rng.uniform(0.0, 0.9), rng.uniform(0.2, 0.95)
        sets = (*((name, f"{pressure:.3f}") for name in PARTS), ("tension", f"{tension:.3f}"))
        values = played(resolved(JUNE, sets, "2025-07-20"), RUNS, design * RUNS).values
        deal = (values["clauses_signed"] > 0) | (values["truce_expiry"] == Expiry.EXTENDED)
        deals += deal.tolist()
        rows += [(1.0, pressure, tension)] * RUNS
    x, y = np.array(rows), np.array(deals, dtype=float)
    beta, residual, _, _ = np.linalg.lstsq(x, y, rcond=None)
    error = np.sqrt(np.diag(np.linalg.inv(x.T @ x)) * residual[0] / (len(y) - 3))
    assert 0.01 < y.mean() < 0.99
    assert beta[1] > 2.0 * error[1]
    assert beta[2] < -2.0 * error[2]


@pytest.mark.parametrize("side", [US, CN])
def test_G6_both_pushes_act_on_talks_and_on_every_clause(side: int) -> None:
    """More pressure makes a side readier to talk and to sign, more tension less so, clause by
    clause."""
    calm, params = start(JUNE)
    pressed, _ = start(JUNE)
    tense, _ = start(JUNE)
    pressed.pressure[side] += 0.2
    tense.tension += 0.2
    assert answer_probability(pressed, params, side) > answer_probability(calm, params, side)
    assert answer_probability(tense, params, side) < answer_probability(calm, params, side)
    apply_table(calm, params, US, LEADERS, False, forced=False)
    to_be_had = [clause for clause in Clause if calm.units[clause] > 0.0]
    assert len(to_be_had) > 10
    for clause in to_be_had:
        gains, odds = [], []
        for state in (tense, calm, pressed):
            lay_out(state, params, clause)
            gains.append(bundle_gain(state, params, side))
            odds.append(sign_probability(state, params, side))
        assert gains[0] < gains[1] < gains[2]
        assert odds[0] < odds[1] < odds[2]
