"""Moods: colours by what an outcome means, not by its sign."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sim import api
from sim.model.outcomes.politics import outcome_index
from sim.report.figures.moods import (
    ACCORD,
    CLASS_MOODS,
    MOODS,
    NEITHER,
    STRIFE,
    difference_mood,
    mood_of,
)


def test_a_longer_truce_and_a_higher_duty_are_opposites() -> None:
    """Whatever the day; classes have moods of their own."""
    # Fails if a mood goes by the sign of a difference.
    assert mood_of("truce_in_force@2025-11-10") == ACCORD
    assert mood_of("us_addon_pp") == STRIFE
    assert mood_of("path_class", "conflict") == STRIFE
    assert mood_of("path_class", "improved") == ACCORD
    assert mood_of("path_class", "managed") == NEITHER


def test_moods_are_of_outcomes_that_exist() -> None:
    """And of classes that they have."""
    # Fails if an outcome or a class is renamed and its mood is not.
    known = outcome_index()

    assert set(MOODS) <= set(known)
    assert all(label in known[name].classes for name, label in CLASS_MOODS)


def test_a_fall_has_the_other_mood_and_what_is_not_told_has_none(folder: Path) -> None:
    """Lower duties are accord; what cannot be told is neither."""
    # Fails if the verdict is not looked at.
    found = api.compare(
        "summit-in-beijing", "summit-in-washington",
        n=16, until="2025-05-20", results=folder, brief=True,
    )  # fmt: skip
    duty = next(d for d in found.comparisons[0].differences if d.outcome == "us_addon_pp")

    moods = [difference_mood(replace(duty, verdict=v)) for v in ("higher", "lower", "cannot tell")]
    assert moods == [STRIFE, ACCORD, NEITHER]
