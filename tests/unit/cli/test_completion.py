"""What the shell completes, and that it need not wait for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sim.cli import completion
from sim.model.outcomes.politics import outcome_index
from sim.scenario import shipped
from sim.scenario.compose import PARAMETERS, STATE
from sim.scenario.explain import explain
from sim.scenario.load import resolve

ID = "0123456789"


def context(**params: Any) -> Any:
    """Returns what was typed so far."""
    return SimpleNamespace(params=params)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with two results, the second newer, a sampled sweep and strangers."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_RESULTS", raising=False)
    root = tmp_path / "results"
    for age, home in enumerate(("b-0123456789", "a-abcdef0123", "a-design-1111111111/runs")):
        (root / home).mkdir(parents=True)
        manifest = root / home / "manifest.json"
        manifest.write_text("{}", "utf-8")
        os.utime(manifest, (1000.0 + age, 1000.0 + age))
    (root / "empty-2222222222").mkdir()
    (root / "screens").mkdir()
    return tmp_path


def test_scenarios_are_the_shipped_ones_and_those_of_the_folder(folder: Path) -> None:
    """A file that does not read like a scenario is none."""
    # Fails if a list of parameters is offered, or a user's own scenario is not.
    (folder / "summit-mine.yaml").write_text("# mine\nextends: october-2025-apec\n", "utf-8")
    (folder / "summit-other.yml").write_text("answer: 42\n", "utf-8")

    assert completion.scenarios(context(), "summit") == [
        "summit-in-beijing",
        "summit-in-washington",
        "summit-mine.yaml",
    ]
    assert completion.scenarios(context(), "param") == []


def test_results_come_newest_first_with_their_ids(folder: Path) -> None:
    """A folder without a manifest is no result; a sampled sweep can only be removed."""
    # Fails if a folder of something else is offered, or ids are not.
    assert completion.results(context(), "") == ["a-abcdef0123", "b-0123456789", "@latest"]
    assert completion.results(context(), "0123") == [ID]
    assert completion.results(context(), "@") == ["@latest"]
    assert completion.folders(context(), "a-d") == ["a-design-1111111111"]
    assert "october-2025-apec" in completion.worlds(context(), "")
    assert "b-0123456789" in completion.worlds(context(), "")


def test_results_are_those_of_the_folder_that_was_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By option, else by variable; none are no error."""
    # Fails if another folder is read, or a missing one ends in a traceback at the prompt.
    monkeypatch.setenv("DETENTE_RESULTS", str(folder / "nowhere"))
    assert completion.results(context(), "") == []
    assert completion.results(context(results=str(folder / "results")), "b") == ["b-0123456789"]
    monkeypatch.setenv("DETENTE_RESULTS", str(folder / "results"))
    assert completion.results(context(), "b") == ["b-0123456789"]


def test_numbers_are_those_that_can_be_set() -> None:
    """All of them, with the sign that follows; a sampled sweep needs no sign."""
    # Fails if the schema from which they are read lacks one.
    assert set(completion.numbers(context(), "")) == {*STATE, *PARAMETERS}
    assert completion.settings(context(), "us.noise") == ["us.noise="]
    assert set(completion.parameters(context(), "")) == set(PARAMETERS)
    assert completion.inputs(context(), "us.noise") == ["us.noise="]
    assert completion.inputs(context(sample="lhs"), "us.noise") == ["us.noise"]
    assert completion.settings(context(), "no.such") == []


def test_a_report_takes_inputs_after_its_scenario(folder: Path) -> None:
    """The first word names a world."""
    # Fails if a thousand numbers stand among the scenarios.
    assert completion.worlds_or_inputs(context(words=None), "us.noise") == []
    assert completion.worlds_or_inputs(context(words=["x"]), "us.noise") == ["us.noise="]


def test_outcomes_come_with_their_classes() -> None:
    """As `--outcome` takes them."""
    # Fails if an outcome or a class is missing from the schema.
    known = set(completion.outcomes(context(), ""))

    assert set(outcome_index()) <= known
    assert completion.outcomes(context(), "path_class=c") == ["path_class=conflict"]


def test_sections_are_those_of_an_explanation() -> None:
    """And any number, once something is typed."""
    # Fails if a section is renamed, or a module of parameters declares none.
    resolved = resolve("october-2025-apec")
    told = {row.part for row in explain(resolved)}

    assert set(completion.sections(context(), "")) == {*told, shipped.CALENDAR}
    assert completion.sections(context(), "dip") == ["diplomacy"]
    assert "us.noise" in completion.sections(context(), "us.n")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("run summit-in-b", ["summit-in-beijing"]),
        ("run october-2025-apec --set us.noi", ["us.noise="]),
        ("compare summit-in-washington b-0", ["b-0123456789"]),
        ("sweep october-2025-apec us.noi", ["us.noise="]),
        ("sensitivity october-2025-apec us.noi", ["us.noise"]),
        ("sensitivity october-2025-apec --outcome path_class=c", ["path_class=conflict"]),
        ("scenario explain october-2025-apec --only dip", ["diplomacy"]),
        ("results show a-a", ["a-abcdef0123"]),
        ("results rm a-d", ["a-design-1111111111"]),
        ("results diff a-abcdef0123 b", ["b-0123456789"]),
        ("report b-0", ["b-0123456789"]),
    ],
)
def test_the_shell_is_answered(folder: Path, typed: str, told: list[str]) -> None:
    """By its protocol, through the whole program."""
    # Fails if a verb does not complete what it takes.
    assert asked(typed, "pass").split() == told


def test_an_answer_loads_neither_the_model_nor_a_reader_of_files(folder: Path) -> None:
    """Whose imports alone take longer than a reader waits: what is loaded is counted, since times
    hang on the machine."""
    # Fails if a completion imports the catalog, the tables or the API.
    heavy = ("numpy", "yaml", "numba", "duckdb", "sim.model", "sim.api", "sim.experiment.store")
    after = f"print(*(name for name in {heavy!r} if name in sys.modules))"
    for typed in ("run october-2025-apec --set us.noi", "results show ", "report b-0"):
        assert asked(typed, after).splitlines()[-1] == ""


def asked(typed: str, after: str) -> str:
    """Returns what the program answers a shell, and what a statement after it prints."""
    code = (
        "import sys; sys.argv = ['detente']\nfrom sim.cli import main\n"
        f"try:\n    main()\nfinally:\n    {after}"
    )
    words = f"detente {typed}"
    told = {
        "_DETENTE_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **told},
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout
