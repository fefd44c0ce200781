"""The trade model against published figures, each with the tolerance it was printed with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache

import pytest

from sim.experiment.tariffs.bench import WORLD, Bench
from sim.experiment.tariffs.checks import Verdict, our_figures, verdicts
from sim.scenario.checks import FigureClass, check_sources, checks
from sim.scenario.duty_schedule import duties_of_2025
from sim.scenario.evidence import sources
from sim.scenario.load import resolve

MISSES = {c.key for c in checks() if c.known_miss}
"""Figures known to lie outside, each with a reason in the file and in docs/economy.md."""
TESTS = [check for check in checks() if check.kind == FigureClass.OUT_OF_SAMPLE]
BASES = ("source", "rounding", "judgement")


@cache
def by_key() -> Mapping[str, Verdict]:
    """Returns the verdicts by name of the check."""
    return {verdict.check.key: verdict for verdict in verdicts()}


@pytest.mark.parametrize("key", [c.key for c in checks() if c.key not in MISSES])
def test_published_figure_is_met_within_its_tolerance(key: str) -> None:
    """What the block makes of a published figure lies within the printed tolerance."""
    verdict = by_key()[key]

    assert verdict.check.low <= verdict.ours <= verdict.check.high
    assert verdict.holds
    assert verdict.as_known


@pytest.mark.parametrize("key", sorted(MISSES))
def test_known_misses_still_miss_and_say_why(key: str) -> None:
    """A figure noted as a miss lies outside its tolerance; once it does not, the note must go."""
    verdict = by_key()[key]

    assert not verdict.holds
    assert len(verdict.check.known_miss) > 20
    assert verdict.as_known


def test_every_figure_is_listed_once_and_worked_out() -> None:
    """A key in the file has a value, and a value has a key in the file."""
    keys = Counter(check.key for check in checks())

    assert keys == Counter([*our_figures(Bench(resolve(WORLD)))])
    assert sum(check.key.startswith("added_") for check in checks()) == 11


def test_enough_figures_are_out_of_sample_and_no_source_gives_more_than_three() -> None:
    """A study with a long table is not a test passed many times."""
    counted = Counter(check.source for check in TESTS)

    assert len(TESTS) >= 15
    assert max(counted.values()) <= 3


def test_every_tolerance_holds_its_figure_and_says_where_it_comes_from() -> None:
    """Judgement, and an error of the source, are explained; none is as wide as a factor of two."""
    for check in checks():
        basis, _, why = check.basis.partition(": ")
        assert check.low <= check.published <= check.high
        assert basis in BASES
        assert basis == "rounding" or len(why) > 8
        if check.kind == FigureClass.OUT_OF_SAMPLE:
            widest = 0.5 * abs(check.published)
            assert max(check.high - check.published, check.published - check.low) <= widest + 1e-9


def test_figures_after_the_cutoff_are_marked_and_rest_on_sources_of_their_own() -> None:
    """A figure published after 23 October 2025 is marked so; its source serves checks alone, and no
    scenario's number may name it."""
    late = {check.source for check in checks() if check.after_cutoff}

    assert late <= set(check_sources())
    assert not late & set(sources())
    for check in checks():
        assert check.source in sources() or check.source in check_sources()
    used = {p.source for p in resolve("october-2025-apec").parameters.values()}
    assert not used & set(check_sources())


def test_checks_are_worked_out_at_the_central_values_of_scenarios() -> None:
    """A scenario's own elasticity is what the imports of 2025 are tested with."""
    parameters = resolve("january-2025-first-100-days").parameters

    assert parameters["trade.us.sigma_12m"].value == 2.9
    # An elasticity of 2.9 with full coverage of the duties of 2025: hand bounds of the fall.
    assert -45.0 < by_key()["imports_2025"].ours < -20.0


def test_the_path_of_duties_is_that_of_the_record() -> None:
    """The peak of 145 and the truce's 30 points stand on their legal days."""
    steps = {(s.side, s.on, s.day): s.points_pp for s in duties_of_2025()}

    assert steps["us", "reciprocal", date(2025, 4, 10).toordinal()] == 125.0
    assert steps["us", "reciprocal", date(2025, 5, 14).toordinal()] == 10.0
    assert steps["us", "fentanyl", date(2025, 3, 4).toordinal()] == 20.0
    assert max(s.day for s in duties_of_2025()) < date(2025, 10, 23).toordinal()
