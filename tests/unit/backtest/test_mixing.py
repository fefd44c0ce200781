"""Mixtures of forecasts with base rates: never certain, learned from the past alone."""

from __future__ import annotations

import numpy as np
import pytest

from sim.backtest.mixing import Mixture, mix
from sim.experiment.stats.intervals import Floats

MONTH = 30


def mixture(raw: list[float], base: float, outcomes: list[bool], days: list[int]) -> Mixture:
    """Returns a mixture of forecasts a month ahead."""
    count = len(raw)
    return mix(
        np.array(raw),
        np.full(count, base),
        np.array(outcomes),
        np.array(days),
        np.full(count, MONTH),
    )


def test_the_first_origins_are_mixed_half_and_half() -> None:
    """As long as nothing is resolved: a horizon that ends on the day of the origin is not over
    before it."""
    found = mixture([1.0, 0.0, 0.4], 0.2, [True] * 3, [0, 10, 30])

    assert found.weights == pytest.approx([0.5] * 3)
    assert found.mixed == pytest.approx([0.6, 0.1, 0.3])


@pytest.mark.parametrize(("outcome", "weight"), [(True, 8 / 15), (False, 2 / 5)])
def test_one_resolved_forecast_moves_the_weight_as_bayes_says(outcome: bool, weight: float) -> None:
    """A certain forecast beside a base rate of 1/2 has the likelihood (1 + w) / 2 if it comes and
    (1 - w) / 2 if not. With the density 6 w (1 - w) before, the means after are 8/15 and 2/5."""
    found = mixture([1.0, 0.5], 0.5, [outcome, False], [0, 31])

    assert found.weights[1] == pytest.approx(weight, abs=1e-6)


def test_overlapping_forecasts_weigh_less() -> None:
    """Three copies of a forecast that stand on the same days move the weight as one does."""
    raw, days = np.array([1.0, 1.0, 1.0, 0.5]), np.array([0, 0, 0, 31])
    came, base = np.array([True, True, True, False]), np.full(4, 0.5)

    found = mix(raw, base, came, days, np.full(4, MONTH), overlap=3.0)

    assert found.weights[3] == pytest.approx(8 / 15, abs=1e-6)


def simulated(quality: float) -> Mixture:
    """Returns mixtures over 600 months of forecasts that know the truth with some probability and
    otherwise guess."""
    rng = np.random.default_rng(4)
    truth = rng.random(600)
    came = rng.random(600) < truth
    raw = np.where(rng.random(600) < quality, truth, rng.random(600))
    days = MONTH * 2 * np.arange(600)
    return mix(raw, np.full(600, 0.5), came, days, np.full(600, MONTH))


def test_good_forecasts_earn_weight_and_bad_ones_lose_it() -> None:
    """After 600 months perfect ones have more than 0.9 of the weight, guesses less than 0.15."""
    assert simulated(1.0).weights[-1] > 0.9
    assert simulated(0.0).weights[-1] < 0.15


def test_no_mixture_is_certain() -> None:
    """Though the forecast is, a thousand times in a row, and right."""
    count = 1000
    found = mixture([1.0] * count, 0.3, [True] * count, [31 * each for each in range(count)])

    assert found.raw.max() == 1.0
    assert found.mixed.max() < 1.0
    assert found.weights[-1] > 0.99


def test_what_came_later_changes_nothing() -> None:
    """To the byte: outcomes and forecasts that were not resolved before an origin."""
    rng = np.random.default_rng(9)
    raw, base = rng.random(50), np.full(50, 0.3)
    came, days = rng.random(50) < 0.3, 10 * np.arange(50)
    horizons = np.full(50, 45)
    origin = 25
    late = days + horizons >= days[origin]
    other = raw.copy()
    other[late & (days > days[origin])] = 0.9

    one = mix(raw, base, came, days, horizons)
    two = mix(other, base, came ^ late, days, horizons)

    def known(found: Mixture) -> bytes:
        here: Floats = found.mixed[: origin + 1]
        return here.tobytes()

    assert known(one) == known(two)
    assert one.mixed.tobytes() != two.mixed.tobytes()


@pytest.mark.parametrize("base", [0.0, 1.0])
def test_a_certain_base_rate_is_refused(base: float) -> None:
    """It would make the mixture certain."""
    with pytest.raises(ValueError, match="smooth it"):
        mixture([0.5], base, [True], [0])
