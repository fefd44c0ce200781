"""Every number says where it comes from, or that it is assumed and between what bounds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sim.scenario.evidence import sources


def entry(name: str = "tension", **changes: str) -> str:
    """Returns a state section with one sound entry, changed as asked; an empty change removes."""
    fields = {
        "value": "0.5",
        "unit": "share",
        "kind": "assumed",
        "range": "[0.3, 0.7]",
        "reason": "r",
    } | changes
    inside = ", ".join(f"{key}: {text}" for key, text in fields.items() if text)
    return f"state:\n  {name}: {{{inside}}}\n"


def test_a_sound_entry_keeps_all_that_is_said_of_it(solve: Any) -> None:
    """Source, kind, unit, range, reason and day of publication arrive in the resolved scenario."""
    known = solve(entry(source="E152")).sources["tension"]
    assert (known.kind, known.unit, known.source) == ("assumed", "share", "E152")
    assert (known.low, known.high, known.reason) == (0.3, 0.7, "r")
    assert known.known_from == "2025-10-23"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "reported", "range": "", "reason": ""}, "needs a source"),
        ({"kind": "measured"}, "needs a source"),
        ({"kind": "estimated"}, "needs a source"),
        ({"range": ""}, "needs a range"),
        ({"reason": ""}, "needs a reason"),
        ({"kind": "reported", "source": "E9999"}, "E9999"),
        ({"kind": "reported", "source": "pie"}, "did you mean piie?"),
        ({"unit": "pp"}, "'share'"),
        ({"unit": "shar"}, "'share'"),
        ({"value": "0.9"}, "outside its range 0.3 to 0.7"),
        ({"value": "1.5", "range": "[0, 2]"}, "not between 0 and 1"),
        ({"value": "-0.1", "range": "[-1, 1]"}, "not between 0 and 1"),
        ({"value": "true"}, "not a number"),
        ({"value": "word"}, "not a number"),
        ({"value": "null"}, "not a number"),
        ({"value": "2025-10-30"}, "not a number"),
    ],
)
def test_numbers_without_sound_provenance_are_refused(
    faults: Any, changes: dict[str, str], said: str
) -> None:
    """Missing or unknown sources, units, ranges and reasons name the entry and its line."""
    found = faults(entry(**changes))
    assert any(said in p.message for p in found)
    assert all("tension" in p.key for p in found)
    assert all(p.line == 4 and p.column > 0 for p in found)
    assert all(len(p.message) <= 160 for p in found)


@pytest.mark.parametrize(
    ("name", "changes", "said"),
    [
        ("summit.venue", {"value": "bejing", "unit": "code", "range": ""}, "did you mean beijing?"),
        (
            "summit.venue",
            {"value": "1", "unit": "code", "range": ""},
            "is not one of none, beijing",
        ),
        ("summit.date", {"value": '"2025-10-30"', "unit": "date", "range": ""}, "not a day"),
        ("threat.open", {"value": "1", "unit": "flag", "range": ""}, "not true or false"),
        ("us.control.tech", {"value": "1.5", "unit": "level", "range": "[0, 4]"}, "whole"),
        ("us.control.tech", {"value": "-1", "unit": "level", "range": "[-1, 4]"}, "below 0"),
        ("threat.size_pp", {"value": "5000", "unit": "pp", "range": "[0, 9000]"}, "1000"),
    ],
)
def test_values_fit_the_unit_of_their_field(
    faults: Any, name: str, changes: dict[str, str], said: str
) -> None:
    """Codes, days, switches, levels and points are held to what their unit allows."""
    found = faults(entry(name, **changes))
    assert any(said in p.message for p in found)


def test_a_level_that_is_assumed_needs_a_range_a_code_does_not(solve: Any, faults: Any) -> None:
    """Ranges are asked of what an interval describes; reasons are asked of everything."""
    assert any(
        "needs a range" in p.message
        for p in faults(entry("us.control.tech", value="2", unit="level", range=""))
    )
    assert solve(entry("summit.venue", value="beijing", unit="code", range="")).state[
        "summit.venue"
    ]
    assert any(
        "needs a reason" in p.message
        for p in faults(entry("summit.venue", value="beijing", unit="code", range="", reason=""))
    )


def test_unknown_names_give_the_nearest_one_and_the_right_section(faults: Any) -> None:
    """A misspelt name is corrected; a parameter under `state` is sent where it belongs."""
    (found,) = faults(entry("tensoin"))
    assert "did you mean tension?" in found.message
    (found,) = faults(entry("us.leader.autonomy"))
    assert "belongs under `parameters:`" in found.message
    (found,) = faults(entry().replace("state:", "parameters:"))
    assert "belongs under `state:`" in found.message


def test_a_parameter_needs_a_prior_or_a_range_or_be_a_legal_fact(solve: Any, faults: Any) -> None:
    """What is uncertain must say how much; a legal fact is not uncertain."""
    name = "us.leader.autonomy"
    bare = (
        "parameters:\n  us.leader.autonomy: {value: 0.5, unit: share, kind: reported, source: E308"
    )
    assert any("needs a prior or a range" in p.message for p in faults(bare + "}\n"))
    assert solve(bare + ", legal: true}\n").parameters[name].prior is None
    ranged = solve(bare + ", range: [0.2, 0.8]}\n").parameters[name].prior
    assert (ranged.family, ranged.a, ranged.b) == ("uniform", 0.2, 0.8)


@pytest.mark.parametrize(
    ("spread", "said"),
    [
        ("range: [0.2, 1.5]", "range: 1.5 is not between 0 and 1"),
        ("range: [-0.1, 0.8]", "range: -0.1 is not between 0 and 1"),
        ("prior: {family: uniform, low: 0.2, high: 1.5}", "1.5 is not between 0 and 1"),
    ],
)
def test_a_range_holds_no_value_that_the_parameter_cannot_have(
    faults: Any, spread: str, said: str
) -> None:
    """Every value that may be drawn is one that could be set by hand."""
    text = (
        "parameters:\n  us.leader.autonomy: {value: 0.5, unit: share, kind: reported, source: E308"
    )
    assert any(said in p.message for p in faults(f"{text}, {spread}}}\n"))


def test_a_publication_day_of_its_own_goes_before_that_of_the_source(solve: Any) -> None:
    """A number may have become public later than the series it belongs to."""
    text = (
        "parameters:\n  us.leader.autonomy: {value: 0.5, unit: share, kind: measured, "
        "source: piie, range: [0, 1], known_from: 2025-10-01}\n"
    )
    assert solve(text).parameters["us.leader.autonomy"].known_from == "2025-10-01"


def test_calendar_and_interventions_name_known_sources(faults: Any) -> None:
    """A source nobody knows is a fault wherever it stands."""
    (found,) = faults("calendar:\n  x: {date: 2025-11-05, kind: info, label: l, source: recrd}\n")
    assert "did you mean record?" in found.message
    (found,) = faults(
        "interventions:\n  x: {date: 2025-11-05, do: {set: {tension: 0.5}}, source: bogus}\n"
    )
    assert "bogus" in found.message


def test_all_faults_of_a_file_are_reported_at_once(faults: Any) -> None:
    """Unreadable values, unknown keys, missing sources and bad settings come in one go."""
    text = (
        "state:\n"
        "  tension: {value: .nan, unit: share, kind: assumed, range: [0, 1], reason: r}\n"
        "  rapport: {value: 0.5, unit: share, kind: reported}\n"
        "  market.stress: {value: 0.5, unit: share, kind: assumed, range: [0, 1], reson: r}\n"
        "  no.such.name: {value: 1, unit: share, kind: assumed, range: [0, 1], reason: r}\n"
        "calendar:\n"
        "  x: {date: 2025-13-01, kind: info, label: l, source: record}\n"
        "interventions:\n"
        '  y: {when: "tensoin > 1", do: {force: {side: us, act: hike}}}\n'
    )
    found = faults(text, sets=[("us.leadr.autonomy", "1")], at=[date(2030, 1, 1)])
    keys = " ".join(p.key for p in found)
    for key in (
        "tension", "rapport", "market.stress", "no.such.name", "calendar.x", "interventions.y",
        "us.leadr.autonomy", "2030-01-01",
    ):  # fmt: skip
        assert key in keys
    places = [p.line for p in found if p.file.endswith("mine.yaml")]
    assert places == sorted(places)


def test_every_fact_and_publication_has_a_day_and_a_text() -> None:
    """Sources are complete, and none is later than 23 October 2025."""
    assert len(sources()) > 390
    for source in sources().values():
        assert source.text
        assert source.published <= date(2025, 10, 23)
        assert source.key.startswith("E") == bool(source.article)
