"""Worth of clauses and bundles: prices, issues, load, promises, security, mood, prestige."""

from __future__ import annotations

import math

import pytest

from sim.model.bargain import worth
from sim.model.bargain.worth import (
    apply_answer_seen,
    aspiration,
    believed_demand,
    believed_gain,
    bundle_gain,
    clause_gain,
    closeness,
    is_structure,
    landmark_appetite,
    landmark_gain,
    mood_gain,
    needs_proof,
    priced_gain,
)
from sim.model.information.beliefs import weight_of
from sim.model.tables.codes import (
    AGREEMENT_PAUSE,
    CLAUSE_APP,
    CLAUSE_CATCH_UP,
    CLAUSE_FENTANYL_CUT,
    CLAUSE_INBOUND,
    CLAUSE_LICENCE,
    CLAUSE_MINORITY_STAKE,
    CLAUSE_PAUSE,
    CLAUSE_PRECURSORS,
    CLAUSE_PROLONG,
    CLAUSE_SOYBEANS,
    CLAUSE_TECH,
    CLAUSE_WHOLLY_OWNED,
    CN,
    CONGRESS,
    ISSUE_INVESTMENT,
    ISSUE_PURCHASES,
    ISSUE_RELIEF,
    ISSUE_TECH,
    ISSUE_TIKTOK,
    LANDMARK,
    LEADERS,
    MINISTERS,
    N_CLAUSES,
    PRICE_TECH,
    SECURITY,
    TECH,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import CLAUSE_ISSUE
from tests.unit.model.records import TODAY


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters under which only what a test sets is worth anything."""
    params.prohibitive_pp, params.horizon_days, params.concession_days = 50.0, 365, 30.0
    params.clause_settles = [1.0] * N_CLAUSES
    return params


@pytest.fixture
def table(state: State) -> State:
    """Returns a table with one unit of everything, between sides that trust each other by half."""
    state.units = [1.0] * N_CLAUSES
    state.trust_kept = state.trust_broken = [1.0, 1.0]
    state.trust_broken = [1.0, 1.0]
    state.tension = 0.0
    return state


# ---------------------------------------------------------------------------- what all can know


def public_gain(state: State, params: Params, side: int, clause: int) -> float:
    """Returns what is public of a side's gain, at its own weight of the issue."""
    weight = weight_of(state, params, side, CLAUSE_ISSUE[clause])
    return worth.public_gain(state, params, side, clause, weight)


def test_a_price_counts_over_the_horizon(table: State, params: Params) -> None:
    """Two levels at 8 billion a year, over a quarter of a year, at a tenth of utility a billion."""
    # Fails if the horizon, the units or a side's own rate is left out.
    params.horizon_days, params.utility_per_usd_bn = 73, [9.0, 0.1]
    table.control[US][TECH], table.table_full = 2, True
    table.price_usd_bn[CN][PRICE_TECH] = 8.0

    # 73 days are a fifth of a year.
    assert priced_gain(table, params, CN, CLAUSE_TECH) == pytest.approx(0.1 * 16.0 / 5.0)


def test_an_issue_counts_by_the_share_a_unit_settles(table: State, params: Params) -> None:
    """Two levels of 0.4 each of an issue that is worth 3 to China."""
    # Fails if units, share or the side is left out.
    params.issue_weight[US][ISSUE_TECH], params.issue_weight[CN][ISSUE_TECH] = -9.0, 3.0
    params.clause_settles[CLAUSE_TECH], table.units[CLAUSE_TECH] = 0.4, 2.0

    assert public_gain(table, params, CN, CLAUSE_TECH) == pytest.approx(2.4)
    assert public_gain(table, params, CN, CLAUSE_APP) == 0.0


@pytest.mark.parametrize(
    ("side", "weight", "action", "expected"),
    [(US, -4.0, False, -4.0), (US, -4.0, True, -2.0), (US, 4.0, True, 4.0), (CN, -4.0, True, -4.0)],
)
def test_the_fentanyl_duty_is_worth_less_to_keep_after_a_crackdown(
    table: State, params: Params, side: int, weight: float, action: bool, expected: float
) -> None:
    """Half of what the US loses by the cut is gone once China acts (C9); China's worth of it does
    not change."""
    # Fails if the discount is left out, is China's, or takes from a gain.
    params.action_discount = 0.5
    params.issue_weight[side][ISSUE_RELIEF] = weight
    table.precursor_action = action

    assert public_gain(table, params, side, CLAUSE_FENTANYL_CUT) == expected


def test_a_settled_issue_has_no_more_to_give(table: State, params: Params) -> None:
    """A clause settles at most what is open of its issue."""
    # Fails if what is settled counts twice.
    params.issue_weight[CN][ISSUE_TECH] = 4.0
    table.issue_settled[ISSUE_TECH] = 0.75

    assert public_gain(table, params, CN, CLAUSE_TECH) == 1.0


def test_every_clause_takes_work(table: State, params: Params) -> None:
    """The cost of preparing it is the same for both."""
    # Fails if the cost is left out or one side's.
    params.clause_cost = 0.25

    assert public_gain(table, params, US, CLAUSE_APP) == -0.25
    assert public_gain(table, params, CN, CLAUSE_APP) == -0.25


@pytest.mark.parametrize(
    ("clause", "guard"), [(CLAUSE_TECH, US), (CLAUSE_WHOLLY_OWNED, US), (CLAUSE_CATCH_UP, None)]
)
def test_load_weighs_on_the_side_whose_groups_mind(
    table: State, params: Params, clause: int, guard: int | None
) -> None:
    """Washington bears the load of what it gives and of the investment it admits; nobody that of
    a clause without a guard."""
    # Fails if the giver bears it, or both do.
    params.headline_cost = [2.0, 4.0]
    params.political_load[clause] = 0.5

    for side in (US, CN):
        expected = -0.5 * params.headline_cost[side] if side == guard else 0.0
        assert public_gain(table, params, side, clause) == expected


def test_a_pause_is_worth_the_tension_it_takes_away(table: State, params: Params) -> None:
    """A quarter of a tension of 0.5, at 4 utility for all of it; other clauses take none."""
    # Fails if the share or the tension is left out, or every clause counts it.
    params.gain_tension, params.relief_per_truce, table.tension = 4.0, 0.25, 0.5

    assert public_gain(table, params, CN, CLAUSE_PAUSE) == 0.5
    assert public_gain(table, params, CN, CLAUSE_APP) == 0.0


def test_an_investment_counts_by_its_odds_of_approval(table: State, params: Params) -> None:
    """A structure that three reviews in four let pass is worth three quarters; its load at home
    comes whatever the review says."""
    # Fails if the odds are left out, apply to other clauses, or take from the load.
    params.approval_failure, params.congress_hostility = 0.5, 1.0
    params.influence_base[US][CONGRESS] = table.influence[US][CONGRESS] = 0.1
    params.security_content = [0.5] * N_CLAUSES
    params.issue_weight[US][ISSUE_INVESTMENT] = 4.0
    params.issue_weight[US][ISSUE_TIKTOK] = 4.0
    params.headline_cost, params.political_load[CLAUSE_WHOLLY_OWNED] = [1.0, 9.0], 1.0

    assert public_gain(table, params, US, CLAUSE_WHOLLY_OWNED) == pytest.approx(3.0 - 1.0)
    assert public_gain(table, params, US, CLAUSE_LICENCE) == pytest.approx(3.0)
    assert public_gain(table, params, US, CLAUSE_APP) == 4.0
    assert [c for c in range(N_CLAUSES) if is_structure(c)] == [
        CLAUSE_WHOLLY_OWNED, CLAUSE_MINORITY_STAKE, CLAUSE_LICENCE,
    ]  # fmt: skip


def test_a_duty_to_hire_pays_washington_and_costs_beijing(table: State, params: Params) -> None:
    """In proportion to what of the offer is let in, and only if the table has it."""
    # Fails if a sign is turned, the share is left out, or another clause carries it.
    params.hiring_gain, params.hiring_cost = 0.5, 0.25
    table.units[CLAUSE_LICENCE] = 0.5
    assert public_gain(table, params, US, CLAUSE_LICENCE) == 0.0
    table.table_hiring = True

    assert public_gain(table, params, US, CLAUSE_LICENCE) == 0.25
    assert public_gain(table, params, CN, CLAUSE_LICENCE) == -0.125
    assert public_gain(table, params, US, CLAUSE_APP) == 0.0


# -------------------------------------------------------------------------- what is a side's own


@pytest.mark.parametrize(
    ("kept", "share", "weight", "expected"),
    [
        (3.0, 1.0, 2.0, 2.0 * 2.0),  # trust 0.75 is a quarter above neutral, times 4
        (3.0, 0.5, 2.0, 2.0 * 1.5),
        (1.0, 1.0, 2.0, 2.0),
        (0.0, 1.0, 2.0, 0.0),
        (0.0, 1.0, -2.0, -2.0),
        (3.0, 1.0, -2.0, -2.0),
    ],
)
def test_trust_scales_what_is_gained_by_promises_only(
    table: State, params: Params, kept: float, share: float, weight: float, expected: float
) -> None:
    """Even odds change nothing; distrust can take all of a gain, and never makes a loss lighter
    or heavier."""
    # Fails if losses are scaled, trust is not centred, or a gain turns into a loss.
    params.gain_trust, params.promise_share[CLAUSE_TECH] = 4.0, share
    params.issue_weight[CN][ISSUE_TECH] = weight
    table.trust_kept, table.trust_broken = [7.0, kept], [7.0, 1.0]

    assert clause_gain(table, params, CN, CLAUSE_TECH) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("share", "kept", "expected"), [(1.0, 0.5, True), (1.0, 1.0, False), (0.9, 0.5, False)]
)
def test_promises_need_proof_below_a_trust(
    table: State, params: Params, share: float, kept: float, expected: bool
) -> None:
    """Only what rests wholly on promises, and only while Washington's trust is low (E4)."""
    # Fails if China's trust is read, or a part of a promise needs proof.
    params.verify_below_trust, params.promise_share[CLAUSE_SOYBEANS] = 0.4, share
    table.trust_kept, table.trust_broken = [kept, 0.0], [1.0, 1.0]

    assert needs_proof(table, params, CLAUSE_SOYBEANS) is expected


