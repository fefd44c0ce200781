"""Meetings as they are recorded: clauses, bundles, and what became of them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest

from sim.engine.simpy_loop import play_recorded
from sim.engine.world import World, opening
from sim.experiment.games.meetings import (
    Ending,
    Meeting,
    MeetingRecorder,
    TabledClause,
    make_proposal,
    proposal_on_table,
)
from sim.model.tables.vocabulary import Clause, Package, Side
from sim.scenario.load import resolve

WORLD = resolve("october-2025-apec", until=date(2026, 1, 20))
EXAMINED = 40


class Witness(MeetingRecorder):
    """Also keeps what the run itself records of each bargain."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[tuple[int, str, int | None, float]] = []

    def note(self, world: World, kind: str, side: int | None, size: float) -> None:
        """Keeps an event."""
        super().note(world, kind, side, size)
        self.kept.append((world.state.day, kind, side, size))

    def days(self, kind: str, side: int | None = None) -> set[int]:
        """Returns the days with an event of a kind by a side."""
        return {day for day, what, who, _ in self.kept if (what, who) == (kind, side)}


def played(replicates: int = EXAMINED, world: object = WORLD) -> list[Witness]:
    """Returns one witness per run."""
    found = []
    for replicate in range(replicates):
        witness = Witness()
        play_recorded(world, 1, replicate, witness)  # type: ignore[arg-type]
        found.append(witness)
    return found


@pytest.fixture(scope="module")
def witnesses() -> list[Witness]:
    """Runs of three months around the summit of Gyeongju."""
    return played()


def by_day(witness: Witness, ending: Ending, by: Side | None) -> set[int]:
    """Returns the days with a proposal that ended in a way."""
    return {
        meeting.day
        for meeting in witness.meetings
        for proposal in meeting.proposals
        if (proposal.ending, proposal.ended_by) == (ending, by)
    }


def test_a_meeting_ends_as_the_run_records_it(witnesses: list[Witness]) -> None:
    """Refusals and agreements stopped at home fall on the same days, by the same side; a run signs
    nothing else but pauses by telephone."""
    seen: Counter[Ending] = Counter()
    for witness in witnesses:
        for side in Side:
            refused = by_day(witness, Ending.REFUSED, side)
            stopped = by_day(witness, Ending.STOPPED, side)
            assert refused == witness.days("bundle_refused", side)
            assert stopped == witness.days("bundle_stopped", side)
            seen[Ending.REFUSED] += len(refused)
            seen[Ending.STOPPED] += len(stopped)
            seen[Ending.WITHHELD] += len(by_day(witness, Ending.WITHHELD, side))
        told = {
            (m.day, f"sign_{m.signed.package.name.lower()}", m.signed.size)
            for m in witness.meetings
            if m.signed and m.signed.package is not None
        }
        booked = {(day, kind, size) for day, kind, _, size in witness.kept if "sign_" in kind[:5]}
        assert told <= booked
        assert {kind for _, kind, _ in booked - told} <= {"sign_extension", "sign_truce"}
        seen[Ending.SIGNED] += len(told)
    assert min(seen[ending] for ending in Ending) > 0, seen


def test_gains_and_clauses_are_those_the_run_records(witnesses: list[Witness]) -> None:
    """Gains beyond the reserves, and each clause agreed and refused."""
    compared = 0
    for witness in witnesses:
        for meeting in witness.meetings:
            if meeting.signed:
                events = [event for event in witness.kept if event[0] == meeting.day]
                gains = {who: size for _, kind, who, size in events if kind == "gain"}
                by_phone = sum(kind.startswith("sign_") for _, kind, _, _ in events) > 1
                if by_phone:
                    continue
                compared += 1
                assert [gains[0], gains[1]] == pytest.approx(meeting.signed.beyond, rel=1e-9)
                agreed = {k.removeprefix("agree_") for _, k, _, _ in events if "agree_" in k}
                terms = meeting.signed.terms
                assert agreed == {t.clause.name.lower() for t in terms if t.share > 0.0}
                refused = {
                    (k.removeprefix("refuse_"), who) for _, k, who, _ in events if "refuse_" in k
                }
                assert refused == {
                    (t.clause.name.lower(), t.refused_by) for t in terms if t.refused_by is not None
                }
    assert compared > 5


