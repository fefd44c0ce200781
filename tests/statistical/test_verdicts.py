"""Verdicts where nothing differs, and equivalence at and inside the margin, on known truth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm, t

from sim.engine.blocks import Column, columns
from sim.engine.compiled_loop import run_block
from sim.experiment.compare.difference import Difference, Pairing, differences
from sim.experiment.compare.range_ends import _swings
from sim.experiment.compare.verdicts import TELLING, judge
from sim.experiment.runs.ends import Played
from sim.experiment.stats.intervals import Floats
from sim.experiment.stats.screening import screen
from sim.model.outcomes.outcome import Outcome
from tests.mission.plays import resolved
from tests.statistical.truth import slack

FAMILIES = 300
RUNS = 200
MARGIN = 1e-6
"""So small that no difference is spared a verdict for being small."""


def column(name: str, kind: str, margin: float = MARGIN) -> Column:
    """A headline outcome."""
    classes = ("a", "b", "c") if kind == "class" else ()
    return Column(
        name, Outcome(name, kind, "1", margin, True, False, name, lambda s, p: 0.0, classes), None
    )


MIXED = tuple(
    column(name, kind)
    for name, kind in (
        ("normal", "number"),
        ("skewed", "number"),
        ("heavy", "number"),
        ("count", "number"),
        ("rare count", "number"),
        ("rarely applies", "number"),
        ("one in two", "flag"),
        ("one in ten", "flag"),
        ("one in a hundred", "flag"),
        ("same as the last", "flag"),
        ("three classes", "class"),
        ("a rare class", "class"),
    )
)


def family(rng: np.random.Generator, shared: Floats, alike: float) -> dict[str, np.ndarray]:
    """Twelve outcomes of one side, correlated with each other and with what both sides share."""

    def latent() -> Floats:
        mine = 0.6 * own + 0.8 * rng.normal(size=len(shared))
        return alike * shared + math.sqrt(1.0 - alike**2) * mine

    own = rng.normal(size=len(shared))
    applies = rng.random(len(shared)) < 0.3
    last = latent() > 2.326
    return {
        "normal": latent(),
        "skewed": np.exp(latent()),
        "heavy": latent() * np.exp(latent()),
        "count": np.floor(np.exp(0.5 + 0.5 * latent())),
        "rare count": np.floor(np.maximum(0.0, latent() - 0.5)),
        "rarely applies": np.where(applies, latent(), np.nan),
        "one in two": latent() > 0.0,
        "one in ten": latent() > 1.282,
        "one in a hundred": last,
        "same as the last": last.copy(),
        "three classes": np.searchsorted([-0.5, 0.5], latent()),
        "a rare class": np.searchsorted([-2.2, 1.0], latent()),
    }


def verdicts(
    outcomes: Sequence[Column],
    a: dict[str, np.ndarray],
    b: dict[str, np.ndarray],
    clusters: np.ndarray | None = None,
    *,
    shared: bool = True,
) -> list[Difference]:
    """What a comparison of two sides says."""
    everyone = np.ones(len(next(iter(a.values()))), np.bool_)
    found = differences(outcomes, a, b, Pairing(everyone, everyone, clusters, shared))
    return judge([found], [len(everyone)])[0]


@pytest.mark.parametrize("per_vector", [0, 5])
@pytest.mark.parametrize("alike", [0.0, 0.9])
def test_families_where_nothing_differs_are_called_different_in_at_most_5_percent(
    alike: float, per_vector: int
) -> None:
    """Of twelve mixed, correlated outcomes of one law, any is called higher or lower in at most
    5 % of comparisons: with separate luck, with common luck, and over vectors."""
    clusters = np.arange(RUNS) // per_vector if per_vector else None
    wrong = 0
    for repeat in range(FAMILIES):
        rng = np.random.default_rng([17, repeat])
        common = rng.normal(size=RUNS)
        if per_vector:
            ignorance = np.repeat(rng.normal(size=RUNS // per_vector), per_vector)
            common = (common + ignorance) / math.sqrt(2.0)
        a, b = (family(rng, common, alike) for _ in range(2))
        found = verdicts(MIXED, a, b, clusters, shared=alike > 0.0)
        wrong += any(d.verdict in TELLING for d in found)

    assert wrong / FAMILIES <= 0.05 + slack(0.05, FAMILIES)


def test_headlines_are_corrected_apart_from_all_else() -> None:
    """Forty other outcomes do not cost a headline its verdict, nor does one of many headlines count
    against what else differs."""
    rng = np.random.default_rng(31)
    base = rng.normal(size=RUNS)
    noise = rng.normal(size=RUNS)
    sure = 0.2 + (noise - noise.mean()) / noise.std(ddof=1)
    outcomes = tuple(column(f"x{place}", "number") for place in range(41))
    a = {"x0": base + sure, **{f"x{p}": base + rng.normal(size=RUNS) for p in range(1, 41)}}
    found = verdicts(outcomes, a, {c.name: base for c in outcomes})
    for is_headline in (True, False):
        parted = [
            replace(d, headline=(d.outcome == "x0") is is_headline, verdict="") for d in found
        ]
        first = judge([parted], [RUNS])[0][0]

        assert 0.001 < first.difference.p_value < 0.05
        assert first.adjusted == first.difference.p_value
        assert first.verdict == "higher"
    assert found[0].adjusted == pytest.approx(min(1.0, 41 * found[0].difference.p_value))


def test_a_parameter_is_sure_to_move_a_difference_by_chance_in_at_most_5_percent() -> None:
    """Of twenty parameters that move nothing any is called sure in at most 5 % of families; one
    that moves it is sure."""
    outcome = column("x", "number")
    everyone = np.ones(RUNS, np.bool_)
    wrong, repeats = 0, 200

    def played(values: Floats) -> Played:
        return {"x": values}, everyone

    for repeat in range(repeats):
        rng = np.random.default_rng([37, repeat])
        nothing = played(np.zeros(RUNS))
        pairs = [(played(rng.normal(size=RUNS)), nothing) for _ in range(40)]
        pairs += [(played(rng.normal(size=RUNS) + 5.0 * high), nothing) for high in range(2)]
        (x, _), (y, _) = pairs[0]
        rows = verdicts((outcome,), dict(x), dict(y))
        *idle, mover = (swing["x", ""] for swing in _swings((outcome,), rows, pairs))
        wrong += any(is_sure for _, is_sure in idle)
        assert mover[1]
        assert mover[0].value == pytest.approx(5.0, abs=0.6)

    assert wrong / repeats <= 0.05 + slack(0.05, repeats)


def test_one_scenario_with_other_seeds_is_called_different_in_at_most_5_percent() -> None:
    """120 batches of the October scenario, each with a seed of its own, compared two by two: a
    headline outcome is called higher or lower in at most 5 % of comparisons."""
    world = resolved("october-2025-apec")
    known = tuple(c for c in columns(world) if c.outcome.headline and c.day is None)
    names = [c.name for c in known]
    batches, n = 120, 300
    played = []
    for seed in range(batches):
        values = run_block(world, seed, 0, n).values
        played.append({name: values[name] for name in names})
    wrong = 0
    for first in range(0, batches, 2):
        found = verdicts(known, played[first], played[first + 1], shared=False)
        assert len({d.outcome for d in found}) == len(known)
        wrong += any(d.verdict in TELLING for d in found)

    comparisons = batches // 2
    assert wrong / comparisons <= 0.05 + slack(0.05, comparisons)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("n", [30, 400])
def test_equivalence_has_the_power_of_theory(share: float, n: int) -> None:
    """Two one-sided t-tests of a normal difference at `share` of the margin, here 2.5 standard
    errors wide, prove equivalence as often as the closed form says: in 5 % at the margin."""
    repeats, spread = 1200, 1.0
    error = spread / math.sqrt(n)
    margin = 2.5 * error
    outcome = (column("x", "number", margin),)
    called = 0
    for repeat in range(repeats):
        rng = np.random.default_rng([19, repeat])
        b = rng.normal(size=n)
        a = b + share * margin + rng.normal(0.0, spread, n)
        called += verdicts(outcome, {"x": a}, {"x": b})[0].verdict == "equivalent"

    critical = float(t.ppf(0.95, n - 1))
    power = float(
        norm.cdf((1.0 - share) * 2.5 - critical) - norm.cdf(-(1.0 + share) * 2.5 + critical)
    )
    assert called / repeats == pytest.approx(power, abs=slack(max(power, 0.05), repeats) + 0.005)


@pytest.mark.parametrize("effect", [0.0, 0.01, 0.03, 0.2])
def test_as_many_runs_as_are_asked_for_settle_it_four_times_in_five(effect: float) -> None:
    """Were a difference as it is estimated, so many runs would place it inside the margin, or be
    sure of it, with a power of 0.8 by the closed form, and a thousand less would not."""
    n, margin, spread = 100, 0.06, 1.0 if effect < 0.1 else 4.0
    scores = norm.ppf((np.arange(n) + 0.5) / n)
    a = effect + spread * scores / np.std(scores, ddof=1)
    (found,) = verdicts((column("x", "number", margin),), {"x": a}, {"x": np.zeros(n)})

    def power(runs: int) -> float:
        error = spread / math.sqrt(runs)
        if effect > margin:
            return float(norm.cdf(effect / error - norm.ppf(0.975)))
        rooms = (np.array([margin - effect, margin + effect])) / error
        return float(np.sum(norm.cdf(rooms - norm.ppf(0.95))) - 1.0)

    assert (found.verdict, found.runs_needed is None) == ("cannot tell", False)
    assert power(found.runs_needed or 0) >= 0.8
    assert power((found.runs_needed or 0) - 1000) < 0.8


@pytest.mark.parametrize(("n", "discordant"), [(400, 0.2), (2000, 0.06)])
def test_equivalence_of_shares_errs_in_at_most_5_percent(n: int, discordant: float) -> None:
    """A difference of two probabilities exactly at the margin is called equivalent in at most
    5 % of comparisons, few discordant pairs or many."""
    repeats, margin = 1000, 0.05
    edges = np.cumsum([(discordant + margin) / 2.0, (discordant - margin) / 2.0, 0.3])
    outcome = (column("x", "flag", margin),)
    called = 0
    for repeat in range(repeats):
        kind = np.searchsorted(edges, np.random.default_rng([23, repeat]).random(n))
        a, b = (kind == 0) | (kind == 2), (kind == 1) | (kind == 2)
        called += verdicts(outcome, {"x": a}, {"x": b})[0].verdict == "equivalent"

    assert called / repeats <= 0.05 + slack(0.05, repeats)


def test_screening_names_a_parameter_without_cause_in_at_most_5_percent() -> None:
    """Two correlated, skewed effects and 60 parameters that have nothing to do with them: any is
    named in at most 5 % of screenings, and not in far fewer."""
    repeats, named = 200, 0
    for repeat in range(repeats):
        rng = np.random.default_rng([29, repeat])
        first = rng.exponential(size=60)
        effects = np.stack((first, np.round(first + rng.exponential(size=60))), axis=1)
        found = screen(rng.random((60, 60)), effects)
        named += bool(found.passing(0) or found.passing(1))

    assert abs(named / repeats - 0.05) <= slack(0.05, repeats)
