"""I4: the October cluster of dates, and concessions that bunch before a deadline."""

from __future__ import annotations

import pytest

from sim.model.bargain.worth import aspiration
from sim.model.governments.agents import act_utility, apply_signals, review_hazard
from sim.model.tables.codes import CATCH_UP_PURCHASES, CN, EASE_RARE_EARTHS, EASE_TECH, US
from tests.mission.plays import Tape, day, resolved, start, tapes

APEC = "october-2025-apec"
CONCESSIONS = (
    "ease_tech",
    "ease_rare_earths",
    "cut_tariff",
    "catch_up_purchases",
    "drop_threat",
    "postpone_threat",
    "sign_extension",
    "sign_swap",
    "sign_purchases",
    "sign_fentanyl",
    "sign_investment",
    "sign_comprehensive",
)


@pytest.mark.parametrize("when", ["2025-10-24", "2025-10-30", "2025-11-01", "2025-11-10"])
def test_I4_the_cluster_is_on_the_calendar(when: str) -> None:
    """The briefing, the summit, the threat's deadline and the end of the truce stand on the
    calendar of October 2025 with their sources."""
    found = [entry for entry in resolved(APEC).calendar if entry.day == day(when)]
    assert found
    assert all(entry.source.startswith("E") for entry in found)


def test_I4_the_run_starts_on_the_announcement_and_talks_precede_the_summit() -> None:
    """The run starts on 23 October, the day the meeting was confirmed, and a round of ministers
    is set between that day and the summit."""
    scenario = resolved(APEC)
    assert scenario.start == day("2025-10-23")
    assert scenario.state["summit.confirmed.us"] == day("2025-10-23")
    rounds = [e for e in scenario.calendar if e.key == "malaysia"]
    assert day("2025-10-23") < rounds[0].day < day("2025-10-30")


def rates(runs: list[Tape], due: int, tail: int) -> tuple[float, float]:
    """Returns concessions a day and run in the last `tail` days up to a deadline, and in the
    four weeks before those, among runs in which the pause is still due on that day."""
    late = early = late_days = early_days = 0
    for tape in runs:
        signed = [note.day for note in tape.notes if note.kind.startswith("sign_")]
        stop = min([*signed, due])
        for note in tape.of(*CONCESSIONS):
            late += due - tail < note.day <= stop
            early += due - tail - 28 < note.day <= min(stop, due - tail)
        late_days += max(0, stop - (due - tail))
        early_days += max(0, min(stop, due - tail) - (due - tail - 28))
    return late / late_days, early / early_days


@pytest.mark.parametrize(
    ("name", "due", "times"),
    [("june-2025-resumed-talks", "2025-08-10", 1.5), ("rare-earth-squeeze", "2025-11-10", 1.2)],
)
def test_I4_concessions_peak_in_the_last_days(name: str, due: str, times: float) -> None:
    """Concessions come at a higher daily rate in the last five days before the truce ends than in
    the four weeks before, even if the leaders meet in these."""
    runs = tapes(resolved(name, (), due), range(600))
    late, early = rates(runs, day(due), 5)
    assert late > times * early


def test_I4_governments_stir_and_concede_as_the_deadline_nears() -> None:
    """The nearer the deadline, the more often either government looks at its policy, and the more
    it wants to concede; compared on one day of the week."""
    acts = ((US, EASE_TECH), (CN, EASE_RARE_EARTHS), (CN, CATCH_UP_PURCHASES))
    state, params = start("june-2025-resumed-talks")
    rows = []
    for left in (63, 28, 14, 7, 0):
        state.day = state.truce_ends_on - left
        for side in (US, CN):
            apply_signals(state, params, side)
        wishes = [act_utility(state, params, side, act) for side, act in acts]
        rows.append((*wishes, *(review_hazard(state, params, side) for side in (US, CN))))
    for column in zip(*rows, strict=True):
        assert list(column) == sorted(column)
        assert column[-1] > column[0]


def test_I4_demands_melt_as_the_deadline_nears() -> None:
    """Both sides ask for less the nearer the deadline, and for nothing extra on the day."""
    for side in (US, CN):
        state, params = start("june-2025-resumed-talks")
        asked = []
        for left in (60, 30, 10, 3, 0):
            state.day = state.truce_ends_on - left
            asked.append(aspiration(state, params, side))
        assert asked == sorted(asked, reverse=True)
        assert asked[0] > 1.5 * asked[2] > 0.0
        assert asked[-1] == 0.0
