"""Whether verdicts hold over the assumed ranges, on a toy whose answer is known.

`arm` tells the two scenarios apart: it adds `lever` to the level, so that the expected difference
of A (arm 1) and B (arm 0) is `lever`, and nothing else matters.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest
import toy_engine
from scipy.special import ndtr, ndtri
from toy_engine import DAY, parameter

from sim.engine.blocks import Block
from sim.engine.choice import SIMPY
from sim.engine.draws import uniforms
from sim.engine.parameter_sets import ParameterSets
from sim.experiment.compare.comparison import compare
from sim.experiment.compare.range_ends import DECIDES, MOVES, REVERSES, UNDOES
from sim.experiment.compare.robustness import Ranges, over_ranges
from sim.experiment.runs import batch, ends
from sim.experiment.runs.batch import Batch, run_batch
from sim.experiment.runs.design import Means
from sim.experiment.store.results import Store
from sim.report.page import Page, render
from sim.report.pages.compare.robustness import ranges_section
from sim.scenario.resolved_scenario import Prior, Resolved

DUMMIES = 60
SPREAD = 0.5


@pytest.fixture(autouse=True)
def toy(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plays the levered toy everywhere."""
    monkeypatch.setattr(batch, "run_block", run_block)
    monkeypatch.setattr(ends, "choose_engine", lambda *_: SIMPY)


def run_block(
    resolved: Resolved,
    seed: int,
    first: int,
    count: int,
    parameter_sets: ParameterSets | None = None,
    *,
    events: bool = False,
) -> Block:
    """The toy, with what `arm` and `lever` add to the level and half of it to the odds of a hit;
    where the arm is set the level carries luck of its own."""
    block = toy_engine.run_block(resolved, seed, first, count, parameter_sets)
    central = {name: p.value for name, p in resolved.parameters.items()}
    sets = [{**central, **drawn} for drawn in parameter_sets or [{}] * count]
    added = np.array([each["arm"] * each["lever"] for each in sets])
    arm = np.array([each["arm"] for each in sets])
    own = uniforms(seed, np.arange(first, first + count), [DAY], [(2, 0)])[:, 0, 0]
    values = {**block.values, "level": block.values["level"] + added + 0.3 * arm * ndtri(own)}
    return replace(block, values=values)


def scenario(arm: float, lever: float, spread: float = SPREAD) -> Resolved:
    """A toy with an arm, a lever and many parameters that do nothing."""
    plain = toy_engine.scenario(arm=arm, lever=lever)
    parameters = dict(plain.parameters)
    parameters["lever"] = parameter("lever", lever, Prior("normal", lever, spread))
    for place in range(DUMMIES):
        name = f"dummy{place}"
        parameters[name] = parameter(name, 0.0, Prior("normal", 0.0, 1.0))
    return replace(plain, parameters=parameters)


def batches(store: Store, *worlds: Resolved, mode: str = "fixed", n: int = 2000) -> list[Batch]:
    """Batches of scenarios, all of one seed."""
    return [run_batch(world, n=n, parameters=mode, workers=1, store=store) for world in worlds]


def ranges_of(store: Store, *worlds: Resolved, mode: str = "fixed", vectors: int = 100) -> Ranges:
    """What becomes of the comparison of two scenarios."""
    a, b = batches(store, *worlds, mode=mode)
    return over_ranges(a, b, compare(a, b).differences, Means(store, workers=1), vectors)


def page(ranges: Ranges) -> str:
    """The section as text, in one line."""
    section = Page()
    ranges_section(section, ranges)
    return " ".join(render(section).split())


def mover_row(ranges: Ranges) -> str:
    """The row of the lever in the table of numbers, without the ends of its range: it stands in
    the first line of the cell, they in the second."""
    section = Page()
    ranges_section(section, ranges)
    (line,) = [line for line in render(section).splitlines() if " lever " in line]
    return " ".join(line.split())


