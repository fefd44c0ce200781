"""Text for numbers, dates and shares: short, rounded, with units.

Values of outcomes are rounded to the step of their outcome (`step_of`). One function,
`number_text`, does it for all tables, sentences, tiles and labels. Other numbers get three
significant digits.
"""

from __future__ import annotations

import math
from datetime import date
from functools import cache
from typing import Final

from sim.engine.dates import day_words
from sim.model.outcomes.politics import outcome_index

NOTHING: Final = "-"
LONG: Final = 6
"""Maximum length of a value that is shown as typed."""

_AFTER: Final[dict[str, str]] = {
    "pp": " pp",
    "pct": "%",
    "duty_pct": "%",
    "pct_per_year": "% a year",
    "1/day": " a day",
    "1/month": " a month",
    "1/year": " a year",
    "days": " days",
    "months": " months",
    "years": " years",
    "usd_bn": " bn dollars",
    "usd_bn_per_year": " bn dollars a year",
    "usd_bn_per_month": " bn dollars a month",
    "usd_per_year": " dollars a year",
    "usd_per_tonne": " dollars a tonne",
    "million_tonnes": " million tonnes",
    "pp_change": " points",
    "million_jobs": " million jobs",
    "thousand_jobs": " thousand jobs",
    "jobs": " jobs",
    "utility": " utility points",
    "utility_per_usd_bn": " utility points per bn dollars",
}
_MARKS: Final[dict[str, str]] = {
    "pp": "pp",
    "pct": "%",
    "duty_pct": "%",
    "pct_per_year": "% a year",
    "days": "days",
    "usd_bn": "$ bn",
    "usd_bn_per_year": "$ bn a year",
    "usd_bn_per_month": "$ bn a month",
    "usd_per_year": "$ a year",
    "million_tonnes": "million tonnes",
    "pp_change": "points",
    "thousand_jobs": "thousand",
    "share": "0 to 1",
    "count": "number",
    "level": "level",
    "utility": "utility",
}
_SCALES: Final[dict[str, str]] = {
    "pp": "percentage points",
    "pct": "per cent",
    "duty_pct": "per cent",
    "pct_per_year": "per cent a year",
    "1/day": "a day",
    "1/month": "a month",
    "1/year": "a year",
    "days": "days",
    "months": "months",
    "years": "years",
    "date": "date",
    "usd_bn": "$ bn",
    "usd_bn_per_year": "$ bn a year",
    "usd_bn_per_month": "$ bn a month",
    "usd_per_year": "$ a year",
    "usd_per_tonne": "$ a tonne",
    "million_tonnes": "million tonnes",
    "pp_change": "points",
    "million_jobs": "million jobs",
    "thousand_jobs": "thousand jobs",
    "jobs": "jobs",
    "level": "level, 0 = off",
    "share": "0 to 1",
    "probability": "0 to 1",
    "count": "per run",
    "utility": "utility points",
    "utility_per_usd_bn": "utility points per $ bn",
    "log_odds": "log odds",
}


def day_text(day: date | float) -> str:
    """Returns a day as `1 Nov 2025`; 0 and NaN give `never`."""
    if not isinstance(day, date):
        if math.isnan(day) or day <= 0:
            return "never"
        return day_words(round(day))
    return day_words(day.toordinal())


def iso_day(day: int) -> str | None:
    """Returns an ordinal day as `2025-11-01`, None for never."""
    return date.fromordinal(day).isoformat() if day > 0 else None


@cache
def step_of(column: str, scale: float = 1.0) -> float | None:
    """Returns the finest step in which values of a column are printed; None if it is no outcome.

    Args:
        column: Name of an outcome or of its column: `us_addon_pp@2025-11-01`.
        scale: Factor applied to the values before they are printed, 100 for per cent.
    """
    outcome = outcome_index().get(column.partition("@")[0])
    return None if outcome is None else scale * outcome.step


def number_text(value: float, decimals: int | None = None, *, step: float | None = None) -> str:
    """Returns a number rounded to a readable precision, without trailing zeros.

    Args:
        value: The number.
        decimals: Number of decimals; the default is three significant digits.
        step: Step to which it is rounded instead, a power of ten or a multiple of one.
    """
    if math.isnan(value):
        return NOTHING
    if math.isinf(value):
        return "no limit" if value > 0 else "minus no limit"
    places = _places(abs(value)) if decimals is None else decimals
    if step is not None:
        value, places = step * round(value / step), _step_places(step)
    text = f"{value:,.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def typed_text(text: str) -> str:
    """Returns a typed or computed value, shortened if it is long."""
    if len(text) <= LONG or "." not in text:
        return text
    try:
        value = float(text)
    except ValueError:
        return text
    return f"{value:.3g}" if abs(value) < 1000.0 else number_text(value)


def quantity(
    value: float, unit: str, decimals: int | None = None, *, step: float | None = None
) -> str:
    """Returns a number with its unit in words, e.g. `44.5%`, `12 bn dollars`, `1 Nov 2025`."""
    if math.isnan(value):
        return NOTHING
    if unit == "date":
        return day_text(value)
    if unit == "flag":
        return "yes" if value else "no"
    if unit == "level":
        return f"level {number_text(value, decimals, step=step)}"
    text = number_text(value, decimals, step=step)
    after = _AFTER.get(unit, "")
    if text == "1" and after in (" days", " months", " years"):
        after = after[:-1]
    return text + after


def exact(value: float, unit: str) -> str:
    """Returns a number unrounded, with its unit in words."""
    text = quantity(value, unit)
    rounded = number_text(value)
    return text.replace(rounded, f"{value:.10g}", 1) if unit not in ("date", "flag") else text


