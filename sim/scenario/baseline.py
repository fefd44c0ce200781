"""Sector table: every number in `economics/sectors.csv` as a parameter with unit and source.

The columns are described in `economics/columns.yaml`. A cell becomes the parameter
`trade.<side>.<sector>.<column>`, as if it were in the parameter file.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from sim.economy.sectors import GOODS
from sim.errors import ScenarioError, nearest
from sim.history.csv_table import csv_rows
from sim.history.places import data_root
from sim.history.text_files import shown
from sim.scenario.catalog import read
from sim.scenario.schema import ParameterModel

TABLE: Final = "economics/sectors.csv"
EARLIER: Final = "economics/sectors_2017.csv"
COLUMNS: Final = "economics/columns.yaml"
SIDES: Final = ("us", "cn")
HEADS: Final = ("side", "sector", "label", "value_kind", "value_source")
KINDS: Final = ("reported", "measured", "estimated", "assumed")


def sector_parameters() -> Mapping[str, tuple[ParameterModel, int]]:
    """Returns the parameters of the sector table by name, each with its line number.

    The files are read again only if they change, because a sweep resolves a scenario at each of its
    points.

    Raises:
        ScenarioError: A sector is unknown or appears twice, a cell is not a valid number, or a
            column is missing.
    """
    files = (data_root() / TABLE, data_root() / COLUMNS, data_root() / EARLIER)
    stamps = tuple((path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    return _read_once(files, stamps)


@lru_cache(maxsize=2)
def _read_once(
    files: tuple[Path, Path, Path], stamps: tuple[tuple[int, int], ...]
) -> dict[str, tuple[ParameterModel, int]]:
    table, columns, earlier = files
    described = read(columns).root.plain()
    held = _earlier(earlier)
    found = {}
    seen: set[str] = set()
    for line, row in csv_rows(table, (*HEADS, *described)):
        place = f"{shown(table)}:{line}"
        good = _good(place, row, seen)
        if row["value_kind"] not in KINDS:
            message = f"{row['value_kind'][:60]!r} is not one of {', '.join(KINDS)}"
            raise ScenarioError.single(place, message, "value_kind")
        for column, about in described.items():
            if row[column]:
                value = _number(place, column, row[column])
                entry = _entry(row, value, about, held.get(f"{good}.{column}"))
                if entry is None:
                    message = f"{shown(earlier)} has no number for {good} to be held before"
                    raise ScenarioError.single(place, message, column)
                found[f"trade.{good}.{column}"] = (entry, line)
    return found


def _earlier(table: Path) -> dict[str, float]:
    """Returns the numbers of the earlier table by good and column."""
    found = {}
    seen: set[str] = set()
    for line, row in csv_rows(table, ("side", "sector")):
        place = f"{shown(table)}:{line}"
        good = _good(place, row, seen)
        for column, text in row.items():
            if text and column not in {"side", "sector"}:
                found[f"{good}.{column}"] = _number(place, column, text)
    return found


def _good(place: str, row: Mapping[str, str], seen: set[str]) -> str:
    """Returns the good of a row, after checking that it is known and has not appeared before."""
    good = f"{row['side']}.{row['sector']}"
    if good not in GOODS:
        message = f"there is no sector {good[:60]!r}{nearest(good[:60], GOODS)}"
        raise ScenarioError.single(place, message, "sector")
    if good in seen:
        raise ScenarioError.single(place, f"{good} appears twice in the table", "sector")
    seen.add(good)
    return good


def _number(place: str, column: str, text: str) -> float:
    """Returns the number in a cell, which must be finite and not below 0."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ScenarioError.single(place, f"{text[:60]!r} is not a number", column)
    if value < 0.0:
        raise ScenarioError.single(place, f"{text[:60]} is below 0", column)
    return value


def _entry(
    row: Mapping[str, str], value: float, about: Mapping[str, Any], before: float | None
) -> ParameterModel | None:
    """Returns a cell in the form of an entry of the parameter file; None if what was held before is
    to be `before`, the number of the earlier table, and that is missing."""
    known: dict[str, Any] = dict(about[row["side"]] if set(SIDES) <= set(about) else about)
    held = known.pop("before", None)
    if held is not None:
        known["prior_before"] = {"value": before} | held
        if known["prior_before"]["value"] is None:
            return None
    known.setdefault("kind", row["value_kind"])
    if row["sector"] in known.pop("from_memory", ()):
        known["kind"] = "assumed"
        known.pop("source", None)
    if known["kind"] != "assumed":
        known.setdefault("source", row["value_source"])
    spread, zero_high = known.pop("spread", None), known.pop("zero_high", None)
    if spread is not None:
        highest = 1.0 if known["unit"] == "share" else float("inf")
        high = value * (1.0 + spread) if value > 0.0 else zero_high
        known["range"] = [round(value * (1.0 - spread), 6), round(min(high, highest), 6)]
        if value == 0.0:
            # A draw from there up would never be below the value: a 0 is not drawn.
            known["legal"] = True
    sd_log = known.pop("sd_log", None)
    if sd_log is not None:
        known["prior"] = {"family": "lognormal", "median": value, "sd_log": sd_log}
    return ParameterModel.model_validate({"value": value, **known})


def sector_labels() -> dict[str, str]:
    """Returns the label of each good by its name, e.g. `us.toys`."""
    rows = csv_rows(data_root() / TABLE)
    return {f"{row['side']}.{row['sector']}": row["label"] for _, row in rows}
