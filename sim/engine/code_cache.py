"""Cache of compiled code between sessions.

Numba's own cache checks only the file of the function it compiled, not the functions called by it,
so it would miss an edited rule. Its folder is therefore named by a hash of everything compiled
code depends on.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

from llvmlite import binding

CACHE_VARIABLE: Final = "DETENTE_CACHE"
PACKAGES: Final = ("economy", "engine", "model")
KEPT: Final = 4
"""Number of versions of compiled code that are kept."""

_ROOT: Final = Path(__file__).parents[1]


def cache_root() -> Path:
    """Returns the user's cache folder; $DETENTE_CACHE overrides it."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "detente"


def code_hash(root: Path = _ROOT) -> str:
    """Returns a hash of everything compiled code depends on, as 16 hex digits.

    It covers the sources of rules, economy and engine, the versions of the compiling packages, and
    the processor.

    Args:
        root: Folder of the packages.
    """
    digest = sha256()
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(sha256(path.read_bytes()).digest())
    made_by = [platform.python_version(), *(version(n) for n in ("numba", "llvmlite", "numpy"))]
    processor = [binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten()]
    digest.update("\n".join(made_by + processor).encode())
    return digest.hexdigest()[:16]


@cache
def code_folder() -> Path | None:
    """Returns the folder of the current code, creating it if needed; None if that fails."""
    folder = cache_root() / "compiled" / code_hash()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f"probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
        _forget_old(folder)
    except OSError:
        return None
    return folder


def is_kept() -> bool:
    """Returns whether the current code has been compiled before."""
    folder = code_folder()
    return folder is not None and any(folder.rglob("*.nbc"))


def _forget_old(folder: Path) -> None:
    """Removes all but the newest versions; the current one counts as newest."""
    os.utime(folder)
    found = sorted(folder.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found[KEPT:]:
        shutil.rmtree(path, ignore_errors=True)
