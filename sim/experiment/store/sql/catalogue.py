"""Catalogue of the tables of a query: the stored results, and those played as shipped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sim.errors import SimError
from sim.experiment.store.parquet import file_list, literal, quoted
from sim.experiment.store.results import Stored

if TYPE_CHECKING:
    import duckdb

SHARDS: Final = ("outcomes", "paths", "events")
"""Tables of each scenario as shipped, once; named like the folders of their shards."""

ALL: Final = "all_"
"""Beginning of the names of the tables that hold every batch."""

TABLES: Final = ("runs", *SHARDS, *(ALL + table for table in SHARDS))

_COLUMNS: Final = ("scenario", "id", "changes", "parameters", "current")
"""Columns of the table `runs` with which the rows of the others begin."""

_RUN_COLUMNS: Final[dict[str, tuple[str, Callable[[Stored], Any]]]] = {
    "scenario": ("VARCHAR", lambda s: s.manifest["scenario"]),
    "id": ("VARCHAR", lambda s: s.id),
    "directory": ("VARCHAR", lambda s: s.name),
    "question": ("VARCHAR", lambda s: s.manifest.get("question")),
    "n": ("BIGINT", lambda s: s.n),
    "seed": ("BIGINT", lambda s: s.manifest["seed"]),
    "changes": ("VARCHAR", lambda s: s.changes),
    "parameters": ("VARCHAR", lambda s: s.manifest.get("parameters")),
    "per_vector": ("BIGINT", lambda s: s.manifest.get("per_vector")),
    "scenario_hash": ("VARCHAR", lambda s: s.manifest.get("scenario_hash")),
    "model_version": ("VARCHAR", lambda s: s.manifest.get("model_version")),
    "current": ("BOOLEAN", lambda s: s.is_current),
    "created": ("TIMESTAMP", lambda s: s.manifest.get("created")),
    "engine": ("VARCHAR", lambda s: s.manifest.get("engine")),
    "updated": ("TIMESTAMP", lambda s: s.manifest["updated"]),
    "elapsed_s": ("DOUBLE", lambda s: s.manifest.get("timings", {}).get("elapsed_s")),
}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Stored results behind the tables.

    Attributes:
        results: All stored results, newest first.
        shipped: One for each scenario that is stored as shipped.
    """

    results: tuple[Stored, ...]
    shipped: tuple[Stored, ...]

    @classmethod
    def of(cls, results: Sequence[Stored], seed: int) -> Catalogue:
        """Returns the catalogue of results, newest first, of which those with this seed count as
        shipped."""
        usual = [s for s in results if _is_usual(s, seed)]
        scenarios = dict.fromkeys(s.manifest["scenario"] for s in usual)
        shipped = [_as_it_stands(name, usual) for name in scenarios]
        return cls(tuple(results), tuple(shipped))

    def behind(self, table: str) -> tuple[Stored, ...]:
        """Returns the results whose rows a table holds."""
        kept = self.results if table.startswith(ALL) else self.shipped
        folder = table.removeprefix(ALL)
        return tuple(s for s in kept if s.manifest["shards"].get(folder))

    def create(
        self, connection: duckdb.DuckDBPyConnection, wanted: Iterable[str]
    ) -> frozenset[str]:
        """Creates all tables; those that are not wanted are only named, because opening hundreds of
        files takes seconds.

        Returns:
            The files the tables read.

        Raises:
            UsageError: A shard of a wanted table is missing or damaged.
        """
        self._create_runs(connection)
        opened: set[str] = set()
        for table in TABLES[1:]:
            folder = table.removeprefix(ALL)
            results = self.behind(table) if table in wanted else ()
            files = [str(path) for stored in results for path in stored.files(folder)]
            opened |= set(files)
            if files:
                connection.execute(f"CREATE VIEW {table} AS {_view(folder, files)}")
            else:
                names = ", ".join(f"runs.{name}" for name in _COLUMNS)
                empty = f"SELECT {names}, NULL::BIGINT AS replicate, runs.seed FROM runs"
                connection.execute(f"CREATE VIEW {table} AS {empty} WHERE false")
        return frozenset(opened)

    def _create_runs(self, connection: duckdb.DuckDBPyConnection) -> None:
        declared = ", ".join(f"{name} {kind}" for name, (kind, _) in _RUN_COLUMNS.items())
        connection.execute(f"CREATE TABLE runs ({declared}, shipped BOOLEAN)")
        marks = ", ".join("?" for _ in range(len(_RUN_COLUMNS) + 1))
        for stored in self.results:
            row = [read(stored) for _, read in _RUN_COLUMNS.values()]
            connection.execute(f"INSERT INTO runs VALUES ({marks})", [*row, stored in self.shipped])


def with_numbers(connection: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> None:
    """Turns the flags of tables into the numbers 0 and 1, which have a mean."""
    for table in tables:
        described = connection.execute(f"DESCRIBE {table}").fetchall()
        flags = [quoted(name) for name, kind, *_ in described if kind == "BOOLEAN"]
        if flags and table != "runs":
            numbers = ", ".join(f"{flag}::INTEGER AS {flag}" for flag in flags)
            (text,) = connection.execute(
                f"SELECT sql FROM duckdb_views() WHERE view_name = {literal(table)}"
            ).fetchone() or ("",)
            body = text.partition(" AS ")[2].rstrip(";")
            connection.execute(
                f"CREATE OR REPLACE VIEW {table} AS SELECT * REPLACE ({numbers}) FROM ({body})"
            )


def _is_usual(stored: Stored, seed: int) -> bool:
    return (
        stored.manifest["seed"] == seed
        and not stored.manifest.get("per_vector")
        and stored.is_current
        and stored.changes == ""
    )


def _as_it_stands(scenario: str, usual: Sequence[Stored]) -> Stored:
    """Returns the batch of a scenario as its file stands; the newest if no file can be found."""
    own = [s for s in usual if s.manifest["scenario"] == scenario]
    if len(own) == 1:
        return own[0]
    from sim.experiment.inputs.resolution import resolve

    try:
        now = resolve(scenario).hash
    except SimError:
        return own[0]
    return next((s for s in own if s.manifest.get("scenario_hash") == now), own[0])


def _view(folder: str, files: Sequence[str]) -> str:
    """Returns the SQL of a table over shards, which may have older columns."""
    names = ", ".join(f"runs.{name}" for name in _COLUMNS)
    home = f"regexp_extract(filename, '([^/\\\\]+)[/\\\\]{folder}[/\\\\][^/\\\\]+$', 1)"
    return (
        f"SELECT {names}, shard.* EXCLUDE (filename) FROM read_parquet("
        f"{file_list(files)}, union_by_name = true, filename = true) AS shard "
        f"JOIN runs ON runs.directory = {home}"
    )
