"""Seven questions about acts: does one of a type come within so many days of an origin?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from sim.experiment.stats.intervals import Labels
from sim.history.acts import ActType, RecordedAct

SEVEN: Final = (
    ActType.US_HIKE,
    ActType.CN_HIKE,
    ActType.TRUCE,
    ActType.CONTACT,
    ActType.ROUND,
    ActType.US_CONTROL,
    ActType.CN_CONTROL,
)
"""Types asked about: the acts of which the record has enough and which others do not entail."""


def act_days(acts: Iterable[RecordedAct], kind: ActType) -> Labels:
    """Returns the days, ordinals in order, on which an act of a type aimed at the other side was
    announced; a day counts once, as in `counts`.

    Args:
        acts: The acts.
        kind: Type of the acts.
    """
    days = {act.day for act in acts if act.type == kind and act.counts}
    return np.array(sorted(days), dtype=np.int64)


def came(days: Labels, origin: int, horizon: int) -> bool:
    """Returns whether an event came after a day, within so many days of it.

    Args:
        days: Days of the event, ordinals in order.
        origin: The day, an ordinal; an event on it does not count.
        horizon: Days, of which the last counts.
    """
    after, upto = np.searchsorted(days, (origin, origin + horizon), side="right")
    return bool(upto > after)