def test_a_planted_flip_is_found_and_named(store: Store) -> None:
    """With a lever of 0.3 +- 0.5 the level is higher in A, reversed where the lever is low; the
    lever alone is named, with the difference at either end, and the page says so."""
    found = ranges_of(store, scenario(1.0, 0.3), scenario(0.0, 0.3))

    (level,) = found.reaches
    (mover,) = level.movers
    assert (level.compared.verdict, mover.parameter, mover.effect) == ("higher", "lever", REVERSES)
    for end, z in ((mover.low, -1.645), (mover.high, 1.645)):
        assert end.value == pytest.approx(0.3 + z * SPREAD, abs=1e-3)
        assert end.difference.low <= end.value <= end.difference.high
    assert (mover.low.verdict, mover.high.verdict) == ("lower", "higher")
    # Luck is the same at both ends and falls out of what the lever moves.
    assert mover.swing.value == pytest.approx(mover.high.value - mover.low.value)
    assert re.search(r"lever -0\.5\d* to \+1\.1\d* reversed", mover_row(found))


def test_the_share_of_the_ranges_is_the_true_one(store: Store) -> None:
    """The level is lower by a quarter of the margin where the lever is below -0.0125, and the
    expected difference moves as the lever does."""
    (level,) = ranges_of(store, scenario(1.0, 0.3), scenario(0.0, 0.3)).reaches

    truth = float(ndtr((-0.0125 - 0.3) / SPREAD))
    assert level.reversed is not None
    assert level.reversed.low <= truth <= level.reversed.high
    assert level.low.low <= 0.3 - 1.645 * SPREAD <= level.low.high
    assert level.high.low <= 0.3 + 1.645 * SPREAD <= level.high.high
    assert level.average.low <= 0.3 <= level.average.high


def test_a_lever_too_short_to_flip_is_told_to_move(store: Store) -> None:
    """A lever of 1 +- 0.2 moves the level by a lot, and the verdict holds in every draw."""
    found = ranges_of(store, scenario(1.0, 1.0, 0.2), scenario(0.0, 1.0, 0.2))

    (level,) = found.reaches
    assert level.holds is not None
    assert level.holds.value == 1.0
    assert [(m.parameter, m.flips) for m in level.movers] == [("lever", False)]
    assert re.search(r"higher .* 100 \(\d+-100\) 0 \(0-\d+\)", page(found))
    assert re.search(r"lever \+0\.\d+ to \+1\.\d+ unchanged", mover_row(found))


def test_a_lever_that_ends_in_nothing_undoes(store: Store) -> None:
    """Where the level is the same at the low end, the verdict is undone there."""
    world = scenario(1.0, 0.329, 0.2)

    (level,) = ranges_of(store, world, scenario(0.0, 0.329, 0.2)).reaches

    assert [m.effect for m in level.movers] == [UNDOES]


def test_a_difference_that_cannot_be_told_is_decided_by_its_lever(store: Store) -> None:
    """With a lever of 0.04 +- 0.5 nothing is told at the centre, and the ends tell."""
    a, b = batches(store, scenario(1.0, 0.04), scenario(0.0, 0.04), n=100)

    found = over_ranges(a, b, compare(a, b).differences, Means(store, workers=1), 100)

    (level,) = found.reaches
    assert level.compared.verdict == "cannot tell"
    assert (level.holds, level.reversed) == (None, None)
    assert [(m.parameter, m.effect) for m in level.movers] == [("lever", DECIDES)]
    assert re.search(r"% of draws in which A is higher \d+ \(.*, lower \d+ \(", page(found))
    assert re.search(r"lever -0\.\d+ to \+0\.\d+ appears", mover_row(found))


def test_nothing_is_named_where_ignorance_does_not_matter(store: Store) -> None:
    """Parameters that do nothing are never named, and the verdict holds everywhere."""
    found = ranges_of(store, scenario(1.0, 0.5, 1e-9), scenario(0.0, 0.5, 1e-9))

    (level,) = found.reaches
    assert level.movers == ()
    assert level.holds is not None
    assert level.holds.value == 1.0


