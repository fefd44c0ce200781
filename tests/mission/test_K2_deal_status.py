"""K2: the deal in force and its kind."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.model.outcomes.politics import outcome_index
from sim.model.tables.vocabulary import DealStatus
from tests.mission.helpers import JUNE, banned
from tests.mission.plays import (
    QUIET,
    Sets,
    batch,
    forced,
    played,
    record_of_2025,
    share_error,
    variant,
)

N = 200
ALONE: Sets = (*QUIET, ("summit.stage", "none"), ("talks.stage", "none"))
"""Nothing is signed but what a test forces."""


JANUARY = "january-2025-first-100-days"
FURTHER = (
    *("soybeans", "farm", "energy", "aircraft", "other_goods", "precursors", "reciprocal_cut"),
    *("fentanyl_cut", "wholly_owned", "minority_stake", "licence"),
)
"""Clauses of deals that reach further than a truce and swaps of controls."""


def test_K2_most_runs_from_january_have_no_more_than_a_truce_by_the_end_of_october() -> None:
    """Played from January 2025, most runs stand at nothing or a truce, prolonged or not, on 31
    October."""
    status = batch(JANUARY, N, until="2025-10-31")["deal_status"]
    modest = float((status <= DealStatus.EXTENSION).mean())
    assert modest - 2.0 * share_error(modest, n=N) > 0.5


def test_K2_most_runs_from_january_have_no_more_than_a_truce_and_swaps() -> None:
    """Played from January 2025, most runs have signed nothing on purchases, cuts, fentanyl or
    investment by 31 October; truces occur, and full deals are the exception."""
    values = batch(JANUARY, N, until="2025-10-31")
    further = np.logical_or.reduce([values[f"signed[{clause}]"] > 0 for clause in FURTHER])
    modest = float((~further).mean())
    assert modest - 2.0 * share_error(modest, n=N) > 0.5
    status = values["deal_status"]
    assert (status == DealStatus.COMPREHENSIVE).mean() < 0.05
    assert (values["signed[pause]"] > 0).mean() > 0.02


def test_K2_most_runs_from_october_still_stand_on_the_truce_at_its_end() -> None:
    """Played from 23 October, most runs have nothing beyond the inherited, prolonged truce a day
    after the summit."""
    status = batch("october-2025-apec", 2 * N, until="2025-10-31")["deal_status"]
    modest = float((status <= DealStatus.EXTENSION).mean())
    assert modest - 2.0 * share_error(modest, n=2 * N) > 0.5
    assert (status == DealStatus.PACKAGE).mean() > 0.05


def test_K2_the_kinds_are_told_apart() -> None:
    """The five kinds have names, and several occur over half a year from October."""
    kinds = ("none", "truce", "extension", "package", "comprehensive")
    assert outcome_index()["deal_status"].classes == kinds
    status = batch("october-2025-apec", N)["deal_status"]
    assert {DealStatus.NONE, DealStatus.EXTENSION, DealStatus.PACKAGE} <= set(np.unique(status))


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        ("sign_extension", DealStatus.EXTENSION),
        ("sign_swap", DealStatus.EXTENSION),
        ("sign_purchases", DealStatus.PACKAGE),
        ("sign_comprehensive", DealStatus.COMPREHENSIVE),
    ],
)
def test_K2_what_is_signed_shows_as_its_kind(tmp_path: Path, act: str, kind: DealStatus) -> None:
    """Under the truce of June 2025 each signature shows as its kind from its day on."""
    signed = variant(
        tmp_path, JUNE, interventions={"sign": forced("2025-06-20", {"side": "us", "act": act})}
    )
    at = ("2025-06-19", "2025-06-20", "2025-06-25")
    values = batch(signed, 20, ALONE, until="2025-06-25", at=at)
    before, after, later = (values[f"deal_status@{when}"] for when in at)
    assert (before == DealStatus.TRUCE).all()
    assert (after == kind).all()
    assert (later == kind).all()


def test_K2_a_truce_shows_until_it_lapses(tmp_path: Path) -> None:
    """The truce of 12 May 2025 shows from its day on, and that of June, which nobody may prolong,
    until the day it lapses."""
    at = ("2025-05-11", "2025-05-12")
    values = played(record_of_2025(tmp_path, "2025-05-14", at), 2).values
    assert (values["deal_status@2025-05-11"] == DealStatus.NONE).all()
    assert (values["deal_status@2025-05-12"] == DealStatus.TRUCE).all()
    ban = {"ban": banned("us", "sign_extension", since="2025-06-06")}
    at = ("2025-08-09", "2025-08-10")
    values = batch(variant(tmp_path, JUNE, interventions=ban), 20, ALONE, until="2025-08-11", at=at)
    assert (values["deal_status@2025-08-09"] == DealStatus.TRUCE).all()
    assert (values["deal_status@2025-08-10"] == DealStatus.NONE).all()
