"""One run in the making: its state, its luck, and what the scenario has in store for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sim.economy.equilibrium import theta_slice
from sim.model.bookkeeping import apply_opening
from sim.model.fields import copy_record, set_slot, slot_index
from sim.model.params import Params
from sim.model.state import State
from sim.model.vocabulary import Act, CalendarKind
from sim.scenario.equilibrium_table import equilibrium_table
from sim.scenario.resolved import CalendarEntry, Intervention, Resolved

STATE_SLOTS = slot_index(State)
PARAM_SLOTS = slot_index(Params)
THETA = "trade.theta"
"""The parameter at which the table of real incomes is cut."""


class Recorder(Protocol):
    """What listens to a run. It is told; it cannot answer."""

    def note(self, world: World, kind: str, side: int | None, size: float) -> None:
        """Something happened; `kind` names it, `size` is its magnitude in the kind's unit."""

    def decision(self, world: World, side: int, act: int) -> None:
        """A government chose an act from its menu; called before the act is carried out."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A scenario as the engine needs it: by day, in order."""

    start: int
    until: int
    calendar: Mapping[int, tuple[CalendarEntry, ...]]
    dated: Mapping[int, tuple[Intervention, ...]]
    lifts: Mapping[int, tuple[tuple[int, int], ...]]
    conditional: tuple[Intervention, ...]
    summit_slots: tuple[int, ...]
    sets_parameters: bool


def make_plan(resolved: Resolved) -> Plan:
    """Returns a scenario's calendar and interventions by day."""
    calendar: dict[int, list[CalendarEntry]] = {}
    for entry in resolved.calendar:
        calendar.setdefault(entry.day, []).append(entry)
    dated: dict[int, list[Intervention]] = {}
    lifts: dict[int, list[tuple[int, int]]] = {}
    for row in resolved.interventions:
        if row.day is not None:
            dated.setdefault(row.day, []).append(row)
        if row.until is not None:
            for action in row.do:
                if action.kind == "forbid" and action.act and action.side is not None:
                    code = int(Act[action.act.upper()])
                    lifts.setdefault(row.until, []).append((action.side, code))
    slots = sorted(e.day for e in resolved.calendar if e.kind == CalendarKind.SUMMIT_SLOT)
    named = [a.name for row in resolved.interventions for a in row.do if a.kind == "set"]
    return Plan(
        start=resolved.start,
        until=resolved.until,
        calendar={day: tuple(rows) for day, rows in calendar.items()},
        dated={day: tuple(rows) for day, rows in dated.items()},
        lifts={day: tuple(pairs) for day, pairs in lifts.items()},
        conditional=tuple(row for row in resolved.interventions if row.when),
        summit_slots=tuple(slots),
        sets_parameters=any(name in PARAM_SLOTS for name in named),
    )


def make_params(resolved: Resolved, drawn: Mapping[str, float] | None = None) -> Params:
    """Returns a scenario's parameters: central values, or those of a prior draw where given."""
    params = Params()
    for name, parameter in resolved.parameters.items():
        set_slot(params, PARAM_SLOTS[name], parameter.value)
    for name, value in (drawn or {}).items():
        set_slot(params, PARAM_SLOTS[name], value)
    fill_equilibrium(params)
    return params


def fill_equilibrium(params: Params) -> None:
    """Cuts the shipped table of real incomes at the trade elasticity of the parameters."""
    table = equilibrium_table()
    params.ge_us_pp = list(table.us_pp)
    params.ge_cn_pp = list(table.cn_pp)
    params.ge_welfare_pct = theta_slice(table.welfare_pct, table.thetas, params.ge_theta).tolist()


def make_state(resolved: Resolved, params: Params) -> State:
    """Returns the state of a scenario on its start day."""
    state = State()
    state.day = resolved.start
    for name, value in resolved.state.items():
        set_slot(state, STATE_SLOTS[name], value)
    apply_opening(state, params)
    return state


class World:
    """What every clock of one run shares.

    Attributes:
        state: The state; only rules write it, but for `day`, which the engine alone writes.
        params: The parameters of this run.
        plan: Calendar and interventions.
        luck: One row of uniforms a day, in the order of `sites.COLUMNS`.
        recorder: Listens, or None.
    """

    __slots__ = ("fired", "luck", "params", "plan", "recorder", "row", "state", "streaks")

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
        self.fired: dict[str, int] = {}
        self.streaks: dict[tuple[str, int], int] = {}

    def enter(self, day: int) -> None:
        """Turns to a day: its number and its luck."""
        self.state.day = day
        self.row = self.luck[day - self.plan.start]

    def note(self, kind: str, side: int | None = None, size: float = 0.0) -> None:
        """Tells the recorder, if there is one, that something happened."""
        if self.recorder is not None:
            self.recorder.note(self, kind, side, size)
