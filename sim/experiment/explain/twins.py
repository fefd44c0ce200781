"""Twins of a world's state and parameters in which a cause is removed.

A twin shares everything but the fields that are changed, which are copied first, so that whatever
is asked of it leaves the run untouched.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any, Final, TypeVar

from sim.engine.world import World
from sim.experiment.explain.causes import Cause
from sim.model.bargain.signature import decide_consent
from sim.model.bargain.worth import clause_gain
from sim.model.duties.threats import decide_threat
from sim.model.governments.agents import apply_weights
from sim.model.governments.posts import apply_posts
from sim.model.tables.codes import N_CLAUSES, N_FEATURES
from sim.model.tables.fields import set_slot, slot_index
from sim.model.tables.params import Params
from sim.model.tables.state import State

T = TypeVar("T", State, Params)

_PARAMS: Final = slot_index(Params)
_POSTS: Final = ("filled", "heard", "influence", "mandate", "weight")
"""Fields of the state that `apply_posts` and `apply_weights` read and write."""


def twin(record: T, fields: Iterable[str]) -> T:
    """Returns a copy of a record that shares all fields with it but those named."""
    found = copy(record)
    for name in fields:
        setattr(found, name, _own(getattr(record, name)))
    return found


def _own(value: Any) -> Any:
    """Returns a value of a field with lists of its own."""
    return [*map(_own, value)] if isinstance(value, list) else value


def params_without(params: Params, cause: Cause) -> Params:
    """Returns parameters with the changes that remove a cause; a change of the state is none."""
    changes = [(_PARAMS[name], float(value)) for name, value in cause.changes if name in _PARAMS]
    found = twin(params, {slot.attr for slot, _ in changes})
    for slot, value in changes:
        set_slot(found, slot, value)
    return found


def weights_without(world: World, cause: Cause) -> list[float]:
    """Returns the weights of a side's features without a reason, without any, or with a post left
    vacant."""
    assert cause.side is not None
    if cause.family == "all":
        return [0.0] * N_FEATURES
    if cause.family == "reason":
        found = list(world.state.weight[cause.side])
        found[cause.code] = 0.0
        return found
    state = twin(world.state, _POSTS)
    state.filled[cause.side][cause.code] = False
    apply_posts(state, world.params)
    apply_weights(state, world.params)
    return state.weight[cause.side]


def threat_without(world: World, cause: Cause, uniforms: tuple[float, float, float]) -> int:
    """Returns what becomes of the open threat on the same draws without a cause.

    Args:
        world: The run, as Washington decides.
        cause: A cause of what Washington does.
        uniforms: Uniforms of executing, postponing and dropping the threat.
    """
    state, params = twin(world.state, ("weight",)), params_without(world.params, cause)
    if cause.side is not None and cause.family != "threat":
        state.weight[cause.side] = weights_without(world, cause)
    return decide_threat(state, params, *uniforms)


def signs_without(world: World, cause: Cause, side: int, u: float) -> bool:
    """Returns whether a side would sign the bundle on the table, on the same draw, without a cause.

    The bundle and what the other side makes of it stay as they are.
    """
    state = twin(world.state, ("gain", "weight", "reserve", "mandate"))
    params = params_without(world.params, cause)
    if cause.key.endswith(".security"):
        apply_weights(state, params)
    if cause.key.endswith(".reserve_spread"):
        state.reserve[side] = params.reserve[side]
    if cause.key.endswith(".mandate"):
        state.mandate[side] = 1.0
    for clause in range(N_CLAUSES):
        if state.units[clause] > 0.0:
            state.gain[side][clause] = clause_gain(state, params, side, clause)
    return decide_consent(state, params, side, u)
