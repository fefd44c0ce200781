"""Summary of each outcome of a batch: numbers with their intervals, ready for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.experiment.stats import intervals
from sim.experiment.stats.intervals import Flags, Floats, Labels
from sim.experiment.stats.json_form import finite, interval
from sim.experiment.stats.luck import ignorance_range, luck_ignorance

if TYPE_CHECKING:
    from sim.engine.blocks import Column
    from sim.experiment.runs.batch import Batch

QUANTILES: Final = {"p05": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
FLAG_CLASSES: Final = ("false", "true")


@dataclass(frozen=True, slots=True)
class Sample:
    """Values of one column where it applies, with their replicates.

    Attributes:
        values: float64 for numbers, else int64 codes (for a flag: 0 false, 1 true).
        replicates: Replicate number of each value.
        clusters: Parameter vector of each value's run; None with fixed parameters.
    """

    values: Any
    replicates: Labels
    clusters: Labels | None


def summarise(batch: Batch, names: Iterable[str] | None = None) -> dict[str, dict[str, Any]]:
    """Returns the summary of each column of a batch.

    Args:
        batch: The runs.
        names: Wanted columns; all by default.

    Returns:
        Column name -> object with `kind`, `unit`, `n_valid` (runs that count and to which the
        outcome applies), `of` (runs of the batch, or those that count if there are conditions) and
        `applicable` (the ratio of the two). For numbers also `mean`, `mean_ci`, `quantiles` (p05 to
        p95) and `median_ci`; for flags and classes `probabilities` (class -> p, ci). If parameters
        were drawn, also `spread`: the variance split into luck and ignorance, and the range of
        the mean (for each class: of the probability) over the parameters. Intervals have level
        95%; values for which there are too few runs are None; dates are ISO days.
    """
    wanted = None if names is None else set(names)
    counted = batch.counted
    return {
        column.name: describe(column, sample(batch, column, counted), batch)
        for column in batch.columns
        if wanted is None or column.name in wanted
    }


def sample(batch: Batch, column: Column, counted: Flags) -> Sample:
    """Returns the values of a column in the runs that count and to which it applies."""
    values = batch.values[column.name]
    # Whether a run failed is known for every run, so all count.
    valid = np.ones(batch.n, np.bool_) if column.outcome.name == "failed" else counted
    if column.outcome.kind == "number":
        valid = valid & ~np.isnan(values)
    else:
        values = values.astype(np.int64)
    replicates = np.flatnonzero(valid)
    clusters = replicates // batch.per_vector if batch.per_vector else None
    return Sample(values[valid], replicates, clusters)


def describe(column: Column, chosen: Sample, batch: Batch) -> dict[str, Any]:
    """Returns the summary of one column from its sample."""
    of = _of_runs(column, batch)
    head = {
        "kind": column.outcome.kind,
        "unit": column.outcome.unit,
        "n_valid": len(chosen.values),
        "of": of,
        "applicable": len(chosen.values) / of,
    }
    if column.outcome.kind == "number":
        return head | _number(chosen, batch, dated=column.outcome.unit == "date")
    return head | {"probabilities": _probabilities(column, chosen, batch)}


def _of_runs(column: Column, batch: Batch) -> int:
    """Returns the denominator of a share: all runs, or those that meet the conditions."""
    if batch.meets is None or column.outcome.name == "failed":
        return batch.n
    return max(1, int(batch.counted.sum()))


def classes_of(column: Column) -> tuple[str, ...]:
    """Returns the labels of a flag's or a class's values, in the order of their codes."""
    return FLAG_CLASSES if column.outcome.kind == "flag" else column.outcome.classes


def _number(chosen: Sample, batch: Batch, *, dated: bool) -> dict[str, Any]:
    values, clusters = chosen.values, chosen.clusters
    mean = intervals.mean(values, clusters=clusters)
    median = intervals.quantile(values, 0.5, clusters=clusters)
    described = {
        "mean": finite(mean.value, dated=dated),
        "mean_ci": interval(mean, dated=dated),
        "quantiles": {
            name: finite(value, dated=dated)
            for name, value in zip(QUANTILES, quantiles(values), strict=True)
        },
        "median_ci": interval(median, dated=dated),
    }
    if batch.per_vector:
        described["spread"] = _spread(chosen, values, batch, dated=dated)
    return described


def quantiles(values: Floats) -> tuple[float, ...]:
    """Returns the quantiles of `QUANTILES`, each a value that occurred; those that are NaN do not
    count, and NaN stands for all if there are no others."""
    known = np.sort(values[~np.isnan(values)])
    if not len(known):
        return (np.nan,) * len(QUANTILES)
    levels = list(QUANTILES.values())
    return tuple(map(float, np.quantile(known, levels, method="inverted_cdf")))


def _probabilities(column: Column, chosen: Sample, batch: Batch) -> dict[str, dict[str, Any]]:
    described: dict[str, dict[str, Any]] = {}
    for code, label in enumerate(classes_of(column)):
        hits = chosen.values == code
        estimate = intervals.probability(hits, clusters=chosen.clusters)
        described[label] = {"p": finite(estimate.value), "ci": interval(estimate)}
        if batch.per_vector:
            described[label]["spread"] = _spread(chosen, hits.astype(np.float64), batch)
    return described


def _spread(chosen: Sample, values: Floats, batch: Batch, *, dated: bool = False) -> dict[str, Any]:
    everyone = np.full(batch.n, np.nan)
    everyone[chosen.replicates] = values
    split = luck_ignorance(everyone, batch.per_vector)
    low, high = ignorance_range(everyone, batch.per_vector)
    return {
        "luck": finite(split.luck),
        "ignorance": finite(split.ignorance),
        "ignorance_share": finite(split.share),
        "vectors": split.vectors,
        "moves_between": [finite(low, dated=dated), finite(high, dated=dated)],
    }
