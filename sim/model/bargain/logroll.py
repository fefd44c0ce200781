"""Bundles by logrolling: issues are traded that the two sides weigh differently (Raiffa 1982).

The proposer wants the bundle worth most to itself among those it believes meet the other side's
demand. It starts from everything it likes, and then gives what costs it least per unit of what the
other gains by it: it drops wishes, or adds concessions. Then it exchanges single steps for cheaper
ones, and does all this again without each of its steps in turn. With values that add up, this comes
close to the best bundle, which `tests/statistical/test_logrolling.py` finds exactly.
"""

from __future__ import annotations

from sim.economy.arithmetic import safe_div
from sim.economy.constants import UNIT
from sim.model.bargain.clauses import DIVISIBLE
from sim.model.bargain.investment import apply_structure
from sim.model.bargain.table import is_forbidden, units_on_table
from sim.model.bargain.worth import (
    believed_demand,
    believed_gain,
    bundle_gain,
    clause_gain,
    landmark_appetite,
    landmark_gain,
    mood_gain,
)
from sim.model.tables.codes import (
    CLAUSE_CN_CUT,
    CLAUSE_CN_LISTS,
    CLAUSE_FENTANYL_CUT,
    CLAUSE_PRECURSORS,
    CLAUSE_RECIPROCAL_CUT,
    CN,
    ISSUE_INVESTMENT,
    ISSUE_OVERCAPACITY,
    ISSUE_TAIWAN,
    LEADERS,
    N_CLAUSES,
    N_ISSUES,
    N_SIDES,
    PACKAGE_COMPREHENSIVE,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import CLAUSE_ISSUE

NO_STEP = -1


def apply_table(
    state: State, params: Params, side: int, rank: int, full: bool, forced: bool
) -> None:
    """Lays out what can be bargained for: units, true gains, and what `side` believes of the
    other's.

    Args:
        state: The state.
        params: The parameters.
        side: The proposer.
        rank: Rank of those at the table.
        full: Whether all levels and points are to be had, as in a comprehensive deal.
        forced: Whether a scenario forces the bundle, whatever is on the table.
    """
    state.table_rank = rank
    state.table_full = full
    if forced or state.issue_on[ISSUE_INVESTMENT]:
        apply_structure(state, params)
    for clause in range(N_CLAUSES):
        units = units_on_table(state, params, clause, forced)
        state.units[clause] = units
        state.offer[clause] = 0.0
        if units > 0.0:
            for each in (US, CN):
                state.gain[each][clause] = clause_gain(state, params, each, clause)
            state.believed[clause] = believed_gain(state, params, side, clause)


def first_proposer(state: State, rank: int) -> int:
    """Returns the side that tables the first text: ministers take turns from round to round, and
    when leaders meet it is Washington (E231)."""
    if rank == LEADERS or state.rounds % N_SIDES == 0:
        return US
    return CN


def apply_proposal(state: State, params: Params, side: int, rank: int) -> None:
    """Composes the bundle that `side` proposes, in `state.offer`.

    Leaders weigh a comprehensive deal, which ends every added duty and touches most issues, against
    a bundle of less.
    """
    comprehensive = 0.0
    if rank == LEADERS:
        apply_table(state, params, side, rank, True, False)
        apply_aim(state, params, side, 1.0)
        meets = apply_bundle_search(state, params, side)
        if meets and is_comprehensive(state, params):
            comprehensive = value_to(state, params, side)
    apply_table(state, params, side, rank, False, False)
    apply_aim(state, params, side, 1.0)
    apply_bundle_search(state, params, side)
    if value_to(state, params, side) < 0.0:
        # What the other demands would cost the proposer more than it gains: it tries with less.
        apply_aim(state, params, side, 0.0)
        apply_bundle_search(state, params, side)
    if comprehensive > max(0.0, value_to(state, params, side)):
        apply_table(state, params, side, rank, True, False)
        apply_aim(state, params, side, 1.0)
        apply_bundle_search(state, params, side)
    apply_tie(state)


def apply_tie(state: State) -> None:
    """Ties a cut of the fentanyl duty to action on precursors, for which it was laid (F3): without
    the one there is not the other."""
    if state.precursor_action or state.offer[CLAUSE_FENTANYL_CUT] == 0.0:
        return
    if state.units[CLAUSE_PRECURSORS] > 0.0:
        state.offer[CLAUSE_PRECURSORS] = 1.0
    else:
        state.offer[CLAUSE_FENTANYL_CUT] = 0.0


def apply_aim(state: State, params: Params, side: int, share: float) -> None:
    """Sets the gain from clauses that `side` means to leave to the other: a share of what it
    believes the other demands, the mood apart."""
    demand = share * believed_demand(state, params, side)
    state.table_demand = demand - mood_gain(state, params, 1 - side)


def value_to(state: State, params: Params, side: int) -> float:
    """Returns what the bundle on the table is worth to a side beyond its reserve, prestige
    included."""
    return (
        bundle_gain(state, params, side) + landmark_gain(state, params, side) - state.reserve[side]
    )


def is_comprehensive(state: State, params: Params) -> bool:
    """Returns whether the bundle is composed as a comprehensive deal and addresses enough of the
    issues on which something is to be had; those that never settle do not count (F7)."""
    if not state.table_full or is_forbidden(state, PACKAGE_COMPREHENSIVE):
        return False
    open_issues = 0
    met = 0
    for issue in range(N_ISSUES):
        to_be_had = False
        had = False
        for clause in range(N_CLAUSES):
            if CLAUSE_ISSUE[clause] == issue and state.units[clause] > 0.0:
                to_be_had = True
                had = had or state.offer[clause] > 0.0
        if to_be_had and issue != ISSUE_OVERCAPACITY and issue != ISSUE_TAIWAN:
            open_issues += 1
            met += 1 if had else 0
    return open_issues > 0 and met >= params.comprehensive_share * open_issues


def must_hold(state: State, clause: int) -> bool:
    """Returns whether the bundle must hold a clause: a comprehensive deal ends every added duty."""
    if not state.table_full:
        return False
    us_cut = clause == CLAUSE_RECIPROCAL_CUT or clause == CLAUSE_FENTANYL_CUT
    return us_cut or clause == CLAUSE_CN_CUT or clause == CLAUSE_CN_LISTS


def own_value(state: State, params: Params, side: int, clause: int) -> float:
    """Returns what a clause is worth to the proposer, its prestige included."""
    prestige = landmark_appetite(state, params, side) * params.landmark_share[clause]
    return state.gain[side][clause] + prestige


def apply_bundle_search(state: State, params: Params, side: int) -> bool:
    """Composes the bundle worth most to `side` that it believes the other accepts.

    Returns whether it believes so of the bundle found.
    """
    barred = NO_STEP
    for clause in range(N_CLAUSES):
        state.step_weighed[clause] = False
    highest = apply_search(state, params, side, NO_STEP)
    if believed_total(state) >= state.table_demand:
        for clause in range(N_CLAUSES):
            # To bar a step that the search never came to would change nothing.
            if state.step_weighed[clause]:
                worth = apply_search(state, params, side, clause)
                meets = believed_total(state) >= state.table_demand
                if meets and worth > highest:
                    barred = clause
                    highest = worth
        apply_search(state, params, side, barred)
    return believed_total(state) >= state.table_demand


def apply_search(state: State, params: Params, side: int, barred: int) -> float:
    """Composes a good bundle without a step that is barred, except in exchange; returns what it is
    worth to the proposer."""
    # Once without a stop, to find after how many steps a single last step ends the search at the
    # lowest cost; then again with that stop.
    stop = apply_steps(state, params, side, NO_STEP, barred)
    if stop != NO_STEP:
        apply_steps(state, params, side, stop, barred)
    apply_second_thoughts(state, params, side)
    worth = 0.0
    for clause in range(N_CLAUSES):
        if state.offer[clause] > 0.0:
            worth += state.offer[clause] * own_value(state, params, side, clause)
    return worth


def believed_total(state: State) -> float:
    """Returns the other side's gain from the bundle as the proposer sees it, the mood apart."""
    total = 0.0
    for clause in range(N_CLAUSES):
        if state.offer[clause] > 0.0:
            total += state.offer[clause] * state.believed[clause]
    return total


def apply_steps(state: State, params: Params, side: int, stop: int, barred: int) -> int:
    """Gives away, step by step, what costs the proposer least for what the other gains by it.

    Args:
        state: The state; `offer` is rewritten.
        params: The parameters.
        side: The proposer.
        stop: Number of steps after which the cheapest single step that meets the demand follows;
            NO_STEP for as many steps as it takes.
        barred: Clause with which no step is made; NO_STEP if there is none.

    Returns:
        The number of steps after which such a last step makes the whole cheapest; NO_STEP if the
        demand cannot be met.
    """
    for clause in range(N_CLAUSES):
        liked = own_value(state, params, side, clause) > 0.0 or must_hold(state, clause)
        state.offer[clause] = 1.0 if state.units[clause] > 0.0 and liked else 0.0
    demand = state.table_demand
    total = believed_total(state)
    spent = 0.0
    best_stop = NO_STEP
    best_cost = 0.0
    for step in range(N_CLAUSES + 1):
        short = demand - total
        if short <= 0.0:
            return best_stop
        last = cheapest_last_step(state, params, side, short, barred)
        if last != NO_STEP:
            apply_weighing(state, last, barred)
            cost = spent + step_cost(state, params, side, last, short)
            if best_stop == NO_STEP or cost < best_cost:
                best_stop = step
                best_cost = cost
            if step == stop:
                apply_step(state, last, part_needed(state, last, short))
                return best_stop
        chosen = best_ratio_step(state, params, side, barred)
        if chosen == NO_STEP:
            return best_stop
        apply_weighing(state, chosen, barred)
        spent += step_cost(state, params, side, chosen, step_gain(state, chosen))
        total += step_gain(state, chosen)
        apply_step(state, chosen, 1.0)
    return best_stop


def apply_weighing(state: State, clause: int, barred: int) -> None:
    """Records the steps to which the search without a ban comes."""
    if barred == NO_STEP:
        state.step_weighed[clause] = True


def step_gain(state: State, clause: int) -> float:
    """Returns what the other gains, as the proposer believes, if a clause goes in or out whole.

    A step that brings it nothing is none: 0.
    """
    gain = state.believed[clause] if state.offer[clause] == 0.0 else -state.believed[clause]
    # A comparison is twice as fast as max, and this is asked most often of all.
    return gain if gain > 0.0 else 0.0  # noqa: FURB136 - as said above


def can_step(state: State, params: Params, side: int, clause: int) -> bool:
    """Returns whether a step is left with a clause: a wish to drop or a concession to add, which
    brings the other something."""
    if state.units[clause] <= 0.0 or step_gain(state, clause) <= 0.0:
        return False
    liked = own_value(state, params, side, clause) > 0.0 or must_hold(state, clause)
    if liked:
        return state.offer[clause] == 1.0 and not must_hold(state, clause)
    return state.offer[clause] == 0.0


def part_needed(state: State, clause: int, short: float) -> float:
    """Returns the part of a step that makes up a shortfall: all of it, unless the clause divides,
    and then in whole points."""
    gain = step_gain(state, clause)
    if not DIVISIBLE[clause] or gain <= short:
        return 1.0
    points = state.units[clause] * UNIT
    exact = safe_div(short, gain) * points
    needed = int(exact)
    if needed < exact:
        needed += 1
    return min(1.0, safe_div(1.0 * needed, points))


def step_cost(state: State, params: Params, side: int, clause: int, short: float) -> float:
    """Returns what a step costs the proposer, with only the part needed of a divisible clause."""
    value = own_value(state, params, side, clause)
    cost = value if state.offer[clause] > 0.0 else -value
    return cost * part_needed(state, clause, short)


def apply_step(state: State, clause: int, part: float) -> None:
    """Drops a part of a wish, or adds a part of a concession."""
    if state.offer[clause] > 0.0:
        state.offer[clause] = 1.0 - part
    else:
        state.offer[clause] = part


def cheapest_last_step(state: State, params: Params, side: int, short: float, barred: int) -> int:
    """Returns the step that makes up a shortfall alone at the lowest cost; NO_STEP if none does."""
    best = NO_STEP
    lowest = 0.0
    for clause in range(N_CLAUSES):
        # What is not to be had comes first: most clauses are not.
        if state.units[clause] <= 0.0 or clause == barred or step_gain(state, clause) < short:
            continue
        if can_step(state, params, side, clause):
            cost = step_cost(state, params, side, clause, short)
            if best == NO_STEP or cost < lowest:
                best = clause
                lowest = cost
    return best


def best_ratio_step(state: State, params: Params, side: int, barred: int) -> int:
    """Returns the step that costs the proposer least per unit of the other's gain; NO_STEP if none
    is left."""
    best = NO_STEP
    lowest = 0.0
    for clause in range(N_CLAUSES):
        if state.units[clause] <= 0.0 or clause == barred:
            continue
        if can_step(state, params, side, clause):
            gain = step_gain(state, clause)
            ratio = step_cost(state, params, side, clause, gain) / gain
            if best == NO_STEP or ratio < lowest:
                best = clause
                lowest = ratio
    return best


def apply_second_thoughts(state: State, params: Params, side: int) -> None:
    """Takes back, one by one, the steps that save most: those that are not needed, and those for
    which a cheaper one can stand in."""
    demand = state.table_demand
    for _ in range(N_CLAUSES):
        spare = believed_total(state) - demand
        best = NO_STEP
        highest = 0.0
        for clause in range(N_CLAUSES):
            if step_made(state, params, side, clause) > 0.0:
                saved = saving(state, params, side, clause, spare)
                if saved > highest:
                    best = clause
                    highest = saved
        if best == NO_STEP or spare < 0.0:
            return
        apply_exchange(state, params, side, best, spare)


def step_made(state: State, params: Params, side: int, clause: int) -> float:
    """Returns the part of a step that has been made with a clause; 0 if none."""
    if state.units[clause] <= 0.0 or must_hold(state, clause):
        return 0.0
    if own_value(state, params, side, clause) > 0.0:
        return 1.0 - state.offer[clause]
    return state.offer[clause]


def part_spared(state: State, clause: int, made: float, spare: float) -> float:
    """Returns the part of a step that can be taken back without a shortfall: all or nothing, unless
    the clause divides, and then in whole points."""
    gain = abs(state.believed[clause])
    if gain * made <= spare:
        return made
    if not DIVISIBLE[clause]:
        return 0.0
    points = state.units[clause] * UNIT
    return min(made, safe_div(1.0 * int(safe_div(spare, gain) * points), points))


def saving(state: State, params: Params, side: int, clause: int, spare: float) -> float:
    """Returns what the proposer saves by taking a step back, as far as there is gain to spare or a
    single other step makes up for it."""
    made = step_made(state, params, side, clause)
    cost = abs(own_value(state, params, side, clause))
    saved = cost * part_spared(state, clause, made, spare)
    short = made * abs(state.believed[clause]) - spare
    other = cheapest_last_step(state, params, side, short, clause) if short > 0.0 else NO_STEP
    if other != NO_STEP:
        return max(saved, cost * made - step_cost(state, params, side, other, short))
    return saved


def apply_exchange(state: State, params: Params, side: int, clause: int, spare: float) -> None:
    """Takes a step back in the way that saves most (see `saving`)."""
    made = step_made(state, params, side, clause)
    cost = abs(own_value(state, params, side, clause))
    part = part_spared(state, clause, made, spare)
    short = made * abs(state.believed[clause]) - spare
    other = cheapest_last_step(state, params, side, short, clause) if short > 0.0 else NO_STEP
    if other != NO_STEP:
        rest = cost * made - step_cost(state, params, side, other, short)
        if rest > cost * part:
            apply_step(state, other, part_needed(state, other, short))
            part = made
    if own_value(state, params, side, clause) > 0.0:
        state.offer[clause] = min(1.0, state.offer[clause] + part)
    else:
        state.offer[clause] = max(0.0, state.offer[clause] - part)