def test_what_is_verified_need_not_be_believed(table: State, params: Params) -> None:
    """Without proof distrust would take half of Washington's gain; with it the gain is whole, and
    what China gives costs it the verification too."""
    # Fails if proof does not make up for trust, costs the US, or costs nothing.
    params.gain_trust, params.verification_cost = 2.0, 0.125
    params.promise_share[CLAUSE_SOYBEANS] = 1.0
    params.issue_weight[US][ISSUE_PURCHASES], params.issue_weight[CN][ISSUE_PURCHASES] = 2.0, -1.0
    table.trust_kept, table.trust_broken = [1.0, 1.0], [3.0, 1.0]
    assert clause_gain(table, params, US, CLAUSE_SOYBEANS) == 1.0
    assert clause_gain(table, params, CN, CLAUSE_SOYBEANS) == -1.0
    params.verify_below_trust = 0.4

    assert clause_gain(table, params, US, CLAUSE_SOYBEANS) == 2.0
    assert clause_gain(table, params, CN, CLAUSE_SOYBEANS) == -1.125
    # What China gains by its own promises is not made whole by proof to Washington.
    params.issue_weight[CN][ISSUE_PURCHASES], table.trust_kept[CN] = 1.0, 1.0 / 3.0
    assert clause_gain(table, params, CN, CLAUSE_SOYBEANS) == pytest.approx(0.5 - 0.125)


