"""F2: what China asks for is guessed at first, and better known with every round.

A proposer sees of the other side what is public of it: prices and weights, not what it trusts; and
it has a belief about its demand, a mean and a variance, that rounds and calls narrow. Beliefs about
each single ask, which come from offers and refusals, are not in the model yet.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from sim.model.bargain.logroll import apply_proposal, apply_table
from sim.model.bargain.worth import believed_demand
from sim.model.diplomacy.talks import apply_call, apply_round
from sim.model.tables.codes import CN, LEADERS, US
from sim.model.tables.vocabulary import Clause
from tests.mission.helpers import FEBRUARY, JUNE, OCTOBER
from tests.mission.plays import resolved, start, tapes

ASKS = (Clause.RECIPROCAL_CUT, Clause.FENTANYL_CUT, Clause.TECH, Clause.VISAS)


def test_F2_china_asks_for_relief_from_duties_controls_and_visas() -> None:
    """China gains by cuts of duties, by relief from export controls and by visas, and Washington
    loses by each; Washington, which knows China's public weights, believes so."""
    state, params = start(JUNE)
    apply_table(state, params, US, LEADERS, False, forced=False)
    for clause in ASKS:
        assert state.gain[CN][clause] > 0.0 > state.gain[US][clause]
        assert state.believed[clause] > 0.0


def test_F2_a_proposer_sees_public_weights_not_private_trust() -> None:
    """What Washington believes of an ask moves with China's public weight of it, and not with how
    far China trusts, on which its true gain by a promise depends."""
    seen = []
    for weight in ("1", "2", "4"):
        state, params = start(JUNE, (("cn.issue.tech", weight),))
        apply_table(state, params, US, LEADERS, False, forced=False)
        seen.append(state.believed[Clause.TECH])
    assert seen[0] < seen[1] < seen[2]
    seen, true = [], []
    for kept in ("1", "9"):
        # Minerals are China's promise to Washington: here China is the one that sees.
        state, params = start(JUNE, (("us.trust.kept", kept), ("us.trust.broken", "3")))
        params.verify_below_trust = 0.0
        apply_table(state, params, CN, LEADERS, False, forced=False)
        seen.append(state.believed[Clause.MINERALS])
        true.append(state.gain[US][Clause.MINERALS])
    assert seen[0] == seen[1]
    assert true[0] < true[1]


def test_F2_rounds_and_calls_narrow_the_belief_and_move_it_to_the_truth() -> None:
    """The variance of both sides' beliefs starts wide in February 2025, above all Washington's,
    falls with every round and call, and each round moves the mean nearer to the other's true
    demand."""
    state, params = start(FEBRUARY)
    assert state.belief_var[US] > state.belief_var[CN]
    state.belief_mean = [3.0, 0.2]
    for _ in range(6):
        spread, miss = [list(state.belief_var)], []
        miss.append([abs(state.belief_mean[s] - params.aspiration[1 - s]) for s in (US, CN)])
        apply_round(state, params)
        spread.append(list(state.belief_var))
        miss.append([abs(state.belief_mean[s] - params.aspiration[1 - s]) for s in (US, CN)])
        apply_call(state, params, CN)
        spread.append(list(state.belief_var))
        for side in (US, CN):
            assert spread[0][side] > spread[1][side] > spread[2][side]
            assert miss[1][side] < miss[0][side]
    assert state.belief_var[US] < 0.1


def test_F2_doubt_makes_a_proposer_offer_more() -> None:
    """In doubt about China's demand Washington takes it for larger, and what it proposes is worth
    more to China than what it proposes once it knows."""
    worth = {}
    for doubt in (0.0, 4.0):
        state, params = start(OCTOBER)
        state.belief_mean[US], state.belief_var[US] = 0.6, doubt
        params.belief_margin = 0.5
        worth[doubt, "demand"] = believed_demand(state, params, US)
        apply_proposal(state, params, US, LEADERS)
        worth[doubt, "offer"] = sum(
            share * state.believed[clause] for clause, share in enumerate(state.offer) if share > 0
        )
    assert worth[4.0, "demand"] > worth[0.0, "demand"]
    assert worth[4.0, "offer"] > worth[0.0, "offer"]


def test_F2_in_runs_the_belief_narrows_with_the_number_of_rounds() -> None:
    """In runs the variance never rises, falls by a fixed share at each round and call, and at the
    end is the smaller the more of them there were."""
    scenario = resolved(JUNE, (), "2025-10-31")
    _, params = start(JUNE)
    ends = []
    for tape in tapes(scenario, range(40), lambda s, p: s.belief_var[US]):
        values = [note.seen for note in tape.notes]
        assert all(b <= a for a, b in pairwise(values))
        contacts = tape.end.rounds + tape.end.calls
        ends.append((contacts, tape.end.belief_var[US]))
        expected = params.belief_shrink**contacts
        assert tape.end.belief_var[US] == pytest.approx(expected)
    assert len({contacts for contacts, _ in ends}) > 2
