"""Bases, overrides and the file itself, one on top of the other; every change is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sim.errors import ScenarioError
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Change


def number(value: float, name: str = "tension", section: str = "state") -> str:
    """Returns a section with one sound number."""
    return (
        f"{section}:\n  {name}: {{value: {value}, unit: share, kind: assumed, "
        "range: [0, 1], reason: r}\n"
    )


BASE = 'question: "base"\nstart: 2025-01-01\nuntil: 2025-03-01\n'
ENTRY = "{date: 2025-11-05, kind: info, label: l, source: record}"
ROW = "{date: 2025-11-05, do: {set: {tension: 0.5}}}"


def test_a_chain_of_bases_is_laid_down_from_the_bottom(write: Any) -> None:
    """What stands nearer to the file wins; what it does not say comes from below."""
    write(BASE + number(0.1) + number(0.2, "us.leader.autonomy", "parameters"), "a.yaml")
    write('question: "middle"\nextends: a.yaml\n' + number(0.3), "b.yaml")
    resolved = resolve(str(write("extends: b\n" + number(0.4, "rapport"), "c.yaml")))
    assert resolved.question == "middle"
    assert (resolved.state["tension"], resolved.state["rapport"]) == (0.3, 0.4)
    assert resolved.parameters["us.leader.autonomy"].value == 0.2
    assert resolved.start == date(2025, 1, 1).toordinal()
    assert resolved.until == date(2025, 3, 1).toordinal()
    assert resolved.name == "c"


def test_a_circle_of_bases_names_the_chain(write: Any) -> None:
    """Bases that extend one another are refused with the way round."""
    write("extends: b.yaml\n", "a.yaml")
    write("extends: c.yaml\n", "b.yaml")
    path = write('question: "q"\nstart: 2025-01-01\nextends: a.yaml\n', "c.yaml")
    with pytest.raises(ScenarioError) as caught:
        resolve(str(path))
    (found,) = (p for p in caught.value.problems if "circular" in p.message)
    names = [word.rsplit("/", 1)[-1] for word in found.message.split(": ", 1)[1].split(" -> ")]
    assert names == ["c.yaml", "a.yaml", "b.yaml", "c.yaml"]
    assert found.key == "extends"
    assert found.file.endswith("b.yaml")
    assert found.line == 1


def test_a_file_that_extends_itself_is_a_circle(write: Any) -> None:
    """The shortest circle is one file."""
    with pytest.raises(ScenarioError, match="circular"):
        resolve(str(write("extends: mine\nquestion: q\nstart: 2025-01-01\n")))


def test_a_tower_of_bases_is_bounded(write: Any) -> None:
    """Too many bases on top of one another are refused, and not called a circle."""
    write(BASE, "f0.yaml")
    for i in range(1, 12):
        top = write(f"extends: f{i - 1}.yaml\n", f"f{i}.yaml")
    with pytest.raises(ScenarioError, match="more than 8 levels of bases"):
        resolve(str(top))


@pytest.mark.parametrize("key", ["extends", "overrides"])
def test_a_missing_file_is_named_where_it_is_asked_for(write: Any, key: str) -> None:
    """A base or override that does not exist gives the line and the nearest that does."""
    names = {"extends": "base/octobre-2025", "overrides": "[overrides/calm-market]"}
    path = write(f"question: q\nstart: 2025-01-01\n{key}: {names[key]}\n")
    with pytest.raises(ScenarioError) as caught:
        resolve(str(path))
    (found,) = caught.value.problems
    assert (found.line, found.key) == (3, key)
    assert "did you mean " + {"extends": "base/october-2025?", "overrides": "overrides/calm-markets?"}[key] in found.message  # fmt: skip  # noqa: E501


def test_overrides_lie_above_the_base_and_below_the_file(write: Any, solve: Any) -> None:
    """Order: base, overrides in the order of the list, then the file's own words."""
    write(number(0.11) + number(0.12, "us.leader.autonomy", "parameters"), "one.yaml")
    write(number(0.21, "rapport"), "two.yaml")
    resolved = solve("overrides: [one, two]\n" + number(0.31, "rapport"))
    assert resolved.state["tension"] == 0.11
    assert resolved.parameters["us.leader.autonomy"].value == 0.12
    assert resolved.state["rapport"] == 0.31


