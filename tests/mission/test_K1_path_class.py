"""K1: every run ends in exactly one class: improved, managed or conflict."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiment.stats.intervals import probability
from sim.model.outcomes.politics import outcome_index, path_class
from sim.model.tables.vocabulary import DealStatus, PathClass
from tests.mission.plays import batch, start

CASES = ("october-2025-apec", "june-2025-resumed-talks", "hawks-prevail", "truce-lapses")


@pytest.mark.parametrize("name", CASES)
def test_K1_classes_are_exhaustive_and_exclusive(name: str) -> None:
    """Each run carries one of the three codes, the shares add up to one, and each share comes
    with an interval that holds it."""
    codes = batch(name, 200)["path_class"]
    assert outcome_index()["path_class"].classes == ("improved", "managed", "conflict")
    assert codes.dtype == np.int64
    assert set(codes) <= set(PathClass)
    shares = [float((codes == code).mean()) for code in PathClass]
    assert sum(shares) == pytest.approx(1.0)
    for code, share in zip(PathClass, shares, strict=True):
        estimate = probability(codes == code)
        assert 0.0 <= estimate.low <= share <= estimate.high <= 1.0
        assert estimate.high - estimate.low < 0.16


def test_K1_all_three_classes_occur_in_october() -> None:
    """From October 2025 some paths improve, some are managed, some end in conflict."""
    codes = batch("october-2025-apec", 200)["path_class"]
    assert set(codes) == set(PathClass)


def test_K1_each_class_follows_its_rule() -> None:
    """Long high duties or a long silence without truce make conflict whatever else; calm with a
    deal or lower duties is improved; all the rest is managed."""
    state, params = start("october-2025-apec")
    assert path_class(state, params) == PathClass.MANAGED
    state.tension = state.tension_start - 0.1
    assert path_class(state, params) == PathClass.MANAGED
    state.deal_status = DealStatus.PACKAGE
    assert path_class(state, params) == PathClass.IMPROVED
    state.high_days_max = 30
    assert path_class(state, params) == PathClass.CONFLICT
    state.high_days_max = 29
    assert path_class(state, params) == PathClass.IMPROVED
    state.cut_off_days_max = 60
    assert path_class(state, params) == PathClass.CONFLICT
    state.cut_off_days_max = 59
    state.tension = state.tension_start
    assert path_class(state, params) == PathClass.MANAGED
    state.deal_status = DealStatus.NONE
    state.tension = state.tension_start - 0.1
    state.addon_start_pp += 10.0
    assert path_class(state, params) == PathClass.IMPROVED
