"""Clauses at meetings made by hand: who stood against them."""

from __future__ import annotations

import pytest

from sim.experiment.explain.clauses import clause_fates
from sim.experiment.games.meetings import Ending, Meeting, TabledClause, make_proposal
from sim.model.tables.vocabulary import Clause, Package, Side

US, CN = Side


def meeting(replicate: int, term: TabledClause, ending: Ending, by: Side | None) -> Meeting:
    """Returns a meeting on one clause."""
    package = Package.SWAP if term.share else None
    proposal = make_proposal(US, package, (term,), (0.0, 0.0), (0.0, 0.0), ending, by)
    return Meeting(replicate, 9, False, (proposal,))


def term(share: float, refused_by: Side | None = None, us: float = 1.0) -> TabledClause:
    """Returns a clause that Washington wants and Beijing does not."""
    return TabledClause(Clause.SOYBEANS, 1.0, us, -1.0, share, refused_by)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (meeting(0, term(1.0), Ending.SIGNED, None), (1.0, 0.0, 0.0, 0.0)),
        (meeting(0, term(1.0), Ending.REFUSED, CN), (0.0, 0.0, 1.0, 0.0)),
        (meeting(0, term(1.0), Ending.WITHHELD, US), (0.0, 1.0, 0.0, 0.0)),
        (meeting(0, term(1.0), Ending.STOPPED, US), (0.0, 0.0, 0.0, 1.0)),
        (meeting(0, term(0.0, CN), Ending.SIGNED, None), (0.0, 0.0, 1.0, 0.0)),
        (meeting(0, term(0.0, CN), Ending.REFUSED, US), (0.0, 0.0, 1.0, 0.0)),
    ],
)
def test_a_clause_has_one_fate_at_a_meeting(
    found: Meeting, told: tuple[float, float, float, float]
) -> None:
    """Agreed, blocked by either side, or stopped at home: for whose sake it was left out counts
    before what became of the rest."""
    # Fails if a clause left out of a bundle counts as blocked by who refused the bundle.
    (fate,) = clause_fates([found], 1)
    us, cn = fate.blocked

    assert (fate.agreed.value, us.value, cn.value, fate.stopped.value) == told


def test_a_clause_that_nobody_wants_is_not_blocked() -> None:
    """It was to be had, and no side gained by it."""
    assert clause_fates([meeting(0, term(0.0, us=-1.0), Ending.SIGNED, None)], 1) == ()


def test_shares_are_of_all_meetings_of_all_runs() -> None:
    """Three meetings in two runs, one of which agreed."""
    meetings = [meeting(0, term(0.0, CN), Ending.REFUSED, US)] * 2
    (fate,) = clause_fates([*meetings, meeting(1, term(1.0), Ending.SIGNED, None)], 2)

    assert fate.meetings == 3
    assert fate.agreed.value == pytest.approx(1 / 3)
