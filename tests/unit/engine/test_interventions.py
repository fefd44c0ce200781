"""Calendar phase: US elections of worlds as of a day, drawn or known before, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest

from sim.engine import compiled_loop, simpy_loop
from sim.engine.blocks import Block
from sim.engine.chronicle import Event, trace
from sim.engine.happenings import Happening
from sim.experiment.inputs.as_of import replayed_world
from sim.report.pages.single_run.papers import LONGEST, PAPERS
from sim.scenario.resolved_scenario import Resolved
from tests.unit.engine.alike import differences

SEED = 7
RUNS = 1500
VOTE, INAUGURATION = date(2024, 11, 5).toordinal(), date(2025, 1, 20).toordinal()
TOLD = ("election_won", "election_lost", "new_administration")


def world(when: str, until: str, **numbers: float) -> Resolved:
    """Returns the world as of a day."""
    sets = [(name.replace("__", "."), str(value)) for name, value in numbers.items()]
    return replayed_world(date.fromisoformat(when), until=date.fromisoformat(until), sets=sets)


@cache
def autumn() -> Resolved:
    """Three weeks before the election of 2024, until a month after a new team is ready."""
    return world("2024-10-15", "2025-05-05")


@cache
def played(share: float | None = None) -> Block:
    """Returns runs of the autumn, with another share of elections that the party in office wins."""
    resolved = autumn()
    if share is not None:
        resolved = world("2024-10-15", "2025-05-05", us__election__stays=share)
    return compiled_loop.run_block(resolved, SEED, 0, RUNS, events=True)


def runs_with(block: Block, kind: Happening) -> npt.NDArray[np.bool_]:
    """Returns in which runs something happened."""
    assert block.events is not None
    found = np.zeros(block.count, bool)
    found[block.events["replicate"][block.events["act"] == kind]] = True
    return found


def days_of(block: Block, kind: Happening) -> set[int]:
    """Returns on which days something happened."""
    assert block.events is not None
    return set(block.events["day"][block.events["act"] == kind].tolist())


def told(resolved: Resolved, replicate: int) -> list[tuple[str, str]]:
    """Returns what the chronicle of a run tells of an election, with the days."""
    events = trace(resolved, SEED, replicate).events
    return [(str(date.fromordinal(e.day)), e.text) for e in events if e.act in TOLD]


@pytest.mark.parametrize("share", [None, 0.3])
def test_runs_are_split_by_the_share(share: float | None) -> None:
    """Within four standard errors; who lost is followed on the day of the inauguration."""
    # Fails if the outcome is not drawn by the parameter, or a defeat is without consequence.
    block, expected = played(share), share or 0.5
    won = runs_with(block, Happening.ELECTION_WON)
    lost = runs_with(block, Happening.ELECTION_LOST)

    assert abs(won.mean() - expected) < 4.0 * np.sqrt(expected * (1.0 - expected) / RUNS)
    assert (won ^ lost).all()
    assert (runs_with(block, Happening.NEW_ADMINISTRATION) == lost).all()
    assert days_of(block, Happening.ELECTION_LOST) == {VOTE}
    assert days_of(block, Happening.NEW_ADMINISTRATION) == {INAUGURATION}


def test_both_engines_hold_the_same_elections() -> None:
    """To the bit, with their events."""
    # Fails if one engine draws elsewhere, or vacates other posts.
    blocks = [
        each.run_block(autumn(), SEED, 0, 6, events=True) for each in (compiled_loop, simpy_loop)
    ]
    assert differences(*blocks) == []
    assert runs_with(blocks[0], Happening.NEW_ADMINISTRATION).any()


def test_a_party_that_stays_changes_nothing() -> None:
    """Its runs are those of a world without an election, to the bit; some of the others part."""
    # Fails if the draw moves other draws, or a victory vacates a post.
    without = compiled_loop.run_block(replace(autumn(), elections=()), SEED, 0, RUNS)
    stays = runs_with(played(), Happening.ELECTION_WON)
    parted = np.zeros(RUNS, bool)
    for name, values in played().values.items():
        mine, theirs = np.nan_to_num(values), np.nan_to_num(without.values[name])
        assert mine[stays].tobytes() == theirs[stays].tobytes(), name
        parted |= mine != theirs
    assert parted[~stays].mean() > 0.5


def test_nothing_moves_in_a_run_that_ends_before_the_inauguration() -> None:
    """The chronicle alone knows who won."""
    # Fails if an outcome counts before the day of the inauguration.
    short = world("2024-10-15", "2025-01-19")
    blocks = [
        compiled_loop.run_block(each, SEED, 0, 200, events=True)
        for each in (short, replace(short, elections=()))
    ]
    assert [name for name in differences(*blocks) if name != "events"] == []
    assert runs_with(blocks[0], Happening.ELECTION_LOST).any()
    assert not runs_with(blocks[1], Happening.ELECTION_LOST).any()


def test_no_round_is_held_until_a_new_team_is_ready() -> None:
    """From the inauguration on, in the runs with a change of power."""
    # Fails if those who lost keep their mandate, or the new team never takes it up.
    block = played()
    lost = runs_with(block, Happening.ELECTION_LOST)
    assert block.events is not None
    rounds = block.events[block.events["act"] == Happening.MINISTERS_ROUND]
    days = rounds["day"][lost[rounds["replicate"]]]
    ready = INAUGURATION + int(autumn().parameters["us.election.team_days"].value)

    assert ((days >= VOTE) & (days < INAUGURATION)).any()
    assert not ((days >= INAUGURATION) & (days < ready)).any()
    assert (days >= ready).any()


def american_names(resolved: Resolved, replicate: int, after: int) -> Iterator[str]:
    """Yields who acts for Washington in a run from a day on."""
    events: tuple[Event, ...] = tuple(trace(resolved, SEED, replicate).events)
    titles = {term.words for term in resolved.people if term.side == 0}
    for event in events:
        if event.day >= after:
            yield from (name for name, _ in event.actors if name in titles)


def test_a_new_administration_has_no_names() -> None:
    """Nobody of the old one is named any more, and nobody who had not been named then."""
    # Fails if the chronicle names those who lost, or knows who won.
    replicate = int(np.flatnonzero(runs_with(played(), Happening.ELECTION_LOST))[0])
    kept = int(np.flatnonzero(runs_with(played(), Happening.ELECTION_WON))[0])

    assert told(autumn(), replicate) == [
        ("2024-11-05", "The challenger wins the US presidential election of 5 Nov 2024"),
        ("2025-01-20", "A new administration takes office in Washington"),
    ]
    assert told(autumn(), kept) == [
        ("2024-11-05", "The party in office wins the US presidential election of 5 Nov 2024")
    ]
    assert set(american_names(autumn(), replicate, VOTE)) > set()
    assert set(american_names(autumn(), replicate, INAUGURATION)) == set()
    assert "President Biden" in set(american_names(autumn(), kept, INAUGURATION))


def test_votes_that_were_cast_are_counted_on_the_first_day() -> None:
    """As of the day before the election of 2020 was called."""
    # Fails if an election of the days before the start is left out, or its outcome is known.
    texts = {tuple(told(world("2020-11-06", "2020-11-20"), replicate)) for replicate in range(12)}

    assert texts == {
        (("2020-11-07", f"{who} wins the US presidential election of 3 Nov 2020"),)
        for who in ("The challenger", "The party in office")
    }


@pytest.mark.parametrize(
    ("when", "day", "who"),
    [
        ("2020-11-07", "2021-01-20", "President Biden"),
        ("2024-11-06", "2025-01-20", "President Trump"),
    ],
)
def test_an_outcome_that_was_called_is_not_drawn(when: str, day: str, who: str) -> None:
    """The inauguration is on the calendar, with the name of whoever takes office."""
    # Fails if a known outcome is drawn, or the inauguration is not told.
    for replicate in range(4):
        assert told(world(when, day), replicate) == [
            (day, f"A new administration takes office in Washington ({who})")
        ]


def test_unnamed_ministers_are_waited_for_and_named_ones_are_not() -> None:
    """As of the day after the call of 2024 nobody leads for a while; by December some will."""
    # Fails if posts that nobody had been named for are filled at the inauguration.
    early, late = (
        compiled_loop.run_block(world(when, "2025-05-05"), SEED, 0, 300, events=True)
        for when in ("2024-11-06", "2024-12-10")
    )
    ready = INAUGURATION + 77
    for block, expected in ((early, False), (late, True)):
        rounds = days_of(block, Happening.MINISTERS_ROUND)
        assert any(INAUGURATION <= day < ready for day in rounds) == expected
        assert any(day >= ready for day in rounds)


@pytest.mark.parametrize("kind", TOLD)
def test_both_papers_tell_of_it(kind: str) -> None:
    """In a line that fits, and without a name."""
    # Fails if the news is silent on an election.
    for line in PAPERS[kind]:
        assert line
        assert len(line) <= LONGEST
