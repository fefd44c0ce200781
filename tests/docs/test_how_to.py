"""Pages that tell how to do something: what they tell to write and to type works, in its order."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from typer.testing import CliRunner

from sim.cli.app import app

DOCS: Final = Path(__file__).parents[2] / "docs"
FOLDER: Final = DOCS / "how-to"
# What must be done in the source is followed by test_contributing.py.
ELSEWHERE: Final = {"clause.md"}
PAGES: Final = sorted({path.name for path in FOLDER.glob("*.md")} - ELSEWHERE)
# Fewer runs than a reader plays; the last of an option that is repeated counts.
FEW: Final = {
    # On the engine that needs no compiling.
    "backtest": ("-n", "100", "--from", "2025-05", "--engine", "simpy"),
    "check": ("-n", "40"),
    "compare": ("-n", "10", "--brief"),
    "forecast": ("-n", "10"),
    "report": ("-n", "10", "--until", "2025-11-20"),
    "run": ("-n", "10"),
}
WHOLE: Final = {"score"}
"""Commands below a group that play nothing."""

BLOCK: Final = re.compile(
    r"^```(?P<kind>[a-z]*)(?: title=\"(?P<file>[\w.]+)\")?\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


class Step(NamedTuple):
    """A block of a page.

    Attributes:
        kind: Empty for commands, `text` for what the last of them prints, else the kind of a file.
        file: Name of the file to write; None if it is none.
        text: What stands in the block.
    """

    kind: str
    file: str | None
    text: str


def steps(page: str) -> Iterator[Step]:
    """Yields the blocks of a page."""
    for block in BLOCK.finditer(page):
        yield Step(block["kind"], block["file"], block["text"])


def play(command: str) -> str:
    """Runs a line of a page and returns what it prints, or writes it where `>` says."""
    line, _, target = command.partition(" > ")
    program, *words = shlex.split(line)
    assert program == "detente", command
    few = () if WHOLE & set(words) else FEW.get(words[0], ())
    ended = CliRunner().invoke(app, [*words, *few])
    # A line that is expected to hold may fail to, in so few runs.
    assert ended.exit_code in ((0, 5) if words[0] == "check" else (0,)), (
        f"{command}\n{ended.output}"
    )
    if target:
        Path(target).write_text(ended.stdout, "utf-8")
    return ended.stdout


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_followed(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file written, every command typed, and what is quoted is printed."""
    # Fails if an option, a file or a quoted line of a page is no longer right.
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DETENTE_RESULTS", str(tmp_path / "results"))
    printed, typed = "", 0
    for step in steps((FOLDER / page).read_text("utf-8")):
        if step.file:
            Path(step.file).write_text(step.text, "utf-8")
        elif step.kind == "text":
            assert step.text in printed
        else:
            assert step.kind == "", step
            for command in step.text.splitlines():
                printed, typed = play(command), typed + 1

    assert typed > 0


def test_a_cluster_on_this_machine_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first command of docs/clusters.md, with fewer workers and runs."""
    # Fails if an option of the page is no longer right, or workers do not start.
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DETENTE_RESULTS", str(tmp_path / "results"))
    page = (DOCS / "clusters.md").read_text("utf-8")
    section = page.partition("## A cluster on this machine\n")[2].partition("\n## ")[0]
    (command,) = re.findall(r"^detente .*$", section, re.MULTILINE)

    assert "10 runs" in play(f"{command} --workers 1 --brief")
