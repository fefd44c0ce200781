"""Page of a single run as dated lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sim.engine.chronicle import Chronicle, Event, trace
from sim.report.page import render
from sim.report.pages.single_run.trace import trace_json, trace_page
from sim.scenario.load import resolve

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
        ((("reciprocity", 0.5),), "main reasons: what Washington has done +0.5"),
        (
            (("face", 0.04), ("rapport", -0.04)),
            "no strong reason; the choice had a probability of 20%",
        ),
        (
            (("delay", -0.12), ("face", 0.04)),
            "not the likeliest choice (20%): what speaks against it: time gained -0.12",
        ),
        (
            (("delay", -0.12), ("face", 0.07)),
            (
                "not the likeliest choice (20%): what speaks against it: time gained -0.12; "
                "for it: loss of face +0.07"
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


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (0.6, "the likeliest choice (60%)"),
        (0.1, "not the likeliest choice (10%)"),
        (0.09, "an unlikely choice (9%)"),
        (0.001, "an unlikely choice (below 1%)"),
    ],
)
def test_a_choice_against_which_more_speaks_is_called_what_it_was(p: float, words: str) -> None:
    """The likeliest is not called unlikely, and one in ten is not either."""
    odds = tuple(sorted((("rebuke", p), ("wait", 1.0 - p)), key=lambda pair: -pair[1]))
    page = trace_page(run(decision("rebuke", odds, (("face", -0.3),))))

    told = " ".join(render(page).split())

    assert told.endswith(f"{words}: what speaks against it: loss of face -0.3")


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


def test_a_bargain_is_told_by_giver_with_what_was_left_out() -> None:
    """What a side gives stands in one sentence, what it refused in another, joined by `or`."""
    signed = Event(
        DAY, "cn", None, "sign_swap", "The two sides sign a swap", LEVELS, details=("US 30 to 24",)
    )
    clauses = [
        Event(DAY, "cn", side, act, text, LEVELS)
        for side, act, text in (
            (None, "agree_prolong", "Both sides prolong the pause"),
            ("us", "agree_tech", "Washington relaxes its controls"),
            (None, "agree_port_fees", "Both sides suspend port fees"),
            ("us", "agree_visas", "Washington relaxes visas"),
            ("us", "agree_threat_off", "Washington withdraws its threat"),
        )
    ]
    refused = [
        Event(DAY, "cn", "cn", f"refuse_{act}", f"Beijing would not agree to {noun}", LEVELS)
        for act, noun in (("soybeans", "beans"), ("probes", "an end of a probe"))
    ]
    told = " ".join(render(trace_page(run(*refused, signed, *clauses))).split())

    assert (
        "US 30 to 24 agreed: Both sides prolong the pause and suspend port fees; Washington "
        "relaxes its controls, relaxes visas and withdraws its threat "
        "left out: Beijing would not agree to beans or an end of a probe"
    ) in told


def test_what_is_open_at_the_start_stands_above_the_table() -> None:
    """By subject, in the page and in JSON; nothing of it if nothing is known."""
    begun = replace(run(), start_state=(("talks", "stalled"), ("court", "case open")))
    lines = render(trace_page(begun)).splitlines()
    at = lines.index("At the start (levels of controls: 1 to 4):")

    assert [line.split(maxsplit=1) for line in lines[at + 1 : at + 3]] == [
        ["talks", "stalled"], ["court", "case open"],
    ]  # fmt: skip
    assert next(i for i, line in enumerate(lines) if line.startswith("date")) > at
    assert trace_json(begun)["start_state"] == {"talks": "stalled", "court": "case open"}
    assert "At the start" not in render(trace_page(run()))
    assert trace_json(run())["start_state"] == {}


def test_lines_below_an_event_are_in_the_json_too() -> None:
    """With the event they belong to."""
    refused = Event(
        DAY, "cn", "cn", "bundle_refused", "Beijing turns it down", LEVELS, details=("asked: x",)
    )

    assert "  asked: x" in render(trace_page(run(refused)))
    assert trace_json(run(refused))["events"][0]["details"] == ["asked: x"]


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


@pytest.mark.parametrize("waits", [False, True])
def test_a_trace_fits_eighty_columns(waits: bool) -> None:
    """Nothing is cut: every word of every offer stands in the page."""
    scenario = resolve("march-2025-escalation", until=date(2025, 7, 31))
    offers = 0
    for replicate in range(6):
        found = trace(scenario, 7, replicate)
        page = render(trace_page(found, waits=waits))
        words = {*page.split()}
        assert max(map(len, page.splitlines())) <= 80
        for event in found.events:
            if event.act == "bundle_refused":
                offers += 1
                assert {*" ".join((event.text, *event.details)).split()} <= words
    assert offers > 0


def test_probabilities_sum_to_a_hundred() -> None:
    """Where each is rounded on its own they would not, and the act chosen is told as listed."""
    # Fails if shares are rounded one by one.
    odds = (("wait", 0.586), ("rebuke", 0.136), ("list_entities", 0.086), ("open_probe", 0.096))
    odds = (*odds, ("accuse", 0.056), ("seek_talks", 0.04))
    text = " ".join(
        render(trace_page(run(decision("accuse", odds, (("deadline", 0.001),))))).split()
    )
    told = text.split("probabilities in %: ")[1].split(" no strong")[0]

    assert sum(int(part.split()[-1]) for part in told.split(", ")) == 100
    listed = next(part for part in told.split(", ") if part.startswith("accuse"))
    assert f"a probability of {listed.split()[-1]}%" in text
