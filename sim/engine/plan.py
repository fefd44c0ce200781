"""Plan of a scenario: its calendar and interventions as flat tables, the same for both engines.

Steps are carried out in the calendar phase and sorted by day. A conditional row owns a range of
conditions and a range of steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum, unique
from functools import cache
from typing import Any, Final, NamedTuple

from sim.economy.arithmetic import safe_log
from sim.model.outcomes.politics import OUTCOMES
from sim.model.tables.codes import US
from sim.model.tables.fields import Slot, slot_index
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import ACT_CODES, CalendarKind
from sim.scenario.equilibrium_table import equilibrium_table
from sim.scenario.people import seat_changes
from sim.scenario.resolved_scenario import Action, Intervention, Resolved

CUTTING: Final = frozenset(
    {
        "trade.us.sigma_12m",
        "trade.sigma_long_ratio",
        "trade.us.rest_added_pp",
        "trade.us.collect_rest",
    }
)
"""Parameters at which the table of equilibria is cut."""

BASE_YEAR: Final = frozenset({"trade.us.base_usd_bn", "trade.cn.base_usd_bn"})
"""Parameters that change with the year to which trade is compared."""

NUMBERS: Final[tuple[Slot, ...]] = (
    *slot_index(Params).values(),
    *slot_index(State).values(),
)
"""Names of all numbers an intervention may set."""

PLACES: Final = {slot.name: place for place, slot in enumerate(NUMBERS)}
"""Position of each name in `NUMBERS`. No parameter shares its name with a field of the state."""

N_PARAMETERS: Final = len(slot_index(Params))
OBSERVABLES: Final = tuple(outcome for outcome in OUTCOMES if outcome.observable)
OPERATORS: Final = ("<", "<=", ">", ">=", "==")
NO_SIZE: Final = -1.0
"""Stands for the usual size of a hike."""


@unique
class Do(IntEnum):
    """Kinds of steps."""

    REVIEW = 0
    ROUND = 1
    LIFT = 2
    FORBID = 3
    FORCE = 4
    SET = 5
    CUT = 6
    POST = 7
    ELECT = 8
    HAND_OVER = 9
    LEARN = 10
    RENEW = 11


class PlanStep(NamedTuple):
    """Step of the calendar phase.

    Attributes:
        do: A `Do`.
        side: The side that acts, for acts.
        act: The act; for SET and LEARN the position in `NUMBERS`, for POST the row of the changes
            of post, for ELECT the day of the inauguration, for HAND_OVER 1 if the change was known
            before the run, so that the table of people carries it out, and 0 if the run decides it,
            for RENEW 1 if trade begins anew because its base year changed.
        value: Size of a forced hike (`NO_SIZE` for the usual one), or the number to set; for ELECT
            the days since the vote.
    """

    do: int
    side: int = US
    act: int = 0
    value: float = NO_SIZE


class Plan(NamedTuple):
    """Calendar and interventions of a scenario; row i of a table is element i of its columns.

    Attributes:
        start: First day.
        until: Last day.
        sets_parameters: 1 if an intervention changes a parameter, else 0.
        step_do: Column of `PlanStep.do`, and so on.
        step_side: See `PlanStep`.
        step_act: See `PlanStep`.
        step_value: See `PlanStep`.
        step_day: Day of a dated step. Steps of conditional rows come after all dated ones.
        n_dated: Number of dated steps.
        n_rows: Number of conditional rows.
        when_steps: Bounds of the steps of conditional row i: element i up to, not including,
            element i + 1.
        when_conditions: Bounds of the conditions of conditional row i, likewise.
        when_rest: Days for which a conditional row rests after it fired; -1 for ever.
        condition_observable: Position in `OBSERVABLES`.
        condition_operator: Position in `OPERATORS`.
        condition_value: Value to compare with.
        condition_days: Days in a row for which it must hold, at least 1.
        summit_slots: Days kept free for a leaders' meeting, in order.
        seat_post: Column of the posts that change hands during the run, with the side in the step.
        seat_camp: Faction of the new holder.
        seat_voice: Voice of the new holder; 0 if there is none.
        seat_mandate: Part of the authority to settle that the new holder carries.
        grid: The table of equilibria by (theta, rest, US tariff, Chinese tariff, result).
        grid_logs: Logs of its trade elasticities.
        grid_rest_pp: Points the US adds on other countries.
    """

    start: int
    until: int
    sets_parameters: int
    step_do: Sequence[int]
    step_side: Sequence[int]
    step_act: Sequence[int]
    step_value: Sequence[float]
    step_day: Sequence[int]
    n_dated: int
    n_rows: int
    when_steps: Sequence[int]
    when_conditions: Sequence[int]
    when_rest: Sequence[int]
    condition_observable: Sequence[int]
    condition_operator: Sequence[int]
    condition_value: Sequence[float]
    condition_days: Sequence[int]
    summit_slots: Sequence[int]
    seat_post: Sequence[int]
    seat_camp: Sequence[int]
    seat_voice: Sequence[float]
    seat_mandate: Sequence[float]
    grid: Sequence[Sequence[Sequence[Sequence[Sequence[float]]]]]
    grid_logs: Sequence[float]
    grid_rest_pp: Sequence[float]


class PlanDraft:
    """Draft of a plan: collects its steps."""

    def __init__(self) -> None:
        self.steps: list[PlanStep] = []

    def act(self, action: Action) -> None:
        """Adds the step of an action."""
        if action.kind == "learn":
            assert action.name is not None and action.value is not None
            self.steps.append(PlanStep(Do.LEARN, act=PLACES[action.name], value=action.value))
            return
        if action.kind == "set":
            assert action.name is not None and action.value is not None
            self.set(action.name, action.value)
            return
        assert action.act is not None
        side = US if action.side is None else action.side
        do = Do.FORBID if action.kind == "forbid" else Do.FORCE
        size = NO_SIZE if action.size_pp is None else action.size_pp
        self.steps.append(PlanStep(do, side, ACT_CODES[action.act], size))

    def renew(self, row: Intervention) -> None:
        """Adds the steps that derive once what follows from all that a row learned."""
        names = {str(action.name) for action in row.do if action.kind == "learn"}
        if names:
            self.steps.append(PlanStep(Do.RENEW, act=int(not BASE_YEAR.isdisjoint(names))))
        if not CUTTING.isdisjoint(names):
            self.steps.append(PlanStep(Do.CUT))

    def set(self, name: str, value: float) -> None:
        """Adds the step that sets a number."""
        self.steps.append(PlanStep(Do.SET, act=PLACES[name], value=value))
        if name in CUTTING:
            self.steps.append(PlanStep(Do.CUT))


def make_plan(resolved: Resolved) -> Plan:
    """Returns a scenario's calendar and interventions as tables."""
    draft = PlanDraft()
    step_day: list[int] = []
    seats = seat_changes(resolved.people, resolved.start, resolved.until)
    for day in range(resolved.start, resolved.until + 1):
        for place, seat in enumerate(seats):
            if seat.day == day:
                draft.steps.append(PlanStep(Do.POST, seat.side, place))
        add_elections(draft, resolved, day)
        add_day(draft, resolved, day)
        step_day += [day] * (len(draft.steps) - len(step_day))
    rows = [row for row in resolved.interventions if row.when]
    conditions = [condition for row in rows for condition in row.when]
    when_steps = [len(draft.steps)]
    when_conditions = [0]
    for row in rows:
        for action in row.do:
            draft.act(action)
        when_steps.append(len(draft.steps))
        when_conditions.append(when_conditions[-1] + len(row.when))
    table = equilibrium_table()
    named = {action.name for row in resolved.interventions for action in row.do}
    return Plan(
        start=resolved.start,
        until=resolved.until,
        sets_parameters=int(any(PLACES.get(str(n), N_PARAMETERS) < N_PARAMETERS for n in named)),
        step_do=[int(step.do) for step in draft.steps],
        step_side=[int(step.side) for step in draft.steps],
        step_act=[int(step.act) for step in draft.steps],
        step_value=[float(step.value) for step in draft.steps],
        step_day=step_day,
        n_dated=len(step_day),
        n_rows=len(rows),
        when_steps=when_steps,
        when_conditions=when_conditions,
        when_rest=[-1 if row.once else max(1, row.cooldown_days) for row in rows],
        condition_observable=[observable_place(c.observable) for c in conditions],
        condition_operator=[OPERATORS.index(c.op) for c in conditions],
        condition_value=[float(c.value) for c in conditions],
        condition_days=[max(1, c.for_days) for c in conditions],
        summit_slots=sorted(e.day for e in resolved.calendar if e.kind == CalendarKind.SUMMIT_SLOT),
        seat_post=[seat.post for seat in seats],
        seat_camp=[seat.camp for seat in seats],
        seat_voice=[seat.voice for seat in seats],
        seat_mandate=[seat.mandate for seat in seats],
        grid=_grid(),
        grid_logs=[safe_log(theta) for theta in table.thetas],
        grid_rest_pp=table.rest_pp,
    )


