"""J5: fires, journeys and other fronts take attention; meanwhile there are fewer moves at China."""

from __future__ import annotations

import pytest

from sim.model.governments.agents import review_hazard
from sim.model.tables.codes import CN, DIVERTER_SESSION, US
from sim.model.tables.vocabulary import CHOICES, DIVERTER_SIDE, Act, Diverter
from sim.model.world.attention import apply_attention_day, apply_diversion
from tests.mission.helpers import MARCH, RUNS, paired, rate_gap
from tests.mission.plays import Sets, Tape, batch, resolved, start, tapes

HOME = ("disaster", "front", "journey")
NONE_AT_HOME: Sets = tuple((f"us.diverter.{name}_per_day", "0") for name in HOME)
NO_SESSION: Sets = (("cn.diverter.session_per_day", "0"),)
MOVES = tuple(act.name.lower() for act in Act if act in CHOICES and act != Act.WAIT)


def test_J5_few_acts_fall_on_weekends() -> None:
    """Of Washington's own moves one in thirty or so falls on a Saturday or Sunday, of Beijing's one
    in six, as on record; without such days of rest two in seven would."""
    days: dict[int, list[bool]] = {US: [], CN: []}
    for tape in tapes(resolved(MARCH), range(80)):
        for note in tape.of(*MOVES):
            days[int(note.side or 0)].append((note.day - 1) % 7 >= 5)
    shares = {side: sum(found) / len(found) for side, found in days.items()}

    assert min(map(len, days.values())) > 300
    assert shares[US] < 0.08
    assert 0.08 < shares[CN] < 0.24


@pytest.mark.parametrize("diverter", list(Diverter))
def test_J5_a_matter_slows_its_own_side_for_its_days(diverter: Diverter) -> None:
    """The hazard of a review falls at once, stays low while the matter lasts and then recovers; the
    other side's does not move."""
    state, params = start(MARCH)
    side, other = DIVERTER_SIDE[diverter], 1 - DIVERTER_SIDE[diverter]
    before = [review_hazard(state, params, each) for each in (US, CN)]
    days = apply_diversion(state, params, diverter, 0.5)

    assert review_hazard(state, params, side) < 0.8 * before[side]
    assert review_hazard(state, params, other) == before[other]
    held = state.attention[side]
    seen = []
    for _ in range(days + 60):
        apply_attention_day(state, params)
        state.day += 1
        seen.append(state.attention[side])
    assert seen[: days - 1] == [held] * (days - 1)
    assert seen[days - 1 :] == sorted(seen[days - 1 :])
    assert seen[-1] > 0.98


def days_diverted(tape: Tape, until: int) -> set[int]:
    """Returns the days of a run on which something diverts Washington."""
    found: set[int] = set()
    for note in tape.of(*HOME):
        found |= set(range(note.day, min(note.day + int(note.size), until + 1)))
    return found


def test_J5_while_a_matter_lasts_washington_makes_fewer_moves_at_china() -> None:
    """Over 300 runs, the weekly rate of its acts of choice is lower on the days on which a matter
    diverts it than on all others, beyond the error of both counts."""
    scenario = resolved(MARCH)
    length = scenario.until - scenario.start + 1
    busy = [0, 0]
    free = [0, 0]
    for tape in tapes(scenario, range(300)):
        diverted = days_diverted(tape, scenario.until)
        moves = [note.day for note in tape.of(*MOVES) if note.side == US]
        within = sum(day in diverted for day in moves)
        busy = [busy[0] + within, busy[1] + len(diverted)]
        free = [free[0] + len(moves) - within, free[1] + length - len(diverted)]

    assert busy[1] > 1000
    assert rate_gap(*busy, *free).negative


def test_J5_without_diverters_there_are_more_moves() -> None:
    """On the same luck: without any, Washington pays more attention and takes more measures; with
    no session, so does Beijing."""
    runs = batch(MARCH, RUNS)
    for side, sets in (("us", NONE_AT_HOME), ("cn", NO_SESSION)):
        free = batch(MARCH, RUNS, sets)
        for name in ("attention", "measures"):
            assert paired(runs[f"{side}_{name}"], free[f"{side}_{name}"]).negative


def test_J5_the_log_says_what_diverts_whom() -> None:
    """Every kind is told, under its side and with its days."""
    seen = {}
    for tape in tapes(resolved(MARCH), range(30)):
        for note in tape.of(*(diverter.name.lower() for diverter in Diverter)):
            seen[note.kind] = note.side
            assert 3 <= note.size <= 12
    assert seen == {
        diverter.name.lower(): CN if diverter == DIVERTER_SESSION else US for diverter in Diverter
    }
