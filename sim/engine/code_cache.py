"""Cache of compiled code between sessions.

Numba's own cache checks only the file of the function it compiled, not the functions called by it,
so it would miss an edited rule. Its folder is therefore named by a hash of everything compiled
code depends on. What Numba keeps is machine code, read by `pickle`: it is used only if nobody else
could have written it, and only if it is as it was left.

Code is written to a folder of the compiling process alone, which gets its name when it is whole: no
other process ever sees a part.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import shutil
import stat
import sys
import tempfile
import time
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

CACHE_VARIABLE: Final = "DETENTE_CACHE"
PACKAGES: Final = ("economy", "engine", "model")
PRIVATE: Final = 0o700
SUMS: Final = "sums.json"
"""File that holds the hash of every file of compiled code; written last."""

KEPT: Final = 4
"""Number of versions of compiled code that are kept."""

_STALE_S: Final = 86_400.0
"""Age from which what is no kept code is a leftover: compiling takes minutes at most."""

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

    It covers the sources of rules, economy and engine and the place where they lie, the versions of
    the compiling packages, and the processor. Without the place two copies of the same sources
    would share a folder, and each would remove the other's files: Numba names files by place.

    Args:
        root: Folder of the packages, as Python spells it: Numba takes the place by its spelling.
    """
    from llvmlite import binding

    digest = sha256(os.fsencode(root.absolute()))
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
    """Returns the folder of the current code, which is there if code is kept; None if none can be.

    Code that is not as it was left is removed, to be compiled anew.
    """
    try:
        root = cache_root()
        folder = root / "compiled" / code_hash()
        root.parent.mkdir(parents=True, exist_ok=True)
        for place in (root, folder.parent):
            place.mkdir(mode=PRIVATE, exist_ok=True)
        found = (folder,) if folder.exists() else ()
        for place in (root, folder.parent, *found):
            if _is_anothers(place) or _others_can_write(place):
                return None
        if _is_exposed(root):
            return None
        if found:
            _forget_damaged(folder)
        with tempfile.TemporaryFile(dir=folder.parent):
            pass  # it can be written
        _forget_old(folder)
    except (OSError, RuntimeError):  # the latter if there is no home
        return None
    return folder


@cache
def workshop() -> Path | None:
    """Returns the folder in which this process looks for code and leaves it; None if there is none.

    It is the folder of the current code or, until code is kept, one of this process alone, which
    `seal` moves to that place.
    """
    folder = code_folder()
    if folder is None or _is_sealed(folder):
        return folder
    try:
        return Path(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
    except OSError:
        return None


def refusal() -> str:
    """Returns a sentence on why code is not kept; empty if it is."""
    if code_folder() is not None:
        return ""
    try:
        place = f"{cache_root()} cannot be used (others can write there, or it cannot be written)"
    except RuntimeError:
        place = "there is no home folder"
    return (
        f"Compiled code is not kept: {place}. "
        f"Name a folder of your own with {CACHE_VARIABLE}, after chmod 700."
    )


def is_kept() -> bool:
    """Returns whether the current code has been compiled before."""
    folder = code_folder()
    return folder is not None and _is_sealed(folder)


def is_fresh() -> bool:
    """Returns whether no code of any version is kept, without loading what tells versions apart."""
    try:
        return not any((cache_root() / "compiled").glob(f"*/{SUMS}"))
    except (OSError, RuntimeError):
        return True


def seal() -> None:
    """Keeps what this process compiled, with a note of what the files hold, so that damage will be
    seen.

    Code of which a part could not be written, e.g. on a full disk, is removed; so is code that
    another process kept first.
    """
    folder, made = code_folder(), workshop()
    if folder is None or made is None or made == folder:
        return
    with contextlib.suppress(OSError):
        files = _kept_files(made)
        if _is_complete(files):
            sums = {path.relative_to(made).as_posix(): _sum(path) for path in files}
            (made / SUMS).write_text(json.dumps(sums), encoding="utf-8")
            made.rename(folder)
    shutil.rmtree(made, ignore_errors=True)


def _forget_damaged(folder: Path) -> None:
    """Removes a folder unless all its files are there, unchanged, and the user's own.

    They hold machine code, and are read by `pickle`, which runs what it is given.
    """
    files = _kept_files(folder)
    try:
        sums = json.loads((folder / SUMS).read_bytes())
        found = {path.relative_to(folder).as_posix(): _sum(path) for path in files}
        whole = bool(found) and sums == found
    except (OSError, ValueError, RecursionError):
        whole = False
    if whole and not any(map(_is_anothers, files)):
        return
    shutil.rmtree(folder)


def _kept_files(folder: Path) -> list[Path]:
    """Returns the indices of compiled code and the code itself, without what is half written."""
    return sorted(path for path in folder.rglob("*.nb[ic]") if path.is_file())


def _is_complete(files: list[Path]) -> bool:
    """Returns whether there is code, and an index to it: Numba writes the index first."""
    return {".nbi", ".nbc"} == {path.suffix for path in files}


def _is_sealed(folder: Path) -> bool:
    """Returns whether code was sealed; a folder that cannot be read holds none."""
    return os.path.exists(folder / SUMS)  # noqa: PTH110 - Path.exists raises if it is forbidden


def _sum(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _is_anothers(path: Path) -> bool:
    """Returns whether a file or folder belongs to another user."""
    return os.name == "posix" and path.stat().st_uid != os.geteuid()


def _others_can_write(path: Path) -> bool:
    """Returns whether others than its owner can write to a folder."""
    return os.name == "posix" and bool(path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH))


def _is_exposed(folder: Path) -> bool:
    """Returns whether a folder above can be written by all, who could then put another in place of
    this one; in a sticky folder such as /tmp they cannot."""
    modes = [above.stat().st_mode for above in folder.resolve().parents]
    return os.name == "posix" and any(
        mode & stat.S_IWOTH and not mode & stat.S_ISVTX for mode in modes
    )


def _forget_old(folder: Path) -> None:
    """Removes all but the newest versions, of which the current one counts as newest, and what
    killed processes left."""
    if folder.exists():
        os.utime(folder)
    changed = {path: _changed(path) for path in folder.parent.iterdir()}
    kept = sorted(filter(_is_sealed, changed), key=changed.__getitem__, reverse=True)
    stale = time.time() - _STALE_S
    leftovers = (path for path in changed if not _is_sealed(path) and changed[path] < stale)
    for path in (*kept[KEPT:], *leftovers):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                path.unlink()


def _changed(path: Path) -> float:
    """Returns when a file or folder was changed; now, if another process just moved it."""
    try:
        return path.stat().st_mtime
    except OSError:
        return time.time()
