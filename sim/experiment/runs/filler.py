"""Filling of a results folder: its missing runs are played shard by shard.

Shards are played one at a time, each while earlier ones are being written, so a killed process
loses only the few shards in flight.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from sim.engine.blocks import EVENT, Block
from sim.experiment.executors.interface import Executor, Job
from sim.experiment.store import parquet
from sim.experiment.store.folder import Content, Folder, Note
from sim.experiment.store.manifest import SHARD
from sim.model.outcomes.politics import PATHS

WRITERS: Final = max(1, min(4, (os.cpu_count() or 1) // 2))
"""Shards written at once: one thread takes longer to write a shard than several compiled workers
take to play it, but less long than two. Each takes some 100 MB for the two thousand columns."""

Progress = Callable[[int, int], None]
"""Callback that receives the number of finished runs and the total."""


def part(progress: Progress | None, place: int, parts: int) -> Progress | None:
    """Returns a progress callback for one of several equal parts of a larger job."""
    if progress is None:
        return None
    return lambda done, total: progress(place * total + done, parts * total)


@dataclass(frozen=True, slots=True)
class Piece:
    """A shard to fill: it has `have` replicates and should have `want`."""

    shard: int
    have: int
    want: int

    @property
    def missing(self) -> int:
        """Number of replicates to play."""
        return self.want - self.have


class Filler:
    """Plays the missing runs of a folder and keeps count.

    Attributes:
        computed: Number of runs played so far.
        startup_s: Seconds from the start of the call to the first run.
        elapsed_s: Seconds of simulation.
        compile_s: Seconds it took to prepare the engine; set by the caller.
        job: The job to play; the caller sets it once the missing runs are known.
    """

    job: Job

    def __init__(self, folder: Folder, progress: Progress | None, note: Note) -> None:
        self.computed = 0
        self.startup_s = 0.0
        self.compile_s = 0.0
        self.elapsed_s = 0.0
        self._folder = folder
        self._progress = progress
        self._note = note
        self._there = 0
        self._engines: dict[str, None] = {}

    def look(self, first: int, n: int, *, force: bool) -> list[Piece]:
        """Returns the shards, starting with `first`, that lack some of the first n replicates.

        Raises:
            UsageError: The folder cannot be written.
        """
        self._folder.clear()
        self._folder.mend_scenario()
        pieces = []
        for shard in range(first, -(-n // SHARD)):
            have, need = self._folder.rows(shard), min(SHARD, n - shard * SHARD)
            piece = Piece(shard, 0 if force else have, max(have, need))
            self._there += piece.have
            if piece.missing:
                pieces.append(piece)
        missing = sum(piece.missing for piece in pieces)
        if missing:
            self._folder.prepare(missing * _row_bytes(self._folder.content))
        return pieces

    def fill(self, crew: Executor, pieces: Sequence[Piece], began: float) -> None:
        """Plays pieces; `began` is the time at which the call started.

        Raises:
            KeyboardInterrupt: On Ctrl-C, after a note that says what is kept.
        """
        if not pieces:
            return
        total = self._there + self.computed + sum(piece.missing for piece in pieces)
        try:
            if not self.computed:
                crew.start()
                self.startup_s = time.perf_counter() - began - self.compile_s
            with ThreadPoolExecutor(WRITERS) as writers:
                self._fill(crew, writers, pieces, total)
        except KeyboardInterrupt:
            self._note(
                f"interrupted: {self._folder.n} of {total} runs are kept in "
                f"{self._folder.directory}; the same command continues from there"
            )
            raise

    def _fill(
        self, crew: Executor, writers: ThreadPoolExecutor, pieces: Sequence[Piece], total: int
    ) -> None:
        """Plays pieces one after another, each while earlier ones are being written."""
        # Loading the database takes as long as playing the first runs, so both happen at once.
        waiting: deque[Future[None]] = deque([writers.submit(parquet.open_database)])
        for piece in pieces:
            played, spent = self._play(crew, piece, total)
            before = waiting[-1] if waiting else None
            waiting.append(writers.submit(self._write, piece, played, spent, before))
            if len(waiting) > WRITERS:
                waiting.popleft().result()
        while waiting:
            waiting.popleft().result()

    def _play(
        self, crew: Executor, piece: Piece, total: int
    ) -> tuple[list[Block], dict[str, float]]:
        """Returns the missing runs of a piece and the seconds they took."""
        done = self._there + self.computed

        def advance(runs: int) -> None:
            nonlocal done
            done += runs
            if self._progress:
                self._progress(done, total)

        began = time.perf_counter()
        blocks = crew.play(self.job, piece.shard * SHARD + piece.have, piece.missing, advance)
        elapsed_s = time.perf_counter() - began
        spent = {"startup_s": 0.0, "compile_s": 0.0, "elapsed_s": elapsed_s}
        if not self.computed:
            spent |= {"startup_s": self.startup_s, "compile_s": self.compile_s}
        self.computed += piece.missing
        self.elapsed_s += elapsed_s
        self._engines |= dict.fromkeys(crew.engines)
        if self._engines:
            self._folder.engine = "+".join(self._engines)
        return blocks, spent

    def _write(
        self,
        piece: Piece,
        played: Sequence[Block],
        spent: Mapping[str, float],
        before: Future[None] | None,
    ) -> None:
        """Writes a piece, and records it after the one `before`: shards count in order."""
        rows = parquet.from_blocks(played)
        if piece.have:
            rows = parquet.joined(self._folder.read_rows(piece.shard, piece.have), rows)
        written = self._folder.write(piece.shard, rows)
        if before:
            before.result()
        self._folder.record(written, spent)


def _row_bytes(content: Content) -> int:
    """Returns an upper estimate of a run's bytes on disk: its numbers at their size in memory, plus
    an event every other day."""
    weeks = (content.resolved.until - content.resolved.start) // 7 + 1
    events = EVENT.itemsize * 4 * weeks if content.events else 0
    return 8 * len(content.columns) + 4 * weeks * len(PATHS) + events
