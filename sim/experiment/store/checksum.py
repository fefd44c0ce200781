"""Checksums of stored files: each file is hashed once per process, unless it changes."""

from __future__ import annotations

import os
from hashlib import file_digest
from pathlib import Path
from typing import Final

from sim.errors import UsageError

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


def check_file(path: Path, expected: str, remedy: str) -> None:
    """Checks that a file holds what was written to it.

    Args:
        path: The file.
        expected: Its hash when it was written.
        remedy: What to do if it does not, as the end of a sentence.

    Raises:
        UsageError: The file is missing or damaged.
    """
    if file_hash(path) != expected:
        state = "damaged" if path.exists() else "missing"
        raise UsageError(f"{path} is {state}; {remedy}")
