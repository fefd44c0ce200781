"""Choices taken apart: the same draws under other weights, held against the rule itself."""

from __future__ import annotations

from datetime import date

import pytest

from sim.engine import sites
from sim.engine.desk import draws
from sim.engine.simpy_loop import play_recorded
from sim.engine.world import World
from sim.experiment.explain.choices import stacked, take_apart
from sim.model.governments.agents import decide_act
from sim.model.tables.codes import N_FEATURES
from sim.model.tables.fields import copy_record
from sim.model.tables.vocabulary import N_CHOICES, Feature
from sim.scenario.load import resolve

SHIFTED = 3


class Rechooser:
    """A recorder that makes each choice again, with every feature left out, by the rule."""

    def __init__(self) -> None:
        self.choices = 0
        self.turned = 0

    def note(self, *_: object) -> None:
        """Ignores events."""

    def proposal(self, *_: object) -> None:
        """Ignores offers."""

    def decision(self, world: World, side: int, act: int) -> None:
        """Compares what is taken with what the rule would take."""
        if act >= N_CHOICES:
            return
        apart, usual = take_apart(world, side), list(world.state.weight[side])
        vectors = [usual]
        for feature in Feature:
            vectors.append([*usual])
            vectors[-1][feature] = 0.0
        assert len(vectors[0]) == N_FEATURES
        taken = apart.taken(stacked(vectors))
        assert taken[0] == act
        if self.choices % SHIFTED == 0:
            assert taken == [self._by_rule(world, side, vector) for vector in vectors]
        self.choices += 1
        self.turned += sum(other != act for other in taken)

    def _by_rule(self, world: World, side: int, weights: list[float]) -> int:
        state = copy_record(world.state)
        state.weight[side] = weights
        uniforms = draws(world, sites.CHOICE[side], N_CHOICES)
        return decide_act(state, world.params, side, uniforms)


@pytest.mark.parametrize(
    ("name", "until"),
    [("october-2025-apec", date(2026, 1, 20)), ("march-2025-escalation", date(2025, 6, 20))],
)
def test_a_choice_without_a_feature_is_that_of_the_rule(name: str, until: date) -> None:
    """On the same draws, for each feature of each choice of both sides."""
    # Fails if noise, rates, the Russian thaw or what courts leave of leverage is left out.
    found = Rechooser()
    for replicate in range(6):
        play_recorded(resolve(name, until=until), 5, replicate, found)

    assert found.choices > 100
    assert found.turned > 20
