"""End of a pause: what prolonging is worth, and that it takes both."""

from __future__ import annotations

import math

import pytest

from sim.model.bargain.expiry import (
    decide_extension,
    prolonging_gain,
    prolonging_probability,
    security_shift,
)
from sim.model.tables.codes import (
    AGREEMENT_PAUSE,
    CN,
    FULL_REPLY,
    PACKAGE_EXTENSION,
    PRICE_CN_TARIFF_CUT,
    PRICE_US_TARIFF_CUT,
    RECIPROCAL,
    SECURITY,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import SIGN_FIRST
from tests.unit.model.records import TODAY


@pytest.fixture
def pause(state: State) -> State:
    """Returns a calm state with a pause that suspends 20 points on either side."""
    state.agreement, state.truce_ends_on = AGREEMENT_PAUSE, TODAY + 3
    state.suspended_pp[US][RECIPROCAL] = state.suspended_pp[CN][FULL_REPLY] = 20.0
    return state


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters under which nothing but the default counts."""
    params.horizon_days, params.strain_full_measures = 365, 4.0
    params.prohibitive_pp = 50.0
    params.expiry_default, params.expiry_noise = 1.0, 0.5
    params.truce_length_days, params.early_extension_days = 90, 20
    return params


def test_the_snapback_counts_for_both_sides_duties(pause: State, params: Params) -> None:
    """Two units of each cut, at what they are worth to the side, over the horizon."""
    # Fails if a duty is left out, or the other side's worth is used.
    params.utility_per_usd_bn = [9.0, 0.5]
    pause.price_usd_bn[CN][PRICE_US_TARIFF_CUT] = 2.0
    pause.price_usd_bn[CN][PRICE_CN_TARIFF_CUT] = 1.0

    assert prolonging_gain(pause, params, CN) == 1.0 + 0.5 * (2.0 * 2.0 + 2.0 * 1.0)


@pytest.mark.parametrize(("measures", "expected"), [(0, 1.0), (2, 0.75), (4, 0.5), (9, 0.5)])
def test_strain_speaks_against_it(
    pause: State, params: Params, measures: int, expected: float
) -> None:
    """In proportion to the measures taken, up to full strain."""
    # Fails if strain is left out or has no end.
    params.expiry_strain = 0.5
    pause.measures_since_signing = measures

    assert prolonging_gain(pause, params, US) == expected


def test_a_threat_a_hawkish_shift_and_distrust_speak_against_it(
    pause: State, params: Params
) -> None:
    """Each by its own weight; security only by what is more than usual."""
    # Fails if one of them is left out, turned, or the other side's is used.
    params.expiry_threat, params.gain_trust = 0.25, 2.0
    params.weight[US][SECURITY], pause.weight[US][SECURITY] = 1.0, 1.125
    pause.weight[CN][SECURITY] = 9.0
    pause.trust_kept, pause.trust_broken = [1.0, 1.0], [3.0, 0.0]
    pause.threat_open = True

    # Trust of a quarter is a quarter below neutral, times two.
    assert prolonging_gain(pause, params, US) == 1.0 - 0.25 - 0.125 - 0.5


def test_the_private_reserve_decides_with_a_little_noise(pause: State, params: Params) -> None:
    """The gain over the side's own reserve, in units of noise, is the log odds."""
    # Fails if the reserve is the other side's, or noise is left out.
    pause.reserve = [9.0, 0.5]

    expected = 1.0 / (1.0 + math.exp(-1.0))
    assert prolonging_probability(pause, params, CN) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("u_us", "u_cn", "expected"),
    [(0.74, 0.24, True), (0.76, 0.24, False), (0.74, 0.26, False)],
)
def test_prolonging_takes_both(
    pause: State, params: Params, u_us: float, u_cn: float, expected: bool
) -> None:
    """Washington says yes three times in four, Beijing once in four."""
    # Fails if one yes is enough, the draws are swapped, the comparison is turned, or a side does
    # what a scenario forbids.
    pause.reserve = [1.0 - 0.5 * math.log(3.0), 1.0 + 0.5 * math.log(3.0)]

    assert decide_extension(pause, params, u_us, u_cn) is expected
    pause.forbidden[CN][SIGN_FIRST + PACKAGE_EXTENSION] = True
    assert decide_extension(pause, params, 0.0, 0.0) is False


@pytest.mark.parametrize("left", [0, 21])
def test_officials_prolong_only_what_they_may(pause: State, params: Params, left: int) -> None:
    """Not after its end, nor earlier than ministers do."""
    # Fails if the pause need not be near its end.
    assert decide_extension(pause, params, 0.0, 0.0)
    pause.truce_ends_on = TODAY + left

    assert not decide_extension(pause, params, 0.0, 0.0)


def test_a_security_shift_is_what_is_more_than_usual(state: State, params: Params) -> None:
    """Each side's own; below the usual it is negative."""
    # Fails if the usual weight stays in, or sides are exchanged.
    params.weight[US][SECURITY], params.weight[CN][SECURITY] = 1.0, 2.0
    state.weight[US][SECURITY], state.weight[CN][SECURITY] = 1.5, 1.5

    assert [security_shift(state, params, side) for side in (US, CN)] == [0.5, -0.5]
