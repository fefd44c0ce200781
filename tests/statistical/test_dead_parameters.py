"""Parameters that move nothing in any scenario tried here, listed with the reason."""

from __future__ import annotations

from typing import Final

import numpy as np
import pytest

from sim.engine.blocks import Block
from sim.engine.compiled_loop import run_block
from sim.engine.parameter_sets import ParameterSets
from sim.errors import UsageError
from sim.model.tables.params import DEFINITIONS
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Parameter, Resolved

SEED = 20251023
RUNS = 40
SCENARIOS = (
    "march-2025-escalation",
    "october-2025-apec",
    "phase-one-redux",
    "grand-bargain",
    "january-2025-first-100-days",
    "june-2025-resumed-talks",
    "hawks-prevail",
)
"""The scenarios in which most parameters come alive; a parameter is tried in each until it moves
something."""

DEAD: Final[dict[str, tuple[str, ...]]] = {
    "No start in these scenarios has this form of agreement.": ("agreement.strength.verbal",),
    "The influences that the weights of these factions depend on stay at their usual level.": (
        "cn.leader.autonomy",
        "cn.planners.contrast.landmark",
        "cn.planners.contrast.delay",
        "cn.sceptics.contrast.reciprocity",
        "cn.sceptics.contrast.landmark",
    ),
    "Face costs do not occur, or do not tip a stage of a summit.": ("summit.face_step_effect",),
    "The layer it belongs to does not change during a run, so its coverage cancels out.": (
        "us.coverage_reference.s301",
        "trade.us.phones.cover_s301",
        "trade.us.computers.cover_s301",
        "trade.us.machinery.cover_s301",
        "trade.us.toys.cover_s301",
        "trade.us.apparel.cover_s301",
        "trade.us.metal_products.cover_s301",
        "trade.us.electrical.cover_s301",
        "trade.us.plastics.cover_s301",
        "trade.us.furniture.cover_s301",
        "trade.us.consumer_electronics.cover_s301",
        "trade.us.batteries.cover_s301",
        "trade.us.vehicles_parts.cover_s301",
        "trade.us.footwear.cover_s301",
        "trade.us.chemicals.cover_s301",
        "trade.us.appliances.cover_s301",
        "trade.us.instruments.cover_s301",
        "trade.us.pharma.cover_s301",
        "trade.us.stone_glass.cover_s301",
        "trade.us.food.cover_s301",
        "trade.us.wood_paper.cover_s301",
        "trade.us.misc_manufactures.cover_s301",
        "trade.us.semiconductors.cover_s301",
        "trade.us.textiles.cover_s301",
        "trade.us.basic_metals.cover_s301",
        "trade.us.other_transport.cover_s301",
        "trade.us.minerals_energy.cover_s301",
    ),
    "No US election is ahead: only worlds as of a day on record have one.": (
        "us.election.stays",
        "us.election.team_days",
    ),
    "Stocks of chips never run low enough.": ("cn.gdp_usd_bn",),
    "Beyond the end of every run.": (
        "law.s122.longest_days",
        "law.s122.congress_extends",
        "macro.us.gdp_after_10_quarters",
        "macro.us.prices_after_10_quarters",
        "macro.us.employment_after_10_quarters",
    ),
}
"""Why parameters move nothing -> their names. The reasons are what the rules suggest; what the
model should make of these parameters is an open question."""

NAMES = sorted(name for names in DEAD.values() for name in names)

SHARES = ("share", "probability", "flag")


def large_changes(parameter: Parameter) -> list[float]:
    """Returns two values far from a parameter's own: none at all, and far too much."""
    ends = [0.0, 1.0] if parameter.unit in SHARES else [0.0, 4.0 * parameter.value or 3.0]
    return [value for value in ends if value != parameter.value]


def same_in_all(name: str, value: float) -> ParameterSets:
    """Returns parameter sets in which all runs have one value of a parameter."""
    return ParameterSets((name,), np.array([[value]]), np.zeros(RUNS, np.int64))


def plays(resolved: Resolved, name: str) -> list[Block]:
    """Returns the runs with each large change of a parameter that the model allows."""
    blocks = []
    for value in large_changes(resolved.parameters[name]):
        try:
            blocks.append(run_block(resolved, SEED, 0, RUNS, same_in_all(name, value)))
        except UsageError:
            continue
    return blocks


def changed(base: Block, other: Block) -> set[str]:
    """Returns the outcomes, without their days, that differ in any run."""
    return {
        name.partition("@")[0]
        for name, values in base.values.items()
        if values.tobytes() != other.values[name].tobytes()
    }


def still(scenario: str, names: list[str]) -> list[str]:
    """Returns the parameters of which no large change moves anything in a scenario."""
    resolved = resolve(scenario)
    base = run_block(resolved, SEED, 0, RUNS)
    return [
        name for name in names if not any(changed(base, block) for block in plays(resolved, name))
    ]


def test_listed_parameters_move_nothing() -> None:
    """A sample of the gate: in two scenarios no large change of a listed parameter moves a single
    outcome of any run. A parameter that has come alive leaves the list."""
    for scenario in ("october-2025-apec", "grand-bargain"):
        assert still(scenario, NAMES) == NAMES


@pytest.mark.full
def test_all_other_parameters_move_something() -> None:
    """The list is complete: every parameter that is not on it moves an outcome somewhere."""
    left = list(resolve(SCENARIOS[0]).parameters)
    for scenario in SCENARIOS:
        left = still(scenario, left)

    assert sorted(left) == NAMES


@pytest.mark.parametrize("scenario", SCENARIOS[:2])
def test_definitions_move_the_outcome_they_define_and_nothing_else(scenario: str) -> None:
    """A large change of a definition leaves every run as it was, but for its class and its flag."""
    resolved = resolve(scenario)
    base = run_block(resolved, SEED, 0, RUNS)
    found = {
        name: set().union(*(changed(base, block) for block in plays(resolved, name)))
        for name in DEFINITIONS
    }

    assert set().union(*found.values()) == {"path_class", "confrontation"}
