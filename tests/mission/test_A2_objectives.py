"""A2: Washington weighs growth, jobs, exports, prices and its reliance on Chinese factories."""

from __future__ import annotations

import pytest

from sim.model.governments.agents import act_utility, apply_signals, felt_pressure
from sim.model.tables.codes import CN, HIKE, SEEK_TALKS, US
from sim.model.tables.vocabulary import ChinaPressurePart, PressurePart
from tests.mission.helpers import MARCH, paired
from tests.mission.plays import Sets, batch, start

PARTS = [
    *((US, part, f"us.objective.{part.name.lower()}") for part in PressurePart),
    *((CN, part, f"cn.objective.{part.name.lower()}") for part in ChinaPressurePart),
]


@pytest.mark.parametrize(("side", "part", "name"), PARTS, ids=[name for *_, name in PARTS])
def test_A2_each_objective_has_its_part_in_a_choice(side: int, part: int, name: str) -> None:
    """Where an aim suffers, minding it more makes talks more attractive, and a hike less; at
    weight 0 it has no say."""
    wishes = []
    for weight in ("0", "1", "3"):
        state, params = start(MARCH, ((name, weight),))
        state.pressure_part[side][part] = 0.8
        apply_signals(state, params, side)
        hike = act_utility(state, params, US, HIKE) if side == US else 0.0
        wishes.append((act_utility(state, params, side, SEEK_TALKS), -hike))
    assert wishes[0][0] < wishes[1][0] < wishes[2][0]
    if side == US:
        assert wishes[0][1] < wishes[1][1] < wishes[2][1]
    state, params = start(MARCH, ((name, "0"),))
    before = felt_pressure(state, params, side)
    state.pressure_part[side][part] = 1.0
    assert felt_pressure(state, params, side) == before


PRICES: Sets = (("us.objective.prices", "6"),)
NO_PRICES: Sets = (("us.objective.prices", "0"),)


def test_A2_who_minds_prices_more_raises_duties_less() -> None:
    """On the same luck, a president who minds inflation hikes less often of his own accord than
    one who does not."""
    sets: Sets = (("us.rate.hike", "6"),)
    minding = batch(MARCH, 1500, (*sets, *PRICES))["us_hikes"]
    careless = batch(MARCH, 1500, (*sets, *NO_PRICES))["us_hikes"]
    assert paired(careless, minding).positive


def test_A2_less_reliance_speaks_for_duties_while_there_is_any() -> None:
    """The wish to rely less on Chinese factories weighs less once they have lost the market."""
    wishes = []
    for weight in ("0", "0.6"):
        state, params = start(MARCH, (("us.weight.reliance", weight),))
        apply_signals(state, params, US)
        full = act_utility(state, params, US, HIKE)
        for good in range(len(state.good_usd_bn_per_month)):
            state.good_usd_bn_per_month[good] *= 0.2
        apply_signals(state, params, US)
        wishes.append(full - act_utility(state, params, US, HIKE))
    assert wishes[1] > wishes[0] + 0.05
