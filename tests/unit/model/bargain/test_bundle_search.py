"""The search of a bundle: what is given away for what, and what is taken back."""

from __future__ import annotations

import pytest

from sim.model.bargain.bundle_search import (
    NO_STEP,
    apply_bundle_search,
    apply_exchange,
    apply_layout,
    apply_second_thoughts,
    apply_step,
    apply_steps,
    believed_total,
    best_ratio_step,
    cheapest_last_step,
    is_left,
    must_hold,
    own_value,
    part_cost,
    part_needed,
    part_spared,
    saving,
    step_made,
)
from sim.model.tables.codes import (
    CLAUSE_APP,
    CLAUSE_CN_CUT,
    CLAUSE_CN_LISTS,
    CLAUSE_DOLLAR,
    CLAUSE_FENTANYL_CUT,
    CLAUSE_NUCLEAR,
    CLAUSE_RECIPROCAL_CUT,
    CLAUSE_SOYBEANS,
    CLAUSE_TECH,
    CLAUSE_UKRAINE,
    CLAUSE_VISAS,
    LEADERS,
    N_CLAUSES,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.bargain.tables import bundle, calmed, demand, in_round_numbers, lay


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters of a table in round numbers."""
    return in_round_numbers(params)


@pytest.fixture
def calm(state: State) -> State:
    """Returns a state in which only the clauses count."""
    return calmed(state)


def steps(state: State) -> list[int]:
    """Returns the clauses with which a step is laid out."""
    return state.step_clause[: state.steps]


def test_prestige_belongs_to_what_a_clause_is_worth(calm: State, params: Params) -> None:
    """Of leaders alone, by the clause's share of a landmark."""
    # Fails if prestige is left out, or the other side's is taken.
    lay(calm, CLAUSE_APP, 0.5, 0.0)
    params.landmark_bonus, params.landmark_share[CLAUSE_APP] = [2.0, 9.0], 0.25

    assert own_value(calm, params, US, CLAUSE_APP) == 0.5
    calm.table_rank = LEADERS
    assert own_value(calm, params, US, CLAUSE_APP) == 1.0


# ------------------------------------------------------------------------------------ the search


def test_what_both_like_is_in_and_what_neither_likes_is_out(calm: State, params: Params) -> None:
    """Without a demand a proposer asks for all it likes, and gives nothing."""
    # Fails if a concession is made for nothing, or a wish is forgotten.
    lay(calm, CLAUSE_APP, 1.0, 1.0)
    lay(calm, CLAUSE_DOLLAR, -1.0, -1.0)
    lay(calm, CLAUSE_SOYBEANS, 2.0, -0.5)
    lay(calm, CLAUSE_TECH, -1.0, 3.0)
    demand(calm, 0.5)

    assert apply_bundle_search(calm, params, US)
    assert bundle(calm) == {CLAUSE_APP: 1.0, CLAUSE_SOYBEANS: 1.0}
    assert believed_total(calm) == 0.5


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        # Visas cost 0.2 a unit of China's gain, soybeans 0.5, technology 0.6.
        (-0.5, {CLAUSE_SOYBEANS}),
        (-0.1, {CLAUSE_SOYBEANS, CLAUSE_VISAS}),
        (0.4, {CLAUSE_VISAS}),
        (1.9, {CLAUSE_SOYBEANS, CLAUSE_TECH, CLAUSE_VISAS}),
        (2.4, {CLAUSE_TECH, CLAUSE_VISAS}),
    ],
)
def test_steps_are_made_where_they_are_cheapest(
    calm: State, params: Params, amount: float, expected: set[int]
) -> None:
    """A wish is dropped or a concession made, as the demand rises; a step that turns out not to be
    needed is taken back."""
    # Fails if steps are taken in another order, or more is given than is needed.
    lay(calm, CLAUSE_SOYBEANS, 0.25, -0.5)
    lay(calm, CLAUSE_VISAS, -0.1, 0.5)
    lay(calm, CLAUSE_TECH, -1.2, 2.0)
    demand(calm, amount)

    assert apply_bundle_search(calm, params, US)
    assert set(bundle(calm)) == expected


