"""I5: the June scenario starts on the day of the call."""

from __future__ import annotations

from datetime import date

from sim.model.diplomacy.talks import round_hazard
from sim.model.tables.codes import TALKS_ACTIVE
from tests.mission.plays import day, resolved, start, tapes

JUNE = "june-2025-resumed-talks"


def test_I5_the_call_day_is_on_the_calendar() -> None:
    """The leaders' call stands on the calendar of June with its source, on a Thursday, the only
    thing the article gives."""
    calls = [entry for entry in resolved(JUNE).calendar if entry.source == "E339"]
    assert len(calls) == 1
    assert calls[0].day == resolved(JUNE).start == day("2025-06-05")
    assert date.fromordinal(calls[0].day).strftime("%A") == "Thursday"


def test_I5_the_day_is_marked_as_outside_the_article() -> None:
    """The state's call date says that the day itself is not in the article."""
    scenario = resolved(JUNE)
    assert scenario.state["leaders.last_call"] == day("2025-06-05")
    assert scenario.sources["leaders.last_call"].source == "E339"
    assert "not the date" in scenario.sources["leaders.last_call"].reason


def test_I5_the_call_brings_a_round_nearer() -> None:
    """The call of that day makes a ministers' round likelier than without it, also where talks were
    going on, so that no round was agreed on to resume them."""
    called, params = start(JUNE)
    silent, _ = start(JUNE)
    silent.call_day = 0
    called.talks = silent.talks = TALKS_ACTIVE
    called.day = silent.day = called.day + 3
    called.round_day = silent.round_day = called.day - 40
    assert round_hazard(called, params) > 1.2 * round_hazard(silent, params) > 0.0


def test_I5_ministers_do_not_meet_on_the_day_of_the_call() -> None:
    """They need some days: in June the first round comes on the 8th at the earliest."""
    firsts = [tape.of("ministers_round")[:1] for tape in tapes(resolved(JUNE), range(150))]
    days = [note.day for first in firsts for note in first]
    assert len(days) > 100
    assert min(days) == day("2025-06-08")


def test_I5_the_round_that_the_call_agreed_on_is_soon_held() -> None:
    """Nine in ten runs hold it within a fortnight, and hardly any stalls before."""
    runs = tapes(resolved(JUNE), range(150))
    firsts = [tape.of("ministers_round", "stall")[:1] for tape in runs]
    held = [first[0].kind == "ministers_round" for first in firsts if first]
    soon = [first[0].day <= day("2025-06-19") for first in firsts if first]
    assert sum(soon) > 0.9 * len(runs)
    assert sum(held) > 0.97 * len(runs)
