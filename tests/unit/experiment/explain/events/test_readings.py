"""Readings of real runs, held against the outcomes that the rules themselves keep."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine.simpy_loop import run_block
from sim.experiment.explain.events.contacts import reopenings_of
from sim.experiment.explain.events.opening import first_day
from sim.experiment.explain.events.pauses import PauseEnd
from sim.experiment.explain.events.questions import EventQuestion
from sim.experiment.explain.events.readings import read_runs
from sim.experiment.outcomes.stories import stories
from sim.experiment.store.parquet import from_blocks
from sim.model.tables.vocabulary import DealStatus
from sim.scenario.load import resolve

RUNS = 40


@pytest.mark.parametrize("name", ["october-2025-apec", "march-2025-escalation", "truce-lapses"])
def test_events_say_what_the_state_says(name: str) -> None:
    """Increases, measures, the pause and its strain, and the stage of the talks, in every run."""
    # Fails if an event that raises, strains, ends or reopens is left out, or one too many counts.
    resolved = resolve(name)
    block = run_block(resolved, 7, 0, RUNS, events=True)
    first = first_day(resolved)
    found = read_runs(from_blocks([block]), first, resolved.until)
    assert block.events is not None
    told = stories(block.events, RUNS, resolved.start, resolved.until)

    for question in (EventQuestion.US_HIKES, EventQuestion.US_MEASURES, EventQuestion.CN_MEASURES):
        assert np.array_equal(found.counts(question), block.values[str(question)])
    last = [run[-1] if run and run[-1].end == PauseEnd.RUNNING else None for run in found.pauses]
    open_ended = block.values["deal_status"] == DealStatus.COMPREHENSIVE
    in_force = np.array([pause is not None for pause in last])
    strained = np.array([bool(p and (p.strains or p.strained_before)) for p in last])
    assert np.array_equal((in_force | open_ended), block.values["truce_in_force"])
    assert np.array_equal(strained, block.values["truce_strained"] & ~open_ended)
    stages = [reopenings_of(story, first)[1] for story in told]
    assert np.array_equal(stages, block.values["talks_stage"])
    assert found.counts(EventQuestion.STRAINS).sum() > 0
