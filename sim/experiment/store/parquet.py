"""Tables on disk: shards of outcomes, paths or events as Parquet files, read back without loss.

A file stores classes as labels, dates as DATE and flags as BOOLEAN, so it can be read without this
program; values that do not apply are NULL. The same arrays give the same bytes.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from sim.engine.blocks import EVENT
from sim.engine.happenings import CODES, NAMES, NOBODY
from sim.errors import UsageError
from sim.experiment.store.disk import whole_file
from sim.model.tables.vocabulary import Side

if TYPE_CHECKING:
    import duckdb

    from sim.engine.blocks import Block, Column

Array = npt.NDArray[Any]

_SIDES: Final = {NOBODY: None, **{int(side): side.name.lower() for side in Side}}

_EPOCH: Final = "DATE '0001-01-01'"
"""The day with ordinal 1."""

_STRANGE: Final = -2
"""In the place of the code of a class that this version does not know."""

FEW_FILES: Final = 10
"""Largest number of files that one thread reads as fast as several."""

_SETTINGS: Final[dict[str, str | int | float | list[str]]] = {
    # One thread: files are always written in the same order, and workers keep the cores.
    "threads": 1,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    # No variable of this program is a table, and a query that is large leaves no file behind.
    "python_enable_replacements": False,
    "temp_directory": "",
    # A shard may be replaced under the same name, so its old content must not be cached.
    "enable_external_file_cache": False,
}


@dataclass(frozen=True, slots=True)
class RunRows:
    """Consecutive replicates in memory.

    Attributes:
        first: Number of the first replicate.
        count: Number of replicates.
        values: Column name -> array (count,), as in `Block`.
        failures: Replicate -> (stage, type, message) of runs that did not finish.
        paths: Name -> array (count, weeks).
        weeks: Ordinal days of the columns of the paths.
        events: Events, rows of `blocks.EVENT`; None if they were not recorded.
    """

    first: int
    count: int
    values: Mapping[str, Array]
    failures: Mapping[int, tuple[str, str, str]]
    paths: Mapping[str, Array] = field(default_factory=dict)
    weeks: Array = field(default_factory=lambda: np.zeros(0, np.int64))
    events: Array | None = None


def from_blocks(blocks: Sequence[Block]) -> RunRows:
    """Joins consecutive blocks."""
    head = blocks[0]
    return RunRows(
        head.first,
        sum(block.count for block in blocks),
        {name: np.concatenate([b.values[name] for b in blocks]) for name in head.values},
        {f.replicate: (f.stage, f.type, f.message) for b in blocks for f in b.failures},
        {name: np.concatenate([b.paths[name] for b in blocks]) for name in head.paths},
        head.weeks,
        _events_of(blocks),
    )


def joined(head: RunRows, tail: RunRows) -> RunRows:
    """Joins two ranges of consecutive replicates."""
    return RunRows(
        head.first,
        head.count + tail.count,
        {name: np.concatenate((head.values[name], tail.values[name])) for name in tail.values},
        {**head.failures, **tail.failures},
        {
            name: np.concatenate((head.paths[name], tail.paths[name]))
            for name in tail.paths
            if name in head.paths
        },
        tail.weeks,
        _events_of((head, tail)),
    )


def _events_of(parts: Sequence[Block | RunRows]) -> Array | None:
    """Returns the events of consecutive parts; None if any part has no events recorded."""
    events = [part.events for part in parts if part.events is not None]
    return np.concatenate(events) if len(events) == len(parts) else None


@contextlib.contextmanager
def connected() -> Iterator[duckdb.DuckDBPyConnection]:
    """Yields an in-memory database that neither loads extensions nor starts threads."""
    connection = _open()
    try:
        yield connection
    finally:
        connection.close()


def _open() -> duckdb.DuckDBPyConnection:
    import duckdb

    return duckdb.connect(":memory:", config=dict(_SETTINGS))


@cache
def _shared() -> duckdb.DuckDBPyConnection:
    """Returns the database used to write and read shards; opening one takes 20 ms."""
    return _open()


def open_database() -> None:
    """Loads and opens the database ahead of its first use."""
    _shared()


@cache
def _for_many_files() -> duckdb.DuckDBPyConnection:
    """Returns a database that reads with several threads. Most of the time is spent on the headers
    of the files, which name several hundred columns each. Rows keep their order."""
    import duckdb

    threads = min(4, os.cpu_count() or 1)
    return duckdb.connect(":memory:", config={**_SETTINGS, "threads": threads})


def write_outcomes(
    target: Path, rows: RunRows, columns: Sequence[Column], seed: int, per_vector: int
) -> None:
    """Writes one row per run: replicate number, seed, number of the parameter vector if there is
    one, outcomes, and the reason if the run failed.

    Raises:
        OSError: The file cannot be written.
    """
    replicates = np.arange(rows.first, rows.first + rows.count, dtype=np.int64)
    reasons = [_failure_text(rows.failures.get(int(r))) for r in replicates]
    source: dict[str, Array] = {"replicate": replicates, "failure": np.array(reasons, dtype=object)}
    failed = np.isin(replicates, list(rows.failures))
    selected = ["replicate", f"{seed}::BIGINT AS seed"]
    if per_vector:
        selected.append(f"replicate // {per_vector} AS vector")
    for place, column in enumerate(columns):
        source[f"c{place}"] = _shown(column, rows.values[column.name], failed)
        selected.append(f"{_typed(column, f'c{place}')} AS {quoted(column.name)}")
    selected.append("failure::VARCHAR AS failure")
    _write(target, source, selected)


def write_paths(target: Path, rows: RunRows, seed: int) -> None:
    """Writes one row per run and week, with values in single precision.

    Raises:
        OSError: The file cannot be written.
    """
    weeks = len(rows.weeks)
    source: dict[str, Array] = {
        "replicate": np.repeat(np.arange(rows.first, rows.first + rows.count), weeks),
        "week": np.tile(rows.weeks, rows.count),
    }
    selected = ["replicate", f"{seed}::BIGINT AS seed", f"{_EPOCH} + (week - 1)::INTEGER AS week"]
    for place, (name, values) in enumerate(rows.paths.items()):
        source[f"c{place}"] = _mask_nan(values.astype(np.float32).ravel())
        selected.append(f"c{place} AS {quoted(name)}")
    _write(target, source, selected)


def write_events(target: Path, events: Array, seed: int) -> None:
    """Writes one row per event: day, side (NULL if neither side acts), act and size.

    Raises:
        OSError: The file cannot be written.
    """
    source: dict[str, Array] = {
        "replicate": events["replicate"].copy(),
        "day": events["day"].astype(np.int32) - 1,
        "side": np.array([_SIDES[side] for side in events["side"]], dtype=object),
        "act": np.array([NAMES[act] for act in events["act"]], dtype=object),
        "size": events["size"].copy(),
    }
    selected = ["replicate", f"{seed}::BIGINT AS seed", f"{_EPOCH} + day AS day"]
    selected += ["side::VARCHAR AS side", "act::VARCHAR AS act", "size"]
    _write(target, source, selected)


def read_events(files: Sequence[Path], n: int) -> Array:
    """Returns the events of the first n replicates as rows of `blocks.EVENT`.

    Raises:
        OSError: A file is missing or is not such a table.
        UsageError: It holds an event this version does not know.
    """
    selected = ["replicate", f"date_diff('day', {_EPOCH}, day) + 1 AS day"]
    selected += ["coalesce(side, '') AS side", "act", "size"]
    table = _read(files, selected, n)
    events = np.zeros(len(table["replicate"]), EVENT)
    for name in ("replicate", "day", "size"):
        events[name] = table[name]
    events["side"] = _coded(table["side"], {name or "": side for side, name in _SIDES.items()})
    strange = set(table["act"]) - CODES.keys()
    if strange:
        raise _unknown(files, f"the event {min(strange)!r}")
    events["act"] = _coded(table["act"], CODES)
    return events


def _coded(words: Array, codes: Mapping[str, int]) -> Array:
    """Returns the codes of words."""
    return np.fromiter(map(codes.__getitem__, words), np.int64, len(words))


def read_outcomes(files: Sequence[Path], columns: Iterable[Column], n: int) -> dict[str, Array]:
    """Returns columns of the first n replicates as arrays.

    Raises:
        OSError: A file is missing or is not such a table.
        UsageError: It holds a class this version does not know.
    """
    wanted = list(columns)
    decoded = [f"{_decoded(column)} AS c{place}" for place, column in enumerate(wanted)]
    table = _read(files, decoded, n)
    missing: Mapping[str, float] = {"number": np.nan, "flag": False, "class": -1}
    types: Mapping[str, type] = {"number": np.float64, "flag": np.bool_, "class": np.int64}
    values = {}
    for place, column in enumerate(wanted):
        kind = column.outcome.kind
        values[column.name] = _filled(table.pop(f"c{place}"), types[kind], missing[kind])
        if kind == "class" and (values[column.name] == _STRANGE).any():
            raise _unknown(files, f"a class of {column.name}")
    return values


def read_failures(files: Sequence[Path], n: int) -> dict[int, tuple[str, str, str]]:
    """Returns the reasons of the failures among the first n replicates.

    Raises:
        OSError: A file is missing or is not such a table.
    """
    table = _read(files, ["replicate", "failure"], n, "failure IS NOT NULL")
    failures = {}
    for replicate, text in zip(table["replicate"], table["failure"], strict=True):
        stage, kind, message = str(text).split(": ", 2)
        failures[int(replicate)] = (stage, kind, message)
    return failures


def read_paths(
    files: Sequence[Path], names: Iterable[str], n: int
) -> tuple[dict[str, Array], Array]:
    """Returns paths of the first n replicates, arrays (replicates, weeks), and their weeks.

    Raises:
        OSError: A file is missing or is not such a table.
    """
    wanted = list(names)
    selected = ["replicate", f"date_diff('day', {_EPOCH}, week) + 1 AS week"]
    selected += [f"{quoted(name)} AS c{place}" for place, name in enumerate(wanted)]
    table = _read(files, selected, n)
    weeks = np.unique(np.asarray(table["week"], dtype=np.int64))
    shape = (-1, max(1, len(weeks)))
    paths = {
        name: _filled(table[f"c{place}"], np.float64, np.nan).reshape(shape)
        for place, name in enumerate(wanted)
    }
    return paths, weeks


def quoted(name: str) -> str:
    """Returns a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Returns text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def file_list(files: Iterable[Path | str]) -> str:
    """Returns files as an SQL list."""
    return "[" + ", ".join(literal(str(path)) for path in files) + "]"


