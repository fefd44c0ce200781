"""The shipped table equals the solver, and faulty files are refused with a hint."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import numpy as np
import pytest

from sim.economy.equilibrium import (
    CN_NODES_PP,
    REST_NODES_PP,
    THETAS,
    US_NODES_PP,
    build_table,
    results_of,
    solve,
    war_tariffs,
)
from sim.economy.records import N_REGIONS, N_RESULTS, REGIONS
from sim.errors import ScenarioError
from sim.history.places import data_root
from sim.scenario import equilibrium_table as module
from sim.scenario.equilibrium_table import (
    GRID,
    WORLD,
    EquilibriumTable,
    eight_region_world,
    equilibrium_table,
    read_table,
    read_world,
    write_table,
)

AXES = (THETAS, REST_NODES_PP, US_NODES_PP, CN_NODES_PP)


def test_the_shipped_table_is_what_the_solver_gives() -> None:
    """Every third node of the axes of duties and every other theta agree to the digits written."""
    # Fails if the base, the solver or a node changes and the table is not renewed.
    table, world = equilibrium_table(), eight_region_world()
    spots = itertools.product(
        list(enumerate(THETAS))[::2],
        list(enumerate(REST_NODES_PP))[1::2],
        list(enumerate(US_NODES_PP))[1::3],
        list(enumerate(CN_NODES_PP))[1::3],
    )

    for (k, theta), (r, rest), (i, us), (j, cn) in spots:
        found = results_of(world, solve(world, war_tariffs(N_REGIONS, us, cn, rest), theta))
        assert table.results[k, r, i, j] == pytest.approx(found, rel=6e-7, abs=1e-9)


def test_the_shipped_table_has_the_nodes_of_the_solver() -> None:
    """Nodes and elasticities are those declared beside the solver, with the base among them."""
    # Fails if the file has another axis, or its base is not zero.
    table = equilibrium_table()

    assert (table.thetas, table.rest_pp, table.us_pp, table.cn_pp) == AXES
    assert table.results.shape == (*map(len, AXES), N_RESULTS)
    assert not table.results[:, 0, table.us_pp.index(0.0), table.cn_pp.index(0.0)].any()


def test_the_shipped_table_is_small_and_read_once() -> None:
    """It stays below 400 kB, and readers share one copy that nobody can write to."""
    # Fails if it is read at each call, or can be changed for all.
    assert (data_root() / GRID).stat().st_size < 400_000
    assert equilibrium_table() is equilibrium_table()
    with pytest.raises(ValueError, match="read-only"):
        equilibrium_table().results[0, 0, 0, 0, 0] = 1.0


def test_the_base_is_that_of_2023() -> None:
    """The US buys 444 bn from China and Hong Kong and sells them 171; all rows have a source."""
    # Fails if a row and a column are taken for each other, or a number has no source.
    world = eight_region_world()

    assert world.names == REGIONS
    assert world.trade_usd_bn[0, 1] == 443.5572
    assert world.trade_usd_bn[1, 0] == 171.2961
    assert world.income_usd_bn[:2].tolist() == [27843.3, 18221.4]
    assert world.income_usd_bn.sum() == pytest.approx(105311.6, abs=0.1)
    with (data_root() / WORLD).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {(row["unit"], row["year"], row["kind"]) for row in rows} == {
        ("USD bn/year", "2023", "measured")
    }
    assert {(row["quantity"], row["source"]) for row in rows} == {
        ("exports", "baci-2023"),
        ("income", "wdi-2023"),
    }


def test_a_table_survives_writing_and_reading(tmp_path: Path) -> None:
    """What is written is read back to seven digits, axis by axis."""
    # Fails if two axes are swapped on the way.
    axes = ((2.5, 4.0), (0.0, 8.0), (-5.0, 0.0, 60.0), (0.0, 112.0))
    solved = build_table(eight_region_world(), *axes)
    file = tmp_path / "grid.csv"

    write_table(file, EquilibriumTable(*axes, solved))
    table = read_table(file)

    assert (table.thetas, table.rest_pp, table.us_pp, table.cn_pp) == axes
    assert table.results == pytest.approx(solved, rel=1e-6, abs=1e-9)


def test_the_command_renews_the_file_if_it_must(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It writes every node, leaves a file alone that agrees with the solution, and mends others."""
    # Fails if a last digit that depends on the machine rewrites the file, or a wrong one is kept.
    (tmp_path / "economics").mkdir()
    world = eight_region_world()
    for name, nodes in (("US", (0.0, 30.0)), ("CN", (0.0, 10.0)), ("REST", (0.0, 8.0))):
        monkeypatch.setattr(module, f"{name}_NODES_PP", nodes)
    monkeypatch.setattr(module, "THETAS", (2.0, 4.0))
    monkeypatch.setattr(module, "data_root", lambda: tmp_path)
    monkeypatch.setattr(module, "eight_region_world", lambda: world)
    file = tmp_path / GRID

    module.main()
    assert "256 results, written" in capsys.readouterr().out
    text = file.read_text(encoding="utf-8")
    last = text.rstrip()
    file.write_text(f"{last[:-1]}{(int(last[-1]) + 1) % 10}\n", encoding="utf-8")
    nearly = file.read_bytes()
    module.main()
    assert "unchanged" in capsys.readouterr().out
    assert file.read_bytes() == nearly

    for wrong in (text.replace("4,8,30,10,", "4,8,30,10,9"), text.replace("10", "11"), "x"):
        file.write_text(wrong, encoding="utf-8")
        module.main()
        assert "written" in capsys.readouterr().out
        assert file.read_text(encoding="utf-8") == text
    assert np.isfinite(read_table(file).results).all()


