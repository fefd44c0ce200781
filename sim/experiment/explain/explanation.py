"""Explanations: what drove each kind of event of a batch, and runs that verify it.

Some runs are played with a recorder, which asks of each decision what would have been done without
each cause on the same draws. The strongest causes are then removed from whole runs with the same
luck. The first says what a cause decides at once; the second includes all that follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.engine.blocks import columns
from sim.engine.choice import Waiting, check_engine, choose_engine, prepare
from sim.engine.draws import check_key
from sim.engine.simpy_loop import play_recorded
from sim.errors import UsageError
from sim.experiment.executors.choice import AUTO, choose, worker_count
from sim.experiment.explain.accounts import Account, PauseTally, accounts_of, pause_tally, to_verify
from sim.experiment.explain.causes import Cause
from sim.experiment.explain.clauses import ClauseFate, clause_fates
from sim.experiment.explain.events.opening import first_day
from sim.experiment.explain.events.questions import EventQuestion
from sim.experiment.explain.events.readings import EventReadings, read_runs
from sim.experiment.explain.recorder import ReasonRecorder
from sim.experiment.explain.removal import Removal, change_of, judged
from sim.experiment.inputs.base import StudyBase
from sim.experiment.runs.batch import job_of
from sim.experiment.runs.filler import Progress
from sim.experiment.store.folder import Content
from sim.experiment.store.parquet import from_blocks
from sim.scenario.resolved_scenario import Resolved

LEAST_RUNS: Final = 60
"""Fewest runs: with fewer, a cause that turns one run in twenty may not have shown up at all."""

MOST_RUNS: Final = 5_000
"""Most runs: these take some minutes to record."""


@dataclass(frozen=True, slots=True)
class Play:
    """Settings for playing the runs of an explanation.

    Attributes:
        n: Number of runs.
        seed: First half of the key of every draw.
        engine: Engine of the runs that are not recorded: `simpy`, `compiled` or `auto`.
        workers: Number of threads or processes for these; None for an automatic choice.
        recording: Called with (done, total) recorded runs.
        progress: Called with (done, total) other runs.
        waiting: Called with a text before something slow.
    """

    n: int
    seed: int
    engine: str
    workers: int | None
    recording: Progress | None
    progress: Progress | None
    waiting: Waiting

    def check(self) -> None:
        """Checks the settings before anything is played.

        Raises:
            UsageError: One is out of range.
        """
        check_key(self.seed)
        check_engine(self.engine)
        for option, found, least, most in (
            ("number of runs (-n)", self.n, LEAST_RUNS, MOST_RUNS),
            ("number of workers (--workers)", 1 if self.workers is None else self.workers, 1, 1024),
        ):
            if isinstance(found, bool) or not least <= found <= most:
                raise UsageError(f"{option} {found} is not a whole number from {least} to {most:,}")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What drove the events of a batch.

    Attributes:
        resolved: The scenario.
        seed: Seed of the runs.
        runs: Number of runs that finished.
        accounts: One for each question of which there were events.
        removals: What became of the events of a question without a cause, by both.
        clauses: Fates of the clauses, the most often blocked first.
        meetings: Number of meetings.
        pauses: Counts of the pauses.
        causes: The causes by key.
    """

    resolved: Resolved
    seed: int
    runs: int
    accounts: tuple[Account, ...]
    removals: Mapping[tuple[EventQuestion, str], Removal]
    clauses: tuple[ClauseFate, ...]
    meetings: int
    pauses: PauseTally
    causes: Mapping[str, Cause]


def explain(start: StudyBase, play: Play) -> Explanation:
    """Returns what drove the events of a scenario's runs.

    Args:
        start: The scenario, at central values of its parameters.
        play: How its runs are played.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: It or a change to it is wrong.
        UsageError: An option is out of range, or the engine cannot be used.
    """
    play.check()
    resolved = start.resolved()
    base = _played(play, [resolved])[0]
    recorder = _recorded(resolved, play, base)
    accounts = accounts_of(resolved, recorder.trials, base)
    wanted = to_verify(accounts, base)
    worlds = {cause.changes: start.resolved(cause.changes) for _, cause, _ in wanted}
    played = dict(zip(worlds, _played(play, list(worlds.values())), strict=True))
    changes = []
    for question, cause, expected in wanted:
        other = played[cause.changes]
        both = base.finished & other.finished
        gap = change_of(question, other.counts(question), base.counts(question), both)
        changes.append((gap, expected))
    found = judged(changes, play.n)
    return Explanation(
        resolved,
        play.seed,
        int(base.finished.sum()),
        accounts,
        {(q, c.key): removal for (q, c, _), removal in zip(wanted, found, strict=True)},
        clause_fates(recorder.meetings.meetings, play.n),
        len(recorder.meetings.meetings),
        pause_tally(base),
        {cause.key: cause for account in accounts for cause in account.known},
    )


def _recorded(resolved: Resolved, play: Play, base: EventReadings) -> ReasonRecorder:
    """Plays the runs that finish once more, with a recorder of reasons."""
    recorder = ReasonRecorder(resolved)
    finished = np.flatnonzero(base.finished).tolist()
    for done, replicate in enumerate(finished, 1):
        recorder.open(replicate)
        play_recorded(resolved, play.seed, replicate, recorder)
        if play.recording:
            play.recording(done, len(finished))
    return recorder


def _played(play: Play, worlds: list[Resolved]) -> list[EventReadings]:
    """Plays the same replicates of some scenarios."""
    total = play.n * len(worlds)
    if not worlds:
        return []
    crew_size = worker_count(play.workers, total)
    # Removals are most of the runs, and the first scenario is played by the engine that suits them.
    engine = choose_engine(play.engine, worlds[0], max(total, _TYPICAL * play.n), crew_size)
    prepare(engine, play.waiting)
    found: list[EventReadings] = []
    with choose(AUTO, crew_size, None, engine) as crew:
        for world in worlds:
            job = job_of(engine, Content(world, play.seed, 0, columns(world), events=True))
            advance = _counter(play.progress, len(found) * play.n, total)
            rows = from_blocks(crew.play(job, 0, play.n, advance))
            found.append(read_runs(rows, first_day(world), world.until))
    return found


_TYPICAL: Final = 20
"""Causes that are usually removed."""


def _counter(progress: Progress | None, before: int, total: int) -> Callable[[int], None]:
    """Returns a function that reports further finished runs."""
    done = before

    def advance(runs: int) -> None:
        nonlocal done
        done += runs
        if progress:
            progress(min(done, total), total)

    return advance
