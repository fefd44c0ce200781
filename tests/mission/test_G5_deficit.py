"""G5: the bilateral deficit starts at 295 billion dollars and falls with purchases and tariffs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.mission.plays import QUIET, batch, forced, start, variant

BASE = "phase-one-redux"


@pytest.mark.parametrize("name", ["january-2025-first-100-days", "phase-one-redux"])
def test_G5_the_deficit_starts_at_295(name: str) -> None:
    """Early in 2025 the deficit over twelve months stands at 295 billion dollars."""
    state, _ = start(name)
    assert state.deficit_usd_bn_per_year == pytest.approx(295.0, abs=0.5)


def deficit(folder: Path, *acts: Mapping[str, Any]) -> float:
    """Returns the deficit half a year on, where nothing happens but some forced acts."""
    rows = {"act": forced("2025-02-16", *acts)} if acts else {}
    path = variant(folder, BASE, interventions=rows, calendar={"reviews": None})
    return float(batch(path, 10, QUIET, "2025-09-02")["deficit_usd_bn_per_year"].mean())


def test_G5_tariffs_and_purchases_lower_the_deficit(tmp_path: Path) -> None:
    """A tariff of 50 points narrows the deficit by tens of billions, a purchase pledge by less;
    both are below the course without either."""
    nothing = deficit(tmp_path)
    tariff = deficit(tmp_path, {"side": "us", "act": "hike", "size_pp": 50.0})
    more = deficit(tmp_path, {"side": "us", "act": "hike", "size_pp": 100.0})
    pledge = deficit(tmp_path, {"side": "us", "act": "sign_purchases"})
    assert tariff < nothing - 10.0
    assert more < tariff - 5.0
    assert pledge < nothing - 2.0


def test_G5_purchases_count_against_the_deficit(tmp_path: Path) -> None:
    """Of two courses with the same duties, the one that buys nothing under its pledge has the
    larger deficit."""
    act = {"side": "us", "act": "sign_purchases"}
    path = variant(
        tmp_path,
        BASE,
        interventions={"act": forced("2025-02-16", act)},
        calendar={"reviews": None},
    )
    kept = batch(path, 10, QUIET, "2025-09-02")
    names = ("soybeans", "farm", "energy", "aircraft", "other")
    none = tuple((f"cn.compliance.{name}", "0") for name in names)
    broken = batch(path, 10, (*QUIET, *none, ("cn.compliance_spread", "0")), "2025-09-02")
    bought = kept["purchases_delivered_usd_bn"] - broken["purchases_delivered_usd_bn"]
    assert bought.min() > 3.0
    assert (broken["deficit_usd_bn_per_year"] - kept["deficit_usd_bn_per_year"]).min() > 2.0
