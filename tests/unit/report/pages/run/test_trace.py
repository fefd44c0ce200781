"""Page of a single run as dated lines."""

from __future__ import annotations

from datetime import date

import pytest

from sim.engine.chronicle import Chronicle, Event
from sim.report.page import render
from sim.report.pages.run.trace import trace_json, trace_page

DAY = date(2025, 10, 30).toordinal()
LEVELS = {"us_addon_pp": 30.0, "cn_addon_pp": 10.5}


@pytest.fixture
def chronicle() -> Chronicle:
    """A meeting, a decision with ten alternatives, and a wait."""
    odds = (("wait", 0.6), ("rebuke", 0.2), ("list_entities", 0.1), ("open_probe", 0.05))
    rest = (("ease_rare_earths", 0.03), ("accuse", 0.018), ("seek_talks", 0.002))
    features = (("pressure", 0.35), ("leverage", -0.14), ("deadline", 0.001))
    return Chronicle(
        "toy",
        7,
        3,
        DAY - 1,
        DAY + 1,
        (
            Event(DAY, "leaders", None, "summit_held", "Both sides meet", LEVELS, source="E143"),
            Event(DAY, "cn", "cn", "seek_talks", "Beijing asks", LEVELS, odds + rest, features),
            Event(DAY + 1, "cn", "cn", "wait", "Beijing waits", LEVELS, odds + rest, ()),
        ),
    )


def test_each_event_has_its_date_text_source_and_duties(chronicle: Chronicle) -> None:
    """A line says when, what, on whose word, and where the duties stand."""
    line = next(line for line in render(trace_page(chronicle)).splitlines() if "meet" in line)

    assert line.split() == [*("30", "Oct", "2025", "Both", "sides", "meet", "[E143]", "30", "10.5")]


def test_a_decision_shows_alternatives_and_reasons(chronicle: Chronicle) -> None:
    """The likeliest four, what was chosen, the rest together; reasons with signs."""
    text = " ".join(render(trace_page(chronicle)).split())

    assert (
        "probabilities in %: wait 60, rebuke 20, list firms 10, investigate a US firm 5, "
        "propose talks below 1, 2 other acts 5"
    ) in text
    assert "main reasons: pressure at home +0.35, leverage gained -0.14" in text
    assert "a deadline is near" not in text


def test_waits_are_counted_or_shown(chronicle: Chronicle) -> None:
    """Decisions to do nothing are left out unless asked for."""
    brief = render(trace_page(chronicle))
    full = render(trace_page(chronicle, waits=True))

    assert "Beijing waits" not in brief
    assert "Not shown: 1 decision to do nothing" in brief
    assert "Beijing waits" in full
    assert "Not shown" not in full


def test_json_holds_every_event(chronicle: Chronicle) -> None:
    """Waits included, probabilities by act, dates as ISO days."""
    told = trace_json(chronicle)

    assert (told["schema"], told["replicate"], told["start"]) == (1, 3, "2025-10-29")
    assert [event["act"] for event in told["events"]] == ["summit_held", "seek_talks", "wait"]
    assert told["events"][1]["probabilities"]["wait"] == 0.6
    assert told["events"][1]["features"] == {"pressure": 0.35, "leverage": -0.14, "deadline": 0.001}
