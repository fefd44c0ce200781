"""The closed schema: every wrong key and type is named with its place and what is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sim.history.places import data_root
from sim.scenario.schema import LIMITS, editor_schema

GOOD = {
    "state": "  tension: {value: 0.5, unit: share, kind: assumed, range: [0, 1], reason: r}",
    "parameters": (
        "  us.leader.autonomy:\n    {value: 0.5, unit: share, kind: assumed, range: [0, 1], "
        "reason: r, prior: {family: beta, a: 1, b: 1}}"
    ),
    "calendar": "  x: {date: 2025-11-05, kind: info, label: l, source: record}",
    "interventions": "  x: {date: 2025-11-05, do: {force: {side: us, act: hike, size_pp: 10}}}",
}


def test_the_good_examples_of_this_file_resolve(solve: Any) -> None:
    """What the tests below spoil is sound before they do."""
    resolved = solve("".join(f"{key}:\n{text}\n" for key, text in GOOD.items()))
    assert resolved.state["tension"] == 0.5
    assert resolved.parameters["us.leader.autonomy"].prior.family == "beta"
    assert [row.key for row in resolved.interventions] == ["x"]


@pytest.mark.parametrize(
    ("section", "right", "wrong"),
    [
        ("state", "value:", "valeu:"),
        ("state", "range:", "rnage:"),
        ("parameters", "reason:", "reson:"),
        ("parameters", "family:", "famly:"),
        ("calendar", "label:", "lable:"),
        ("interventions", "date:", "dat:"),
        ("interventions", "force:", "froce:"),
        ("interventions", "size_pp:", "sizepp:"),
        ("interventions", "act:", "acts:"),
    ],
)
def test_unknown_keys_are_named_with_the_nearest_right_one(
    faults: Any, section: str, right: str, wrong: str
) -> None:
    """At every level of a file an unknown key tells its place and what was meant."""
    text = f"{section}:\n{GOOD[section]}\n".replace(right, wrong, 1)
    found = next(p for p in faults(text) if "unknown key" in p.message)
    lines = f'question: "q"\nextends: base/october-2025\n{text}'.splitlines()
    assert f"did you mean {right[:-1]}?" in found.message
    assert found.key.endswith(wrong[:-1])
    assert lines[found.line - 1][found.column - 1 :].startswith(wrong)
    assert found.file.endswith("mine.yaml")


def test_an_unknown_section_lists_those_allowed(faults: Any) -> None:
    """The top level is closed as well."""
    (found,) = faults("stat: {}\n")
    assert (found.line, found.column, found.key) == (3, 1, "stat")
    assert "did you mean state?" in found.message
    assert "interventions" in found.message


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("state:\n  tension: 0.5\n", "state.tension", "not a mapping"),
        ("state:\n  tension: [1]\n", "state.tension", "not a mapping"),
        ("state: 3\n", "state", "not a mapping"),
        ("needs: A1\n", "needs", "not a list"),
        ("question: 3\n", "question", "not text"),
        ("question: [a]\n", "question", "not text"),
        ("start: soon\n", "start", "not a day"),
        ('start: "2025-10-23"\n', "start", "not a day"),
        ("until: 12\n", "until", "not a day"),
        ("title: ''\n", "title", "empty"),
        ("overrides: calm-markets\n", "overrides", "not a list"),
        ("extends: 3\n", "extends", "not text"),
    ],
)
def test_wrong_types_say_what_was_found_and_what_belongs(
    faults: Any, text: str, key: str, said: str
) -> None:
    """A wrong type names the key, the line and what to write instead."""
    sound = {"question": "q", "extends": "base/october-2025"}
    head = "".join(f"{k}: {v}\n" for k, v in sound.items() if not text.startswith(k))
    found = next(p for p in faults(text, head=head) if p.key == key)
    assert said in found.message
    assert found.line == len(head.splitlines()) + (2 if "." in key else 1)


@pytest.mark.parametrize(
    ("fields", "key", "said"),
    [
        ("value: [1], unit: share, kind: assumed", "state.tension.value", "not a number"),
        ("value: 0.5, unit: 3, kind: assumed", "state.tension.unit", "not text"),
        ("value: 0.5, unit: share, kind: sure", "state.tension.kind", "did you mean measured?"),
        ("value: 0.5, unit: share, kind: assumd", "state.tension.kind", "did you mean assumed?"),
        ("value: 0.5, kind: assumed", "state.tension.unit", "is missing"),
        ("value: 0.5, unit: share", "state.tension.kind", "is missing"),
        ("unit: share, kind: assumed", "state.tension.value", "is missing"),
        ("value: 0.5, unit: share, kind: assumed, range: 3", "state.tension.range", "not a list"),
        (
            "value: 0.5, unit: share, kind: assumed, range: [0, 1, 2]",
            "state.tension.range",
            "[lowest, highest]",
        ),
        (
            "value: 0.5, unit: share, kind: assumed, range: [a, 1]",
            "state.tension.range.0",
            "not a number",
        ),
    ],
)
def test_a_number_must_be_complete_and_typed(faults: Any, fields: str, key: str, said: str) -> None:
    """Value, unit and kind are demanded of every number, each of its own type."""
    found = next(p for p in faults(f"state:\n  tension: {{{fields}}}\n") if p.key == key)
    assert said in found.message
    assert found.line == 4


@pytest.mark.parametrize(
    ("entry", "key", "said"),
    [
        ("date: soon, kind: info, label: l, source: record", "calendar.x.date", "not a day"),
        ("kind: info, label: l, source: record", "calendar.x.date", "is missing"),
        ("date: 2025-11-05, label: l, source: record", "calendar.x.kind", "is missing"),
        (
            "date: 2025-11-05, kind: deadlin, label: l, source: record",
            "calendar.x.kind",
            "deadline?",
        ),
        ("date: 2025-11-05, kind: info, source: record", "calendar.x.label", "is missing"),
        ("date: 2025-11-05, kind: info, label: l", "calendar.x.source", "is missing"),
        (
            "date: 2025-11-05, kind: summit_slot, label: l, source: record, venue: bejing",
            "calendar.x.venue",
            "did you mean beijing?",
        ),
    ],
)
def test_calendar_entries_are_complete_and_typed(
    faults: Any, entry: str, key: str, said: str
) -> None:
    """A calendar entry names its date, kind, label and source, from closed lists."""
    found = next(p for p in faults(f"calendar:\n  x: {{{entry}}}\n") if p.key == key)
    assert said in found.message


@pytest.mark.parametrize(
    ("prior", "said"),
    [
        ("{family: beta, a: 1}", "b"),
        ("{family: bta, a: 1, b: 1}", "did you mean beta?"),
        ("{family: beta, a: 0, b: 1}", "above 0"),
        ("{family: normal, mean: 0.5, sd: -1}", "above 0"),
        ("{family: uniform, low: 0.8, high: 0.2}", "below"),
        ("{family: gamma, shape: x, rate: 1}", "not a number"),
    ],
)
def test_priors_are_distributions(faults: Any, prior: str, said: str) -> None:
    """A prior that is no distribution is refused by name."""
    text = (
        "parameters:\n  us.leader.autonomy: {value: 0.5, unit: share, kind: assumed, "
        f"range: [0, 1], reason: r, prior: {prior}}}\n"
    )
    found = faults(text)
    assert all("us.leader.autonomy" in p.key for p in found)
    assert any(said in p.message for p in found)


@pytest.mark.parametrize(
    ("section", "limit", "entry"),
    [
        (
            "calendar",
            LIMITS["calendar"],
            "{date: 2025-11-05, kind: info, label: l, source: record}",
        ),
        ("interventions", LIMITS["interventions"], "{date: 2025-11-05, do: {set: {tension: 0.5}}}"),
    ],
)
def test_sections_are_bounded(
    solve: Any, faults: Any, section: str, limit: int, entry: str
) -> None:
    """64 calendar entries and 16 interventions are the most a scenario may hold."""
    present = len(getattr(solve(), section))
    full = f"{section}:\n" + "".join(f"  k{i}: {entry}\n" for i in range(limit - present))
    assert len(getattr(solve(full), section)) == limit
    (found,) = faults(full + f"  one-more: {entry}\n")
    assert f"has {limit + 1} entries; at most {limit} are allowed" in found.message
    assert found.key == section


def test_the_limits_are_those_of_the_design() -> None:
    """The bounds are part of the format."""
    assert LIMITS == {"calendar": 64, "interventions": 16, "expect": 64, "presets": 16}


def test_the_exported_schema_is_up_to_date() -> None:
    """The file editors read is what the program would write today."""
    file = Path(str(data_root())) / "schema" / "scenario.json"
    assert json.loads(file.read_text(encoding="utf-8")) == json.loads(json.dumps(editor_schema()))


def test_the_exported_schema_is_closed() -> None:
    """Editors flag unknown keys everywhere names are not free."""
    schema = editor_schema()
    for part in [schema, *schema["$defs"].values()]:
        assert part["additionalProperties"] is False
    assert "question" in schema["properties"]
