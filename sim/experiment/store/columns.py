"""Columns of plain values as one Parquet file for other programs, with notes in its metadata."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.experiment.store.disk import whole_file
from sim.experiment.store.parquet import connected, file_error, literal, quoted


def write_columns(
    target: Path, columns: Mapping[str, tuple[str, Sequence[Any]]], notes: Mapping[str, str]
) -> None:
    """Writes columns of equal length as a Parquet file that is complete or absent.

    Args:
        target: File to write.
        columns: Name -> type of the database (`VARCHAR`, `DOUBLE`, `BIGINT` or `DATE`) and values;
            None where one is missing.
        notes: Key -> text, the metadata of the file.

    Raises:
        OSError: The file cannot be written.
    """
    import duckdb

    source = {
        f"c{place}": _array(kind, values) for place, (kind, values) in enumerate(columns.values())
    }
    selected = [
        f"c{place}::{kind} AS {quoted(name)}"
        for place, (name, (kind, _)) in enumerate(columns.items())
    ]
    told = ", ".join(f"{literal(key)}: {literal(text)}" for key, text in notes.items())
    try:
        with whole_file(target) as temporary, connected() as connection:
            connection.register("source", source)
            connection.execute(
                f"COPY (SELECT {', '.join(selected)} FROM source) TO {literal(str(temporary))} "
                f"(FORMAT parquet, COMPRESSION snappy, KV_METADATA {{{told}}})"
            )
    except duckdb.Error as error:
        raise file_error(error) from error


def _array(kind: str, values: Sequence[Any]) -> Any:
    """Returns values as an array that the database reads, masked where they are missing."""
    if kind in {"DOUBLE", "BIGINT"}:
        missing = np.array([value is None for value in values], dtype=np.bool_)
        numbers = [0 if value is None else value for value in values]
        held = np.array(numbers, dtype=np.float64 if kind == "DOUBLE" else np.int64)
        return np.ma.masked_array(held, missing) if missing.any() else held
    texts = [None if value is None else str(value) for value in values]
    return np.array(texts, dtype=object)
