"""What is told of results that another version of the model played."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sim import api
from sim.errors import CheckFailedError
from sim.experiment.store.identity import model_version
from sim.experiment.store.manifest import sealed
from sim.report.answers.run import RunAnswer as Result
from sim.report.page import render
from sim.requests.options import Options

OLD = "october-2025-apec-0000000000"
OTHER: Options = {
    "sets": ["us.addon.fentanyl_pp=30"],
    "until": "2025-11-20",
    "at": ["2025-11-15"],
    "n": 40,
}
"""Runs that differ from those of `OLD`."""


@pytest.fixture
def results(october: Result, tmp_path: Path) -> Path:
    """A results folder that holds a batch of this version and one of another."""
    shutil.copytree(october.directory, tmp_path / october.directory.name)
    path = shutil.copytree(october.directory, tmp_path / OLD) / "manifest.json"
    text = path.read_text().replace(model_version(), "0123456789ab")
    manifest = json.loads(text.replace(october.batch.id, OLD[-10:]))
    # The tests change the scenario, as another version would have written it.
    path.write_text(sealed({**manifest, "scenario_sha256": None}))
    return tmp_path


def test_a_list_marks_results_of_other_versions(results: Path, october: Result) -> None:
    """A star beside them, a line that says what it means; in JSON a key."""
    shelf = api.stored(results)
    text = render(shelf.page())

    ids = [line.split()[0] for line in text.splitlines() if "october-2025-apec" in line]
    assert sorted(ids) == sorted([f"{OLD[-10:]}*", october.batch.id])
    assert "* played by another version of the model" in text
    current = {found["name"]: found["current"] for found in shelf.to_json()["results"]}
    assert current == {OLD: False, october.directory.name: True}
    api.remove(OLD, results)
    assert "another version" not in render(api.stored(results).page())


def test_a_result_of_another_version_tells_which(
    results: Path, october: Result, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is shown as it was played; a note and the JSON say by which version."""
    found = api.load(OLD, results)

    assert str(found) == str(api.load(october.batch.id, results)).replace(
        october.directory.name, OLD
    )
    assert found.to_json()["model_version"] == "0123456789ab"
    assert "played by another version of the model" in capsys.readouterr().err


def test_a_comparison_of_two_versions_says_so(results: Path, october: Result) -> None:
    """On the page, in the JSON, and by leaving out what only one of them could play."""
    notes: list[str] = []
    found = api.compare(OLD, "october-2025-apec", results=results, note=notes.append, **OTHER)
    text = " ".join(str(found).split())

    assert f"different versions of the model (A 0123456789ab, B {model_version()})" in text
    assert found.to_json()["a"]["model_version"] == "0123456789ab"
    assert any(note.startswith(f"{OLD} was played by another version") for note in notes)
    assert any("over the assumed ranges are left out: another version" in note for note in notes)


def test_a_scenario_another_version_played_is_played_anew_with_a_note(results: Path) -> None:
    """Its runs may differ from those that are there, which stay as they are."""
    shutil.rmtree(next(path for path in results.iterdir() if path.name != OLD))
    before = (results / OLD / "manifest.json").read_text()
    notes: list[str] = []
    options: Options = {**OTHER, "sets": (), "results": results, "note": notes.append}

    played = api.run("october-2025-apec", **options)
    again = api.run("october-2025-apec", **options)

    assert (played.batch.computed, again.batch.computed) == (40, 0)
    (note,) = notes
    assert note.startswith(f"{OLD} holds 40 of these runs as another version")
    assert (results / OLD / "manifest.json").read_text() == before


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("us.leader.autonomy", "us.leader.whim", "has 'us.leader.whim', which this one does not"),
        ("us.leader.autonomy", None, "lacks 'us.leader.autonomy'"),
    ],
)
def test_a_scenario_of_other_parameters_is_shown_and_not_played(
    results: Path, old: str, new: str | None, words: str
) -> None:
    """What was played can be told; what would be played differs, which is said before it is."""
    path = results / OLD / "scenario.json"
    scenario = json.loads(path.read_text())
    parameter = scenario["parameters"].pop(old)
    if new:
        scenario["parameters"][new] = {**parameter, "name": new}
    path.write_text(json.dumps(scenario))
    notes: list[str] = []

    assert "In short" in str(api.load(OLD, results))
    with pytest.raises(CheckFailedError, match=words):
        api.trace(OLD, replicate=3, results=results)
    with pytest.raises(CheckFailedError, match=words):
        api.fork(OLD, on="2025-11-01", do="us.seek_talks=yes", results=results)
    api.compare(OLD, "october-2025-apec", results=results, note=notes.append, **OTHER)
    assert any(words in note for note in notes)


def test_a_run_another_version_played_otherwise_is_said_to_be_its(results: Path) -> None:
    """The way out is another run, not another try."""
    api.trace(OLD, replicate=3, results=results)
    path = results / OLD / "scenario.json"
    scenario = json.loads(path.read_text())
    scenario["state"]["us.addon.fentanyl_pp"] += 7.0
    path.write_text(json.dumps(scenario))

    words = r"no longer matches .* another version .* simulates it again"
    with pytest.raises(CheckFailedError, match=words):
        api.trace(OLD, replicate=3, results=results)
