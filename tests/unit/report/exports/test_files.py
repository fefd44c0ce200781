"""Files of an export: three formats with the same cells, whole or absent, and refusals."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sim.errors import UsageError
from sim.report.answers.run import RunAnswer
from sim.report.exports import files
from sim.report.exports.cover import CoverLine
from sim.report.exports.export import Export
from sim.report.exports.tidy import COLUMNS, TidyRow


@pytest.fixture
def small() -> Export:
    """Two rows, with text that begins like a formula."""
    row = TidyRow(table="t", scenario="=1+1", outcome="us_addon_pp", statistic="p50", unit="pp")
    rows = (row.told("p50", 1.0 / 3.0), replace(row, scenario="@x").told("mean", "2025-11-30"))
    return Export((CoverLine("about", "question", "-why?"),), COLUMNS, rows)


def read_csv(path: Path) -> list[dict[str, str]]:
    """Returns the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read_parquet(path: Path) -> list[tuple[Any, ...]]:
    """Returns the rows of a Parquet file."""
    return duckdb.read_parquet(str(path)).fetchall()


def test_csv_and_parquet_hold_the_cells(winter: RunAnswer, tmp_path: Path) -> None:
    """Every row, numbers in full, days as days; empty where a column does not apply."""
    # Fails if a format rounds, drops a row or moves a column.
    export = winter.tables("detente run x")
    text, table = tmp_path / "a.csv", tmp_path / "a.parquet"
    assert files.write_export(export, text) == [text, tmp_path / "a.cover.csv"]
    assert files.write_export(export, table) == [table]

    rows = read_csv(text)
    assert len(rows) == len(export.rows)
    for row, made in zip(rows, export.rows, strict=True):
        assert list(row.values()) == ["" if c is None else str(c) for c in made.cells()]
    assert read_parquet(table) == [row.cells() for row in export.rows]
    held = duckdb.read_parquet(str(table))
    kinds = zip(held.columns, map(str, held.types), strict=True)
    assert list(kinds) == [(column.name, column.kind) for column in COLUMNS]


def test_the_cover_lies_beside_a_csv_file_and_in_a_parquet_file(
    winter: RunAnswer, tmp_path: Path
) -> None:
    """Question, hash, seed, command, sources, and what each word means."""
    # Fails if one of them is not told, or a word that occurs has no meaning.
    export = winter.tables("detente run x --export a.csv")
    files.write_export(export, tmp_path / "a.csv")
    files.write_export(export, tmp_path / "a.parquet")
    told = {
        (row["section"], row["item"]): row["text"] for row in read_csv(tmp_path / "a.cover.csv")
    }
    world = winter.batch.resolved

    assert told["about", "question"] == world.question
    assert told["about", "scenario hash"] == world.hash
    assert told["about", "seed"] == "20251023"
    assert told["about", "runs"] == "16"
    assert told["about", "command"] == "detente run x --export a.csv"
    assert sum(section == "source" for section, _ in told) > 50
    for row in export.rows:
        for section, word in (
            ("statistic", row.statistic),
            ("unit", row.unit),
            ("table", row.table),
        ):
            assert (section, word) in told
        assert ("outcome", row.outcome) in told
        assert ("reading", row.reading) in told
    query = "select decode(key), decode(value) from parquet_kv_metadata(?)"
    notes = duckdb.execute(query, [str(tmp_path / "a.parquet")]).fetchall()
    assert dict(notes)["about: question"] == world.question


def test_text_like_a_formula_stays_text_in_csv(small: Export, tmp_path: Path) -> None:
    """A spreadsheet that opens the file computes nothing."""
    # Fails if cells of rows or of the cover are written as they are.
    files.write_export(small, tmp_path / "a.csv")

    assert [row["scenario"] for row in read_csv(tmp_path / "a.csv")] == ["'=1+1", "'@x"]
    assert read_csv(tmp_path / "a.cover.csv")[0]["text"] == "'-why?"


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.parquet"])
def test_a_file_that_cannot_be_finished_is_absent(
    name: str, small: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk leaves neither a part of the file nor a temporary one, and is told."""

    # Fails if a file is written under its own name, or what is left is not removed.
    def full(self: Path, target: Path) -> None:
        assert self.stat().st_size > 0
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UsageError, match="cannot be written: No space left on device"):
        files.write_export(small, tmp_path / name)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a.xls", r"must end in .xlsx, .csv or .parquet"),
        ("a", "must end in"),
        ("none/a.csv", "there is no folder"),
        ("old.csv", r"old.csv exists; name a new file"),
        ("half.csv", r"half.cover.csv exists"),
        ("a" * 300 + ".csv", "File name too long"),
        ("a\0.csv", "null"),
    ],
)
def test_a_file_that_could_not_be_written_is_refused(name: str, told: str, tmp_path: Path) -> None:
    """Before anything is simulated, with what to do."""
    # Fails if an existing file is replaced, or the cover of another file is.
    for there in ("old.csv", "half.cover.csv"):
        (tmp_path / there).write_text("mine", "utf-8")
    with pytest.raises(UsageError, match=told):
        files.check_file(tmp_path / name)

    assert (tmp_path / "old.csv").read_text("utf-8") == "mine"


def test_a_folder_without_the_right_to_write_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may write everywhere, as in a container, is told by the system as well."""
    # Fails if the folder is not looked at.
    monkeypatch.setattr("sim.experiment.store.disk.os.access", lambda path, mode: False)
    with pytest.raises(UsageError, match="is not a writable folder"):
        files.check_file(tmp_path / "a.csv")


def test_without_the_library_workbooks_alone_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error says how to get it, and which formats do without."""
    # Fails if it is found out after the runs, or the other formats are refused too.
    monkeypatch.setattr(files, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install .*; \.csv and \.parquet do without"):
        files.check_file(tmp_path / "a.xlsx")

    assert files.check_file(tmp_path / "a.csv") == tmp_path / "a.csv"


def test_answers_write_themselves(winter: RunAnswer, tmp_path: Path) -> None:
    """In a notebook: the file is checked, written, and returned."""
    # Fails if a notebook may replace a file.
    assert winter.export(tmp_path / "a.parquet") == [tmp_path / "a.parquet"]
    with pytest.raises(UsageError, match="exists"):
        winter.export(tmp_path / "a.parquet")