def _failure_text(failure: tuple[str, str, str] | None) -> str | None:
    return ": ".join(failure) if failure else None


def _labels(column: Column) -> str:
    return "[" + ", ".join(literal(label) for label in column.outcome.classes) + "]"


def _shown(column: Column, values: Array, failed: Array) -> Array:
    """Returns a column in the form written to the file, masked where it does not apply.

    The conversion is done here and not in SQL: with an expression for each of several hundred
    columns, the database takes longer to plan the query than to write the shard.
    """
    if column.outcome.kind == "class":
        # A failed run has the code -1, which selects the last element, None.
        return np.array([*column.outcome.classes, None], dtype=object)[values]
    if column.outcome.kind == "flag":
        return values if column.outcome.name == "failed" else _masked(values, failed)
    if column.outcome.unit == "date":
        missing = np.isnan(values)
        return _masked(np.where(missing, 1.0, values).astype(np.int32) - 1, missing)
    return _mask_nan(values)


def _mask_nan(values: Array) -> Array:
    """Returns numbers, masked where they are NaN.

    Adding zero turns -0.0 into 0.0, so that the file does not depend on the order of the values.
    """
    return _masked(values + values.dtype.type(0.0), np.isnan(values))


def _masked(values: Array, missing: Array) -> Array:
    return np.ma.masked_array(values, missing) if missing.any() else values


