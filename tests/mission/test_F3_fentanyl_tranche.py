"""F3: the fentanyl duty is a tranche of its own, tied to action on fentanyl."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.model.bargain.bundles import apply_named_bundle
from sim.model.bargain.logroll import apply_table
from sim.model.bargain.signature import apply_signature
from sim.model.tables.codes import (
    FENTANYL,
    LEADERS,
    MINISTERS,
    PACKAGE_EXTENSION,
    PACKAGE_FENTANYL,
    PACKAGE_INVESTMENT,
    PACKAGE_PURCHASES,
    PACKAGE_SWAP,
    PACKAGE_TRUCE,
    US,
)
from sim.model.tables.vocabulary import Clause
from tests.mission.helpers import GRAND, INVESTMENT, bundles, sign
from tests.mission.plays import record_of_2025, resolved, start, tapes

APEC = "october-2025-apec"


@pytest.mark.parametrize(
    "package",
    [PACKAGE_TRUCE, PACKAGE_EXTENSION, PACKAGE_SWAP, PACKAGE_PURCHASES, PACKAGE_INVESTMENT],
)
def test_F3_a_trade_deal_leaves_the_fentanyl_points(package: int) -> None:
    """Bundles known by the names of trade deals leave the 20 fentanyl points in place."""
    state, params = start(APEC)
    assert state.duty_pp[US][FENTANYL] == 20.0
    apply_named_bundle(state, params, package, forced=False)
    apply_signature(state, params, False)
    assert state.duty_pp[US][FENTANYL] == 20.0


def test_F3_no_other_clause_touches_the_fentanyl_points() -> None:
    """Of all clauses that leaders can sign in October 2025, one alone lowers the fentanyl duty."""
    state, params = start(APEC)
    apply_table(state, params, US, LEADERS, False, forced=False)
    to_be_had = [clause for clause in Clause if state.units[clause] > 0.0]
    assert len(to_be_had) > 15
    for clause in to_be_had:
        state, params = start(APEC)
        sign(state, params, clause)
        assert (state.duty_pp[US][FENTANYL] < 20.0) is (clause == Clause.FENTANYL_CUT)


def test_F3_the_truce_of_may_2025_leaves_them(tmp_path: Path) -> None:
    """Of the 30 points left by the truce of May 2025, 20 are the fentanyl duty."""
    tape = tapes(record_of_2025(tmp_path, "2025-05-14"), [0])[0]
    assert tape.of("sign_truce")
    assert tape.end.duty_pp[US][FENTANYL] == 20.0


def test_F3_a_crackdown_removes_part_of_them() -> None:
    """The bundle on fentanyl, which leaders alone can sign, takes off part of the fentanyl duty and
    no other layer for action on precursors; the action can be sold only once."""
    state, params = start(APEC)
    others = [points for layer, points in enumerate(state.duty_pp[US]) if layer != FENTANYL]
    for rank, there in ((MINISTERS, 0.0), (LEADERS, 1.0)):
        apply_table(state, params, US, rank, False, forced=False)
        assert state.units[Clause.PRECURSORS] == there
        assert (state.units[Clause.FENTANYL_CUT] > 0.0) is (rank == LEADERS)
    apply_named_bundle(state, params, PACKAGE_FENTANYL, forced=False)
    assert apply_signature(state, params, True) == PACKAGE_FENTANYL
    assert state.precursor_action
    assert 0.0 < state.duty_pp[US][FENTANYL] < 20.0
    assert others == [p for layer, p in enumerate(state.duty_pp[US]) if layer != FENTANYL]
    apply_table(state, params, US, LEADERS, False, forced=False)
    assert state.units[Clause.PRECURSORS] == 0.0


def test_F3_runs_keep_the_fentanyl_points_without_action() -> None:
    """In runs of October 2025 the layer falls below 20 points only by a bundle that cuts it, and in
    nearly all cases where China has promised action on precursors, as long as the courts let it
    stand."""
    cuts = []
    scenario = resolved(APEC, (("court.verdict", "upheld"),), "2025-12-31")
    for tape in tapes(
        scenario, range(150), lambda s, p: (s.duty_pp[US][FENTANYL], s.precursor_action)
    ):
        signed = [b for b in bundles(tape) if "fentanyl_cut" in b.clauses]
        cuts += [bundle.seen for bundle in signed]
        first = signed[0].day if signed else scenario.until + 1
        assert all(note.seen[0] >= 20.0 for note in tape.notes if note.day < first)
    assert len(cuts) > 10
    assert max(points for points, _ in cuts) < 20.0
    assert sum(action for _, action in cuts) >= 0.9 * len(cuts)


def test_F3_no_run_cuts_them_for_something_else() -> None:
    """Where more is on the table, as in February 2025, the fentanyl duty is still cut only where
    China has promised action on precursors."""
    for name in (INVESTMENT, GRAND):
        for tape in tapes(resolved(name), range(120), lambda s, p: s.precursor_action):
            for bundle in bundles(tape):
                assert bundle.seen or "fentanyl_cut" not in bundle.clauses
