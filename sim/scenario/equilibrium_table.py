"""Shipped table of the effect of tariffs on real income, and the data from which it is solved.

`python -m sim.scenario.equilibrium_table` solves the table again and writes it to the scenario
data; a test checks that the file and the solver agree.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from sim.economy.equilibrium import (
    CN_NODES_PP,
    REGIONS,
    THETAS,
    US_NODES_PP,
    Array,
    TradeWorld,
    build_table,
    three_regions,
)
from sim.errors import ScenarioError
from sim.history.places import data_root
from sim.scenario.catalog import shown

GRID: Final = "economics/equilibrium_grid.csv"
WORLD: Final = "economics/three_regions.csv"
RENEW: Final = "`python -m sim.scenario.equilibrium_table` rewrites it"

_AXES: Final = ("theta", "us_pp", "cn_pp")
_COLUMNS: Final = (*_AXES, *(f"{region}_pct" for region in REGIONS))
_ZERO_PCT: Final = 1.0e-12  # a smaller change is rounding error


@dataclass(frozen=True, slots=True, eq=False)
class EquilibriumTable:
    """Changes of real income by trade elasticity, region and added tariffs.

    Attributes:
        thetas: Trade elasticities, ascending.
        us_pp: Points the US adds on Chinese goods, ascending.
        cn_pp: Points China adds on US goods, ascending.
        welfare_pct: Change in per cent (positive is a gain) by (theta, region, US tariff, Chinese
            tariff); regions in the order of `sim.economy.equilibrium.REGIONS`.
    """

    thetas: tuple[float, ...]
    us_pp: tuple[float, ...]
    cn_pp: tuple[float, ...]
    welfare_pct: Array


@cache
def equilibrium_table() -> EquilibriumTable:
    """Returns the shipped table.

    Raises:
        ScenarioError: The file is missing or is not such a table.
    """
    return read_table(data_root() / GRID)


@cache
def three_region_world() -> TradeWorld:
    """Returns the base from which the shipped table is solved: flows and incomes of 2023.

    Raises:
        ScenarioError: The file, or a flow or an income in it, is missing.
    """
    return read_world(data_root() / WORLD)


def read_table(path: Path) -> EquilibriumTable:
    """Reads a table from a file with a row for every combination of theta and tariffs.

    Raises:
        ScenarioError: The file cannot be read, a cell is not a number, or a combination is missing.
    """
    try:
        rows = [tuple(float(row[name]) for name in _COLUMNS) for row in _rows(path)]
    except (KeyError, TypeError, ValueError) as error:
        raise ScenarioError.single(
            shown(path), f"needs numbers in the columns {','.join(_COLUMNS)} ({error}); {RENEW}"
        ) from None
    thetas, us_pp, cn_pp = (tuple(sorted({row[axis] for row in rows})) for axis in range(3))
    wanted = [(theta, us, cn) for theta in thetas for us in us_pp for cn in cn_pp]
    numbers = np.array(rows)
    if not rows or [row[:3] for row in rows] != wanted or not np.isfinite(numbers).all():
        raise ScenarioError.single(
            shown(path),
            "needs one row of finite numbers for every theta, us_pp and cn_pp, in ascending order; "
            f"found {len(rows)} rows, expected {len(wanted)}; {RENEW}",
        )
    shape = (len(thetas), len(us_pp), len(cn_pp), len(REGIONS))
    welfare = np.moveaxis(numbers[:, 3:].reshape(shape), -1, 1).copy()
    welfare.setflags(write=False)
    return EquilibriumTable(thetas, us_pp, cn_pp, welfare)


def read_world(path: Path) -> TradeWorld:
    """Reads a world from a file with six flows and three incomes in USD bn a year.

    Raises:
        ScenarioError: The file cannot be read, or a flow or an income is missing.
    """
    exports: dict[tuple[str, str], float] = {}
    income: dict[str, float] = {}
    try:
        for row in _rows(path):
            if row["unit"] != "USD bn/year":
                raise ValueError(f"expected the unit USD bn/year, found {row['unit']!r}")
            if row["quantity"] == "exports":
                exports[row["exporter"], row["importer"]] = float(row["value"])
            else:
                income[row["exporter"]] = float(row["value"])
        return three_regions(exports, income)
    except (KeyError, TypeError, ValueError) as error:
        raise ScenarioError.single(shown(path), f"is not a three-region world: {error}") from None


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ScenarioError.single(shown(path), f"cannot be read: {error}") from None


def write_table(path: Path, table: EquilibriumTable) -> None:
    """Writes a table as a tidy CSV file with nine significant digits."""
    lines = [",".join(_COLUMNS)]
    for k, theta in enumerate(table.thetas):
        for i, us in enumerate(table.us_pp):
            for j, cn in enumerate(table.cn_pp):
                changes = table.welfare_pct[k, :, i, j].tolist()
                lines.append(",".join(map(_digits, [theta, us, cn, *changes])))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _digits(value: float) -> str:
    return "0" if abs(value) < _ZERO_PCT else f"{value:.9g}"


def main() -> None:
    """Solves the table again and writes it to the scenario data."""
    solved = build_table(three_region_world(), US_NODES_PP, CN_NODES_PP, THETAS)
    path = data_root() / GRID
    write_table(path, EquilibriumTable(THETAS, US_NODES_PP, CN_NODES_PP, solved))
    sys.stdout.write(f"{shown(path)}: {solved.size} changes of real income\n")


if __name__ == "__main__":
    main()
