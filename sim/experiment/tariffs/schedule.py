"""Duties of a schedule, put in force in the state of the trade model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sim.economy.block import apply_trade_constants
from sim.economy.sectors import N_GOODS
from sim.engine.world import cut_table
from sim.model.duties.layers import apply_averages
from sim.model.tables.codes import US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.scenario.duty_schedule import DutyStep
from sim.scenario.duty_targets import EVERYONE_ELSE, LAYERS, PARTIAL_REPLY, parts_of


@dataclass(frozen=True, slots=True)
class DutiesOfDay:
    """Steps of a schedule that matter on a day: at most one in force, and one known, by target.

    Attributes:
        day: Ordinal day.
        in_force: Last step of each target up to that day, with the last coverage given.
        announced: Last step of each target that is known but not in force yet.
    """

    day: int
    in_force: tuple[DutyStep, ...]
    announced: tuple[DutyStep, ...]

    @property
    def rest_pp(self) -> float | None:
        """Points the US adds on all other countries; None if the schedule does not say."""
        return next((step.points_pp for step in self.in_force if step.on == EVERYONE_ELSE), None)


def duties_on(steps: Iterable[DutyStep], day: int) -> DutiesOfDay:
    """Returns what a schedule says of a day.

    Args:
        steps: The schedule, by day.
        day: Ordinal day.
    """
    in_force: dict[tuple[str, str], DutyStep] = {}
    announced: dict[tuple[str, str], DutyStep] = {}
    for step in steps:
        target = (step.side, step.on)
        if step.day <= day:
            before = in_force.get(target)
            if before is not None and step.coverage is None:
                in_force[target] = replace(step, coverage=before.coverage)
            else:
                in_force[target] = step
        # Buyers of Chinese goods do not hurry because of duties on others.
        elif step.announced <= day and step.on != EVERYONE_ELSE:
            announced[target] = step
    return DutiesOfDay(day, tuple(in_force.values()), tuple(announced.values()))


def by_month(steps: Sequence[DutyStep], days: Sequence[int]) -> tuple[DutiesOfDay, ...]:
    """Returns what a schedule says of the first day of each month."""
    return tuple(duties_on(steps, day) for day in days)


def set_duties(state: State, params: Params, steps: Iterable[DutyStep], day: date) -> None:
    """Puts the duties of a schedule on a given day in force (see `apply_duties`)."""
    apply_duties(state, params, duties_on(steps, day.toordinal()))


def apply_duties(state: State, params: Params, duties: DutiesOfDay) -> None:
    """Puts the duties of a day in force, those on third countries included, and announces those
    that are known.

    Layers that no step names stay as they are.

    Args:
        state: State of the trade model.
        params: Its parameters, which hold the points on third countries.
        duties: The duties.
    """
    state.day = duties.day
    for step in duties.in_force:
        if (step.side, step.on) in LAYERS:
            side, layer = LAYERS[step.side, step.on]
            state.duty_pp[side][layer] = step.points_pp
            if step.coverage is not None:
                state.coverage[side][layer] = step.coverage
    if duties.rest_pp is not None:
        apply_rest_points(state, params, duties.rest_pp)
    apply_averages(state, params)
    apply_announcements(state, duties.announced)
    apply_extra_points(state, duties)


def apply_rest_points(state: State, params: Params, points: float) -> None:
    """Sets the points the US adds on all other countries, and what depends on them."""
    if params.trade_rest_added_pp[US] != points:
        params.trade_rest_added_pp[US] = points
        cut_table(params)
        apply_trade_constants(state, params)


def apply_announcements(state: State, steps: Iterable[DutyStep]) -> None:
    """Announces the points of layers in excess of those in force.

    They fall on the goods covered today. A partial reply, which covers part of trade only once it
    is made, also announces its coverage.
    """
    for step in steps:
        if (step.side, step.on) in LAYERS:
            side, layer = LAYERS[step.side, step.on]
            state.announced_pp[side][layer] += step.points_pp - state.duty_pp[side][layer]
            if step.on == PARTIAL_REPLY and step.coverage is not None:
                state.announced_cover += step.coverage - state.coverage[side][layer]


def apply_extra_points(state: State, duties: DutiesOfDay) -> None:
    """Sets the points on goods by themselves, in force and announced."""
    now = {step.on: step for step in duties.in_force}
    known = now | {step.on: step for step in duties.announced}
    in_force, later = extra_points(now), extra_points(known)
    for good in range(N_GOODS):
        state.good_extra_pp[good] = in_force[good]
        state.good_extra_announced_pp[good] = later[good] - in_force[good]


def extra_points(steps: Mapping[str, DutyStep]) -> list[float]:
    """Returns the points on each good of steps on sectors and chapters."""
    points = [0.0] * N_GOODS
    for step in steps.values():
        for good, share in parts_of(step.on):
            points[good] += share * step.points_pp
    return points
