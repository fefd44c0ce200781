"""Commands that a page names as a next step; each works as it stands, from any folder."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.report.page import WIDTH, Page
from sim.scenario.compose import COMMAND_LINE

if TYPE_CHECKING:
    from sim.scenario.resolved_scenario import Resolved


def say_sources(page: Page, resolved: Resolved) -> None:
    """Adds the command that prints every number of a scenario with its source."""
    words = ("scenario", "explain", resolved.reference, *world_options(resolved))
    say_command(page, "Every number with its source:", *words)


def say_command(page: Page, text: str, *words: str) -> None:
    """Adds a command after a text; one too long for a line goes on below, as a shell reads it."""
    whole = f"{text} {command_line(*words)}"
    if len(whole) <= WIDTH:
        page.verbatim(whole)
        return
    page.verbatim(text)
    lines = ["  detente"]
    for word in map(shlex.quote, words):
        if len(f"{lines[-1]} {word} \\") > WIDTH:
            lines.append("   ")
        lines[-1] += f" {word}"
    for line in lines[:-1]:
        page.verbatim(f"{line} \\")
    page.verbatim(lines[-1])


def command_line(*words: str) -> str:
    """Returns a command of the program, quoted for a shell."""
    return shlex.join(["detente", *words])


def world_options(resolved: Resolved) -> Sequence[str]:
    """Returns the options that changed a scenario, without its report dates and forks."""
    words: list[str] = []
    for change in resolved.changes:
        if change.by == COMMAND_LINE:
            is_end = change.key == "until"
            words += ["--until", change.new] if is_end else ["--set", f"{change.key}={change.new}"]
    return words


def from_anywhere(word: str) -> str:
    """Returns a scenario as typed, with the whole path if it is a file."""
    return str(Path(word).resolve()) if word.endswith((".yaml", ".yml")) else word
