"""Logrolling: what is laid out, what is given away for what, and when a deal is comprehensive."""

from __future__ import annotations

import pytest

from sim.model.bargain.logroll import (
    NO_STEP,
    apply_aim,
    apply_bundle_search,
    apply_exchange,
    apply_proposal,
    apply_second_thoughts,
    apply_step,
    apply_steps,
    apply_table,
    believed_total,
    best_ratio_step,
    can_step,
    cheapest_last_step,
    is_comprehensive,
    must_hold,
    own_value,
    part_needed,
    part_spared,
    saving,
    step_cost,
    step_gain,
    step_made,
    value_to,
)
from sim.model.tables.codes import (
    CLAUSE_APP,
    CLAUSE_CN_CUT,
    CLAUSE_CN_LISTS,
    CLAUSE_DOLLAR,
    CLAUSE_FENTANYL_CUT,
    CLAUSE_MINERALS,
    CLAUSE_NUCLEAR,
    CLAUSE_PAUSE,
    CLAUSE_RECIPROCAL_CUT,
    CLAUSE_SOYBEANS,
    CLAUSE_STRUCTURAL,
    CLAUSE_TAIWAN,
    CLAUSE_TECH,
    CLAUSE_UKRAINE,
    CLAUSE_VISAS,
    CN,
    FENTANYL,
    FULL_REPLY,
    ISSUE_FENTANYL,
    ISSUE_RARE_EARTHS,
    ISSUE_RELIEF,
    ISSUE_TARIFFS,
    ISSUE_TECH,
    LEADERS,
    MINISTERS,
    N_CLAUSES,
    N_ISSUES,
    PACKAGE_COMPREHENSIVE,
    RARE_EARTHS,
    RECIPROCAL,
    TECH,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import SIGN_FIRST
from tests.unit.model.records import TODAY


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters of a table in round numbers."""
    params.prohibitive_pp, params.horizon_days, params.concession_days = 50.0, 90, 30.0
    params.truce_residual_pp, params.relief_pp = 10.0, 10.0
    params.fentanyl_tranche_pp, params.comprehensive_share = 10.0, 0.75
    return params


@pytest.fixture
def calm(state: State) -> State:
    """Returns a state without tension, so that only clauses count, on the day of a deadline, so
    that the other demands nothing beyond its mood."""
    state.tension, state.belief_var = 0.0, [0.0, 0.0]
    state.trust_kept, state.trust_broken = [1.0, 1.0], [1.0, 1.0]
    state.threat_open, state.threat_deadline = True, TODAY
    return state


def lay(state: State, clause: int, own: float, other: float, units: float = 1.0) -> None:
    """Lays a clause out before Washington: what it is worth to itself, and, as it believes, to
    China."""
    state.units[clause] = units
    state.gain[US][clause], state.believed[clause] = own, other


def demand(state: State, amount: float) -> None:
    """Makes Washington believe that China demands so much: its deadline is far enough off."""
    state.threat_open = False
    # Far from a deadline three quarters of the demand stand (30 days of 90).
    state.belief_mean[US] = amount * 4.0 / 3.0
    state.table_demand = amount


def bundle(state: State) -> dict[int, float]:
    """Returns the clauses of the bundle with the part offered."""
    return {c: state.offer[c] for c in range(N_CLAUSES) if state.offer[c] > 0.0}


# ------------------------------------------------------------------------------------ the table


def test_the_table_holds_units_gains_and_beliefs(calm: State, params: Params) -> None:
    """Both sides' true gains, and what the proposer believes of the other's; nothing is offered."""
    # Fails if gains of the two are exchanged, or an old offer stays.
    calm.issue_on[ISSUE_TECH], calm.control[US][TECH] = True, 3
    params.clause_settles[CLAUSE_TECH] = 0.25
    params.issue_weight[US][ISSUE_TECH], params.issue_weight[CN][ISSUE_TECH] = -4.0, 8.0
    calm.offer[CLAUSE_TECH] = 1.0

    apply_table(calm, params, US, LEADERS, False, forced=False)
    assert (calm.units[CLAUSE_TECH], calm.offer[CLAUSE_TECH]) == (1.0, 0.0)
    assert [calm.gain[side][CLAUSE_TECH] for side in (US, CN)] == [-1.0, 2.0]
    assert calm.believed[CLAUSE_TECH] == 2.0
    assert calm.units[CLAUSE_MINERALS] == 0.0

    apply_table(calm, params, CN, MINISTERS, True, forced=False)
    assert (calm.units[CLAUSE_TECH], calm.believed[CLAUSE_TECH]) == (3.0, -3.0)
    assert (calm.table_rank, calm.table_full) == (MINISTERS, True)


def test_the_demand_leaves_out_the_mood(calm: State, params: Params) -> None:
    """What the other gains by any signature need not come from clauses."""
    # Fails if the proposer's own mood is taken off, or it is added.
    params.gain_pressure, calm.pressure = 1.0, [9.0, 0.5]
    params.pressure_rest = [[0.0] * 4, [0.0] * 4]
    demand(calm, 2.0)

    apply_aim(calm, params, US, 1.0)
    assert calm.table_demand == pytest.approx(1.5)
    apply_aim(calm, params, US, 0.0)
    assert calm.table_demand == pytest.approx(-0.5)


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


def test_a_duty_is_cut_in_part_in_whole_points(calm: State, params: Params) -> None:
    """Ten points would bring China 2; for 0.5 three points are enough and two are not."""
    # Fails if a duty is cut whole, or in fractions of a point.
    lay(calm, CLAUSE_RECIPROCAL_CUT, -1.0, 2.0)
    demand(calm, 0.5)

    assert apply_bundle_search(calm, params, US)
    assert bundle(calm) == {CLAUSE_RECIPROCAL_CUT: pytest.approx(0.3)}


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

    # Technology at once costs 0.9, visas and then the app 0.6.
    assert apply_steps(calm, params, US, NO_STEP, NO_STEP) == 1
    assert apply_steps(calm, params, US, NO_STEP, CLAUSE_APP) == 0
    apply_steps(calm, params, US, 1, NO_STEP)
    assert set(bundle(calm)) == {CLAUSE_VISAS, CLAUSE_APP}
    # Had visas cost 0.5, both together would be dearer than technology.
    calm.gain[US][CLAUSE_VISAS] = -0.5
    assert apply_steps(calm, params, US, NO_STEP, NO_STEP) == 0
    demand(calm, 9.0)
    assert apply_steps(calm, params, US, NO_STEP, NO_STEP) == NO_STEP


@pytest.mark.parametrize(
    ("own", "other", "part", "possible", "gain"),
    [
        (1.0, -2.0, 1.0, True, 2.0),  # a wish to drop
        (1.0, -2.0, 0.0, False, 0.0),  # dropped already
        (-1.0, 2.0, 0.0, True, 2.0),  # a concession to make
        (-1.0, 2.0, 1.0, False, 0.0),  # made already
        (1.0, 2.0, 1.0, False, 0.0),  # both like it
        (-1.0, -2.0, 0.0, False, 0.0),  # neither does
    ],
)
def test_a_step_brings_the_other_something(
    calm: State, params: Params, own: float, other: float, part: float, possible: bool, gain: float
) -> None:
    """What the other dislikes is dropped, what it likes is added, each once."""
    # Fails if a step can be made twice, or for nothing.
    lay(calm, CLAUSE_TECH, own, other)
    calm.offer[CLAUSE_TECH] = part

    assert can_step(calm, params, US, CLAUSE_TECH) is possible
    assert step_gain(calm, CLAUSE_TECH) == gain
    assert not can_step(calm, params, US, CLAUSE_VISAS)


@pytest.mark.parametrize(
    ("clause", "short", "part"),
    [
        (CLAUSE_RECIPROCAL_CUT, 0.5, 0.25),
        (CLAUSE_RECIPROCAL_CUT, 0.51, 0.3),
        (CLAUSE_RECIPROCAL_CUT, 2.5, 1.0),
        (CLAUSE_TECH, 0.5, 1.0),
    ],
)
def test_only_the_part_that_is_needed_is_given(
    calm: State, params: Params, clause: int, short: float, part: float
) -> None:
    """Twenty points bring 2: five bring 0.5, six anything above; a licence is given whole."""
    # Fails if parts are rounded down, or everything divides.
    lay(calm, clause, -1.0, 2.0, units=2.0)

    assert part_needed(calm, clause, short) == pytest.approx(part)
    assert step_cost(calm, params, US, clause, short) == pytest.approx(part)


def test_steps_are_chosen_by_ratio_or_by_what_ends_the_search(calm: State, params: Params) -> None:
    """The cheapest by the unit, and the cheapest that is enough; a barred one is neither."""
    # Fails if the two are mixed up, or a bar does not hold.
    lay(calm, CLAUSE_VISAS, -0.1, 0.5)
    lay(calm, CLAUSE_TECH, -0.9, 1.5)
    lay(calm, CLAUSE_UKRAINE, -1.0, 2.0)

    assert best_ratio_step(calm, params, US, NO_STEP) == CLAUSE_VISAS
    assert best_ratio_step(calm, params, US, CLAUSE_VISAS) == CLAUSE_UKRAINE
    assert cheapest_last_step(calm, params, US, 1.0, NO_STEP) == CLAUSE_TECH
    assert cheapest_last_step(calm, params, US, 1.0, CLAUSE_TECH) == CLAUSE_UKRAINE
    assert cheapest_last_step(calm, params, US, 2.5, NO_STEP) == NO_STEP


def test_a_step_drops_or_adds(calm: State) -> None:
    """The part of a wish that is dropped, or of a concession that is made."""
    # Fails if a wish is dropped whole.
    lay(calm, CLAUSE_CN_CUT, 1.0, -1.0)
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

    apply_second_thoughts(calm, params, US)

    assert bundle(calm) == {CLAUSE_VISAS: 1.0, CLAUSE_SOYBEANS: 1.0}


def test_a_cheaper_step_stands_in_for_a_dearer_one(calm: State, params: Params) -> None:
    """Technology goes out for visas, which do as well at half the cost."""
    # Fails if steps are only taken back, never exchanged.
    lay(calm, CLAUSE_TECH, -1.0, 2.0)
    lay(calm, CLAUSE_VISAS, -0.5, 1.5)
    calm.offer[CLAUSE_TECH] = 1.0
    demand(calm, 1.5)

    assert saving(calm, params, US, CLAUSE_TECH, 0.5) == 0.5
    apply_exchange(calm, params, US, CLAUSE_TECH, 0.5)
    assert bundle(calm) == {CLAUSE_VISAS: 1.0}


def test_a_cut_shrinks_to_what_is_needed(calm: State, params: Params) -> None:
    """Of ten points that bring 2, with 0.5 to spare, two are taken back."""
    # Fails if a cut is all or nothing, or falls short.
    lay(calm, CLAUSE_RECIPROCAL_CUT, -1.0, 2.0)
    calm.offer[CLAUSE_RECIPROCAL_CUT] = 1.0
    demand(calm, 1.5)

    assert step_made(calm, params, US, CLAUSE_RECIPROCAL_CUT) == 1.0
    assert part_spared(calm, CLAUSE_RECIPROCAL_CUT, 1.0, 0.5) == pytest.approx(0.2)
    assert part_spared(calm, CLAUSE_TECH, 1.0, -0.5) == 0.0
    apply_second_thoughts(calm, params, US)
    assert bundle(calm) == {CLAUSE_RECIPROCAL_CUT: pytest.approx(0.8)}


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
    assert step_made(calm, params, US, CLAUSE_CN_LISTS) == 0.0


@pytest.mark.parametrize(
    ("offered", "expected"),
    [
        ((CLAUSE_TECH, CLAUSE_MINERALS, CLAUSE_APP), True),
        ((CLAUSE_TECH, CLAUSE_MINERALS), False),
        ((CLAUSE_TECH, CLAUSE_MINERALS, CLAUSE_STRUCTURAL, CLAUSE_TAIWAN), False),
    ],
)
def test_a_comprehensive_deal_meets_three_issues_in_four(
    calm: State, params: Params, offered: tuple[int, ...], expected: bool
) -> None:
    """Of technology, minerals, the app and markets, those that never settle aside (F7)."""
    # Fails if overcapacity or Taiwan count, or the share is not reached exactly.
    calm.table_full = True
    for clause in (
        CLAUSE_TECH, CLAUSE_MINERALS, CLAUSE_APP, CLAUSE_UKRAINE, CLAUSE_STRUCTURAL, CLAUSE_TAIWAN,
    ):  # fmt: skip
        calm.units[clause] = 1.0
    for clause in offered:
        calm.offer[clause] = 1.0

    assert is_comprehensive(calm, params) is expected
    calm.forbidden[CN][SIGN_FIRST + PACKAGE_COMPREHENSIVE] = True
    assert not is_comprehensive(calm, params)
    calm.forbidden[CN][SIGN_FIRST + PACKAGE_COMPREHENSIVE] = False
    calm.table_full = False
    assert not is_comprehensive(calm, params)


def test_several_clauses_of_an_issue_meet_it_once(calm: State, params: Params) -> None:
    """One of two clauses is enough for its issue; an empty table is no deal."""
    # Fails if clauses are counted instead of issues.
    calm.table_full = True
    assert not is_comprehensive(calm, params)
    calm.units[CLAUSE_PAUSE] = calm.units[CLAUSE_CN_CUT] = 1.0
    calm.offer[CLAUSE_CN_CUT] = 1.0

    assert is_comprehensive(calm, params)


@pytest.fixture
def grand(calm: State, params: Params) -> State:
    """Returns a state of duties and controls on both sides that leaders could all end."""
    calm.issue_on = [False] * N_ISSUES
    for issue in (ISSUE_TARIFFS, ISSUE_RELIEF, ISSUE_FENTANYL, ISSUE_TECH, ISSUE_RARE_EARTHS):
        calm.issue_on[issue] = True
    calm.threat_open = False
    calm.precursor_action = True
    calm.duty_pp[US][FENTANYL], calm.duty_pp[US][RECIPROCAL] = 20.0, 10.0
    calm.duty_pp[CN][FULL_REPLY] = 10.0
    calm.control[US][TECH] = calm.control[CN][RARE_EARTHS] = 2
    for clause in (CLAUSE_TECH, CLAUSE_MINERALS, CLAUSE_RECIPROCAL_CUT, CLAUSE_FENTANYL_CUT):
        params.clause_settles[clause] = 0.5
    params.issue_weight[US][ISSUE_RARE_EARTHS] = params.issue_weight[CN][ISSUE_TECH] = 2.0
    params.issue_weight[US][ISSUE_TECH] = params.issue_weight[CN][ISSUE_RARE_EARTHS] = -1.0
    params.issue_weight[CN][ISSUE_RELIEF] = 1.0
    demand(calm, 0.25)
    return calm


@pytest.mark.parametrize(
    ("rank", "relief", "full"),
    [
        (LEADERS, -0.1, True),  # one more level of each is worth more than the cuts cost
        (LEADERS, -1.1, False),  # it is still worth something, but less than one level of each
        (LEADERS, -2.0, False),  # the cuts cost more than all it brings
        (MINISTERS, -0.1, False),
    ],
)
def test_leaders_weigh_everything_against_less(
    grand: State, params: Params, rank: int, relief: float, full: bool
) -> None:
    """Ministers never table a comprehensive deal; leaders if it is worth more to them."""
    # Fails if the larger deal always wins, or ministers compose it.
    params.issue_weight[US][ISSUE_RELIEF] = relief

    apply_proposal(grand, params, US, rank)

    assert grand.table_full is full
    assert is_comprehensive(grand, params) is full
    assert grand.units[CLAUSE_MINERALS] == (2.0 if full else 1.0)


def test_a_bundle_is_worth_what_is_beyond_the_reserve(calm: State, params: Params) -> None:
    """Gains and prestige, less the proposer's own reservation value."""
    # Fails if a part is left out, or the other's reserve is taken.
    lay(calm, CLAUSE_APP, 1.0, 0.0)
    calm.offer[CLAUSE_APP], calm.reserve, calm.table_rank = 1.0, [0.25, 9.0], LEADERS
    params.landmark_bonus, params.landmark_share[CLAUSE_APP] = [2.0, 0.0], 0.5

    assert value_to(calm, params, US) == 1.75
