"""Files that are written whole, and never over what is something else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from sim.errors import UsageError
from sim.experiment.store.disk import refusal

_BEGINNING: Final = 2000
"""Number of characters at the start of a file that tell what it is."""


class WrittenFile(NamedTuple):
    """File that was written.

    Attributes:
        file: Its path.
        bytes: Its size.
        note: What a reader should know of it; empty for nothing.
    """

    file: Path
    bytes: int
    note: str = ""


def check_target(file: Path, is_ours: Callable[[str], bool], option: str, what: str) -> None:
    """Checks that a file can be written and does not exist as anything but what is written to it.

    Args:
        file: The file.
        is_ours: Whether a text begins like what is written.
        option: Option that names the file, for error messages.
        what: What is written: a noun.

    Raises:
        UsageError: It cannot be written, or is something else.
    """
    other = f"choose another name with {option} FILE"
    if reason := refusal(file):
        raise UsageError(f"{file} cannot be written: {reason}; {other}")
    if file.is_dir():
        raise UsageError(f"{file} is a folder; name a file in it with {option} FILE")
    if not file.exists():
        above = next(folder for folder in file.absolute().parents if folder.exists())
        if not (above.is_dir() and os.access(above, os.W_OK)):
            raise UsageError(f"{file} cannot be written: {above} is not a writable folder")
        return
    try:
        with file.open(encoding="utf-8", errors="replace") as stream:
            ours = is_ours(stream.read(_BEGINNING))
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from error
    if not ours:
        raise UsageError(f"{file} exists and is not a {what}; {other}")


def write_file(file: Path, content: str | bytes) -> WrittenFile:
    """Writes a file as a whole, and returns it with its size.

    Raises:
        UsageError: It cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # A reader who reloads the file sees the old or the new version, never a partial one.
        partial = file.with_name(f".{file.name}.partial")
        partial.write_bytes(data)
        partial.replace(file)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from error
    return WrittenFile(file, len(data))
