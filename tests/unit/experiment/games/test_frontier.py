"""The packages on the table, and the one struck."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim.engine.simpy_loop import play_recorded
from sim.engine.world import World
from sim.experiment.games.frontier import Frontier, Meeting, MenuRecorder, frontier_of, menu, pareto
from sim.experiment.runs.batch import Batch, run_batch
from sim.experiment.store.results import Store
from sim.model.tables.vocabulary import Package
from sim.scenario.load import resolve

WORLD = resolve("october-2025-apec", until=date(2026, 1, 20))
EXAMINED = 12


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """Runs of three months around the summit of Gyeongju."""
    folder: Path = tmp_path_factory.mktemp("results")
    return run_batch(WORLD, n=EXAMINED, store=Store(folder), paths="none")


@pytest.fixture(scope="module")
def found(batch: Batch) -> Frontier:
    """The menus of these runs."""
    return frontier_of(batch, EXAMINED)


def test_the_frontier_of_planted_points_is_found() -> None:
    """Points on a falling line are on it, those below are not, equals stand or fall together."""
    line = [(0.0, 4.0), (1.0, 3.0), (1.0, 3.0), (3.0, 1.0), (4.0, 0.0)]
    below = [(1.0, 2.9), (0.0, 3.9), (3.0, 0.5), (-1.0, -1.0), (-1.0, -1.0)]
    flags = pareto(np.array([*line, *below]))

    assert flags.tolist() == [True] * len(line) + [False] * len(below)


def test_only_a_gain_to_both_is_on_the_frontier_of_a_menu() -> None:
    """What one side would refuse is not, however much it gives the other, and hides nothing."""
    packages = [Package.TRUCE, Package.SWAP, Package.FENTANYL, Package.PURCHASES]
    gains = np.array([[0.5, 2.0], [9.0, -0.1], [1.0, 1.0], [0.4, 1.9]])
    offers = menu(packages, gains)

    assert [offer.on_frontier for offer in offers] == [True, False, True, False]
    assert [offer.nash for offer in offers] == pytest.approx([1.0, 0.0, 1.0, 0.76])


class Witness(MenuRecorder):
    """Also keeps what was signed, as the run itself books it."""

    def __init__(self) -> None:
        super().__init__()
        self.signed: list[tuple[int, str, float]] = []

    def note(self, world: World, kind: str, side: int | None, size: float) -> None:
        """Keeps a signature with its Nash product."""
        super().note(world, kind, side, size)
        if kind.startswith("sign_"):
            self.signed.append((world.state.day, kind.removeprefix("sign_"), size))


def test_what_a_meeting_is_said_to_strike_is_what_the_run_signs() -> None:
    """Day by day the package agrees, and of rounds the product of gains (at summits the run books
    it after the meeting has warmed the talks); a run signs nothing else but prolongations by
    telephone."""
    struck, by_phone = 0, 0
    for replicate in range(EXAMINED):
        witness = Witness()
        # A seed whose runs strike enough for the comparison.
        play_recorded(WORLD, 1, replicate, witness)
        told = {(m.day, m.struck.name.lower()): m for m in witness.meetings if m.struck is not None}
        booked = {(day, package): size for day, package, size in witness.signed}
        struck += len(told)
        assert told.keys() <= booked.keys()
        for place, meeting in told.items():
            if not meeting.leaders:
                assert meeting.signed is not None
                assert meeting.signed.nash == pytest.approx(booked[place], rel=1e-9)
        alone = booked.keys() - told.keys()
        by_phone += len(alone)
        assert {package for _, package in alone} <= {"extension"}
    assert struck > EXAMINED // 2
    assert by_phone > 0


def test_a_summit_that_ends_in_discord_is_no_bargain() -> None:
    """Where every summit fails in public, no menu of leaders is left."""
    sets = [("summit.failure_base", "1")]
    open_discord = resolve("october-2025-apec", sets=sets, until=date(2025, 11, 5))
    usual, failing = MenuRecorder(), MenuRecorder()
    for replicate in range(6):
        play_recorded(WORLD, 20251023, replicate, usual)
        play_recorded(open_discord, 20251023, replicate, failing)

    assert any(meeting.leaders for meeting in usual.meetings)
    assert not any(meeting.leaders for meeting in failing.meetings)


def test_the_tallies_count_every_offer(found: Frontier) -> None:
    """What was on menus, what was struck, and the shares told of them add up."""
    tallies = found.tallies()
    struck = sum(tally.struck for tally in tallies)
    mutual = [meeting for meeting in found.meetings if meeting.best_nash > 0.0]

    assert sum(tally.offered for tally in tallies) == sum(len(m.menu) for m in found.meetings)
    assert struck == sum(meeting.struck is not None for meeting in found.meetings) > 0
    used = sum(meeting.struck is not None for meeting in mutual)
    assert found.used().value == pytest.approx(used / len(mutual))
    assert found.possible().value == pytest.approx(len(mutual) / len(found.meetings))
    assert 0.0 < found.nash_share().value <= 1.0


def test_the_share_of_the_best_product_is_that_of_the_menu() -> None:
    """A package worth three quarters of the best product counts as such."""
    packages = [Package.TRUCE, Package.FENTANYL]
    offers = menu(packages, np.array([[2.0, 2.0], [3.0, 1.0]]))
    meetings = tuple(Meeting(i, 1, True, offers, Package.FENTANYL) for i in range(25))

    assert Frontier(25, meetings).nash_share().value == pytest.approx(0.75)
    assert Frontier(25, meetings).on_frontier().value == 1.0


def test_where_no_package_benefits_both_there_is_no_best_product() -> None:
    """Such a meeting does not count, and a package that harms a side has no share of the best."""
    # Fails if a share is taken of nothing, or a product of two losses counts as a gain.
    packages = [Package.TRUCE, Package.FENTANYL]
    harmful = menu(packages, np.array([[2.0, 2.0], [3.0, -1.0]]))
    hopeless = menu(packages[1:], np.array([[3.0, -1.0]]))
    meetings = (
        *(Meeting(i, 1, True, harmful, Package.FENTANYL) for i in range(25)),
        *(Meeting(i, 2, True, hopeless, Package.FENTANYL) for i in range(25)),
    )

    assert Frontier(25, meetings).nash_share().value == 0.0


def test_of_drawn_parameters_every_vector_is_looked_at_first(tmp_path: Path) -> None:
    """Four runs of two vectors of four are two of each, and count as two trials."""
    world = resolve("october-2025-apec", until=date(2025, 11, 20))
    drawn = run_batch(
        world, n=8, parameters="prior", per_vector=4, store=Store(tmp_path), paths="none"
    )
    found = frontier_of(drawn, 4)

    assert {meeting.replicate for meeting in found.meetings} <= {0, 4, 1, 5}
    assert {meeting.replicate // 4 for meeting in found.meetings} == {0, 1}
    assert found.per_vector == 4
