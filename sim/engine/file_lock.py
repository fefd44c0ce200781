"""Lock on a file, which one process holds at a time.

The system frees it when its holder ends, however it ends, so no lock is ever left behind.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

_WAIT_S: Final = 0.2


def is_locked(path: Path) -> bool:
    """Returns whether a process holds the lock.

    Raises:
        OSError: The file cannot be opened, or its file system has no locks.
    """
    with path.open("ab") as file:
        return not _take(file)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Waits for the lock, and holds it in the context.

    Raises:
        OSError: The file cannot be opened, or its file system has no locks.
    """
    with path.open("ab") as file:  # closing frees the lock
        while not _take(file):
            time.sleep(_WAIT_S)
        yield


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> bool:
        """Takes the lock and returns True, or returns False if another process holds it."""
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _take(file: IO[bytes]) -> bool:
        """Takes the lock and returns True, or returns False if another process holds it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
