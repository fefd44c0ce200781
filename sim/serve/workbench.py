"""Workbench: what all sessions of a server share, and the runs that it plays."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Final

from sim.experiment.executors.interface import Stop
from sim.experiment.inputs.base import StudyBase
from sim.experiment.runs.batch import Batch, run_batch
from sim.experiment.runs.defaults import RUNS, SEED
from sim.experiment.runs.design import Means
from sim.experiment.runs.memory import hold_batch
from sim.experiment.sensitivity.telling import Ranking, rank_inputs
from sim.report.html.parts.fans import live_pictures
from sim.report.html.parts.pictures import Gallery, hung
from sim.requests.options import open_store
from sim.serve.settings import Offer, Setting

_FEW: Final = 20
"""Runs with which the server warms up."""


class Superseded(Exception):
    """Raised in place of an answer that nobody waits for any more."""


@dataclass(slots=True)
class Workbench:
    """Scenarios on offer, and how their runs are played.

    Attributes:
        offer: Scenarios from which a reader picks.
        n: Number of runs of an answer.
        means: Store, seed and workers.
        closing: Set when the server ends: whatever is being played then stops.
        drawing: Lock of the drawing library, whose settings are global.
    """

    offer: Offer
    n: int = RUNS
    means: Means = field(default_factory=lambda: Means(open_store(), SEED))
    closing: threading.Event = field(default_factory=threading.Event)
    drawing: threading.Lock = field(default_factory=threading.Lock)
    _ranking: threading.Lock = field(default_factory=threading.Lock)
    _rankings: dict[str, Ranking] = field(default_factory=dict)

    def warm_up(self) -> None:
        """Prepares compiled code and the drawing library, so that the first answer is as quick as
        the others."""
        first = self.offer.base(self.offer.names[0])
        batch = hold_batch(
            first, n=_FEW, seed=self.means.seed, store=self.means.store, waiting=self.means.waiting
        )
        assert batch is not None
        hung([Gallery(picture.key, "", (picture,)) for picture in live_pictures([batch])])

    def play(self, setting: Setting, stop: Stop) -> Batch:
        """Returns the runs of a setting, in memory.

        Raises:
            SimError: As for `Offer.resolved`.
            Superseded: It was stopped.
        """
        batch = hold_batch(
            self.offer.resolved(setting), n=self.n, seed=self.means.seed, store=self.means.store,
            workers=self.means.workers, stop=self.or_closing(stop), waiting=self.means.waiting,
        )  # fmt: skip
        if batch is None:
            raise Superseded
        return batch

    def keep(self, setting: Setting) -> Batch:
        """Returns the runs of a setting, stored as `detente run` stores them.

        Raises:
            SimError: As for `Offer.resolved`, or the results folder cannot be written.
        """
        return run_batch(
            self.offer.resolved(setting), n=self.n, seed=self.means.seed, store=self.means.store,
            workers=self.means.workers, note=self.means.note, waiting=self.means.waiting,
        )  # fmt: skip

    def ranking(self, scenario: str) -> Ranking:
        """Returns the most telling inputs of a scenario, found once; one scenario at a time.

        Raises:
            NotFoundError: The scenario is not offered.
            Superseded: The server is ending.
            UsageError: The results folder cannot be written.
        """
        self.offer.base(scenario)
        with self._ranking:
            if scenario not in self._rankings:
                found = rank_inputs(
                    StudyBase(scenario), self.means, stop=self.or_closing(lambda: False)
                )
                if found is None:
                    raise Superseded
                self._rankings[scenario] = found
            return self._rankings[scenario]

    def or_closing(self, stop: Stop) -> Stop:
        """Returns a question that is also answered yes when the server ends."""
        return lambda: self.closing.is_set() or stop()
