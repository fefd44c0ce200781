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


def run(*events: Event) -> Chronicle:
    """Returns a run of two days with some events."""
    return Chronicle("toy", 7, 3, DAY - 1, DAY, events)


def decision(
    act: str, odds: tuple[tuple[str, float], ...], features: tuple[tuple[str, float], ...]
) -> Event:
    """Returns a choice of Beijing."""
    return Event(DAY, "cn", "cn", act, "Beijing acts", LEVELS, odds, features)


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


@pytest.mark.parametrize(
    ("features", "words"),
    [
        ((("face", 0.07), ("rapport", -0.04)), "main reasons: loss of face +0.07"),
        ((("face", 0.05),), "main reasons: loss of face +0.05"),
        ((("reciprocity", 0.5),), "main reasons: answering Washington +0.5"),
        (
            (("face", 0.04), ("rapport", -0.04)),
            "no strong reason: not the likeliest choice (20%)",
        ),
        (
            (("delay", -0.12), ("face", 0.04)),
            ("no strong reason: not the likeliest choice (20%); against it: time gained -0.12"),
        ),
        (
            (("delay", -0.12), ("face", 0.07)),
            (
                "main reasons, on balance against it: time gained -0.12, loss of face +0.07; "
                "not the likeliest choice (20%)"
            ),
        ),
    ],
)
def test_weak_reasons_are_left_out_and_reasons_against_said_to_be_so(
    features: tuple[tuple[str, float], ...], words: str
) -> None:
    """What moves the odds by less than 5 per cent is no reason."""
    # Fails if the least size counts signed reasons, or is itself left out.
    odds = (("wait", 0.8), ("rebuke", 0.2))
    told = " ".join(render(trace_page(run(decision("rebuke", odds, features)))).split())

    assert told.endswith(f"rebuke 20 {words}")


def test_the_likeliest_choice_needs_no_strong_reason() -> None:
    """It is not called unlikely."""
    page = trace_page(run(decision("rebuke", (("rebuke", 0.6), ("wait", 0.4)), (("face", 0.01),))))

    assert "no strong reason: the likeliest choice (60%)" in render(page)


def test_what_an_agreement_is_worth_is_explained_once() -> None:
    """Both sides in one line, and what 0 and 1 mean above; nothing of it without an agreement."""
    signed = Event(DAY, "cn", None, "sign_truce", "The two sides sign a truce", LEVELS)
    gains = [
        Event(DAY, "cn", side, "gain", "gains", LEVELS, size=size)
        for side, size in (("us", 1.094), ("cn", -0.32))
    ]
    told = render(trace_page(run(signed, *gains)))

    assert "worth +1.09 to Washington and -0.32 to Beijing" in told
    assert told.count("utility") == 1
    assert max(map(len, told.splitlines())) <= 80
    assert "utility" not in render(trace_page(run(signed)))


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
