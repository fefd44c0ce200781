"""Parameters of duties: rows, names, shipped values."""

from __future__ import annotations

import pytest

from sim.model.tables.parameters.duties import DutyParams
from sim.model.tables.params import Params
from tests.unit.model.tables.subjects import check_rising, check_rows, check_values, names, value


def test_rows_are_sound_and_have_values() -> None:
    """Every row has a name, a unit, a meaning and a shipped value in its unit."""
    # Fails if a row or its value is missing, or a unit differs.
    check_rows(DutyParams, Params)
    check_values(DutyParams)


@pytest.mark.parametrize(
    ("attr", "expected"),
    [
        ("mfn_pct", ["us.tariff.mfn_pct", "cn.tariff.mfn_pct"]),
        (
            "threat_size_pp",
            [f"us.threat.size_pp.{size}" for size in ("ten", "thirty_four", "fifty", "hundred")],
        ),
        ("size_share", [f"us.threat.share.{size}" for size in ("ten", "thirty_four", "fifty")]),
    ],
)
def test_arrays_are_named_by_their_codes(attr: str, expected: list[str]) -> None:
    """Sizes have names; the largest threat has the share that is left and no name for it."""
    # Fails if sizes are renamed or reordered, or the largest gets a share of its own.
    assert names(DutyParams, Params, attr) == expected


def test_shares_leave_something_over() -> None:
    """Sizes of threats, and their ends, add up to less than one."""
    # Fails if the largest threat, or dropping one, can never come.
    sizes = names(DutyParams, Params, "size_share")

    assert sum(value(size) for size in sizes) < 1.0
    assert value("us.threat.execute_share") + value("us.threat.postpone_share") < 1.0


@pytest.mark.parametrize(
    "order",
    [
        ("us.threat.size_pp.ten", "us.threat.size_pp.thirty_four", "us.threat.size_pp.hundred"),
        ("us.counter.ratio_min", "us.counter.ratio_max"),
        ("us.threat.lead_min_days", "us.threat.lead_max_days"),
        ("us.threat.last_days", "us.threat.last_week_days", "us.threat.lead_max_days"),
        ("us.threat.hazard_last_week", "us.threat.hazard_last_days", "us.threat.hazard_last_day"),
        ("cn.reply.partial_cover_min", "cn.reply.partial_cover_max"),
        ("reply.kind.control_hazard_per_day", "reply.kind.port_hazard_per_day"),
    ],
)
def test_bounds_and_ladders_rise(order: tuple[str, ...]) -> None:
    """What is called small is not above what is called large."""
    # Fails if two values are swapped.
    check_rising(*order)


def test_the_hazard_of_the_last_day_is_no_more_than_certain() -> None:
    """Base times factor stays a probability, so that the bound in the rule seldom bites."""
    # Fails if a factor is raised past what the hazard allows.
    hazard = value("us.threat.hazard_per_day") * value("us.threat.hazard_last_day")

    assert 0.0 < hazard < 1.0
