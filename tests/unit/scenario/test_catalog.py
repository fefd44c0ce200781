"""Finding scenario files, reading them within bounds, and the text of a new one."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from sim.errors import NotFoundError, ScenarioError
from sim.history.places import data_root
from sim.history.text_files import shown
from sim.scenario.catalog import bases, find, names, read
from sim.scenario.load import resolve
from sim.scenario.template import new_scenario


def test_the_twelve_named_scenarios_ship() -> None:
    """The names are those a user may type; parameters, sources and base worlds are none."""
    assert names() == sorted(
        [
            "october-2025-apec",
            "january-2025-first-100-days",
            "march-2025-escalation",
            "june-2025-resumed-talks",
            "truce-lapses",
            "hawks-prevail",
            "summit-in-beijing",
            "summit-in-washington",
            "phase-one-redux",
            "investment-deal",
            "grand-bargain",
            "rare-earth-squeeze",
        ]
    )
    assert "base/october-2025" in bases()


@pytest.mark.parametrize("name", [*names(), *bases()])
def test_every_file_that_ships_is_found_and_read(name: str) -> None:
    """Each name leads to a file of the data folder that is plain YAML."""
    path = find(name)
    assert path.is_relative_to(data_root())
    assert not read(path).problems
    assert shown(path) == f"scenarios/{name}.yaml"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("october-2025-apek", "did you mean october-2025-apec?"),
        ("base/october-2026", "did you mean base/october-2025?"),
        ("parameters", "there is no scenario 'parameters'"),
        ("sources", "there is no scenario 'sources'"),
        ("", "there is no scenario ''"),
        ("../pyproject", "there is no scenario"),
        ("nul\0l", "there is no scenario"),
        ("x" * 100_000, "xxx..."),
        ("./mine.yaml", "by its path"),
    ],
)
def test_a_name_that_leads_nowhere_is_answered_in_a_few_lines(name: str, said: str) -> None:
    """Misspelt, empty and absurdly long names are not found, with the nearest right one."""
    with pytest.raises(NotFoundError) as caught:
        resolve(name)
    assert said in str(caught.value)
    assert len(str(caught.value)) < 400
    assert caught.value.exit_code == 4


def test_a_file_of_ones_own_is_given_by_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path is relative to the present folder; a name without ending never leads there."""
    (tmp_path / "mine.yaml").write_text("question: q\nextends: october-2025-apec\n")
    monkeypatch.chdir(tmp_path)
    assert resolve("mine.yaml").name == resolve("./mine.yaml").name == "mine"
    assert shown(find("./mine.yaml")) == "mine.yaml"
    with pytest.raises(NotFoundError):
        find("mine")


def test_a_base_is_looked_for_beside_the_file_first(tmp_path: Path) -> None:
    """A file may build on its neighbour by name, whatever the present folder is."""
    (tmp_path / "world.yaml").write_text("question: w\nextends: base/october-2025\n")
    (tmp_path / "mine.yaml").write_text("extends: world\n")
    assert resolve(str(tmp_path / "mine.yaml")).question == "w"


def test_no_more_is_read_of_a_file_than_is_allowed(tmp_path: Path) -> None:
    """A file far too large is refused by its size, not read into memory."""
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000_000)
    with pytest.raises(ScenarioError, match="larger than 512 kB"):
        read(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to the superuser")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    """A file without permission is a scenario error that says so."""
    path = tmp_path / "locked.yaml"
    path.write_text("question: q\n")
    path.chmod(0)
    with pytest.raises(ScenarioError, match="cannot be read"):
        read(path)


def test_a_new_scenario_resolves_as_its_base(tmp_path: Path) -> None:
    """The text of a new file is a complete scenario from the start."""
    path = tmp_path / "mine.yaml"
    path.write_text(new_scenario("mine", "october-2025-apec"), encoding="utf-8")
    assert resolve(str(path)).hash == resolve("october-2025-apec").hash


def test_the_examples_in_a_new_scenario_hold(tmp_path: Path) -> None:
    """Every example that stands in remarks resolves once the remark signs are taken away."""
    text = new_scenario("mine").replace(": {}", ":")
    path = tmp_path / "mine.yaml"
    path.write_text(re.sub(r"(?m)^#(?=  )", "", text), encoding="utf-8")
    resolved = resolve(str(path))
    assert resolved.parameters["tension.rest"].value == 0.5
    assert [row.key for row in resolved.interventions] == ["my-intervention"]
    assert "my-date" in {entry.key for entry in resolved.calendar}


def test_a_new_scenario_needs_a_base_that_exists() -> None:
    """A misspelt base is not found before anything is written."""
    with pytest.raises(NotFoundError, match="did you mean october-2025-apec"):
        new_scenario("mine", "october-2025-apek")


def test_the_complete_example_of_the_guide_holds(tmp_path: Path) -> None:
    """The example in scenarios/README.md resolves as it stands, and does what it says."""
    guide = (data_root() / "README.md").read_text(encoding="utf-8")
    example, _ = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    path = tmp_path / "mine.yaml"
    path.write_text(example, encoding="utf-8")
    resolved = resolve(str(path))
    assert "november-ends" not in {entry.key for entry in resolved.calendar}
    assert len(resolved.interventions) == 2
    assert resolved.parameters["tension.rest"].prior is not None