def test_the_security_camp_objects_to_what_it_guards(table: State, params: Params) -> None:
    """What factions add to the weight of security counts by a clause's content, whether it is a
    gain or not; the other side does not know (A6)."""
    # Fails if the usual weight is not taken off, content is left out, or the belief knows it.
    params.security_content[CLAUSE_INBOUND] = 0.5
    params.weight[US][SECURITY], table.weight[US][SECURITY] = 1.0, 1.5

    assert clause_gain(table, params, US, CLAUSE_INBOUND) == -0.25
    assert clause_gain(table, params, US, CLAUSE_APP) == 0.0
    assert believed_gain(table, params, CN, CLAUSE_INBOUND) == 0.0


def test_a_belief_holds_what_is_public_of_the_other(table: State, params: Params) -> None:
    """China's price and issue, not its trust, as Washington sees it."""
    # Fails if the proposer's own gain is taken, or trust counts.
    params.gain_trust, params.promise_share[CLAUSE_TECH] = 2.0, 1.0
    params.issue_weight[US][ISSUE_TECH], params.issue_weight[CN][ISSUE_TECH] = -5.0, 3.0
    table.trust_kept, table.belief_asks = [1.0, 0.0], [0.0, 0.0]

    assert believed_gain(table, params, US, CLAUSE_TECH) == 3.0
    assert believed_gain(table, params, CN, CLAUSE_TECH) == -5.0


