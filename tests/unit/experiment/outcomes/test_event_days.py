"""When a kind of event first came in each run."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine.blocks import EVENT
from sim.engine.happenings import CODES
from sim.errors import NotFoundError
from sim.experiment.outcomes.event_days import first_days, happened_by, kind_of

ROWS = [(0, 10, 0, "hike"), (0, 12, 1, "hike"), (1, 11, 1, "hike"), (1, 9, -1, "ministers_round")]


def events() -> np.ndarray:
    """Returns events of two runs out of three."""
    return np.array([(r, day, side, CODES[act], 0.0) for r, day, side, act in ROWS], EVENT)


def test_the_first_day_counts_whoever_acts_unless_a_side_is_named() -> None:
    """`hike` is either side's, `cn.hike` China's alone; a run without one has no day."""
    np.testing.assert_array_equal(first_days(events(), kind_of("hike"), 3), [10, 11, np.nan])
    np.testing.assert_array_equal(first_days(events(), kind_of("cn.hike"), 3), [12, 11, np.nan])


def test_by_a_day_includes_that_day() -> None:
    """What came on the day has come by its end."""
    kind = kind_of("cn.hike")

    assert happened_by(events(), kind, 11, 3).tolist() == [False, True, False]
    assert happened_by(events(), kind, 10, 3).tolist() == [False, False, False]


def test_after_a_day_leaves_that_day_out() -> None:
    """A second event counts where the first came too early."""
    # Fails if the day itself counts, or only the first event of a run is looked at.
    kind = kind_of("hike")

    assert happened_by(events(), kind, 12, 3, after=10).tolist() == [True, True, False]
    assert happened_by(events(), kind, 11, 3, after=10).tolist() == [False, True, False]
    assert happened_by(events(), kind, 12, 3, after=12).tolist() == [False, False, False]


@pytest.mark.parametrize(
    ("name", "hint"), [("ministers_rond", "ministers_round"), ("uk.hike", "us, cn")]
)
def test_an_unknown_event_is_refused_with_the_nearest(name: str, hint: str) -> None:
    """The message offers what may have been meant."""
    with pytest.raises(NotFoundError, match=hint):
        kind_of(name)
