"""G3: a US hike lowers sales to the US, raises those to third countries, then their barriers."""

from __future__ import annotations

from sim.economy.accounts import resold_usd_bn_per_month
from sim.economy.block import apply_trade_month
from sim.model.duties.layers import apply_averages
from sim.model.tables.codes import CN, FENTANYL, US
from tests.mission.plays import Sets, start

MARCH = "march-2025-escalation"


def course(points: float, sets: Sets = ()) -> list[tuple[float, float, float]]:
    """Returns by month US imports from China, Chinese goods resold elsewhere (USD bn a month) and
    third countries' barriers, after the US added so many points."""
    state, params = start(MARCH, sets)
    state.duty_pp[US][FENTANYL] += points
    apply_averages(state, params)
    rows = []
    for _ in range(12):
        apply_trade_month(state, params)
        resold = resold_usd_bn_per_month(state, params, CN)
        rows.append((state.trade_usd_bn_per_month[US], resold, state.third_barrier))
    return rows


def test_G3_goods_lost_to_the_us_go_elsewhere() -> None:
    """A hike of 40 points takes bilateral sales down and third countries' purchases up, by less
    than what was lost."""
    plain, hiked = course(0.0), course(40.0)

    lost = plain[5][0] - hiked[5][0]
    gained = hiked[5][1] - plain[5][1]
    assert lost > 3.0
    assert 0.0 < gained < lost


def test_G3_barriers_follow_the_flood() -> None:
    """Third countries' barriers rise month by month after the hike, later than the goods come, and
    higher after a larger one."""
    plain, hiked, more = (course(points) for points in (0.0, 40.0, 100.0))

    barriers = [row[2] for row in hiked]
    assert barriers == sorted(barriers)
    assert barriers[0] < 0.25 * barriers[-1]
    assert more[-1][2] > hiked[-1][2] > plain[-1][2]


def test_G3_barriers_keep_diverted_goods_out() -> None:
    """Were third countries to raise no barriers, they would end up buying more."""
    closed = course(40.0)[-1]
    wide_open = course(40.0, (("trade.barrier_response", "0"),))[-1]

    assert wide_open[1] > closed[1]
    assert wide_open[0] == closed[0]
