"""Results as pandas data frames for notebooks; needs the extra `notebook`."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.model.outcomes.politics import PATHS
from sim.report.pages.run.digest import Digest

if TYPE_CHECKING:
    import pandas as pd

    from sim.engine.blocks import Column
    from sim.experiment.runs.batch import Batch

QUANTILES: Final = ("p05", "p25", "p50", "p75", "p95")


def outcome_frame(batch: Batch) -> pd.DataFrame:
    """Returns the counted runs, one row each, indexed by replicate.

    Numbers are floats (NaN where they do not apply), days are timestamps, flags are booleans and
    classes categories.
    """
    import pandas as pd

    counted = np.flatnonzero(batch.counted)
    data = {column.name: _series(column, batch.values[column.name]) for column in batch.columns}
    return pd.DataFrame(data).take(counted.tolist()).rename_axis("replicate")


def path_frame(batch: Batch) -> pd.DataFrame:
    """Returns the stored weekly paths of the counted runs, one row for each run and week.

    The index is (replicate, week), where weeks are Mondays as timestamps; each column is a path.
    """
    import pandas as pd

    parts = {}
    for name in PATHS:
        weeks, path = batch.path(name)
        kept = batch.counted[: len(path)]
        monday = pd.DatetimeIndex([date.fromordinal(int(day)) for day in weeks])
        rows = [np.flatnonzero(kept), monday]
        index = pd.MultiIndex.from_product(rows, names=["replicate", "week"])
        parts[name] = pd.Series(path[kept].ravel(), index=index)
    return pd.DataFrame(parts)


def summary_frame(digest: Digest) -> pd.DataFrame:
    """Returns the summary of the runs, one row per outcome and class.

    The index is (outcome, class): for flags `true`, for numbers an empty string. Columns: `kind`,
    `unit`, `estimate` (a mean or a probability), `low`, `high` (95% interval), `n_valid`, and for
    numbers `p05` to `p95`. Dates are counted in days from the start of the run.
    """
    import pandas as pd

    rows, index = [], []
    for column in digest.batch.columns:
        about = digest.about(column.name)
        head = {name: about[name] for name in ("kind", "unit", "n_valid")}
        if about["kind"] == "number":
            start = digest.resolved.start
            if about["unit"] == "date":
                head["unit"] = "days"
            low, high = (_number(end, start) for end in about["mean_ci"])
            quantiles = {name: _number(about["quantiles"][name], start) for name in QUANTILES}
            estimate = {"estimate": _number(about["mean"], start), "low": low, "high": high}
            index.append((column.name, ""))
            rows.append({**head, **estimate, **quantiles})
            continue
        for label, known in about["probabilities"].items():
            if about["kind"] == "flag" and label == "false":
                continue
            low, high = (_number(end, 0) for end in known["ci"])
            index.append((column.name, label))
            rows.append({**head, "estimate": _number(known["p"], 0), "low": low, "high": high})
    names = pd.MultiIndex.from_tuples(index, names=["outcome", "class"])
    order = ["kind", "unit", "estimate", "low", "high", "n_valid", *QUANTILES]
    return pd.DataFrame(rows, index=names).reindex(columns=order)


def _series(column: Column, values: Any) -> Any:
    import pandas as pd

    if column.outcome.kind == "class":
        return pd.Categorical.from_codes(values, list(column.outcome.classes))
    if column.outcome.unit != "date":
        return values
    days = np.full(len(values), "NaT", "datetime64[s]")
    known = ~np.isnan(values)
    days[known] = [date.fromordinal(int(day)) for day in values[known]]
    return days


def _number(value: float | str | None, start: int) -> float:
    """Returns a number of a summary: NaN for a missing value, a date as days from the start."""
    if value is None:
        return math.nan
    if isinstance(value, str):
        return float(date.fromisoformat(value).toordinal() - start)
    return float(value)
