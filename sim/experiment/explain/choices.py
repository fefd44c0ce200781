"""Choices of a government taken apart, to see which act it takes without a cause on the same draws.

A choice is the largest of utility plus noise (`sim.model.governments.agents`). The utility of an
act is linear in the weights of features, so that another vector of weights, as without a reason or
a voice, gives the act that would have been taken with the same Gumbel draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.economy.arithmetic import gumbel
from sim.engine import sites
from sim.engine.desk import draws
from sim.engine.world import World
from sim.experiment.explain.twins import twin
from sim.experiment.stats.intervals import Floats
from sim.model.governments.agents import act_utility, contribution
from sim.model.governments.menu import is_legal
from sim.model.tables.codes import N_FEATURES
from sim.model.tables.vocabulary import N_CHOICES


@dataclass(frozen=True, slots=True, eq=False)
class TakenApart:
    """A choice among the acts that are legal.

    Attributes:
        acts: Codes of these acts.
        base: Utility of each without its features, plus its noise, shape (acts,).
        units: What each feature adds to each act at a weight of 1, shape (acts, features).
    """

    acts: tuple[int, ...]
    base: Floats
    units: Floats

    def taken(self, weights: Floats) -> list[int]:
        """Returns the act taken under each of several vectors of weights.

        Args:
            weights: Weights of the features, shape (vectors, features).
        """
        values = self.base[:, np.newaxis] + self.units @ weights.T
        return [self.acts[place] for place in np.argmax(values, axis=0)]


def take_apart(world: World, side: int) -> TakenApart:
    """Returns the choice that a side is about to make, from the signals just read."""
    state, params = world.state, world.params
    acts = tuple(act for act in range(N_CHOICES) if is_legal(state, params, side, act))
    uniforms = draws(world, sites.CHOICE[side], N_CHOICES)
    plain = twin(state, ("weight",))
    plain.weight[side] = [0.0] * N_FEATURES
    base = [
        act_utility(plain, params, side, act) + params.noise[side] * gumbel(uniforms[act])
        for act in acts
    ]
    plain.weight[side] = [1.0] * N_FEATURES
    units = [
        [contribution(plain, params, side, act, feature) for feature in range(N_FEATURES)]
        for act in acts
    ]
    return TakenApart(acts, np.array(base), np.array(units))


def stacked(weights: Sequence[Sequence[float]]) -> Floats:
    """Returns vectors of weights as an array, shape (vectors, features)."""
    return np.array(weights, dtype=np.float64).reshape(len(weights), N_FEATURES)
