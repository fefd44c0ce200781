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
