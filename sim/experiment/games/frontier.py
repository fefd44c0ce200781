"""Frontier of the bargains of some runs: clauses to be had, bundles proposed, and what they left.

Every ministers' round and summit of these runs is recorded as it happens. A meeting is judged by
the table of its last proposal: at a summit there is a second if the first comes to nothing.
Pauses that are prolonged or revived by telephone involve no choice of clauses and are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.engine.simpy_loop import play_recorded
from sim.experiment.games.meetings import Ending, Meeting, MeetingRecorder, Proposal, TabledClause
from sim.experiment.inputs.priors import parameter_vector
from sim.experiment.runs.batch import Batch
from sim.experiment.runs.filler import Progress
from sim.experiment.stats.intervals import Estimate, Labels, mean, probability
from sim.experiment.stats.json_form import estimate_json
from sim.model.tables.codes import CN, US
from sim.model.tables.vocabulary import Clause, Package, Side


@dataclass(frozen=True, slots=True)
class ClauseTally:
    """Counts of meetings and mean gains of one clause.

    Attributes:
        clause: The clause.
        offered: Number of meetings at which it was to be had.
        us: Mean gain of the US from it at these, with its 95% interval over runs.
        cn: Mean gain of China from it at these, with its 95% interval over runs.
        mutual: Number of meetings at which both sides would have gained by it.
        struck: Number of meetings at which it was signed.
        refused: Number of meetings at which the last bundle left it out for the sake of the US, and
            of China.
    """

    clause: Clause
    offered: int
    us: Estimate
    cn: Estimate
    mutual: int
    struck: int
    refused: tuple[int, int]


@dataclass(frozen=True, slots=True)
class BundleTally:
    """Counts and means of the bundles of one name, over all proposals.

    Attributes:
        package: The name.
        proposed: Number of proposals.
        endings: Number of proposals by what became of them.
        size: Mean number of clauses of those signed.
        gains: Mean gains of the US and of China over walking away by those signed.
        beyond: Mean gains of the US and of China beyond their reserves by those signed.
    """

    package: Package
    proposed: int
    endings: Counter[Ending]
    size: Estimate
    gains: tuple[Estimate, Estimate]
    beyond: tuple[Estimate, Estimate]

    @property
    def struck(self) -> int:
        """Number of bundles signed."""
        return self.endings[Ending.SIGNED]


@dataclass(frozen=True, slots=True)
class Frontier:
    """Bargains over a set of runs.

    Attributes:
        runs: Number of runs played.
        meetings: Every meeting, by run and in order of time.
        per_vector: Number of runs per parameter vector in the batch; 0 with fixed parameters.
    """

    runs: int
    meetings: tuple[Meeting, ...]
    per_vector: int = 0

    @property
    def rounds(self) -> int:
        """Number of meetings of ministers."""
        return sum(not meeting.leaders for meeting in self.meetings)

    @property
    def signed(self) -> tuple[Meeting, ...]:
        """Meetings at which a bundle was signed."""
        return tuple(meeting for meeting in self.meetings if meeting.signed)

    def endings(self) -> Counter[tuple[Ending, Side | None]]:
        """Returns the number of meetings by what became of their last bundle, and by whom."""
        return Counter((m.last.ending, m.last.ended_by) for m in self.meetings)

    def clauses(self) -> tuple[ClauseTally, ...]:
        """Returns a tally of each clause that was ever to be had, the most often signed first."""
        found = [self._clause(clause) for clause in Clause]
        return tuple(sorted((t for t in found if t.offered), key=lambda t: (-t.struck, -t.offered)))

    def bundles(self) -> tuple[BundleTally, ...]:
        """Returns a tally of each name that a proposed bundle had, the most often signed first."""
        found = [self._bundle(package) for package in Package]
        found = [tally for tally in found if tally.proposed]
        return tuple(sorted(found, key=lambda t: (-t.struck, -t.proposed)))

    def possible(self) -> Estimate:
        """Returns the share of meetings at which some bundle gains both sides more than their
        reserves."""
        return self._share(self.meetings, lambda m: m.last.reach.benefits_both)

    def used(self) -> Estimate:
        """Returns the share of those meetings at which a bundle was signed."""
        chosen = [m for m in self.meetings if m.last.reach.benefits_both]
        return self._share(chosen, lambda m: m.signed is not None)

    def on_frontier(self) -> Estimate:
        """Returns the share of signed bundles that no other bundle improves on for one side without
        a loss to the other."""
        return self._share(self.signed, lambda m: m.last.reach.is_efficient)

    def better_for_both(self) -> Estimate:
        """Returns the share of signed bundles in whose place another would have given both sides
        more."""
        return self._share(self.signed, lambda m: m.last.reach.has_better)

    def nash_share(self) -> Estimate:
        """Returns the mean product of gains beyond the reserves of signed bundles, as a share of
        the largest on the supported frontier.

        Meetings at which no bundle gains both sides more than their reserves are left out; prestige
        may make a side sign there all the same. A bundle below a reserve has a share of 0.
        """
        chosen = [m for m in self.signed if m.last.reach.best_nash > 0.0]
        shares = [min(1.0, m.last.nash / m.last.reach.best_nash) for m in chosen]
        found = mean(np.array(shares, dtype=np.float64), clusters=self._units(chosen))
        return replace(found, low=max(0.0, found.low), high=min(1.0, found.high))

    def to_json(self) -> dict[str, Any]:
        """Returns a JSON-serialisable dict; gains are in utility, without prestige."""
        return {
            "runs": self.runs,
            "meetings": len(self.meetings),
            "ministers_rounds": self.rounds,
            "possible": estimate_json(self.possible()),
            "used": estimate_json(self.used()),
            "struck": len(self.signed),
            "struck_on_frontier": estimate_json(self.on_frontier()),
            "better_for_both": estimate_json(self.better_for_both()),
            "nash_share": estimate_json(self.nash_share()),
            "endings": [
                {
                    "ending": str(ending),
                    "by": None if side is None else side.name.lower(),
                    "meetings": count,
                }
                for (ending, side), count in self.endings().most_common()
            ],
            "packages": [
                {
                    "package": t.package.name.lower(),
                    "proposed": t.proposed,
                    **{str(ending): t.endings[ending] for ending in Ending if ending != "signed"},
                    "struck": t.struck,
                    "size": estimate_json(t.size),
                    "us_gain": estimate_json(t.gains[US]),
                    "cn_gain": estimate_json(t.gains[CN]),
                    "us_beyond_reserve": estimate_json(t.beyond[US]),
                    "cn_beyond_reserve": estimate_json(t.beyond[CN]),
                }
                for t in self.bundles()
            ],
            "clauses": [
                {
                    "clause": t.clause.name.lower(),
                    "offered": t.offered,
                    "us_gain": estimate_json(t.us),
                    "cn_gain": estimate_json(t.cn),
                    "mutual": t.mutual,
                    "struck": t.struck,
                    "refused_us": t.refused[US],
                    "refused_cn": t.refused[CN],
                }
                for t in self.clauses()
            ],
        }

    def _units(self, meetings: Sequence[Meeting]) -> Labels:
        """Returns the run, or the parameter vector, of each meeting: meetings of the same run or
        vector are not independent."""
        labels = np.array([meeting.replicate for meeting in meetings], dtype=np.int64)
        return labels // self.per_vector if self.per_vector else labels

    def _share(self, meetings: Sequence[Meeting], holds: Callable[[Meeting], bool]) -> Estimate:
        hits = np.array([holds(meeting) for meeting in meetings], dtype=np.bool_)
        return probability(hits, clusters=self._units(meetings))

    def _clause(self, clause: Clause) -> ClauseTally:
        found = [(m, term) for m in self.meetings for term in m.last.terms if term.clause == clause]

        def gain(of: Callable[[TabledClause], float]) -> Estimate:
            values = np.array([of(term) for _, term in found], dtype=np.float64)
            return mean(values, clusters=self._units([meeting for meeting, _ in found]))

        return ClauseTally(
            clause,
            len(found),
            gain(lambda term: term.us),
            gain(lambda term: term.cn),
            sum(term.is_mutual for _, term in found),
            sum(meeting.signed is not None and term.share > 0.0 for meeting, term in found),
            (
                sum(term.refused_by == Side.US for _, term in found),
                sum(term.refused_by == Side.CN for _, term in found),
            ),
        )

    def _bundle(self, package: Package) -> BundleTally:
        found = [(m, p) for m in self.meetings for p in m.proposals if p.package == package]
        signed = [(m, p) for m, p in found if p.ending == Ending.SIGNED]

        def each(of: Callable[[Proposal], float]) -> Estimate:
            values = np.array([of(proposal) for _, proposal in signed], dtype=np.float64)
            return mean(values, clusters=self._units([meeting for meeting, _ in signed]))

        return BundleTally(
            package,
            len(found),
            Counter(proposal.ending for _, proposal in found),
            each(lambda proposal: proposal.size),
            (each(lambda proposal: proposal.gains[US]), each(lambda proposal: proposal.gains[CN])),
            (
                each(lambda proposal: proposal.beyond[US]),
                each(lambda proposal: proposal.beyond[CN]),
            ),
        )


def frontier_of(batch: Batch, runs: int, progress: Progress | None = None) -> Frontier:
    """Plays runs of a batch again and records their meetings.

    Args:
        batch: The batch; failed runs are skipped. The first runs are played; with drawn parameters
            the first run of every vector, then the second, and so on.
        runs: Number of runs to play, at most as many as the batch has.
        progress: Called with (done, total) runs.
    """
    chosen = np.flatnonzero(batch.finished)
    if batch.per_vector:
        chosen = chosen[np.argsort(chosen % batch.per_vector, kind="stable")]
    chosen = chosen[:runs]
    recorder = MeetingRecorder()
    for done, replicate in enumerate(map(int, chosen), 1):
        drawn = None
        if batch.per_vector:
            drawn = parameter_vector(batch.resolved, batch.seed, replicate // batch.per_vector)
        recorder.replicate = replicate
        play_recorded(batch.resolved, batch.seed, replicate, recorder, drawn)
        if progress:
            progress(done, len(chosen))
    return Frontier(len(chosen), tuple(recorder.meetings), batch.per_vector)
