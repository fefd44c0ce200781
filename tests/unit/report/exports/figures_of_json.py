"""Figures that `--json` holds, under the keys by which rows of an export are found again."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

Key = tuple[str, ...]
Figures = dict[Key, Any]


def figures_of_run(told: dict[str, Any], scenario: str) -> Figures:
    """Returns the figures of a run, but for what does not hold, which is one less what holds."""
    found: Figures = {}
    for name, about in told["outcomes"].items():
        if about["kind"] == "number":
            found |= _number(about, (scenario, name, ""))
            continue
        for label, share in about["probabilities"].items():
            if label != "false":
                key = (scenario, name, label)
                found[*key, "probability"] = share["p"]
                found |= _ends(key, share["ci"])
                found |= _spread(key, share)
    return found


def _number(about: dict[str, Any], key: Key) -> Figures:
    found: Figures = {(*key, name): value for name, value in about["quantiles"].items()}
    found[*key, "mean"] = about["mean"]
    found |= _ends(key, about["mean_ci"])
    found |= _ends(key, about["median_ci"], "median_")
    return found | _spread(key, about)


def _spread(key: Key, about: dict[str, Any]) -> Figures:
    if "spread" not in about:
        return {}
    share = {(*key, "ignorance_share"): about["spread"]["ignorance_share"]}
    return share | _ends(key, about["spread"]["moves_between"], "moves_")


def _ends(key: Key, ends: Iterable[Any], stem: str = "") -> Figures:
    return {(*key, stem + name): end for name, end in zip(("low", "high"), ends, strict=True)}


def figures_of_rows(header: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> Figures:
    """Returns the figures of exported rows, each with the name of its column put together again."""
    found: Figures = {}
    for cells in rows:
        row = dict.fromkeys(("class", "sector", "quarter", "value_date", "value"))
        row |= dict(zip(header, cells, strict=True))
        key = (row["scenario"], "".join(_name(row)), row["class"] or "", row["statistic"])
        assert key not in found, key
        found[key] = _day(row["value_date"]) if row["value_date"] else row["value"]
    return found


def assert_same(found: Figures, told: Figures) -> None:
    """Checks that all figures are there and the same to the 15 digits that spreadsheets hold."""
    assert found.keys() == told.keys()
    for key, value in told.items():
        if isinstance(value, float):
            assert math.isclose(float(found[key]), value, rel_tol=1e-14), key
        else:
            assert (found[key] or None) == value, key


def _name(row: dict[str, Any]) -> Iterator[str]:
    yield row["outcome"]
    if row["sector"]:
        yield f"[{row['sector']}]"
    if row["quarter"]:
        yield f"@{row['quarter']}"
    elif row["reading"] == "day":
        yield f"@{_day(row['date'])}"


def _day(value: Any) -> str:
    return value.strftime("%Y-%m-%d") if isinstance(value, date) else str(value)
