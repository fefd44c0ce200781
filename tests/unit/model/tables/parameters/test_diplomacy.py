"""Parameters of diplomacy: rows, names, shipped values."""

from __future__ import annotations

import pytest

from sim.model.tables.parameters.diplomacy import DiplomacyParams
from sim.model.tables.params import Params
from tests.unit.model.tables.subjects import check_rising, check_rows, check_values, names

VENUES = ("beijing", "washington", "mar_a_lago", "third_country")


def test_rows_are_sound_and_have_values() -> None:
    """Every row has a name, a unit, a meaning and a shipped value in its unit."""
    # Fails if a row or its value is missing, or a unit differs.
    check_rows(DiplomacyParams, Params)
    check_values(DiplomacyParams)


@pytest.mark.parametrize(
    ("attr", "expected"),
    [
        ("answer_base", ["us.answer.base", "cn.answer.base"]),
        ("venue_taste", [f"{side}.venue.{venue}" for side in ("us", "cn") for venue in VENUES]),
        (
            "confirm_window_days",
            [f"summit.confirm_window_days.{party}" for party in ("us", "host", "cn")],
        ),
    ],
)
def test_arrays_are_named_by_their_codes(attr: str, expected: list[str]) -> None:
    """Sides, venues and parties have names; no venue has none."""
    # Fails if codes are renamed or reordered, or no venue gets a taste.
    assert names(DiplomacyParams, Params, attr) == expected


@pytest.mark.parametrize(
    "order",
    [
        ("summit.slot_lead_days", "summit.lead_min_days", "summit.lead_max_days"),
        (
            "summit.confirm_last_days",
            "summit.confirm_window_days.cn",
            "summit.confirm_window_days.host",
            "summit.confirm_window_days.us",
        ),
        ("summit.confirm_cn_per_day", "summit.confirm_cn_last_days_per_day"),
        ("talks.round_summit_last_days", "talks.round_summit_window_days"),
        ("leaders.call_echo_days", "leaders.call_spacing_days"),
        ("summit.cancel_per_face", "summit.cancel_per_day", "summit.cancel_after_hike"),
    ],
)
def test_windows_lie_within_each_other(order: tuple[str, ...]) -> None:
    """The last days are the shorter, and Washington confirms first."""
    # Fails if two values are swapped.
    check_rising(*order)
