"""Writing to the results folder: whole files or none, room on the disk, leftovers, errors."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from sim.errors import SimError, UsageError, out_of_memory

_SLACK_BYTES: Final = 2**20
_PROBE_BYTES: Final = 2**26
_STALE_S: Final = 300.0
"""Age from which an unfinished file is a leftover: writing one takes a few seconds."""


def write_text(target: Path, text: str) -> None:
    """Writes text to a file that is complete or absent, with the same bytes on every system: seals
    and published hashes are of these bytes.

    Raises:
        OSError: The file cannot be written.
    """
    with whole_file(target) as temporary:
        temporary.write_text(text + "\n", "utf-8", newline="\n")


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Yields a temporary name beside a file to write under, and renames it at the end, so that the
    file is complete or absent.

    Raises:
        OSError: The file cannot be written.
    """
    temporary = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        yield temporary
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def unwritable(directory: Path, error: OSError) -> SimError:
    """Returns the error for a results folder that cannot be written."""
    if error.errno == errno.ENOMEM:
        return out_of_memory(f"writing to {directory}")
    reason = error.strerror or str(error)
    return UsageError(
        f"results folder {directory.parent} cannot be written: {reason}; "
        "choose another with --results DIR or DETENTE_RESULTS"
    )


def check_new(path: Path, said: str) -> None:
    """Checks that a new file can be written, before anything is played for it.

    Args:
        path: The file.
        said: How the user named it, to open the message.

    Raises:
        UsageError: It is there already, the system refuses its name, or its folder is not there
            or not to be written to.
    """
    if why := refusal(path):
        raise UsageError(f"{said} cannot be written: {why}")
    if path.exists():
        raise UsageError(f"{said} cannot be written: {path} exists; name a new file")
    if not path.parent.is_dir():
        raise UsageError(f"{said} cannot be written: there is no folder {path.parent}")
    if not os.access(path.parent, os.W_OK):
        raise UsageError(f"{said} cannot be written: {path.parent} is not a writable folder")


def refusal(path: Path) -> str:
    """Returns why the system refuses to look for a path, e.g. because its name is too long; empty
    if it looks for it, whether or not there is anything."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        return error.strerror or str(error)
    except ValueError as error:  # a null character
        return str(error)
    return ""


def check_room(directory: Path, bytes_needed: int) -> None:
    """Checks that results can be written to a folder, without writing any.

    Raises:
        SimError: The folder cannot be written, or there is too little disk space.
    """
    place = directory / "outcomes"
    needed = bytes_needed + _SLACK_BYTES
    try:
        while not place.exists() and place != place.parent:
            place = place.parent
        _probe(place, min(needed, _PROBE_BYTES))
        free = shutil.disk_usage(place).free
    except OSError as error:
        raise unwritable(directory, error) from error
    if free < needed:
        raise UsageError(
            f"results folder {directory.parent} is full: these runs may need "
            f"{needed / 1e6:.0f} MB, but {free / 1e6:.0f} MB are free; "
            "free some space, use fewer runs (-n), or choose another folder with --results DIR"
        )


def clear_leftovers(home: Path) -> None:
    """Removes the unfinished files of killed processes from the folder of a result or a design."""
    for pattern in ("*.tmp", "*/*.tmp", "*/*/*.tmp"):
        for path in home.glob(pattern):
            # Another process may be writing here, and rename its file in between.
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > _STALE_S:
                    path.unlink()


def _probe(place: Path, size: int) -> None:
    """Reserves disk space in a temporary unnamed file, which is deleted at once.

    Raises:
        OSError: The place cannot be written, or has or allows too little space.
    """
    with tempfile.TemporaryFile(dir=place) as probe:
        probe.write(b"\0" * 4096)
        probe.flush()
        if not hasattr(os, "posix_fallocate"):
            return
        try:
            os.posix_fallocate(probe.fileno(), 0, size)
        except OSError as error:
            # Some file systems cannot reserve space; that says nothing about what is free.
            if error.errno not in {errno.EINVAL, errno.EOPNOTSUPP}:
                raise
