"""Meetings of the two sides: the clauses on the table, the bundle proposed, and its fate.

All gains are the true ones of a side in utility, without the prestige that leaders add to a
landmark deal. Gains over walking away include what any signature is worth in the present mood; a
side signs by its gain beyond its private reserve.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum, unique

import numpy as np

from sim.engine.happenings import NAMES, Happening
from sim.engine.world import World
from sim.experiment.games.pareto import Attainment, reach_of
from sim.model.bargain.bundle_search import must_hold
from sim.model.bargain.bundles import bundle_name
from sim.model.bargain.signature import bundle_size, decide_consent, refuser
from sim.model.bargain.worth import mood_gain
from sim.model.tables.codes import CN, LEADERS, N_CLAUSES, US
from sim.model.tables.vocabulary import Clause, Package, Side, signature_name

_SIGNED = frozenset(map(signature_name, Package))


@unique
class Ending(StrEnum):
    """Fates of a proposed bundle."""

    SIGNED = "signed"
    STOPPED = "stopped"  # at home, after both sides agreed
    REFUSED = "refused"  # by the side to which it was proposed
    WITHHELD = "withheld"  # by the side that composed it: too little in it, or nothing


@dataclass(frozen=True, slots=True)
class TabledClause:
    """A clause that was to be had.

    Attributes:
        clause: The clause.
        units: Units to be had.
        us: Gain of the US from all of them.
        cn: Gain of China from all of them.
        share: Share of them in the bundle; 0 if the clause is left out.
        refused_by: Side for whose sake it is left out; None if it is not.
        held: Whether the bundle must hold it, as a comprehensive deal must end every added duty.
    """

    clause: Clause
    units: float
    us: float
    cn: float
    share: float = 0.0
    refused_by: Side | None = None
    held: bool = False

    @property
    def is_mutual(self) -> bool:
        """Whether both sides gain."""
        return self.us > 0.0 and self.cn > 0.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A bundle that one side composed.

    Attributes:
        by: The side.
        package: What the bundle is called; None if it holds nothing.
        terms: The clauses on the table, in the bundle or not.
        gains: Gains of the US and of China over walking away.
        reserve: Their private reserves.
        reach: What they could have had beyond their reserves.
        ending: What became of it.
        ended_by: The side that stopped, refused or withheld it; None if it was signed.
    """

    by: Side
    package: Package | None
    terms: tuple[TabledClause, ...]
    gains: tuple[float, float]
    reserve: tuple[float, float]
    reach: Attainment
    ending: Ending
    ended_by: Side | None = None

    @property
    def size(self) -> int:
        """Number of clauses in the bundle."""
        return sum(term.share > 0.0 for term in self.terms)

    @property
    def beyond(self) -> tuple[float, float]:
        """Gains of the US and of China beyond their reserves."""
        return self.gains[US] - self.reserve[US], self.gains[CN] - self.reserve[CN]

    @property
    def nash(self) -> float:
        """Product of the gains beyond the reserves; 0 unless both sides gain."""
        us, cn = self.beyond
        return us * cn if us > 0.0 and cn > 0.0 else 0.0


