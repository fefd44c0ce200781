"""Scenario files that start as of a day on record."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.experiment.inputs.as_of import replayed_world
from sim.experiment.inputs.resolution import resolve
from sim.history.places import data_root
from sim.scenario.load import resolve as resolve_written

HEAD = 'question: "q"\nstart: {as_of: 2019-05-05}\nuntil: 2019-12-31\n'
BODY = """
state:
  rapport: {value: 0.6, unit: share, kind: assumed, range: [0.4, 0.8], reason: r}
parameters:
  tension.rest: {value: 0.3, unit: share, kind: assumed, range: [0.2, 0.4], reason: r}
calendar:
  forum-2019-06-28: null
interventions:
  no-hike:
    date: 2019-05-06
    until: 2019-06-06
    do: {forbid: {side: us, act: execute_threat}}
"""


def written(folder: Path, text: str, name: str = "mine.yaml") -> str:
    """Writes a file and returns its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_file_starts_from_the_record_of_the_evening(tmp_path: Path) -> None:
    """State, memory, parameters, people and calendar are those of the world as of the day."""
    # Fails if a part is left at its default, or the first day is the day itself.
    mine = resolve(written(tmp_path, HEAD), at=[date(2019, 6, 1)])
    world = replayed_world(date(2019, 5, 5), until=date(2019, 12, 31), at=[date(2019, 6, 1)])

    assert (mine.name, mine.start) == ("mine", date(2019, 5, 6).toordinal())
    assert mine.state["threat.open"] == 1.0
    assert mine.hash == world.hash
    assert mine.prior_hash == world.prior_hash


def test_a_file_changes_what_it_names_and_no_more(tmp_path: Path) -> None:
    """Its state holds on the first day, its parameters, calendar and bans in the run."""
    # Fails if the record overwrites the file, or the file the rest of the record.
    usual, mine = resolve(written(tmp_path, HEAD)), resolve(written(tmp_path, HEAD + BODY))
    states = {name for name in usual.state if usual.state[name] != mine.state[name]}
    numbers = {
        name for name, p in usual.parameters.items() if p.value != mine.parameters[name].value
    }

    assert states == {"rapport", "tension"}
    assert mine.state["rapport"] == 0.6
    assert mine.sources["rapport"].kind == "assumed"
    assert numbers == {"tension.rest"}
    keys = [[entry.key for entry in each.calendar] for each in (usual, mine)]
    assert "forum-2019-06-28" in keys[0]
    assert keys[1] == [key for key in keys[0] if key != "forum-2019-06-28"]
    assert [row.key for row in mine.interventions] == ["no-hike"]
    assert mine.hash != usual.hash


def test_a_child_may_move_the_day(tmp_path: Path) -> None:
    """It keeps what its base changes, and has the calendar of its own day."""
    # Fails if forums announced later or held before stay on the calendar.
    written(tmp_path, HEAD + BODY, "base.yaml")
    child = "extends: ./base.yaml\nstart: {as_of: 2017-04-05}\nuntil: 2017-12-31\n"
    mine = resolve(written(tmp_path, child + "interventions: {no-hike: null}\n"))

    assert mine.start == date(2017, 4, 6).toordinal()
    assert mine.state["rapport"] == 0.6
    world = replayed_world(date(2017, 4, 5))
    assert [entry.key for entry in mine.calendar] == [entry.key for entry in world.calendar]
    assert ("start", "2017-04-06") in [(change.key, change.new) for change in mine.changes]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("start: {as_of: 2016-12-31}", "2016-12-31 is not on record, which runs from 2017-04-05"),
        ("start: {as_of: 9999-12-31}", "to 2025-10-23; write a day within it"),
        ("start: {as_of: soon}", "'soon' is not a day"),
        ("start: {as_off: 2019-05-05}", "did you mean as_of?"),
        ("start: {}", "start.as_of: is missing"),
        ("start: [2019-05-05]", "is not a day"),
        ("start: {as_of: 2019-05-05}\nextends: base/october-2025", "write both starts"),
    ],
)
def test_a_wrong_day_is_refused_at_its_place(tmp_path: Path, text: str, said: str) -> None:
    """With what is allowed."""
    # Fails if a day off record is replayed, or two kinds of start are mixed.
    with pytest.raises(ScenarioError, match=r"mine\.yaml:2:") as caught:
        resolve(written(tmp_path, f'question: "q"\n{text}\n'))
    assert said in str(caught.value)


def test_the_day_cannot_be_set_beside_its_file(tmp_path: Path) -> None:
    """A first day typed on the command line would contradict the state."""
    # Fails if the state of one day starts on another.
    with pytest.raises(ScenarioError, match="change `as_of` in its file"):
        resolve(written(tmp_path, HEAD), sets=[("start", "2019-06-01")])


def test_the_example_of_the_guide_holds(tmp_path: Path) -> None:
    """The second example in scenarios/README.md has the threat of its day, and its own ban."""
    # Fails if the guide shows a file that is refused, or one that bans nothing.
    guide = (data_root() / "README.md").read_text(encoding="utf-8")
    _, example = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    mine = resolve(written(tmp_path, example))

    assert mine.state["threat.deadline"] == date(2019, 5, 10).toordinal()
    assert mine.interventions[0].do[0].act == "execute_threat"


def test_other_scenarios_are_as_written() -> None:
    """The record has no part in a scenario that describes its start itself."""
    # Fails if a written scenario is filled from the record.
    name = "october-2025-apec"
    assert resolve(name) == resolve_written(name)
    assert not resolve(name).memory