def test_what_is_fixed_on_one_side_is_left_out(store: Store) -> None:
    """A parameter that one scenario fixes cannot be blamed, and is listed; one with no prior on
    either side is not."""
    a = scenario(1.0, 0.3)
    b = toy_engine.fixed(scenario(0.0, 0.3), "lever")

    found = ranges_of(store, a, b)

    assert found.left_out == ("lever",)
    assert found.parameters == DUMMIES + 1
    assert found.reaches[0].movers == ()
    assert "Left out, because not drawn alike in both scenarios: lever." in page(found)


def test_a_comparison_over_drawn_parameters_is_taken_as_it_is(store: Store) -> None:
    """Nothing is played anew but the ends where the comparison had drawn its parameters."""
    worlds = scenario(1.0, 0.3), scenario(0.0, 0.3)

    found = ranges_of(store, *worlds, mode="prior")

    assert (found.vectors, found.per_vector) == (100, 20)
    assert len(store.results()) == 2
    assert found.reaches[0].movers[0].parameter == "lever"


def test_identical_scenarios_play_nothing(store: Store) -> None:
    """Without a difference there is nothing to overturn, and nothing is drawn."""
    world = scenario(1.0, 0.3)

    found = ranges_of(store, world, world)

    assert found.reaches == ()
    assert len(store.results()) == 1
    assert "no verdict to test" in page(found)


def test_scenarios_without_a_common_range_say_so(store: Store) -> None:
    """If no parameter is drawn alike on both sides nothing is played and the page tells why."""
    worlds = [toy_engine.scenario(arm=arm, lever=0.3) for arm in (1.0, 0.0)]

    found = ranges_of(store, *(toy_engine.fixed(world, "mu") for world in worlds))

    assert "no assumed number has the same range in both" in page(found)


def test_the_answer_is_plain_json(store: Store) -> None:
    """Every number of the JSON is finite or null, and the flip can be read off it."""
    found = ranges_of(store, scenario(1.0, 0.3), scenario(0.0, 0.3))

    told = json.loads(json.dumps(found.to_json(), allow_nan=False))

    (level,) = told["outcomes"]
    assert level["outcome"] == "level"
    assert level["movers"][0]["flips"] is True
    low, high = level["moves_between"]
    assert low < 0.0 < high
    assert level["reversed"]["ci"][0] <= level["reversed"]["share"] <= level["reversed"]["ci"][1]


def test_the_ends_do_not_depend_on_the_number_of_workers(store: Store) -> None:
    """Two workers give what one gives."""
    a, b = batches(store, scenario(1.0, 0.3), scenario(0.0, 0.3))
    compared = compare(a, b).differences

    one, two = (
        over_ranges(a, b, compared, Means(store, workers=workers, executor="threads"), 100)
        for workers in (1, 2)
    )

    assert one == two


def test_what_holds_at_both_ends_is_not_the_parameters_doing(store: Store) -> None:
    """Not told at the centre, and lower at both ends of the lever: it moves the difference and
    decides nothing."""
    a, b = batches(store, scenario(1.0, -0.2, 0.05), scenario(0.0, -0.2, 0.05), n=40)
    compared = [replace(d, verdict="cannot tell") for d in compare(a, b).differences]

    (level,) = over_ranges(a, b, compared, Means(store, workers=1), 100).reaches

    (mover,) = level.movers
    assert (mover.low.verdict, mover.high.verdict) == ("lower", "lower")
    assert mover.effect == MOVES


def test_progress_never_goes_back(store: Store) -> None:
    """Both scenarios and the ends are told as parts of one piece of work, up to its end."""
    a, b = batches(store, scenario(1.0, 0.3), scenario(0.0, 0.3))
    told: list[float] = []
    means = Means(store, workers=1, progress=lambda done, total: told.append(done / total))

    over_ranges(a, b, compare(a, b).differences, means, 100)

    assert told == sorted(told)
    assert told[0] < 0.5
    assert told[-1] == 1.0