def signed(value: float, decimals: int | None = None, *, step: float | None = None) -> str:
    """Returns a number with its sign; zero has none."""
    text = number_text(value, decimals, step=step)
    return text if text in ("0", NOTHING) or value < 0 else f"+{text}"


def rounded_up(value: float, step: float | None) -> float:
    """Returns a half-width rounded up to a step, so that an interval is never shown too narrow."""
    if step is None or not math.isfinite(value):
        return value
    # The small part less keeps a half-width that is a whole number of steps.
    return step * math.ceil(value / step - 1.0e-9)


def scale_text(unit: str) -> str:
    """Returns the name of a unit for a table, or an empty string if it has none."""
    return _SCALES.get(unit, "")


def unit_mark(unit: str) -> str:
    """Returns a unit in brackets to append to a name, as ` (pp)`; empty for plain numbers."""
    mark = _MARKS.get(unit, "")
    return f" ({mark})" if mark else ""


def in_100(share: float) -> str:
    """Returns a share in per cent, without a per cent sign or interval."""
    return number_text(100.0 * share, 1)


def chances(p: float, low: float, high: float) -> tuple[str, str]:
    """Returns a probability in per cent and its interval, as `37` and `(35-39)`."""
    if math.isnan(p):
        return NOTHING, ""
    width = high - low
    places = 0 if width >= 0.015 else 1 if width >= 0.002 else 2
    low_text, high_text = (number_text(100.0 * x, places) for x in (low, high))
    return number_text(100.0 * p, places), f"({low_text}-{high_text})"


def interval_name(*, drawn: bool) -> str:
    """Returns what an interval is: one of luck alone, unless the assumed numbers were drawn."""
    return "95% interval" if drawn else "95% interval of luck alone"


def chance(p: float) -> str:
    """Returns a probability without interval, as `37%`; never rounded to 0% or 100%."""
    if math.isnan(p):
        return NOTHING
    if 0.0 < p < 0.01:
        return "below 1%"
    if 0.99 < p < 1.0:
        return "above 99%"
    return f"{number_text(100.0 * p, 0)}%"


def chance_range(low: float, high: float) -> str:
    """Returns a range of probabilities, as `1% to 99%`; one number if both read the same."""
    ends = (chance(low), chance(high))
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def of_runs(p: float) -> str:
    """Returns a share of runs for a sentence: `37% of runs`, `every run`, `no run`."""
    if math.isnan(p) or p <= 0.0:
        return "no run"
    if p >= 1.0:
        return "every run"
    if p < 0.01:
        return "fewer than 1% of runs"
    if p > 0.99:
        return "more than 99% of runs"
    return f"{number_text(100.0 * p, 0)}% of runs"


def band(low: float, high: float, *, step: float | None = None) -> str:
    """Returns a range of numbers that cannot be negative, as `30-130`; one number if equal."""
    if math.isnan(low) or math.isnan(high):
        return NOTHING
    # Both ends get the same decimals: 22.9 lies within 22.6-123 but not within 23-123.
    places = max(_places(abs(low)), _places(abs(high)))
    ends = number_text(low, places, step=step), number_text(high, places, step=step)
    return ends[0] if ends[0] == ends[1] else f"{ends[0]}-{ends[1]}"


def spread(
    low: float, high: float, decimals: int | None = None, *, step: float | None = None
) -> str:
    """Returns a range of signed numbers, as `-5 to +2`."""
    if math.isnan(low) or math.isnan(high):
        return NOTHING
    return f"{signed(low, decimals, step=step)} to {signed(high, decimals, step=step)}"


def count_text(count: int, one: str, many: str | None = None) -> str:
    """Returns a count with its noun, as `1 run`, `2,000 runs`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def out_of(n: int, of: int) -> str:
    """Returns the number of runs with an outcome, as `72 of 500 runs`."""
    return f"{n:,} of {count_text(of, 'run')}"


def known_text(widest: str, unsure: int) -> str:
    """Returns a sentence on the precision of the values of a map.

    Args:
        widest: Largest half-width of an interval, without sign; empty if no value has an interval.
        unsure: Number of values without an interval.
    """
    if not unsure:
        return f"95% intervals are within ±{widest}." if widest else ""
    have = "has" if unsure == 1 else "have"
    few = f"{count_text(unsure, 'value')} {have} too few runs for an interval"
    return f"{few}; all other 95% intervals are within ±{widest}." if widest else f"{few}."


def spaced(name: str) -> str:
    """Returns a code name as words: `third_country` is `third country`."""
    return name.replace("_", " ").replace("mar a lago", "Mar-a-Lago")


def sentence_case(words: str) -> str:
    """Returns a text that begins with a capital letter."""
    return words[:1].upper() + words[1:]


def seconds_text(seconds: float) -> str:
    """Returns a duration in seconds or minutes."""
    if seconds < 90.0:
        return f"{number_text(seconds, 1 if seconds < 10.0 else 0)} s"
    return f"{number_text(seconds / 60.0, 0 if seconds >= 600.0 else 1)} min"


def _step_places(step: float) -> int:
    """Returns the decimals that a step needs: 2 for 0.05, none for 10."""
    return max(0, -math.floor(math.log10(step) + 1.0e-9))


def _places(size: float) -> int:
    """Returns the decimals for three significant digits: at most three, none from 100 upwards."""
    if size >= 100.0:
        return 0
    if size >= 10.0:
        return 1
    return 2 if size >= 0.1 or size == 0.0 else 3
