"""Numbers, dates and shares in words."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.report.words import numbers
from sim.units import UNITS


def test_day_is_written_with_the_name_of_the_month() -> None:
    """A day reads as `1 Nov 2025`, from a date or an ordinal; 0 stands for never."""
    assert numbers.day_text(date(2025, 11, 1)) == "1 Nov 2025"
    assert numbers.day_text(date(2025, 11, 1).toordinal()) == "1 Nov 2025"
    assert numbers.day_text(0) == "never"
    assert numbers.day_text(math.nan) == "never"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (44.5, "pct", "44.5%"),
        (30.0, "pp", "30 pp"),
        (295.4, "usd_bn_per_year", "295 bn dollars a year"),
        (1.0, "days", "1 day"),
        (90.0, "days", "90 days"),
        (1.0, "flag", "yes"),
        (2.0, "level", "level 2"),
        (739191.0, "date", "1 Nov 2024"),
        (0.4, "share", "0.4"),
        (math.nan, "pp", "-"),
        (500_000.0, "jobs", "500,000 jobs"),
    ],
)
def test_quantity_carries_its_unit(value: float, unit: str, text: str) -> None:
    """A number is printed with its unit in words, and never as nan."""
    assert numbers.quantity(value, unit) == text


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_every_unit_can_be_printed(unit: str) -> None:
    """No unit of the closed list falls through to an error."""
    assert numbers.quantity(2.0, unit)
    assert isinstance(numbers.scale_text(unit), str)


@pytest.mark.parametrize(
    ("p", "low", "high", "text"),
    [
        (0.37, 0.35, 0.39, ("37", "(35-39)")),
        (0.004, 0.002, 0.008, ("0.4", "(0.2-0.8)")),
        (0.0, 0.0, 0.0019, ("0", "(0-0.19)")),
        (math.nan, 0.0, 1.0, ("-", "")),
    ],
)
def test_chances_show_as_many_digits_as_the_interval_bears(
    p: float, low: float, high: float, text: tuple[str, str]
) -> None:
    """A probability has decimals only where its interval is narrow enough for them."""
    assert numbers.chances(p, low, high) == text


def test_no_false_certainty_in_sentences() -> None:
    """A rare event is never rounded to none, nor a near-certain one to all."""
    assert numbers.chance(0.003) == "below 1%"
    assert numbers.chance(0.998) == "above 99%"
    assert numbers.of_runs(0.003) == "fewer than 1% of runs"
    assert numbers.of_runs(0.0) == "no run"
    assert numbers.of_runs(1.0) == "every run"
    assert numbers.of_runs(0.37) == "37% of runs"


def test_a_band_of_equal_ends_is_one_number() -> None:
    """A range that is a point is printed as one."""
    assert numbers.band(30.0, 30.0) == "30"
    assert numbers.band(10.0, 130.0) == "10-130"
    # The digits of the smaller end: what lies within is seen to.
    assert numbers.band(22.6, 123.4) == "22.6-123.4"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("0.333333333333", "0.333"),
        ("0.00631549797641", "0.00632"),
        ("0.25", "0.25"),
        ("180", "180"),
        ("2025-11-10", "2025-11-10"),
        ("third_country", "third_country"),
        ("12345.6789", "12,346"),
        ("beta.like", "beta.like"),
    ],
)
def test_a_typed_value_is_short_enough_to_read(typed: str, told: str) -> None:
    """Numbers worked out from a range lose digits nobody reads; all else stays."""
    assert numbers.typed_text(typed) == told
    assert numbers.spread(-5.0, 2.0) == "-5 to +2"


def test_signs_are_shown_but_for_zero() -> None:
    """Differences carry their sign; nothing has none, not even a negative zero."""
    assert numbers.signed(2.5) == "+2.5"
    assert numbers.signed(-2.5) == "-2.5"
    assert numbers.signed(-0.0) == "0"


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_numbers_never_end_in_a_needless_nought(value: float) -> None:
    """Rounding leaves neither trailing zeros after a point nor a minus before a nought."""
    text = numbers.number_text(value)
    assert text != "-0"
    assert not ("." in text and text.endswith(("0", ".")))


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [
        (-515_653.0, 10_000.0, "-520,000"),
        (-528.21, 10.0, "-530"),
        (0.4814, 0.01, "0.48"),
        (24.96, 0.1, "25"),
        (22.65, 0.05, "22.65"),
        (-0.004, 0.01, "0"),
        (1_185.0, 10.0, "1,180"),
    ],
)
def test_a_number_is_rounded_to_its_step(value: float, step: float, text: str) -> None:
    """Powers of ten and multiples of them, below and above one."""
    # Fails if the decimals alone are cut, or a step above one is left out.
    assert numbers.number_text(value, step=step) == text


def test_a_step_goes_before_decimals_and_ends_share_it() -> None:
    """A range has the step at both ends, whatever their size."""
    # Fails if an end falls back to significant digits.
    assert numbers.band(9.4217, 24.9573, step=0.1) == "9.4-25"
    assert numbers.spread(-0.617, 0.4643, step=0.01) == "-0.62 to +0.46"
    assert numbers.signed(0.123, 3, step=0.1) == "+0.1"
    assert numbers.quantity(44.44, "pct", step=1.0) == "44%"


@pytest.mark.parametrize(("half", "text"), [(0.01, "1"), (1.0, "1"), (1.2, "2"), (7.0, "7")])
def test_a_half_width_is_rounded_up(half: float, text: str) -> None:
    """An interval is never shown narrower than it is; a whole number of steps stays."""
    # Fails if it is rounded to the nearest step.
    assert numbers.number_text(numbers.rounded_up(half, 1.0), step=1.0) == text


def test_the_step_of_a_column_is_that_of_its_outcome() -> None:
    """On any day, in any scale; a name that is no outcome has none."""
    # Fails if the day is not taken off, or the scale is left out.
    assert numbers.step_of("us_jobs_thousand@2025-11-01") == 10.0
    assert numbers.step_of("tariff_pct[us.toys]@2025Q4") == 0.1
    assert numbers.step_of("decoupling", 100.0) == 1.0
    assert numbers.step_of("truce.length_days") is None