@pytest.mark.parametrize(("doubt", "expected"), [(0.0, 3.0), (0.5, 2.0), (1.0, 1.0)])
def test_in_doubt_all_issues_seem_to_matter_alike(
    table: State, params: Params, doubt: float, expected: float
) -> None:
    """Between the weight China has, 3, and its usual one, 1, by what Washington does not know."""
    # Fails if the doubt is the other side's, or is turned round.
    params.issue_weight[CN][ISSUE_TECH] = 3.0
    table.usual_weight, table.belief_asks = [9.0, 1.0], [doubt, 0.25]

    assert believed_gain(table, params, US, CLAUSE_TECH) == expected


def test_prolonging_is_worth_more_the_nearer_the_end(table: State, params: Params) -> None:
    """All of it on the last day, half at the days of concession; it needs no preparation."""
    # Fails if closeness is left out of either view, or the price of a clause is taken.
    params.expiry_default, params.strain_full_measures, params.clause_cost = 1.0, 4.0, 9.0
    table.agreement, table.truce_ends_on = AGREEMENT_PAUSE, TODAY + 30

    assert clause_gain(table, params, US, CLAUSE_PROLONG) == 0.5
    assert believed_gain(table, params, US, CLAUSE_PROLONG) == 0.5
    table.truce_ends_on = TODAY
    assert clause_gain(table, params, CN, CLAUSE_PROLONG) == 1.0


# ------------------------------------------------------------------------------------- bundles


def test_pressure_speaks_for_a_bundle_and_tension_against(table: State, params: Params) -> None:
    """A side's own pressure; tension is common (G6)."""
    # Fails if a sign is turned or the other side's pressure is read.
    params.gain_pressure, params.gain_tension = 2.0, 4.0
    table.pressure, table.tension = [9.0, 0.5], 0.125

    assert mood_gain(table, params, CN) == 0.5


def test_a_bundle_is_worth_the_parts_it_holds(table: State, params: Params) -> None:
    """All of one clause, a quarter of another, none of a third, and the mood once."""
    # Fails if shares are not counted, units are counted twice, or the mood is left out.
    params.gain_pressure, table.pressure = 1.0, [0.0, 0.5]
    table.gain[CN] = [8.0] * N_CLAUSES
    table.gain[CN][CLAUSE_TECH] = -4.0
    table.units[CLAUSE_TECH] = 3.0
    table.offer[CLAUSE_APP], table.offer[CLAUSE_TECH] = 1.0, 0.25

    assert bundle_gain(table, params, CN) == 0.5 + 8.0 - 1.0


@pytest.mark.parametrize(("rank", "expected"), [(LEADERS, 2.5), (MINISTERS, 0.0)])
def test_only_leaders_have_an_appetite_for_landmarks(
    table: State, params: Params, rank: int, expected: float
) -> None:
    """A side's bonus and what its factions add to it."""
    # Fails if ministers have one, or the shift of factions is left out.
    params.landmark_bonus = [9.0, 2.0]
    params.weight[CN][LANDMARK], table.weight[CN][LANDMARK] = 1.0, 1.5
    table.table_rank = rank

    assert landmark_appetite(table, params, CN) == expected


