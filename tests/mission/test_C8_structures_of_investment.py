"""C8: China offers investment in several structures, and the softer ones get past the hawks."""

from __future__ import annotations

import pytest

from sim.model.bargain.investment import apply_approval, apply_structure
from sim.model.bargain.signature import sign_probability, veto_probability
from sim.model.bargain.terms import denial_probability, investment_share
from sim.model.tables.codes import CN, INBOUND_LIMITS, US
from sim.model.tables.parameters.bargain import STRUCTURES
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Clause
from tests.mission.helpers import INVESTMENT, lay_out_structure, paired
from tests.mission.plays import Sets, batch, start

OWNED, STAKE, LICENCE = STRUCTURES
RICH: Sets = (("us.issue.investment", "4"), ("cn.issue.investment", "4"))
TAME: Sets = (*RICH, ("us.hawks.influence", "0.05"), ("us.congress.hostility", "0"))
FIERCE: Sets = (
    *RICH,
    ("us.hawks.influence", "1"),
    ("us.leader.autonomy", "0"),
    ("us.congress.hostility", "2"),
)


def accepted(structure: Clause, sets: Sets = (), *, hiring: bool = True) -> float:
    """Returns the odds that Washington signs an investment of a structure, that it passes at home
    and that the review lets it through."""
    state, params = start(INVESTMENT, sets)
    lay_out_structure(state, params, structure, hiring=hiring)
    odds = sign_probability(state, params, US) * (1.0 - veto_probability(state, params, US))
    return odds * (1.0 - denial_probability(state, params, structure))


def test_C8_each_structure_has_an_acceptance_of_its_own() -> None:
    """The three structures, each with and without a duty to hire locally, are accepted with six
    different odds; the duty to hire raises Washington's and lowers what China gains."""
    odds = {(each, tied): accepted(each, hiring=tied) for each in STRUCTURES for tied in (0, 1)}
    assert len(set(odds.values())) == 6
    for each in STRUCTURES:
        assert odds[each, 1] > odds[each, 0] > 0.0
        gains = []
        for tied in (False, True):
            state, params = start(INVESTMENT)
            lay_out_structure(state, params, each, hiring=tied)
            gains.append(state.gain[CN][each])
        assert gains[0] > gains[1]


def test_C8_under_strong_hawks_softer_structures_are_accepted_more_often() -> None:
    """Under strong hawks a licence is accepted more often than a junior stake, and this more often
    than plants of China's own; the hawks cost the latter most."""
    fierce = [accepted(each, FIERCE) for each in STRUCTURES]
    tame = [accepted(each, TAME) for each in STRUCTURES]
    assert fierce[0] < fierce[1] < fierce[2]
    assert fierce[2] > fierce[0] + 0.1
    lost = [before - after for before, after in zip(tame, fierce, strict=True)]
    assert lost[0] > lost[1] > lost[2] > 0.0


def test_C8_the_structure_on_the_table_softens_with_the_hawks() -> None:
    """China tables the structure from which both gain most: plants of its own where no hawk and no
    Congress stands in the way, something softer where they do."""
    found = []
    for sets in (TAME, FIERCE):
        state, params = start(INVESTMENT, sets)
        apply_structure(state, params)
        found.append(state.table_structure)
    assert found[0] < found[1]


def test_C8_runs_sign_softer_structures_under_strong_hawks() -> None:
    """On the same luck runs under weak hawks sign plants of China's own and runs under strong ones
    licences, and these close an investment less often."""
    tame, fierce = batch(INVESTMENT, 600, TAME), batch(INVESTMENT, 600, FIERCE)
    owned, licence = "signed[wholly_owned]", "signed[licence]"
    assert paired(fierce[licence] > 0, tame[licence] > 0).positive
    assert paired(fierce[owned] > 0, tame[owned] > 0).negative
    assert paired(fierce[licence] > 0, fierce[owned] > 0).positive
    assert paired(fierce[licence] > 0, tame[owned] > 0).negative


def approved(structure: Clause, *, hiring: bool, level: int = 0) -> tuple[State, Params]:
    """Returns the state after the review of an investment let it through."""
    state, params = start(INVESTMENT)
    state.approval_structure, state.approval_hiring = structure, hiring
    state.control[US][INBOUND_LIMITS] = level
    apply_approval(state, params)
    return state, params


@pytest.mark.parametrize("structure", STRUCTURES)
def test_C8_jobs_are_the_accepted_share_of_half_a_million(structure: Clause) -> None:
    """With local hiring an approved investment brings 500,000 jobs times the size of its structure
    times the share that limits let in; without, only part of the jobs goes to local workers."""
    sizes = []
    for level in (0, 1):
        state, params = approved(structure, hiring=True, level=level)
        size = params.structure_size[structure - OWNED]
        share = investment_share(state, params)
        assert state.jobs == pytest.approx(500_000 * size * share)
        assert state.investment_usd_bn == pytest.approx(params.investment_usd_bn * size * share)
        loose, _ = approved(structure, hiring=False, level=level)
        assert loose.jobs == pytest.approx(params.hired_locally_share * state.jobs)
        sizes.append(state.jobs)
    assert sizes[0] > sizes[1] > 0.0
    assert params.structure_size[0] == 1.0 > params.structure_size[1] > params.structure_size[2]


def test_C8_runs_report_the_jobs_of_what_was_approved() -> None:
    """Jobs in runs are one of the few numbers that size, hiring and limits allow, and nil where no
    investment was approved."""
    sets = (*RICH, ("us.approval.days", "20"), ("us.rate.limit_inbound", "1e-9"))
    values = batch(INVESTMENT, 600, sets)
    _, params = start(INVESTMENT)
    possible = {
        500_000 * size * kept
        for size in params.structure_size
        for kept in (1.0, params.hired_locally_share)
    }
    yes = values["investment_usd_bn"] > 0.0
    assert yes.any()
    assert not values["jobs"][~yes].any()
    for jobs in set(values["jobs"][yes]):
        assert any(jobs == pytest.approx(each) for each in possible)
