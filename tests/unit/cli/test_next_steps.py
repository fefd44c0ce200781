"""Commands that the program itself names: each works as it stands, from any folder."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import Result

from sim.cli.app import app

Detente = Callable[..., Result]
ROOT = Path(__file__).parents[3]
TEXT = """title: Mine
question: What?
extends: base/october-2025
start: 2025-10-23
until: 2025-11-12
"""


def named_in(text: str) -> list[list[str]]:
    """Returns the commands at the ends of the lines of a text, as words without the program."""
    text = text.replace("\\\n", " ")
    found = re.findall(r"(?:[:`] ?|^  )detente ((?:[\w-]+) [^`\n]+?)(?:`|$)", text, re.MULTILINE)
    return [shlex.split(command) for command in found]


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    """A scenario of the user's own, whose path has what shells take for something else."""
    folder = tmp_path / "my $files (new)"
    folder.mkdir()
    file = folder / "what if it's 1;2.yaml"
    file.write_text(TEXT, "utf-8")
    return file


@pytest.mark.parametrize("verb", [("run", "-n", "2", "-q"), ("scenario", "show")])
@pytest.mark.parametrize("options", [(), ("--set", "tension=0.7", "--until", "2025-11-05")])
def test_the_numbers_of_an_own_file_are_explained_from_another_folder(
    detente: Detente,
    own_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    verb: tuple[str, ...],
    options: tuple[str, ...],
) -> None:
    """The page names the file by its whole path, and what was changed on the command line."""
    monkeypatch.chdir(own_file.parent)
    commands = named_in(detente(*verb, own_file.name, *options).stdout)
    (command,) = (each for each in commands if each[:2] == ["scenario", "explain"])
    monkeypatch.chdir(tmp_path)
    explained = detente(*command, "--only", "tension")
    for other in commands:
        if other[0] in {"run", "trace"}:
            assert detente(*other).exit_code == 0

    assert explained.exit_code == 0, explained.stderr
    assert own_file.stem in explained.stdout
    assert {each[0] for each in commands} == (
        {"sensitivity", "run", "explain", "trace", "scenario"} if verb[0] == "run" else {"scenario"}
    )
    assert ("tension = 0.7 " in explained.stdout) == bool(options)


def test_a_new_file_is_checked_and_run_as_it_says(
    detente: Detente, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the page, from anywhere, and by the first lines of the file, from its own folder."""
    home = tmp_path / "new files"
    home.mkdir()
    monkeypatch.chdir(home)
    (check,) = named_in(detente("scenario", "new", "a new one").stdout)
    first = re.findall(r"`detente ([^`]+)`", (home / "a new one.yaml").read_text("utf-8"))
    # Its preset is a comment until it is written out.
    text = (home / "a new one.yaml").read_text("utf-8")
    preset = text.index("presets: {}")
    written = re.sub(r"^#", "", text[preset:].replace(" {}", ""), flags=re.MULTILINE)
    (home / "a new one.yaml").write_text(text[:preset] + written, "utf-8")
    for command in map(shlex.split, first):
        more = {"run": ["-n", "2", "--until", "2025-11-05"], "check": ["-n", "2"]}
        ended = detente(*command, *more.get(command[0], []))
        assert ended.exit_code == 0, ended.stderr
    monkeypatch.chdir(tmp_path)

    assert [command.partition(" ")[0] for command in first] == ["scenario", "run", "check", "run"]
    assert detente(*check).exit_code == 0


def test_a_shipped_scenario_is_named_by_its_name(detente: Detente) -> None:
    """Which every checkout knows, wherever it lies."""
    (command,) = named_in(detente("scenario", "show", "october-2025-apec").stdout)

    assert command == ["scenario", "explain", "october-2025-apec"]
    assert detente(*command).exit_code == 0


def test_every_verb_that_the_source_names_exists() -> None:
    """In pages, errors and help; a verb of a group is named with its group."""
    verbs = get_command(app).commands  # type: ignore[attr-defined]
    unknown = []
    for file in (ROOT / "sim").rglob("*.py"):
        for first, second in re.findall(
            r"(?<![.\w])detente ([a-z]+)(?: ([a-z]+))?", file.read_text(encoding="utf-8")
        ):
            group = getattr(verbs.get(first), "commands", None)
            if first in verbs and (group is None or second in group):
                continue
            if first not in {"is", "on"}:
                unknown.append((file.name, first, second))

    assert unknown == []
