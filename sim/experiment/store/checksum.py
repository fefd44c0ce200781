"""Checksums of stored files: each file is hashed once per process, unless it changes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any, Final

from sim.errors import UsageError
from sim.experiment.store.manifest import DESIGN_RUNS, repeat_command

_KNOWN: Final[dict[Path, tuple[tuple[int, ...], str]]] = {}
"""Path -> what the file system says of the file, and its hash."""


def file_hash(path: Path) -> str | None:
    """Returns the SHA-256 of a file in hex digits; None if it cannot be read."""
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            mark = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            known = _KNOWN.get(path)
            if known is None or known[0] != mark:
                known = _KNOWN[path] = (mark, file_digest(file, "sha256").hexdigest())
            return known[1]
    except OSError:
        return None


def check_file(path: Path, expected: str, directory: Path, manifest: Mapping[str, Any]) -> None:
    """Checks that a file holds what was written to it.

    Args:
        path: The file.
        expected: Its hash when it was written.
        directory: The folder of the result.
        manifest: Its manifest, which says how to simulate it again.

    Raises:
        UsageError: The file is missing or damaged.
    """
    if file_hash(path) != expected:
        state = "damaged" if path.exists() else "missing"
        raise UsageError(f"{path} is {state}; {_remedy(directory, manifest)}")


def checked_files(
    directory: Path, manifest: Mapping[str, Any], table: str, names: Iterable[str]
) -> list[Path]:
    """Returns shards of a folder as paths, after a check that they are as they were written.

    Args:
        directory: The folder.
        manifest: Its manifest.
        table: `outcomes`, `paths` or `events`.
        names: File names of the shards.

    Raises:
        UsageError: A shard is missing or damaged.
    """
    entries = manifest["shards"].get(table, {})
    files = []
    for name in names:
        files.append(directory / table / name)
        check_file(files[-1], entries[name]["sha256"], directory, manifest)
    return files


def _remedy(directory: Path, manifest: Mapping[str, Any]) -> str:
    """Returns what to do about a damaged file of a result, as the end of a sentence."""
    if directory.name == DESIGN_RUNS:
        return "the sweep or sensitivity command that made it simulates the missing part again"
    again = f"{repeat_command(manifest)} simulates the missing part again"
    return f"{again}; detente results rm {directory.name} removes the result"
