"""Standard streams of the program: what becomes of output that cannot be printed."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import Any

from sim.errors import SimError


class OutputLost(SimError):
    """An answer that could not be printed, because its file is full or closed."""


class Outlet(io.TextIOWrapper):
    """Standard stream that cannot fail in an unexpected way.

    A character that the terminal does not know becomes a question mark.

    Args:
        stream: The stream it takes the place of.
        needed: Whether output that is lost is an error (answers) or does no harm (notes).
    """

    def __init__(self, stream: io.TextIOWrapper, *, needed: bool) -> None:
        encoding, buffered, below = stream.encoding, stream.line_buffering, stream.detach()
        # Without a buffer (PYTHONUNBUFFERED), Python forgets what a full disk does not take.
        self._eager = isinstance(below, io.RawIOBase)
        layer: Any = io.BufferedWriter(below) if isinstance(below, io.RawIOBase) else below
        super().__init__(layer, encoding, "replace", line_buffering=buffered)
        self._needed = needed

    def write(self, text: str, /) -> int:
        """Writes text.

        Raises:
            BrokenPipeError: The reader of an answer has seen enough.
            OutputLost: An answer cannot be written.
        """
        with self._watched():
            super().write(text)
            if self._eager:
                super().flush()
        return len(text)

    def flush(self) -> None:
        """Writes what is buffered; raises as `write` does."""
        with self._watched():
            super().flush()

    @contextlib.contextmanager
    def _watched(self) -> Any:
        try:
            yield
        except OSError as error:
            discard(self)
            if not self._needed:
                return
            if isinstance(error, BrokenPipeError):
                raise
            raise OutputLost(
                f"the answer cannot be printed: {error.strerror or error}; runs that were "
                "simulated for it are kept in the results folder"
            ) from error


def open_streams() -> None:
    """Makes the standard streams safe to print to.

    Raises:
        OutputLost: There is nowhere to print an answer.
    """
    no_output, no_notes = sys.stdout is None, sys.stderr is None
    for number in range(3):
        # Else the next file that is opened would receive what is printed.
        with contextlib.suppress(OSError):
            if not _is_open(number):
                os.open(os.devnull, os.O_RDWR)
    if no_notes:
        sys.stderr = _nothing()
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = Outlet(sys.stderr, needed=False)
    if no_output:
        sys.stdout = _nothing()
        raise OutputLost(
            "there is nowhere to print the answer: standard output is closed (>&-); to discard it, "
            "write > /dev/null"
        )
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout = Outlet(sys.stdout, needed=True)


def discard(stream: io.TextIOWrapper) -> None:
    """Redirects a stream to nothing, so that the interpreter's last flush raises no error."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _nothing() -> io.TextIOWrapper:
    """Returns a stream that nobody reads, open to the end."""
    return Path(os.devnull).open("w", encoding="utf-8")


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
