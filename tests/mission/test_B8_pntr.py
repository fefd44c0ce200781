"""B8: revoking normal trade relations is rare, the hawks' act, and the gravest step there is."""

from __future__ import annotations

from sim.model.duties.hikes import apply_hike
from sim.model.governments.agents import act_utility, apply_signals
from sim.model.governments.menu import apply_act
from sim.model.tables.codes import LEVERAGE, PNTR, RECIPROCAL, REVOKE_PNTR, SECURITY, US
from tests.mission.helpers import JANUARY, MARCH, paired
from tests.mission.plays import Sets, resolved, start, tapes

HAWKISH: Sets = (
    ("us.hawks.influence", "0.85"),
    ("us.doves.influence", "0.05"),
    ("us.leader.autonomy", "0.1"),
)
OFTEN: Sets = (("us.rate.revoke_pntr", "0.6"),)
"""Thirty times the usual rate: enough cases to compare two kinds of government."""


def revoked(name: str, sets: Sets, runs: int) -> list[bool]:
    """Tells for each run whether relations were revoked."""
    return [bool(tape.of("revoke_pntr")) for tape in tapes(resolved(name, sets), range(runs))]


def test_B8_revocation_is_rare() -> None:
    """From January 2025 fewer than one run in twenty sees normal trade relations revoked."""
    runs = 200
    share = sum(revoked(JANUARY, (), runs)) / runs
    assert share + 2.0 * (max(share, 1.0 / runs) / runs) ** 0.5 < 0.05


def test_B8_hawks_revoke_more_often() -> None:
    """Under a government of hawks, on the same luck and with the act made commoner for both, more
    runs see it; and it weighs more in each of their choices."""
    plain = revoked(MARCH, OFTEN, 120)
    hawkish = revoked(MARCH, (*OFTEN, *HAWKISH), 120)
    assert any(plain)
    assert paired(hawkish, plain).positive
    wish = []
    for sets in ((), HAWKISH):
        state, params = start(MARCH, sets)
        # What hawks see in any hostile act is left out: they mind the red line itself less.
        for feature in (LEVERAGE, SECURITY):
            state.weight[US][feature] = params.weight[US][feature]
        apply_signals(state, params, US)
        wish.append(act_utility(state, params, US, REVOKE_PNTR))
    assert wish[1] > wish[0] + 0.3


def test_B8_revocation_raises_tension_more_than_any_tariff_step() -> None:
    """Revocation makes tension jump by clearly more than the largest tariff step, 100 points."""
    for name in (JANUARY, MARCH):
        jumps = {}
        for points in (10.0, 34.0, 41.0, 50.0, 100.0):
            state, params = start(name)
            before = state.tension
            apply_hike(state, params, US, RECIPROCAL, points, 0)
            jumps[points] = state.tension - before
        state, params = start(name)
        before = state.tension
        apply_act(state, params, US, REVOKE_PNTR, 0.5, 0.5)
        assert state.tension - before > 1.2 * max(jumps.values())
        assert state.pending_layer[0] == PNTR
        assert state.pending_due[0] > state.day