NAMES = (*module._AXES, *module._RESULTS)
HEADER = ",".join(NAMES) + "\n"
ZEROS = ",0" * N_RESULTS


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "found 0 rows"),
        (HEADER + f"2,0,0,zero{ZEROS}\n", "could not convert .*zero"),
        (HEADER + "2,0,0,0,0\n", "needs numbers in the columns"),
        ("theta,rest_pp,us_pp\n2,0,0\n", "cn_pp"),
        (HEADER + f"2,0,0,0{ZEROS}\n2,0,5,8{ZEROS}\n", "found 2 rows, expected 4"),
        (HEADER + f"2,0,0,0{ZEROS[:-1]}nan\n", "finite"),
        (HEADER + f"2,0,5,0{ZEROS}\n2,0,0,0{ZEROS}\n", "in ascending order"),
    ],
)
def test_a_faulty_table_is_refused(text: str, message: str, tmp_path: Path) -> None:
    """The error names the file, what is due, and the command that writes it anew."""
    # Fails if a hole in the table is read as a number.
    file = tmp_path / "grid.csv"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(ScenarioError, match=message) as caught:
        read_table(file)

    assert "grid.csv" in str(caught.value)
    assert "python -m sim.scenario.equilibrium_table" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("exports,us,cn", "exports,us,mars", "needs all flows and incomes"),
        ("income,eu", "income,mars", "needs all flows and incomes"),
        ("171.2961", "much", "could not convert"),
        ("171.2961", "-171.2961", "must not be negative"),
        ("171.2961", "27000", "more than its income"),
        ("171.2961,USD bn/year", "171.2961,USD million", "found 'USD million'"),
        ("quantity", "what", "quantity"),
    ],
)
def test_a_faulty_world_is_refused(old: str, new: str, message: str, tmp_path: Path) -> None:
    """A missing flow, a wrong unit or an impossible number is named, with its file."""
    # Fails if a flow may be missing and counts as zero.
    text = (data_root() / WORLD).read_text(encoding="utf-8")
    file = tmp_path / "regions.csv"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ScenarioError, match=message) as caught:
        read_world(file)

    assert "regions.csv" in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """The error names the file that cannot be read."""
    with pytest.raises(ScenarioError, match=r"none\.csv: cannot be read"):
        read_table(tmp_path / "none.csv")
