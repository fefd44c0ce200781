"""C10: promises on North Korea, Ukraine and the dollar sweeten a bundle by what Washington makes of
them."""

from __future__ import annotations

import pytest

from sim.model.bargain.signature import sign_probability
from sim.model.bargain.worth import bundle_gain
from sim.model.tables.codes import US
from sim.model.tables.vocabulary import Clause
from tests.mission.helpers import GRAND, lay_out
from tests.mission.plays import Sets, batch, start

SWEETENERS = (Clause.NORTH_KOREA, Clause.UKRAINE, Clause.DOLLAR)
BASIS = (Clause.SOYBEANS, Clause.ENERGY, Clause.PRECURSORS)


def weighed(weight: float) -> Sets:
    """Returns the setting of Washington's weight of all sweeteners, their prestige and the work of
    drafting them left aside."""
    return (
        ("bargain.clause_cost", "0"),
        ("us.bargain.landmark_bonus", "0"),
        ("us.bargain.headline_cost", "0"),
        *((f"us.issue.{clause.name.lower()}", str(weight)) for clause in SWEETENERS),
    )


def offer(sets: Sets, *sweeteners: Clause) -> tuple[float, float]:
    """Returns Washington's gain from a bundle with some sweeteners and the odds that it signs."""
    state, params = start(GRAND, sets)
    lay_out(state, params, *BASIS, *sweeteners)
    return bundle_gain(state, params, US), sign_probability(state, params, US)


@pytest.mark.parametrize("clause", SWEETENERS)
def test_C10_a_sweetener_raises_acceptance_by_its_weight(clause: Clause) -> None:
    """Each sweetener raises Washington's gain in proportion to the weight Washington gives it, and
    its odds of signing with it."""
    gains, odds = [], []
    _, params = start(GRAND)
    for weight in (0.0, 0.5, 1.0, 2.0):
        sets = weighed(weight)
        (plain, before), (sweet, after) = offer(sets), offer(sets, clause)
        gains.append(sweet - plain)
        odds.append(after - before)
    assert gains[1] > 0.0
    assert gains[2] == pytest.approx(2.0 * gains[1])
    assert gains[3] == pytest.approx(4.0 * gains[1])
    assert odds[0] < odds[1] < odds[2] < odds[3]
    # Washington trusts China's promises little, and the gain is the less for it.
    assert gains[2] <= params.clause_settles[clause] + 1e-12


@pytest.mark.parametrize("clause", SWEETENERS)
def test_C10_a_sweetener_of_no_weight_adds_nothing(clause: Clause) -> None:
    """At weight 0 a sweetener changes neither Washington's gain nor its odds of signing, but for
    prestige and the work of drafting it; that work makes it a loss."""
    assert offer(weighed(0.0), clause) == pytest.approx(offer(weighed(0.0)))
    drafted = tuple(pair for pair in weighed(0.0) if pair[0] != "bargain.clause_cost")
    assert offer(drafted, clause)[1] < offer(drafted)[1]


def test_C10_the_bundle_of_all_three_adds_their_worth_up() -> None:
    """The three together raise the gain by the sum of what each adds (E286)."""
    sets = weighed(1.0)
    plain = offer(sets)[0]
    each = sum(offer(sets, clause)[0] - plain for clause in SWEETENERS)
    assert offer(sets, *SWEETENERS)[0] - plain == pytest.approx(each)


def test_C10_runs_sign_sweeteners_that_washington_values() -> None:
    """On the same luck runs of the grand bargain sign each sweetener in some cases where Washington
    gives it a high weight; where it counts for nothing they almost never do."""
    high = batch(GRAND, 600, tuple(pair for pair in weighed(2.0) if pair[0].startswith("us.issue")))
    none = batch(GRAND, 600, weighed(0.0)[1:])
    for clause in SWEETENERS:
        name = f"signed[{clause.name.lower()}]"
        assert (high[name] > 0).mean() > 0.03
        assert (none[name] > 0).mean() < 0.01
