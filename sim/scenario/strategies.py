"""Strategies of a game: small files that change one side's numbers, and so the way it plays.

A strategy is an override (title, `state`, `parameters`) applied on top of a scenario file. Every
side also has `baseline`, which changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sim.errors import NotFoundError, Problem, nearest
from sim.history.places import data_root
from sim.history.text_files import is_file, name_of
from sim.scenario.compose import Draft, Parsed, merge, parse

BASELINE: Final = "baseline"
FOLDER: Final = "strategies"
SECTIONS: Final = ("state", "parameters")
"""Sections a strategy may change: numbers only. The scenario decides who may act when."""

_ENDINGS: Final = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Strategy:
    """A strategy of one side.

    Attributes:
        side: `us` or `cn`.
        name: Name of a shipped strategy, or of the user's file.
        title: Description in one sentence.
        file: The file with its changes; None for `baseline`.
    """

    side: str
    name: str
    title: str
    file: Parsed | None = None


def strategies(side: str) -> list[str]:
    """Returns the names of the shipped strategies of a side."""
    shipped = (path.stem for path in (data_root() / FOLDER / side).glob("*.yaml"))
    return sorted((BASELINE, *shipped))


def find_strategy(side: str, name: str) -> Strategy:
    """Returns a strategy of a side.

    Args:
        side: `us` or `cn`.
        name: A shipped name, `baseline`, or the path of a file ending in .yaml.

    Raises:
        NotFoundError: There is no such strategy; the message lists the shipped ones.
        ScenarioError: The file is not the plain YAML this project reads, or its name is too long.
    """
    if name == BASELINE:
        return Strategy(side, name, "As in the scenario")
    own = name.endswith(_ENDINGS)
    path = Path(name) if own else data_root() / FOLDER / side / f"{name}.yaml"
    if not (is_file(path) if own else name in strategies(side)):
        raise NotFoundError(_unknown(side, name))
    parsed = parse(path)
    return Strategy(side, name_of(path), parsed.model.title or "", parsed)


def lay_over(draft: Draft, strategy: Strategy) -> None:
    """Applies a strategy to a draft; forbidden changes are added to the draft's problems."""
    if strategy.file is not None:
        draft.problems += faults(strategy.side, strategy.file)
        before = len(draft.changes)
        merge(draft, strategy.file, override=True)
        # Like --set, it is no part of the scenario's own files.
        draft.changes[before:] = [
            (key, old, new, f"--{strategy.side} {file}")
            for key, old, new, file in draft.changes[before:]
        ]


def faults(side: str, parsed: Parsed) -> list[Problem]:
    """Returns the problems of a file that is not a valid strategy of a side."""
    allowed = {"title", *SECTIONS}
    found = [
        parsed.problem((key,), f"not allowed in a strategy; allowed: title, {', '.join(SECTIONS)}")
        for key in sorted(parsed.model.model_fields_set - allowed)
    ]
    if not parsed.model.title:
        message = f"is missing; describe in one sentence how {side} plays"
        found.append(parsed.problem(("title",), message))
    for section in SECTIONS:
        for key in getattr(parsed.model, section):
            if not key.startswith(f"{side}."):
                message = f"a strategy of {side} may change only numbers that begin with {side}."
                found.append(parsed.problem((section, key), message))
    return found


def _unknown(side: str, name: str) -> str:
    kind = "file" if name.endswith((".yaml", ".yml")) else "strategy"
    lines = [f"there is no {kind} {name!r} of {side}{nearest(name, strategies(side))}"]
    lines += [f"  {s.name}: {s.title}" for s in (find_strategy(side, n) for n in strategies(side))]
    return "\n".join([*lines, "give a file of your own by its path, e.g. ./mine.yaml"])
