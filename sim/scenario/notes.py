"""Notes on a scenario file that change no run: its expectations and presets, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.scenario.grammar import typed
from sim.scenario.resolved_scenario import Resolved
from sim.scenario.schema import PresetModel


@dataclass(frozen=True, slots=True)
class ScenarioNotes:
    """Notes of a scenario.

    Attributes:
        expect: Question -> what is expected of it.
        presets: Name -> the preset.
    """

    expect: Mapping[str, str] = field(default_factory=dict)
    presets: Mapping[str, PresetModel] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Returns the notes as JSON holds them."""
        presets = {
            name: {
                "label": preset.label,
                "set": {key: typed(value) for key, value in preset.set.items()},
            }
            for name, preset in self.presets.items()
        }
        return {"expect": dict(self.expect), "presets": presets}


@dataclass(frozen=True, slots=True)
class OwnScenario:
    """A user's scenario file in the current folder.

    Attributes:
        path: What to type for it, e.g. `./mine.yaml`.
        resolved: The scenario; None if it has errors.
        problems: Number of its errors.
    """

    path: str
    resolved: Resolved | None
    problems: int
