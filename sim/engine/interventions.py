"""Calendar phase of a day: entries of the day, and interventions that force or forbid acts or set
numbers, on a date or on a condition.

Both engines run it.
"""

from __future__ import annotations

from sim.economy.arithmetic import clamp, safe_log
from sim.economy.block import apply_trade_constants
from sim.economy.welfare_grid import duty_weight, node_weight, rest_paid_pp, trade_elasticity
from sim.engine import sites
from sim.engine.desk import draw, draws, note, observe, write_number
from sim.engine.happenings import NOBODY, Happening
from sim.engine.plan import Do
from sim.engine.processes import carry_out_act, carry_out_threat, put_on_paper
from sim.engine.world import World
from sim.model.bargain.bundles import apply_named_bundle, bundle_name
from sim.model.bargain.signature import apply_reserve, bundle_size
from sim.model.commitments.pauses import apply_usual_length
from sim.model.commitments.purchases import apply_review
from sim.model.diplomacy.talks import apply_round
from sim.model.duties.hikes import apply_hike, apply_match, hike_layer
from sim.model.duties.layers import apply_averages
from sim.model.governments.agents import apply_weights
from sim.model.governments.elections import (
    apply_change_of_power,
    apply_handover,
    apply_new_team,
    decide_election,
    is_handover,
    is_team_ready,
)
from sim.model.governments.posts import apply_change, apply_posts
from sim.model.relations.stages import talks_frozen
from sim.model.tables.codes import (
    CN,
    CROSS_TAIWAN,
    DROP_THREAT,
    EXECUTE_THREAT,
    HIKE,
    HOLD_ROUND,
    N_PACKAGES,
    N_SIDES,
    POSTPONE_THREAT,
    RECIPROCAL,
    US,
)
from sim.model.tables.vocabulary import N_CHOICES, SIGN_FIRST
from sim.model.world.shocks import apply_crisis


def open_day(world: World) -> None:
    """Runs the calendar phase: entries of the day, dated interventions, conditions in order."""
    plan = world.plan
    if world.state.day == plan.start:
        set_out(world)
        world.state.round_ahead = next_round(world)
    if is_team_ready(world.state, world.params):
        apply_new_team(world.state, world.params)
    while world.next_step < plan.n_dated and plan.step_day[world.next_step] <= world.state.day:
        carry_out(world, world.next_step)
        world.next_step += 1
    for row in range(plan.n_rows):
        if is_due(world, row):
            world.fired[row] = world.state.day
            for step in range(plan.when_steps[row], plan.when_steps[row + 1]):
                carry_out(world, step)


def set_out(world: World) -> None:
    """Draws what is private to each side and the same throughout a run: its reservation value."""
    for side in range(N_SIDES):
        u_one, u_two = draws(world, sites.RESERVE[side], 2)
        apply_reserve(world.state, world.params, side, u_one, u_two)


def next_round(world: World) -> int:
    """Returns the day of the next round on the calendar after today, 0 if there is none."""
    plan = world.plan
    for step in range(plan.n_dated):
        if plan.step_do[step] == Do.ROUND and plan.step_day[step] > world.state.day:
            return plan.step_day[step]
    return 0


def is_due(world: World, row: int) -> bool:
    """Returns whether a conditional row fires today: its conditions hold and its cooldown is
    over."""
    plan = world.plan
    # Every condition is checked every day, so that its count of days has no gaps.
    hold = True
    for condition in range(plan.when_conditions[row], plan.when_conditions[row + 1]):
        hold = condition_holds(world, condition) and hold
    if not hold or world.fired[row] == 0:
        return hold
    rest = plan.when_rest[row]
    return rest >= 0 and world.state.day - world.fired[row] >= rest


def condition_holds(world: World, condition: int) -> bool:
    """Returns whether a condition has held for the required number of days in a row."""
    plan = world.plan
    value = observe(world, plan.condition_observable[condition])
    if compares(value, plan.condition_operator[condition], plan.condition_value[condition]):
        world.streaks[condition] += 1
    else:
        world.streaks[condition] = 0
    return world.streaks[condition] >= plan.condition_days[condition]


def compares(value: float, operator: int, other: float) -> bool:
    """Returns whether a comparison holds; its operator is a position in `plan.OPERATORS`."""
    if operator == 0:
        return value < other
    if operator == 1:
        return value <= other
    if operator == 2:
        return value > other
    if operator == 3:
        return value >= other
    return operator == 4 and value == other


