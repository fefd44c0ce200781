"""Shipped table of the effects of tariffs in general equilibrium, and the data it is solved from.

`python -m sim.scenario.equilibrium_table` solves the table again; it writes the file only if the
solution differs from it, because the last digit of a number may depend on the machine. A test
checks that the file and the solver agree.
"""

from __future__ import annotations

import csv
import itertools
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from sim.economy.equilibrium import (
    CN_NODES_PP,
    REST_NODES_PP,
    THETAS,
    US_NODES_PP,
    Array,
    TradeWorld,
    build_table,
    world_of_exports,
)
from sim.economy.records import REGIONS, US
from sim.errors import ScenarioError, UsageError
from sim.history.places import data_root
from sim.history.text_files import shown

GRID: Final = "economics/equilibrium_grid.csv"
WORLD: Final = "economics/eight_regions.csv"
RENEW: Final = "`python -m sim.scenario.equilibrium_table` rewrites it"

_AXES: Final = ("theta", "rest_pp", "us_pp", "cn_pp")
_RESULTS: Final = (
    *(f"{region}_income_pct" for region in REGIONS),
    *(f"{region}_to_us_usd_bn" for region in REGIONS if region != REGIONS[US]),
    "cn_exports_usd_bn",
)
_COLUMNS: Final = (*_AXES, *_RESULTS)
_ZERO: Final = 1.0e-10  # a smaller change is rounding error
_AGREES: Final = 1.0e-6  # relative difference, in the seventh digit


@dataclass(frozen=True, slots=True, eq=False)
class EquilibriumTable:
    """Changes of real incomes and exports by trade elasticity and added tariffs.

    Attributes:
        thetas: Trade elasticities, ascending.
        rest_pp: Points the US adds on all countries but China, ascending.
        us_pp: Points the US adds on Chinese goods, ascending.
        cn_pp: Points China adds on US goods, ascending.
        results: Results by (theta, rest, US tariff, Chinese tariff, result), see
            `sim.economy.records.N_RESULTS`.
    """

    thetas: tuple[float, ...]
    rest_pp: tuple[float, ...]
    us_pp: tuple[float, ...]
    cn_pp: tuple[float, ...]
    results: Array


@cache
def equilibrium_table() -> EquilibriumTable:
    """Returns the shipped table.

    Raises:
        ScenarioError: The file is missing or is not such a table.
    """
    return read_table(data_root() / GRID)


@cache
def eight_region_world() -> TradeWorld:
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
    thetas, rest_pp, us_pp, cn_pp = (
        tuple(sorted({row[axis] for row in rows})) for axis in range(len(_AXES))
    )
    wanted = list(itertools.product(thetas, rest_pp, us_pp, cn_pp))
    numbers = np.array(rows)
    if not rows or [row[: len(_AXES)] for row in rows] != wanted or not np.isfinite(numbers).all():
        raise ScenarioError.single(
            shown(path),
            f"needs one row of finite numbers for every {', '.join(_AXES)}, in ascending order; "
            f"found {len(rows)} rows, expected {len(wanted)}; {RENEW}",
        )
    shape = (len(thetas), len(rest_pp), len(us_pp), len(cn_pp), len(_RESULTS))
    results = numbers[:, len(_AXES) :].reshape(shape).copy()
    results.setflags(write=False)
    return EquilibriumTable(thetas, rest_pp, us_pp, cn_pp, results)


def read_world(path: Path) -> TradeWorld:
    """Reads the world of the regions from a file of flows and incomes in USD bn a year.

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
        if set(exports) != set(itertools.permutations(REGIONS, 2)) or set(income) != set(REGIONS):
            raise ValueError(f"needs all flows and incomes of {', '.join(REGIONS)}, once each")
        flows = [[exports.get((s, b), 0.0) for b in REGIONS] for s in REGIONS]
        return world_of_exports(REGIONS, [income[name] for name in REGIONS], flows)
    except (KeyError, TypeError, ValueError, UsageError) as error:
        raise ScenarioError.single(shown(path), f"is not a world of regions: {error}") from None


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ScenarioError.single(shown(path), f"cannot be read: {error}") from None


def write_table(path: Path, table: EquilibriumTable) -> None:
    """Writes a table as a tidy CSV file with seven significant digits."""
    axes = itertools.product(table.thetas, table.rest_pp, table.us_pp, table.cn_pp)
    results = table.results.reshape(-1, len(_RESULTS)).tolist()
    lines = [",".join(_COLUMNS)]
    for node, row in zip(axes, results, strict=True):
        lines.append(",".join(map(_digits, [*node, *row])))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _digits(value: float) -> str:
    return "0" if abs(value) < _ZERO else f"{value:.7g}"


def main() -> None:
    """Solves the table again, and writes it to the scenario data if it is not there already."""
    axes = (THETAS, REST_NODES_PP, US_NODES_PP, CN_NODES_PP)
    solved = EquilibriumTable(*axes, build_table(eight_region_world(), *axes))
    path = data_root() / GRID
    kept = path.is_file() and _agree(path, solved)
    if not kept:
        write_table(path, solved)
    done = "unchanged" if kept else "written"
    sys.stdout.write(f"{shown(path)}: {solved.results.size} results, {done}\n")


def _agree(path: Path, solved: EquilibriumTable) -> bool:
    """Returns whether a file holds a table, give or take its last digit."""
    try:
        found = read_table(path)
    except ScenarioError:
        return False
    axes = (found.thetas, found.rest_pp, found.us_pp, found.cn_pp)
    if axes != (solved.thetas, solved.rest_pp, solved.us_pp, solved.cn_pp):
        return False
    return np.allclose(found.results, solved.results, rtol=_AGREES, atol=_ZERO)


if __name__ == "__main__":
    main()
