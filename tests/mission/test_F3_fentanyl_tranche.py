"""F3: the fentanyl duty is a tranche of its own, tied to action on fentanyl."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.model.bargain.signature import apply_package
from sim.model.bargain.table import is_feasible
from sim.model.tables.codes import (
    FENTANYL,
    LEADERS,
    PACKAGE_EXTENSION,
    PACKAGE_FENTANYL,
    PACKAGE_INVESTMENT,
    PACKAGE_PURCHASES,
    PACKAGE_SWAP,
    US,
)
from tests.mission.plays import record_of_2025, resolved, start, tapes

APEC = "october-2025-apec"


@pytest.mark.parametrize(
    "package", [PACKAGE_EXTENSION, PACKAGE_SWAP, PACKAGE_PURCHASES, PACKAGE_INVESTMENT]
)
def test_F3_a_trade_deal_leaves_the_fentanyl_points(package: int) -> None:
    """Packages about trade leave the 20 fentanyl points in place."""
    state, params = start(APEC)
    assert state.duty_pp[US][FENTANYL] == 20.0
    apply_package(state, params, package)
    assert state.duty_pp[US][FENTANYL] == 20.0


def test_F3_the_truce_of_may_2025_leaves_them(tmp_path: Path) -> None:
    """Of the 30 points left by the truce of May 2025, 20 are the fentanyl duty."""
    tape = tapes(record_of_2025(tmp_path, "2025-05-14"), [0])[0]
    assert tape.of("sign_truce")
    assert tape.end.duty_pp[US][FENTANYL] == 20.0


def test_F3_a_crackdown_removes_part_of_them() -> None:
    """Action on precursors, agreed at a summit, takes off part of the fentanyl duty and no other
    layer, and can be sold only once."""
    state, params = start(APEC)
    others = [points for layer, points in enumerate(state.duty_pp[US]) if layer != FENTANYL]
    assert is_feasible(state, params, PACKAGE_FENTANYL, LEADERS)
    apply_package(state, params, PACKAGE_FENTANYL)
    assert state.precursor_action
    assert 0.0 < state.duty_pp[US][FENTANYL] < 20.0
    assert others == [p for layer, p in enumerate(state.duty_pp[US]) if layer != FENTANYL]
    assert not is_feasible(state, params, PACKAGE_FENTANYL, LEADERS)


def test_F3_runs_keep_the_fentanyl_points_without_action() -> None:
    """In runs of October 2025 the layer falls below 20 points only where action on precursors or
    a comprehensive text was signed, as long as the courts let it stand."""
    cuts = []
    scenario = resolved(APEC, (("court.verdict", "upheld"),), "2025-12-31")
    for tape in tapes(scenario, range(150), lambda s, p: s.duty_pp[US][FENTANYL]):
        signed = tape.of("sign_fentanyl", "sign_comprehensive")
        cuts += [note.seen for note in signed]
        first = signed[0].day if signed else scenario.until + 1
        assert all(note.seen >= 20.0 for note in tape.notes if note.day < first)
    assert cuts
    assert max(cuts) < 20.0
