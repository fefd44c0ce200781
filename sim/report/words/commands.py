"""Commands that a page names as a next step; each works as it stands, from any folder."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.scenario.compose import COMMAND_LINE

if TYPE_CHECKING:
    from sim.scenario.resolved_scenario import Resolved


def explain_command(resolved: Resolved) -> str:
    """Returns the command that prints every number of a scenario with its source."""
    return command_line("scenario", "explain", resolved.reference, *world_options(resolved))


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
