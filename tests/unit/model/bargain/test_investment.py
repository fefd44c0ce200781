"""Investment: the structure on the table, and what its approval brings."""

from __future__ import annotations

import pytest

from sim.model.bargain.investment import (
    apply_approval,
    apply_denial,
    apply_structure,
    apply_trial,
    is_review_over,
)
from sim.model.tables.codes import (
    CLAUSE_LICENCE,
    CLAUSE_MINORITY_STAKE,
    CLAUSE_WHOLLY_OWNED,
    CN,
    CONGRESS,
    INBOUND_LIMITS,
    ISSUE_INVESTMENT,
    SECURITY,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import TODAY, changed

STRUCTURES = (CLAUSE_WHOLLY_OWNED, CLAUSE_MINORITY_STAKE, CLAUSE_LICENCE)


@pytest.fixture
def params(params: Params) -> Params:
    """Returns structures that settle 1, 3/4 and 1/2 of an issue worth 4 to each side, and touch
    security in full, by a half and not at all."""
    params.prohibitive_pp, params.inbound_loss_per_level = 50.0, 0.25
    params.issue_weight[US][ISSUE_INVESTMENT] = params.issue_weight[CN][ISSUE_INVESTMENT] = 4.0
    params.investment_usd_bn, params.investment_jobs = 200.0, 1000.0
    params.structure_size, params.hired_locally_share = [1.0, 0.75, 0.25], 0.5
    params.influence_base[US][CONGRESS] = 0.1
    for structure, settles, content in zip(
        STRUCTURES, (1.0, 0.75, 0.5), (1.0, 0.5, 0.0), strict=True
    ):
        params.clause_settles[structure] = settles
        params.security_content[structure] = content
    return params


@pytest.fixture
def offer(state: State) -> State:
    """Returns a state in which an investment is to be had."""
    state.trust_kept, state.trust_broken = [1.0, 1.0], [1.0, 1.0]
    state.influence[US][CONGRESS] = 0.1
    return state


@pytest.mark.parametrize(
    ("shift", "expected"),
    # Joint gains are 8 - x, 6 - x/2 and 4: the first wins below 4, and all are 4 at 4.
    [(0.0, CLAUSE_WHOLLY_OWNED), (3.0, CLAUSE_WHOLLY_OWNED), (5.0, CLAUSE_LICENCE)],
)
def test_the_security_camp_pushes_it_to_softer_structures(
    offer: State, params: Params, shift: float, expected: int
) -> None:
    """What touches security most goes first as the camp grows (C8)."""
    # Fails if the security camp is not heard, or the first structure always wins.
    offer.weight[US][SECURITY] = shift

    apply_structure(offer, params)

    assert offer.table_structure == expected


@pytest.mark.parametrize(
    ("failure", "expected"),
    # Joint gains are 8 (1 - q), 6 (1 - q/2) and 4: 2/5 and 2/3 are where they cross.
    [
        (0.3, CLAUSE_WHOLLY_OWNED),
        (0.45, CLAUSE_MINORITY_STAKE),
        (0.6, CLAUSE_MINORITY_STAKE),
        (0.7, CLAUSE_LICENCE),
    ],
)
def test_a_hostile_review_pushes_it_to_softer_structures(
    offer: State, params: Params, failure: float, expected: int
) -> None:
    """Owned outright while approval is likely, then a junior stake, then a licence."""
    # Fails if the odds of approval do not count.
    params.approval_failure, params.congress_hostility = failure, 1.0

    apply_structure(offer, params)

    assert offer.table_structure == expected


@pytest.mark.parametrize(("gain", "cost", "tied"), [(0.5, 0.25, True), (0.25, 0.5, False)])
def test_a_duty_to_hire_is_tied_on_if_both_together_gain_by_it(
    offer: State, params: Params, gain: float, cost: float, tied: bool
) -> None:
    """What it is worth to Washington against what it costs Beijing."""
    # Fails if one side decides, or the last trial is left on the table.
    params.hiring_gain, params.hiring_cost = gain, cost

    apply_structure(offer, params)

    assert offer.table_hiring is tied


def test_a_trial_lays_out_one_structure(offer: State, params: Params) -> None:
    """Both sides' gains of the half that limits let in."""
    # Fails if one side's gain is returned, or units of an earlier trial are used.
    offer.control[US][INBOUND_LIMITS] = 2

    assert apply_trial(offer, params, CLAUSE_MINORITY_STAKE, True) == pytest.approx(2.0 * 1.5)
    assert (offer.table_structure, offer.table_hiring) == (CLAUSE_MINORITY_STAKE, True)
    assert offer.units[CLAUSE_MINORITY_STAKE] == 0.5


@pytest.mark.parametrize(
    ("due", "expected"), [(0, False), (TODAY + 1, False), (TODAY, True), (TODAY - 1, True)]
)
def test_a_review_ends_on_its_day(state: State, due: int, expected: bool) -> None:
    """Not without one, nor before."""
    # Fails if no review counts as one that is over.
    state.approval_due = due

    assert is_review_over(state) is expected


@pytest.mark.parametrize(("hiring", "jobs"), [(True, 375.0), (False, 187.5)])
def test_approval_books_what_limits_let_in(
    offer: State, params: Params, hiring: bool, jobs: float
) -> None:
    """Half of three quarters of 200 billion, and of 1000 jobs; without a duty to hire half of the
    jobs go to people who come along."""
    # Fails if size, limits or the duty to hire is left out, or what was booked is overwritten.
    offer.approval_structure, offer.approval_hiring = CLAUSE_MINORITY_STAKE, hiring
    offer.approval_due, offer.control[US][INBOUND_LIMITS] = TODAY, 2
    offer.investment_usd_bn, offer.jobs = 10.0, 5.0

    apply_approval(offer, params)

    assert (offer.investment_usd_bn, offer.jobs) == (85.0, 5.0 + jobs)
    assert offer.approval_due == 0


def test_a_denial_costs_trust(offer: State, params: Params) -> None:
    """China trusts Washington less; nothing is booked, and the review is over."""
    # Fails if Washington's trust falls, or the review goes on.
    params.trust_cost_of_accusation, offer.approval_due = 0.5, TODAY

    fields = changed(offer, lambda: apply_denial(offer, params))

    assert fields == {"approval_due", "investments_denied", "trust_broken"}
    assert (offer.trust_broken, offer.investments_denied) == ([1.0, 1.5], 1)
