"""Paired luck narrows comparisons, and a sweep moves what it should the right way."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from sim.experiment.stats.intervals import mean
from tests.mission.plays import batch

N = 800
SWEEP = ("0", "0.25", "0.5", "0.75", "1")


def met(city: str, first_seed: bool = True) -> np.ndarray:
    """Returns whether leaders met, run by run."""
    seed = 20251023 if first_seed else 7
    values = batch(f"summit-in-{city}", N, until="2025-06-30", seed=seed)
    return values["leaders_met"].astype(float)


def test_pairing_nearly_halves_the_interval_of_the_venue_effect() -> None:
    """On the same luck the difference of P(held) between Beijing and Washington has at most
    three tenths of the variance, so little more than half the interval, of unpaired runs."""
    beijing, washington = met("beijing"), met("washington")
    paired = np.var(beijing - washington)
    unpaired = np.var(beijing) + np.var(washington)
    assert paired <= 0.3 * unpaired
    width = mean(beijing - washington)
    apart = 2.0 * 1.96 * np.sqrt(unpaired / N)
    assert width.high - width.low <= 0.55 * apart * 1.02


def test_pairing_comes_from_the_shared_seed() -> None:
    """With another seed on one side the gain is gone: the difference is as wide as unpaired."""
    beijing, other = met("beijing"), met("washington", first_seed=False)
    unpaired = np.var(beijing) + np.var(other)
    assert abs(np.var(beijing - other) / unpaired - 1.0) < 0.15


def test_hawks_influence_moves_hikes_and_measures_up() -> None:
    """In a sweep of `us.hawks.influence` over five points in `march-2025-escalation`, US hikes and
    US measures rise at every step and clearly from end to end."""
    n = 150
    for outcome in ("us_hikes", "us_measures"):
        runs = [
            batch("march-2025-escalation", n, (("us.hawks.influence", point),))[outcome]
            for point in SWEEP
        ]
        means = [float(rows.mean()) for rows in runs]
        assert all(b > a for a, b in pairwise(means)), means
        rise = runs[-1] - runs[0]
        assert rise.mean() > 4.0 * rise.std() / np.sqrt(n)
