"""A1: the US leader wants a landmark deal, but signs nothing below a floor."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.bargain.signature import sign_probability
from sim.model.bargain.worth import bundle_gain
from sim.model.tables.codes import US
from sim.model.tables.vocabulary import Clause, SummitResult
from tests.mission.helpers import OCTOBER, bundles, lay_out, paired
from tests.mission.plays import Sets, batch, resolved, start, tapes

OFFERS = np.linspace(0.0, 900.0, 91)
PURCHASES = (Clause.SOYBEANS, Clause.FARM, Clause.ENERGY, Clause.AIRCRAFT, Clause.OTHER_GOODS)
RELIEF = (Clause.RECIPROCAL_CUT, Clause.FENTANYL_CUT)
EAGER: Sets = (("us.bargain.landmark_bonus", "4"),)
COOL: Sets = (("us.bargain.landmark_bonus", "0"),)


def acceptance(bonus: float) -> tuple[np.ndarray, np.ndarray]:
    """Returns the worth to Washington of ever larger purchases for relief from its duties, and the
    odds it signs."""
    state, params = start(OCTOBER)
    params.landmark_bonus[US] = bonus
    # A strained mood puts the smallest offers below the reservation value, which is at its mean.
    state.tension = 0.8
    assert state.reserve[US] == 0.0
    gains, odds = [], []
    for pledge in OFFERS:
        params.pledge_usd_bn_per_year = float(pledge)
        lay_out(state, params, *PURCHASES, *RELIEF)
        gains.append(bundle_gain(state, params, US))
        odds.append(sign_probability(state, params, US))
    return np.array(gains), np.array(odds)


@pytest.mark.parametrize("bonus", [0.0, 1.2, 4.0])
def test_A1_acceptance_is_nil_well_below_the_floor_and_rises_smoothly(bonus: float) -> None:
    """Whatever the landmark bonus, an offer worth less than the reservation value by eight times
    its softness is as good as never signed; from there the odds rise with every improvement."""
    # Without the floor the odds would be those of an offer worth a little less.
    gains, odds = acceptance(bonus)
    _, params = start(OCTOBER)
    well_below = gains <= -8.0 * params.reserve_softness
    assert 5 <= well_below.sum() <= len(gains) - 5
    assert odds[well_below].max() < 1e-3
    assert (np.diff(odds) > 0.0).all()
    # No step: from one offer to the next the odds rise by little.
    assert np.diff(odds).max() < 0.1
    assert odds[-1] > 20.0 * odds[well_below].max()


def test_A1_a_landmark_bonus_moves_acceptance_to_smaller_offers() -> None:
    """With a larger landmark bonus the same odds are reached at a smaller offer."""
    # Without the bonus the two curves would be one.
    gains, plain = acceptance(0.0)
    _, eager = acceptance(4.0)
    above = gains > 0.0
    assert (eager[above] > plain[above]).all()
    level = 0.6
    assert eager.max() > level
    assert plain[: int(np.argmax(eager >= level)) + 1].max() < level


def test_A1_a_landmark_bonus_moves_acceptance_to_an_earlier_day() -> None:
    """With a larger landmark bonus the same odds of signing are reached with more days left to
    the deadline."""
    left = range(1, 90)
    first = {}
    level = 0.0
    for bonus in (0.0, 1.2, 4.0):
        state, params = start(OCTOBER)
        params.landmark_bonus[US] = bonus
        params.pledge_usd_bn_per_year = 500.0
        odds = []
        for days in left:
            state.truce_ends_on = state.threat_deadline = state.day + days
            lay_out(state, params, *PURCHASES, *RELIEF)
            odds.append(sign_probability(state, params, US))
        assert odds == sorted(odds, reverse=True)
        # The odds that without any bonus are reached with three days left.
        level = odds[2] if bonus == 0.0 else level
        first[bonus] = sum(p >= level for p in odds)
    assert first[0.0] < first[1.2] < first[4.0]


def test_A1_a_landmark_bonus_brings_packages_at_the_summit() -> None:
    """In October 2025, on the same luck, a leader keener on landmarks signs packages at the summit
    more often."""
    keen = batch(OCTOBER, 300, EAGER, until="2025-11-20")["summit_result"]
    cool = batch(OCTOBER, 300, COOL, until="2025-11-20")["summit_result"]
    assert paired(keen >= SummitResult.PACKAGE, cool >= SummitResult.PACKAGE).positive


def test_A1_even_a_keen_leader_never_signs_below_the_floor() -> None:
    """With a large landmark bonus no package signed in October 2025 is worth less to Washington
    than its reservation value of the run, but for the softness of that value."""
    _, params = start(OCTOBER)
    gains = [
        bundle.seen
        for tape in tapes(
            resolved(OCTOBER, EAGER, "2025-11-20"),
            range(240),
            lambda s, p: s.signed_gain[US],
        )
        for bundle in bundles(tape)
        if bundle.name != "extension"
    ]
    assert len(gains) > 10
    assert min(gains) > -5.0 * params.reserve_softness
