"""Watch over what the program changes on the machine: files, folders, processes, connections."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

FILES: Final = frozenset(
    {
        "os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir",
        "os.symlink", "os.truncate", "os.utime", "shutil.copyfile", "shutil.move", "shutil.rmtree",
    }
)  # fmt: skip
"""Events whose arguments begin with one path or two that are changed."""

OTHERS: Final = frozenset(
    {"os.exec", "os.posix_spawn", "os.spawn", "os.system", "socket.connect", "subprocess.Popen"}
)
"""Events that reach beyond the process."""

WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_found: list[set[str]] = []
"""What is seen, for whoever watches; Python's audit hooks cannot be taken away again."""


@contextmanager
def changes() -> Iterator[set[str]]:
    """Yields the absolute paths that Python changes meanwhile, and the names of other events."""
    _listen()
    found: set[str] = set()
    _found.append(found)
    try:
        yield found
    finally:
        _found.remove(found)


@cache
def _listen() -> None:
    sys.addaudithook(_note)


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if not _found:
        return
    seen: list[str] = []
    if event == "open":
        path, _, flags = arguments
        if flags & WRITES:
            seen = _paths([path])
    elif event in {"os.remove", "os.rmdir"} and arguments[1] != -1:
        # Within a folder that is open: `shutil.rmtree` has named the one it empties.
        return
    elif event in FILES:
        seen = _paths(arguments[:2])
        if event == "os.mkdir" and all(map(os.path.isdir, seen)):
            # To make what is there changes nothing.
            return
    elif event in OTHERS:
        seen = [event]
    for found in _found:
        found.update(seen)


def _paths(values: Any) -> list[str]:
    """Returns the paths among the arguments of an event; a number is a file that is open."""
    texts = [value for value in values if isinstance(value, str | bytes | os.PathLike)]
    return [os.path.abspath(os.fsdecode(text)) for text in texts]  # noqa: PTH100 - no links read
