"""Claims of docs/spreadsheet.md: its commands run, its tables name what is written."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.report.exports.cover import TABLES
from sim.report.exports.files import ENDINGS
from sim.report.exports.workbook import COVER, QUARTERS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "spreadsheet.md").read_text(encoding="utf-8")
SHORT = ("-n", "3", "--brief", "-q")


def command() -> list[str]:
    """Returns the words of the command that writes the workbook."""
    (line,) = re.findall(r"^\.venv/bin/detente (.*)$", TEXT, re.MULTILINE)
    return shlex.split(line)


def first_cells(heading: str) -> list[str]:
    """Returns the first cells of the table below a heading."""
    section = TEXT.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the command was typed, with fewer runs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DETENTE_RESULTS", str(tmp_path / "results"))
    result = CliRunner().invoke(app, [*command(), *SHORT])
    assert result.exit_code == 0, result.output
    return tmp_path


def test_the_command_writes_what_the_page_says(written: Path) -> None:
    """Four quarters and one begun; the three sectors, the columns and the chart."""
    # Fails if a name on the page is none of the workbook.
    sheet = openpyxl.load_workbook(written / "duties.xlsx")[QUARTERS]
    header, *rows = sheet.iter_rows(values_only=True)
    lines = [dict(zip(header, row, strict=True)) for row in rows]

    assert {line["quarter"] for line in lines} == {"2025Q4", *(f"2026Q{q}" for q in range(1, 5))}
    for sector in ("us.toys", "us.phones", "us.machinery"):
        assert sector in TEXT
        own = [x for x in lines if x["sector"] == sector and x["outcome"] == "tariff_mean_pct"]
        assert [x["quarter"] for x in own] == sorted(x["quarter"] for x in own)
        assert len(own) == 5
    section = TEXT.partition("## Find a sector\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    assert {name for cell in cells for name in re.findall(r"`(\w+)`", cell)} <= set(header)
    assert (written / "charts" / "sectors-us-duty.png").exists()


def test_the_code_on_the_page_runs(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pivot of the CSV file, as a notebook has it."""
    # Fails if a column of the code is gone.
    words = [word.replace(".xlsx", ".csv") for word in command()]
    words = words[: words.index("--figures")]
    assert CliRunner().invoke(app, [*words, *SHORT]).exit_code == 0
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    *first, last = code.strip().splitlines()
    names: dict[str, object] = {}
    exec("\n".join(first), names)  # noqa: S102 - the page's own code
    table = eval(last, names)  # noqa: S307

    assert isinstance(table, pd.DataFrame)
    assert list(table.index) == ["2025Q4", *(f"2026Q{q}" for q in range(1, 5))]
    assert (table["p05"] <= table["p95"]).all()


def test_every_sheet_and_every_format_is_on_the_page() -> None:
    """And nothing that is not written."""
    # Fails if a kind of table or a format is added without a line here.
    assert set(first_cells("The other sheets")) == {COVER, QUARTERS, *TABLES}
    assert tuple(first_cells("CSV and Parquet")) == ENDINGS
