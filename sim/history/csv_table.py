"""CSV tables of the shipped data, read row by row and checked for shape."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.errors import ScenarioError

Row = dict[str, str]


def csv_rows(path: Path, columns: Sequence[str] = ()) -> Iterator[tuple[int, Row]]:
    """Yields each row of a table with its line number; every row has as many fields as the header.

    Args:
        path: The file.
        columns: Columns the table must have.

    Raises:
        ScenarioError: The file cannot be read, a column is missing, or a row is too long or short,
            as it is after a comma in a text without quotes.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            missing = [name for name in columns if name not in (rows.fieldnames or ())]
            if missing:
                raise ScenarioError.single(path.name, f"has no column {', '.join(missing)}")
            for row in rows:
                line = rows.line_num
                if None in row or None in row.values():
                    raise ScenarioError.single(
                        f"{path.name}:{line}",
                        f"does not have the {len(rows.fieldnames or ())} fields of the header; "
                        "put a text that holds a comma in double quotes",
                    )
                yield line, row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ScenarioError.single(path.name, f"cannot be read: {error}") from error
