"""Sessions: one reader's page each, with its latest wish, its turn to compute, its last runs."""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from sim.errors import NotFoundError
from sim.experiment.executors.interface import Stop
from sim.experiment.runs.batch import Batch
from sim.serve.settings import Setting
from sim.serve.workbench import Superseded, Workbench

MOST_SESSIONS: Final = 8
"""Pages that are remembered at once; the one that was used longest ago is forgotten first."""

MOST_BATCHES: Final = 4
"""Settings whose runs a session keeps: the answer, the one before, and two that are pinned."""


class Session:
    """One reader's page.

    Wishes are numbered by the page. Only the one with the largest number is answered: a computation
    that is under way stops as soon as a larger number arrives.

    Attributes:
        shown: Setting of the last answer; None before the first.
        before: Setting of the answer before it, drawn in grey; None if there is none.
    """

    def __init__(self, bench: Workbench) -> None:
        self.shown: Setting | None = None
        self.before: Setting | None = None
        self._bench = bench
        self._latest = 0
        self._turn = asyncio.Lock()
        self._batches: OrderedDict[Setting, Batch] = OrderedDict()

    @asynccontextmanager
    async def wish(self, number: int) -> AsyncIterator[Stop]:
        """Waits for the turn of a wish, and yields the question whether it is out of date.

        Raises:
            Superseded: It is out of date before its turn comes.
        """
        if number <= self._latest:
            raise Superseded
        self._latest = number
        async with self._turn:
            if self.is_stale(number):
                raise Superseded
            yield lambda: self.is_stale(number)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits for the turn of work that is not given up when a newer wish arrives."""
        async with self._turn:
            yield

    def is_stale(self, number: int) -> bool:
        """Returns whether a newer wish has arrived."""
        return number < self._latest

    def batch(self, setting: Setting, stop: Stop) -> Batch:
        """Returns the runs of a setting, played unless they are still remembered.

        Raises:
            SimError: The setting is wrong.
            Superseded: A newer wish arrived meanwhile.
        """
        if setting not in self._batches:
            self._batches[setting] = self._bench.play(setting, stop)
        self._batches.move_to_end(setting)
        while len(self._batches) > MOST_BATCHES:
            self._batches.popitem(last=False)
        return self._batches[setting]

    def ghost_for(self, setting: Setting) -> Setting | None:
        """Returns the setting whose answer is drawn in grey beside a new one: the one before, if it
        is of the same scenario."""
        ghost = self.before if setting == self.shown else self.shown
        return ghost if ghost is not None and ghost.scenario == setting.scenario else None

    def show(self, setting: Setting) -> None:
        """Remembers a setting as the one that was answered last."""
        if setting != self.shown:
            self.before, self.shown = self.shown, setting


class Sessions:
    """Sessions of a server, by their ids, which cannot be guessed."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._known: OrderedDict[str, Session] = OrderedDict()

    def open(self) -> str:
        """Returns the id of a new session."""
        key = secrets.token_urlsafe(18)
        self._known[key] = Session(self._bench)
        while len(self._known) > MOST_SESSIONS:
            self._known.popitem(last=False)
        return key

    def find(self, key: str) -> Session:
        """Returns a session.

        Raises:
            NotFoundError: It is unknown or forgotten.
        """
        if key not in self._known:
            raise NotFoundError("this page is no longer known to the server; load it again")
        self._known.move_to_end(key)
        return self._known[key]
