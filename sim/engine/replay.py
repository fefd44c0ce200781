"""Replay of the record: recorded acts in place of decisions, through the same rules and days.

The calendar, duties that fall due, the end of pauses, trade and the end of each day work as in a
run; nothing is drawn, and no government acts, replies or speaks on its own account. So tension,
trust, rapport, pressures, memories and the menu of a day follow from what was done. Beliefs grow
surer with each contact, but keep their mean, because floors are not on record and are drawn anew
for each negotiation. What diverted the two leaders is not on record either.

A record has no row for what peters out, so four things end by themselves: talks without a contact,
a threat whose day has passed, an answer that is not given, and the newness of a control.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from sim.economy.block import apply_trade_opening
from sim.engine.clocks import months_of
from sim.engine.interventions import carry_out
from sim.engine.plan import Do, make_plan
from sim.engine.processes import deliver, expire, implement, trade
from sim.engine.recorded_acts import carry_out_recorded
from sim.engine.sites import COLUMNS
from sim.engine.world import World, opening
from sim.history.acts import RecordedAct
from sim.model.diplomacy.talks import apply_stall
from sim.model.duties.threats import apply_threat_drop
from sim.model.relations.stages import talks_running
from sim.model.tables.codes import N_INSTRUMENTS, N_SIDES
from sim.model.world.bookkeeping import apply_day_end
from sim.scenario.resolved_scenario import Resolved

STALE_TALKS_DAYS: Final = 120
"""Days without a round or a contact of the leaders after which talks on record count as stalled:
within a series of rounds no gap was longer than four months."""

UNANSWERED_DAYS: Final = 30
"""Days after which China answers a hike no more: nine of twelve were answered within four days, the
others never."""

USUAL_AFTER_DAYS: Final = 730
"""Days after which a control is part of what is usual, and its level falls by one: by then traders
have adapted, and another of its kind is news again."""

MIDDLE: Final = 0.5
"""Stands for every uniform: where a rule asks for chance, its middle is taken."""

ORDER: Final = {"both": 0, "us": 1, "cn": 2}
"""Order of the acts of a day, as in the phases of a run."""


def replay(
    resolved: Resolved,
    acts: Iterable[RecordedAct],
    last: int,
    watch: Callable[[World], None] | None = None,
) -> World:
    """Returns the world on the evening of a day, after the acts on record.

    Args:
        resolved: A scenario that starts where the record does, with what is known beside acts: its
            dated interventions are carried out.
        acts: The record; acts before the first day or after the last are left out.
        last: The day, an ordinal, from the first to the last of the scenario.
        watch: Called on every day before its acts, with the world as the governments then see it;
            it may change signals and nothing else.
    """
    world = replay_world(resolved)
    by_day = acts_by_day(acts)
    fresh: list[tuple[int, int, int]] = []
    months = frozenset(months_of(resolved.start, resolved.until))
    for day in range(resolved.start, last + 1):
        world.enter(day)
        open_recorded_day(world)
        if watch is not None:
            watch(world)
        for act in by_day.get(day, ()):
            carry_out_recorded(world, act)
        close_recorded_day(world, fresh, month_begins=day in months)
    return world


def replay_world(resolved: Resolved) -> World:
    """Returns a world at the start of a scenario in which nothing is left to chance."""
    plan = make_plan(resolved)
    params, state = opening(resolved, None)
    row = [MIDDLE] * len(COLUMNS)
    return World(plan, state, params, [row] * (resolved.until - resolved.start + 1))


def acts_by_day(acts: Iterable[RecordedAct]) -> Mapping[int, tuple[RecordedAct, ...]]:
    """Returns the acts of each day, in the order in which a day of a run takes them."""
    found: defaultdict[int, list[RecordedAct]] = defaultdict(list)
    for act in acts:
        found[act.day].append(act)
    return {
        day: tuple(sorted(rows, key=lambda row: ORDER[row.type.side]))
        for day, rows in found.items()
    }


def open_recorded_day(world: World) -> None:
    """Carries out what the scenario dates, and ends what has petered out."""
    plan, state, params = world.plan, world.state, world.params
    while world.next_step < plan.n_dated and plan.step_day[world.next_step] <= state.day:
        carry_out(world, world.next_step)
        if plan.step_do[world.next_step] == Do.RENEW and plan.step_act[world.next_step]:
            reopen_trade(world)
        world.next_step += 1
    spoke = max(state.round_day, state.call_day, state.summit_last_day)
    if talks_running(state) and state.day - spoke > STALE_TALKS_DAYS:
        apply_stall(state, params)
    if state.day - state.reply_since > UNANSWERED_DAYS:
        state.reply_pp = 0.0
    if state.threat_open and state.threat_deadline < state.day:
        apply_threat_drop(state, params)


def reopen_trade(world: World) -> None:
    """Lets trade begin anew at the steady course of the duties in force, as in a scenario that says
    nothing of it: what is kept of it is relative to the base year, and means nothing against
    another."""
    state = world.state
    for side in range(N_SIDES):
        state.trade_usd_bn_per_month[side] = 0.0
        state.prices_due[side] = True
    state.deficit_usd_bn_per_year = 0.0
    for steps in state.macro_step_pp:
        steps[:] = [0.0] * len(steps)
    apply_trade_opening(state, world.params)


def close_recorded_day(
    world: World, fresh: list[tuple[int, int, int]], *, month_begins: bool
) -> None:
    """Lets what is due today happen, as in a run.

    Args:
        world: The world.
        fresh: Controls that are still news: day, side and instrument, by day; changed here.
        month_begins: Whether it is the first of a month.
    """
    state = world.state
    implement(world)
    if state.truce_ends_on == state.day:
        expire(world)
    if month_begins:
        deliver(world)
        trade(world)
    fresh += [
        (state.day, side, instrument)
        for side in range(N_SIDES)
        for instrument in range(N_INSTRUMENTS)
        if state.tightened_day[side][instrument] == state.day
    ]
    while fresh and fresh[0][0] <= state.day - USUAL_AFTER_DAYS:
        _, side, instrument = fresh.pop(0)
        if state.control[side][instrument] > 1:
            state.control[side][instrument] -= 1
    apply_day_end(state, world.params)
