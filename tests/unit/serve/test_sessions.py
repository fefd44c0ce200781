"""Sessions: one computation at a time, and only the last wish is answered."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from sim.errors import NotFoundError
from sim.serve.sessions import MOST_BATCHES, MOST_SESSIONS, Session, Sessions
from sim.serve.settings import Setting
from sim.serve.workbench import Superseded
from tests.loops import in_a_loop

A, B, C = Setting("one"), Setting("one", (("x", "1"),)), Setting("two")


class CountingBench:
    """A workbench that counts what it plays."""

    def __init__(self) -> None:
        self.played: list[Setting] = []

    def play(self, setting: Setting, _: Any) -> Any:
        """Returns the setting itself in place of its runs."""
        self.played.append(setting)
        return setting


@pytest.fixture
def bench() -> Any:
    """A workbench that plays nothing."""
    return CountingBench()


def test_a_newer_wish_stops_the_one_under_way_and_passes_those_that_wait(bench: Any) -> None:
    """Of ten wishes, of which the first has begun, the last alone is answered after it."""
    # Fails if a wish does not tell the one under way, or one that waits is not passed over.
    session, answered, stopped, at_work = Session(bench), [], [], []

    async def wish(number: int) -> None:
        try:
            async with session.wish(number) as stop:
                at_work.append(number)
                assert len(at_work) == 1
                for _ in range(20):
                    await asyncio.sleep(0)
                    if stop():
                        break
                at_work.remove(number)
                (stopped if stop() else answered).append(number)
        except Superseded:
            stopped.append(number)

    async def gesture() -> None:
        await asyncio.gather(*(wish(number) for number in range(1, 11)))

    in_a_loop(gesture())

    assert answered == [10]
    assert sorted(stopped) == [*range(1, 10)]


@pytest.mark.parametrize("late", [3, 4])
def test_a_wish_that_arrives_late_is_not_answered(bench: Any, late: int) -> None:
    """Nor one of the same number: an answer is given once."""
    # Fails if numbers are not compared, or an equal one passes.
    session = Session(bench)

    async def go() -> None:
        async with session.wish(4):
            pass
        with pytest.raises(Superseded):
            async with session.wish(late):
                pass

    in_a_loop(go())


def test_other_work_is_not_given_up(bench: Any) -> None:
    """Runs that are being stored are stored, and the newer wish waits for them."""
    # Fails if `turn` does not take the turn.
    session, order = Session(bench), []

    async def keep() -> None:
        async with session.turn():
            await asyncio.sleep(0.01)
            order.append("kept")

    async def move() -> None:
        await asyncio.sleep(0)
        async with session.wish(1):
            order.append("answered")

    async def both() -> None:
        await asyncio.gather(keep(), move())

    in_a_loop(both())

    assert order == ["kept", "answered"]


def test_the_ghost_is_the_answer_before_of_the_same_scenario(bench: Any) -> None:
    """It stays when the same setting is asked for again, and goes with the scenario."""
    # Fails if asking again makes an answer its own ghost, or another scenario has one.
    session = Session(bench)
    assert session.ghost_for(A) is None
    session.show(A)
    assert session.ghost_for(B) == A
    session.show(B)
    assert session.ghost_for(B) == A
    session.show(B)
    assert session.ghost_for(B) == A
    assert session.ghost_for(C) is None


def test_few_batches_are_remembered(bench: Any) -> None:
    """The one that was used longest ago is played again when it is asked for."""
    # Fails if a setting is played twice in a row, or nothing is forgotten.
    session = Session(bench)
    settings = [Setting("one", (("x", str(i)),)) for i in range(MOST_BATCHES + 1)]
    for setting in (settings[0], *settings, settings[-1], settings[1], settings[0]):
        session.batch(setting, lambda: False)

    assert bench.played == [*settings, settings[0]]


def test_sessions_are_found_by_what_cannot_be_guessed(bench: Any) -> None:
    """And the oldest is forgotten, in a sentence."""
    # Fails if ids repeat or are short, or the number of sessions has no bound.
    sessions = Sessions(bench)
    keys = [sessions.open() for _ in range(MOST_SESSIONS + 1)]

    assert len({*keys}) == len(keys)
    assert min(map(len, keys)) >= 20
    assert sessions.find(keys[-1]) is sessions.find(keys[-1])
    with pytest.raises(NotFoundError, match="load it again"):
        sessions.find(keys[0])
