"""Parameter sets: one mapping for each run, from one row for each vector."""

from __future__ import annotations

import numpy as np

from sim.engine.parameter_sets import ParameterSets


def test_runs_of_a_vector_get_its_row_as_one_mapping() -> None:
    """Three runs of two vectors: the first two share an object, the third has the other row."""
    # Fails if a mapping is made for each run, or rows are taken by run.
    sets = ParameterSets(("a", "b"), np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0, 0, 1]))

    assert len(sets) == 3
    assert list(sets) == [{"a": 1.0, "b": 2.0}, {"a": 1.0, "b": 2.0}, {"a": 3.0, "b": 4.0}]
    assert sets[0] is sets[1]
