"""The folder of compiled code: whose it must be, and what becomes of damage."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sim.engine import code_cache, compiled_loop
from sim.engine.choice import COMPILED, NOTICE, prepare

posix = pytest.mark.skipif(os.name != "posix", reason="other systems have other rights")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache folder that is not there yet, in a folder of the user's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv(code_cache.CACHE_VARIABLE, str(folder))
    begin_anew()
    yield folder
    begin_anew()


def begin_anew() -> None:
    """Forgets what this process knows of the folder."""
    code_cache.code_folder.cache_clear()
    code_cache.workshop.cache_clear()


def reopened() -> Path | None:
    """Returns the folder as a new process would find it."""
    begin_anew()
    return code_cache.code_folder()


def compiled(root: Path) -> Path:
    """Returns the folder in which a process has compiled, before it is sealed."""
    made = code_cache.workshop()
    assert made is not None
    (made / "engine").mkdir()
    (made / "engine" / "loop.1.nbc").write_bytes(b"code" * 1000)
    (made / "engine" / "loop.nbi").write_bytes(b"index" * 100)
    return made


def kept(root: Path) -> Path:
    """Returns a folder with code that was kept."""
    compiled(root)
    code_cache.seal()
    folder = code_cache.code_folder()
    assert folder is not None
    return folder


def test_what_was_kept_is_found_again(root: Path) -> None:
    """And counts as compiled; before it was sealed, it does not."""
    code_cache.code_folder()
    assert not code_cache.is_kept()
    folder = kept(root)
    assert code_cache.is_kept()

    assert reopened() == folder
    assert code_cache.is_kept()
    assert (folder / "engine" / "loop.1.nbc").exists()
    assert code_cache.refusal() == ""


@posix
def test_a_new_folder_is_the_users_alone(root: Path) -> None:
    """Whatever the process lets others do with new files."""
    before = os.umask(0)
    try:
        folder = code_cache.code_folder()
    finally:
        os.umask(before)

    assert folder is not None
    made = code_cache.workshop()
    assert made is not None
    assert all(path.stat().st_mode & 0o077 == 0 for path in (root, folder.parent, made))


@posix
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702])
@pytest.mark.parametrize("depth", [0, 1, 2])
def test_a_folder_that_others_can_write_is_refused(root: Path, mode: int, depth: int) -> None:
    """Their code would be run; the sentence names the folder and the way out."""
    folder = kept(root)
    [folder, folder.parent, root][depth].chmod(mode)

    assert reopened() is None
    assert not code_cache.is_kept()
    assert str(root) in code_cache.refusal()
    assert "chmod 700" in code_cache.refusal()


@posix
def test_a_folder_of_another_user_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the rights."""
    kept(root)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)

    assert reopened() is None


@posix
def test_a_folder_that_anyone_can_replace_is_refused(root: Path, tmp_path: Path) -> None:
    """The folder above is everybody's; if it is sticky, as /tmp is, they cannot."""
    kept(root)
    tmp_path.chmod(0o777)
    assert reopened() is None
    tmp_path.chmod(0o1777)

    assert reopened() is not None
    assert code_cache.is_kept()


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "engine" / "loop.1.nbc").write_bytes(b""),
        lambda folder: (folder / "engine" / "loop.nbi").write_bytes(b"inde_" * 100),
        lambda folder: (folder / "engine" / "loop.nbi").unlink(),
        lambda folder: (folder / "engine" / "loop.2.nbc").write_bytes(b"more"),
        lambda folder: (folder / code_cache.SUMS).unlink(),
        lambda folder: (folder / code_cache.SUMS).write_text("{}"),
        lambda folder: (folder / code_cache.SUMS).write_text("[" * 100_000),
        lambda folder: (folder / code_cache.SUMS).write_bytes(b"\xff\xfe"),
    ],
)
def test_damage_is_discarded(root: Path, damage: Callable[[Path], object]) -> None:
    """Nothing of it is read; the next run compiles anew."""
    folder = kept(root)
    damage(folder)

    assert reopened() == folder
    assert not code_cache.is_kept()
    assert not folder.exists()


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing fails."""

    def homeless() -> Path:
        raise RuntimeError("could not determine home directory")

    monkeypatch.setattr(code_cache, "cache_root", homeless)
    code_cache.code_folder.cache_clear()
    try:
        assert code_cache.code_folder() is None
        assert "no home folder" in code_cache.refusal()
    finally:
        code_cache.code_folder.cache_clear()


@posix
def test_the_user_is_told_why_it_takes_a_minute_each_time(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the note on compiling."""
    from contextlib import nullcontext

    said: list[str] = []
    kept(root)
    root.chmod(0o777)
    reopened()
    monkeypatch.setattr(compiled_loop, "prepare", lambda: 1.0)
    prepare(COMPILED, lambda text: nullcontext(said.append(text)))

    assert said == [f"{NOTICE} {code_cache.refusal()}"]


