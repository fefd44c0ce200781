"""E4: after a default trust is lower, and the next deal is smaller, verified or not signed."""

from __future__ import annotations

import pytest

from sim.model.bargain.signature import sign_probability
from sim.model.commitments.purchases import apply_compliance
from sim.model.relations.mood import apply_mood_decay, trust
from sim.model.tables.codes import CN, US
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Clause
from tests.mission.helpers import JUNE, OCTOBER, lay_out, paired, sign
from tests.mission.plays import Sets, Values, batch, start

PLEDGES = (Clause.SOYBEANS, Clause.FARM, Clause.ENERGY, Clause.AIRCRAFT)


def trusting(kept: str, broken: str) -> Sets:
    """Returns the setting of what Washington remembers of China's promises."""
    return (("us.trust.kept", kept), ("us.trust.broken", broken))


KEPT, BROKEN = trusting("5", "1"), trusting("1", "5")


def defaulted(months: int) -> State:
    """Returns the state after some months in which China delivered nothing of a new pledge."""
    state, params = start(OCTOBER)
    sign(state, params, *PLEDGES)
    for _ in range(months):
        state.day += 120
        assert apply_compliance(state, params)
    return state


def test_E4_a_default_lowers_trust() -> None:
    """Every month judged a breach lowers Washington's trust, not Beijing's."""
    told = [trust(defaulted(months), US) for months in range(5)]
    assert told == sorted(told, reverse=True)
    assert told[-1] < 0.8 * told[0]
    assert trust(defaulted(4), CN) == trust(defaulted(0), CN)


def test_E4_promises_are_worth_less_after_a_default_unless_verified() -> None:
    """A pledge is worth less to a Washington that trusts less, and so are the odds that it signs;
    where it insists on proof, China pays for that, and the pledge is no longer discounted."""
    worth, odds, cost = [], [], []
    for kept in (4.0, 3.0, 2.1):
        state, params = start(OCTOBER)
        state.trust_kept[US], state.trust_broken[US] = kept, 5.0 - kept
        assert trust(state, US) > params.verify_below_trust
        lay_out(state, params, *PLEDGES)
        worth.append(state.gain[US][Clause.SOYBEANS])
        odds.append(sign_probability(state, params, US))
        cost.append(state.gain[CN][Clause.SOYBEANS])
    assert worth == sorted(worth, reverse=True)
    assert worth[0] > worth[-1]
    assert odds == sorted(odds, reverse=True)
    assert len(set(cost)) == 1
    state.trust_kept[US] = 1.0
    lay_out(state, params, *PLEDGES)
    assert state.gain[US][Clause.SOYBEANS] > worth[-1]
    assert state.gain[CN][Clause.SOYBEANS] == pytest.approx(cost[0] - params.verification_cost)


@pytest.mark.parametrize(("kept", "broken", "verified"), [(4.0, 2.0, False), (1.0, 5.0, True)])
def test_E4_pledges_are_verified_after_a_default_only(
    kept: float, broken: float, verified: bool
) -> None:
    """Washington has pledges verified where it does not trust them, and only there; what is done at
    once needs no proof."""
    state, params = start(OCTOBER)
    state.trust_kept[US], state.trust_broken[US] = kept, broken
    sign(state, params, Clause.PORT_FEES)
    assert not state.verified
    sign(state, params, Clause.SOYBEANS)
    assert state.verified is verified


def test_E4_runs_after_a_default_sign_less_or_verify() -> None:
    """In October 2025, on the same luck, a Washington that remembers a default has what it signs
    verified far more often than one that remembers promises kept, and where proof cannot be had
    it signs fewer promises."""
    proof: Sets = (("us.bargain.verify_below_trust", "0"),)

    def promises(values: Values) -> object:
        return sum(values[f"signed[{clause.name.lower()}]"] > 0 for clause in PLEDGES)

    good, bad = batch(OCTOBER, 600, KEPT), batch(OCTOBER, 600, BROKEN)
    assert (good["pledges_verified"] > 0).mean() < 0.02
    assert paired(bad["pledges_verified"] > 0, good["pledges_verified"] > 0).positive
    assert (bad["pledges_verified"] > 0).mean() > 0.1
    blind_good = batch(OCTOBER, 600, (*KEPT, *proof))
    blind_bad = batch(OCTOBER, 600, (*BROKEN, *proof))
    assert paired(promises(blind_bad), promises(blind_good)).negative
    assert paired(blind_bad["clauses_signed"], blind_good["clauses_signed"]).negative


def test_E4_trust_comes_back_slowly_where_promises_are_kept() -> None:
    """A month of promises kept after three of default regains less than half of what was lost; a
    year or two of them more than restore it."""
    before = trust(defaulted(0), US)
    state = defaulted(3)
    _, params = start(OCTOBER)
    low = trust(state, US)
    path = []
    state.delivered_usd_bn[1] = list(state.pledged_usd_bn[1])
    for _ in range(24):
        for _ in range(30):
            state.day += 1
            apply_mood_decay(state, params)
        assert not apply_compliance(state, params)
        path.append(trust(state, US))
    assert path == sorted(path)
    assert low < path[0] < low + 0.5 * (before - low)
    assert path[-1] > before


def test_E4_trust_reverts_by_itself() -> None:
    """After a default, and with nothing promised, trust moves back towards its usual level within a
    year."""
    before = trust(defaulted(0), US)
    state = defaulted(3)
    _, params = start(OCTOBER)
    low = trust(state, US)
    for _ in range(365):
        apply_mood_decay(state, params)
    assert low + 1e-6 < trust(state, US) < before


def test_E4_runs_with_breaches_end_with_less_trust() -> None:
    """Where China delivers little of what it pledged, more runs see breaches and Washington trusts
    it less at the end, on the same luck."""
    slack = tuple(
        (f"cn.compliance.{name}", "0.05") for name in ("soybeans", "farm", "energy", "aircraft")
    )
    honest = tuple((name, "1") for name, _ in slack)
    poor, good = batch(JUNE, 400, slack), batch(JUNE, 400, honest)
    assert paired(poor["breaches"], good["breaches"]).positive
    assert paired(poor["us_trust"], good["us_trust"]).negative
