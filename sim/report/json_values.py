"""Conversion to values that JSON allows: no NaN, no infinity, no numpy types."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any


def clean(value: Any) -> Any:
    """Returns a value with numpy scalars as Python numbers and NaN or infinity as None."""
    if isinstance(value, Mapping):
        return {str(key): clean(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [clean(item) for item in value]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