@pytest.mark.parametrize(
    ("one", "two", "key"),
    [
        (number(0.1), number(0.2), "state.tension"),
        (f"calendar:\n  x: {ENTRY}\n", f"calendar:\n  x: {ENTRY}\n", "calendar.x"),
        (f"calendar:\n  truce-ends: {ENTRY}\n", "calendar:\n  truce-ends: null\n", "truce-ends"),
        (f"interventions:\n  x: {ROW}\n", f"interventions:\n  x: {ROW}\n", "interventions.x"),
        ("until: 2026-01-01\n", "until: 2026-02-01\n", "until"),
    ],
)
def test_two_overrides_on_one_key_name_both_files(
    write: Any, faults: Any, one: str, two: str, key: str
) -> None:
    """Overrides of one list may not clash, even where they agree."""
    write(one, "one.yaml")
    write(two, "two.yaml")
    (found,) = faults("overrides: [one.yaml, two.yaml]\n")
    assert key in found.key
    assert "one.yaml" in found.message
    assert "two.yaml" in found.message
    assert found.file.endswith("two.yaml")
    assert found.line == two.count("\n")


@pytest.mark.parametrize("line", ["extends: base/october-2025\n", "overrides: [calm-markets]\n"])
def test_an_override_stands_alone(write: Any, faults: Any, line: str) -> None:
    """An override that extends or overrides in turn is refused."""
    write(line + number(0.1), "one.yaml")
    (found,) = faults("overrides: [one.yaml]\n")
    assert "may not have `extends` or `overrides`" in found.message
    assert (found.key, found.line) == (line.split(":", maxsplit=1)[0], 1)


def test_null_removes_calendar_entries_and_interventions(write: Any) -> None:
    """What a base brought can be taken away again."""
    write(f"{BASE}calendar:\n  x: {ENTRY}\ninterventions:\n  y: {ROW}\n", "a.yaml")
    below = f'question: "q"\nuntil: 2025-12-01\nextends: a\ncalendar:\n  z: {ENTRY}\n'
    kept = resolve(str(write(below)))
    assert [e.key for e in kept.calendar] == ["x", "z"]
    gone = resolve(str(write(below + "  x: null\ninterventions:\n  y: null\n")))
    assert [e.key for e in gone.calendar] == ["z"]
    assert gone.interventions == ()


def test_null_returns_a_parameter_to_the_parameters_file(write: Any, solve: Any) -> None:
    """A parameter changed by a base or override goes back to the value all scenarios share."""
    name = "us.leader.autonomy"
    plain = solve().parameters[name]
    write(number(0.123, name, "parameters"), "one.yaml")
    changed = solve("overrides: [one]\n")
    assert changed.parameters[name].value == 0.123
    back = solve(f"overrides: [one]\nparameters:\n  {name}: null\n")
    assert back.parameters[name] == plain
    assert back.hash == solve().hash


def test_null_removes_a_state_value(solve: Any) -> None:
    """A state entry set to null falls back to the field table."""
    resolved = solve("state:\n  threat.open: null\n")
    assert resolved.state["threat.open"] == 0.0
    assert resolved.sources["threat.open"].kind == "default"


