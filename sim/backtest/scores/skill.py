"""Skill: how much of the score of a reference forecast is saved."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sim.backtest.scores.blocks import RESAMPLES, block_draws, sums_by_origin
from sim.experiment.stats.intervals import LEVEL, Estimate, Flags, Floats, Labels


def skill(
    scores: Floats,
    reference: Floats,
    origins: Labels,
    block: int,
    level: float = LEVEL,
    resamples: int = RESAMPLES,
) -> Estimate:
    """Returns the skill of forecasts, 1 - sum of scores / sum of reference scores, with a
    percentile interval from blocks of consecutive origins; 1 is perfect, 0 no better than the
    reference.

    An infinite score leaves an infinite interval. With few blocks the interval is too short: one of
    95% covers the truth 87% of the time with fifteen independent blocks.

    Args:
        scores: Scores of which smaller is better, one a forecast.
        reference: Scores of the reference for the same questions.
        origins: Day of the origin of each forecast, an ordinal.
        block: Consecutive origins that are resampled together: the horizon, in origins.
        level: Confidence.
        resamples: Number of resamples.

    Raises:
        ValueError: There are fewer origins than a block has.
    """
    everyone = np.ones(len(scores), np.bool_)
    return _skills(scores, reference, origins, block, [everyone], level, resamples)[0]


def skill_by_group(
    scores: Floats,
    reference: Floats,
    origins: Labels,
    block: int,
    groups: Sequence[str],
    level: float = LEVEL,
    resamples: int = RESAMPLES,
) -> dict[str, Estimate]:
    """Returns the skill of the forecasts of each group, such as a regime or a question, in the
    order in which groups first occur; see `skill`.

    All groups share their resamples of origins, so groups that share origins err together in them
    as they did. A resample without a forecast of a group is left out for this group.

    Args:
        scores: Scores of which smaller is better, one a forecast.
        reference: Scores of the reference for the same questions.
        origins: Day of the origin of each forecast, an ordinal.
        block: Consecutive origins that are resampled together.
        groups: Group of each forecast.
        level: Confidence.
        resamples: Number of resamples.

    Raises:
        ValueError: There are fewer origins than a block has.
    """
    labels = np.asarray(groups)
    names = list(dict.fromkeys(groups))
    masks = [labels == name for name in names]
    found = _skills(scores, reference, origins, block, masks, level, resamples)
    return dict(zip(names, found, strict=True))


def _skills(
    scores: Floats,
    reference: Floats,
    origins: Labels,
    block: int,
    masks: Sequence[Flags],
    level: float,
    resamples: int,
) -> list[Estimate]:
    """Returns the skill of the forecasts within each mask."""
    days, places = np.unique(origins, return_inverse=True)
    draws = block_draws(len(days), block, resamples)
    found = []
    for mask in masks:
        ours, theirs = scores[mask], reference[mask]
        value = float(_saved(ours.sum(keepdims=True), theirs.sum(keepdims=True))[0])
        if not np.all(np.isfinite(ours) & np.isfinite(theirs)):
            found.append(Estimate(value, -math.inf, math.inf))
            continue
        drawn = _saved(
            draws @ sums_by_origin(ours, places[mask], len(days)),
            draws @ sums_by_origin(theirs, places[mask], len(days)),
        )
        found.append(_estimate(value, drawn[~np.isnan(drawn)], level))
    return found


def _saved(total: Floats, reference: Floats) -> Floats:
    """Returns the share saved; NaN where the reference has no score or both are infinite."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(reference > 0.0, 1.0 - total / reference, math.nan)


def _estimate(value: float, drawn: Floats, level: float) -> Estimate:
    """Returns an estimate with its percentile interval; without resamples it is infinite."""
    if not len(drawn):
        return Estimate(value, -math.inf, math.inf)
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(drawn, (tail, 1.0 - tail))
    return Estimate(value, float(low), float(high), float(np.std(drawn, ddof=1)))
