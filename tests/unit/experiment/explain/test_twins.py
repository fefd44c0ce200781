"""Twins in which a cause is removed: what they answer, and that the run never notices."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sim.engine.plan import make_plan
from sim.engine.simpy_loop import play_recorded
from sim.engine.world import World, opening
from sim.experiment.explain.causes import Cause, reason, reasons, voice, voices
from sim.experiment.explain.recorder import ReasonRecorder
from sim.experiment.explain.twins import params_without, twin, weights_without
from sim.model.governments.agents import apply_weights
from sim.model.tables.codes import CN, US
from sim.model.tables.fields import fields_of
from sim.model.tables.params import Params
from sim.model.tables.vocabulary import Feature, Post
from sim.scenario.load import resolve

NAME = "october-2025-apec"
FACTIONS = (("us.hawks.influence", "0.9"), ("cn.sceptics.influence", "0.9"))
"""Factions that shift the weights of reasons from those of the leaders."""


def world_of(*sets: tuple[str, str]) -> World:
    """Returns the world of the first day."""
    resolved = resolve(NAME, sets=sets)
    params, state = opening(resolved, None)
    return World(make_plan(resolved), state, params, [[0.5]])


def values_of(record: Any) -> dict[str, str]:
    """Returns the fields of a record as text."""
    return {spec.attr: repr(getattr(record, spec.attr)) for spec in fields_of(type(record))}


CAUSES = [
    *(cause for side in (US, CN) for cause in reasons(side)),
    *(cause for side in (US, CN) for cause in voices(resolve(NAME), side)),
]


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.key)
def test_weights_without_a_cause_are_those_of_a_scenario_without_it(cause: Cause) -> None:
    """What is asked of a decision is what the changes of the cause do to whole runs."""
    # Fails if a vacant post keeps its voice, or if factions still weigh a reason.
    assert cause.side is not None
    found = weights_without(world_of(*FACTIONS), cause)
    without = world_of(*FACTIONS, *cause.changes)

    assert found == pytest.approx(without.state.weight[cause.side], abs=1e-12)


def test_a_voice_moves_the_weights() -> None:
    """Without Treasury, those who want leverage weigh more."""
    world = world_of()
    found = weights_without(world, voice(resolve(NAME), US, Post.TREASURY))

    assert found[Feature.LEVERAGE] > world.state.weight[US][Feature.LEVERAGE]


def test_a_twin_shares_nothing_that_it_changes() -> None:
    """The fields named are its own, to the innermost list."""
    world = world_of()
    found = twin(world.state, ("weight",))
    found.weight[US][0] += 1.0

    assert found.weight[US][0] == world.state.weight[US][0] + 1.0
    assert found.signal is world.state.signal


def test_parameters_without_a_reason_leave_the_rest() -> None:
    """Its weight and what the threat rule makes of it are 0; all else is as it was."""
    world = world_of()
    cause = reason(US, Feature.AGREEMENT)
    found, kept = values_of(params_without(world.params, cause)), values_of(world.params)
    changed = {name for name in kept if kept[name] != found[name]}

    assert changed == {"weight", "threat_agreement_effect"}
    assert isinstance(params_without(world.params, cause), Params)
    assert world.params.threat_agreement_effect > 0.0


def test_a_recorded_run_is_the_same_to_the_bit() -> None:
    """Whatever is asked of its decisions, threats and offers."""
    # Fails if a question writes to the state of the run.
    resolved = resolve(NAME, until=date(2026, 2, 20))
    recorder = ReasonRecorder(resolved)
    recorder.open(3)
    told = play_recorded(resolved, 7, 3, recorder)
    plain = play_recorded(resolved, 7, 3, _Deaf())

    assert recorder.trials
    assert values_of(told) == values_of(plain)


def test_the_weights_of_the_first_day_are_recomputed_alike() -> None:
    """The rule gives back what it gave: the twin is asked the same question."""
    world = world_of()
    again = twin(world.state, ("weight",))
    apply_weights(again, world.params)

    assert again.weight == world.state.weight


class _Deaf:
    """A recorder that hears nothing."""

    def note(self, *_: object) -> None:
        """Ignores events."""

    def decision(self, *_: object) -> None:
        """Ignores decisions."""

    def proposal(self, *_: object) -> None:
        """Ignores offers."""
