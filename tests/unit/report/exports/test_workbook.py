"""Workbooks: what openpyxl and LibreOffice read in them is what `--json` holds."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from figures_of_json import assert_same, figures_of_rows, figures_of_run

from sim.economy.sectors import GOODS
from sim.errors import UsageError
from sim.report.answers.comparison import ComparisonAnswer
from sim.report.answers.run import RunAnswer
from sim.report.answers.studies import SweepAnswer
from sim.report.answers.tariffs import ImpactAnswer
from sim.report.exports import files, workbook
from sim.report.exports.cover import CoverLine
from sim.report.exports.export import Export
from sim.report.exports.tidy import COLUMNS, TidyRow

TABLES = ("outcomes_at_end", "outcomes_by_date", "sectors")


@pytest.fixture(scope="session")
def book(winter: RunAnswer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of sixteen runs."""
    path = tmp_path_factory.mktemp("books") / "winter.xlsx"
    winter.export(path, command="detente run october-2025-apec")
    return path


def table(path: Path, name: str) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Returns header and rows of a sheet."""
    header, *rows = openpyxl.load_workbook(path)[name].iter_rows(values_only=True)
    return tuple(map(str, header)), rows


def test_a_workbook_has_the_figures_of_json(winter: RunAnswer, book: Path) -> None:
    """All of them, read by openpyxl, numbers as numbers and days as days."""
    # Fails if a cell is rounded, is text, or a sheet is left out.
    found = {}
    for name in TABLES:
        header, rows = table(book, name)
        found |= figures_of_rows(header, rows)

    assert_same(found, figures_of_run(winter.to_json(), "october-2025-apec"))


def test_quarters_stand_side_by_side(winter: RunAnswer, book: Path) -> None:
    """One line for each sector, reading and quarter, those of a sector together."""
    # Fails if bands are those of another sector, or the sheet is not sorted by sector.
    header, rows = table(book, "sectors_by_quarter")
    lines = [dict(zip(header, row, strict=True)) for row in rows]
    outcomes = winter.to_json()["outcomes"]

    toys = [line for line in lines if line["sector"] == "us.toys"]
    assert [line["outcome"] for line in toys] == [
        "tariff_pct",
        "tariff_mean_pct",
        "trade_usd_bn_per_month",
    ]
    for line in lines:
        about = outcomes[f"{line['outcome']}[{line['sector']}]@{line['quarter']}"]
        assert_same(
            {(name,): line[name] for name in ("mean", *about["quantiles"])},
            {("mean",): about["mean"]} | {(k,): v for k, v in about["quantiles"].items()},
        )
        assert line["date"].date() == date(2025, 12, 31)
    order = [(line["sector"], line["outcome"]) for line in lines]
    assert order == sorted(order, key=order.index)
    assert [sector for sector, _ in order[::3]] == list(GOODS)


def test_a_workbook_opens_on_its_cover_and_is_easy_to_read(book: Path) -> None:
    """Cover first; headers stay in view, columns are wide enough, filters are at hand."""
    # Fails if panes are not frozen, or widths are left to chance.
    held = openpyxl.load_workbook(book)

    assert held.sheetnames == [
        "cover",
        "sectors_by_quarter",
        *sorted(TABLES, key=held.sheetnames.index),
    ]
    assert set(held.sheetnames[2:]) == set(TABLES)
    cover = {(row[0], row[1]): row[2] for row in held["cover"].iter_rows(values_only=True)}
    assert cover["about", "command"] == "detente run october-2025-apec"
    assert cover["about", "seed"] == 20251023
    for sheet in held:
        assert sheet.freeze_panes == "A2"
        assert sheet["A1"].font.bold
        assert all(sheet.column_dimensions[cell.column_letter].width > 10 for cell in sheet[1])
    for name in held.sheetnames[1:]:
        assert held[name].auto_filter.ref == held[name].dimensions
    shown = held["sectors"]
    names = [cell.value for cell in shown[1]]
    assert "versus" not in names  # nothing stands in it
    assert shown.cell(2, names.index("value") + 1).number_format == "0.0"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum(a1)", "#N/A", "\tx"])
def test_text_like_a_formula_is_text(text: str, tmp_path: Path) -> None:
    """Text of a question or a scenario's name is never computed, nor when it is edited."""
    # Fails if a cell's type is left to the library.
    row = TidyRow(table="t", scenario=text, statistic="p50", unit="pp").told("p50", 1.0)
    export = Export((CoverLine("about", "question", text),), COLUMNS, (row,))
    files.write_export(export, tmp_path / "a.xlsx")
    held = openpyxl.load_workbook(tmp_path / "a.xlsx")

    for cell in (held["cover"]["C2"], held["t"]["B2"]):
        assert (cell.value, cell.data_type) == (text, "s")
        assert cell.quotePrefix


