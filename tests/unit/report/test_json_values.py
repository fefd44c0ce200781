"""Numbers as JSON may hold them."""

from __future__ import annotations

import json
import math

import numpy as np

from sim.report.json_values import clean


def test_nan_and_infinity_become_null_at_any_depth() -> None:
    """Nothing a strict reader of JSON would refuse comes out."""
    dirty = {"a": math.nan, "b": [math.inf, 1.5, {"c": (-math.inf, "text")}], "d": None}

    assert clean(dirty) == {"a": None, "b": [None, 1.5, {"c": [None, "text"]}], "d": None}


def test_numpy_scalars_become_plain_numbers() -> None:
    """What numpy computed can be dumped."""
    values = {"f": np.float64(0.5), "i": np.int64(3), "b": np.bool_(True), "n": np.float32("nan")}

    assert json.loads(json.dumps(clean(values), allow_nan=False)) == {
        "f": 0.5,
        "i": 3,
        "b": True,
        "n": None,
    }