def test_only_leaders_hear_a_second_proposal(witnesses: list[Witness]) -> None:
    """Washington opens a summit, and Beijing counters unless that bundle was agreed; at a round of
    ministers either side opens, and none counters."""
    meetings = [meeting for witness in witnesses for meeting in witness.meetings]

    assert {m.last.by for m in meetings if not m.leaders} == set(Side)
    assert {m.proposals[0].by for m in meetings if m.leaders} == {Side.US}
    assert len({(i, m.place) for i, w in enumerate(witnesses) for m in w.meetings}) == len(meetings)
    assert all(len(m.proposals) == 1 for m in meetings if not m.leaders)
    for meeting in (m for m in meetings if m.leaders):
        first = meeting.proposals[0].ending
        agreed = first in (Ending.SIGNED, Ending.STOPPED)
        assert [p.by for p in meeting.proposals[1:]] == ([] if agreed else [Side.CN])
    assert {len(m.proposals) for m in meetings if m.leaders} == {1, 2}


def test_a_summit_that_ends_in_discord_is_no_bargain() -> None:
    """Where every summit fails in public, leaders propose nothing."""
    sets = [("summit.failure_base", "1")]
    discord = resolve("october-2025-apec", sets=sets, until=date(2025, 11, 5))
    usual = resolve("october-2025-apec", until=date(2025, 11, 5))

    assert any(m.leaders for witness in played(6, usual) for m in witness.meetings)
    assert not any(m.leaders for witness in played(6, discord) for m in witness.meetings)


@pytest.mark.parametrize("by", list(Side))
def test_what_both_want_is_refused_by_the_side_that_was_not_asked(by: Side) -> None:
    """A clause that the proposer leaves out though both gain by it is left out for the other's
    sake, as far as it knows; one that only one side wants is refused by its giver."""
    params, state = opening(WORLD, None)
    state.units = [0.0] * len(Clause)
    state.offer = [0.0] * len(Clause)
    for clause, us, cn in ((Clause.TAIWAN, 1.0, 2.0), (Clause.MINERALS, 3.0, -1.0)):
        state.units[clause] = 1.0
        state.gain[Side.US][clause], state.gain[Side.CN][clause] = us, cn
    world = SimpleNamespace(state=state, params=params)
    found = proposal_on_table(cast("World", world), by, (0.5, 0.5))

    refused = {term.clause: term.refused_by for term in found.terms}
    assert refused == {Clause.TAIWAN: Side(1 - by), Clause.MINERALS: Side.CN}
    assert (found.package, found.size) == (None, 0)
    assert (found.ending, found.ended_by) == (Ending.WITHHELD, by)


THREE = (
    TabledClause(Clause.MINERALS, 1.0, 2.0, -1.0, share=1.0),
    TabledClause(Clause.TECH, 1.0, -1.0, 3.0, refused_by=Side.US),
    TabledClause(Clause.PORT_FEES, 1.0, 1.0, 1.0, share=1.0),
)


def test_gains_are_counted_from_walking_away_and_from_the_reserve() -> None:
    """Minerals and port fees: (3, 0), in a mood of (0.5, 0.25), against reserves of (1, -1)."""
    made = make_proposal(
        Side.US, Package.SWAP, THREE, (0.5, 0.25), (1.0, -1.0), Ending.REFUSED, Side.CN
    )

    assert made.size == 2
    assert made.gains == (3.5, 0.25)
    assert made.beyond == (2.5, 1.25)
    assert made.nash == pytest.approx(3.125)
    assert made.reach.frontier.tolist() == [[-0.5, 5.25], [1.5, 4.25], [2.5, 1.25]]
    assert made.reach.best_nash == pytest.approx(6.375)
    assert Meeting(0, 1, False, (made,)).signed is None


def test_two_losses_have_no_product() -> None:
    """Below both reserves the product of the gains counts as none."""
    made = make_proposal(Side.US, Package.SWAP, THREE, (0.0, 0.0), (9.0, 9.0), Ending.SIGNED)

    assert made.nash == 0.0
    assert not made.reach.benefits_both
