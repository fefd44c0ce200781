"""C9: action on fentanyl precursors bears on the fentanyl duty, and on no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.model.bargain.bundles import apply_named_bundle
from sim.model.bargain.logroll import apply_table
from sim.model.bargain.signature import apply_signature, sign_probability
from sim.model.bargain.terms import fentanyl_units
from sim.model.governments.menu import apply_act, is_legal
from sim.model.tables.codes import (
    CN,
    CRACK_DOWN_PRECURSORS,
    FENTANYL,
    LEADERS,
    PACKAGE_FENTANYL,
    US,
)
from sim.model.tables.vocabulary import Clause
from tests.mission.helpers import OCTOBER, bundles, lay_out, paired, sign
from tests.mission.plays import batch, forced, resolved, start, tapes, variant

SPARED = (Clause.RECIPROCAL_CUT, Clause.CN_CUT, Clause.CN_LISTS, Clause.TECH, Clause.MINERALS)


def test_C9_action_lowers_the_price_of_the_fentanyl_tranche() -> None:
    """Once China acts on precursors, whether alone or at the table, the fentanyl duty is worth less
    to Washington and the odds that it cuts it are higher."""
    for alone in (True, False):
        state, params = start(OCTOBER)
        lay_out(state, params, Clause.FENTANYL_CUT)
        worth = state.gain[US][Clause.FENTANYL_CUT]
        odds = sign_probability(state, params, US)
        tension, trust = state.tension, list(state.trust_kept)
        if alone:
            apply_act(state, params, CN, CRACK_DOWN_PRECURSORS, 0.5, 0.5)
        else:
            sign(state, params, Clause.PRECURSORS)
        # Only the worth of the tranche is looked at, not the mood the action makes.
        state.tension, state.trust_kept = tension, trust
        lay_out(state, params, Clause.FENTANYL_CUT)
        assert state.gain[US][Clause.FENTANYL_CUT] > worth
        assert sign_probability(state, params, US) > odds


def test_C9_action_never_forfeits_the_tranche() -> None:
    """After China acted on its own the tranche can still be had in full, also beside the bundle of
    that name, while the action itself cannot be sold again."""
    state, params = start(OCTOBER)
    before = fentanyl_units(state, params)
    apply_act(state, params, CN, CRACK_DOWN_PRECURSORS, 0.5, 0.5)
    assert not is_legal(state, params, CN, CRACK_DOWN_PRECURSORS)
    apply_table(state, params, US, LEADERS, False, forced=False)
    assert state.units[Clause.FENTANYL_CUT] == before > 0.0
    assert state.units[Clause.PRECURSORS] == 0.0
    apply_named_bundle(state, params, PACKAGE_FENTANYL, forced=False)
    apply_signature(state, params, False)
    assert state.duty_pp[US][FENTANYL] == 20.0 - params.fentanyl_tranche_pp


def test_C9_action_touches_no_other_layer() -> None:
    """Neither the action nor the cut it buys changes another layer of duty or the worth of any
    other clause on duties or controls."""
    state, params = start(OCTOBER)
    apply_table(state, params, US, LEADERS, False, forced=False)
    gains = {(side, clause): state.gain[side][clause] for side in (US, CN) for clause in SPARED}
    ours, theirs = list(state.duty_pp[US]), list(state.duty_pp[CN])
    trust = list(state.trust_kept)
    sign(state, params, Clause.PRECURSORS)
    assert list(state.duty_pp[US]) == ours
    state.trust_kept = trust
    apply_table(state, params, US, LEADERS, False, forced=False)
    for (side, clause), gain in gains.items():
        assert state.gain[side][clause] == pytest.approx(gain)
    sign(state, params, Clause.FENTANYL_CUT)
    assert [p for layer, p in enumerate(state.duty_pp[US]) if layer != FENTANYL] == [
        p for layer, p in enumerate(ours) if layer != FENTANYL
    ]
    assert list(state.duty_pp[CN]) == theirs


def test_C9_runs_in_which_china_acts_cut_the_fentanyl_duty_more_often(tmp_path: Path) -> None:
    """Where the duty is worth much to Washington as leverage and China acts before the summit, more
    runs cut it, on the same luck, the more the action lowers what it is worth to keep."""
    acts = {"side": "cn", "act": "crack_down_precursors"}
    early = variant(
        tmp_path, OCTOBER, interventions={"early": forced("2025-10-29", acts, source="E121")}
    )
    leverage = ("us.bargain.leverage_usd_bn", "60")
    cut = [
        batch(early, 600, (leverage, ("us.bargain.fentanyl_action_discount", share)), "2025-10-31")[
            "signed[fentanyl_cut]"
        ]
        > 0
        for share in ("0", "1")
    ]
    assert paired(cut[1], cut[0]).positive


def test_C9_in_runs_a_bundle_on_fentanyl_moves_no_other_layer() -> None:
    """A bundle of the fentanyl clauses and no other clause on duties changes the fentanyl layer of
    the US and leaves all other layers as they were."""
    others = {"pause", "reciprocal_cut", "cn_cut", "cn_lists"}
    seen = 0
    look = resolved(OCTOBER, (), "2025-11-05")
    for tape in tapes(look, range(150), lambda s, p: (list(s.duty_pp[US]), list(s.duty_pp[CN]))):
        for bundle in bundles(tape):
            if "fentanyl_cut" in bundle.clauses and not bundle.clauses & others:
                seen += 1
                (ours, theirs), (ours_after, theirs_after) = bundle.before, bundle.seen
                assert theirs == theirs_after
                for layer, points in enumerate(ours):
                    assert (ours_after[layer] < points) == (layer == FENTANYL)
    assert seen > 10
