"""Compiling in a process of its own, which outlives the process that starts it.

SimPy plays meanwhile, and the code is there for whoever comes next.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final

from sim.engine.code_cache import CACHE_VARIABLE, cache_root, code_folder, is_kept
from sim.engine.file_lock import is_locked, locked

OFF_VARIABLE: Final = "DETENTE_NO_BACKGROUND"
"""Environment variable that, set to anything, keeps the program to the process it was started in:
nothing is then compiled behind it."""

GENTLY: Final = "gently"
_LEAST: Final = 19
"""Lowest priority of a Unix process, which gets a seventieth of a core that another wants."""

_START: Final = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from sim.engine.compiler import main; main()"
)
_ROOT: Final = Path(__file__).absolute().parents[2]

_children: list[subprocess.Popen[bytes]] = []
"""The compiling process that this one started, if any; there is never a second attempt."""


def is_possible() -> bool:
    """Returns whether another process can compile and leave the code behind."""
    is_python = bool(sys.executable) and not getattr(sys, "frozen", False)
    return is_python and not os.environ.get(OFF_VARIABLE) and code_folder() is not None


def start(*, gently: bool) -> bool:
    """Starts compiling, and returns whether it did: not if code is kept, or it was started before.

    Args:
        gently: Whether to use only what others leave of the processors, and to leave it at that if
            another process is compiling; else a second process waits for the first, so that it is
            known when that one fails.
    """
    if _children or is_kept() or (gently and _is_under_way()):
        return False
    words = [str(_ROOT), *([GENTLY] if gently else [])]
    try:
        child = subprocess.Popen(  # noqa: S603 - this program
            [sys.executable, "-P", "-c", _START, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=_lock_file().parent,
            env={**os.environ, CACHE_VARIABLE: str(cache_root().absolute())},
            **_detached(gently=gently),
        )
    except OSError:
        return False
    _children.append(child)
    # Its end is waited for all the time: it would else stay in the list of processes.
    threading.Thread(target=child.wait, daemon=True).start()
    return True


def has_ended() -> bool:
    """Returns whether there is nothing to wait for: code is kept, or this process started no other,
    or that one ended without."""
    return is_kept() or all(child.poll() is not None for child in _children)


def main() -> None:
    """Compiles, unless another process does or did: the task of the process that `start` starts."""
    if GENTLY in sys.argv and hasattr(os, "nice"):
        os.nice(_LEAST)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the terminal may be closed
    with locked(_lock_file()):
        if not is_kept():
            from sim.engine import compiled_loop

            compiled_loop.prepare()


def _is_under_way() -> bool:
    try:
        return is_locked(_lock_file())
    except OSError:
        return False


def _lock_file() -> Path:
    folder = code_folder()
    assert folder is not None  # else nothing is started
    return folder.with_suffix(".lock")


def _detached(*, gently: bool) -> dict[str, Any]:
    """Returns the settings of a process that Ctrl-C and the end of this one do not reach.

    On Unix it gets a group of its own but stays in the session: Linux shares processors among
    sessions first, and would give a new one half of them whatever its priority.
    """
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
        return {"creationflags": flags | (subprocess.IDLE_PRIORITY_CLASS if gently else 0)}
    return {"process_group": 0}
