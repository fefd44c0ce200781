"""Slices: a scenario along the range of each of its most telling inputs, one input at a time.

All other inputs keep their central values, and every level is played with the same luck, so that a
reader who has no simulator can turn an input and see what differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sim.experiment.runs.batch import Batch
from sim.experiment.runs.defaults import RUNS
from sim.experiment.runs.design import Means
from sim.experiment.runs.memory import hold_batch
from sim.experiment.sensitivity.screen import Advance
from sim.experiment.sensitivity.telling import TellingInput
from sim.model.tables.fields import slot_index
from sim.model.tables.params import Params
from sim.scenario.resolved_scenario import Parameter, Resolved

INPUTS: Final = 5
"""Inputs that are sliced: as many as a reader compares."""

STEPS: Final = 4
"""Levels of an input besides the scenario's own."""

MOST_RUNS: Final = RUNS
"""Runs of each level at most: more would take long and tell little more."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A scenario along the range of one input.

    Attributes:
        input: The input, and why it is telling.
        parameter: Its value in the scenario, and its range.
        levels: Its values, ascending; the scenario's is one of them.
        batches: Runs at each level, all with the same luck.
    """

    input: TellingInput
    parameter: Parameter
    levels: tuple[float, ...]
    batches: tuple[Batch, ...]

    @property
    def home(self) -> int:
        """Place of the scenario's own level."""
        return self.levels.index(self.parameter.value)


def levels_of(parameter: Parameter, steps: int = STEPS) -> tuple[float, ...]:
    """Returns values of a parameter through its range, ascending, its own among them.

    Args:
        parameter: A parameter with a range.
        steps: Values besides its own: half of them on each side, unless it is at an end.
    """
    assert parameter.low is not None
    assert parameter.high is not None
    value, sides = parameter.value, []
    room = [end for end in (parameter.low, parameter.high) if end != value]
    for end in room:
        parts = steps // len(room)
        sides += [value + (end - value) * part / parts for part in range(1, parts + 1)]
    if slot_index(Params)[parameter.name].spec.type is int:
        sides = [float(round(each)) for each in sides]
    return tuple(sorted({value, *sides}))


def runs_of_slices(base: Resolved, inputs: Sequence[TellingInput], n: int) -> int:
    """Returns the number of runs that slices take, n at each level."""
    levels = [len(levels_of(base.parameters[each.name])) for each in inputs]
    return n * (1 + sum(count - 1 for count in levels))


def play_slices(
    base: Resolved,
    inputs: Sequence[TellingInput],
    n: int,
    means: Means,
    advance: Advance = lambda runs: None,
) -> Iterator[Slice]:
    """Yields the slice of each input; only one is held in memory.

    Args:
        base: The scenario.
        inputs: The inputs.
        n: Number of runs at each level.
        means: Store, seed and workers; nothing is stored.
        advance: Called with the number of runs of each finished block.
    """

    def played(resolved: Resolved) -> Batch:
        batch = hold_batch(
            resolved, n=n, seed=means.seed, store=means.store, workers=means.workers,
            advance=advance, waiting=means.waiting,
        )  # fmt: skip
        assert batch is not None, "only a question of `stop` ends it early"
        return batch

    home = played(base)
    for each in inputs:
        parameter = base.parameters[each.name]
        levels = levels_of(parameter)
        batches = tuple(
            home if level == parameter.value else played(_moved(base, parameter, level))
            for level in levels
        )
        yield Slice(each, parameter, levels, batches)


def _moved(base: Resolved, parameter: Parameter, value: float) -> Resolved:
    moved = {**base.parameters, parameter.name: replace(parameter, value=value)}
    return replace(base, parameters=moved)
