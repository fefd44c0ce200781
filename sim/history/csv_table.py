"""CSV tables of the shipped data, read row by row and checked for shape."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sim.errors import Problem, ScenarioError

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


def take_rows(path: Path, columns: Sequence[str], key: str, take: Callable[[Row], object]) -> None:
    """Hands each row of a table to a function that keeps what it says.

    Args:
        path: The file.
        columns: Columns the table must have.
        key: Column by which a wrong row is named.
        take: Function of a row; a `KeyError`, `TypeError` or `ValueError` says what is wrong.

    Raises:
        ScenarioError: As for `csv_rows`, or there are invalid rows; reports all of them.
    """
    problems = []
    for line, row in csv_rows(path, columns):
        try:
            take(row)
        except (KeyError, TypeError, ValueError) as error:
            problems.append(Problem(path.name, line, 1, row[key], str(error)))
    if problems:
        raise ScenarioError(problems)
