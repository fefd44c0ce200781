"""Readings of runs: the events of each question, from the stories of what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.engine.blocks import finished
from sim.engine.happenings import NAMES
from sim.experiment.explain.events.contacts import Reopening, contacts_of, reopenings_of
from sim.experiment.explain.events.pauses import Pause, pauses_of, strains_of
from sim.experiment.explain.events.questions import EVENTS, EventQuestion
from sim.experiment.outcomes.stories import stories
from sim.experiment.stats.intervals import Flags, Floats

if TYPE_CHECKING:
    from sim.experiment.explain.events.opening import FirstDay
    from sim.experiment.outcomes.stories import Seen
    from sim.experiment.store.parquet import RunRows

Kinds = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class EventReadings:
    """What happened in the runs of a scenario.

    Attributes:
        happened: For each question, the kinds of its events in each run: names of events, causes of
            strains, channels.
        finished: Mask of the runs that finished, shape (runs,).
        pauses: The pauses of each run.
        reopenings: The reopenings of talks of each run.
        strains: For each run, the causes as which its events would strain a pause.
        contacts: For each run, the channels of all contacts.
    """

    happened: dict[EventQuestion, Kinds]
    finished: Flags
    pauses: tuple[tuple[Pause, ...], ...]
    reopenings: tuple[tuple[Reopening, ...], ...]
    strains: Kinds
    contacts: Kinds

    def counts(self, question: EventQuestion) -> Floats:
        """Returns the number of events of a question in each run, shape (runs,)."""
        return np.array([len(run) for run in self.happened[question]], dtype=np.float64)


def read_runs(rows: RunRows, first: FirstDay, until: int) -> EventReadings:
    """Returns what happened in runs whose events were recorded.

    Args:
        rows: The runs, from replicate 0.
        first: Facts of the first day.
        until: Last day, an ordinal.
    """
    assert rows.events is not None
    done = finished(rows.failures, rows.count)
    told = stories(rows.events, rows.count, first.day, until)
    told = [story if done[run] else [] for run, story in enumerate(told)]
    pauses = tuple(
        tuple(pauses_of(story, first)) if done[run] else () for run, story in enumerate(told)
    )
    opened = tuple(tuple(reopenings_of(story, first)[0]) for story in told)
    happened: dict[EventQuestion, Kinds] = {
        question: tuple(_events(story, *event) for story in told)
        for question, event in EVENTS.items()
    }
    happened[EventQuestion.STRAINS] = tuple(
        tuple(pause.cause for pause in run if pause.cause) for run in pauses
    )
    happened[EventQuestion.REOPENINGS] = tuple(
        tuple(each.channel for each in run) for run in opened
    )
    return EventReadings(
        happened,
        done,
        pauses,
        opened,
        tuple(tuple(filter(None, strains_of(story, first))) for story in told),
        tuple(tuple(filter(None, contacts_of(story))) for story in told),
    )


def _events(story: Sequence[Seen], side: int, acts: frozenset[int]) -> tuple[str, ...]:
    return tuple(NAMES[seen.act] for seen in story if seen.side == side and seen.act in acts)