def test_code_that_cannot_be_kept_is_played_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk: what was compiled is there, though writing it failed."""
    calls = []

    def full_once(*arguments: object) -> int:
        calls.append(arguments)
        if len(calls) == 1:
            raise OSError(28, "No space left on device")
        return 7

    monkeypatch.setattr(compiled_loop, "_loop", lambda: full_once)

    assert compiled_loop._play_compiled(1, 2) == 7
    assert calls == [(1, 2), (1, 2)]


@pytest.mark.parametrize("names", [[], ["loop.nbi"], ["loop.1.nbc"], ["loop.nbi.tmp.1"]])
def test_a_part_of_the_code_is_not_sealed(root: Path, names: list[str]) -> None:
    """On a full disk an index is written without its code, or nothing; the next process begins
    anew, and knows that it has to compile."""
    folder, made = code_cache.code_folder(), code_cache.workshop()
    assert folder is not None
    assert made is not None
    for name in names:
        (made / name).write_bytes(b"part")
    code_cache.seal()

    assert not code_cache.is_kept()
    assert list(folder.parent.iterdir()) == []
    assert reopened() == folder


def test_what_another_process_is_writing_is_not_sealed(root: Path) -> None:
    """Numba renames it in a moment, and the code is as it was left."""
    half = compiled(root) / "loop.2.nbc.tmp.0123"
    half.write_bytes(b"half")
    code_cache.seal()
    folder = code_cache.code_folder()
    assert folder is not None
    (folder / half.name).unlink()

    assert reopened() == folder
    assert code_cache.is_kept()


def test_a_process_that_starts_meanwhile_leaves_the_compiler_alone(root: Path) -> None:
    """It sees no code, neither half of it nor damage, until there is all of it."""
    made = compiled(root)
    before = sorted(made.rglob("*"))
    folder = reopened()
    assert not code_cache.is_kept()
    assert sorted(made.rglob("*")) == before

    code_cache.workshop.cache_clear()
    kept(root)
    assert code_cache.is_kept()
    assert folder is not None
    assert sorted(folder.parent.iterdir()) == sorted([folder, made])


def test_who_is_second_uses_what_was_kept_first(root: Path) -> None:
    """And removes its own."""
    made = compiled(root)
    code_cache.workshop.cache_clear()
    folder = kept(root)
    found = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (made / "engine" / "loop.1.nbc").write_bytes(b"same?")
    code_cache.workshop.cache_clear()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(code_cache, "workshop", lambda: made)
        code_cache.seal()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == found
    assert not made.exists()
    assert code_cache.workshop() == folder


def test_what_a_killed_compiler_left_is_removed_after_a_day(root: Path) -> None:
    """Not before: it may still be at work. What is kept counts by its own number."""
    made = compiled(root)
    lock = made.parent / "0123456789abcdef.fast"
    lock.touch()
    folder = reopened()
    assert folder is not None
    assert made.exists()
    for path in (made, lock):
        os.utime(path, (0, 0))
    reopened()

    assert list(folder.parent.iterdir()) == []


def test_a_few_versions_are_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest; compilers at work do not count."""
    folders = []
    for number in range(code_cache.KEPT + 2):
        monkeypatch.setattr(code_cache, "code_hash", lambda number=number: f"{number:016x}")
        begin_anew()
        folders.append(kept(root))
        os.utime(folders[-1], (1000 + number, 1000 + number))
    monkeypatch.setattr(code_cache, "code_hash", lambda: "f" * 16)
    begin_anew()
    made = compiled(root)
    reopened()

    assert sorted(made.parent.iterdir()) == sorted([*folders[2:], made])


def test_a_folder_is_fresh_until_code_of_any_version_is_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which is known without asking which version is current."""
    assert code_cache.is_fresh()
    compiled(root)
    assert code_cache.is_fresh()
    code_cache.seal()
    monkeypatch.setattr(code_cache, "code_hash", lambda: pytest.fail("asked"))
    code_cache.code_folder.cache_clear()

    assert not code_cache.is_fresh()


def test_a_seal_that_cannot_be_written_leaves_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full when everything else is kept."""

    def write_half(path: Path, text: str, encoding: str) -> int:
        path.write_bytes(text.encode(encoding)[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", write_half)
    folder = kept(root)

    assert not code_cache.is_kept()
    assert list(folder.parent.iterdir()) == []


def test_the_code_is_sealed_once_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks after the first ask nothing of the disk, which may have gone."""
    asked = []
    monkeypatch.setattr(code_cache, "code_folder", lambda: asked.append("folder"))
    monkeypatch.setattr(code_cache, "workshop", lambda: None)
    monkeypatch.setattr(compiled_loop, "_loop", lambda: lambda: 7)
    compiled_loop._seal_once.cache_clear()

    assert [compiled_loop._play_compiled() for _ in range(3)] == [7, 7, 7]
    assert asked == ["folder"]
    compiled_loop._seal_once.cache_clear()
