"""Compiling in a process of its own, which outlives the process that starts it.

SimPy plays meanwhile, and the code is there for whoever comes next.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Final

from sim.engine.code_cache import CACHE_VARIABLE, cache_root, code_folder, is_kept
from sim.engine.file_lock import is_locked, locked
from sim.engine.priority import lower_priority

OFF_VARIABLE: Final = "DETENTE_NO_BACKGROUND"
"""Environment variable that, set to anything, keeps the program to the process it was started in:
nothing is then compiled behind it."""

FAST: Final = "fast"
GENTLE: Final = "gentle"

_START: Final = """
import os, sys
sys.path.insert(0, sys.argv.pop(1))
from sim.engine.compiler import main
main()
os._exit(0)  # taking the compiler apart takes seconds
"""
_ROOT: Final = Path(__file__).absolute().parents[2]

_children: dict[str, subprocess.Popen[bytes]] = {}
"""Compiling processes that this one started, by pace; there is never a second attempt."""

_began: dict[str, float] = {}
"""When they were started, on the clock of `time.monotonic`."""


def is_possible() -> bool:
    """Returns whether another process can compile and leave the code behind."""
    is_python = bool(sys.executable) and not getattr(sys, "frozen", False)
    return is_python and not os.environ.get(OFF_VARIABLE) and code_folder() is not None


def start(pace: str) -> bool:
    """Starts compiling, and returns whether it did: not if code is kept, or it was started before.

    Args:
        pace: `FAST` to compile at once. A process that finds another at it waits for that one, and
            takes its place if it fails. `GENTLE` to compile with what others leave of the
            processors; it is left to another process that is at it. A gentle compiler may starve on
            a busy machine, so a fast one does not wait for it.
    """
    if pace in _children or is_kept() or (pace == GENTLE and _is_under_way()):
        return False
    try:
        child = subprocess.Popen(  # noqa: S603 - this program
            [sys.executable, "-P", "-c", _START, str(_ROOT), pace],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=_lock_file(pace).parent,
            env={**os.environ, CACHE_VARIABLE: str(cache_root().absolute())},
            **_detached(pace),
        )
    except OSError:
        return False
    _children[pace], _began[pace] = child, time.monotonic()
    # Its end is waited for all the time: it would else stay in the list of processes.
    threading.Thread(target=child.wait, daemon=True).start()
    return True


def has_ended() -> bool:
    """Returns whether a fast compiler is not to be waited for: code is kept, or it ended without,
    or it could not be started."""
    fast = _children.get(FAST)
    return is_kept() or fast is None or fast.poll() is not None


def spent_s() -> float:
    """Returns the seconds since this process started a fast compiler; 0 if it did not."""
    return time.monotonic() - _began[FAST] if FAST in _began else 0.0


def main() -> None:
    """Compiles, unless another process does or did: the task of the process that `start` starts."""
    pace = sys.argv[1]
    if pace == GENTLE:
        lower_priority()
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the terminal may be closed
    with locked(_lock_file(pace)):
        if not is_kept():
            from sim.engine import compiled_loop

            compiled_loop.prepare()


def _is_under_way() -> bool:
    try:
        return any(is_locked(_lock_file(pace)) for pace in (FAST, GENTLE))
    except OSError:
        return False


def _lock_file(pace: str) -> Path:
    folder = code_folder()
    assert folder is not None  # else nothing is started
    return folder.with_suffix(f".{pace}")


def _detached(pace: str) -> dict[str, Any]:
    """Returns the settings of a process that Ctrl-C and the end of this one do not reach.

    On Unix it gets a group of its own but stays in the session: Linux shares processors among
    sessions first, and would give a new one half of them whatever its priority.
    """
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
        return {"creationflags": flags | (subprocess.IDLE_PRIORITY_CLASS if pace == GENTLE else 0)}
    return {"process_group": 0}
