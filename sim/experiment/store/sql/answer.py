"""Answer of a query: its rows, with sentences about what was pooled or left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, Final

from sim.errors import UsageError, nearest, out_of_memory
from sim.experiment.store.csv_text import write_csv
from sim.experiment.store.parquet import connected, file_list
from sim.experiment.store.results import Store
from sim.experiment.store.sql.catalogue import TABLES, Catalogue, with_numbers
from sim.experiment.store.sql.pool import left_out, pool_notes
from sim.experiment.store.sql.statement import read_statement

if TYPE_CHECKING:
    import duckdb

_NO_COLUMN: Final = re.compile(
    r'(?:Referenced column "(.+?)" not found|does not have a column named "(.+?)")'
)
_NO_TABLE: Final = re.compile(r"Table with name (.+?) does not exist")
_OF_FLAG: Final = re.compile(r"No function matches .*\bBOOLEAN\b")


@dataclass(frozen=True, slots=True)
class QueryTable:
    """Result of a query.

    Attributes:
        columns: Names of the columns.
        rows: Rows of plain values.
        notes: Sentences about batches that were pooled or left out.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Returns the table as one JSON object."""
        return {
            "columns": list(self.columns),
            "rows": [[plain(value) for value in row] for row in self.rows],
            "notes": list(self.notes),
        }

    def write_csv(self, stream: IO[str]) -> None:
        """Writes the table as CSV with a header."""
        write_csv(stream, self.columns, self.rows)


def query(store: Store, sql: str, seed: int) -> QueryTable:
    """Runs one SELECT over the stored results; it can read nothing else and change nothing.

    Args:
        store: The results folder.
        sql: The statement.
        seed: Seed of the batches that count as shipped.

    Raises:
        UsageError: The text is not a single SELECT, the database rejects it, or a shard it needs is
            missing or damaged.
    """
    import duckdb

    tables: frozenset[str] = frozenset()
    catalogue = Catalogue((), ())
    with connected() as connection:
        try:
            asked = read_statement(connection, sql)
            tables = frozenset(TABLES) if asked.every else asked.tables & frozenset(TABLES)
            catalogue = Catalogue.of(store.results(), seed)
            _lock(connection, catalogue.create(connection, tables))
            names, rows = _rows(connection, sql, tables)
        except duckdb.OutOfMemoryException as error:
            raise out_of_memory("answering the query") from error
        except duckdb.Error as error:
            why = [_explained(error, connection, tables), *_emptiness(store, catalogue, tables)]
            raise UsageError(f"query: {'; '.join(why)}") from error
        except (ValueError, OverflowError, RecursionError) as error:
            if isinstance(error, UsageError):
                raise
            raise UsageError(
                f"query: a value cannot be shown ({error}); cast it to text"
            ) from error
    notes = [aside.sentence for aside in store.set_aside()]
    return QueryTable(names, rows, (*notes, *pool_notes(catalogue, asked, names)))


def plain(value: Any) -> Any:
    """Converts a database value to a JSON-serialisable one."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, float) and value - value != 0.0:
        return None
    return value if isinstance(value, str | int | float | None) else str(value)


def _lock(connection: duckdb.DuckDBPyConnection, files: Iterable[str]) -> None:
    """Allows a database no files but these, and no change of its settings."""
    connection.execute(f"SET allowed_paths = {file_list(sorted(files))}")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _rows(
    connection: duckdb.DuckDBPyConnection, sql: str, tables: Iterable[str]
) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    """Returns the columns and rows of a SELECT; where a function of numbers is applied to flags,
    they count as 0 and 1."""
    import duckdb

    try:
        found = connection.execute(sql)
    except duckdb.BinderException as error:
        if not _OF_FLAG.search(str(error)):
            raise
        with_numbers(connection, tables)
        try:
            found = connection.execute(sql)
        except duckdb.Error:
            raise error from None
    names = tuple(column[0] for column in found.description or ())
    return names, tuple(found.fetchall())


def _emptiness(store: Store, catalogue: Catalogue, tables: Iterable[str]) -> list[str]:
    """Returns why tables are empty, and so have few columns."""
    empty = [table for table in sorted(tables) if table != "runs" and not catalogue.behind(table)]
    if not empty:
        return []
    notes = [f"{table} holds no rows" for table in empty]
    notes += [note for table in empty for note in left_out(catalogue, table)]
    return notes + [aside.sentence for aside in store.set_aside()]


def _explained(
    error: duckdb.Error, connection: duckdb.DuckDBPyConnection, tables: Iterable[str]
) -> str:
    """Returns the first line of an error, with the nearest name of an unknown one."""
    text = str(error).strip()
    line = text.splitlines()[0] if text else type(error).__name__
    if table := _NO_TABLE.search(line):
        hint = nearest(table[1].lower(), TABLES) or f"; the tables are {', '.join(TABLES)}"
        return f"there is no table {table[1]}{hint}"
    if column := _NO_COLUMN.search(line):
        name = column[1] or column[2]
        known = {
            str(row[0])
            for each in tables
            for row in connection.execute(f"DESCRIBE {each}").fetchall()
        }
        seen = f"; `describe {min(tables)}` lists its columns" if tables else ""
        return f"there is no column {name}{nearest(name.lower(), sorted(known)) or seen}"
    meant = re.search(r"Did you mean .*", text)
    return line + (f" {meant[0]}" if meant and "Did you mean" not in line else "")