def test_what_a_workbook_cannot_hold_is_replaced(tmp_path: Path) -> None:
    """Control characters and endless text do no harm."""
    # Fails if the library's own error ends the program.
    row = TidyRow(table="t", scenario="a\x00b", note="x" * 40_000).told("p50", None)
    files.write_export(Export((), COLUMNS, (row,)), tmp_path / "a.xlsx")
    cells = next(openpyxl.load_workbook(tmp_path / "a.xlsx")["t"].iter_rows(2, values_only=True))

    assert cells[1] == "a\N{REPLACEMENT CHARACTER}b"
    assert len(cells[-1]) == 32_767


def test_more_rows_than_a_sheet_has_are_refused(
    winter: RunAnswer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error names the formats that have room, and nothing is written."""
    # Fails if a sheet is cut.
    monkeypatch.setattr(workbook, "MOST_ROWS", 100)
    with pytest.raises(UsageError, match=r"do not fit into a sheet.* \.parquet or \.csv"):
        winter.export(tmp_path / "a.xlsx")

    assert list(tmp_path.iterdir()) == []


def test_every_kind_of_answer_makes_a_workbook(
    contrast: ComparisonAnswer, swept: SweepAnswer, effects: ImpactAnswer, tmp_path: Path
) -> None:
    """One sheet for each kind of table."""
    # Fails if an answer has no sheet of its own, or a name does not fit.
    sheets = {}
    for name, answer in (("contrast", contrast), ("swept", swept), ("effects", effects)):
        answer.export(tmp_path / f"{name}.xlsx")
        sheets[name] = openpyxl.load_workbook(tmp_path / f"{name}.xlsx").sheetnames

    assert sheets["contrast"][:3] == ["cover", "sectors_by_quarter", "differences"]
    assert sheets["swept"] == ["cover", "points"]
    assert set(sheets["effects"][2:]) == {"effects", "effects_by_month", "effects_by_quarter"}


def test_libreoffice_reads_the_figures_of_json(winter: RunAnswer, tmp_path: Path) -> None:
    """Opened without a window and saved as CSV, sheet by sheet, in full."""
    # Fails if LibreOffice takes a number for text, a text for a formula or a day for a number.
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (apt-get install libreoffice-calc)")
    export = winter.tables()
    strange = replace(export.rows[0], scenario="=1+1", outcome="strange").told("p50", 1.0)
    book = tmp_path / "winter.xlsx"
    files.write_export(replace(export, rows=(*export.rows, strange)), book)
    # Token 12 = -1: every sheet; token 8 = false: values as they are held, not as they are shown.
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    subprocess.run(
        [*command, "--convert-to", options, "--outdir", str(tmp_path), str(book)],
        check=True,
        capture_output=True,
        timeout=300,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    found = {}
    for name in TABLES:
        with (tmp_path / f"winter-{name}.csv").open(encoding="utf-8", newline="") as stream:
            header, *rows = csv.reader(stream)
        found |= figures_of_rows(tuple(header), map(tuple, rows))

    assert float(found.pop(("=1+1", "strange", "improved", "p50"))) == 1.0
    assert_same(found, figures_of_run(winter.to_json(), "october-2025-apec"))
