"""C13: China's commerce minister speaks of working together, above all before a summit."""

from __future__ import annotations

from sim.model.information.words import apply_line, line_hazard
from sim.model.relations.stages import summit_ahead
from sim.model.tables.codes import CN
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.mission.helpers import JUNE, OCTOBER, paired, rate_gap
from tests.mission.plays import Tape, batch, resolved, start, tapes

WEEKS = 14
RUNS = 400
SILENT = (("cn.line.per_day", "0"),)


def meeting_set(state: State, params: Params) -> int:
    """Returns the day of the meeting that is set, or 0."""
    return state.summit_day if summit_ahead(state) else 0


def days_before_a_summit(tape: Tape, first: int, last: int) -> set[int]:
    """Returns the days of a run in the two weeks before a meeting that was set on that day."""
    found = set()
    met = 0
    latest = {note.day: note.seen for note in tape.notes}
    for day in range(first, last + 1):
        met = latest.get(day, met)
        if 0 < met - day <= WEEKS:
            found.add(day)
    return found


def test_C13_lines_are_more_frequent_in_the_two_weeks_before_a_set_summit() -> None:
    """A week before a set summit has clearly more conciliatory lines than any other."""
    before = other = 0
    days_before = days_other = 0
    for name in (OCTOBER, JUNE):
        scenario = resolved(name)
        for tape in tapes(scenario, range(60), look=meeting_set):
            near = days_before_a_summit(tape, scenario.start, scenario.until)
            lines = [note.day for note in tape.of("conciliatory_line")]
            before += sum(day in near for day in lines)
            other += sum(day not in near for day in lines)
            days_before += len(near)
            days_other += scenario.until - scenario.start + 1 - len(near)
    gap = rate_gap(before, days_before, other, days_other)
    assert gap.positive
    assert before / days_before > 1.5 * other / days_other


def test_C13_a_hurt_or_frozen_china_keeps_silent() -> None:
    """No conciliatory line follows a hostile act of the US within days, a crisis, or a line of the
    day before; how eager China is in private does not show."""
    state, params = start(OCTOBER)
    state.cause_day[CN] = 0
    usual = line_hazard(state, params)
    assert usual > 0.0
    state.cause_day[CN] = state.day - 1
    assert line_hazard(state, params) == 0.0
    state.cause_day[CN], state.frozen_until = 0, state.day + 5
    assert line_hazard(state, params) == 0.0
    state.frozen_until, state.line_day = 0, state.day - 1
    assert line_hazard(state, params) == 0.0
    state.line_day = 0
    assert line_hazard(state, params) == usual
    state.eagerness[CN] *= 0.5
    assert line_hazard(state, params) == usual


def test_C13_a_line_eases_tension_a_little_and_raises_hopes() -> None:
    """The same runs without conciliatory lines end with more tension and a colder Chinese tone, and
    hopes before a meeting are lower."""
    state, params = start(OCTOBER)
    hopes, tension = state.optimism, state.tension
    assert summit_ahead(state)
    apply_line(state, params)
    assert state.optimism > hopes
    assert tension - 0.02 < state.tension < tension

    usual, silent = batch(OCTOBER, RUNS), batch(OCTOBER, RUNS, SILENT)
    assert paired(usual["tension"], silent["tension"]).negative
    assert paired(usual["cn_tone"], silent["cn_tone"]).positive
    assert paired(usual["optimism"], silent["optimism"]).positive