def test_changes_are_kept_in_order_with_old_new_and_by_whom(write: Any) -> None:
    """The record tells every change on the way from the base world, in the order it was made."""
    name = "us.leader.autonomy"
    write(BASE + number(0.1), "a.yaml")
    write(number(0.2) + number(0.123, name, "parameters"), "one.yaml")
    path = write(
        "extends: a\noverrides: [one]\nuntil: 2025-04-01\n"
        + number(0.3)
        + "interventions:\n  x: {date: 2025-01-05, do: {set: {tension: 0.5}}}\n"
    )
    resolved = resolve(str(path), sets=[("tension", "0.4"), ("interventions.x", "null")])
    made = [(c.key, c.old, c.new, c.by.rsplit("/", 1)[-1]) for c in resolved.changes]
    for expected in (
        ("tension", "0.1", "0.2", "one.yaml"),
        (name, "0.5", "0.123", "one.yaml"),
        ("until", "2025-03-01", "2025-04-01", "mine.yaml"),
        ("tension", "0.2", "0.3", "mine.yaml"),
        ("tension", "0.3", "0.4", "--set"),
    ):
        assert expected in made
    order = [made.index(c) for c in made if c[0] == "tension"]
    assert order == sorted(order)
    keys = [(key, by) for key, _, _, by in made]
    assert keys.index(("interventions.x", "mine.yaml")) < keys.index(("interventions.x", "--set"))
    assert made[-1][0] == "interventions.x"
    assert made[-1][2] == "null"


def test_what_an_override_sets_first_is_a_change_from_the_field_table(
    write: Any, solve: Any
) -> None:
    """Where no file spoke before, the old value is the one that would have held."""
    write(number(0.6, "us.hawks.influence"), "one.yaml")
    change = Change("us.hawks.influence", "0.4", "0.6", "one.yaml")
    (made,) = (c for c in solve("overrides: [one]\n").changes if c.key == change.key)
    assert (made.old, made.new, made.by.rsplit("/", 1)[-1]) == (change.old, change.new, change.by)
    write(number(0.4, "us.hawks.influence"), "one.yaml")
    assert change.key not in {c.key for c in solve("overrides: [one]\n").changes}


def test_an_override_to_the_present_value_changes_nothing(write: Any, solve: Any) -> None:
    """Saying again what already holds leaves the hash and the record of changes as they were."""
    plain = solve()
    name = "us.leader.autonomy"
    write(
        number(plain.state["tension"]) + number(plain.parameters[name].value, name, "parameters"),
        "one.yaml",
    )
    same = solve("overrides: [one]\n")
    assert same.hash == plain.hash
    assert same.changes == plain.changes
    assert all(isinstance(change, Change) for change in same.changes)


def test_origins_tell_the_file_and_line_that_set_a_number(write: Any, solve: Any) -> None:
    """Each number can be traced to the place it was last set."""
    write(number(0.2), "one.yaml")
    resolved = solve("overrides: [one]\n" + number(0.3, "rapport"), sets=[("market.stress", "0")])
    assert resolved.origins["tension"].endswith("one.yaml:2")
    assert resolved.origins["rapport"].endswith("mine.yaml:5")
    assert resolved.origins["market.stress"] == "--set"
    assert resolved.origins["threat.open"].startswith("scenarios/base/october-2025.yaml:")
    assert resolved.origins["calendar.truce-ends"].startswith("scenarios/base/october-2025.yaml:")


def test_a_new_start_without_an_end_brings_the_default_length(write: Any) -> None:
    """A scenario that starts elsewhere lasts 180 days unless it says more."""
    write(BASE, "a.yaml")
    resolved = resolve(str(write("extends: a\nstart: 2025-02-01\n")))
    assert resolved.until - resolved.start == 180


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("start: 2025-01-01\n", "question", "is missing"),
        ("question: q\n", "start", "is missing"),
        ("question: q\nstart: 2025-01-01\nuntil: 2024-12-31\n", "until", "before the start"),
        ("question: q\nstart: 2025-01-01\nuntil: 2025-01-01\n", "until", "a run lasts"),
        ("question: q\nstart: 2025-01-01\nuntil: 2055-01-01\n", "until", "3660 days"),
        ("question: q\nstart: 9999-12-31\n", "start", "9999-12-31"),
    ],
)
def test_first_and_last_day_make_a_run(write: Any, text: str, key: str, said: str) -> None:
    """A scenario asks a question and lasts between one day and ten years."""
    with pytest.raises(ScenarioError) as caught:
        resolve(str(write(text)))
    found = next(p for p in caught.value.problems if p.key == key)
    assert said in found.message
    assert found.file.endswith("mine.yaml")
