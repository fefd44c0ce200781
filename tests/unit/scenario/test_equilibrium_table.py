"""The shipped table equals the solver, and faulty files are refused with a hint."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import numpy as np
import pytest

from sim.economy.equilibrium import (
    CN_NODES_PP,
    REGIONS,
    THETAS,
    US_NODES_PP,
    bilateral_tariffs,
    build_table,
    solve,
)
from sim.errors import ScenarioError
from sim.history.places import data_root
from sim.scenario import equilibrium_table as module
from sim.scenario.equilibrium_table import (
    GRID,
    WORLD,
    EquilibriumTable,
    equilibrium_table,
    read_table,
    read_world,
    three_region_world,
    write_table,
)


def test_the_shipped_table_is_what_the_solver_gives() -> None:
    """Every third node of each axis and every theta agree to the digits written."""
    table = equilibrium_table()
    spots = itertools.product(enumerate(THETAS), *[list(enumerate(US_NODES_PP))[1::3]] * 2)

    for (k, theta), (i, us_pp), (j, cn_pp) in spots:
        solved = solve(three_region_world(), bilateral_tariffs(us_pp, cn_pp), theta).welfare_pct
        assert table.welfare_pct[k, :, i, j] == pytest.approx(solved, rel=6e-9, abs=1e-11)


def test_the_shipped_table_has_the_nodes_of_the_solver() -> None:
    """Nodes and elasticities are those declared beside the solver, with the base among them."""
    table = equilibrium_table()

    assert (table.thetas, table.us_pp, table.cn_pp) == (THETAS, US_NODES_PP, CN_NODES_PP)
    assert table.welfare_pct.shape == (len(THETAS), 3, len(US_NODES_PP), len(CN_NODES_PP))
    base = (slice(None), slice(None), table.us_pp.index(0.0), table.cn_pp.index(0.0))
    assert not table.welfare_pct[base].any()


def test_the_shipped_table_is_small_and_read_once() -> None:
    """It stays below 300 kB, and readers share one copy that nobody can write to."""
    assert (data_root() / GRID).stat().st_size < 300_000
    assert equilibrium_table() is equilibrium_table()
    with pytest.raises(ValueError, match="read-only"):
        equilibrium_table().welfare_pct[0, 0, 0, 0] = 1.0


def test_the_base_is_that_of_2023() -> None:
    """The US buys 440 bn from China and sells it 145; each number has unit, source and year."""
    world = three_region_world()

    assert world.names == REGIONS
    assert world.trade_usd_bn[0, 1] == 440.4777
    assert world.trade_usd_bn[1, 0] == 145.3344
    assert world.income_usd_bn.tolist() == [27843.2833, 17794.783, 59673.4899]
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
    """What is written is read back to nine digits, axis by axis."""
    axes = ((2.5, 4.0), (-5.0, 0.0, 60.0), (0.0, 112.0))
    solved = build_table(three_region_world(), axes[1], axes[2], axes[0])
    file = tmp_path / "grid.csv"

    write_table(file, EquilibriumTable(*axes, solved))
    table = read_table(file)

    assert (table.thetas, table.us_pp, table.cn_pp) == axes
    assert table.welfare_pct == pytest.approx(solved, rel=1e-8, abs=1e-12)


def test_the_command_renews_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It solves every node and writes the very file that ships, give or take the last digit."""
    (tmp_path / "economics").mkdir()
    monkeypatch.setattr(module, "data_root", lambda: tmp_path)
    monkeypatch.setattr(module, "three_region_world", lambda: read_world(data_root() / WORLD))

    module.main()

    renewed = read_table(tmp_path / GRID)
    assert renewed.thetas == THETAS
    assert np.allclose(renewed.welfare_pct, equilibrium_table().welfare_pct, rtol=2e-8, atol=1e-10)
    assert "3456 changes of real income" in capsys.readouterr().out


HEADER = "theta,us_pp,cn_pp,us_pct,cn_pct,rest_pct\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "found 0 rows"),
        (HEADER + "2,0,0,0,0,zero\n", "could not convert .*zero"),
        (HEADER + "2,0,0,0,0\n", "needs numbers in the columns"),
        ("theta,us_pp\n2,0\n", "cn_pp"),
        (HEADER + "2,0,0,0,0,0\n2,5,8,1,1,1\n", "found 2 rows, expected 4"),
        (HEADER + "2,0,0,0,0,nan\n", "finite"),
        (HEADER + "2,5,0,1,1,1\n2,0,0,0,0,0\n", "in ascending order"),
    ],
)
def test_a_faulty_table_is_refused(text: str, message: str, tmp_path: Path) -> None:
    """The error names the file, what is due, and the command that writes it anew."""
    file = tmp_path / "grid.csv"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(ScenarioError, match=message) as caught:
        read_table(file)

    assert "grid.csv" in str(caught.value)
    assert "python -m sim.scenario.equilibrium_table" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("exports,us,cn", "exports,us,eu", "six flows"),
        ("145.3344", "much", "could not convert"),
        ("145.3344", "-145.3344", "must not be negative"),
        ("145.3344,USD bn/year", "145.3344,USD million", "found 'USD million'"),
        ("quantity", "what", "quantity"),
    ],
)
def test_a_faulty_world_is_refused(old: str, new: str, message: str, tmp_path: Path) -> None:
    """A missing flow, a wrong unit or an impossible number is named, with its file."""
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