def _typed(column: Column, name: str) -> str:
    """Returns the SQL that sets the type of a column, even if no run in a shard has a value."""
    if column.outcome.kind == "class":
        return f"{name}::VARCHAR"
    if column.outcome.kind == "number" and column.outcome.unit == "date":
        return f"{_EPOCH} + {name}"
    return name


def _decoded(column: Column) -> str:
    """Returns the SQL that reverses `_shown`."""
    name = quoted(column.name)
    if column.outcome.kind == "class":
        place = f"coalesce(list_position({_labels(column)}, {name}), 0) - 1"
        return f"CASE WHEN {place} < 0 AND {name} IS NOT NULL THEN {_STRANGE} ELSE {place} END"
    if column.outcome.kind == "number" and column.outcome.unit == "date":
        return f"(date_diff('day', {_EPOCH}, {name}) + 1)::DOUBLE"
    return name


def _filled(values: Array, kind: type, missing: float) -> Array:
    """Returns a column as a plain array: duckdb returns a masked one if any value is NULL."""
    return np.asarray(np.ma.filled(values.astype(kind, copy=False), missing))


def _write(target: Path, source: Mapping[str, Array], selected: Sequence[str]) -> None:
    """Writes a table under a temporary name and renames it, so a file is complete or absent."""
    import duckdb

    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with whole_file(target) as temporary, contextlib.closing(_shared().cursor()) as cursor:
            cursor.register("source", dict(source))
            # Snappy takes 10% less time and 10% more space than zstd; large batches wait for
            # writing, so time matters more. Bloom filters, which nothing here searches by, would
            # take a fifth of it.
            cursor.execute(
                f"COPY (SELECT {', '.join(selected)} FROM source) TO {literal(str(temporary))} "
                "(FORMAT parquet, COMPRESSION snappy, WRITE_BLOOM_FILTER false)"
            )
            cursor.unregister("source")
    except duckdb.Error as error:
        raise file_error(error) from error


def _read(
    files: Sequence[Path], selected: Sequence[str], n: int, where: str = "true"
) -> dict[str, Array]:
    import duckdb

    database = _shared() if len(files) <= FEW_FILES else _for_many_files()
    try:
        with contextlib.closing(database.cursor()) as cursor:
            found = cursor.execute(
                f"SELECT {', '.join(selected)} FROM read_parquet({file_list(files)}) "
                f"WHERE replicate < {n} AND {where}"
            ).fetchnumpy()
    except duckdb.Error as error:
        raise file_error(error) from error
    return dict(found)


def _unknown(files: Sequence[Path], what: str) -> UsageError:
    return UsageError(
        f"{files[0].parents[1]} holds {what} which this version does not know: another version of "
        "the model played it; its table can still be read with --csv"
    )


def file_error(error: duckdb.Error) -> OSError:
    """Returns an error of the database as one of the file system, with its cause."""
    import duckdb

    text = str(error).strip().splitlines()[0]
    if isinstance(error, duckdb.OutOfMemoryException):
        return OSError(errno.ENOMEM, text)
    return OSError(text)