def test_a_bundle_is_one_landmark_at_most(table: State, params: Params) -> None:
    """Shares add up to one; what is not in the bundle adds nothing."""
    # Fails if there is no most, or all clauses count.
    params.landmark_bonus, table.table_rank = [2.0, 0.0], LEADERS
    params.landmark_share = [0.375] * N_CLAUSES

    found = []
    for clause in (CLAUSE_APP, CLAUSE_TECH, CLAUSE_PRECURSORS):
        table.offer[clause] = 1.0
        found.append(landmark_gain(table, params, US))
    assert found == [0.75, 1.5, 2.0]


# ---------------------------------------------------------------------------------- concessions


@pytest.mark.parametrize(("left", "expected"), [(0, 1.0), (10, 0.75), (30, 0.5), (90, 0.25)])
def test_closeness_falls_with_the_days_left(
    table: State, params: Params, left: int, expected: float
) -> None:
    """One on the day of a deadline, half at the days of concession."""
    # Fails if the horizon or the days are left out.
    table.threat_open, table.threat_deadline = True, TODAY + left

    assert closeness(table, params) == expected


@pytest.mark.parametrize(("left", "expected"), [(0, 0.0), (10, 1.0), (30, 2.0)])
def test_demands_shrink_towards_a_deadline(
    table: State, params: Params, left: int, expected: float
) -> None:
    """A side's own demand, whole far away, nothing on the day."""
    # Fails if the sign is turned, or the demand is the other side's.
    params.aspiration = [9.0, 4.0]
    table.threat_open, table.threat_deadline = True, TODAY + left

    assert aspiration(table, params, CN) == expected


def test_in_doubt_a_proposer_offers_more(table: State, params: Params) -> None:
    """Half a standard deviation of 2 above a floor of 3, and half of Washington's usual demand at
    thirty days' pace."""
    # Fails if variance is taken for spread, the margin is left out, a deadline does not count, or
    # the demand is the proposer's own.
    params.belief_margin, params.aspiration = 0.5, [2.0, 9.0]
    table.belief_mean, table.belief_var = [9.0, 3.0], [9.0, 4.0]
    table.threat_open, table.threat_deadline = True, TODAY + 30

    assert believed_demand(table, params, CN) == pytest.approx(4.0 + 2.0 * 0.5)


@pytest.mark.parametrize(("accepted", "higher"), [(False, True), (True, False)])
def test_an_answer_tells_of_the_floor(
    table: State, params: Params, accepted: bool, higher: bool
) -> None:
    """A bundle worth 3 to China beyond the 1 it demands, turned down, puts its floor above 2."""
    # Fails if the answer is turned round, the demand is left out, or the other's belief moves.
    params.noise, params.aspiration = [0.0, 0.0], [0.0, 1.0]
    params.issue_weight[CN][ISSUE_TECH], table.offer[CLAUSE_TECH] = 3.0, 1.0
    table.belief_asks, table.belief_mean, table.belief_var = [0.0, 0.0], [2.0, 5.0], [1.0, 1.0]
    params.horizon_days, params.concession_days = 10**9, 1.0

    apply_answer_seen(table, params, US, accepted)

    # At the middle of a normal belief the mean moves by the root of 2 / pi.
    moved = math.sqrt(2.0 / math.pi)
    assert table.belief_mean[US] == pytest.approx(2.0 + (moved if higher else -moved), abs=1e-6)
    assert table.belief_var[US] == pytest.approx(1.0 - 2.0 / math.pi, abs=1e-6)
    assert table.belief_mean[CN] == 5.0


def test_no_deadline_counts_beyond_the_horizon(table: State, params: Params) -> None:
    """Without one the days left are those of the horizon."""
    # Fails if there is no most to the days.
    params.horizon_days = 90

    assert closeness(table, params) == 0.25
