"""Forecasts of a level, such as a duty, from its past: members of a distribution, for `crps`.

A duty in force is public on the day. Averages over goods are taken as if they were too, though the
chart they are from was printed later.
"""

from __future__ import annotations

import numpy as np

from sim.backtest.baselines.records import LevelRecord
from sim.experiment.stats.intervals import Floats


def last_level(record: LevelRecord) -> Floats:
    """Returns the forecast that nothing changes: the level of the origin, shape (1,)."""
    return record.values[-1:]


def changed_level(record: LevelRecord, horizon: int) -> Floats:
    """Returns the level of the origin plus each change over the horizon on record, from every day
    on, and not below 0, as no duty is; shape (days - horizon,).

    A record no longer than the horizon forecasts that nothing changes.

    Args:
        record: The level until the origin.
        horizon: Days.
    """
    changes = record.values[horizon:] - record.values[:-horizon]
    if not len(changes):
        return last_level(record)
    return np.asarray(np.maximum(record.values[-1] + changes, 0.0))


def past_levels(record: LevelRecord) -> Floats:
    """Returns the climatology: the levels of all days on record, shape (days,)."""
    return record.values
