"""The sector table: every number of `economics/sectors.csv` as a parameter with unit and source.

Columns and what is known of them stand in `economics/columns.yaml`. A cell becomes the parameter
`trade.<side>.<sector>.<column>`, as if the parameter file held it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from sim.errors import ScenarioError
from sim.scenario.catalog import data_root, read, shown
from sim.scenario.schema import ParameterModel

TABLE: Final = "economics/sectors.csv"
COLUMNS: Final = "economics/columns.yaml"
SIDES: Final = ("us", "cn")


def sector_parameters() -> Mapping[str, tuple[ParameterModel, int]]:
    """Returns the parameters of the sector table by name, each with the line it stands in.

    Read anew only if a file changes, as a sweep resolves a scenario at each of its points.

    Raises:
        ScenarioError: A cell is no number, or a column is not described.
    """
    files = (data_root() / TABLE, data_root() / COLUMNS)
    stamps = tuple((path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    return _read_once(files, stamps)


@lru_cache(maxsize=2)
def _read_once(
    files: tuple[Path, Path], stamps: tuple[tuple[int, int], ...]
) -> dict[str, tuple[ParameterModel, int]]:
    table, columns = files
    described = read(columns).root.plain()
    found = {}
    with table.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            for column, about in described.items():
                text = row.get(column)
                if text is None:
                    raise ScenarioError.single(shown(table), f"has no column {column}")
                if text:
                    name = f"trade.{row['side']}.{row['sector']}.{column}"
                    found[name] = (_cell(table, line, row, column, about), line)
    return found


def _cell(
    table: Path, line: int, row: Mapping[str, str], column: str, about: Mapping[str, Any]
) -> ParameterModel:
    """Returns a cell as a parameter file would write it."""
    try:
        value = float(row[column])
    except ValueError:
        place = f"{shown(table)}:{line}"
        raise ScenarioError.single(place, f"{row[column]!r} is not a number", column) from None
    known: dict[str, Any] = dict(about[row["side"]] if set(SIDES) <= set(about) else about)
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
    sd_log = known.pop("sd_log", None)
    if sd_log is not None:
        known["prior"] = {"family": "lognormal", "median": value, "sd_log": sd_log}
    return ParameterModel.model_validate({"value": value, **known})


def sector_labels() -> dict[str, str]:
    """Returns what each good is called in words, by its name, e.g. `us.toys`."""
    with (data_root() / TABLE).open(encoding="utf-8", newline="") as file:
        return {f"{row['side']}.{row['sector']}": row["label"] for row in csv.DictReader(file)}
