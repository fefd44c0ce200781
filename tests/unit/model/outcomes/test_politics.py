"""The table of outcomes keeps its promises."""

from __future__ import annotations

from sim.model.outcomes.politics import OUTCOMES, PATHS, outcome_index
from sim.units import UNITS


def test_names_are_unique_and_units_closed() -> None:
    """No two outcomes share a name, and each carries a unit of the closed list."""
    assert len(outcome_index()) == len(OUTCOMES)
    assert {outcome.unit for outcome in OUTCOMES} <= set(UNITS)


def test_at_most_forty_outcomes_can_be_observed() -> None:
    """Interventions may watch at most 40 outcomes, all of them dated."""
    observable = [outcome for outcome in OUTCOMES if outcome.observable]

    assert len(observable) <= 40
    assert all(outcome.dated for outcome in observable)


def test_at_most_twelve_are_headlines() -> None:
    """Verdicts are corrected over at most twelve headline outcomes."""
    assert 0 < sum(outcome.headline for outcome in OUTCOMES) <= 12


def test_paths_are_dated_outcomes() -> None:
    """What is kept week by week can be read on any day."""
    assert all(outcome_index()[name].dated for name in PATHS)
