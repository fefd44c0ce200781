"""Numbers, intervals and estimates as JSON holds them."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from sim.experiment.stats.intervals import Estimate


def finite(value: float, *, dated: bool = False) -> float | str | None:
    """Returns a JSON-serialisable number: None for NaN and infinity, ISO text for a day."""
    if not math.isfinite(value):
        return None
    return date.fromordinal(round(value)).isoformat() if dated else value


def interval(estimate: Estimate, *, dated: bool = False) -> list[float | str | None]:
    """Returns the two ends of an estimate's interval for JSON."""
    return [finite(estimate.low, dated=dated), finite(estimate.high, dated=dated)]


def estimate_json(estimate: Estimate) -> dict[str, Any]:
    """Returns an estimate with its interval for JSON."""
    return {"value": finite(estimate.value), "ci": interval(estimate)}