def carry_out(world: World, step: int) -> None:
    """Carries out a step of the plan."""
    plan, state = world.plan, world.state
    do = plan.step_do[step]
    side = plan.step_side[step]
    act = plan.step_act[step]
    if do == Do.REVIEW:
        apply_review(state, world.params)
        note(world, Happening.REVIEW_DUE, NOBODY, 0.0)
    elif do == Do.ROUND:
        if not talks_frozen(state):
            state.round_due = state.day
        state.round_ahead = next_round(world)
    elif do == Do.LIFT:
        state.forbidden[side][act] = False
    elif do == Do.FORBID:
        state.forbidden[side][act] = True
    elif do == Do.FORCE:
        force(world, side, act, plan.step_value[step])
    elif do == Do.SET:
        write_number(world, act, plan.step_value[step])
        refresh(world)
    elif do == Do.LEARN:
        write_number(world, act, plan.step_value[step])
    elif do == Do.RENEW:
        refresh(world)
    elif do == Do.CUT:
        cut(world)
    elif do == Do.POST:
        change_post(world, side, act)
    elif do == Do.ELECT:
        elect(world, act, plan.step_value[step])
    elif do == Do.HAND_OVER:
        hand_over(world, act == 1)


def change_post(world: World, side: int, row: int) -> None:
    """Hands a post to its next holder, or leaves it vacant; factions weigh accordingly."""
    plan = world.plan
    apply_change(
        world.state,
        world.params,
        side,
        plan.seat_post[row],
        plan.seat_camp[row],
        plan.seat_voice[row],
        plan.seat_mandate[row],
    )
    apply_weights(world.state, world.params)


def elect(world: World, inauguration: int, days_since: float) -> None:
    """Lets voters keep the party in office, or choose another for the day of the inauguration."""
    if decide_election(world.params, draw(world, sites.ELECTION)):
        note(world, Happening.ELECTION_WON, NOBODY, days_since)
    else:
        apply_change_of_power(world.state, inauguration)
        note(world, Happening.ELECTION_LOST, NOBODY, days_since)


def hand_over(world: World, known: bool) -> None:
    """Lets a new administration take office, if the other party has won; who fills its posts, the
    table of people says if that was known before the run."""
    state, params = world.state, world.params
    if known:
        apply_change_of_power(state, state.day)
    elif is_handover(state):
        apply_handover(state, params)
        apply_weights(state, params)
    else:
        return
    note(world, Happening.NEW_ADMINISTRATION, NOBODY, 0.0)


def refresh(world: World) -> None:
    """Updates the values derived from parameters and state after a number was set."""
    apply_posts(world.state, world.params)
    apply_weights(world.state, world.params)
    apply_trade_constants(world.state, world.params)
    apply_averages(world.state, world.params)


def cut(world: World) -> None:
    """Cuts the slice of the table of equilibria that belongs to the parameters, at the start of
    compiled runs and once one of those at which it is cut was set: the twin of `world.cut_table`,
    in the same order of operations."""
    params, plan = world.params, world.plan
    logs = plan.grid_logs
    nodes = plan.grid_rest_pp
    x = clamp(safe_log(trade_elasticity(params)), logs[0], logs[len(logs) - 1])
    rest = clamp(rest_paid_pp(params), nodes[0], nodes[len(nodes) - 1])
    kept = params.ge_results
    for i in range(len(kept)):
        for j in range(len(kept[i])):
            for result in range(len(kept[i][j])):
                kept[i][j][result] = 0.0
    for k in range(len(logs)):
        here = node_weight(logs, 0, len(logs), k, x)
        for r in range(len(nodes)):
            weight = here * duty_weight(nodes, 0, len(nodes), r, rest)
            for i in range(len(kept)):
                for j in range(len(kept[i])):
                    for result in range(len(kept[i][j])):
                        kept[i][j][result] += weight * plan.grid[k][r][i][j][result]


def force(world: World, side: int, act: int, size_pp: float) -> None:
    """Makes a side act today, whatever it would have chosen; a forced hike takes effect at once."""
    state, params = world.state, world.params
    if act == HOLD_ROUND:
        apply_round(state, params)
        note(world, Happening.MINISTERS_ROUND, NOBODY, 0.0)
    elif act == CROSS_TAIWAN:
        apply_crisis(state, params)
        note(world, CROSS_TAIWAN, side, 0.0)
    elif SIGN_FIRST <= act < SIGN_FIRST + N_PACKAGES:
        apply_named_bundle(state, params, act - SIGN_FIRST, True)
        # What goes with a bundle is not signed alone, under another name.
        if bundle_size(state) > 0 and bundle_name(state, params) == act - SIGN_FIRST:
            apply_usual_length(state, params)
            put_on_paper(world, False)
    elif act == EXECUTE_THREAT or act == POSTPONE_THREAT or act == DROP_THREAT:
        if state.threat_open:
            carry_out_threat(world, act)
    elif act == HIKE:
        force_hike(world, side, size_pp if size_pp >= 0.0 else params.hike_step_pp)
    elif act < N_CHOICES:
        carry_out_act(world, side, act)


def force_hike(world: World, side: int, points: float) -> None:
    """Adds a hike to the layer the record has for its size: fentanyl for small US steps, reciprocal
    for large ones."""
    state, params = world.state, world.params
    if side == CN:
        apply_match(state, params, points, 0)
    else:
        layer = hike_layer(state, params) if points <= params.hike_step_pp else RECIPROCAL
        points = apply_hike(state, params, US, layer, points, 0)
    note(world, HIKE, side, points)
