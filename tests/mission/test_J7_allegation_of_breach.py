"""J7: an allegation of breach has a cause, strains the truce and costs trust."""

from __future__ import annotations

from sim.model.relations.mood import can_accuse
from sim.model.tables.codes import US
from tests.mission.helpers import JUNE, paired
from tests.mission.plays import batch, start

RUNS = 400
SILENT = (("us.rate.accuse", "0"), ("cn.rate.accuse", "0"))


def test_J7_washington_alleges_a_breach_only_with_something_to_show() -> None:
    """Under a truce that is kept there is nothing to allege; a hostile act of China, or purchases
    it missed, can be spoken of for some weeks, and each once."""
    state, params = start(JUNE)
    state.goodwill_day = state.last_signed_day = 0
    state.provoked_day[US] = state.breach_day = 0
    assert not can_accuse(state, params, US)
    for name in ("provoked", "breach"):
        state.provoked_day[US] = state.day - 3 if name == "provoked" else 0
        state.breach_day = state.day - 3 if name == "breach" else 0
        state.accuse_day[US] = 0
        assert can_accuse(state, params, US)
        state.accuse_day[US] = state.day - 1
        assert not can_accuse(state, params, US)
        state.accuse_day[US] = 0
        state.day += params.cause_days
        assert not can_accuse(state, params, US)
        state.day -= params.cause_days


def test_J7_allegations_cost_trust_and_strain_relations() -> None:
    """The same runs without allegations end with more trust on both sides, and with the truce
    strained less often."""
    usual, silent = batch(JUNE, RUNS), batch(JUNE, RUNS, SILENT)
    assert usual["accusations"].mean() > 0.1
    assert silent["accusations"].max() == 0
    assert paired(usual["us_trust"], silent["us_trust"]).negative
    assert paired(usual["cn_trust"], silent["cn_trust"]).negative
