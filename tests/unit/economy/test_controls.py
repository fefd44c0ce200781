"""Export controls as quantities: licences, stocks, output lost, the tariff a cap amounts to."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.economy.controls import (
    apply_inputs_day,
    cap_tariff_equivalent,
    chips_approval,
    minerals_approval,
    shortage,
    stock_after_day,
)
from sim.economy.sectors import N_GOODS
from sim.model.controls.measures import apply_easing, apply_measure
from sim.model.tables.codes import CN, FENTANYL, RARE_EARTHS, TECH, US
from tests.unit.economy.worlds import base_state, central, good_named, nest, opened

TOYS = good_named("us.toys")


@pytest.mark.parametrize(("level", "share"), [(0, 1.0), (1, 0.75), (3, 0.25), (4, 0.0), (6, 0.0)])
def test_a_quarter_of_rare_earth_licences_goes_with_each_level(level: int, share: float) -> None:
    """Three levels left about a quarter approved, in June 2025; less than none is none."""
    params = central()
    state = base_state(params)
    state.control[CN][RARE_EARTHS] = level

    assert minerals_approval(state, params) == pytest.approx(share)


def test_a_new_control_stops_nearly_all_until_licences_come() -> None:
    """A tenth passes for as many days as the first licences take, then the share of the level; an
    easing ends the wait."""
    # Fails if the wait is left out, never ends, or outlasts an easing.
    params = central(minerals_share_waiting=0.1, minerals_licence_days=3)
    state = base_state(params)
    apply_measure(state, params, CN, RARE_EARTHS)
    passing = []
    for _ in range(5):
        passing.append(minerals_approval(state, params))
        apply_inputs_day(state, params)

    assert passing == [0.1, 0.1, 0.1, 0.75, 0.75]
    apply_measure(state, params, CN, RARE_EARTHS)
    apply_easing(state, params, CN, RARE_EARTHS)
    assert minerals_approval(state, params) == 0.75


def test_a_shortage_bites_less_the_longer_controls_last() -> None:
    """After as many months as the time constant, users have replaced 63 per cent."""
    # Fails if substitution is left out, or counts days without controls.
    params = central(minerals_substitution_months=10.0, minerals_refill_per_day=0.0)
    state = base_state(params)
    state.minerals_stock_months = 0.0
    for _ in range(100):
        apply_inputs_day(state, params)
    state.control[CN][RARE_EARTHS] = 4
    for _ in range(304):
        apply_inputs_day(state, params)

    assert state.minerals_tight_days == 304
    assert state.input_short[US] == pytest.approx(math.exp(-1.0))


@pytest.mark.parametrize(("level", "share"), [(2, 1.0), (3, 0.8), (7, 0.0), (9, 0.0), (0, 1.4)])
def test_chip_licences_count_from_the_level_of_the_base(level: int, share: float) -> None:
    """Base-year trade already bears two levels; each further one takes a fifth, easing adds it."""
    params = central()
    state = base_state(params)
    state.control[US][TECH] = level

    assert chips_approval(state, params) == pytest.approx(share, abs=1e-12)


def test_a_stock_is_drawn_by_what_does_not_arrive_and_refilled_slowly() -> None:
    """Half the supply missing draws half a month in 30.4 days, less what is refilled."""
    stock = 2.0
    for _ in range(304):
        stock = stock_after_day(stock, 0.5, 0.0, 3.0)
    assert stock == pytest.approx(0.0, abs=1e-12)
    assert stock_after_day(1.0, 0.5, 0.01, 3.0) == pytest.approx(1.01 - 0.5 / 30.4)
    assert stock_after_day(2.995, 1.0, 0.01, 3.0) == 3.0
    assert stock_after_day(1.0, 1.4, 0.01, 3.0) == pytest.approx(1.01)
    assert stock_after_day(0.01, 0.0, 0.0, 3.0) == 0.0


def test_nothing_is_lost_while_stock_lasts_then_what_is_refused() -> None:
    """No loss with a day's stock left; without stock, one less the share approved."""
    assert shortage(0.001, 0.0) == 0.0
    assert shortage(0.0, 0.25) == 0.75
    assert shortage(0.0, 1.0) == 0.0
    assert shortage(0.0, 1.4) == 0.0


def test_stocks_bridge_a_cut_for_as_long_as_they_last() -> None:
    """Two months of magnets last 81 days at a quarter of supply and no refill, then 75 per cent
    of exposed output stops; with supply free it runs again at once and stocks refill."""
    params = central(minerals_refill_per_day=0.0)
    state = base_state(params)
    state.minerals_stock_months = 2.0
    state.control[CN][RARE_EARTHS] = 3
    days = 0
    while state.input_short[US] == 0.0:
        apply_inputs_day(state, params)
        days += 1

    assert days == math.ceil(2.0 * 30.4 / 0.75)
    assert state.input_short[US] == pytest.approx(0.75)
    assert state.input_short[CN] == 0.0

    state.control[CN][RARE_EARTHS] = 0
    params.minerals_refill_per_day = 0.01
    apply_inputs_day(state, params)
    assert state.input_short[US] == 0.0
    assert state.minerals_stock_months == pytest.approx(0.01)
    for _ in range(400):
        apply_inputs_day(state, params)
    assert state.minerals_stock_months == params.minerals_stock_max_months == 3.0


def test_chips_run_short_in_china_and_not_in_the_us() -> None:
    """Refused licences draw China's stock of chips; its lines lose what is refused."""
    params = central(chips_refill_per_day=0.0)
    state = base_state(params)
    state.minerals_stock_months, state.chips_stock_months = 3.0, 0.6
    state.control[US][TECH] = 4
    days = 0
    while state.input_short[CN] == 0.0:
        apply_inputs_day(state, params)
        days += 1

    assert days == math.ceil(0.6 * 30.4 / 0.4)
    assert state.input_short == pytest.approx([0.0, 0.4])


@given(cap=st.floats(0.05, 1.0), sigma=st.floats(1.1, 6.0))
def test_a_tariff_as_large_as_a_caps_equivalent_moves_a_flow_to_the_cap(
    cap: float, sigma: float
) -> None:
    """At full pass-through and with a partner too small to move prices, demand lands on the cap."""
    x = cap_tariff_equivalent(cap, sigma)
    params = central(
        good_partner_share=[1e-12] * N_GOODS,
        good_sigma_ratio=[1.0] * N_GOODS,
        good_duty_pct=[0.0] * N_GOODS,
        trade_pass_through=[1.0, 1.0],
        trade_collect=[1.0, 1.0],
        trade_sigma_12m=[sigma, sigma],
    )

    state = opened(params, {FENTANYL: 100.0 * math.expm1(x)})

    assert nest(params, TOYS)[2] == sigma
    assert state.good_duty_log[TOYS] == pytest.approx(x, abs=1e-12)
    assert math.exp(state.good_target_log[TOYS]) == pytest.approx(cap, rel=1e-8)


def test_a_cap_that_does_not_bind_is_no_tariff() -> None:
    """A cap at or above the free flow costs nothing; half of it at sigma 2 is ln 2 / 2."""
    assert cap_tariff_equivalent(1.0, 2.0) == 0.0
    assert cap_tariff_equivalent(1.5, 2.0) == 0.0
    assert cap_tariff_equivalent(0.5, 2.0) == pytest.approx(math.log(2.0) / 2)
