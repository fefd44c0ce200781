"""Nothing in the program is for one system alone: files, names, calls.

There is no Windows machine here. These tests read the sources instead, and play what Windows has.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
import types
from functools import cache
from pathlib import Path, PureWindowsPath

import pytest

from sim.engine import code_cache, compiler, file_lock
from sim.experiment.store.identity import folder_name

ROOT = Path(__file__).parents[2]

UNIX_MODULES = {"fcntl", "grp", "posix", "pwd", "resource", "syslog", "termios", "tty"}
GUARDED_MODULES = {"sim/engine/file_lock.py": {"fcntl"}}
"""Modules only Unix has, and where one is imported: in a branch for it."""

UNIX_CALLS = {
    *("os.chown", "os.fork", "os.forkpty", "os.geteuid", "os.getgid", "os.getloadavg"),
    *("os.getpgid", "os.getuid", "os.killpg", "os.mkfifo", "os.nice", "os.posix_fallocate"),
    *("os.pread", "os.sched_getaffinity", "os.setsid", "os.statvfs", "os.sysconf", "os.uname"),
    *("signal.SIGALRM", "signal.SIGHUP", "signal.SIGKILL", "signal.SIGPIPE", "signal.SIGQUIT"),
    *("signal.SIGUSR1", "signal.pthread_sigmask", "signal.setitimer", "time.tzset"),
}
GUARDED_CALLS = {
    "sim/engine/code_cache.py": {"os.geteuid": 'os.name == "posix"'},
    "sim/engine/compiler.py": {"signal.SIGHUP": 'hasattr(signal, "SIGHUP")'},
    "sim/engine/priority.py": {"os.nice": 'hasattr(os, "nice")'},
    "sim/experiment/store/disk.py": {"os.posix_fallocate": 'hasattr(os, "posix_fallocate")'},
    "sim/requests/written/printing.py": {"os.geteuid": 'hasattr(os, "geteuid")'},
}
"""Names only Unix has, and the condition that each stands under."""

ONE_LINE = {"(made / SUMS).write_text(json.dumps(sums), encoding='utf-8')"}
"""Writes of text that has no end of a line."""

NO_FILE = "Path(os.devnull)"
"""Where nothing that is written is read."""

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
"""What no name of a file on Windows may hold."""


@cache
def syntax() -> dict[str, list[ast.AST]]:
    """Returns the syntax of each source of the program, by its place."""
    return {
        path.relative_to(ROOT).as_posix(): list(ast.walk(ast.parse(path.read_text("utf-8"))))
        for path in sorted((ROOT / "sim").rglob("*.py"))
    }


def attributes(nodes: list[ast.AST]) -> set[str]:
    """Returns the dotted names of a source."""
    return {ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute)}


def imports(nodes: list[ast.AST]) -> set[str]:
    """Returns the modules that a source imports."""
    found = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    return found | {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}


def writes_text(call: ast.Call) -> bool:
    """Tells whether a call writes a text file."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if name == "write_text" or name != "open" or not call.args:
        return name == "write_text"
    mode = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
    return isinstance(mode, str) and bool(set(mode) & set("wax")) and "b" not in mode


def reads_text(call: ast.Call) -> bool:
    """Tells whether a call reads a text file by the path library."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "read_text":
        return False
    return not isinstance(call.func.value, ast.Name) or call.func.value.id == "path"


def is_portable(call: ast.Call) -> bool:
    """Tells whether a call that reads or writes text says in which encoding and, if it writes, with
    which end of a line."""
    keys = {word.arg for word in call.keywords}
    told = "encoding" in keys or any(ast.unparse(each) == "'utf-8'" for each in call.args)
    if not writes_text(call):
        return told or not reads_text(call)
    line = ast.unparse(call)
    return told and ("newline" in keys or line in ONE_LINE or line.startswith(NO_FILE))


def test_no_source_needs_what_one_system_has() -> None:
    """Modules and names of Unix alone stand under a condition, where the lists above say."""
    # Fails with `import resource` or `os.getuid()` in any module.
    modules = {place: imports(nodes) & UNIX_MODULES for place, nodes in syntax().items()}
    calls = {place: attributes(nodes) & UNIX_CALLS for place, nodes in syntax().items()}

    assert {place: names for place, names in modules.items() if names} == GUARDED_MODULES
    assert {place: names for place, names in calls.items() if names} == {
        place: set(guards) for place, guards in GUARDED_CALLS.items()
    }
    for place, guards in GUARDED_CALLS.items():
        assert [g for g in guards.values() if g not in (ROOT / place).read_text("utf-8")] == []


def test_text_has_one_encoding_and_one_end_of_line() -> None:
    """Else the bytes, and what is sealed or hashed of them, would be others on Windows."""
    # Fails with `path.write_text(text, "utf-8")`, which ends lines with two bytes there.
    calls = [n for nodes in syntax().values() for n in nodes if isinstance(n, ast.Call)]

    assert len([call for call in calls if writes_text(call)]) > 5
    assert len([call for call in calls if reads_text(call)]) > 5
    assert [ast.unparse(call) for call in calls if not is_portable(call)] == []


def test_paths_are_put_together_by_the_path_library() -> None:
    """And a file takes the place of another by `replace`: Windows' `rename` refuses to."""
    # Fails with `os.path.join(a, b)`, `a + os.sep + b` or `os.rename(a, b)`.
    names = {place: attributes(nodes) for place, nodes in syntax().items()}
    renamed = {name for every in names.values() for name in every if name.endswith(".rename")}

    assert set().union(*names.values()) & {"os.sep", "os.altsep", "os.path.join"} == set()
    # A folder gets its name only if nobody has it: Windows and Unix both refuse to overwrite one.
    assert renamed == {"made.rename"}


