"""Slices: which reports have inputs to move."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim import api
from sim.errors import UsageError

SHORT: dict[str, Any] = {"n": 8, "until": "2025-10-30"}
SECTION = '<section id="slices"'


def _written(tmp_path: Path, **options: Any) -> str:
    told: list[str] = []
    made = api.write_report(
        "october-2025-apec",
        file=tmp_path / "page.html",
        results=tmp_path / "results",
        note=told.append,
        **SHORT | options,
    )
    return made.file.read_text("utf-8") + "\n".join(told)


def test_a_run_at_central_values_has_inputs_to_move(tmp_path: Path) -> None:
    """What they take is said before they are played, and how far it is while they are."""
    # Fails if nothing is said of the wait, or the section is left out.
    seen: list[tuple[int, int]] = []
    text = _written(tmp_path, slicing=lambda done, total: seen.append((done, total)))

    assert SECTION in text
    assert "8 runs at each value" in text
    assert "--no-slices does without" in text
    assert seen[-1][0] == seen[-1][1]


def test_other_runs_have_none(tmp_path: Path) -> None:
    """With numbers drawn from their ranges, with a condition, or if it is not wished."""
    # Fails if settings are shown that have nothing to do with the numbers on the page.
    for options in (
        {"slices": False},
        {"parameters": "prior", "per_vector": 2},
        {"given": ["truce_in_force=yes"]},
    ):
        assert SECTION not in _written(tmp_path, **options)


def test_a_comparison_refuses_the_wish(tmp_path: Path) -> None:
    """It has no inputs to move, so an option without effect is an error."""
    # Fails if the option is passed over in silence.
    with pytest.raises(UsageError, match="--no-slices does not apply to the report of a compari"):
        api.write_report("october-2025-apec", "truce-lapses", slices=False, results=tmp_path)
