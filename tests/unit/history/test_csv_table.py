"""CSV tables: read by row, refused where a row has another shape than the header."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.history.csv_table import csv_rows
from sim.history.places import data_root


def table(folder: Path, text: str) -> Path:
    """Writes a table."""
    path = folder / "table.csv"
    path.write_text(text, "utf-8")
    return path


def test_rows_come_with_their_line(tmp_path: Path) -> None:
    """The header is line 1; a quoted comma is part of its text."""
    path = table(tmp_path, 'a,b\n1,"2, and 3"\n4,5\n')

    assert list(csv_rows(path, ("a", "b"))) == [
        (2, {"a": "1", "b": "2, and 3"}),
        (3, {"a": "4", "b": "5"}),
    ]


@pytest.mark.parametrize("row", ["1,2, and 3", "1"])
def test_a_row_of_another_length_is_refused(tmp_path: Path, row: str) -> None:
    """A comma without quotes would move every field after it."""
    path = table(tmp_path, f"a,b\n1,2\n{row}\n")

    with pytest.raises(ScenarioError, match=r"table.csv:3: does not have the 2 fields"):
        list(csv_rows(path))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    """The columns that are needed are checked before a row is read."""
    with pytest.raises(ScenarioError, match="has no column b, c"):
        list(csv_rows(table(tmp_path, "a\n1\n"), ("a", "b", "c")))


@pytest.mark.parametrize("path", sorted(data_root().rglob("*.csv")), ids=lambda path: path.name)
def test_shipped_tables_have_rows_of_one_length(path: Path) -> None:
    """No text of a shipped table spills into the next column."""
    assert len(list(csv_rows(path))) > 0
