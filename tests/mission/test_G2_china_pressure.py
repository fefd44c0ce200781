"""G2: China's pressure rises with US duties, with its reliance on US sales and with deflation."""

from __future__ import annotations

import pytest

from sim.economy.block import apply_trade_month
from sim.model.duties.layers import apply_averages
from sim.model.governments.pressures import (
    apply_pressure_index,
    apply_pressure_month,
    growth_loss_pct,
)
from sim.model.tables.codes import CN, CN_EXPORTS, CN_GROWTH, CN_JOBS, CN_PRICES, FENTANYL, US
from tests.mission.plays import QUIET, Sets, batch, forced, start, variant

MARCH = "march-2025-escalation"


def pressure(points: float, sets: Sets = (), months: int = 6) -> tuple[float, list[float]]:
    """Returns China's pressure and its parts some months after the US added so many points."""
    state, params = start(MARCH, sets)
    state.duty_pp[US][FENTANYL] += points
    apply_averages(state, params)
    for _ in range(months):
        apply_trade_month(state, params)
        apply_pressure_month(state, params)
    apply_pressure_index(state)
    return state.pressure[CN], list(state.pressure_part[CN])


def test_G2_pressure_rises_with_us_duties_in_every_part() -> None:
    """Each twenty points more on China press harder on its growth, exports, prices and jobs."""
    index, parts = zip(*(pressure(points) for points in (0.0, 20.0, 40.0)), strict=True)

    assert index[0] < index[1] < index[2]
    for part in (CN_GROWTH, CN_EXPORTS, CN_PRICES, CN_JOBS):
        assert parts[0][part] < parts[1][part] < parts[2][part]


def test_G2_without_the_trade_effect_duties_do_not_press_on_exports() -> None:
    """Where no point of duty is paid, US duties leave China's exports and jobs alone."""
    unpaid: Sets = (("trade.us.collect", "0"),)

    quiet, heavy = pressure(0.0, unpaid)[1], pressure(40.0, unpaid)[1]

    assert heavy[CN_EXPORTS] == pytest.approx(quiet[CN_EXPORTS], abs=1e-12)
    assert heavy[CN_JOBS] == pytest.approx(quiet[CN_JOBS], abs=1e-12)


def test_G2_who_sells_more_elsewhere_feels_less() -> None:
    """The more of its lost sales China finds buyers for elsewhere, the less its jobs suffer."""
    parts = [
        pressure(40.0, (("trade.cn.resold_share", share),))[1] for share in ("0.2", "0.6", "0.9")
    ]

    assert parts[0][CN_JOBS] > parts[1][CN_JOBS] > parts[2][CN_JOBS]


def test_G2_deflation_at_rest_presses() -> None:
    """Falling prices to begin with make for more pressure."""
    low, high = (pressure(0.0, (("cn.pressure_rest.prices", rest),))[0] for rest in ("0.1", "0.6"))

    assert high > low


def test_G2_the_growth_shortfall_is_printed(tmp_path) -> None:  # noqa: ANN001
    """The outcomes show growth lost against the target of five, more after a hike, and so do they
    pressure."""
    act = {"side": "us", "act": "hike", "size_pp": 40.0}
    hiked = variant(tmp_path, MARCH, interventions={"act": forced("2025-03-12", act)})
    sets = (*QUIET, ("calendar.reviews", "null"))

    quiet, struck = batch(MARCH, 2, sets, "2025-06-30"), batch(hiked, 2, sets, "2025-06-30")
    plain, after = (values["cn_growth_shortfall_pct"] for values in (quiet, struck))

    state, params = start(MARCH)
    assert growth_loss_pct(state, params) == pytest.approx(-state.real_income_pct[CN])
    assert (after > plain + 0.1).all()
    assert (struck["cn_pressure"] > quiet["cn_pressure"] + 0.02).all()
