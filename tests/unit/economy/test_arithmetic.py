"""The arithmetic of the rules: right values inside, finite values at the edges."""

from __future__ import annotations

import math

import pytest

from sim.economy.arithmetic import (
    clamp,
    gumbel,
    logistic,
    normal,
    safe_div,
    safe_exp,
    safe_log,
)

TINY = 2.0**-53


def test_exp_is_exact_inside_and_finite_outside() -> None:
    """Inside the bound nothing changes; beyond it the value at the bound comes back."""
    assert safe_exp(1.5) == math.exp(1.5)
    assert safe_exp(1e6) == math.exp(700.0)
    assert safe_exp(-1e6) == math.exp(-700.0)
    assert math.isnan(safe_exp(math.nan))


def test_log_is_exact_inside_and_finite_at_zero() -> None:
    """Zero and less count as 1e-12."""
    assert safe_log(2.5) == math.log(2.5)
    assert safe_log(0.0) == math.log(1e-12)
    assert safe_log(-3.0) == math.log(1e-12)


def test_division_is_exact_inside_and_finite_at_zero() -> None:
    """A divisor below 1e-12 counts as 1e-12."""
    assert safe_div(1.0, 3.0) == 1.0 / 3.0
    assert safe_div(1.0, 0.0) == 1e12
    assert safe_div(0.0, 0.0) == 0.0


@pytest.mark.parametrize(("x", "expected"), [(-2.0, 0.0), (0.25, 0.25), (7.0, 1.0)])
def test_clamp_keeps_a_number_between_its_bounds(x: float, expected: float) -> None:
    """Below, inside and above."""
    assert clamp(x, 0.0, 1.0) == expected


def test_logistic_is_the_inverse_of_log_odds() -> None:
    """Log odds of 0.3 give 0.3; the two tails mirror each other and saturate."""
    assert logistic(math.log(0.3 / 0.7)) == pytest.approx(0.3, abs=1e-15)
    assert logistic(2.0) + logistic(-2.0) == pytest.approx(1.0, abs=1e-15)
    assert logistic(1e9) == 1.0
    assert 0.0 < logistic(-1e9) < 1e-300


def test_gumbel_has_the_quantiles_mean_and_spread_of_its_law() -> None:
    """Its median is -ln ln 2, its mean Euler's constant, its variance pi squared over six."""
    size = 100_000
    sample = [gumbel((i + 0.5) / size) for i in range(size)]
    mean = sum(sample) / size
    variance = sum((x - mean) ** 2 for x in sample) / size

    assert gumbel(0.5) == pytest.approx(-math.log(math.log(2.0)))
    assert mean == pytest.approx(0.5772156649, abs=1e-3)
    assert variance == pytest.approx(math.pi**2 / 6, abs=1e-2)


def test_normal_has_mean_nought_and_variance_one() -> None:
    """A grid of both uniforms gives the first four moments of the standard normal."""
    size = 400
    grid = [(i + 0.5) / size for i in range(size)]
    sample = [normal(u, v) for u in grid for v in grid]

    moments = [sum(x**power for x in sample) / len(sample) for power in (1, 2, 3, 4)]

    assert moments == pytest.approx([0.0, 1.0, 0.0, 3.0], abs=0.05)


@pytest.mark.parametrize("u", [TINY, 1.0 - TINY])
def test_the_extreme_draws_give_finite_numbers(u: float) -> None:
    """The smallest and the largest draw there can be are safe."""
    assert math.isfinite(gumbel(u))
    assert math.isfinite(normal(u, u))
