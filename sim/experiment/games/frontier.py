"""Packages on the table at each meeting of the two sides, and the one they signed.

For every ministers' round and summit of some runs, the gains of both sides from each package that
could be signed are read off the state. They are gains over walking away as the sides judge them,
without the prestige that leaders add to a landmark deal. The Pareto frontier of a meeting contains
the packages from which both sides gain and that no other package improves on for one side without
a loss to the other. Extensions agreed by telephone involve no choice of package and are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from sim.engine import sites
from sim.engine.desk import draws
from sim.engine.happenings import NAMES, Happening
from sim.engine.simpy_loop import play_recorded
from sim.engine.world import World
from sim.experiment.inputs.priors import parameter_vector
from sim.experiment.runs.batch import Batch
from sim.experiment.runs.filler import Progress
from sim.experiment.stats.intervals import Estimate, Flags, Floats, Labels, mean, probability
from sim.experiment.stats.json_form import estimate_json
from sim.model.bargain.signature import decide_package
from sim.model.bargain.table import is_feasible
from sim.model.bargain.worth import package_gain
from sim.model.tables.codes import CN, LEADERS, MINISTERS, N_PACKAGES, US
from sim.model.tables.vocabulary import NO_PACKAGE, Package

_MEETINGS: Final = {
    NAMES[Happening.MINISTERS_ROUND]: (MINISTERS, sites.ROUND_SIGN),
    NAMES[Happening.SUMMIT_HELD]: (LEADERS, sites.SUMMIT_SIGN),
}
"""Meetings at which packages are proposed: rank of the negotiators, and sites of the random draws
for each side's answers."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A package on the menu of a meeting.

    Attributes:
        package: The package.
        us: Gain of the US over walking away, in utility.
        cn: Gain of China over walking away, in utility.
        on_frontier: Whether the package is on the Pareto frontier of the menu.
    """

    package: Package
    us: float
    cn: float
    on_frontier: bool

    @property
    def is_mutual(self) -> bool:
        """Whether both sides gain."""
        return self.us > 0.0 and self.cn > 0.0

    @property
    def nash(self) -> float:
        """Nash product of the gains; 0 unless both sides gain."""
        return self.us * self.cn if self.is_mutual else 0.0


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting at which packages could be signed.

    Attributes:
        replicate: Number of the run.
        day: Ordinal day.
        leaders: Whether leaders met; otherwise ministers did.
        menu: The packages that could be signed.
        struck: The package that was signed; None if none was.
    """

    replicate: int
    day: int
    leaders: bool
    menu: tuple[Offer, ...]
    struck: Package | None

    @property
    def signed(self) -> Offer | None:
        """The package that was signed, with its gains; None if none was."""
        return next((offer for offer in self.menu if offer.package == self.struck), None)

    @property
    def benefits_both(self) -> bool:
        """Whether a package on the menu benefits both sides."""
        return self.best_nash > 0.0

    @property
    def best_nash(self) -> float:
        """Largest Nash product on the menu; 0 if no package benefits both sides."""
        return max((offer.nash for offer in self.menu), default=0.0)


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts and mean gains of one package over all meetings.

    Attributes:
        package: The package.
        offered: Number of meetings at which it could be signed.
        us: Mean gain of the US at these, with its 95% interval over runs.
        cn: Mean gain of China at these, with its 95% interval over runs.
        mutual: Number of meetings at which both sides would have gained.
        on_frontier: Number of meetings at which it was on the frontier.
        struck: Number of meetings at which it was signed.
    """

    package: Package
    offered: int
    us: Estimate
    cn: Estimate
    mutual: int
    on_frontier: int
    struck: int


@dataclass(frozen=True, slots=True)
class Frontier:
    """Packages available and packages signed, over a set of runs.

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

    def tallies(self) -> tuple[Tally, ...]:
        """Returns a tally of each package that was ever on a menu, the most often signed first."""
        found = [self._tally(package) for package in Package]
        return tuple(sorted((t for t in found if t.offered), key=lambda t: (-t.struck, -t.offered)))

    def possible(self) -> Estimate:
        """Returns the share of meetings with a package on the menu that benefits both sides."""
        return self._share(self.meetings, lambda meeting: meeting.benefits_both)

    def used(self) -> Estimate:
        """Returns the share of those meetings at which a package was signed."""
        chosen = [meeting for meeting in self.meetings if meeting.benefits_both]
        return self._share(chosen, lambda meeting: meeting.signed is not None)

    def on_frontier(self) -> Estimate:
        """Returns the share of signed packages that were on the frontier of their menu."""
        return self._share(
            self._signed(), lambda meeting: bool(meeting.signed and meeting.signed.on_frontier)
        )

    def nash_share(self) -> Estimate:
        """Returns the mean Nash product of signed packages, as a share of the best on the menu.

        Meetings at which no package benefits both sides are left out: a side whose private reserve
        is below nothing may sign there all the same. A package that harms a side has a share of 0.
        """
        chosen = [meeting for meeting in self._signed() if meeting.benefits_both]
        shares = [max(0.0, m.signed.nash / m.best_nash) for m in chosen if m.signed]
        found = mean(np.array(shares, dtype=np.float64), clusters=self._units(chosen))
        return replace(found, low=max(0.0, found.low), high=min(1.0, found.high))

    def to_json(self) -> dict[str, Any]:
        """Returns a JSON-serialisable dict; gains are in utility over walking away."""
        return {
            "runs": self.runs,
            "meetings": len(self.meetings),
            "ministers_rounds": self.rounds,
            "possible": estimate_json(self.possible()),
            "used": estimate_json(self.used()),
            "struck": len(self._signed()),
            "struck_on_frontier": estimate_json(self.on_frontier()),
            "nash_share": estimate_json(self.nash_share()),
            "packages": [
                {
                    "package": t.package.name.lower(),
                    "offered": t.offered,
                    "us_gain": estimate_json(t.us),
                    "cn_gain": estimate_json(t.cn),
                    "mutual": t.mutual,
                    "on_frontier": t.on_frontier,
                    "struck": t.struck,
                }
                for t in self.tallies()
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

    def _signed(self) -> list[Meeting]:
        return [meeting for meeting in self.meetings if meeting.signed]

    def _tally(self, package: Package) -> Tally:
        found = [(m, offer) for m in self.meetings for offer in m.menu if offer.package == package]
        offers = [offer for _, offer in found]
        clusters = self._units([meeting for meeting, _ in found])
        return Tally(
            package,
            len(found),
            mean(np.array([offer.us for offer in offers], dtype=np.float64), clusters=clusters),
            mean(np.array([offer.cn for offer in offers], dtype=np.float64), clusters=clusters),
            sum(offer.is_mutual for offer in offers),
            sum(offer.on_frontier for offer in offers),
            sum(meeting.struck == package for meeting, _ in found),
        )


def pareto(points: Floats) -> Flags:
    """Returns the mask of the points that no other point dominates.

    A point dominates another if it is at least as good for both sides and better for one.

    Args:
        points: Gains of both sides, shape (points, 2); more is better.

    Returns:
        Shape (points,). Equal points do not dominate each other.
    """
    no_less = np.all(points[:, None] >= points[None], axis=2)
    more = np.any(points[:, None] > points[None], axis=2)
    return np.asarray(~np.any(no_less & more, axis=0))


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
    listener = MenuRecorder()
    for done, replicate in enumerate(map(int, chosen), 1):
        drawn = None
        if batch.per_vector:
            drawn = parameter_vector(batch.resolved, batch.seed, replicate // batch.per_vector)
        listener.replicate = replicate
        play_recorded(batch.resolved, batch.seed, replicate, listener, drawn)
        if progress:
            progress(done, len(chosen))
    return Frontier(len(chosen), tuple(listener.meetings), batch.per_vector)


class MenuRecorder:
    """Records the menu of each meeting as it opens, when the state is the one that decides it."""

    def __init__(self) -> None:
        self.meetings: list[Meeting] = []
        self.replicate = 0

    def note(self, world: World, kind: str, side: int | None, size: float) -> None:
        """Records a meeting; drops it again if a summit ends in open discord without a bargain."""
        del side, size  # a meeting belongs to neither side and has no size
        if kind in _MEETINGS:
            self.meetings.append(self._meeting(world, *_MEETINGS[kind]))
        elif kind == NAMES[Happening.SUMMIT_FAILS]:
            self.meetings.pop()

    def decision(self, world: World, side: int, act: int) -> None:
        """Ignores decisions of one side alone, which are not bargains."""

    def _meeting(self, world: World, rank: int, luck: tuple[int, int]) -> Meeting:
        state, params = world.state, world.params
        u_us, u_cn = (draws(world, site, N_PACKAGES) for site in luck)
        struck = decide_package(state, params, rank, u_us, u_cn)
        packages = [p for p in Package if is_feasible(state, params, p, rank)]
        gains = [[package_gain(state, params, side, p) for side in (US, CN)] for p in packages]
        return Meeting(
            self.replicate,
            state.day,
            rank == LEADERS,
            menu(packages, np.array(gains, dtype=np.float64).reshape(-1, 2)),
            None if struck == NO_PACKAGE else Package(struck),
        )


def menu(packages: Sequence[Package], gains: Floats) -> tuple[Offer, ...]:
    """Returns the offers of a meeting.

    Args:
        packages: The packages that could be signed.
        gains: Gains of the US and of China, shape (packages, 2).
    """
    mutual = np.all(gains > 0.0, axis=1)
    best = np.zeros(len(packages), np.bool_)
    best[mutual] = pareto(gains[mutual])
    return tuple(
        Offer(package, float(us), float(cn), bool(flag))
        for package, (us, cn), flag in zip(packages, gains, best, strict=True)
    )