def test_names_in_the_repository_are_legal_on_windows() -> None:
    """A checkout there has every file, at a place that is not too long."""
    folders = [ROOT / name for name in ("sim", "scenarios", "tests", "docs", "benchmarks")]
    every = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    paths = [path.relative_to(ROOT).as_posix() for path in every if "__pycache__" not in path.parts]
    parts = {part for path in paths for part in path.split("/")}

    assert [part for part in parts if FORBIDDEN.search(part) or part[-1] in ". "] == []
    assert [part for part in parts if is_reserved(part)] == []
    assert len({path.lower() for path in paths}) == len(paths)
    assert max(map(len, paths)) < 150


def is_reserved(name: str) -> bool:
    """Tells whether Windows keeps a name for a device."""
    devices = {"con", "prn", "aux", "nul", *(f"{d}{i}" for d in ("com", "lpt") for i in range(10))}
    return name.split(".", maxsplit=1)[0].strip().lower() in devices


@pytest.mark.parametrize(
    "name", ["con", "a:b", "..", "a\\b", "C:\\x\\y", "what?", "NUL.", "trailing.", 'say "no"', "中"]
)
def test_a_results_folder_is_legal_on_windows(name: str) -> None:
    """Whatever the scenario is called."""
    # Fails if `folder_name` lets a colon through, or a name end with the scenario's.
    folder = folder_name(name, "0123456789")

    assert not FORBIDDEN.search(folder)
    assert not is_reserved(folder)
    assert folder[-1] not in ". "
    assert PureWindowsPath(folder).parts == (folder,)


def test_a_checkout_has_the_same_bytes_on_windows() -> None:
    """The model's version is a hash of files, which git would else rewrite there."""
    # Fails without .gitattributes.
    rules = (ROOT / ".gitattributes").read_text("utf-8").splitlines()

    assert "* text=auto eol=lf" in rules


class FakeLocks(types.ModuleType):
    """Windows' locks on the bytes of open files, as Python gives them: `msvcrt`."""

    LK_NBLCK = 2

    def __init__(self) -> None:
        super().__init__("msvcrt")
        self.held: dict[tuple[int, int], int] = {}
        self.places: list[tuple[int, int]] = []

    def locking(self, number: int, mode: int, count: int) -> None:
        """Locks bytes from the current place of a file on, or raises as Windows does."""
        assert mode == self.LK_NBLCK
        self.places.append((os.lseek(number, 0, os.SEEK_CUR), count))
        status = os.fstat(number)
        file = status.st_dev, status.st_ino
        holder = self.held.get(file)
        if holder is not None and holder != number and is_open(holder, file):
            raise PermissionError(13, "Permission denied")
        self.held[file] = number


def is_open(number: int, file: tuple[int, int]) -> bool:
    """Tells whether a number stands for an open file still: closing frees a lock."""
    try:
        status = os.fstat(number)
    except OSError:
        return False
    return (status.st_dev, status.st_ino) == file


def test_locks_are_those_of_windows_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without `fcntl`: one byte at the beginning, for one holder, until the file is closed."""
    # Fails if the lock is taken at the end of the file, where a second holder finds another byte.
    locks = FakeLocks()
    monkeypatch.setitem(sys.modules, "msvcrt", locks)
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setattr(sys, "platform", "win32")
    found = importlib.util.spec_from_file_location("locks_of_windows", file_lock.__file__)
    assert found is not None
    assert found.loader is not None
    there = importlib.util.module_from_spec(found)
    found.loader.exec_module(there)
    path = tmp_path / "lock"
    path.write_bytes(b"something")

    assert not there.is_locked(path)
    with there.locked(path):
        assert there.is_locked(path)
    assert not there.is_locked(path)
    assert set(locks.places) == {(0, 1)}


def test_a_compiler_outlives_its_starter_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is detached by flags there: process groups are a Unix matter."""
    # Fails if `process_group` is given on every system: Windows refuses it.
    flags = {"DETACHED_PROCESS": 8, "CREATE_NEW_PROCESS_GROUP": 512, "IDLE_PRIORITY_CLASS": 64}
    for name, value in flags.items():
        monkeypatch.setattr(subprocess, name, value, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")

    assert compiler._detached(compiler.FAST) == {"creationflags": 520}
    assert compiler._detached(compiler.GENTLE) == {"creationflags": 584}


def test_owners_and_modes_are_not_asked_for_on_windows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Windows has no user numbers, and its modes say nothing about other users."""
    # Fails if the owner is asked for on every system: there is no os.geteuid.
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o777)
    assert code_cache._others_can_write(folder)
    monkeypatch.delattr(os, "geteuid", raising=False)
    monkeypatch.setattr(os, "name", "nt")
    told = [
        check(folder)
        for check in (code_cache._is_anothers, code_cache._others_can_write, code_cache._is_exposed)
    ]
    monkeypatch.undo()

    assert told == [False, False, False]


def test_the_cache_lies_where_windows_keeps_caches(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the user's own folder, whose place the system names."""
    monkeypatch.delenv(code_cache.CACHE_VARIABLE, raising=False)
    monkeypatch.setenv("LOCALAPPDATA", "somewhere")
    monkeypatch.setattr(sys, "platform", "win32")

    assert code_cache.cache_root() == Path("somewhere") / "detente"
