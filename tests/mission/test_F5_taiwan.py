"""F5: Taiwan is China's red line and a lever for Washington, at a price in Congress."""

from __future__ import annotations

from pathlib import Path

from sim.model.bargain.logroll import apply_table
from sim.model.bargain.signature import veto_probability
from sim.model.bargain.terms import denial_probability
from sim.model.relations.mood import apply_mood_decay
from sim.model.tables.codes import CN, CONGRESS, LEADERS, MINISTERS, SECURITY, US
from sim.model.tables.vocabulary import Clause
from sim.model.world.shocks import apply_incident
from tests.mission.helpers import INVESTMENT, JUNE, MARCH, OCTOBER, bundles, lay_out, paired, sign
from tests.mission.plays import QUIET, Sets, batch, forced, resolved, start, tapes, variant

COURTED: Sets = (("us.issue.taiwan", "3"), ("cn.issue.taiwan", "4"))
"""Washington would trade its wording on Taiwan, and China wants it."""


def test_F5_an_incident_raises_tension_for_weeks() -> None:
    """After an incident, and more so after a crisis, tension is higher than without it on each of
    the next 42 days, by less and less."""
    for severity, least in ((0.99, 0.001), (0.0, 0.02)):
        calm, params = start(MARCH)
        struck, _ = start(MARCH)
        apply_incident(struck, params, severity)
        gaps = []
        for _ in range(42):
            gaps.append(struck.tension - calm.tension)
            for state in (calm, struck):
                apply_mood_decay(state, params)
        assert gaps == sorted(gaps, reverse=True)
        assert gaps[-1] > least
        assert gaps[21] > 0.5 * gaps[0]


def test_F5_a_crisis_over_taiwan_raises_tension_for_weeks_in_runs(tmp_path: Path) -> None:
    """On the same luck tension is higher in every run a week and three weeks after Washington
    crosses the line."""
    act = {"side": "us", "act": "cross_taiwan"}
    path = variant(tmp_path, JUNE, interventions={"line": forced("2025-06-20", act, source="E126")})
    at = ("2025-06-27", "2025-07-11")
    tense = batch(path, 100, QUIET, until="2025-08-01", at=at)
    calm = batch(JUNE, 100, QUIET, until="2025-08-01", at=at)
    for when in at:
        assert (tense[f"tension@{when}"] > calm[f"tension@{when}"]).all()


def test_F5_wording_on_taiwan_is_for_leaders_and_suits_china_alone() -> None:
    """A change of wording on Taiwan can be had only among leaders; China gains by it, Washington
    loses, and of all clauses none is stopped at home more often."""
    state, params = start(OCTOBER)
    apply_table(state, params, US, MINISTERS, False, forced=False)
    assert state.units[Clause.TAIWAN] == 0.0
    apply_table(state, params, US, LEADERS, False, forced=False)
    assert state.gain[CN][Clause.TAIWAN] > 0.0 > state.gain[US][Clause.TAIWAN]
    stopped = {}
    for clause in Clause:
        apply_table(state, params, US, LEADERS, False, forced=False)
        if state.units[clause] > 0.0:
            lay_out(state, params, clause)
            stopped[clause] = veto_probability(state, params, US)
    assert stopped[Clause.TAIWAN] == max(stopped.values()) > 0.05


def test_F5_trading_on_taiwan_rouses_congress() -> None:
    """Once Washington has bargained over Taiwan, Congress has more influence, security weighs more,
    and investments are stopped more often; any other clause leaves Congress as it was."""
    state, params = start(INVESTMENT)
    influence, weight = state.influence[US][CONGRESS], state.weight[US][SECURITY]
    odds = denial_probability(state, params, Clause.MINORITY_STAKE)
    sign(state, params, Clause.PRECURSORS)
    assert state.influence[US][CONGRESS] == influence
    sign(state, params, Clause.TAIWAN)
    assert state.influence[US][CONGRESS] > influence
    assert state.weight[US][SECURITY] > weight
    assert denial_probability(state, params, Clause.MINORITY_STAKE) > odds


def test_F5_runs_rarely_trade_on_taiwan_and_congress_reacts_where_they_do() -> None:
    """With the shipped weights next to no run of October 2025 trades on Taiwan; where both sides
    would, some do, only when leaders meet, and Congress gains influence in these runs alone."""
    shipped = batch(OCTOBER, 600, until="2025-11-20")["signed[taiwan]"] > 0
    courted = batch(OCTOBER, 600, COURTED, until="2025-11-20")["signed[taiwan]"] > 0
    assert shipped.mean() < 0.01
    assert paired(courted, shipped).positive
    traded = 0
    for tape in tapes(
        resolved(OCTOBER, COURTED, "2025-11-05"), range(60), lambda s, p: s.influence[US][CONGRESS]
    ):
        usual = tape.notes[0].seen
        signed = [bundle for bundle in bundles(tape) if "taiwan" in bundle.clauses]
        traded += len(signed)
        if signed:
            assert {bundle.day for bundle in signed} <= {n.day for n in tape.of("summit_held")}
        assert (tape.end.influence[US][CONGRESS] > usual) is bool(signed)
    assert traded > 3
