"""SQL queries over all stored results.

Tables: `runs` (one row per result; `current` unless another version of the model played it),
`outcomes` (one row per run), `paths` (one row per run and week) and `events` (one row per event).
All except `runs` begin with the columns `scenario` and `id`.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, Final

from sim.errors import UsageError
from sim.experiment.store.parquet import connected, file_list
from sim.experiment.store.results import Store, Stored

if TYPE_CHECKING:
    import duckdb

_RUN_COLUMNS: Final[dict[str, tuple[str, Callable[[Stored], Any]]]] = {
    "scenario": ("VARCHAR", lambda s: s.manifest["scenario"]),
    "id": ("VARCHAR", lambda s: s.id),
    "directory": ("VARCHAR", lambda s: s.name),
    "question": ("VARCHAR", lambda s: s.manifest.get("question")),
    "n": ("BIGINT", lambda s: s.n),
    "seed": ("BIGINT", lambda s: s.manifest["seed"]),
    "parameters": ("VARCHAR", lambda s: s.manifest.get("parameters")),
    "per_vector": ("BIGINT", lambda s: s.manifest.get("per_vector")),
    "changes": ("VARCHAR[]", lambda s: s.manifest.get("changes")),
    "scenario_hash": ("VARCHAR", lambda s: s.manifest.get("scenario_hash")),
    "model_version": ("VARCHAR", lambda s: s.manifest.get("model_version")),
    "current": ("BOOLEAN", lambda s: s.is_current),
    "created": ("TIMESTAMP", lambda s: s.manifest.get("created")),
    "engine": ("VARCHAR", lambda s: s.manifest.get("engine")),
    "updated": ("TIMESTAMP", lambda s: s.manifest["updated"]),
    "elapsed_s": ("DOUBLE", lambda s: s.manifest.get("timings", {}).get("elapsed_s")),
}


@dataclass(frozen=True, slots=True)
class QueryTable:
    """Result of a query: column names and rows of plain values."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def to_json(self) -> dict[str, Any]:
        """Returns the table as one JSON object."""
        return {
            "columns": list(self.columns),
            "rows": [[plain(value) for value in row] for row in self.rows],
        }

    def write_csv(self, stream: IO[str]) -> None:
        """Writes the table as CSV with a header."""
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)


def query(store: Store, sql: str) -> QueryTable:
    """Runs one SELECT over the stored results; it cannot change anything.

    Raises:
        UsageError: The text is not a single SELECT, or the database rejects it.
    """
    import duckdb

    with connected() as connection:
        try:
            _only_reads(connection, sql)
            results = store.results()
            _create_runs(connection, results)
            for table in ("outcomes", "paths", "events"):
                if table in sql.lower():
                    _create_view(connection, results, table)
            found = connection.execute(sql)
            names = tuple(column[0] for column in found.description or ())
            return QueryTable(names, tuple(found.fetchall()))
        except duckdb.Error as error:
            raise UsageError(f"query: {str(error).strip().splitlines()[0]}") from error


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


def _only_reads(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    import duckdb

    statements = connection.extract_statements(sql)
    reading = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}
    if len(statements) != 1 or statements[0].type not in reading:
        raise UsageError(
            "query: expected one SELECT over the tables runs, outcomes, paths, events, e.g. "
            '"select scenario, avg(us_hikes) from outcomes group by all"'
        )


def _create_runs(connection: duckdb.DuckDBPyConnection, results: Sequence[Stored]) -> None:
    declared = ", ".join(f"{name} {kind}" for name, (kind, _) in _RUN_COLUMNS.items())
    connection.execute(f"CREATE TABLE runs ({declared})")
    marks = ", ".join("?" for _ in _RUN_COLUMNS)
    for stored in results:
        row = [read(stored) for _, read in _RUN_COLUMNS.values()]
        connection.execute(f"INSERT INTO runs VALUES ({marks})", row)


def _create_view(
    connection: duckdb.DuckDBPyConnection, results: Sequence[Stored], table: str
) -> None:
    """Creates a view over the shards of all results, including those with older columns."""
    files = [path for stored in results for path in stored.files(table) if path.exists()]
    if not files:
        empty = "NULL::VARCHAR AS scenario, NULL::VARCHAR AS id, NULL::BIGINT AS replicate"
        connection.execute(f"CREATE VIEW {table} AS SELECT {empty} WHERE false")
        return
    folder = f"regexp_extract(filename, '([^/\\\\]+)[/\\\\]{table}[/\\\\][^/\\\\]+$', 1)"
    connection.execute(
        f"CREATE VIEW {table} AS SELECT runs.scenario, runs.id, shard.* EXCLUDE (filename) "
        f"FROM read_parquet({file_list(files)}, union_by_name = true, filename = true) AS shard "
        f"JOIN runs ON runs.directory = {folder}"
    )