def test_a_demand_that_cannot_be_met_is_known(calm: State, params: Params) -> None:
    """All that the other likes is given, and it is not enough."""
    # Fails if the search says yes in vain.
    lay(calm, CLAUSE_TECH, -1.0, 2.0)
    lay(calm, CLAUSE_SOYBEANS, 1.0, -1.0)
    demand(calm, 2.1)

    assert not apply_bundle_search(calm, params, US)
    assert bundle(calm) == {CLAUSE_TECH: 1.0}


def test_a_duty_is_cut_in_part_in_usual_steps(calm: State, params: Params) -> None:
    """Ten points would bring China 2; for 0.6 two steps of 2.5 points are enough and one is not."""
    # Fails if a duty is cut whole, or by what is just enough.
    lay(calm, CLAUSE_RECIPROCAL_CUT, -1.0, 2.0)
    demand(calm, 0.6)

    assert apply_bundle_search(calm, params, US)
    assert bundle(calm) == {CLAUSE_RECIPROCAL_CUT: 0.5}


@pytest.mark.parametrize(("short", "points"), [(0.1, 10.0), (0.9, 5.0), (1.9, 0.0), (2.5, 0.0)])
def test_a_wish_is_cut_down_to_usual_steps(
    calm: State, params: Params, short: float, points: float
) -> None:
    """Of twelve points that Washington wishes for, and that cost China 2, what remains is a number
    of steps of five."""
    # Fails if what is dropped comes in steps, and seven or two points remain.
    params.cut_step_pp = 5.0
    lay(calm, CLAUSE_CN_CUT, 1.0, -2.0, units=1.2)
    calm.offer[CLAUSE_CN_CUT] = 1.0
    apply_layout(calm, params, US)

    assert 12.0 * (1.0 - part_needed(calm, CLAUSE_CN_CUT, short)) == pytest.approx(points)


@pytest.mark.parametrize(("made", "spare", "points"), [(7.0, 1.0, 10.0), (7.0, 1.2, 12.0)])
def test_a_wish_comes_back_in_usual_steps_or_whole(
    calm: State, params: Params, made: float, spare: float, points: float
) -> None:
    """Where five of twelve points are left, five more come back, and the last two with them."""
    # Fails if what comes back is what there is to spare.
    params.cut_step_pp = 5.0
    lay(calm, CLAUSE_CN_CUT, 1.0, -2.0, units=1.2)
    apply_layout(calm, params, US)
    back = part_spared(calm, CLAUSE_CN_CUT, made / 12.0, spare)

    assert 12.0 - made + 12.0 * back == pytest.approx(points)


def test_a_single_dear_step_can_be_cheaper_than_two(calm: State, params: Params) -> None:
    """Visas are the cheapest by the unit, but do not suffice; technology alone costs less than
    both."""
    # Fails if steps are taken by their ratio alone.
    lay(calm, CLAUSE_VISAS, -0.5, 1.0)
    lay(calm, CLAUSE_TECH, -0.9, 1.5)
    lay(calm, CLAUSE_APP, -0.8, 0.6)
    demand(calm, 1.4)

    assert apply_bundle_search(calm, params, US)
    assert set(bundle(calm)) == {CLAUSE_TECH}


def test_three_small_steps_can_be_cheaper_than_a_large_one(calm: State, params: Params) -> None:
    """Visas and technology meet the demand at 1.1; the search without technology finds visas with
    the app and nuclear talks, at 0.9."""
    # Fails if no step is barred in turn.
    lay(calm, CLAUSE_VISAS, -0.1, 1.0)
    lay(calm, CLAUSE_TECH, -1.0, 2.0)
    lay(calm, CLAUSE_APP, -0.4, 0.5)
    lay(calm, CLAUSE_NUCLEAR, -0.4, 0.5)
    demand(calm, 2.0)

    assert apply_bundle_search(calm, params, US)
    assert set(bundle(calm)) == {CLAUSE_VISAS, CLAUSE_APP, CLAUSE_NUCLEAR}


# -------------------------------------------------------------------------------------- the steps


