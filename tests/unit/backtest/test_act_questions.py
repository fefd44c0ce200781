"""Questions about acts: which days count, and where a window begins and ends."""

from __future__ import annotations

import numpy as np
import pytest

from sim.backtest.act_questions import SEVEN, act_days, came
from sim.history.act_table import acts_on_record
from sim.history.acts import ActType, RecordedAct


def act(day: int, kind: ActType = ActType.US_HIKE, *, bilateral: bool = True) -> RecordedAct:
    """Returns an act on record."""
    return RecordedAct(day, kind, "an act", None, bilateral, "press", "high")


def test_a_day_counts_once_and_only_what_is_aimed_at_the_other_side() -> None:
    """Two legs of a day are one event; a worldwide duty and another type are none."""
    acts = [act(9), act(5), act(5), act(7, bilateral=False), act(8, ActType.TRUCE)]

    assert act_days(acts, ActType.US_HIKE).tolist() == [5, 9]


@pytest.mark.parametrize(
    ("origin", "horizon", "answer"),
    [(9, 1, True), (9, 0, False), (10, 5, False), (5, 4, False), (5, 5, True), (0, 100, True)],
)
def test_a_window_begins_the_day_after_and_its_last_day_counts(
    origin: int, horizon: int, answer: bool
) -> None:
    """An event on day 10: not for an origin of day 10, which has seen it."""
    assert came(np.array([10]), origin, horizon) is answer


def test_the_record_answers_as_the_pilot_study_counted() -> None:
    """Its table of acts, for the seven types asked about."""
    counts = [len(act_days(acts_on_record(), kind)) for kind in SEVEN]

    assert counts == [12, 12, 10, 24, 44, 37, 27]
