"""The search of a bundle: the one worth most to the proposer that it believes the other accepts.

The proposer starts from everything it likes, and then gives what costs it least per unit of what
the other gains by it: it drops wishes, or adds concessions. Then it exchanges single steps for
cheaper ones, and does all this again without each of its steps in turn. With values that add up,
this comes close to the best bundle, which `tests/statistical/test_logrolling.py` finds exactly.

A step is the same whatever else is in the bundle, so that `apply_layout` works out once what each
brings and costs.
"""

from __future__ import annotations

from sim.economy.arithmetic import safe_div
from sim.economy.constants import UNIT
from sim.model.bargain.clauses import DIVISIBLE
from sim.model.bargain.worth import landmark_appetite
from sim.model.tables.codes import (
    CLAUSE_CN_CUT,
    CLAUSE_CN_LISTS,
    CLAUSE_FENTANYL_CUT,
    CLAUSE_RECIPROCAL_CUT,
    N_CLAUSES,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State

NO_STEP = -1


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
    apply_layout(state, params, side)
    highest = apply_search(state, NO_STEP)
    if believed_total(state) < state.table_demand:
        return False
    apply_best_offer(state)
    for each in range(state.steps):
        clause = state.step_clause[each]
        # To bar a step that the search never came to would change nothing.
        if state.step_weighed[clause]:
            worth = apply_search(state, clause)
            if worth > highest and believed_total(state) >= state.table_demand:
                highest = worth
                apply_best_offer(state)
    for each in range(state.tabled):
        clause = state.tabled_clause[each]
        state.offer[clause] = state.best_offer[clause]
    return True


def apply_layout(state: State, params: Params, side: int) -> None:
    """Lists the clauses that are to be had, and the steps among them: a wish to drop or a
    concession to add, which brings the other something."""
    state.tabled = 0
    state.steps = 0
    for clause in range(N_CLAUSES):
        if state.units[clause] > 0.0:
            state.tabled_clause[state.tabled] = clause
            state.tabled += 1
            value = own_value(state, params, side, clause)
            held = must_hold(state, clause)
            wish = value > 0.0 or held
            gain = -state.believed[clause] if wish else state.believed[clause]
            state.own_value[clause] = value
            state.is_wish[clause] = wish
            state.step_weighed[clause] = False
            if gain > 0.0 and not held:
                state.step_clause[state.steps] = clause
                state.steps += 1
                state.step_part[clause] = smallest_part(state, params, clause)
                state.step_gain[clause] = gain
                state.step_cost[clause] = value if wish else -value
                apply_rank(state, clause)


def smallest_part(state: State, params: Params, clause: int) -> float:
    """Returns the smallest part of a clause that a bundle may hold: a usual step of duties, or all
    of what does not divide."""
    if not DIVISIBLE[clause]:
        return 1.0
    return min(1.0, safe_div(params.cut_step_pp, state.units[clause] * UNIT))


def apply_rank(state: State, clause: int) -> None:
    """Puts the last step listed in its place among those ranked by what they cost per unit of the
    other's gain; of two alike, the one listed first comes first."""
    ratio = state.step_cost[clause] / state.step_gain[clause]
    place = state.steps - 1
    while place > 0 and ratio < state.ranked_ratio[place - 1]:
        state.ranked_ratio[place] = state.ranked_ratio[place - 1]
        state.ranked_clause[place] = state.ranked_clause[place - 1]
        place -= 1
    state.ranked_ratio[place] = ratio
    state.ranked_clause[place] = clause


def apply_best_offer(state: State) -> None:
    """Keeps the bundle on the table as the best so far."""
    for each in range(state.tabled):
        clause = state.tabled_clause[each]
        state.best_offer[clause] = state.offer[clause]


def apply_search(state: State, barred: int) -> float:
    """Composes a good bundle without a step that is barred, except in exchange; returns what it is
    worth to the proposer."""
    # Once without a stop, to find after how many steps a single last step ends the search at the
    # lowest cost; then again with that stop.
    stop = apply_steps(state, NO_STEP, barred)
    if stop != NO_STEP:
        apply_steps(state, stop, barred)
    apply_second_thoughts(state)
    worth = 0.0
    for each in range(state.tabled):
        clause = state.tabled_clause[each]
        worth += state.offer[clause] * state.own_value[clause]
    return worth


def believed_total(state: State) -> float:
    """Returns the other side's gain from the bundle as the proposer sees it, the mood apart."""
    total = 0.0
    for each in range(state.tabled):
        clause = state.tabled_clause[each]
        total += state.offer[clause] * state.believed[clause]
    return total


def apply_steps(state: State, stop: int, barred: int) -> int:
    """Gives away, step by step, what costs the proposer least for what the other gains by it.

    Args:
        state: The state; `offer` is rewritten.
        stop: Number of steps after which the cheapest single step that meets the demand follows;
            NO_STEP for as many steps as it takes.
        barred: Clause with which no step is made; NO_STEP if there is none.

    Returns:
        The number of steps after which such a last step makes the whole cheapest; NO_STEP if the
        demand cannot be met.
    """
    for each in range(state.tabled):
        clause = state.tabled_clause[each]
        state.offer[clause] = 1.0 if state.is_wish[clause] else 0.0
    demand = state.table_demand
    total = believed_total(state)
    spent = 0.0
    best_stop = NO_STEP
    best_cost = 0.0
    for step in range(state.steps + 1):
        short = demand - total
        if short <= 0.0:
            return best_stop
        last = cheapest_last_step(state, short, barred)
        if last != NO_STEP:
            apply_weighing(state, last, barred)
            cost = spent + part_cost(state, last, short)
            if best_stop == NO_STEP or cost < best_cost:
                best_stop = step
                best_cost = cost
            if step == stop:
                apply_step(state, last, part_needed(state, last, short))
                return best_stop
        chosen = best_ratio_step(state, barred)
        if chosen == NO_STEP:
            return best_stop
        apply_weighing(state, chosen, barred)
        spent += state.step_cost[chosen]
        total += state.step_gain[chosen]
        apply_step(state, chosen, 1.0)
    return best_stop


def apply_weighing(state: State, clause: int, barred: int) -> None:
    """Records the steps to which the search without a ban comes."""
    if barred == NO_STEP:
        state.step_weighed[clause] = True


def is_left(state: State, clause: int) -> bool:
    """Returns whether a step is still to be made, in any part."""
    return state.offer[clause] == (1.0 if state.is_wish[clause] else 0.0)


def steps_up(state: State, clause: int, share: float) -> float:
    """Returns the least part of a clause, in usual steps or all of it, that is no less than a
    share."""
    exact = safe_div(share, state.step_part[clause])
    steps = int(exact)
    if steps < exact:
        steps += 1
    return min(1.0, steps * state.step_part[clause])


def steps_down(state: State, clause: int, share: float) -> float:
    """Returns the largest part of a clause, in usual steps or all of it, that is no more than a
    share."""
    if share >= 1.0:
        return 1.0
    return int(safe_div(share, state.step_part[clause])) * state.step_part[clause]


def part_needed(state: State, clause: int, short: float) -> float:
    """Returns the part of a step that makes up a shortfall: all of it, unless the clause divides;
    what is then in the bundle is whole usual steps."""
    gain = state.step_gain[clause]
    if gain <= short:
        return 1.0
    share = safe_div(short, gain)
    if state.is_wish[clause]:
        return 1.0 - steps_down(state, clause, 1.0 - share)
    return steps_up(state, clause, share)


def part_cost(state: State, clause: int, short: float) -> float:
    """Returns what a step costs the proposer, with only the part needed of a divisible clause."""
    return state.step_cost[clause] * part_needed(state, clause, short)


def apply_step(state: State, clause: int, part: float) -> None:
    """Drops a part of a wish, or adds a part of a concession."""
    state.offer[clause] = 1.0 - part if state.is_wish[clause] else part


def cheapest_last_step(state: State, short: float, barred: int) -> int:
    """Returns the step that makes up a shortfall alone at the lowest cost; NO_STEP if none does."""
    best = NO_STEP
    lowest = 0.0
    for each in range(state.steps):
        clause = state.step_clause[each]
        if clause != barred and state.step_gain[clause] >= short and is_left(state, clause):
            cost = part_cost(state, clause, short)
            if best == NO_STEP or cost < lowest:
                best = clause
                lowest = cost
    return best


def best_ratio_step(state: State, barred: int) -> int:
    """Returns the step that costs the proposer least per unit of the other's gain; NO_STEP if none
    is left."""
    for each in range(state.steps):
        clause = state.ranked_clause[each]
        if clause != barred and is_left(state, clause):
            return clause
    return NO_STEP


def apply_second_thoughts(state: State) -> None:
    """Takes back, one by one, the steps that save most: those that are not needed, and those for
    which a cheaper one can stand in."""
    demand = state.table_demand
    for _ in range(N_CLAUSES):
        spare = believed_total(state) - demand
        if spare < 0.0:
            return
        best = NO_STEP
        highest = 0.0
        for each in range(state.steps):
            clause = state.step_clause[each]
            if step_made(state, clause) > 0.0:
                saved = saving(state, clause, spare)
                if saved > highest:
                    best = clause
                    highest = saved
        if best == NO_STEP:
            return
        apply_exchange(state, best, spare)


def step_made(state: State, clause: int) -> float:
    """Returns the part of a step that has been made with a clause; 0 if none."""
    return 1.0 - state.offer[clause] if state.is_wish[clause] else state.offer[clause]


def part_spared(state: State, clause: int, made: float, spare: float) -> float:
    """Returns the part of a step that can be taken back without a shortfall: all or nothing, unless
    the clause divides; what is then in the bundle is whole usual steps."""
    gain = state.step_gain[clause]
    if gain * made <= spare:
        return made
    share = safe_div(spare, gain)
    if state.is_wish[clause]:
        return max(0.0, made - 1.0 + steps_down(state, clause, 1.0 - made + share))
    return max(0.0, made - steps_up(state, clause, made - share))


def saving(state: State, clause: int, spare: float) -> float:
    """Returns what the proposer saves by taking a step back, as far as there is gain to spare or a
    single other step makes up for it."""
    made = step_made(state, clause)
    cost = state.step_cost[clause]
    saved = cost * part_spared(state, clause, made, spare)
    short = made * state.step_gain[clause] - spare
    other = cheapest_last_step(state, short, clause) if short > 0.0 else NO_STEP
    if other != NO_STEP:
        return max(saved, cost * made - part_cost(state, other, short))
    return saved


def apply_exchange(state: State, clause: int, spare: float) -> None:
    """Takes a step back in the way that saves most (see `saving`)."""
    made = step_made(state, clause)
    cost = state.step_cost[clause]
    part = part_spared(state, clause, made, spare)
    short = made * state.step_gain[clause] - spare
    other = cheapest_last_step(state, short, clause) if short > 0.0 else NO_STEP
    if other != NO_STEP:
        rest = cost * made - part_cost(state, other, short)
        if rest > cost * part:
            apply_step(state, other, part_needed(state, other, short))
            part = made
    if state.is_wish[clause]:
        state.offer[clause] = min(1.0, state.offer[clause] + part)
    else:
        state.offer[clause] = max(0.0, state.offer[clause] - part)
