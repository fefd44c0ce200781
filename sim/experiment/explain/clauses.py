"""Clauses at meetings: how often each was agreed, and who blocked it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiment.explain.shares import per_run, share_of
from sim.experiment.games.meetings import Ending, Meeting, TabledClause
from sim.experiment.stats.intervals import Estimate
from sim.model.tables.vocabulary import Clause, Side


@dataclass(frozen=True, slots=True)
class ClauseFate:
    """What became of a clause at the meetings at which it was to be had and a side wanted it.

    Meetings are counted by their last proposal.

    Attributes:
        clause: The clause.
        meetings: Number of these meetings.
        agreed: Share of them at which it was signed.
        blocked: Share of them at which the US, and at which China, stood against it: it was left
            out for the sake of that side, or that side turned down or withheld the offer that held
            it.
        stopped: Share of them at which groups at home stopped the offer that held it.
    """

    clause: Clause
    meetings: int
    agreed: Estimate
    blocked: tuple[Estimate, Estimate]
    stopped: Estimate


def clause_fates(meetings: Sequence[Meeting], n: int) -> tuple[ClauseFate, ...]:
    """Returns the fates of all clauses that were ever wanted, the most often blocked first.

    Args:
        meetings: The meetings of the runs.
        n: Number of runs.
    """
    found = [fate for clause in Clause if (fate := _fate(clause, meetings, n))]
    return tuple(sorted(found, key=lambda fate: (-_blocks(fate), fate.clause)))


def blocker(meeting: Meeting, term: TabledClause) -> Side | None:
    """Returns the side that stood against a clause at a meeting; None if neither did."""
    if term.share == 0.0:
        return term.refused_by
    refused = meeting.last.ending in {Ending.REFUSED, Ending.WITHHELD}
    return meeting.last.ended_by if refused else None


def _blocks(fate: ClauseFate) -> float:
    return fate.meetings * sum(each.value for each in fate.blocked)


def _fate(clause: Clause, meetings: Sequence[Meeting], n: int) -> ClauseFate | None:
    cases = [
        (meeting, term)
        for meeting in meetings
        for term in meeting.last.terms
        if term.clause == clause and (term.us > 0.0 or term.cn > 0.0)
    ]
    if not cases:
        return None
    counts = per_run((meeting.replicate for meeting, _ in cases), n)

    def share(holds: Callable[[Meeting, TabledClause], bool]) -> Estimate:
        return share_of(per_run((m.replicate for m, t in cases if holds(m, t)), n), counts)

    return ClauseFate(
        clause,
        int(np.sum(counts)),
        share(lambda m, t: t.share > 0.0 and m.signed is not None),
        (
            share(lambda m, t: blocker(m, t) == Side.US),
            share(lambda m, t: blocker(m, t) == Side.CN),
        ),
        share(lambda m, t: t.share > 0.0 and m.last.ending == Ending.STOPPED),
    )