def test_steps_stop_where_a_last_one_is_cheapest(calm: State, params: Params) -> None:
    """After how many steps a single one ends the search at the lowest cost in all; NO_STEP if none
    does."""
    # Fails if the cost of earlier steps is left out.
    lay(calm, CLAUSE_VISAS, -0.1, 1.0)
    lay(calm, CLAUSE_TECH, -0.9, 1.5)
    lay(calm, CLAUSE_APP, -0.5, 0.5)
    demand(calm, 1.5)
    apply_layout(calm, params, US)

    # Technology at once costs 0.9, visas and then the app 0.6.
    assert apply_steps(calm, NO_STEP, NO_STEP) == 1
    assert apply_steps(calm, NO_STEP, CLAUSE_APP) == 0
    apply_steps(calm, 1, NO_STEP)
    assert set(bundle(calm)) == {CLAUSE_VISAS, CLAUSE_APP}
    # Had visas cost 0.5, both together would be dearer than technology.
    calm.gain[US][CLAUSE_VISAS] = -0.5
    apply_layout(calm, params, US)
    assert apply_steps(calm, NO_STEP, NO_STEP) == 0
    demand(calm, 9.0)
    assert apply_steps(calm, NO_STEP, NO_STEP) == NO_STEP


@pytest.mark.parametrize(
    ("own", "other", "gain", "cost"),
    [
        (1.0, -2.0, 2.0, 1.0),  # a wish to drop
        (-1.0, 2.0, 2.0, 1.0),  # a concession to make
        (0.0, 2.0, 2.0, 0.0),  # one that costs nothing
        (1.0, 2.0, None, None),  # both like it
        (-1.0, -2.0, None, None),  # neither does
        (-1.0, 0.0, None, None),  # the other does not care
    ],
)
def test_a_step_brings_the_other_something(
    calm: State, params: Params, own: float, other: float, gain: float | None, cost: float | None
) -> None:
    """What the other dislikes is dropped, what it likes is added; nothing is given for nothing."""
    # Fails if a step is laid out that brings the other nothing, or its gain and cost change places.
    lay(calm, CLAUSE_TECH, own, other)

    apply_layout(calm, params, US)

    assert steps(calm) == ([] if gain is None else [CLAUSE_TECH])
    if gain is not None:
        assert (calm.step_gain[CLAUSE_TECH], calm.step_cost[CLAUSE_TECH]) == (gain, cost)


@pytest.mark.parametrize(
    ("own", "other", "part", "left"),
    [
        (1.0, -2.0, 1.0, True),  # a wish in the bundle
        (1.0, -2.0, 0.5, False),  # dropped in part
        (-1.0, 2.0, 0.0, True),  # a concession not made
        (-1.0, 2.0, 1.0, False),  # made already
    ],
)
def test_a_step_is_made_once(
    calm: State, params: Params, own: float, other: float, part: float, left: bool
) -> None:
    """Also one that is made in part."""
    # Fails if a step can be made twice.
    lay(calm, CLAUSE_TECH, own, other)
    apply_layout(calm, params, US)
    calm.offer[CLAUSE_TECH] = part

    assert is_left(calm, CLAUSE_TECH) is left


@pytest.mark.parametrize(
    ("clause", "short", "part"),
    [
        (CLAUSE_RECIPROCAL_CUT, 0.5, 0.25),
        (CLAUSE_RECIPROCAL_CUT, 0.51, 0.375),
        (CLAUSE_RECIPROCAL_CUT, 2.5, 1.0),
        (CLAUSE_TECH, 0.5, 1.0),
    ],
)
def test_only_the_part_that_is_needed_is_given(
    calm: State, params: Params, clause: int, short: float, part: float
) -> None:
    """Twenty points bring 2: two steps of 2.5 bring 0.5, three anything above; a licence is given
    whole."""
    # Fails if parts are rounded down, or everything divides.
    lay(calm, clause, -1.0, 2.0, units=2.0)
    apply_layout(calm, params, US)

    assert part_needed(calm, clause, short) == pytest.approx(part)
    assert part_cost(calm, clause, short) == pytest.approx(part)


def test_steps_are_chosen_by_ratio_or_by_what_ends_the_search(calm: State, params: Params) -> None:
    """The cheapest by the unit, and the cheapest that is enough; a barred one is neither."""
    # Fails if the two are mixed up, or a bar does not hold.
    lay(calm, CLAUSE_VISAS, -0.1, 0.5)
    lay(calm, CLAUSE_TECH, -0.9, 1.5)
    lay(calm, CLAUSE_UKRAINE, -1.0, 2.0)
    apply_layout(calm, params, US)

    assert best_ratio_step(calm, NO_STEP) == CLAUSE_VISAS
    assert best_ratio_step(calm, CLAUSE_VISAS) == CLAUSE_UKRAINE
    assert cheapest_last_step(calm, 1.0, NO_STEP) == CLAUSE_TECH
    assert cheapest_last_step(calm, 1.0, CLAUSE_TECH) == CLAUSE_UKRAINE
    assert cheapest_last_step(calm, 2.5, NO_STEP) == NO_STEP


