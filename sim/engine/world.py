"""World of a run: its state, its parameters, its plan and its draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

import numpy as np

from sim.economy.arithmetic import clamp, safe_log
from sim.economy.block import apply_trade_opening
from sim.economy.equilibrium import Array
from sim.economy.records import US
from sim.economy.welfare_grid import duty_weight, node_weight, rest_paid_pp, trade_elasticity
from sim.engine.plan import Plan
from sim.model.governments.acts import LOADING
from sim.model.tables.fields import copy_record, memory_index, set_slot, slot_index
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.world.bookkeeping import apply_opening
from sim.scenario.equilibrium_table import eight_region_world, equilibrium_table
from sim.scenario.people import seats_on
from sim.scenario.resolved_scenario import Resolved

STATE_SLOTS = slot_index(State)
PARAM_SLOTS = slot_index(Params)
MEMORY_SLOTS = memory_index(State)


class Recorder(Protocol):
    """Listener of a run, called at each event. It cannot change the run."""

    def note(self, world: World, kind: str, side: int | None, size: float) -> None:
        """Receives an event of a kind; `size` is its magnitude in the kind's unit."""

    def decision(self, world: World, side: int, act: int) -> None:
        """Receives a government's choice, before it is carried out: of an act of its menu, or of
        what becomes of the open threat."""

    def proposal(self, world: World, side: int, u_us: float, u_cn: float) -> None:
        """Receives the bundle that a side puts on the table, and the uniforms of both answers."""


def make_params(resolved: Resolved, drawn: Mapping[str, float] | None = None) -> Params:
    """Returns the parameters of a scenario: drawn values where present, otherwise central ones."""
    params = Params()
    for name, parameter in resolved.parameters.items():
        set_slot(params, PARAM_SLOTS[name], parameter.value)
    params.loading = [list(row) for row in LOADING]
    table = equilibrium_table()
    base = eight_region_world()
    params.ge_us_pp = list(table.us_pp)
    params.ge_cn_pp = list(table.cn_pp)
    params.ge_gdp_usd_bn = base.income_usd_bn.tolist()
    params.ge_exports_to_us_usd_bn = base.trade_usd_bn[US].tolist()
    params.ge_exports_to_us_usd_bn[US] = 0.0
    cut_table(params)
    return apply_draw(params, drawn) if drawn else params


def apply_draw(params: Params, drawn: Mapping[str, float]) -> Params:
    """Sets parameters to drawn values, and returns them."""
    place = (trade_elasticity(params), rest_paid_pp(params))
    for name, value in drawn.items():
        set_slot(params, PARAM_SLOTS[name], value)
    if (trade_elasticity(params), rest_paid_pp(params)) != place:
        cut_table(params)
    return params


def cut_table(params: Params) -> None:
    """Cuts the slice of the shipped table of equilibria that belongs to the parameters.

    The slice is at their trade elasticity and at the US duties on other countries. Beyond the ends
    of the table it is that of its ends. `interventions.cut` does the same during a run, to the bit.
    """
    table = equilibrium_table()
    logs = [safe_log(theta) for theta in table.thetas]
    x = clamp(safe_log(trade_elasticity(params)), logs[0], logs[-1])
    rest = clamp(rest_paid_pp(params), table.rest_pp[0], table.rest_pp[-1])
    count = len(table.rest_pp)
    others = [duty_weight(table.rest_pp, 0, count, r, rest) for r in range(count)]
    results: Array = np.zeros(table.results.shape[2:])
    for k in range(len(logs)):
        here = node_weight(logs, 0, len(logs), k, x)
        for r in range(count):
            results += here * others[r] * table.results[k, r]
    params.ge_results = results.tolist()


def make_state(resolved: Resolved, params: Params) -> State:
    """Returns the state of a scenario on its start day."""
    state = written_state(resolved)
    apply_opening(state, params)
    return state


def written_state(resolved: Resolved) -> State:
    """Returns the state as written in the scenario, before derived values are added."""
    state = State()
    state.day = resolved.start
    state.trade_month = date.fromordinal(resolved.start).month - 1
    for name, value in resolved.state.items():
        set_slot(state, STATE_SLOTS[name], value)
    for name, value in resolved.memory.items():
        set_slot(state, MEMORY_SLOTS[name], value)
    for seat in seats_on(resolved.people, resolved.start):
        state.camp[seat.side][seat.post] = seat.camp
        state.voice[seat.side][seat.post] = seat.voice
        state.mandate_part[seat.side][seat.post] = seat.mandate
        state.mandate_unnamed[seat.side] = 0.0
    return state


class Opener:
    """Opener of worlds of one scenario under successive parameter vectors.

    It reads from the scenario once what the vectors have in common.
    """

    def __init__(self, resolved: Resolved) -> None:
        self._params = make_params(resolved)
        self._state = written_state(resolved)

    def open(self, drawn: Mapping[str, float] | None) -> tuple[Params, State]:
        """Returns the parameters and the opening state of every run of a parameter vector.

        Args:
            drawn: Parameter values that replace central ones, or None.
        """
        params, state = copy_record(self._params), copy_record(self._state)
        if drawn:
            apply_draw(params, drawn)
        apply_opening(state, params)
        apply_trade_opening(state, params)
        return params, state


def opening(resolved: Resolved, drawn: Mapping[str, float] | None) -> tuple[Params, State]:
    """Returns the parameters and the opening state of every run of a parameter vector."""
    return Opener(resolved).open(drawn)


class World:
    """World shared by all clocks of one run; `compiled_desk.WORLD` is its compiled twin.

    Attributes:
        state: The state, written only by rules, except for `day`, which the engine writes.
        params: The parameters of this run.
        plan: Calendar and interventions.
        luck: One row of uniforms per day, in the order of `sites.COLUMNS`.
        row: Today's row of uniforms.
        recorder: The recorder, or None.
        next_step: The first dated step of the plan that has not been carried out.
        fired: Day on which each conditional row last fired, 0 for never.
        streaks: Number of days in a row for which each condition has held.
    """

    __slots__ = (
        "fired",
        "luck",
        "next_step",
        "params",
        "plan",
        "recorder",
        "row",
        "state",
        "streaks",
    )

    def __init__(
        self,
        plan: Plan,
        state: State,
        params: Params,
        luck: Sequence[Sequence[float]],
        recorder: Recorder | None = None,
    ) -> None:
        self.plan = plan
        self.state = copy_record(state)
        self.params = copy_record(params) if plan.sets_parameters else params
        self.luck = luck
        self.row: Sequence[float] = luck[0]
        self.recorder = recorder
        self.next_step = 0
        self.fired = [0] * len(plan.when_rest)
        self.streaks = [0] * len(plan.condition_days)

    def enter(self, day: int) -> None:
        """Starts a day: sets its number and its draws."""
        self.state.day = day
        self.row = self.luck[day - self.plan.start]
