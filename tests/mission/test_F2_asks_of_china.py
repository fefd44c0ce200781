"""F2: what China asks for is guessed at first, and better known once it is tabled.

A proposer sees of the other side what is public of it: prices and weights, as far as it knows them,
not what it trusts. It believes something of the other's floor, a mean and a variance, and learns
from contacts and from what the other turns down or signs.
"""

from __future__ import annotations

import numpy as np

from sim.model.bargain.logroll import apply_proposal, apply_table
from sim.model.bargain.worth import believed_demand
from sim.model.information.beliefs import apply_answer
from sim.model.tables.codes import CN, LEADERS, US
from sim.model.tables.vocabulary import Clause
from tests.mission.helpers import FEBRUARY, INVESTMENT, JUNE, MARCH, OCTOBER
from tests.mission.plays import resolved, start, tapes

ASKS = (Clause.RECIPROCAL_CUT, Clause.FENTANYL_CUT, Clause.TECH, Clause.VISAS)


def test_F2_china_asks_for_relief_from_duties_controls_and_visas() -> None:
    """China gains by cuts of duties, by relief from export controls and by visas, and Washington
    loses by each; Washington, which knows China's public weights, believes so."""
    state, params = start(JUNE, (("us.belief.asks", "0"),))
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


def test_F2_doubt_makes_a_proposer_offer_more() -> None:
    """In doubt about China's demand Washington takes it for larger, and what it proposes is worth
    more to China than what it proposes once it knows."""
    worth = {}
    for doubt in (0.0, 1.0):
        state, params = start(OCTOBER)
        state.belief_mean[US], state.belief_var[US] = -0.5, doubt
        params.belief_margin = 0.5
        worth[doubt, "demand"] = believed_demand(state, params, US)
        apply_proposal(state, params, US, LEADERS)
        worth[doubt, "offer"] = sum(
            share * state.believed[clause] for clause, share in enumerate(state.offer) if share > 0
        )
    assert worth[1.0, "demand"] > worth[0.0, "demand"]
    assert worth[1.0, "offer"] > worth[0.0, "offer"]


def test_F2_the_more_the_sides_met_the_less_they_are_in_doubt() -> None:
    """From February 2025 both sides' doubts start wide; by summer they are the smaller, the more
    rounds and calls there were, and so is what Washington does not know of China's wishes."""
    contacts, doubts, asks = [], [], []
    for tape in tapes(resolved(FEBRUARY, (), "2025-08-01"), range(150)):
        contacts.append(tape.end.rounds + tape.end.calls)
        doubts.append(tape.end.belief_var[US])
        asks.append(tape.end.belief_asks[US])
    state, _ = start(FEBRUARY)
    assert max(doubts) < state.belief_var[US]
    for known in (doubts, asks):
        assert np.corrcoef(contacts, known)[0, 1] < -0.5


def test_F2_a_refusal_raises_and_a_signature_lowers_the_floor_believed_in() -> None:
    """What the other turns down tells that its floor is high, what it signs that it is low; both
    narrow the belief, an answer that was expected hardly."""
    state, params = start(MARCH)
    before, doubt = state.belief_mean[US], state.belief_var[US]
    apply_answer(state, params, US, 0.5, accepted=False)
    refused, narrower = state.belief_mean[US], state.belief_var[US]
    assert refused > before + 0.05
    assert narrower < doubt
    apply_answer(state, params, US, 0.5, accepted=True)
    assert state.belief_mean[US] < refused - 0.05
    certain = state.belief_mean[US]
    apply_answer(state, params, US, 9.0, accepted=True)
    assert abs(state.belief_mean[US] - certain) < 0.02


def test_F2_washington_knows_more_of_chinas_asks_once_they_are_tabled() -> None:
    """On the day of the bid its doubt about what China weighs falls by more than half; until then
    it is wide."""
    falls, wide = [], []
    for tape in tapes(resolved(INVESTMENT), range(60), lambda s, p: s.belief_asks[US]):
        for one, note in zip(tape.notes, tape.notes[1:], strict=False):
            if note.kind == "opening_tabled":
                wide.append(one.seen)
                falls.append(note.seen / one.seen)
    assert len(falls) > 20
    assert np.median(falls) < 0.5
    assert np.median(wide) > 0.25
