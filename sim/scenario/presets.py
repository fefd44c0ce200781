"""Presets: named sets of changes in a scenario file, which `--preset` makes as `--set` would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sim.errors import NotFoundError, Problem, nearest
from sim.history.text_files import SHOWN_NAME
from sim.scenario.compose import Draft, Parsed, Placed
from sim.scenario.grammar import typed
from sim.scenario.schema import PresetModel
from sim.scenario.settings import apply_set

OPTION: Final = "--preset"


def changes_of(draft: Draft, scenario: str, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Returns the changes of presets, in order, as pairs (key, value) of `--set`.

    Args:
        draft: The scenario, without changes.
        scenario: Its name, for error messages.
        names: Presets it has.

    Raises:
        NotFoundError: It has no such preset; the message lists those it has.
    """
    found = []
    for name in names:
        if name not in draft.presets:
            raise NotFoundError(_unknown(draft, scenario, name))
        preset: PresetModel = draft.presets[name].entry
        found += [(key, typed(value)) for key, value in preset.set.items()]
    return tuple(found)


def preset_problems(draft: Draft) -> Iterator[Problem]:
    """Yields the problems with the changes of the presets of a draft, each where it is written."""
    for name, placed in draft.presets.items():
        for key, value in placed.entry.set.items():
            for problem in _trial(draft, key, typed(value)):
                yield _placed(draft, placed, name, key, problem.message)


def _trial(draft: Draft, key: str, text: str) -> list[Problem]:
    """Returns the problems of a change, made in a copy of a draft."""
    copy = replace(
        draft,
        state=dict(draft.state),
        parameters=dict(draft.parameters),
        calendar=dict(draft.calendar),
        interventions=dict(draft.interventions),
        changes=[],
        problems=[],
        set_days=set(),
    )
    apply_set(copy, key, text)
    return copy.problems


def _placed(draft: Draft, placed: Placed, name: str, key: str, message: str) -> Problem:
    """Returns a problem at the line of a change, in the file that wrote its preset."""
    writer: Parsed = next(each for each in draft.files if each.label == placed.file)
    return writer.problem(("presets", name, "set", key), message)


def _unknown(draft: Draft, scenario: str, name: str) -> str:
    shown = name if len(name) <= SHOWN_NAME else f"{name[:SHOWN_NAME]}..."
    lines = [f"{OPTION} {shown}: {scenario} has no such preset{nearest(shown, draft.presets)}"]
    lines += [f"  {key}: {placed.entry.label}" for key, placed in draft.presets.items()]
    if not draft.presets:
        lines.append("it has none; a file names its own under `presets:`, else use --set")
    return "\n".join(lines)