@cache
def _grid() -> Sequence[Any]:
    """Returns the table of equilibria as lists, which plain Python reads faster than arrays."""
    grid: Sequence[Any] = equilibrium_table().results.tolist()
    return grid


def add_elections(draft: PlanDraft, resolved: Resolved, day: int) -> None:
    """Adds the steps of elections: one of open outcome is decided on its day, or on the first of
    the run if the votes have been cast; a change of power takes place at the inauguration."""
    for election in resolved.elections:
        is_open = election.change is None
        if is_open and day == max(election.day, resolved.start):
            since = float(day - election.day)
            draft.steps.append(PlanStep(Do.ELECT, act=election.inauguration, value=since))
        if day == election.inauguration and election.change is not False:
            draft.steps.append(PlanStep(Do.HAND_OVER, act=int(not is_open)))


def add_day(draft: PlanDraft, resolved: Resolved, day: int) -> None:
    """Adds the steps of a day in order: calendar, bans that end, interventions of the day."""
    for entry in resolved.calendar:
        if entry.day == day and entry.kind == CalendarKind.REVIEW:
            draft.steps.append(PlanStep(Do.REVIEW))
        elif entry.day == day and entry.kind == CalendarKind.ROUND:
            draft.steps.append(PlanStep(Do.ROUND))
    for row in resolved.interventions:
        for action in row.do if row.until == day else ():
            if action.kind == "forbid" and action.act and action.side is not None:
                draft.steps.append(PlanStep(Do.LIFT, action.side, ACT_CODES[action.act]))
    for row in resolved.interventions:
        if row.day == day:
            for action in row.do:
                draft.act(action)
            draft.renew(row)


def observable_place(name: str) -> int:
    """Returns the position of an observable in `OBSERVABLES`."""
    return [outcome.name for outcome in OBSERVABLES].index(name)
