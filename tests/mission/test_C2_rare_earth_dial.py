"""C2: rare-earth controls are a dial: US industry feels them with a lag and recovers."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sim.economy.controls import minerals_approval
from sim.model.tables.codes import CN, RARE_EARTHS
from tests.mission.helpers import MARCH, daily, days_between
from tests.mission.plays import QUIET, batch, day, forced, start, variant

TIGHTEN = {"side": "cn", "act": "tighten_rare_earths"}
EASE = {"side": "cn", "act": "ease_rare_earths"}
STEEP = (
    *((f"cn.minerals_share.level_{level}", str(1.0 - level / 4)) for level in range(1, 5)),
    ("cn.minerals_licence_days", "0"),
)
"""A dial of four equal steps to nothing, so that every level drains the stock."""
DATES = days_between("2025-03-31", "2025-12-31")


def pressure(folder: Path, levels: int, stock: str) -> np.ndarray:
    """Returns US industry's pressure by day from 1 April, controls tightened on 1 April by some
    levels and eased by as many on 1 October."""
    interventions = {}
    if levels:
        interventions = {
            "tighten": forced("2025-04-01", *[TIGHTEN] * levels),
            "ease": forced("2025-10-01", *[EASE] * levels),
        }
    path = variant(folder, MARCH, interventions=interventions)
    sets = (
        *QUIET,
        *STEEP,
        ("calendar.reviews", "null"),
        ("us.minerals_stock_months", stock),
        ("summit.stage", "none"),
    )
    return daily(batch(path, 2, sets, "2025-12-31", DATES), "us_industry_pressure", DATES)[0]


def test_C2_industry_feels_controls_once_its_stock_is_gone_and_recovers(tmp_path: Path) -> None:
    """After a tightening US industry's pressure stays flat while stocks last, then rises for
    weeks; after approvals resume it falls back."""
    # Without the buffer the rise would start at once; without the dial there would be none.
    series = pressure(tmp_path, 3, "1.0")
    plain = pressure(tmp_path, 0, "1.0")
    tight = DATES.index("2025-04-01")
    eased = DATES.index("2025-10-01")
    above = series - plain
    felt = int(np.argmax(above > 0.005))
    # What is left of the month of stock and its refill, run down by the licences refused.
    state, params = start(MARCH)
    refill = params.minerals_refill_per_day
    loss = (1.0 - 0.25) / 30.4 - refill
    stock = 1.0 + refill * (day("2025-04-01") - state.day)
    assert abs(felt - tight - stock / loss) < 5.0
    assert felt - tight > 30
    assert (np.diff(series[felt : felt + 30]) > 0.0).all()
    assert above[eased - 1] > 0.3
    assert (np.diff(series[eased : eased + 30]) < 0.0).all()
    assert above[eased + 60] < 0.2 * above[eased - 1]


def test_C2_larger_stocks_delay_the_squeeze(tmp_path: Path) -> None:
    """The larger the stock of controlled inputs, the later industry feels the controls."""
    plain = pressure(tmp_path, 0, "1.0")
    felt = []
    for stock in ("0.2", "1.0", "2.0"):
        above = pressure(tmp_path, 3, stock) - plain
        assert above.max() > 0.1
        felt.append(int(np.argmax(above > 0.05)))
    assert felt[0] < felt[1] < felt[2]


def test_C2_magnets_after_april_2025_follow_the_customs(tmp_path: Path) -> None:
    """Three controls on 4 April 2025: hardly anything leaves in May, about half in June, and from
    July nearly the tonnage of 2024; US lines lose next to nothing."""
    # Fails if a control is felt for good, or licences come at once. Tonnes of Chinese customs.
    tonnes = {"2025-05": 46, "2025-06": 353, "2025-07": 619, "2025-08": 590, "2025-09": 420}
    days = days_between("2025-05-01", "2025-09-30")
    path = variant(tmp_path, MARCH, interventions={"tighten": forced("2025-04-04", *[TIGHTEN] * 3)})
    sets = (*QUIET, ("calendar.reviews", "null"), ("summit.stage", "none"))
    played = batch(path, 2, sets, "2025-09-30", days)
    shares = daily(played, "cn_minerals_share", days)[0]
    lost = daily(played, "us_magnet_output_lost_usd_bn_per_year", days)[0]
    for month, measured in tonnes.items():
        mean = float(np.mean([s for d, s in zip(days, shares, strict=True) if d.startswith(month)]))
        assert abs(mean - measured / 621) < 0.3, month
    total = float(shares.mean()) / (sum(tonnes.values()) / 5 / 621)
    assert 0.85 < total < 1.2
    assert lost.max() < 0.5 * 32


def test_C2_the_dial_has_steps(tmp_path: Path) -> None:
    """Every level of control grants fewer licences and squeezes industry more."""
    shares, peaks = [], []
    for level in range(5):
        state, params = start(MARCH)
        state.control[CN][RARE_EARTHS] = level
        shares.append(minerals_approval(state, params))
    assert shares[0] == 1.0
    assert shares == sorted(shares, reverse=True)
    assert len(set(shares)) == 5
    peaks = [pressure(tmp_path, level, "0.2").max() for level in (0, 2, 4)]
    assert peaks[0] < peaks[1] < peaks[2]