def make_proposal(
    by: Side,
    package: Package | None,
    terms: tuple[TabledClause, ...],
    mood: tuple[float, float],
    reserve: tuple[float, float],
    ending: Ending,
    ended_by: Side | None = None,
) -> Proposal:
    """Returns a proposal, with the gains from its bundle and what could have been had.

    Args:
        by: See `Proposal`, as for the others.
        package: See `Proposal`.
        terms: See `Proposal`.
        mood: What any signature is worth to the US and to China in the present mood.
        reserve: See `Proposal`.
        ending: See `Proposal`.
        ended_by: See `Proposal`.
    """
    each = np.array([(term.us, term.cn) for term in terms], dtype=np.float64).reshape(-1, 2)
    shares = np.array([term.share for term in terms], dtype=np.float64)
    held = np.array([term.held for term in terms], dtype=np.bool_)
    us, cn = np.array(mood, dtype=np.float64) + shares @ each
    reach = reach_of(each, shares, held, np.subtract(mood, reserve))
    return Proposal(by, package, terms, (float(us), float(cn)), reserve, reach, ending, ended_by)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting at which the two sides bargained.

    Attributes:
        replicate: Number of the run.
        day: Ordinal day.
        leaders: Whether leaders met; otherwise ministers did.
        proposals: The bundle that one side composed; then the other's, if leaders met and it came
            to no agreement.
    """

    replicate: int
    day: int
    leaders: bool
    proposals: tuple[Proposal, ...]

    @property
    def place(self) -> tuple[int, int, bool]:
        """The run, the day and the rank: no two meetings share all three."""
        return self.replicate, self.day, self.leaders

    @property
    def last(self) -> Proposal:
        """The proposal that ended the meeting."""
        return self.proposals[-1]

    @property
    def signed(self) -> Proposal | None:
        """The bundle that was signed; None if none was."""
        return self.last if self.last.ending == Ending.SIGNED else None


class MeetingRecorder:
    """Recorder of the bargaining at every meeting of a run."""

    def __init__(self) -> None:
        self.meetings: list[Meeting] = []
        self.replicate = 0
        self._agreed = False

    def decision(self, world: World, side: int, act: int) -> None:
        """Ignores decisions of one side alone, which are not bargains."""

    def proposal(self, world: World, side: int, u_us: float, u_cn: float) -> None:
        """Records a bundle as the two sides are about to answer.

        It opens a meeting, unless leaders met that day and have had one proposal: it is then the
        counter-proposal.
        """
        made = proposal_on_table(world, Side(side), (u_us, u_cn))
        self._agreed = made.ending == Ending.SIGNED
        opened = Meeting(
            self.replicate, world.state.day, world.state.table_rank == LEADERS, (made,)
        )
        if self.meetings and opened.leaders and self.meetings[-1].place == opened.place:
            self._replace_last((*self.meetings[-1].proposals, made))
        else:
            self.meetings.append(opened)

    def note(self, world: World, kind: str, side: int | None, size: float) -> None:
        """Records that groups at home stopped the bundle on which both sides had just agreed."""
        del world, size
        if self._agreed and kind == NAMES[Happening.BUNDLE_STOPPED]:
            assert side is not None
            *before, last = self.meetings[-1].proposals
            stopped = replace(last, ending=Ending.STOPPED, ended_by=Side(side))
            self._replace_last((*before, stopped))
        if kind == NAMES[Happening.BUNDLE_STOPPED] or kind in _SIGNED:
            self._agreed = False

    def _replace_last(self, proposals: tuple[Proposal, ...]) -> None:
        self.meetings[-1] = replace(self.meetings[-1], proposals=proposals)


def proposal_on_table(world: World, by: Side, luck: tuple[float, float]) -> Proposal:
    """Returns the bundle on the table as a proposal, signed if both sides want it.

    Args:
        world: The run.
        by: The side that composed it.
        luck: Uniforms of Washington's and Beijing's answers.
    """
    state, params = world.state, world.params
    terms = tuple(
        TabledClause(
            Clause(clause),
            state.units[clause],
            state.gain[US][clause],
            state.gain[CN][clause],
            state.offer[clause],
            _side(refuser(state, clause, by)),
            must_hold(state, clause),
        )
        for clause in range(N_CLAUSES)
        if state.units[clause] > 0.0
    )
    wanted = [decide_consent(state, params, side, luck[side]) for side in (US, CN)]
    ending, ended_by = Ending.SIGNED, None
    if not wanted[by]:
        ending, ended_by = Ending.WITHHELD, by
    elif not wanted[1 - by]:
        ending, ended_by = Ending.REFUSED, Side(1 - by)
    return make_proposal(
        by,
        Package(bundle_name(state, params)) if bundle_size(state) else None,
        terms,
        (mood_gain(state, params, US), mood_gain(state, params, CN)),
        (state.reserve[US], state.reserve[CN]),
        ending,
        ended_by,
    )


def _side(code: int) -> Side | None:
    return Side(code) if code in tuple(Side) else None
