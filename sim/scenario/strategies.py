"""Strategies of a game: how a side plays, as a small file that changes that side's own numbers.

A strategy is an override (title, `state`, `parameters`) laid over a scenario after its file has
spoken. Every side also has `baseline`, the scenario as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sim.errors import NotFoundError, Problem, nearest
from sim.history.places import data_root
from sim.scenario.compose import Draft, Parsed, merge, parse

BASELINE: Final = "baseline"
FOLDER: Final = "strategies"
SECTIONS: Final = ("state", "parameters")
"""What a strategy may change: numbers. Who may act when is the scenario's to say."""

_ENDINGS: Final = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Strategy:
    """How a side plays.

    Attributes:
        side: `us` or `cn`.
        name: How it is called: of a shipped one, or of the user's file.
        title: What it means, in a sentence.
        file: What it changes; None for the scenario as it is.
    """

    side: str
    name: str
    title: str
    file: Parsed | None = None


def strategies(side: str) -> list[str]:
    """Returns the names of a side's strategies that ship."""
    shipped = (path.stem for path in (data_root() / FOLDER / side).glob("*.yaml"))
    return sorted((BASELINE, *shipped))


def find_strategy(side: str, name: str) -> Strategy:
    """Returns a strategy of a side.

    Args:
        side: `us` or `cn`.
        name: A shipped name, `baseline`, or the path of a file ending in .yaml.

    Raises:
        NotFoundError: There is none; the message names the nearest and all that ship.
        ScenarioError: The file is not the plain YAML this project reads.
    """
    if name == BASELINE:
        return Strategy(side, name, "As the scenario has it")
    own = name.endswith(_ENDINGS)
    path = Path(name) if own else data_root() / FOLDER / side / f"{name}.yaml"
    if not (path.is_file() if own else name in strategies(side)):
        raise NotFoundError(_unknown(side, name))
    parsed = parse(path)
    return Strategy(side, path.stem, parsed.model.title or "", parsed)


def lay_over(draft: Draft, strategy: Strategy) -> None:
    """Lays a strategy over a draft; what it may not change waits in the draft's problems."""
    if strategy.file is not None:
        draft.problems += faults(strategy.side, strategy.file)
        merge(draft, strategy.file, override=True)


def faults(side: str, parsed: Parsed) -> list[Problem]:
    """Returns what a file holds that no strategy of a side may."""
    allowed = {"title", *SECTIONS}
    found = [
        parsed.problem((key,), f"has no place in a strategy; allowed: title, {', '.join(SECTIONS)}")
        for key in sorted(parsed.model.model_fields_set - allowed)
    ]
    if not parsed.model.title:
        found.append(parsed.problem(("title",), f"is missing; say in a sentence how {side} plays"))
    for section in SECTIONS:
        for key in getattr(parsed.model, section):
            if not key.startswith(f"{side}."):
                message = f"a strategy of {side} changes numbers that begin with {side}. only"
                found.append(parsed.problem((section, key), message))
    return found


def _unknown(side: str, name: str) -> str:
    kind = "file" if name.endswith((".yaml", ".yml")) else "strategy"
    lines = [f"there is no {kind} {name!r} of {side}{nearest(name, strategies(side))}"]
    lines += [f"  {s.name}: {s.title}" for s in (find_strategy(side, n) for n in strategies(side))]
    return "\n".join([*lines, "a file of your own is given by its path, e.g. ./mine.yaml"])
