"""What ships: every scenario asks, every number is accounted for, nothing is known too early."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sim.history.places import data_root
from sim.model.tables.vocabulary import CalendarKind, CourtCase
from sim.scenario.audit import audit
from sim.scenario.catalog import bases, find, names, read
from sim.scenario.evidence import sources
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Resolved

Solve = Callable[..., Resolved]

LAST_FACT = date(2025, 10, 23)
OVERRIDES = [name for name in bases() if name.startswith("overrides/")]
FILES = [*names(), *bases(), "parameters"]


@pytest.mark.parametrize("name", names())
def test_each_scenario_asks_a_question_and_is_complete(name: str) -> None:
    """A question, a run that fits its calendar, and every assumed number with its bounds."""
    resolved = resolve(name)
    assert resolved.question.endswith("?")
    assert resolved.start < resolved.until
    assert all(re.fullmatch(r"[A-K]\d+", row) for row in resolved.needs)
    assert all(entry.day > resolved.start - 400 for entry in resolved.calendar)
    for known in [*resolved.sources.values(), *resolved.parameters.values()]:
        if known.kind == "assumed":
            assert known.reason
            assert known.unit in {"code", "flag", "date"} or known.low is not None
        elif known.kind != "default":
            assert known.source in sources()


@pytest.mark.parametrize("name", names())
def test_dates_behind_a_start_are_not_in_its_future(name: str) -> None:
    """What a scenario says has happened happened on or before its first day."""
    resolved = resolve(name)
    past = (
        "leaders.last_call", "leaders.last_meeting", "talks.last_round",
        "truce.signed", "truce.from", "summit.confirmed.us", "summit.confirmed.host",
    )  # fmt: skip
    for key in past:
        assert resolved.state[key] <= resolved.start, key


@pytest.mark.parametrize("name", names())
def test_nothing_after_october_2025_is_told_as_fact(name: str) -> None:
    """After 23 October 2025 there are deadlines, slots and windows, and premises marked assumed."""
    resolved = resolve(name)
    limit = LAST_FACT.toordinal()
    for entry in resolved.calendar:
        announced = name == "october-2025-apec" and entry.key == "plan-briefing"
        assert entry.day <= limit or entry.kind != CalendarKind.INFO or announced
        assert sources()[entry.source].published <= LAST_FACT
    late = {k for k, v in resolved.state.items() if limit < v < date(2100, 1, 1).toordinal()}
    ahead = {"court.argued", "summit.date", "threat.deadline", "truce.ends_on"}
    assert all(resolved.sources[key].kind == "assumed" for key in late - ahead)


@pytest.mark.parametrize("name", names())
def test_the_start_rests_on_what_was_public_or_says_why_not(name: str) -> None:
    """A value of the state whose source came out after the start gives its reason."""
    resolved = resolve(name)
    start = date.fromordinal(resolved.start).isoformat()
    for key, known in resolved.sources.items():
        if known.known_from > start:
            article = known.source.startswith("E")
            assert article or known.reason, key


@pytest.mark.parametrize("name", names())
def test_two_scenarios_forecast_and_the_guide_says_the_rest_look_back(name: str) -> None:
    """Only where nothing behind a run is younger than its start may it be called a forecast."""
    resolved = resolve(name)
    start = date.fromordinal(resolved.start).isoformat()
    late = [*audit(resolved).late]
    late += [key for key, known in resolved.sources.items() if known.known_from > start]
    guide = (data_root() / "README.md").read_text(encoding="utf-8")
    forecasts = guide.split("### Forecast or hindsight")[1].split("contain nothing that")[0]
    assert (f"`{name}`" in forecasts) == (not late)


@pytest.mark.parametrize("name", FILES)
def test_facts_named_in_reasons_exist(name: str) -> None:
    """A reason that quotes a fact quotes one there is."""
    path = data_root() / "parameters.yaml" if name == "parameters" else find(name)
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"\bE\d{3}\b", text)) <= set(sources())
    assert not read(path).problems


def test_the_june_scenario_keeps_the_end_the_articles_imply() -> None:
    """Ninety days from 12 May end on 10 August 2025, two days before the legal end."""
    june = resolve("june-2025-resumed-talks")
    end = date(2025, 8, 10).toordinal()
    assert june.state["truce.ends_on"] == end
    assert end - june.state["truce.signed"] == june.parameters["truce.length_days"].value == 90
    assert end in june.report_dates


def test_four_overrides_ship() -> None:
    """There are examples of overrides to learn from and to use."""
    assert OVERRIDES == [
        "overrides/calm-markets",
        "overrides/courts-strike",
        "overrides/courts-uphold",
        "overrides/hawks-rising",
    ]


def coded(entry: dict[str, Any]) -> Any:
    """Returns the value of an entry; that of a class as its code."""
    value = entry["value"]
    return CourtCase[value.upper()] if entry["unit"] == "code" else value


@pytest.mark.parametrize("override", OVERRIDES)
@pytest.mark.parametrize("name", names())
def test_overrides_fit_on_every_scenario(solve: Solve, override: str, name: str) -> None:
    """An override changes what it says and nothing else, whatever it lies on."""
    plain = resolve(name)
    text = f"extends: {name}\noverrides: [{override.split('/')[1]}]\nuntil: "
    changed = solve(text + date.fromordinal(plain.until).isoformat() + "\n", head="")
    plainly = read(find(override)).root.plain()
    said = {section: plainly.get(section, {}) for section in ("state", "parameters")}
    for key in set(plain.state) - set(said["state"]):
        assert changed.state[key] == plain.state[key]
    for key, entry in said["state"].items():
        assert changed.state[key] == coded(entry)
    assert {k for k, p in changed.parameters.items() if p != plain.parameters[k]} <= set(
        said["parameters"]
    )
    assert all(changed.parameters[k].value == e["value"] for k, e in said["parameters"].items())
    # What it says anew is on record as its doing.
    assert {c.key for c in changed.changes if c.by == f"scenarios/{override}.yaml"} == {
        key
        for key, entry in (said["state"] | said["parameters"]).items()
        if entry["value"] != (plain.parameters[key].value if key in plain.parameters else None)
        and not (key in plain.origins and plain.state.get(key) == coded(entry))
    }


def test_the_two_overrides_can_be_used_together(solve: Solve) -> None:
    """They touch no common key, so that one scenario may take both."""
    both = solve("overrides: [hawks-rising, calm-markets]\n")
    assert (both.state["us.hawks.influence"], both.state["market.stress"]) == (0.6, 0.0)


def test_the_guide_lists_the_twelve_with_start_and_question() -> None:
    """The table of the guide says what the files say, in order of their starts."""
    guide = (data_root() / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (\d+ \w{3} 20\d\d) \| (.+) \|$", guide, re.MULTILINE)
    known = [resolve(name) for name in names()]
    expected = sorted((date.fromordinal(r.start), r.name, r.question) for r in known)
    assert [(name, question) for name, _, question in rows] == [
        (name, question) for _, name, question in expected
    ]
    assert [day for _, day, _ in rows] == [f"{d.day} {d:%b %Y}" for d, _, _ in expected]


def test_the_page_on_contradictions_quotes_facts_that_exist() -> None:
    """Each fact the page names is in the table, and the three marked errors are on it."""
    page = data_root().parent / "docs" / "data-flags.md"
    if not page.is_file():
        pytest.skip("the page is part of the checkout, not of the wheel")
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"\bE\d{3}\b", text))
    assert named <= set(sources())
    assert {"E011", "E384", "E390"} <= named


def test_every_contradiction_marked_in_the_table_is_treated() -> None:
    """Rows the table itself calls errors or contradictions stand on the page."""
    page = (data_root().parent / "docs" / "data-flags.md").read_text(encoding="utf-8")
    with (data_root() / "evidence.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["statement"].startswith(("CONTRADICTION", "ERROR IN SEED")):
                assert row["id"] in page