def test_a_step_drops_or_adds(calm: State, params: Params) -> None:
    """The part of a wish that is dropped, or of a concession that is made."""
    # Fails if a wish is dropped whole.
    lay(calm, CLAUSE_CN_CUT, 1.0, -1.0)
    lay(calm, CLAUSE_TECH, -1.0, 1.0)
    apply_layout(calm, params, US)
    calm.offer[CLAUSE_CN_CUT] = 1.0

    apply_step(calm, CLAUSE_CN_CUT, 0.25)
    apply_step(calm, CLAUSE_TECH, 1.0)

    assert bundle(calm) == {CLAUSE_CN_CUT: 0.75, CLAUSE_TECH: 1.0}


# ------------------------------------------------------------------------------ second thoughts


def test_a_step_that_is_not_needed_is_taken_back(calm: State, params: Params) -> None:
    """Of two concessions either of which is enough, the dearer goes; a wish comes back too."""
    # Fails if the cheaper goes, or nothing does.
    lay(calm, CLAUSE_TECH, -1.0, 2.0)
    lay(calm, CLAUSE_VISAS, -0.5, 2.0)
    lay(calm, CLAUSE_SOYBEANS, 0.25, -0.5)
    calm.offer[CLAUSE_TECH] = calm.offer[CLAUSE_VISAS] = 1.0
    demand(calm, 1.5)
    apply_layout(calm, params, US)

    apply_second_thoughts(calm)

    assert bundle(calm) == {CLAUSE_VISAS: 1.0, CLAUSE_SOYBEANS: 1.0}


def test_a_cheaper_step_stands_in_for_a_dearer_one(calm: State, params: Params) -> None:
    """Technology goes out for visas, which do as well at half the cost."""
    # Fails if steps are only taken back, never exchanged.
    lay(calm, CLAUSE_TECH, -1.0, 2.0)
    lay(calm, CLAUSE_VISAS, -0.5, 1.5)
    calm.offer[CLAUSE_TECH] = 1.0
    demand(calm, 1.5)
    apply_layout(calm, params, US)

    assert saving(calm, CLAUSE_TECH, 0.5) == 0.5
    apply_exchange(calm, CLAUSE_TECH, 0.5)
    assert bundle(calm) == {CLAUSE_VISAS: 1.0}


def test_a_cut_shrinks_to_what_is_needed(calm: State, params: Params) -> None:
    """Of ten points that bring 2, with 0.6 to spare, one step of 2.5 is taken back."""
    # Fails if a cut is all or nothing, or falls short.
    lay(calm, CLAUSE_RECIPROCAL_CUT, -1.0, 2.0)
    calm.offer[CLAUSE_RECIPROCAL_CUT] = 1.0
    demand(calm, 1.4)
    apply_layout(calm, params, US)

    assert step_made(calm, CLAUSE_RECIPROCAL_CUT) == 1.0
    assert part_spared(calm, CLAUSE_RECIPROCAL_CUT, 1.0, 0.6) == 0.25
    apply_second_thoughts(calm)
    assert bundle(calm) == {CLAUSE_RECIPROCAL_CUT: 0.75}


# --------------------------------------------------------------------------- comprehensive deals


def test_a_comprehensive_deal_holds_every_cut(calm: State, params: Params) -> None:
    """Duties on both sides are in it whatever they cost; on an ordinary table nothing has to be."""
    # Fails if a cut can be left out, or something else is held in.
    held = {c for c in range(N_CLAUSES) if must_hold(calm, c)}
    calm.table_full = True
    full = {c for c in range(N_CLAUSES) if must_hold(calm, c)}

    assert held == set()
    assert full == {CLAUSE_RECIPROCAL_CUT, CLAUSE_FENTANYL_CUT, CLAUSE_CN_CUT, CLAUSE_CN_LISTS}
    lay(calm, CLAUSE_CN_LISTS, -5.0, -5.0)
    apply_bundle_search(calm, params, US)
    assert bundle(calm) == {CLAUSE_CN_LISTS: 1.0}
    assert steps(calm) == []
