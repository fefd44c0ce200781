"""A8: Congress and the states can stop an investment after it was signed."""

from __future__ import annotations

import numpy as np

from sim.model.bargain.terms import denial_probability
from sim.model.tables.codes import CONGRESS, US
from sim.model.tables.parameters.bargain import STRUCTURES
from tests.mission.helpers import INVESTMENT, between, bundles
from tests.mission.plays import Sets, played, resolved, start, tapes

RICH: Sets = (
    ("us.issue.investment", "4"),
    ("cn.issue.investment", "4"),
    ("us.approval.days", "20"),
    ("us.rate.limit_inbound", "1e-9"),
)
"""An offer both want, a review short enough to end within the run, and no limits that would leave
nothing of the offer."""

NAMES = {structure.name.lower() for structure in STRUCTURES}


def hostile(value: str) -> Sets:
    """Returns the setting of the hostility of Congress and the states."""
    return (*RICH, ("us.congress.hostility", value))


def failures(sets: Sets) -> np.ndarray:
    """Returns one flag for each review of an investment that ended: whether it was stopped."""
    values = played(resolved(INVESTMENT, sets), 1500).values
    stopped = values["investments_denied"] > 0
    approved = values["investment_usd_bn"] > 0.0
    assert not (stopped & approved).any()
    return stopped[stopped | approved]


def test_A8_hostility_and_the_weight_of_congress_raise_the_odds_of_a_veto() -> None:
    """The odds that a review stops an investment rise with the hostility of Congress, with its
    influence and with the security content of the structure; without hostility they are nil."""
    for structure in STRUCTURES:
        odds = []
        for hostility in (0.0, 0.5, 1.0, 2.0):
            state, params = start(INVESTMENT)
            params.congress_hostility = hostility
            odds.append(denial_probability(state, params, structure))
        assert odds[0] == 0.0
        assert odds[0] < odds[1] < odds[2] < odds[3]
        state, params = start(INVESTMENT)
        usual = denial_probability(state, params, structure)
        state.influence[US][CONGRESS] *= 2.0
        assert denial_probability(state, params, structure) > usual
    state, params = start(INVESTMENT)
    owned, stake, licence = (denial_probability(state, params, each) for each in STRUCTURES)
    assert owned > stake > licence > 0.0


def test_A8_the_share_stopped_at_approval_rises_with_hostility() -> None:
    """Of the investments whose review ends, a larger share is stopped, the more hostile Congress
    and the states are; without hostility none is."""
    none, usual, fierce = (failures(hostile(value)) for value in ("0", "1.5", "6"))
    assert min(none.size, usual.size, fierce.size) > 50
    assert not none.any()
    assert between(usual, none).positive
    assert between(fierce, usual).positive


def test_A8_the_share_stopped_rises_with_the_influence_of_congress() -> None:
    """A Congress with four times its usual influence on the president stops a larger share."""
    usual = failures(hostile("1.5"))
    strong = failures((*hostile("1.5"), ("us.congress.influence", "0.4")))
    assert strong.size > 50
    assert between(strong, usual).positive


def test_A8_jobs_and_dollars_count_only_after_approval() -> None:
    """On the day of the signature an investment brings neither jobs nor dollars; on the day of its
    approval it brings both; one that is stopped brings neither."""
    signed = approved = stopped = 0
    scenario = resolved(INVESTMENT, hostile("3"))
    for tape in tapes(scenario, range(120), lambda s, p: (s.jobs, s.investment_usd_bn)):
        for bundle in bundles(tape):
            if bundle.clauses & NAMES:
                signed += 1
                assert bundle.seen == (0.0, 0.0)
        yes, no = tape.of("investment_approved"), tape.of("investment_denied")
        for note in yes:
            approved += 1
            assert min(note.seen) > 0.0
            assert note.size == note.seen[1]
        if no:
            stopped += 1
            assert (tape.end.jobs, tape.end.investment_usd_bn) == (0.0, 0.0)
        if not yes:
            assert tape.end.jobs == 0.0
    assert signed >= approved + stopped
    assert min(approved, stopped) > 3
